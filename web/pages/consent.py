"""Ask consent at the kitchen table, print the card, withdraw by a call, and erase."""

from __future__ import annotations

import contextlib
from datetime import date

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Gebied
from socialmap.domain.privacy import CONSENT_MONTHS, consent_end
from socialmap.domain.roles import Recht
from socialmap.editing.change import Desk, RecordFaultsError
from socialmap.editing.consent import (
    LEVELS,
    MOST_MONTHS,
    Doel,
    Given,
    give,
    new_card,
    person_for,
    show_code,
    withdraw,
)
from socialmap.editing.erase import erase
from socialmap.store.areas import list_areas
from socialmap.store.consent import erasure_asked_on
from socialmap.store.records import get_actor
from web.consent_texts import LANGUAGES, consent_text
from web.context import close_connection, services, today
from web.desk import open_desk, reading_desk
from web.present_words import say_date
from web.record_input import InputError
from web.security import permission
from web.session import current_account

pages = Blueprint("toestemming", __name__)
_CELLS = ("naam", "omschrijving", "telefoon", "werkgebied")
_LONGEST = 200


@pages.get("/toestemming/nieuw")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def nieuw() -> Response:
    """Show what to read aloud, and ask yes or no per purpose and level."""
    desk = reading_desk()
    actor_id = request.args.get("actor", "")[:_LONGEST]
    if actor_id:
        person_for(desk, actor_id)
    return _form(desk, actor_id, {}, {})


@pages.post("/toestemming/nieuw")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def leg_vast() -> Response:
    """Record what was said, and show the card once."""
    filled = {name: text.strip()[:_LONGEST] for name, text in request.form.items()}
    actor_id = filled.get("actor", "")
    with open_desk() as desk:
        try:
            made, code = give(
                desk,
                services().settings.secret,
                _read_given(filled),
                actor_id,
                {name: filled.get(name, "") for name in _CELLS},
            )
        except RecordFaultsError as error:
            return _form(desk, actor_id, filled, error.fouten, 422)
    return _card(made, code)


@pages.post("/bijwerken/toestemming/<actor_id>/kaart")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def kaart(actor_id: str) -> Response:
    """Make a new card for who lost it; the one before counts no longer."""
    with open_desk() as desk:
        person = person_for(desk, actor_id)
        code = new_card(desk, services().settings.secret, actor_id)
    return _card(person, code)


@pages.post("/bijwerken/toestemming/<actor_id>/intrekken")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def intrekken(actor_id: str) -> BaseResponse:
    """Withdraw for a person who calls: any opbouwwerker may, in any area."""
    with open_desk() as desk:
        person_for(desk, actor_id)
        withdraw(
            desk.conn,
            services().settings.secret,
            actor_id,
            wie=desk.account.id,
            now=desk.now,
            places=desk.places,
        )
    return redirect(url_for("bijwerken.bijwerken"), 303)


@pages.get("/bijwerken/toestemming/<actor_id>/wissen")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def wis_vraag(actor_id: str) -> Response:
    """Say what erasing means, before it is done."""
    return _ask_erase(reading_desk(), actor_id, "")


@pages.post("/bijwerken/toestemming/<actor_id>/wissen")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def wis(actor_id: str) -> Response:
    """Erase, and show the proof."""
    account = current_account()
    with open_desk() as desk:
        person_for(desk, actor_id)
        if request.form.get("zeker") != "ja":
            told = "Zet eerst het vinkje: de persoon heeft hier zelf om gevraagd."
            return _ask_erase(desk, actor_id, told, 422)
        now = desk.now
    # A connection that still reads would keep the old pages of the file.
    close_connection()
    here = services()
    proof = erase(
        here.store, here.settings.secret, actor_id, wie=account.id if account else "", now=now
    )
    page = render_template("toestemming_gewist.html", bewijs=proof, dag=say_date(proof.dag))
    return _private(page)


def _read_given(filled: dict[str, str]) -> Given:
    answers = {
        (doel, level): said == "ja"
        for doel in Doel
        for level in LEVELS
        if (said := filled.get(f"{doel}_{level.code}", "")) in ("ja", "nee")
    }
    until = None
    if filled.get("tot"):
        try:
            until = date.fromisoformat(filled["tot"])
        except ValueError:
            raise InputError({"tot": "Kies een dag met de kalender."}) from None
    return Given(antwoorden=answers, organisatie=filled.get("organisatie", ""), tot=until)


def _form(
    desk: Desk, actor_id: str, filled: dict[str, str], faults: dict[str, str], status: int = 200
) -> Response:
    language = filled.get("taal") or request.args.get("taal", "nl")
    text = consent_text(language if language in LANGUAGES else "nl")
    return _private(
        render_template(
            "toestemming_nieuw.html",
            tekst=text,
            talen=[consent_text(code) for code in LANGUAGES],
            doelen=[(doel.value, text.vragen[doel]) for doel in Doel],
            niveaus=[("team", text.team), ("professional", text.professional)],
            actor_id=actor_id,
            naam=_name(desk, actor_id),
            ingevuld=filled,
            fouten=faults,
            eind=months_earlier(today(), -CONSENT_MONTHS).isoformat(),
            laatst=months_earlier(today(), -MOST_MONTHS).isoformat(),
            organisatie=_organisation(desk),
            gebieden=[(area.code, area.naam) for area in _areas(desk)] if not actor_id else [],
        ),
        status,
    )


def _name(desk: Desk, actor_id: str) -> str:
    """Give the name of a person who may be seen today; after the end nobody reads it here."""
    if not actor_id:
        return ""
    with contextlib.suppress(NotFoundError):
        return get_actor(desk.conn, actor_id, desk.lezer, desk.today).naam
    return f"sleutelfiguur {actor_id}"


def _organisation(desk: Desk) -> str:
    with contextlib.suppress(NotFoundError):
        if desk.account.team:
            return get_actor(desk.conn, desk.account.team, desk.lezer, desk.today).naam
    return ""


def _areas(desk: Desk) -> list[Gebied]:
    levels = (Gebiedsniveau.WIJK, Gebiedsniveau.BUURT)
    return [area for level in levels for area in list_areas(desk.conn, level) if area.buurten]


def _card(person: Actor, code: str) -> Response:
    address = url_for("mijn_gegevens.mijn", code=code, _external=True)
    consent = person.toestemming
    return _private(
        render_template(
            "toestemming_kaart.html",
            code=show_code(code),
            adres=address,
            kort=url_for("mijn_gegevens.code", _external=True).partition("://")[2],
            beeld=segno.make(address, error="m").svg_data_uri(scale=4, border=2),
            actor_id=person.id,
            tot=say_date(consent_end(consent)) if consent else "",
            door=consent.door if consent else "",
        )
    )


def _ask_erase(desk: Desk, actor_id: str, fout: str, status: int = 200) -> Response:
    person_for(desk, actor_id)
    asked = erasure_asked_on(desk.conn, actor_id)
    page = render_template(
        "toestemming_wissen.html",
        actor_id=actor_id,
        naam=_name(desk, actor_id),
        gevraagd=say_date(asked) if asked else "",
        fout=fout,
    )
    return _private(page, status)


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
