"""What own areas are used for, their history, and taking one away."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.data_version import raise_data_version
from socialmap.store.vocabulary import save_meta

#: Name of the kind in the history.
RECORD = "gebied"


def uses_of_area(conn: Connection, code: str) -> dict[str, int]:
    """Count what names an area, by what it is; what is not there is left out."""
    marks = sa.and_(schema.kenmerk.c.veld == "werkgebied", schema.kenmerk.c.code == code)
    found = {"records met dit werkgebied": _count(conn, schema.kenmerk, marks)}
    for table, name in (
        (schema.inventarisatie, "keren dat er gekeken is"),
        (schema.signaal, "signalen"),
        (schema.wijkopdracht, "wijkopdrachten"),
    ):
        found[name] = _count(conn, table, table.c.gebied == code)
    return {name: count for name, count in found.items() if count}


def log_area(
    conn: Connection,
    code: str,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
    wie: str,
    now: datetime,
) -> None:
    """Put what an area was and became in the history; None before it was there, and after."""
    table = schema.geschiedenis
    mine = sa.and_(table.c.record == RECORD, table.c.record_id == code)
    last = conn.scalar(sa.select(sa.func.max(table.c.versie)).where(mine)) or 0
    conn.execute(
        sa.insert(table).values(
            record=RECORD,
            record_id=code,
            versie=last + 1,
            wanneer=now.astimezone(UTC),
            wie=wie,
            voor=before,
            na=after,
        )
    )


def delete_area(conn: Connection, code: str) -> None:
    """Take away an area that nothing names; needs a writing connection, and the indexes anew."""
    inside, marks = schema.gebied_buurt, schema.kenmerk
    conn.execute(sa.delete(inside).where(inside.c.gebied == code))
    conn.execute(sa.delete(marks).where(marks.c.code == code, marks.c.veld == "ligging"))
    conn.execute(sa.delete(schema.gebied).where(schema.gebied.c.code == code))
    save_meta(conn, AREAS_VERSION, secrets.token_hex(6))
    raise_data_version(conn)


def boundary_years(conn: Connection) -> list[tuple[str, int | None, str, int]]:
    """List levels with the year and source of their boundaries, and how many areas those have."""
    table = schema.gebied
    count = sa.func.count()
    query = (
        sa.select(table.c.niveau, table.c.jaar, table.c.bron, count)
        .group_by(table.c.niveau, table.c.jaar, table.c.bron)
        .order_by(count.desc(), table.c.niveau, table.c.jaar)
    )
    return [(row[0], row[1], row[2], row[3]) for row in conn.execute(query)]


def figure_years(conn: Connection) -> list[tuple[int, str, int, int]]:
    """List key figures by year and source: how many figures, of how many areas; newest first."""
    table = schema.kerncijfer
    areas = sa.func.count(sa.distinct(table.c.gebied))
    query = (
        sa.select(table.c.jaar, table.c.bron, sa.func.count(), areas)
        .group_by(table.c.jaar, table.c.bron)
        .order_by(table.c.jaar.desc(), table.c.bron)
    )
    return [(row[0], row[1], row[2], row[3]) for row in conn.execute(query)]


def _count(conn: Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    return int(conn.scalar(sa.select(sa.func.count()).select_from(table).where(where)) or 0)
