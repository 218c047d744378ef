"""The example map as records, without a reader: every actor, the expired ones too."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socialmap.domain.model import Actor
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.geo.load import load_areas
from socialmap.geo.locate import Locator
from socialmap.geo.own import own_area
from socialmap.network.graph import Network, Places, build_network

DATA = Path(__file__).parents[3] / "data"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture(scope="session")
def today() -> date:
    """Day that the example map was made for."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def records() -> Mapping[str, tuple[Any, ...]]:
    """The example map by table."""
    words = Vocabulary(
        {
            r["code"]: Thema(code=r["code"], label=r["label"])
            for r in _rows(DATA / "woorden/themas.csv")
        },
        {row["code"]: Doelgroep(**row) for row in _rows(DATA / "woorden/doelgroepen.csv")},
    )
    made: dict[str, tuple[Any, ...]] = {}
    for table in ("actoren", "relaties"):
        velden, build = RECORDS[table]
        read = [read_cells(velden, row, words) for row in _rows(DATA / f"voorbeeld/{table}.csv")]
        made[table] = tuple(build(values) for values, _ in read)
    return made


@pytest.fixture(scope="session")
def network(records: Mapping[str, tuple[Any, ...]], today: date) -> Network:
    """All that is in the example, cut to nobody."""
    return build_network(records["actoren"], records["relaties"], today)


@pytest.fixture(scope="session")
def places(records: Mapping[str, tuple[Any, ...]]) -> Places:
    """Areas that hold the place of each actor that has one."""
    known = load_areas(DATA / "wijken")
    areas = known.with_own(
        own_area(row["id"], row["naam"], row["niveau"], row["leden"].split("|"), known)
        for row in _rows(DATA / "voorbeeld/gebieden.csv")
    )
    locator = Locator(areas)
    actors: tuple[Actor, ...] = records["actoren"]
    return {
        actor.id: locator.locate(actor.lon, actor.lat)
        for actor in actors
        if actor.lon is not None and actor.lat is not None
    }
