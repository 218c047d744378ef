"""Count one more in a table of counts, the same way on every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def month_of(day: date) -> str:
    """Name the month of a day: `2026-11`; names sort as months do."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Give the first day of a month by its name."""
    return date(int(month[:4]), int(month[5:]), 1)


def count_one(conn: Connection, table: sa.Table, key: dict[str, Any]) -> None:
    """
    Add one to column `aantal` of a row, or make the row with 1.

    Parameters
    ----------
    conn
        A writing connection.
    table
        Has `aantal` beside its primary key.
    key
        The whole primary key.
    """
    insert: Any = sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(**key, aantal=1)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=list(key), set_={"aantal": table.c.aantal + 1}
        )
    )
