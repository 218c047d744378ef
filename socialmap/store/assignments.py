"""Keep and read wijkopdrachten: steps for an area, with an owner and a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Wijkopdracht
from socialmap.store import schema
from socialmap.store.saving import Kind, Saved, plain_row, read_all, read_by_id, read_plain, save

_table = schema.wijkopdracht
KIND: Kind[Wijkopdracht] = Kind(
    "wijkopdracht",
    _table,
    lambda: sa.select(_table),
    partial(read_plain, Wijkopdracht, cast(Sequence[str], Wijkopdracht.__slots__)),
    plain_row,
)


def all_assignments(conn: Connection) -> list[Wijkopdracht]:
    """Read every wijkopdracht, the earliest day first."""
    return sorted(read_all(conn, KIND), key=lambda one: (one.datum, one.id))


def get_assignment(conn: Connection, assignment_id: str) -> Wijkopdracht:
    """Read one. Raises NotFoundError when it is not there."""
    found = read_by_id(conn, KIND, [assignment_id])
    if not found:
        raise NotFoundError("Wijkopdracht", assignment_id)
    return found[0]


def save_assignments(
    conn: Connection, assignments: Iterable[Wijkopdracht], wie: str, now: datetime
) -> Saved[Wijkopdracht]:
    """Keep wijkopdrachten of areas that are there; see `saving.save`."""
    return save(conn, assignments, KIND, wie, now)
