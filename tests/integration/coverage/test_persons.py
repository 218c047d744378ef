"""No two shown numbers of persons tell of a few people, whatever is varied (eisen.md, 19)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from socialmap.coverage.answers import Asked, coverage_json, gaps_json
from socialmap.coverage.need import SHARES
from socialmap.coverage.placing import PlaceQuestion, find_places, places_json
from socialmap.coverage.reading import CoverageMap, CoverageReader
from socialmap.domain.clock import Clock, months_earlier
from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.privacy import Lezer
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange.making import Filling, make_map
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_vocabulary
from web.coverage_query import LEVELS

GROUPS = ("iedereen", *SHARES)
REACHES = range(300, 1501, 10)
#: A theme that some areas have and others lack, so that reach moves the numbers.
THEME = "taal"
LEAST = 10


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> tuple[CoverageMap, Vocabulary]:
    """The example map as a team sees it: all that is shown to anybody is in it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('personen') / 'kaart.db'}"
    make_map(url, clock, Filling.EXAMPLE)
    store = Store.open(url)
    with store.reading() as conn:
        made = CoverageReader().current(conn, Lezer(Niveau.TEAM), clock.today())
        words = read_vocabulary(conn)
    store.close()
    return made, words


def numbers_in(answer: Any) -> Iterator[float]:
    """Give every number of an answer that counts persons, wherever it stands."""
    if isinstance(answer, list):
        for part in answer:
            yield from numbers_in(part)
    elif isinstance(answer, dict):
        for name, value in answer.items():
            if name in PERSONS and value is not None:
                yield value
            elif isinstance(value, (dict, list)):
                yield from numbers_in(value)


#: Fields that count persons; all other numbers of the answers are in `OTHERS`.
PERSONS = {
    "behoefte",
    "personen",
    "nieuw_bereikt",
    "totaal_nieuw",
    "een_minder",
    "nu_niet_bereikt",
}
OTHERS = {"bereik", "verhouding", "capaciteit_bekend", "straal_m", "samen", "jaar", "lon", "lat"}


def numeric_fields(answer: Any) -> Iterator[str]:
    """Give the name of every field that holds a number."""
    if isinstance(answer, list):
        for part in answer:
            yield from numeric_fields(part)
    elif isinstance(answer, dict):
        for name, value in answer.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield name
            else:
                yield from numeric_fields(value)


def test_every_number_is_known_to_the_tests(seen: tuple[CoverageMap, Vocabulary]) -> None:
    coverage, words = seen
    asked = Asked(niveau=Gebiedsniveau.WIJK, themas=tuple(words.themas))
    found = {
        *numeric_fields(coverage_json(coverage, words, asked)),
        *numeric_fields(gaps_json(coverage, words, asked, ())),
        *numeric_fields(places_json(find_places(coverage, PlaceQuestion(thema=THEME, aantal=2)))),
    }
    assert found == PERSONS | OTHERS


@pytest.mark.parametrize("group", GROUPS)
def test_numbers_differ_by_nothing_or_by_ten_at_least(
    seen: tuple[CoverageMap, Vocabulary], group: str
) -> None:
    coverage, words = seen
    few = Vocabulary({THEME: words.themas[THEME]}, words.doelgroepen)
    shown: set[float] = set()
    for metres in REACHES:
        for niveau in LEVELS:
            asked = Asked(niveau=niveau, themas=(THEME,), doelgroep=group, straal_m=float(metres))
            shown.update(numbers_in(coverage_json(coverage, few, asked)))
            if niveau is Gebiedsniveau.WIJK:
                shown.update(numbers_in(gaps_json(coverage, few, asked, ())))
    assert len(shown) > 20
    assert all(later - earlier >= LEAST for earlier, later in pairwise(sorted(shown)))


def test_another_day_shows_no_smaller_difference(tmp_path: Path, clock: Clock) -> None:
    """Offers grow stale with the days: the numbers of all of them stand in one row."""
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, clock, Filling.EXAMPLE)
    store = Store.open(url)
    shown: set[float] = set()
    for months in range(0, 36, 3):
        day = months_earlier(clock.today(), -months)
        with store.reading() as conn:
            coverage = CoverageReader().current(conn, Lezer(Niveau.TEAM), day)
            words = read_vocabulary(conn)
        for metres in range(400, 1201, 100):
            asked = Asked(
                niveau=Gebiedsniveau.BUURT,
                themas=(THEME,),
                doelgroep="ouderen",
                straal_m=float(metres),
            )
            shown.update(numbers_in(coverage_json(coverage, words, asked)))
    store.close()
    assert len(shown) > 20
    assert all(later - earlier >= LEAST for earlier, later in pairwise(sorted(shown)))


@pytest.mark.parametrize("gebied", ["GM0473", "WK047301"])
def test_new_places_count_in_tens_too(seen: tuple[CoverageMap, Vocabulary], gebied: str) -> None:
    coverage, _ = seen
    shown: set[float] = set()
    for metres in REACHES:
        question = PlaceQuestion(
            thema=THEME, aantal=2, gebied=gebied, straal_m=float(metres), doelgroep="ouderen"
        )
        shown.update(numbers_in(places_json(find_places(coverage, question))))
    assert len(shown) > 20
    assert all(later - earlier >= LEAST for earlier, later in pairwise(sorted(shown)))


@pytest.mark.parametrize("group", GROUPS)
def test_no_field_lets_persons_be_computed_back(
    seen: tuple[CoverageMap, Vocabulary], group: str
) -> None:
    coverage, words = seen
    places = {offer.id: offer.capaciteit or 0 for offer in coverage.offers}
    ratios = 0
    for niveau in LEVELS:
        asked = Asked(niveau=niveau, themas=tuple(words.themas), doelgroep=group)
        for row in coverage_json(coverage, words, asked)["gebieden"]:
            persons = coverage.ground.needs.of(row["code"], group).personen
            assert row["bereik"] is None or row["bereik"] == round(row["bereik"], 2)
            if not row["verhouding"] or persons is None:
                continue
            ratios += 1
            unit = 10.0 ** (math.floor(math.log10(row["verhouding"])) - 1)
            assert row["verhouding"] == pytest.approx(
                unit * round(row["verhouding"] / unit), rel=1e-12
            )
            capacity = sum(places[key] for key in row["aanbod"])
            low = capacity / (row["verhouding"] + unit / 2)
            high = capacity / (row["verhouding"] - unit / 2)
            told = low <= persons <= high and high - low < LEAST
            assert not told, row
    assert ratios
