"""Making and opening a database: never in silence, never over another, and never half."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from socialmap.domain.errors import (
    AlreadyThereError,
    DatabaseMissingError,
    DatabaseUnusableError,
)
from socialmap.store import schema
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_meta, save_meta


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def make(path: Path) -> None:
    """Make a map and put it away."""
    store = Store.create(address(path))
    with store.writing() as conn:
        save_meta(conn, "naam", "proef")
    store.close()


def test_new_map_is_there_when_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "nieuwe map" / "kaart.db"
    make(path)
    assert list(files(path.parent)) == ["kaart.db"]
    store = Store.open(address(path))
    with store.reading() as conn:
        assert read_meta(conn, "naam") == "proef"
        assert read_meta(conn, "anders") is None
    assert store.find_damage() == ""
    store.close()


@pytest.mark.parametrize("content", [None, b"", b"een heel ander bestand", b"\x00" * 8192])
def test_create_leaves_what_is_there_byte_for_byte(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "kaart.db"
    if content is None:
        make(path)
    else:
        path.write_bytes(content)
    before = files(tmp_path)
    with pytest.raises(AlreadyThereError, match=r"kaart\.db staat al"):
        Store.create(address(path))
    assert files(tmp_path) == before


def test_open_makes_nothing_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError, match="socialmap init"):
        Store.open(address(tmp_path / "weg" / "kaart.db"))
    with pytest.raises(DatabaseMissingError, match="socialmap restore"):
        Store.open(address(tmp_path / "kaart.db"))
    assert files(tmp_path) == {}


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE meta (x)")
    raw.close()


def of_a_newer_version(path: Path) -> None:
    make(path)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


def with_a_broken_start(path: Path) -> None:
    make(path)
    content = path.read_bytes()
    path.write_bytes(b"kapot" * 20 + content[100:])


def cut_short(path: Path) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[:5000])


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "geen sociale kaart in"),
    "text": (lambda path: path.write_text("id;naam\n" * 1000), "beschadigd"),
    "zeros": (lambda path: path.write_bytes(b"\x00" * 9000), "beschadigd"),
    "broken": (with_a_broken_start, "beschadigd"),
    "short": (cut_short, "beschadigd"),
    "other": (of_another_program, "geen sociale kaart in"),
    "newer": (of_a_newer_version, "nieuwere versie"),
}


# "Er is niets veranderd", says the error: setting up a connection would have written the header of
# a file that is another program's, or filled an empty one.
@pytest.mark.parametrize(("spoil", "why"), UNUSABLE.values(), ids=UNUSABLE)
def test_open_refuses_what_it_cannot_use_and_changes_nothing(
    tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(tmp_path / "kaart.db")
    before = files(tmp_path)
    with pytest.raises(DatabaseUnusableError, match=why):
        Store.open(address(tmp_path / "kaart.db"))
    assert files(tmp_path) == before


def test_folder_in_place_of_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusableError):
        Store.open(address(tmp_path))
    assert files(tmp_path) == {}


# What points at a table that is damaged cannot be followed.
@pytest.mark.parametrize("table", ["meta", "actor", "gebied_buurt"])
def test_damage_deep_inside_is_found(tmp_path: Path, table: str) -> None:
    path = tmp_path / "kaart.db"
    make(path)
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as raw:
        where = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = raw.execute(where, (table,)).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    content[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(content)
    store = Store.open(address(path))
    assert store.find_damage() != ""
    store.close()


def test_reference_to_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kaart.db"
    make(path)
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO gebied_buurt VALUES ('GM1', 'BU1')")
    raw.close()
    store = Store.open(address(path))
    assert "gebied_buurt" in store.find_damage()
    store.close()


def layout(conn: sa.Connection, table: str) -> dict[str, list[object]]:
    """Columns, indexes and references of a table as SQLite knows them."""
    asked = ("table_info", "index_list", "foreign_key_list")
    found = {name: conn.exec_driver_sql(f"PRAGMA {name}('{table}')").all() for name in asked}
    columns = sorted(tuple(row)[1:] for row in found["table_info"])
    indexes = sorted(tuple(row)[1:] for row in found["index_list"])
    references = sorted(tuple(row)[2:] for row in found["foreign_key_list"])
    return {"columns": [*columns], "indexes": [*indexes], "references": [*references]}


def test_migrated_tables_are_those_of_the_schema(store: Store) -> None:
    drawn = sa.create_engine("sqlite://")
    schema.metadata.create_all(drawn)
    with store.reading() as conn, drawn.connect() as plain:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        made = set(sa.inspect(conn).get_table_names())
        for table in schema.metadata.tables:
            assert layout(conn, table) == layout(plain, table), table
    assert made == {*schema.metadata.tables, "alembic_version"}
    drawn.dispose()


# FULL is 2. WAL with NORMAL lost acknowledged edits in simulated power cuts (eisen.md, 2).
@pytest.mark.parametrize("again", [False, True])
def test_every_connection_keeps_what_it_acknowledged(url: str, again: bool) -> None:
    store = Store.create(url)
    if again:
        store.close()
        store = Store.open(url)
    with ExitStack() as stack:
        conns = [stack.enter_context(store.reading()) for _ in range(4)]
        conns.append(stack.enter_context(store.writing()))
        for conn in conns:
            values = [
                conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert values == ["wal", 2, 1]
    store.close()


def test_reader_sees_one_moment_while_a_writer_is_at_work(store: Store) -> None:
    with store.writing() as conn:
        save_meta(conn, "stand", "oud")
    with store.reading() as early:
        assert read_meta(early, "stand") == "oud"
        with store.writing() as writer:
            save_meta(writer, "stand", "nieuw")
            assert read_meta(writer, "stand") == "nieuw"
            with store.reading() as other:
                assert read_meta(other, "stand") == "oud"
        assert read_meta(early, "stand") == "oud"
        with store.reading() as late:
            assert read_meta(late, "stand") == "nieuw"


def test_second_writer_waits_for_the_first(store: Store, url: str) -> None:
    raw = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0, isolation_level=None)
    with store.writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
        raw.execute("BEGIN IMMEDIATE")
    raw.execute("BEGIN IMMEDIATE")
    raw.close()


def test_reading_connection_refuses_to_write(store: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"), store.reading() as conn:
        save_meta(conn, "stand", "stiekem")
    with store.writing() as conn:
        assert read_meta(conn, "stand") is None
        save_meta(conn, "stand", "gewoon")
    with store.reading() as conn:
        assert read_meta(conn, "stand") == "gewoon"
