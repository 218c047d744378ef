"""Two dates side by side: which gaps closed, which opened, and why."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, render_template, request

from socialmap.coverage.change import find_changes
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.sentences import say_month
from socialmap.coverage.snapshot import KEPT_LEVELS, kept_groups, stand_of, year_before
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau, Niveau
from socialmap.domain.privacy import OPENBAAR
from socialmap.store.counting import first_day
from socialmap.store.snapshots import Stand, kept_months, read_month
from web.context import area_names, connection, coverage_map, services, today, vocabulary
from web.filters_query import BadFilterError, read_area, read_one, require_area
from web.present_coverage_change import change_groups, say_summary
from web.present_words import say_date
from web.security import permission

pages = Blueprint("dekking_vergelijk", __name__)

#: The state of the map today, instead of that of a month.
NOW = "nu"


@pages.get("/dekking/vergelijk")
@permission(Niveau.OPENBAAR)
def vergelijk() -> str:
    """Show what changed between two dates, for the areas of a level and one group."""
    months = kept_months(connection())
    niveau = Gebiedsniveau(
        read_one(request.args, "niveau", [level.value for level in KEPT_LEVELS])
        or Gebiedsniveau.WIJK
    )
    group = read_one(request.args, "doelgroep", _groups()) or EVERYBODY
    gebied = read_area(request.args)
    require_area(connection(), gebied)
    tot = read_one(request.args, "tot", [NOW, *months]) or NOW
    van = read_one(request.args, "van", months) or _usual(months, tot)
    if van and tot != NOW and van >= tot:
        raise BadFilterError("van", "Kies een maand vóór de tweede.")
    codes = {area.code for area in coverage_map().ground.of_level(niveau, gebied)}
    before = _stands(van, group, codes) if van else []
    after = _stands(tot, group, codes)
    found = {one for inventory in coverage_map().inventories for one in inventory.aanbod_ids}
    changes = find_changes(before, after, found)
    words = vocabulary()
    offers = {offer.id: offer for offer in coverage_map().offers}
    return render_template(
        "dekking_vergelijk.html",
        van=_say(van) if van else "",
        tot=_say(tot),
        groepen=change_groups(changes, words, area_names(), offers),
        samenvatting=say_summary(changes, len(after), _say(van), _say(tot)) if van else "",
        nieuwe_regel=bool({s.regel for s in before} ^ {s.regel for s in after}) and bool(before),
        keuzes={
            "van": [(month, _say(month), month == van) for month in months],
            "tot": [(month, _say(month), month == tot) for month in [NOW, *months]],
            "niveau": [(n.value, GEBIED_LABELS[n], n is niveau) for n in KEPT_LEVELS],
            "doelgroep": [(code, words.label(code), code == group) for code in _groups()],
        },
        gebied=gebied,
        gebied_naam=area_names().get(gebied, ""),
        niveau=niveau.value,
    )


def _groups() -> list[str]:
    return kept_groups(vocabulary().doelgroepen)


def _usual(months: list[str], tot: str) -> str:
    """Give the month a year before the second, or the oldest one that is kept; empty without."""
    earlier = [month for month in months if tot == NOW or month < tot]
    return year_before(earlier, today() if tot == NOW else first_day(tot))


def _stands(month: str, group: str, codes: Collection[str]) -> list[Stand]:
    """Give what was known in a month, or is now, of some areas; as everybody may see it."""
    if month != NOW:
        return [stand for stand in read_month(connection(), month, group) if stand.gebied in codes]
    coverage = services().coverage.current(connection(), OPENBAAR, today())
    return [
        stand_of(stand)
        for niveau in KEPT_LEVELS
        for thema in vocabulary().themas
        for stand in coverage.assess(niveau, thema, group)
        if stand.gebied.code in codes
    ]


def _say(month: str) -> str:
    return f"vandaag ({say_date(today())})" if month == NOW else say_month(first_day(month))
