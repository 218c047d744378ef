"""Places per person, against PySAL `access`, and on the borders of each third of the reach."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from socialmap.coverage.supply import supply_ratios
from socialmap.geo.measure import WALKING_FACTOR
from tests.pysal import access_ratios, ready_access

X, Y = 104_000.0, 488_000.0
Floats = NDArray[np.float64]


def _access(
    demand_xy: Floats, demand: Floats, supply_xy: Floats, capacity: Floats, reach_m: Floats
) -> Floats:
    """Ask PySAL, with each distance as a number of thirds of the reach of the supply."""
    apart = np.hypot(*(demand_xy[:, None] - supply_xy[None]).transpose(2, 0, 1))
    thirds = apart * WALKING_FACTOR / (reach_m / 3)
    who, what = np.nonzero(thirds <= 3)
    cost = pd.DataFrame({"origin": who, "dest": what, "cost": thirds[who, what]})
    return access_ratios(ready_access(demand, capacity, cost), len(demand))


@pytest.mark.parametrize("seed", range(20))
def test_it_equals_access(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n, m = int(chance.integers(20, 200)), int(chance.integers(1, 150))
    demand_xy = chance.uniform((X, Y), (X + 5000, Y + 5000), (n, 2))
    supply_xy = chance.uniform((X, Y), (X + 5000, Y + 5000), (m, 2))
    demand = chance.uniform(1, 3000, n)
    capacity = chance.integers(0, 60, m).astype(float)
    reach = chance.choice([300.0, 500.0, 800.0, 801.0, 2500.0, 9000.0], m)
    ours = supply_ratios(demand_xy, demand, supply_xy, capacity, reach)
    theirs = _access(demand_xy, demand, supply_xy, capacity, reach)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9)
    assert np.isfinite(ours).any()


@pytest.mark.parametrize(
    ("metres", "weight"),
    [
        (0.0, 1.0),
        (100.0, 1.0),
        (100.001, 0.68),
        (200.0, 0.68),
        (200.001, 0.22),
        (300.0, 0.22),
    ],
)
def test_a_border_belongs_to_the_nearer_third(metres: float, weight: float) -> None:
    demand_xy = np.array([[X, Y], [X + metres, Y]])
    supply_xy, demand = np.array([[X, Y]]), np.array([100.0, 100.0])
    # 390 metres on foot is 300 metres in a straight line.
    near, far = supply_ratios(demand_xy, demand, supply_xy, np.array([20.0]), np.array([390.0]))
    assert near == pytest.approx(20 / (100 + 100 * weight), abs=1e-12)
    assert far == pytest.approx(weight * near, abs=1e-12)


def test_the_border_of_the_reach_lies_within_whatever_the_rounding() -> None:
    place, persons, capacity = np.array([[X, Y]]), np.array([10.0]), np.array([5.0])
    for metres in range(1, 1000):
        reach = np.array([round(metres * WALKING_FACTOR, 1)])
        on = supply_ratios(np.array([[X + metres, Y]]), persons, place, capacity, reach)
        off = supply_ratios(np.array([[X + metres + 0.01, Y]]), persons, place, capacity, reach)
        assert on[0] == pytest.approx(0.5)
        assert np.isnan(off[0])


def test_no_supply_is_unknown_and_a_full_one_is_nought() -> None:
    demand_xy = np.array([[X, Y], [X + 50_000, Y]])
    demand = np.array([100.0, 100.0])
    none = supply_ratios(demand_xy, demand, np.empty((0, 2)), np.empty(0), np.empty(0))
    assert np.isnan(none).all()
    full = supply_ratios(demand_xy, demand, np.array([[X, Y]]), np.array([0.0]), np.array([800.0]))
    assert full[0] == 0
    assert np.isnan(full[1])
    nobody = supply_ratios(np.empty((0, 2)), np.empty(0), demand_xy, demand, np.full(2, 800.0))
    assert nobody.shape == (0,)


def test_unknown_persons_have_no_ratio_and_do_not_count() -> None:
    demand_xy = np.array([[X, Y], [X + 50, Y], [X + 100, Y]])
    supply = np.array([[X, Y]]), np.array([20.0]), np.array([800.0])
    ratios = supply_ratios(demand_xy, np.array([100.0, np.nan, 0.0]), *supply)
    assert ratios[0] == pytest.approx(0.2)
    assert np.isnan(ratios[1])
    assert ratios[2] == pytest.approx(0.2)


def test_a_supply_that_reaches_nobody_gives_no_ratio() -> None:
    supply = np.array([[X, Y]]), np.array([20.0]), np.array([800.0])
    assert np.isnan(supply_ratios(np.array([[X, Y]]), np.array([0.0]), *supply)).all()


@pytest.mark.parametrize(
    ("persons", "places", "reach"), [(-1, 1, 800), (1, -1, 800), (1, np.inf, 800), (1, 1, 0)]
)
def test_impossible_numbers_are_refused(persons: float, places: float, reach: float) -> None:
    place = np.array([[X, Y]])
    with pytest.raises(ValueError, match="must be"):
        supply_ratios(place, np.array([persons]), place, np.array([places]), np.array([reach]))
