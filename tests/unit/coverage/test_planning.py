"""New places against spopt, the order of adding, equal ones, and what cannot be proven."""

from __future__ import annotations

import numpy as np
import pytest

from socialmap.coverage import planning
from socialmap.coverage.planning import NotProvenError, Placement, place
from socialmap.geo.measure import WALKING_FACTOR
from tests.pysal import Floats, spopt_total

X, Y = 104_000.0, 488_000.0


def _reached(demand_xy: Floats, candidates_xy: Floats) -> Floats:
    """Give metres on foot, shape (n, m)."""
    apart = demand_xy[:, None] - candidates_xy[None]
    return np.asarray(np.hypot(apart[..., 0], apart[..., 1]) * WALKING_FACTOR)


@pytest.mark.parametrize("seed", range(30))
def test_it_reaches_the_optimum_of_spopt(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, m, count = (int(chance.integers(*most)) for most in ((50, 160), (10, 40), (1, 7)))
    demand_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (n, 2))
    candidates_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (m, 2))
    persons = chance.gamma(1, 40, n)
    apart = _reached(demand_xy, candidates_xy)
    found = place(demand_xy, persons, candidates_xy, 800.0, count)
    best = spopt_total(apart, persons, 800.0, count)
    assert found.total == pytest.approx(best, abs=1e-6)
    chosen = [one.candidate for one in found.chosen]
    assert persons[(apart[:, chosen] <= 800).any(axis=1)].sum() == pytest.approx(found.total)
    assert sum(one.adds for one in found.chosen) == pytest.approx(found.total, abs=1e-9)
    less = spopt_total(apart, persons, 800.0, count - 1) if count > 1 else 0.0
    assert found.lost_with_one_less == pytest.approx(found.total - less, abs=1e-6)
    for number, one in enumerate(found.chosen):
        before = (apart[:, chosen[:number]] <= 800).any(axis=1)
        gains = [persons[~before & (apart[:, c] <= 800)].sum() for c in chosen[number:]]
        assert one.adds == pytest.approx(max(gains), abs=1e-6)


def _line(*at: float) -> Floats:
    return np.array([(X + metres, Y) for metres in at])


def test_the_best_pair_is_not_the_one_that_is_best_alone() -> None:
    demand_xy, persons = _line(0, 500, 1000, 1500), np.array([30.0, 20.0, 20.0, 30.0])
    # In the middle: 40 persons at once, but the outer two together reach all 100.
    found = place(demand_xy, persons, _line(750, 250, 1250), 390.0, 2)
    assert [one.candidate for one in found.chosen] == [1, 2]
    assert found.total == 100
    assert found.lost_with_one_less == 50


@pytest.mark.parametrize("seed", range(10))
def test_of_equal_ones_the_first_candidates_are_taken_in_order(seed: int) -> None:
    chance = np.random.default_rng(seed)
    demand_xy, persons = _line(0, 10_000, 20_000), np.full(3, 0.1) + 0.2
    order = chance.permutation(9)
    # Three candidates at each of three points, all alike.
    candidates_xy = demand_xy[order % 3]
    found = place(demand_xy, persons, candidates_xy, 500.0, 2)
    first, second = (one.candidate for one in found.chosen)
    assert first == 0
    assert second == next(c for c in range(9) if order[c] % 3 != order[0] % 3)


@pytest.mark.parametrize("seed", range(5))
def test_copies_of_candidates_change_nothing(seed: int) -> None:
    chance = np.random.default_rng(seed)
    demand_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (200, 2))
    candidates_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (40, 2))
    persons = chance.gamma(1, 40, 200)
    once = place(demand_xy, persons, candidates_xy, 900.0, 5)
    twice = place(demand_xy, persons, np.concatenate([candidates_xy, candidates_xy]), 900.0, 5)
    assert [one.candidate for one in twice.chosen] == [one.candidate for one in once.chosen]
    assert twice.total == pytest.approx(once.total, abs=1e-6)


def test_the_same_question_has_the_same_answer() -> None:
    chance = np.random.default_rng(1)
    demand_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (300, 2))
    candidates_xy = chance.uniform((X, Y), (X + 4000, Y + 4000), (60, 2))
    asked = demand_xy, np.ones(300), candidates_xy, 800.0, 6
    answers = [place(*asked) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]


def test_the_border_of_the_reach_lies_within() -> None:
    for metres in range(1, 300):
        reach = round(metres * WALKING_FACTOR, 1)
        assert place(_line(0), np.ones(1), _line(metres), reach, 1).total == 1
        assert place(_line(0), np.ones(1), _line(metres + 0.01), reach, 1).total == 0


def test_more_places_than_candidates_takes_what_adds_somebody() -> None:
    demand_xy, persons = _line(0, 5000), np.array([10.0, 20.0])
    found = place(demand_xy, persons, _line(0, 10, 5000, 90_000), 500.0, 9)
    assert [(one.candidate, one.adds) for one in found.chosen] == [(2, 20.0), (0, 10.0)]
    assert found.lost_with_one_less == 10


@pytest.mark.parametrize(
    ("persons", "candidates", "count"),
    [
        ([], [0.0], 3),
        ([10.0], [], 3),
        ([10.0], [9000.0], 3),
        ([0.0], [0.0], 3),
        ([10.0], [0.0], 0),
    ],
)
def test_nothing_to_gain_chooses_nothing(
    persons: list[float], candidates: list[float], count: int
) -> None:
    demand_xy = np.array(_line(*[0.0] * len(persons))).reshape(-1, 2)
    candidates_xy = np.array(_line(*candidates)).reshape(-1, 2)
    assert place(demand_xy, np.array(persons), candidates_xy, 500.0, count) == Placement()


def test_what_is_not_proven_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    demand_xy = chance.uniform((X, Y), (X + 6000, Y + 6000), (3000, 2))
    candidates_xy = chance.uniform((X, Y), (X + 6000, Y + 6000), (1000, 2))
    monkeypatch.setattr(planning, "MOST_SECONDS", 0.05)
    with pytest.raises(NotProvenError, match="minder plekken"):
        place(demand_xy, chance.gamma(1, 40, 3000), candidates_xy, 800.0, 10)


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    place(_line(0), np.ones(1), _line(0), 500.0, 1)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("persons", "reach", "count"), [(-1, 500, 1), (1, 0, 1), (1, 500, -1)])
def test_impossible_numbers_are_refused(persons: float, reach: float, count: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        place(_line(0), np.array([persons], float), _line(0), reach, count)
