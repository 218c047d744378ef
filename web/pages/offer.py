"""The page of one offer: what it is, for whom, when, and how to join."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from socialmap.domain.codes import TOEGANG_LABELS, VORM_LABELS, Niveau, Status
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.domain.privacy import required_level
from socialmap.domain.status import effective_status
from socialmap.exchange.agenda import has_events
from socialmap.store.areas import list_areas
from socialmap.store.experiences import in_doubt, read_experiences
from socialmap.store.records import get_aanbod, get_actor
from web.context import connection, lezer, today, vocabulary
from web.present import badge, is_confirmed, map_url, say_reach, say_today_of
from web.present_experiences import BUTTONS, say_experiences
from web.present_hours import say_hours
from web.present_sources import present_sources
from web.present_words import (
    say_ages,
    say_cost,
    say_date,
    say_languages,
    say_number,
    say_wait,
)
from web.security import permission
from web.way_down import way_down

pages = Blueprint("aanbod", __name__)

Rows = list[dict[str, object]]


@pages.get("/aanbod/<aanbod_id>")
@permission(Niveau.OPENBAAR)
def aanbod(aanbod_id: str) -> str:
    """Show one offer."""
    conn, day = connection(), today()
    offer = get_aanbod(conn, aanbod_id, lezer(), day)
    owner = get_actor(conn, offer.actor_id, lezer(), day)
    status = effective_status(offer, owner, day)
    experiences = read_experiences(conn, offer.id, day)
    return render_template(
        "aanbod.html",
        aanbod=offer,
        actor=owner,
        gestopt=status is Status.GESTOPT,
        gepauzeerd=status is Status.GEPAUZEERD,
        actor_gestopt=owner.status is Status.GESTOPT,
        liep_tot=_ended_on(offer),
        versheid=badge(offer, day),
        bevestigd=is_confirmed(offer, day),
        vandaag=say_today_of(offer, status, day),
        praktisch=_practical(offer),
        voor_wie=_for_whom(offer),
        themas=[(code, vocabulary().label(code)) for code in offer.themas],
        gebieden=_areas(offer, owner),
        bronnen=present_sources(conn, [offer]),
        op_kaart=_map_link(offer, owner, status),
        ervaringen=say_experiences(experiences, day),
        twijfel=in_doubt(experiences, offer.gecontroleerd_op),
        uitkomsten=BUTTONS,
        agenda=status is Status.ACTIEF
        and required_level(owner) is Niveau.OPENBAAR
        and has_events(offer.wanneer),
        omlaag=[] if status is Status.GESTOPT else way_down(offer, owner),
        bedankt="bedankt" in request.args,
    )


def _practical(offer: Aanbod) -> Rows:
    """List when, what it costs and how to join: label, values, and whether nothing is known."""
    form = VORM_LABELS[offer.vorm] if offer.vorm else ""
    rows = (
        ("Wanneer", [_capital(phrase) for phrase in say_hours(offer.wanneer)]),
        ("Kosten", _one(_capital(_cost_words(offer)))),
        ("Zo doet u mee", _one(_capital(offer.aanmelden))),
        ("Toegang", _one(TOEGANG_LABELS[offer.toegang] if offer.toegang else "")),
        ("Wachttijd", _one(_capital(say_wait(offer.wachttijd_dagen, offer.wachttijd_op)))),
        ("Vorm", _one(form)),
        ("Plaatsen", _one(say_number(offer.capaciteit) if offer.capaciteit else "")),
        ("Loopt tot en met", _one(say_date(offer.loopt_tot) if offer.loopt_tot else "")),
    )
    always = ("Wanneer", "Kosten", "Zo doet u mee")
    return [
        {"label": label, "waarden": values or ["Weten wij nog niet"], "onbekend": not values}
        for label, values in rows
        if values or label in always
    ]


def _for_whom(offer: Aanbod) -> Rows:
    groups = _capital(", ".join(vocabulary().labels(offer.doelgroepen)))
    languages = ", ".join(say_languages(offer.talen))
    rows = (
        ("Groepen", _one(groups)),
        ("Leeftijd", _one(_capital(say_ages(offer.min_leeftijd, offer.max_leeftijd)))),
        ("Talen", _one(languages)),
        ("Bereik", _one(_capital(say_reach(offer)))),
    )
    return [{"label": label, "waarden": values} for label, values in rows if values]


def _cost_words(offer: Aanbod) -> str:
    cost = say_cost(offer.kosten)
    return f"{cost} per keer" if cost.startswith("€") else cost


def _areas(offer: Aanbod, owner: Actor) -> list[Gebied]:
    """Give the areas that an offer without a place serves: its own, or those of its actor."""
    codes = offer.werkgebied or (() if offer.lon is not None else owner.werkgebied)
    if not codes:
        return []
    by_code = {area.code: area for area in list_areas(connection())}
    return [by_code[code] for code in codes if code in by_code]


def _ended_on(offer: Aanbod) -> str:
    if offer.loopt_tot is None or offer.loopt_tot >= today():
        return ""
    return say_date(offer.loopt_tot)


def _map_link(offer: Aanbod, owner: Actor, status: Status) -> str:
    if status is Status.GESTOPT:
        return ""
    return map_url(offer, offer.werkgebied or owner.werkgebied)


def _one(text: str) -> list[str]:
    return [text] if text else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
