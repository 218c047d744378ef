"""Select records as map features: by box, day of checking and equal fields, in pages by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR
from socialmap.store import schema
from socialmap.store.filters import RecordName
from socialmap.store.records import aanbod_by_id, actors_by_id
from socialmap.store.visible import Condition, actor_visible

Box = tuple[float, float, float, float]
#: Fields that hold a list and are in the search index, by what that calls them.
_LISTED = {"themas": "thema", "doelgroepen": "doelgroep", "werkgebied": "werkgebied"}
_owner = schema.actor.alias("eigenaar")


class UnknownFieldError(ValueError):
    """A field that cannot be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureQuestion:
    """
    Which features, and which part of them.

    Attributes
    ----------
    box
        West, south, east, north in WGS84 degrees; None for everywhere.
    van, tot
        First and last day that the record was checked on; None for no bound.
    gelijk
        Field and what it holds, as text.
    offset, limit
        How many to leave out, in order of id, and most to give.
    """

    box: Box | None = None
    van: date | None = None
    tot: date | None = None
    gelijk: tuple[tuple[str, str], ...] = ()
    offset: int = 0
    limit: int = 100


def find_features(
    conn: Connection, record: RecordName, asked: FeatureQuestion, today: date
) -> tuple[list[Actor | Aanbod], int]:
    """
    Read a page of records at level `openbaar`.

    Returns
    -------
    records, total
        In order of id; `total` counts all that pass.

    Raises
    ------
    UnknownFieldError
        When a field of `gelijk` cannot be asked for.
    """
    table = schema.actor if record == "actor" else schema.aanbod
    owner = table if record == "actor" else _owner
    source = table if record == "actor" else table.join(owner, owner.c.id == table.c.actor_id)
    where = [actor_visible(owner, OPENBAAR, today), *_conditions(record, table, asked)]
    count = sa.select(sa.func.count()).select_from(source).where(*where)
    page = (
        sa.select(table.c.id)
        .select_from(source)
        .where(*where)
        .order_by(table.c.id)
        .offset(asked.offset)
        .limit(asked.limit)
    )
    ids = list(conn.scalars(page))
    read = actors_by_id if record == "actor" else aanbod_by_id
    found = read(conn, ids, OPENBAAR, today)
    return [found[key] for key in ids], conn.scalar(count) or 0


def _conditions(record: RecordName, table: sa.Table, asked: FeatureQuestion) -> list[Condition]:
    where: list[Condition] = []
    if asked.box is not None:
        west, south, east, north = asked.box
        where += [table.c.lon.between(west, east), table.c.lat.between(south, north)]
    if asked.van is not None:
        where.append(table.c.gecontroleerd_op >= asked.van)
    if asked.tot is not None:
        where.append(table.c.gecontroleerd_op <= asked.tot)
    return where + [_equal(record, table, name, text) for name, text in asked.gelijk]


def _equal(record: RecordName, table: sa.Table, name: str, text: str) -> Condition:
    if name in _LISTED:
        mark = schema.kenmerk
        listed: Sequence[Condition] = (
            mark.c.record == record,
            mark.c.record_id == table.c.id,
            mark.c.veld == _LISTED[name],
            mark.c.code == text,
        )
        return sa.exists().where(*listed)
    column = table.c.get(name)
    if column is None or isinstance(column.type, sa.JSON):
        raise UnknownFieldError(name)
    return sa.cast(column, sa.Text) == text
