"""Searches without a good answer, counted by month, theme, group and wijk (eisen.md, 16).

A month can be read once it has ended, and only what was counted at least `LEAST` times in it; what
was counted less often is deleted then. Words and places of questions never come here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema
from socialmap.store.counting import count_one, month_of

_table = schema.onvervuld
#: From this count on a month tells nothing about one person.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Need:
    """
    What a search without a good answer was about.

    Attributes
    ----------
    thema
        Code of a theme.
    doelgroep
        Code of a group; empty when none was heard.
    gebied
        Code of a wijk (`WK…`).
    """

    thema: str
    doelgroep: str
    gebied: str


@dataclass(frozen=True, slots=True)
class UnmetCount:
    """How often a need had no good answer in a month (`2026-11`) that has ended."""

    maand: str
    need: Need
    aantal: int


def count_unmet(conn: Connection, need: Need, today: date) -> None:
    """Count one search; only the month of the day is kept. Needs a writing connection."""
    key = {
        "maand": month_of(today),
        "thema": need.thema,
        "doelgroep": need.doelgroep,
        "gebied": need.gebied,
    }
    count_one(conn, _table, key)


def has_small(conn: Connection, today: date) -> bool:
    """Tell whether a month that has ended still holds counts that must go."""
    return conn.scalar(sa.select(sa.exists().where(*_small(today)))) is True


def delete_small(conn: Connection, today: date) -> int:
    """Delete the counts below `LEAST` of months that have ended, and tell how many they were."""
    return conn.execute(sa.delete(_table).where(*_small(today))).rowcount


def read_unmet(conn: Connection, today: date) -> list[UnmetCount]:
    """Read the counts of months that have ended, from `LEAST` on, by month, theme, group, wijk."""
    query = (
        sa.select(_table)
        .where(_table.c.maand < month_of(today), _table.c.aantal >= LEAST)
        .order_by(_table.c.maand, _table.c.thema, _table.c.doelgroep, _table.c.gebied)
    )
    return [
        UnmetCount(row.maand, Need(row.thema, row.doelgroep, row.gebied), row.aantal)
        for row in conn.execute(query)
    ]


def _small(today: date) -> tuple[sa.ColumnElement[bool], ...]:
    return _table.c.maand < month_of(today), _table.c.aantal < LEAST
