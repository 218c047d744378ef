"""The first page: three doors, and how fresh the map is."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from socialmap.domain.codes import Gebiedsniveau, Niveau, Status
from socialmap.domain.freshness import Versheid
from socialmap.domain.model import Gebied
from socialmap.store.areas import list_areas
from socialmap.store.filters import RecordFilter
from socialmap.store.records import list_aanbod, list_actors
from web.context import connection, lezer, today, vocabulary
from web.present_words import say_number
from web.security import permission

pages = Blueprint("start", __name__)

#: With more areas than this a list of all buurten is too long to choose from.
_MOST_CHOICES = 500
_IN_USE = (Status.ACTIEF, Status.GEPAUZEERD)
_UNCHECKED = (Versheid.OUD, Versheid.NOOIT, Versheid.BRON)

Choices = list[tuple[str, list[tuple[str, str]]]]


@pages.get("/")
@permission(Niveau.OPENBAAR)
def start() -> str:
    """Show the three doors, or how to begin when nothing is on the map."""
    actors, offers = _count_actors(_IN_USE), _count_offers(_IN_USE)
    by_stand = {stand.value: _count_all(stand) for stand in Versheid}
    return render_template(
        "start.html",
        leeg=actors + offers == 0,
        themas=[(t.code, t.label) for t in vocabulary().themas.values()],
        gebieden=_choices(list_areas(connection())),
        nakijken=url_for("kaart.kaart", versheid=[stand.value for stand in _UNCHECKED]),
        telling={
            "actoren": say_number(actors),
            "aanbod": say_number(offers),
            "aanbod_bewoners": say_number(_count_offers(_IN_USE, (0,))),
            **by_stand,
        },
    )


@pages.get("/gebied")
@permission(Niveau.OPENBAAR)
def kies_gebied() -> Response:
    """Lead the choice of an area to its page."""
    code = request.args.get("code", "").strip()
    if not code:
        return redirect(url_for("gebied.gebieden"))
    return redirect(url_for("gebied.gebied", code=code))


def _count_actors(statussen: tuple[Status, ...], versheid: tuple[Versheid, ...] = ()) -> int:
    keep = RecordFilter(statussen=statussen, versheid=versheid)
    return list_actors(connection(), keep, lezer(), today(), na="", limit=1).totaal


def _count_offers(
    statussen: tuple[Status, ...],
    lijnen: tuple[int, ...] = (),
    versheid: tuple[Versheid, ...] = (),
) -> int:
    keep = RecordFilter(statussen=statussen, lijnen=lijnen, versheid=versheid)
    return list_aanbod(connection(), keep, lezer(), today(), na="", limit=1).totaal


def _count_all(stand: Versheid) -> int:
    return _count_actors(_IN_USE, (stand,)) + _count_offers(_IN_USE, versheid=(stand,))


def _choices(areas: list[Gebied]) -> Choices:
    """List the areas to choose from, large ones first, buurten under their gemeente."""
    towns = {area.code: area.naam for area in areas if area.niveau is Gebiedsniveau.GEMEENTE}
    groups: dict[str, list[tuple[str, str]]] = {}
    order = [
        Gebiedsniveau.GEMEENTE,
        Gebiedsniveau.TEAMGEBIED,
        Gebiedsniveau.EIGEN,
        Gebiedsniveau.WIJK,
    ]
    if len(areas) <= _MOST_CHOICES:
        order.append(Gebiedsniveau.BUURT)
    for level in order:
        within = level in (Gebiedsniveau.WIJK, Gebiedsniveau.BUURT)
        for area in sorted(
            (area for area in areas if area.niveau is level),
            key=lambda area: (towns.get(area.gemeente, "") if within else "", area.naam, area.code),
        ):
            group = _PLURALS[level]
            if within and area.gemeente in towns:
                group = f"{group} in {towns[area.gemeente]}"
            groups.setdefault(group, []).append((area.code, area.naam))
    return list(groups.items())


_PLURALS = {
    Gebiedsniveau.GEMEENTE: "Gemeenten",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.EIGEN: "Eigen gebieden",
    Gebiedsniveau.WIJK: "Wijken",
    Gebiedsniveau.BUURT: "Buurten",
}
