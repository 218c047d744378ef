"""Write down that somebody looked for a theme in an area, also when nothing was found."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from socialmap.domain.choices import (
    BEVINDING_LABELS,
    GEVRAAGD_LABELS,
    HOEDANIGHEID_LABELS,
    Bevinding,
)
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Niveau, Status
from socialmap.domain.errors import NotFoundError
from socialmap.domain.freshness import AGEING_MONTHS
from socialmap.domain.model import Gebied, Inventarisatie
from socialmap.domain.parse import EVERYBODY, RECORDS
from socialmap.domain.privacy import Lezer
from socialmap.finding.place import PlaceError
from socialmap.store.areas import get_area
from socialmap.store.filters import RecordFilter
from socialmap.store.inventories import change_offers, get_inventory, save_inventories
from socialmap.store.records import aanbod_by_id, list_aanbod
from web.api.paging import KEY
from web.area_choice import area_choices, chosen_area
from web.context import connection, lezer, services, today, vocabulary
from web.filters_query import read_name
from web.own_town import require_own_area
from web.present_signals import lower
from web.present_words import join_words, say_date
from web.record_input import InputError, read_record
from web.security import permission

pages = Blueprint("gekeken", __name__)

_FIELDS = ("gebied", "plek", "thema", "doelgroep", "datum", "door", "uitkomst")
_MOST_OFFERS = 40
_ACTIVE = (Status.ACTIEF, Status.GEPAUZEERD)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for: an area, a theme, and a group (empty: everybody)."""

    gebied: Gebied
    thema: str
    doelgroep: str

    def say(self) -> str:
        """Say it as the heading of a form."""
        words = vocabulary()
        group = f" voor {words.label(self.doelgroep)}" if self.doelgroep else ""
        return f"{words.label(self.thema)}{group} in {self.gebied.naam}"


@pages.get("/gekeken")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def gekeken() -> Response:
    """Ask what somebody looked for, and then what came of it."""
    filled = {name: request.args.get(name, "").strip() for name in _FIELDS}
    try:
        area = chosen_area(filled["gebied"], filled["plek"])
    except PlaceError as error:
        return _choose(filled, {"plek": str(error)})
    theme, group = _known(filled)
    if area is None or not theme:
        return _choose({**filled, "gebied": area.code if area else ""}, {})
    require_own_area(area.code)
    if not filled["gebied"]:
        found = url_for("gekeken.gekeken", gebied=area.code, thema=theme, doelgroep=group or None)
        return redirect(found, 303)
    return _form(Subject(area, theme, group), filled, (), {})


@pages.post("/gekeken")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def bewaar() -> Response:
    """Keep what somebody looked for, and show what that means."""
    filled = {name: request.form.get(name, "").strip() for name in _FIELDS}
    asked = tuple(request.form.getlist("gevraagd_aan"))
    key = f"I-{secrets.token_hex(8)}"
    sent = {name: value for name, value in filled.items() if name != "plek"}
    try:
        values = read_record("inventarisaties", {**sent, "id": key, "gevraagd_aan": asked})
    except InputError as error:
        return _again(filled, asked, error)
    inventory = RECORDS["inventarisaties"][1](values)
    require_own_area(inventory.gebied)
    with services().store.writing() as conn:
        now = services().settings.clock.now()
        save_inventories(conn, [inventory], inventory.door, now)
    return redirect(url_for("gekeken.bewaard", inventory_id=key), 303)


@pages.get("/gekeken/<inventory_id>")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def bewaard(inventory_id: str) -> str:
    """Say what the record means now, and ask which offers were found."""
    found = _read(inventory_id, lezer())
    area = get_area(connection(), found.gebied)
    subject = Subject(area, found.thema, found.doelgroep)
    q = read_name(request.args)
    chosen = aanbod_by_id(connection(), found.aanbod_ids, lezer(), today())
    return render_template(
        "gekeken_bewaard.html",
        kop=subject.say(),
        gebied=area,
        inventarisatie=found,
        niets=_is_nothing(found),
        uitkomst=BEVINDING_LABELS[Bevinding(found.uitkomst)],
        zin=_say(found),
        telt_tot=say_date(months_earlier(found.datum, -AGEING_MONTHS)),
        over=_say_subject(subject),
        gevonden=list(chosen.values()),
        te_kiezen=[] if _is_nothing(found) else _offers(found, q, set(chosen)),
        q=q,
    )


