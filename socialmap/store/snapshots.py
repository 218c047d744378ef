"""Keep and read what was known of coverage in earlier months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema

_table = schema.dekking_stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """
    What was known of one theme and group in one area, as everybody may see it.

    Attributes
    ----------
    gebied, thema, doelgroep
        Codes.
    oordeel
        The verdict; empty where nobody lives.
    bereik
        Part within reach, in whole per cents; None where nobody lives.
    verouderd, gekeken
        Whether stale data would change the verdict, and whether somebody looked.
    aanbod, oud
        Ids of usable offers that reach the area, and of stale ones that would.
    regel
        Number of the rule that it was judged by.
    """

    gebied: str
    thema: str
    doelgroep: str
    oordeel: str
    bereik: int | None
    verouderd: bool
    gekeken: bool
    aanbod: tuple[str, ...]
    oud: tuple[str, ...]
    regel: int


def has_month(conn: Connection, maand: str) -> bool:
    """Tell whether a month (`2026-11`) is kept."""
    return conn.scalar(sa.select(sa.exists().where(_table.c.maand == maand))) is True


def kept_months(conn: Connection) -> list[str]:
    """List the months that are kept, the newest first."""
    query = sa.select(_table.c.maand).distinct().order_by(_table.c.maand.desc())
    return list(conn.scalars(query))


def save_month(conn: Connection, maand: str, stands: Iterable[Stand]) -> None:
    """Keep a month; needs a writing connection. What was kept of it before is replaced."""
    conn.execute(sa.delete(_table).where(_table.c.maand == maand))
    rows = [{"maand": maand, **asdict(stand)} for stand in stands]
    if rows:
        conn.execute(sa.insert(_table), rows)


def read_month(conn: Connection, maand: str, doelgroep: str) -> list[Stand]:
    """Read what is kept of a month for one group, by area and theme."""
    query = (
        sa.select(_table)
        .where(_table.c.maand == maand, _table.c.doelgroep == doelgroep)
        .order_by(_table.c.gebied, _table.c.thema)
    )
    return [
        Stand(
            gebied=row.gebied,
            thema=row.thema,
            doelgroep=row.doelgroep,
            oordeel=row.oordeel,
            bereik=row.bereik,
            verouderd=row.verouderd,
            gekeken=row.gekeken,
            aanbod=tuple(row.aanbod),
            oud=tuple(row.oud),
            regel=row.regel,
        )
        for row in conn.execute(query)
    ]
