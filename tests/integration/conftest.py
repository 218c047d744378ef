"""Stores to test on: a new one, one with areas only, and one that holds the example map."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import mapping

from socialmap.domain.model import Gebied
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.editing.apply import Batch, apply
from socialmap.geo.area import AreaSet
from socialmap.geo.load import load_areas
from socialmap.geo.locate import Locator, point_on_surface
from socialmap.geo.measure import area_m2
from socialmap.geo.own import own_area
from socialmap.store.areas import AreaShape, save_areas
from socialmap.store.engine import Connection, Store
from socialmap.store.indexing import Places
from socialmap.store.vocabulary import save_vocabulary

DATA = Path(__file__).parents[2] / "data"
EXAMPLE = DATA / "voorbeeld"


class _Undo(Exception):  # noqa: N818 - no error: the way to end a transaction without keeping it
    """Raised at the end of a transaction that must leave nothing."""


class _Located:
    """Tells which areas hold a point, one point at a time."""

    def __init__(self, areas: AreaSet) -> None:
        self._locator = Locator(areas)

    def locate_many(self, points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
        return [self._locator.locate(lon, lat) for lon, lat in points]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="session")
def today() -> date:
    """Day that the example map was made for."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def now(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    themas = [Thema(code=r["code"], label=r["label"]) for r in _rows(DATA / "woorden/themas.csv")]
    groepen = [Doelgroep(**row) for row in _rows(DATA / "woorden/doelgroepen.csv")]
    return Vocabulary({t.code: t for t in themas}, {g.code: g for g in groepen})


@pytest.fixture(scope="session")
def areas() -> AreaSet:
    known = load_areas(DATA / "wijken")
    return known.with_own(
        own_area(row["id"], row["naam"], row["niveau"], row["leden"].split("|"), known)
        for row in _rows(EXAMPLE / "gebieden.csv")
    )


@pytest.fixture(scope="session")
def places(areas: AreaSet) -> Places:
    return _Located(areas)


@pytest.fixture(scope="session")
def shapes(areas: AreaSet) -> list[AreaShape]:
    made = []
    for area in areas:
        lon, lat = point_on_surface(area)
        gebied = Gebied(
            code=area.code,
            naam=area.naam,
            niveau=area.niveau,
            jaar=area.jaar,
            bron=area.bron,
            buurten=areas.buurten_in(area.code),
            vrijwel_onbewoond=area.vrijwel_onbewoond,
            lon=lon,
            lat=lat,
            oppervlakte_m2=area_m2(area.shape_rd),
        )
        made.append(AreaShape(gebied, mapping(area.shape), mapping(area.shape)))
    return made


@pytest.fixture(scope="session")
def example_rows() -> dict[str, list[dict[str, str]]]:
    """The example map as it stands in its files: cells of text by table."""
    return {table: _rows(EXAMPLE / f"{table}.csv") for table in RECORDS}


@pytest.fixture(scope="session")
def batch(example_rows: dict[str, list[dict[str, str]]], words: Vocabulary) -> Batch:
    """The example map as records."""
    made: dict[str, tuple[Any, ...]] = {}
    for table, (velden, build) in RECORDS.items():
        read = [read_cells(velden, row, words) for row in example_rows[table]]
        assert not [faults for _, faults in read if faults]
        made[table] = tuple(build(values) for values, _ in read)
    return Batch(**made)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Address of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'kaart.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new map, without areas."""
    made = Store.create(url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def ground(
    tmp_path_factory: pytest.TempPathFactory, shapes: list[AreaShape], words: Vocabulary
) -> Iterator[Store]:
    """A map with areas and vocabulary only: write on it through `undone`."""
    made = Store.create(f"sqlite:///{tmp_path_factory.mktemp('grond') / 'kaart.db'}")
    with made.writing() as conn:
        save_areas(conn, shapes)
        save_vocabulary(conn, words)
    yield made
    made.close()


@pytest.fixture(scope="session")
def undone(ground: Store) -> Callable[[], AbstractContextManager[Connection]]:
    """Give a writing connection of which nothing is kept."""

    @contextmanager
    def open_transaction() -> Iterator[Connection]:
        try:
            with ground.writing() as conn:
                yield conn
                raise _Undo
        except _Undo:
            return

    return open_transaction


@pytest.fixture(scope="session")
def filled(
    tmp_path_factory: pytest.TempPathFactory,
    shapes: list[AreaShape],
    words: Vocabulary,
    batch: Batch,
    places: Places,
    now: datetime,
) -> Iterator[Store]:
    """The example map: for reading only."""
    made = Store.create(f"sqlite:///{tmp_path_factory.mktemp('voorbeeld') / 'kaart.db'}")
    with made.writing() as conn:
        save_areas(conn, shapes)
        save_vocabulary(conn, words)
        apply(conn, batch, wie="beheerder", now=now, places=places)
    yield made
    made.close()
