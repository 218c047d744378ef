"""Make the search index and the map index of records anew from the records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.freshness import read_source
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import required_level, visible_from_until
from socialmap.domain.status import strictest
from socialmap.store import schema
from socialmap.store.areas import municipalities_of_areas
from socialmap.store.chunks import batched
from socialmap.store.filters import RecordName
from socialmap.store.mercator import to_mercator
from socialmap.store.rows import read_aanbod
from socialmap.store.search_rows import SearchRow, save_search_rows, search_row
from socialmap.store.write import read_stored_actors

_CHUNK = 500


class Places(Protocol):
    """Knows which areas hold a place."""

    def locate_many(self, points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
        """Give the codes of all areas that hold each place (lon, lat in WGS84 degrees)."""


def reindex(
    conn: Connection, actor_ids: Iterable[str], aanbod_ids: Iterable[str], places: Places
) -> None:
    """
    Bring both indexes up to date for some records.

    Parameters
    ----------
    conn
        The writing connection that changed them.
    actor_ids
        Actors that changed; all their offers are indexed too, as these take level and status.
    aanbod_ids
        Offers that changed by themselves.
    places
        Locates points.
    """
    centres = _centres(conn)
    offers = set(aanbod_ids)
    for chunk in batched(sorted(set(actor_ids)), _CHUNK):
        actors = read_stored_actors(conn, chunk)
        _replace(conn, "actor", [(actor, actor) for actor in actors], places, centres)
        owned = sa.select(schema.aanbod.c.id).where(schema.aanbod.c.actor_id.in_(chunk))
        offers |= set(conn.scalars(owned))
    for chunk in batched(sorted(offers), _CHUNK):
        query = sa.select(schema.aanbod).where(schema.aanbod.c.id.in_(chunk))
        found = [read_aanbod(row) for row in conn.execute(query).mappings()]
        owners = {a.id: a for a in read_stored_actors(conn, [o.actor_id for o in found])}
        pairs = [(offer, owners[offer.actor_id]) for offer in found]
        _replace(conn, "aanbod", pairs, places, centres)


def reindex_all(conn: Connection, places: Places) -> None:
    """Bring the indexes of every record up to date, for instance after areas changed."""
    actors = list(conn.scalars(sa.select(schema.actor.c.id)))
    reindex(conn, actors, (), places)


def _replace(
    conn: Connection,
    record: RecordName,
    pairs: Sequence[tuple[Actor | Aanbod, Actor]],
    places: Places,
    centres: dict[str, tuple[float, float]],
) -> None:
    ids = [thing.id for thing, _ in pairs]
    for table in (schema.kenmerk, schema.punt):
        conn.execute(sa.delete(table).where(table.c.record == record, table.c.record_id.in_(ids)))
    located = _locate(pairs, places)
    theirs = _municipalities(conn, {owner.id: owner for _, owner in pairs}.values(), places)
    rows: list[SearchRow] = []
    marks: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    for thing, owner in pairs:
        works_in = _works_in(thing, owner)
        codes = {
            "thema": thing.themas,
            "doelgroep": thing.doelgroepen,
            "werkgebied": works_in,
            "ligging": located.get(thing.id, ()),
            schema.GEMEENTE: theirs[owner.id],
        }
        marks += [
            {"veld": veld, "code": code, "record": record, "record_id": thing.id}
            for veld, listed in codes.items()
            for code in dict.fromkeys(listed)
        ]
        points += _points(record, thing, owner, works_in, centres)
        if isinstance(thing, Aanbod):
            held = located.get(thing.id, ())
            areas = held if thing.lon is not None else works_in
            rows.append(search_row(thing, owner, areas, theirs[owner.id]))
    if marks:
        conn.execute(sa.insert(schema.kenmerk), marks)
    if points:
        conn.execute(sa.insert(schema.punt), points)
    save_search_rows(conn, rows)


def _municipalities(
    conn: Connection, owners: Iterable[Actor], places: Places
) -> dict[str, tuple[str, ...]]:
    """Give the municipalities of actors, by id: where they are, and where they work."""
    owners = list(owners)
    located = _locate([(owner, owner) for owner in owners], places)
    areas = {o.id: {*o.werkgebied, *located.get(o.id, ())} for o in owners}
    within = municipalities_of_areas(conn, set().union(*areas.values()))
    return {
        key: tuple(sorted({one for code in codes for one in within.get(code, ())}))
        for key, codes in areas.items()
    }


def _locate(
    pairs: Sequence[tuple[Actor | Aanbod, Actor]], places: Places
) -> dict[str, tuple[str, ...]]:
    placed = [
        (thing.id, (thing.lon, thing.lat))
        for thing, _ in pairs
        if thing.lon is not None and thing.lat is not None
    ]
    found = places.locate_many([point for _, point in placed])
    return {key: codes for (key, _), codes in zip(placed, found, strict=True)}


def _works_in(thing: Actor | Aanbod, owner: Actor) -> tuple[str, ...]:
    """Give the areas of a record: its own, or of the actor for an offer that has no place."""
    if thing.werkgebied or thing.lon is not None:
        return thing.werkgebied
    return owner.werkgebied


def _points(
    record: RecordName,
    thing: Actor | Aanbod,
    owner: Actor,
    works_in: tuple[str, ...],
    centres: dict[str, tuple[float, float]],
) -> list[dict[str, Any]]:
    span = visible_from_until(owner)
    same = {
        "record": record,
        "record_id": thing.id,
        "lijn": None if thing.lijn is None else int(thing.lijn),
        "soort": owner.soort.value,
        "status": strictest(thing.status, owner.status).value,
        "loopt_tot": thing.loopt_tot if isinstance(thing, Aanbod) else None,
        "gecontroleerd_op": thing.gecontroleerd_op,
        "gedocumenteerd": read_source(thing.bron) is not None,
        "niveau": int(required_level(owner)),
        "zichtbaar_van": span[0] if span else None,
        "zichtbaar_tot": span[1] if span else None,
    }
    if thing.lon is not None and thing.lat is not None:
        spots: list[tuple[str, tuple[float, float]]] = [("", (thing.lon, thing.lat))]
    else:
        spots = [(code, centres[code]) for code in works_in if code in centres]
    if not spots:
        return [{**same, "gebied": schema.NOWHERE, "mx": 0, "my": 0}]
    rows = []
    for code, (lon, lat) in spots:
        mx, my = to_mercator(lon, lat)
        rows.append({**same, "gebied": code, "mx": mx, "my": my})
    return rows


def _centres(conn: Connection) -> dict[str, tuple[float, float]]:
    table = schema.gebied
    rows = conn.execute(sa.select(table.c.code, table.c.lon, table.c.lat))
    return {code: (lon, lat) for code, lon, lat in rows}


def unindexed_ids(conn: Connection) -> list[tuple[str, str]]:
    """List (kind, id) of records that are missing from the map index or the search index."""
    missing: list[tuple[str, str]] = []
    for name in ("actor", "aanbod"):
        table = schema.metadata.tables[name]
        there = sa.select(schema.punt.c.record_id).where(schema.punt.c.record == name)
        absent: sa.ColumnElement[bool] = table.c.id.not_in(there)
        if name == "aanbod":
            absent = sa.or_(absent, table.c.id.not_in(sa.select(schema.zoekrij.c.aanbod_id)))
        query = sa.select(table.c.id).where(absent).order_by(table.c.id)
        missing += [(name, key) for key in conn.scalars(query)]
    return missing
