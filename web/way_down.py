"""Who can take over from an offer with a referral: the way down to line 1 and to line 0."""

from __future__ import annotations

from dataclasses import dataclass, replace

from socialmap.domain.codes import Lijn
from socialmap.domain.model import Aanbod, Actor
from socialmap.finding.question import Vraag
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.context import connection, lezer, services, today
from web.present import Card, offer_card
from web.present_words import say_number

_EVERYBODY = "iedereen"
#: Most offers told of each line.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step down.

    Attributes
    ----------
    lijn
        1, then 0.
    rijen
        Rows of offers, the best fit first; `van` also says how far it is from the offer that they
        take over from. Empty when nothing was found.
    """

    lijn: int
    rijen: tuple[Card, ...]


def way_down(offer: Aanbod, owner: Actor) -> list[Step]:
    """
    Find offers of line 1 and of line 0 of the same themes and groups, near one of line 2.

    Parameters
    ----------
    offer, owner
        Cut to the reader. Without a place, its area of work (or else its actor's) is near.

    Returns
    -------
    list of Step
        Line 1 before line 0; empty for an offer of another line, or without themes.
    """
    if offer.lijn != Lijn(2) or not offer.themas:
        return []
    return [Step(line, _find(offer, owner, line)) for line in (1, 0)]


def _find(offer: Aanbod, owner: Actor, line: int) -> tuple[Card, ...]:
    conn, reader = connection(), lezer()
    place = None if offer.lon is None or offer.lat is None else (offer.lon, offer.lat)
    finder, now = services().finder, services().settings.clock.now()
    vraag = Vraag(
        themas=offer.themas,
        doelgroepen=() if _EVERYBODY in offer.doelgroepen else offer.doelgroepen,
        punt=place,
        gebieden=finder.here.areas(conn, *place) if place else (),
        gebied=None if place else next(iter(offer.werkgebied or owner.werkgebied), None),
        lijn=line,
        lijn_max=line,
        limit=_MOST,
    )
    found = finder.find(conn, vraag, reader, now).treffers
    offers = aanbod_by_id(conn, [one.aanbod_id for one in found], reader, today())
    owners = actors_by_id(conn, [one.actor_id for one in found], reader, today())
    return tuple(
        _row(offer_card(offers[one.aanbod_id], owners[one.actor_id], today()), one.afstand_m)
        for one in found
        if one.aanbod_id in offers and one.actor_id in owners
    )


def _row(card: Card, metres: float | None) -> Card:
    if metres is None:
        return card
    walk = say_number(max(50, round(metres / 50) * 50))
    return replace(card, van=f"{card.van} · {walk} meter lopen vanaf hier")
