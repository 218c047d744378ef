"""Lists for everybody with numbered pages, as HSDS asks: ids by page, and when records changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.privacy import OPENBAAR
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.filters import RecordFilter, RecordName, record_conditions
from socialmap.store.rows import search_name
from socialmap.store.visible import Condition, actor_visible

_CHUNK = 500
_history = schema.geschiedenis
_owner = schema.actor.alias("eigenaar")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """
    What to keep; an empty field keeps everything.

    Attributes
    ----------
    woorden
        Words that must all stand in the name or the description.
    keeps
        Filters that must all hold.
    sinds
        Keep what changed at or after this moment, with zone.
    met_plek
        Keep what has an address or a point.
    """

    woorden: str = ""
    keeps: tuple[RecordFilter, ...] = ()
    sinds: datetime | None = None
    met_plek: bool = False


def open_page(
    conn: Connection,
    record: RecordName,
    question: OpenQuestion,
    today: date,
    *,
    offset: int,
    limit: int,
) -> tuple[list[str], int]:
    """
    Read the ids on one page of what everybody may see, in order of id.

    Parameters
    ----------
    record
        `actor` or `aanbod`.
    question
        What to keep.
    offset, limit
        How many to pass over, and how many to give at most.

    Returns
    -------
    ids, total
        `total` counts all pages.
    """
    table = schema.metadata.tables[record]
    owner = table if record == "actor" else _owner
    source = table if record == "actor" else table.join(_owner, _owner.c.id == table.c.actor_id)
    where: list[Condition] = [
        actor_visible(owner, OPENBAAR, today),
        *_words(table, question.woorden),
    ]
    for keep in question.keeps:
        where += record_conditions(record, table, owner, keep, OPENBAAR, today)
    if question.sinds is not None:
        where.append(table.c.id.in_(_changed_since(record, question.sinds)))
    if question.met_plek:
        written = (table.c[name] != "" for name in ("adres", "postcode", "plaats"))
        where.append(sa.or_(table.c.lon.is_not(None), *written))
    total = conn.scalar(sa.select(sa.func.count()).select_from(source).where(*where)) or 0
    page = sa.select(table.c.id).select_from(source).where(*where).order_by(table.c.id)
    return list(conn.scalars(page.offset(offset).limit(limit))), total


def last_changes(conn: Connection, record: RecordName, ids: Iterable[str]) -> dict[str, datetime]:
    """Give when each record was last changed, in UTC, by id."""
    found: dict[str, datetime] = {}
    for chunk in batched(sorted(set(ids)), _CHUNK):
        query = (
            sa.select(_history.c.record_id, sa.func.max(_history.c.wanneer).label("wanneer"))
            .where(_history.c.record == record, _history.c.record_id.in_(chunk))
            .group_by(_history.c.record_id)
        )
        found |= {row.record_id: _utc(row.wanneer) for row in conn.execute(query)}
    return found


def all_ids(conn: Connection, record: RecordName) -> Sequence[str]:
    """Give the ids of all records, whoever may see them: for finding one back by its uuid."""
    return conn.scalars(sa.select(schema.metadata.tables[record].c.id)).all()


def _words(table: sa.Table, text: str) -> list[Condition]:
    return [
        sa.or_(
            table.c.zoeknaam.contains(word, autoescape=True),
            sa.func.lower(table.c.omschrijving).contains(word, autoescape=True),
        )
        for word in search_name(text).split()
    ]


def _changed_since(record: RecordName, since: datetime) -> sa.Select[tuple[str]]:
    return sa.select(_history.c.record_id).where(
        _history.c.record == record, _history.c.wanneer >= since
    )


def _utc(moment: datetime) -> datetime:
    """SQLite gives a moment back without its zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
