"""Read records for everybody and write them as HSDS, with what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from socialmap.domain.codes import Relatiesoort
from socialmap.domain.model import Aanbod
from socialmap.domain.privacy import OPENBAAR
from socialmap.exchange.hsds_export import make_writer
from socialmap.exchange.hsds_write import Writer
from socialmap.store.open_lists import last_changes
from socialmap.store.records import (
    RelatieFilter,
    aanbod_by_id,
    actors_by_id,
    list_relaties,
)
from web.context import connection, today

Json = dict[str, Any]
_MOST_TIES = 100_000


def write_services(ids: Sequence[str], *, full: bool) -> list[Json]:
    """Write offers in this order; `full` with all that hangs on them and on their actors."""
    offers = aanbod_by_id(connection(), ids, OPENBAAR, today())
    kept = [offers[key] for key in ids if key in offers]
    actors = actors_by_id(connection(), {o.actor_id for o in kept}, OPENBAAR, today())
    writer = _writer(actors, full=full)
    changed = last_changes(connection(), "aanbod", offers)
    owner = writer.organization if full else writer.short_organization
    owners = {key: owner(actor) for key, actor in actors.items()}
    made = []
    for offer in kept:
        one = writer.service(offer) if full else writer.short_service(offer)
        if offer.id in changed:
            one["last_modified"] = changed[offer.id].isoformat()
        made.append({**one, "organization": owners[offer.actor_id]})
    return made


def write_organizations(ids: Sequence[str], *, full: bool) -> list[Json]:
    """Write actors in this order; `full` with all that hangs on them."""
    actors = actors_by_id(connection(), ids, OPENBAAR, today())
    writer = _writer(actors, full=full)
    kept = [actors[key] for key in ids if key in actors]
    return [writer.organization(a) if full else writer.short_organization(a) for a in kept]


def write_places(ids: Sequence[str], *, full: bool) -> list[Json]:
    """Write the places of offers, each with its service and location."""
    offers = aanbod_by_id(connection(), ids, OPENBAAR, today())
    writer = _writer((), full=full)
    return [_place(writer, offers[key], full=full) for key in ids if key in offers]


def _place(writer: Writer, offer: Aanbod, *, full: bool) -> Json:
    (at,) = writer.service(offer)["service_at_locations"]
    if full:
        return {**at, "service": writer.short_service(offer)}
    short = {name: v for name, v in at["location"].items() if not isinstance(v, list)}
    return {"id": at["id"], "service": writer.short_service(offer), "location": short}


def _writer(actors: Iterable[str], *, full: bool) -> Writer:
    """Make a writer with the ties of some actors: all of them, or what they belong to only."""
    ids = tuple(sorted(actors))
    if not ids:
        return make_writer(connection())
    keep = RelatieFilter(actor_ids=ids, soorten=() if full else (Relatiesoort.MOEDERORGANISATIE,))
    page = list_relaties(connection(), keep, OPENBAAR, today(), na="", limit=_MOST_TIES)
    return make_writer(connection(), page.resultaten)
