"""Keep records of any kind with a new version, and what they were before in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal, Wijkopdracht
from socialmap.domain.write_cells import cell, values_of
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.data_version import raise_data_version
from socialmap.store.rows import Row
from socialmap.store.upsert import upsert

Record = TypeVar("Record", Actor, Aanbod, Relatie, Inventarisatie, Signaal, Wijkopdracht)
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


@dataclass(frozen=True, slots=True)
class Kind(Generic[Record]):
    """How one kind of record is kept."""

    name: str
    table: sa.Table
    select: Callable[[], sa.Select[Any]]
    read: Callable[[Row], Record]
    row: Callable[[Record], dict[str, Any]]


def save(
    conn: Connection, records: Iterable[Record], kind: Kind[Record], wie: str, now: datetime
) -> Saved[Record]:
    """
    Keep records of one kind.

    Parameters
    ----------
    conn
        A writing connection.
    records
        With unique ids; `versie` is ignored, the store counts.
    kind
        How they are kept.
    wie, now
        Who changes, and when: for the history.
    """
    new: list[Record] = []
    changed: list[Record] = []
    same: list[Record] = []
    for chunk in batched(records, _CHUNK):
        before = {old.id: old for old in read_by_id(conn, kind, [record.id for record in chunk])}
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


def read_by_id(conn: Connection, kind: Kind[Record], ids: Sequence[str]) -> list[Record]:
    """Read records whole, whoever may see them: at most `_CHUNK` ids."""
    query = kind.select().where(kind.table.c.id.in_(ids))
    return [kind.read(row) for row in conn.execute(query).mappings()]


def read_all(conn: Connection, kind: Kind[Record]) -> list[Record]:
    """Read every record of a kind whole, whoever may see them, in order of id."""
    rows = conn.execute(kind.select().order_by(kind.table.c.id)).mappings()
    return [kind.read(row) for row in rows]


def read_plain(make: Callable[..., Record], names: Sequence[str], row: Row) -> Record:
    """Make a record whose fields are columns of the same name; a list becomes a tuple."""
    own = {name: row[name] for name in names}
    return make(**{n: tuple(v) if isinstance(v, list) else v for n, v in own.items()})


def plain_row(record: Inventarisatie | Signaal | Wijkopdracht) -> dict[str, Any]:
    """Give the columns of a record whose fields are columns of the same name."""
    own = {name: getattr(record, name) for name in record.__slots__}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in own.items()}


def changed_since(conn: Connection, name: str, moment: datetime) -> dict[str, datetime]:
    """Give the ids of records of a kind that changed since a moment, with when they last did."""
    table = schema.geschiedenis
    query = (
        sa.select(table.c.record_id, sa.func.max(table.c.wanneer))
        .where(table.c.record == name, table.c.wanneer >= moment.astimezone(UTC))
        .group_by(table.c.record_id)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


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


def _cells(record: Record | None) -> dict[str, str] | None:
    if record is None:
        return None
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}
