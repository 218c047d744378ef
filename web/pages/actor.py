"""The page of one actor: what it does, where, with whom, and how sure we are."""

from __future__ import annotations

from flask import Blueprint, render_template

from socialmap.domain.codes import SOORT_LABELS, Niveau, Status
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.domain.status import effective_status
from socialmap.store.areas import list_areas
from socialmap.store.filters import RecordFilter
from socialmap.store.records import actors_by_id, get_actor, list_aanbod, strongest_relaties
from web.context import connection, lezer, today, vocabulary
from web.present import actor_url, badge, is_confirmed, map_url, offer_card, sort_for_reading
from web.present_network_ego import say_around
from web.present_sources import present_sources
from web.present_ties import Ties, other_ends, present_ties
from web.present_words import say_answer_days, say_number
from web.security import permission
from web.team_members import read_members

pages = Blueprint("actor", __name__)

_MOST = 1000
#: More ties are no list to read; the network shows them all.
_MOST_TIES = 300


@pages.get("/actor/<actor_id>")
@permission(Niveau.OPENBAAR)
def actor(actor_id: str) -> str:
    """Show one actor."""
    conn, day = connection(), today()
    found = get_actor(conn, actor_id, lezer(), day)
    offers = list_aanbod(
        conn, RecordFilter(actor_id=actor_id), lezer(), day, na="", limit=_MOST
    ).resultaten
    page = strongest_relaties(conn, actor_id, lezer(), day, limit=_MOST_TIES)
    ties = page.resultaten
    others = actors_by_id(conn, other_ends(actor_id, ties), lezer(), day)
    running, over = _split(offers, found)
    said_ties = present_ties(actor_id, ties, others, day)
    return render_template(
        "actor.html",
        actor=found,
        soort=SOORT_LABELS[found.soort],
        gestopt=found.status is Status.GESTOPT,
        gepauzeerd=found.status is Status.GEPAUZEERD,
        versheid=badge(found, day),
        bevestigd=is_confirmed(found, day),
        themas=[(code, vocabulary().label(code)) for code in found.themas],
        doelgroepen=vocabulary().labels(found.doelgroepen),
        mandaat=mandate(found),
        gebieden=_areas(found),
        aanbod=sort_for_reading(offer_card(offer, found, day) for offer in running),
        voorbij=sort_for_reading(offer_card(offer, found, day) for offer in over),
        banden=said_ties,
        banden_alle=say_number(page.totaal) if page.totaal > len(ties) else "",
        banden_hier=len(ties),
        rondom=say_around(found, ties, others, day),
        rondom_adres=lambda node: actor_url(node.id),
        team=read_members(conn, found, lezer(), day),
        bronnen=present_sources(conn, [found, *offers, *ties]),
        op_kaart="" if found.status is Status.GESTOPT else map_url(found, found.werkgebied),
        niets=_knows_nothing(found, running, said_ties),
    )


def mandate(found: Actor) -> list[tuple[str, str]]:
    """List what is known of the mandate: a question that a partner has, and the answer."""
    asked = (
        ("Doet", found.doet),
        ("Doet niet", found.doet_niet),
        ("Beslist zelf", found.beslist_zelf),
        ("Zo draagt u over", found.overdracht),
        ("Antwoord", say_answer_days(found.antwoord_binnen_dagen)),
    )
    return [(question, answer) for question, answer in asked if answer]


def _split(offers: tuple[Aanbod, ...], found: Actor) -> tuple[list[Aanbod], list[Aanbod]]:
    over = [o for o in offers if effective_status(o, found, today()) is Status.GESTOPT]
    return [offer for offer in offers if offer not in over], over


def _areas(found: Actor) -> list[Gebied]:
    if not found.werkgebied:
        return []
    by_code = {area.code: area for area in list_areas(connection())}
    return [by_code[code] for code in found.werkgebied if code in by_code]


def _knows_nothing(found: Actor, running: list[Aanbod], ties: Ties) -> bool:
    return not (found.omschrijving or running or ties.aantal or mandate(found) or found.themas)
