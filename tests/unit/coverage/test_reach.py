"""The part of an area within reach, against a plain union of circles, and by rules."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box
from shapely.ops import unary_union

from socialmap.coverage.reach import default_reach_m, mean_share, reach_shares
from socialmap.geo.errors import DegreesError
from socialmap.geo.measure import WALKING_FACTOR

X, Y = 104_000.0, 488_000.0
_spot = st.tuples(st.integers(-1500, 1500), st.integers(-1500, 1500), st.integers(50, 2000))


@settings(max_examples=60, deadline=None)
@given(st.lists(_spot, max_size=8))
def test_it_equals_the_surface_of_all_circles_joined(spots: list[tuple[int, int, int]]) -> None:
    areas = [box(X + 400 * n, Y, X + 400 * n + 390, Y + 300) for n in range(3)]
    places = np.array([(X + dx, Y + dy) for dx, dy, _ in spots], float).reshape(-1, 2)
    reach = np.array([metres for _, _, metres in spots], float)
    circles = [
        Point(x, y).buffer(metres / WALKING_FACTOR, quad_segs=16)
        for (x, y), metres in zip(places, reach, strict=True)
    ]
    joined = unary_union(circles)
    expected = [area.intersection(joined).area / area.area for area in areas]
    assert reach_shares(areas, places, reach) == pytest.approx(expected, abs=1e-9)


def test_a_reach_on_foot_is_shorter_in_a_straight_line() -> None:
    area = box(X - 5000, Y - 5000, X + 5000, Y + 5000)
    (share,) = reach_shares([area], np.array([[X, Y]]), np.array([1300.0]))
    assert share * shapely.area(area) == pytest.approx(math.pi * 1000**2, rel=0.01)


def test_degrees_are_refused() -> None:
    with pytest.raises(DegreesError):
        reach_shares([box(4.6, 52.3, 4.7, 52.4)], np.array([[X, Y]]), np.array([800.0]))


def test_a_larger_area_is_the_mean_by_weight() -> None:
    shares, weights = np.array([1.0, 0.0, 0.5]), np.array([30.0, 10.0, 0.0])
    assert mean_share(shares, weights) == 0.75
    assert mean_share(shares, np.zeros(3)) is None


def test_older_people_walk_less_far() -> None:
    assert default_reach_m("ouderen") == 500
    assert default_reach_m("iedereen") == 800
