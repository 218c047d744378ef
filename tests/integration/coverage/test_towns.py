"""Judge generated towns with planted gaps: every cell must be as the slow oracle says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from socialmap.coverage.assess import Assessment
from socialmap.coverage.reading import CoverageReader
from socialmap.coverage.times import Tijd
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.privacy import OPENBAAR
from socialmap.store.engine import Store
from tests.towns import GROUPS, KINDS, QUESTIONS, THEMES, Town, draw_towns
from tests.towns_load import load
from tests.towns_oracle import Cell

TOWNS = 20
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """One cell: where it is, what the program says, what the oracle says."""

    where: tuple[object, ...]
    said: Assessment
    true: Cell


def _compare(town: Town, store: Store) -> Iterator[Compared]:
    oracle = town.oracle()
    with store.reading() as conn:
        coverage = CoverageReader().current(conn, OPENBAAR, town.today)
    for thema in THEMES:
        for groep in GROUPS:
            for straal, moment in QUESTIONS:
                tijd = None if moment is None else Tijd(*moment)
                for niveau in Gebiedsniveau:
                    cells = coverage.assess(niveau, thema, groep, straal, tijd)
                    codes = [cell.gebied.code for cell in cells]
                    assert sorted(codes) == town.land.of_level(niveau.value)
                    for code, said in zip(codes, cells, strict=True):
                        where = (town.seed, code, thema, groep, straal, moment)
                        true = oracle.cell(code, thema, groep, straal, moment)
                        yield Compared(where, said, true)


@pytest.fixture(scope="session")
def towns() -> list[Town]:
    return draw_towns(TOWNS)


@pytest.fixture(scope="session")
def compared(
    towns: list[Town], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[object, ...], Compared]:
    found: dict[tuple[object, ...], Compared] = {}
    for town in towns:
        store = Store.create(f"sqlite:///{tmp_path_factory.mktemp('stad') / 'kaart.db'}")
        load(town, store)
        found |= {cell.where: cell for cell in _compare(town, store)}
        store.close()
    return found


def _verdict(said: Assessment) -> str | None:
    return None if said.oordeel is None else str(said.oordeel)


def _differs(said: float | None, true: float | None) -> bool:
    if said is None or true is None:
        return said is not true
    return abs(said - true) > NEAR * max(1.0, abs(true))


def test_precision_and_recall_of_verdicts_are_one(
    compared: dict[tuple[object, ...], Compared],
) -> None:
    said = Counter(_verdict(cell.said) for cell in compared.values())
    true = Counter(cell.true.oordeel for cell in compared.values())
    hits = Counter(
        cell.true.oordeel for cell in compared.values() if _verdict(cell.said) == cell.true.oordeel
    )
    assert min(true[name] for name in (None, "gedekt", "dun", "gat", "onbekend")) > 1000
    assert {name: hits[name] / said[name] for name in said} == dict.fromkeys(said, 1.0)
    assert {name: hits[name] / true[name] for name in true} == dict.fromkeys(true, 1.0)


def test_additions_are_those_of_the_oracle(compared: dict[tuple[object, ...], Compared]) -> None:
    wrong = [
        (cell.where, [str(one) for one in cell.said.toevoegingen], sorted(cell.true.toevoegingen))
        for cell in compared.values()
        if {str(one) for one in cell.said.toevoegingen} != cell.true.toevoegingen
    ]
    seen = Counter(one for cell in compared.values() for one in cell.true.toevoegingen)
    assert not wrong, f"{len(wrong)} cells, first: {wrong[:5]}"
    assert min(seen[name] for name in ("alleen_algemeen_aanbod", "verouderd", "krap")) > 100


@pytest.mark.parametrize("figure", ["bereik", "verhouding", "personen", "behoefte"])
def test_figures_are_those_of_the_oracle(
    compared: dict[tuple[object, ...], Compared], figure: str
) -> None:
    def of(cell: Compared) -> tuple[float | None, float | None]:
        if figure == "behoefte":
            return cell.said.behoefte.personen, cell.true.behoefte
        return getattr(cell.said, figure), getattr(cell.true, figure)

    judged = {c.where: of(c) for c in compared.values() if c.true.oordeel is not None}
    wrong = [(where, *pair) for where, pair in judged.items() if _differs(*pair)]
    assert not wrong, f"{len(wrong)} of {len(judged)} cells, first: {wrong[:5]}"
    assert sum(true is not None for _, true in judged.values()) > 1000


def test_every_planted_gap_is_seen(
    towns: list[Town], compared: dict[tuple[object, ...], Compared]
) -> None:
    kinds = set()
    for town in towns:
        for planted in town.planted:
            where = (town.seed, planted.gebied, planted.thema, planted.groep, None, planted.moment)
            said = compared[where].said
            assert _verdict(said) == planted.oordeel, where
            assert planted.toevoeging in ("", *map(str, said.toevoegingen)), where
            kinds.add(planted.kind)
    assert kinds == set(KINDS)


def test_towns_stay_off_the_thresholds(compared: dict[tuple[object, ...], Compared]) -> None:
    near = [
        cell.where
        for cell in compared.values()
        for edge in (0.25, 0.75)
        if cell.true.bereik is not None and abs(cell.true.bereik - edge) < 0.02
    ]
    assert not near
