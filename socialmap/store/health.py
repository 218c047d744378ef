"""Figures about the database itself: size, version, how many records, and whether it is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from socialmap.store import schema, schema_accounts
from socialmap.store.engine import sqlite_file
from socialmap.store.schema_imports import invoer
from socialmap.store.schema_mails import mail

if TYPE_CHECKING:
    from socialmap.store.engine import Store

_COUNTED = (
    (schema.actor, "organisaties en personen"),
    (schema.aanbod, "aanbod"),
    (schema.relatie, "banden"),
    (schema.inventarisatie, "keren gekeken"),
    (schema.signaal, "signalen"),
    (schema.wijkopdracht, "wijkopdrachten"),
    (schema.geschiedenis, "versies in de geschiedenis"),
    (schema_accounts.account, "accounts"),
    (schema_accounts.sessie, "sessies en bekende apparaten"),
    (schema_accounts.logboek, "regels in het logboek"),
)


_LAST = (("Laatste invoer", invoer.c.wanneer), ("Laatste mail verstuurd", mail.c.verstuurd_op))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Bytes of the database, and of the log of writes beside it (0 where there is none)."""

    database: int
    wal: int


def count_rows(conn: Connection) -> list[tuple[str, int]]:
    """Count what is on the map, by what people call it."""
    return [
        (name, int(conn.scalar(sa.select(sa.func.count()).select_from(table)) or 0))
        for table, name in _COUNTED
    ]


def last_moments(conn: Connection) -> list[tuple[str, datetime | None]]:
    """Give when something last happened, with zone; None when it never did."""
    found = [(label, conn.scalar(sa.select(sa.func.max(column)))) for label, column in _LAST]
    return [
        (label, moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC))
        for label, moment in found
    ]


def measure_size(conn: Connection) -> Size:
    """Measure the database."""
    url = conn.engine.url.render_as_string(hide_password=False)
    file = sqlite_file(url)
    if file is None:
        query = sa.text("SELECT pg_database_size(current_database())")
        return Size(database=int(conn.scalar(query) or 0), wal=0)
    wal = file.with_name(file.name + "-wal")
    return Size(database=file.stat().st_size, wal=wal.stat().st_size if wal.exists() else 0)


def schema_version(conn: Connection) -> str:
    """Give the number of the last step of the schema."""
    return MigrationContext.configure(conn).get_current_revision() or ""


def find_all_damage(store: Store, progress: Callable[[int, int], None]) -> str:
    """
    Verify every table with its indexes, one by one.

    Parameters
    ----------
    progress
        Called with how many tables were done and how many there are.

    Returns
    -------
    str
        What is wrong; empty when the database is sound.
    """
    with store.reading() as conn:
        names = sorted(sa.inspect(conn).get_table_names())
        for done, name in enumerate(names):
            progress(done, len(names))
            fault = _fault_of(conn, name)
            if fault:
                return f"tabel {name}: {fault}"
        progress(len(names), len(names))
    return store.find_damage()


def _fault_of(conn: Connection, name: str) -> str:
    if conn.dialect.name != "sqlite":
        # Reading every row is what the engine offers without an extension.
        conn.execute(sa.select(sa.func.count()).select_from(sa.table(name)))
        return ""
    quoted = name.replace('"', '""')
    answers = conn.exec_driver_sql(f'PRAGMA integrity_check("{quoted}")').scalars().all()
    return "" if answers == ["ok"] else str(answers[0])