@pages.post("/gekeken/<inventory_id>/aanbod")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def aanbod(inventory_id: str) -> Response:
    """Keep which offers were found, of those that were shown."""
    found = _read(inventory_id, lezer())
    if _is_nothing(found):
        raise InputError({"aanbod": "Bij niets gevonden hoort geen aanbod."})
    shown, ticked = request.form.getlist("getoond"), request.form.getlist("aanbod")
    known = aanbod_by_id(connection(), ticked, lezer(), today())
    kept = [key for key in found.aanbod_ids if key not in shown]
    ids = [*kept, *(key for key in ticked if key in known)]
    with services().store.writing() as conn:
        now = services().settings.clock.now()
        change_offers(conn, found.id, ids, lezer(), today(), wie=found.door, now=now)
    return redirect(url_for("gekeken.bewaard", inventory_id=found.id, _anchor="aanbod"), 303)


def _read(inventory_id: str, reader: Lezer) -> Inventarisatie:
    if not KEY.fullmatch(inventory_id):
        raise NotFoundError("Inventarisatie", inventory_id[:80])
    found = get_inventory(connection(), inventory_id, reader, today())
    require_own_area(found.gebied)
    return found


def _is_nothing(found: Inventarisatie) -> bool:
    return Bevinding(found.uitkomst) is Bevinding.NIETS


def _known(filled: dict[str, str]) -> tuple[str, str]:
    """Give theme and group as far as they are known; `iedereen` is no group."""
    words = vocabulary()
    theme = filled["thema"] if filled["thema"] in words.themas else ""
    group = filled["doelgroep"] if filled["doelgroep"] in words.doelgroepen else ""
    return theme, "" if group == EVERYBODY else group


def _again(filled: dict[str, str], asked: tuple[str, ...], error: InputError) -> Response:
    """Show the form with what was filled in, or the first step when the subject is unknown."""
    fouten = error.fouten
    theme, group = _known(filled)
    if {"gebied", "thema", "doelgroep"} & set(fouten) or not theme:
        return _choose(filled, {"plek": "Kies eerst waar en waarnaar u keek."})
    return _form(
        Subject(get_area(connection(), filled["gebied"]), theme, group), filled, asked, fouten
    )


def _choose(filled: dict[str, str], fouten: dict[str, str]) -> Response:
    words = vocabulary()
    page = render_template(
        "gekeken_kies.html",
        ingevuld=filled,
        fouten=fouten,
        gebied=get_area(connection(), filled["gebied"]) if _is_area(filled, fouten) else None,
        namen=area_choices(),
        themas=[(t.code, t.label) for t in words.themas.values()],
        groepen=[(g.code, g.label) for g in words.doelgroepen.values() if g.code != "iedereen"],
    )
    return make_response(page, 422 if fouten else 200)


def _is_area(filled: dict[str, str], fouten: dict[str, str]) -> bool:
    return bool(filled["gebied"]) and not fouten


def _form(
    subject: Subject, filled: dict[str, str], asked: tuple[str, ...], fouten: dict[str, str]
) -> Response:
    page = render_template(
        "gekeken.html",
        kop=subject.say(),
        gebied=subject.gebied,
        thema=subject.thema,
        doelgroep=subject.doelgroep,
        ingevuld={**filled, "datum": filled["datum"] or today().isoformat()},
        gevraagd=set(asked),
        fouten=fouten,
        vandaag=today().isoformat(),
        wie=[(code.value, label) for code, label in GEVRAAGD_LABELS.items()],
        uitkomsten=[(code.value, label) for code, label in BEVINDING_LABELS.items()],
        rollen=[(code.value, label) for code, label in HOEDANIGHEID_LABELS.items()],
    )
    response = make_response(page, 422 if fouten else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _say(found: Inventarisatie) -> str:
    asked = [
        GEVRAAGD_LABELS[code].lower() for code in GEVRAAGD_LABELS if code in found.gevraagd_aan
    ]
    role = HOEDANIGHEID_LABELS[next(code for code in HOEDANIGHEID_LABELS if code == found.door)]
    return f"{role}, {say_date(found.datum)}. Gevraagd aan: {join_words(asked)}."


def _say_subject(subject: Subject) -> str:
    words = vocabulary()
    group = f" voor {words.label(subject.doelgroep)}" if subject.doelgroep else ""
    return f"{lower(words.label(subject.thema))}{group}"


def _offers(found: Inventarisatie, q: str, chosen: set[str]) -> list[dict[str, Any]]:
    """List offers of the area to tick: by their words, or else what was found and the theme."""
    themes = () if q else (found.thema,)
    keep = RecordFilter(q=q, gebied=found.gebied, themas=themes, statussen=_ACTIVE)
    page = list_aanbod(connection(), keep, lezer(), today(), na="", limit=_MOST_OFFERS)
    ticked = {} if q else aanbod_by_id(connection(), chosen, lezer(), today())
    offers = {**ticked, **{offer.id: offer for offer in page.resultaten}}
    return [
        {"id": offer.id, "naam": offer.naam, "aan": offer.id in chosen}
        for offer in sorted(offers.values(), key=lambda o: (o.naam.casefold(), o.id))
    ]
