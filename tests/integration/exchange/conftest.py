"""A map with the base data, made once and copied for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from socialmap.domain.clock import Clock
from socialmap.exchange.embedded import load_base
from socialmap.exchange.importing import import_paths
from socialmap.store.engine import Store

ROOT = Path(__file__).parents[3]
VOORBEELD = ROOT / "data" / "voorbeeld"
PEILDATUM = Clock(date(2026, 11, 22))

MakeStore = Callable[[Path], Store]


@pytest.fixture(scope="session")
def base_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds areas, key figures and vocabulary, and no records."""
    path = tmp_path_factory.mktemp("basis") / "kaart.db"
    store = Store.create(f"sqlite:///{path}")
    load_base(store, PEILDATUM)
    store.close()
    return path


@pytest.fixture(scope="session")
def example_file(base_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the invented example in it."""
    path = tmp_path_factory.mktemp("voorbeeld") / "kaart.db"
    shutil.copy(base_file, path)
    store = Store.open(f"sqlite:///{path}")
    report = import_paths(store, [VOORBEELD], wie="test", clock=PEILDATUM)
    store.close()
    assert report.geplaatst
    return path


@pytest.fixture
def copy_of(tmp_path: Path) -> Iterator[MakeStore]:
    """Give a function that opens a copy of a database, as often as a test wants one."""
    opened: list[Store] = []

    def make(source: Path) -> Store:
        path = tmp_path / f"kaart{len(opened)}.db"
        shutil.copy(source, path)
        opened.append(Store.open(f"sqlite:///{path}"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def base(copy_of: MakeStore, base_file: Path) -> Store:
    """A map without records."""
    return copy_of(base_file)


@pytest.fixture
def example(copy_of: MakeStore, example_file: Path) -> Store:
    """A map with the invented example."""
    return copy_of(example_file)


@pytest.fixture
def dump() -> Callable[[Store], list[str]]:
    """Give a function that writes out every row of every table."""

    def lines(store: Store) -> list[str]:
        with store.reading() as conn:
            raw = conn.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            return list(raw.iterdump())

    return lines
