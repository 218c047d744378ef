"""Open or make the database, and give connections that read or write in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from socialmap.domain.errors import (
    AlreadyThereError,
    DatabaseMissingError,
    DatabaseUnusableError,
    StorageError,
)

__all__ = ["Connection", "Store", "after_commit", "sqlite_file"]

_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITES, _LATER = "socialmap_writes", "socialmap_later"
#: Seconds to wait for another writer.
_PATIENCE = 30


class Store:
    """One social map in one database. Make it with `create`, later `open` it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def create(cls, url: str) -> Store:
        """
        Make a new database at the newest version.

        Raises
        ------
        AlreadyThereError
            If something is there already; it stays as it is.
        """
        file = sqlite_file(url)
        if file is not None:
            if file.exists():
                raise AlreadyThereError(str(file))
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(url)
        with engine.connect() as conn:
            there = sa.inspect(conn).has_table("meta")
        if there:
            engine.dispose()
            raise AlreadyThereError(_shown(url))
        _migrate(engine)
        return cls(engine)

    @classmethod
    def open(cls, url: str) -> Store:
        """
        Open a database that is there, and bring it to the newest version.

        Raises
        ------
        DatabaseMissingError
            If there is none; none is made.
        DatabaseUnusableError
            If it is damaged, empty, or of a newer version than this program.
        """
        file = sqlite_file(url)
        if file is not None and not file.exists():
            raise DatabaseMissingError(str(file))
        revision = _read_revision(url)
        scripts = ScriptDirectory.from_config(_config())
        if revision is None:
            raise DatabaseUnusableError(_shown(url), "er staat geen sociale kaart in")
        if revision not in {script.revision for script in scripts.walk_revisions()}:
            raise DatabaseUnusableError(_shown(url), "hij is van een nieuwere versie")
        engine = _engine(url)
        if revision != scripts.get_current_head():
            _migrate(engine)
        return cls(engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the map; a write on it is refused."""
        with self._engine.connect() as conn:
            # Closing rolls back: a commit would read on, and fail once more where the file is bad.
            conn.begin()
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """
        Give a connection in one transaction: all of it is kept, or none.

        Raises
        ------
        StorageError
            When the disk is full or another writer holds the database; nothing is kept then.
        """
        try:
            with self._engine.connect().execution_options(**{_WRITES: True}) as conn:
                conn.info.pop(_LATER, None)
                with conn.begin():
                    yield conn
                later = conn.info.pop(_LATER, ())
        except OperationalError as error:
            raise StorageError from error
        for act in later:
            act()

    def find_damage(self) -> str:
        """Ask the engine to verify itself; empty when the database is sound."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self.reading() as conn:
            answer = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
            if answer != "ok":
                return str(answer)
            broken = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
        return f"verwijzing zonder doel in tabel {broken[0]}" if broken else ""

    def compact(self) -> bool:
        """
        Write the file anew without what was deleted, and empty the log of writes.

        Returns
        -------
        bool
            False when the disk is full or somebody held the file: try again later.
        """
        if self._engine.dialect.name != "sqlite":
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                conn.exec_driver_sql("VACUUM FULL")
            return True
        # Outside a transaction, so past what begins one on every other connection.
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA query_only=OFF")
            cursor.execute("VACUUM")
            # Only TRUNCATE leaves no copy of what stood there before in the -wal.
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.close()
        except sqlite3.OperationalError:
            return False
        finally:
            raw.close()
        return not busy

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def after_commit(conn: Connection, act: Callable[[], object]) -> None:
    """Do something once what a writing connection does is kept; never when it is rolled back."""
    conn.info.setdefault(_LATER, []).append(act)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return sa.create_engine(url, hide_parameters=True)
    # A fault in the log must not tell what somebody looked for.
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE}, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _prepare(raw: sa.engine.interfaces.DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own begin comes too late for a reader and too weak for a writer.
        raw.isolation_level = None
        cursor = raw.cursor()
        # FULL, because WAL with NORMAL loses acknowledged edits in a power cut (eisen.md, 2).
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get(_WRITES)
        conn.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _read_revision(url: str) -> str | None:
    """Look without touching: the settings of `_engine` would change a file that is no map."""
    probe = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with probe.connect() as conn:
            return MigrationContext.configure(conn).get_current_revision()
    except DatabaseError as error:
        raise DatabaseUnusableError(_shown(url), "het bestand is beschadigd") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _migrate(engine: Engine) -> None:
    config = _config()
    with engine.connect().execution_options(**{_WRITES: True}) as conn, conn.begin():
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def sqlite_file(url: str) -> Path | None:
    """Give the file of a SQLite address; None for another engine or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return Path(str(parsed.database))
    return None


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
