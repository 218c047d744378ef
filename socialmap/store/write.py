"""Keep actors, offers and ties with a new version, and what they were before in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import consent_end
from socialmap.domain.write_cells import cell, values_of
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.data_version import raise_data_version
from socialmap.store.rows import (
    Row,
    aanbod_row,
    actor_row,
    read_aanbod,
    read_actor,
    read_relatie,
    relatie_row,
)
from socialmap.store.upsert import upsert

Record = TypeVar("Record", Actor, Aanbod, Relatie)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Saved(Generic[Record]):
    """What a write came to: the records that are new, that changed, and that were equal already."""

    nieuw: tuple[Record, ...]
    gewijzigd: tuple[Record, ...]
    gelijk: tuple[Record, ...]

    @property
    def touched(self) -> tuple[Record, ...]:
        """The records of which the indexes must be made anew."""
        return self.nieuw + self.gewijzigd


def save_actors(conn: Connection, actors: Iterable[Actor], wie: str, now: datetime) -> Saved[Actor]:
    """
    Keep actors with their consent.

    Parameters
    ----------
    conn
        A writing connection.
    actors
        With unique ids; `versie` is ignored, the store counts.
    wie, now
        Who changes, and when: for the history.
    """
    saved = _save(conn, actors, _ACTOR, wie, now)
    _save_consent(conn, saved.touched, now)
    return saved


def save_aanbod(
    conn: Connection, aanbod: Iterable[Aanbod], wie: str, now: datetime
) -> Saved[Aanbod]:
    """Keep offers of actors that are there; see `save_actors`."""
    return _save(conn, aanbod, _AANBOD, wie, now)


def save_relaties(
    conn: Connection, relaties: Iterable[Relatie], wie: str, now: datetime
) -> Saved[Relatie]:
    """Keep ties between actors that are there; see `save_actors`."""
    return _save(conn, relaties, _RELATIE, wie, now)


def read_stored_actors(conn: Connection, ids: Sequence[str]) -> list[Actor]:
    """Read actors whole, whoever may see them: for what the program itself must know."""
    query = _select_actor().where(schema.actor.c.id.in_(ids)).order_by(schema.actor.c.id)
    return [read_actor(row) for row in conn.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Record]):
    """How one kind of record is kept."""

    name: str
    table: sa.Table
    select: Callable[[], sa.Select[Any]]
    read: Callable[[Row], Record]
    row: Callable[[Record], dict[str, Any]]


def _select_actor() -> sa.Select[Any]:
    consent = schema.toestemming
    current = sa.and_(consent.c.actor_id == schema.actor.c.id, consent.c.vervallen_op.is_(None))
    columns = [consent.c[n].label(f"t_{n}") for n in ("op", "tot", "doel", "niveau", "door")]
    return sa.select(schema.actor, *columns).select_from(schema.actor.outerjoin(consent, current))


_ACTOR: _Kind[Actor] = _Kind("actor", schema.actor, _select_actor, read_actor, actor_row)
_AANBOD: _Kind[Aanbod] = _Kind(
    "aanbod", schema.aanbod, lambda: sa.select(schema.aanbod), read_aanbod, aanbod_row
)
_RELATIE: _Kind[Relatie] = _Kind(
    "relatie", schema.relatie, lambda: sa.select(schema.relatie), read_relatie, relatie_row
)


def _save(
    conn: Connection, records: Iterable[Record], kind: _Kind[Record], wie: str, now: datetime
) -> Saved[Record]:
    new: list[Record] = []
    changed: list[Record] = []
    same: list[Record] = []
    for chunk in batched(records, _CHUNK):
        query = kind.select().where(kind.table.c.id.in_([record.id for record in chunk]))
        rows = conn.execute(query).mappings()
        before = {old.id: old for old in map(kind.read, rows)}
        kept: list[Record] = []
        for record in chunk:
            old = before.get(record.id)
            if old is not None and replace(old, versie=record.versie) == record:
                same.append(old)
                continue
            version = 1 if old is None else old.versie + 1
            kept.append(replace(record, versie=version))
            (new if old is None else changed).append(kept[-1])
        upsert(conn, kind.table, [kind.row(record) for record in kept])
        _write_history(conn, kind.name, kept, before, wie, now)
    return Saved(tuple(new), tuple(changed), tuple(same))


def _write_history(
    conn: Connection,
    name: str,
    kept: Sequence[Record],
    before: dict[str, Record],
    wie: str,
    now: datetime,
) -> None:
    if not kept:
        return
    raise_data_version(conn)
    rows = [
        {
            "record": name,
            "record_id": record.id,
            "versie": record.versie,
            "wanneer": now.astimezone(UTC),
            "wie": wie,
            "voor": _cells(before.get(record.id)),
            "na": _cells(record),
        }
        for record in kept
    ]
    conn.execute(sa.insert(schema.geschiedenis), rows)


def _cells(record: Actor | Aanbod | Relatie | None) -> dict[str, str] | None:
    if record is None:
        return None
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}


def _save_consent(conn: Connection, actors: Sequence[Actor], now: datetime) -> None:
    """Let a changed consent lapse and record the new one; equal consent stays as it is."""
    table = schema.toestemming
    for actor in actors:
        current = conn.execute(
            sa.select(table).where(table.c.actor_id == actor.id, table.c.vervallen_op.is_(None))
        ).mappings()
        old = current.first()
        if old is None and actor.toestemming is None:
            continue
        if old is not None:
            if _read_consent(old) == actor.toestemming:
                continue
            conn.execute(
                sa.update(table)
                .where(table.c.id == old["id"])
                .values(vervallen_op=now.astimezone(UTC))
            )
        if actor.toestemming is not None:
            conn.execute(sa.insert(table).values(actor_id=actor.id, **_consent(actor.toestemming)))


def _read_consent(row: Row) -> Toestemming:
    level = row["niveau"]
    return Toestemming(
        op=row["op"],
        tot=row["tot"],
        doel=row["doel"],
        niveau=None if level is None else Niveau(level),
        door=row["door"],
    )


def _consent(consent: Toestemming) -> dict[str, Any]:
    return {
        "op": consent.op,
        "tot": consent.tot,
        "eind": consent_end(consent),
        "doel": consent.doel,
        "niveau": None if consent.niveau is None else int(consent.niveau),
        "door": consent.door,
    }


def read_stored(conn: Connection) -> tuple[list[Actor], list[Aanbod], list[Relatie]]:
    """Read every record whole, whoever may see it, in order of id: for checking the map."""
    actors = conn.execute(_select_actor().order_by(schema.actor.c.id)).mappings()
    offers = conn.execute(sa.select(schema.aanbod).order_by(schema.aanbod.c.id)).mappings()
    ties = conn.execute(sa.select(schema.relatie).order_by(schema.relatie.c.id)).mappings()
    return (
        [read_actor(row) for row in actors],
        [read_aanbod(row) for row in offers],
        [read_relatie(row) for row in ties],
    )


def read_stored_by_id(
    conn: Connection, table: Literal["actoren", "aanbod", "relaties"], ids: Sequence[str]
) -> dict[str, Actor | Aanbod | Relatie]:
    """Read records whole by id, whoever may see them: for what a change leaves as it was."""
    kinds: dict[str, _Kind[Any]] = {"actoren": _ACTOR, "aanbod": _AANBOD, "relaties": _RELATIE}
    kind = kinds[table]
    found: dict[str, Actor | Aanbod | Relatie] = {}
    for chunk in batched(sorted(set(ids)), _CHUNK):
        query = kind.select().where(kind.table.c.id.in_(chunk))
        found |= {record.id: record for record in map(kind.read, conn.execute(query).mappings())}
    return found
