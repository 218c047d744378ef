"""Coverage of the whole country: places per person, reach and planning, beside other ways."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import Point, shape
from shapely.ops import unary_union

from socialmap.coverage.planning import place
from socialmap.coverage.reach import reach_shares
from socialmap.coverage.supply import WEIGHTS, supply_ratios
from socialmap.geo.measure import QUAD_SEGS, WALKING_FACTOR, lonlat_to_xy
from tests.bench.result import Result
from tests.pysal import Floats, access_ratios, ready_access, spopt_total

OFFERS, USABLE, ROUNDS = 100_000, 6_000, 5
REACH_M = 800.0
#: How far offers stand from the middle of a buurt, as in the benchmark of the map.
SPREAD_M = 200.0
#: Buurten that the plain loop walks past; its time for all of them is reckoned from these.
LOOPED = 200
DEMAND, CANDIDATES, PLACES = 1_000, 200, 10
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class _Country:
    """Buurten with made-up residents, and made-up offers near them, all in EPSG:28992."""

    shapes: Any
    points: Floats
    persons: Floats
    offers: Floats
    capacity: Floats


def run() -> Iterator[Result]:
    """Measure the country where its borders are there, then planning."""
    country = _read_country()
    if country is not None:
        yield from _supply(country)
        yield _reach(country)
    yield _planning()


def _read_country() -> _Country | None:
    shared = Path(os.environ.get("SOCIALMAP_SHARED", _ROOT.parent / "shared"))
    path = shared / "landelijk" / "nl_buurten_2023.geojson"
    if not path.is_file():
        reason = "De landelijke grenzen ontbreken. Zet SOCIALMAP_SHARED op de map die ze bevat."
        if os.environ.get("CI") == "true":
            raise RuntimeError(reason)
        print(reason, file=sys.stderr)
        return None
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    raw = np.array([shape(one["geometry"]) for one in features], dtype=object)
    # Some of these borders cross themselves.
    shapes = shapely.make_valid(shapely.transform(raw, lonlat_to_xy))
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    chance = np.random.default_rng(7)
    near = points[chance.integers(0, len(points), OFFERS)]
    return _Country(
        shapes=shapes,
        points=points,
        persons=chance.integers(1, 3000, len(points)).astype(np.float64),
        offers=near + chance.normal(0, SPREAD_M, near.shape),
        capacity=chance.integers(5, 50, OFFERS).astype(np.float64),
    )


def _supply(country: _Country) -> Iterator[Result]:
    """Compare with the least that scipy can do, and with PySAL given all distances."""
    reach = np.full(OFFERS, REACH_M)
    ours = partial(
        supply_ratios, country.points, country.persons, country.offers, country.capacity, reach
    )
    floor = partial(_floor, country)
    ready = ready_access(country.persons, country.capacity, _distances(country))
    theirs = partial(access_ratios, ready, len(country.points))
    expected = ours()
    np.testing.assert_allclose(expected, theirs(), rtol=0, atol=1e-9)
    np.testing.assert_allclose(np.nan_to_num(expected), floor(), rtol=0, atol=1e-9)
    times = _in_turn(ROUNDS, ours, floor, theirs)
    yield _time("coverage-supply-floor", OFFERS, times[0], times[1], 0.5)
    yield _time("coverage-supply-access", OFFERS, times[0], times[2], 6)


def _floor(country: _Country) -> Floats:
    """Look up all pairs within reach and add them up twice, without a question asked."""
    near = cKDTree(country.offers).sparse_distance_matrix(
        cKDTree(country.points), REACH_M / WALKING_FACTOR, output_type="ndarray"
    )
    what, who, walking = near["i"], near["j"], near["v"] * WALKING_FACTOR
    third = REACH_M / 3
    weight = np.where(
        walking <= third, WEIGHTS[0], np.where(walking <= 2 * third, WEIGHTS[1], WEIGHTS[2])
    )
    persons = np.bincount(what, weight * country.persons[who], OFFERS)
    each = country.capacity / np.where(persons > 0, persons, np.inf)
    return np.bincount(who, weight * each[what], len(country.points))


def _distances(country: _Country) -> pd.DataFrame:
    """Make the table of distances that PySAL wants: thirds of the reach, at most 3."""
    near = cKDTree(country.points).sparse_distance_matrix(
        cKDTree(country.offers), REACH_M / WALKING_FACTOR, output_type="ndarray"
    )
    thirds = near["v"] * WALKING_FACTOR * 3 / REACH_M
    return pd.DataFrame({"origin": near["i"], "dest": near["j"], "cost": thirds})


def _reach(country: _Country) -> Result:
    """Compare the part within reach with a loop over every buurt and every circle."""
    places, reach = country.offers[:USABLE], np.full(USABLE, REACH_M)
    rows = np.random.default_rng(8).choice(len(country.shapes), LOOPED, replace=False)
    ours = partial(reach_shares, country.shapes, places, reach)
    loop = partial(_loop, country.shapes[rows], places)
    np.testing.assert_allclose(ours()[rows], loop(), rtol=0, atol=1e-9)
    mine, sample = _in_turn(3, ours, loop)
    whole = sample * len(country.shapes) / LOOPED
    return _time("coverage-reach-loop-from-200-buurten", USABLE, mine, whole, 5)


def _loop(shapes: Any, places: Floats) -> list[float]:
    radius = REACH_M / WALKING_FACTOR
    circles = [Point(x, y).buffer(radius, quad_segs=QUAD_SEGS) for x, y in places]
    shares = []
    for area in shapes:
        near = [circle for circle in circles if circle.intersects(area)]
        shares.append(unary_union(near).intersection(area).area / area.area if near else 0.0)
    return shares


def _planning() -> Result:
    """Compare choosing places with spopt, which solves the same to the same optimum."""
    chance = np.random.default_rng(9)
    demand_xy, candidates_xy = (
        chance.uniform((100_000, 480_000), (110_000, 490_000), (size, 2))
        for size in (DEMAND, CANDIDATES)
    )
    persons = chance.integers(1, 200, DEMAND).astype(np.float64)
    apart = np.hypot(*(demand_xy[:, None] - candidates_xy[None]).transpose(2, 0, 1))
    ours = partial(place, demand_xy, persons, candidates_xy, REACH_M, PLACES)
    theirs = partial(spopt_total, apart * WALKING_FACTOR, persons, REACH_M, PLACES)
    if ours().total != theirs():
        raise RuntimeError("the two find other optima")
    mine, spopt = _in_turn(3, ours, theirs)
    return _time("coverage-planning-spopt", DEMAND, mine, spopt, 10)


def _in_turn(rounds: int, *work: Callable[[], object]) -> list[float]:
    """Give the median time of each, in seconds, run in turn."""
    times: list[list[float]] = [[] for _ in work]
    for _ in range(rounds):
        for one, kept in zip(work, times, strict=True):
            start = time.perf_counter()
            one()
            kept.append(time.perf_counter() - start)
    return [median(kept) for kept in times]


def _time(name: str, n: int, ours: float, reference: float, limit: float) -> Result:
    return Result(name=name, n=n, ours=ours, reference=reference, unit="s", limit=limit)
