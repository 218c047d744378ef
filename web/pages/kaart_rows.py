"""Rows of the list beside the map: one line of what, who, when and how fresh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from socialmap.domain.codes import SOORT_LABELS
from socialmap.domain.model import Aanbod, Actor
from socialmap.store.filters import RecordName
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.context import area_names, connection, lezer, today
from web.present import actor_url, badge, offer_url
from web.present_hours import say_hours_briefly
from web.present_words import say_cost


def list_rows(record: RecordName, ids: Sequence[str]) -> list[dict[str, Any]]:
    """
    Make the rows of some records, in the order of their ids.

    Returns
    -------
    list of dict
        As macro `regel` of `onderdelen/kaartje.html` takes them, with `lon` and `lat` of a place,
        or `gebied` with the names of areas.
    """
    conn, reader, day = connection(), lezer(), today()
    if record == "actor":
        actors = actors_by_id(conn, ids, reader, day)
        return [_actor_row(actors[key]) for key in ids if key in actors]
    offers = aanbod_by_id(conn, ids, reader, day)
    owners = actors_by_id(conn, [offer.actor_id for offer in offers.values()], reader, day)
    return [_offer_row(offers[key], owners[offers[key].actor_id]) for key in ids if key in offers]


def _actor_row(actor: Actor) -> dict[str, Any]:
    where = actor.plaats if actor.lon is not None else _area_names(actor.werkgebied)
    return {
        **_shared(actor),
        "url": actor_url(actor.id),
        "soort": actor.soort.value,
        "van": " · ".join(part for part in (SOORT_LABELS[actor.soort], where) if part),
    }


def _offer_row(offer: Aanbod, owner: Actor) -> dict[str, Any]:
    works_in = offer.werkgebied or owner.werkgebied
    where = "" if offer.lon is not None else _area_names(works_in)
    said = [say_hours_briefly(offer.wanneer), say_cost(offer.kosten)]
    return {
        **_shared(offer),
        "url": offer_url(offer.id),
        "lijn": offer.lijn,
        "soort": owner.soort.value,
        "van": " · ".join(part for part in (owner.naam, where) if part),
        "wanneer": " · ".join(part for part in said if part),
    }


def _shared(thing: Actor | Aanbod) -> dict[str, Any]:
    return {
        "id": thing.id,
        "naam": thing.naam,
        "lon": thing.lon,
        "lat": thing.lat,
        "versheid": badge(thing, today()),
    }


def _area_names(codes: Sequence[str]) -> str:
    names = area_names()
    said = [names.get(code, code) for code in codes]
    return ", ".join(said[:3]) + (f" en {len(said) - 3} andere" if len(said) > 3 else "")
