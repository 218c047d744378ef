"""Read what records were before: who changed what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema

_table = schema.geschiedenis


@dataclass(frozen=True, slots=True)
class Change:
    """
    One version of a record.

    Attributes
    ----------
    versie
        1 for the first.
    wanneer
        With zone.
    wie
        Id of an account, or what the program calls itself.
    voor, na
        Cells by column before and after; empty ones are left out. `voor` is empty for a new one.
    """

    versie: int
    wanneer: datetime
    wie: str
    voor: Mapping[str, str]
    na: Mapping[str, str]


def read_history(conn: Connection, record: str, key: str) -> list[Change]:
    """Read all versions of a record whole, newest first; the caller cuts it to its reader."""
    query = (
        sa.select(_table)
        .where(_table.c.record == record, _table.c.record_id == key)
        .order_by(_table.c.versie.desc())
    )
    return [
        Change(row.versie, _aware(row.wanneer), row.wie, row.voor or {}, row.na or {})
        for row in conn.execute(query)
    ]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
