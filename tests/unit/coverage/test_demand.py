"""Cells of residents who are not reached now, and places where a new one could be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, box

from socialmap.coverage.demand import (
    candidates,
    cell_centres,
    unreached_demand,
)
from socialmap.domain.codes import Gebiedsniveau
from socialmap.geo.errors import DegreesError
from socialmap.geo.load import load_areas
from socialmap.geo.measure import WALKING_FACTOR

X, Y = 104_000.0, 488_000.0
NOBODY = np.empty((0, 2)), np.empty(0)
NONE = np.empty(0, dtype=np.intp)


def test_centres_lie_on_the_grid_of_the_country() -> None:
    found = cell_centres(box(X + 120, Y + 20, X + 320, Y + 130))
    assert found.tolist() == [[X + 150, Y + 50], [X + 250, Y + 50]]


def test_neighbours_share_no_cell_and_miss_none() -> None:
    west, east = box(X, Y, X + 333, Y + 500), box(X + 333, Y, X + 1000, Y + 500)
    together = [*cell_centres(west).tolist(), *cell_centres(east).tolist()]
    assert sorted(together) == sorted(cell_centres(box(X, Y, X + 1000, Y + 500)).tolist())
    assert len(together) == 50


def test_a_thin_shape_has_one_cell_inside_it() -> None:
    thin = MultiPolygon([box(X + 51, Y, X + 55, Y + 3000), box(X + 61, Y, X + 62, Y + 10)])
    (spot,) = cell_centres(thin)
    assert thin.contains(Point(spot))


def test_degrees_are_refused() -> None:
    with pytest.raises(DegreesError):
        cell_centres(box(4.6, 52.3, 4.7, 52.4))


_spot = st.tuples(st.integers(-500, 2500), st.integers(-500, 1500), st.integers(50, 1500))


@settings(max_examples=60, deadline=None)
@given(st.lists(_spot, max_size=6), st.booleans())
def test_it_equals_a_walk_past_every_cell(spots: list[tuple[int, int, int]], whole: bool) -> None:
    shapes = [box(X, Y, X + 950, Y + 700), box(X + 950, Y, X + 2000, Y + 700)]
    persons = np.array([70.0, 30.0])
    places = np.array([(X + x, Y + y) for x, y, _ in spots], float).reshape(-1, 2)
    reach = np.array([metres for _, _, metres in spots], float)
    wholly = np.array([1] if whole else [], dtype=np.intp)
    found = unreached_demand(shapes, persons, places, reach, wholly)
    expected = {}
    for row, shape in enumerate(shapes):
        cells = cell_centres(shape)
        for spot in cells:
            near = [
                np.hypot(*(spot - place)) * WALKING_FACTOR <= metres * (1 + 1e-9)
                for place, metres in zip(places, reach, strict=True)
            ]
            if not any(near) and not (whole and row == 1):
                expected[row, *spot] = persons[row] / len(cells)
    seen = {
        (int(row), *spot): share
        for row, spot, share in zip(found.buurt, found.xy, found.persons, strict=True)
    }
    assert seen == pytest.approx(expected)


def test_nobody_or_an_unknown_number_gives_no_cells() -> None:
    shapes = [box(X, Y, X + 500, Y + 500)] * 3
    found = unreached_demand(shapes, np.array([0.0, np.nan, 50.0]), *NOBODY, NONE)
    assert set(found.buurt.tolist()) == {2}
    nothing = unreached_demand(shapes, np.array([0.0, np.nan, 0.0]), *NOBODY, NONE)
    assert nothing.xy.shape == (0, 2)
    assert nothing.persons.shape == nothing.buurt.shape == (0,)


def test_without_offers_all_residents_of_real_buurten_are_there() -> None:
    folder = Path(__file__).parents[3] / "data" / "wijken"
    buurten = load_areas(folder).of_level(Gebiedsniveau.BUURT)
    shapes = [buurt.shape_rd for buurt in buurten]
    persons = np.arange(1.0, len(shapes) + 1)
    found = unreached_demand(shapes, persons, *NOBODY, NONE)
    assert np.bincount(found.buurt, found.persons) == pytest.approx(persons)
    cells, surface = len(found.xy), sum(shapely.area(shape) for shape in shapes)
    assert cells == pytest.approx(surface / 100**2, rel=0.02)


def test_known_places_come_first_and_no_spot_comes_twice() -> None:
    places = np.array([[X, Y], [X + 10, Y], [X + 0.01, Y]])
    points = np.array([[X + 10.02, Y], [X + 50, Y]])
    found = candidates(places, points)
    assert found.xy.tolist() == [[X, Y], [X + 10, Y], [X + 50, Y]]
    assert found.place.tolist() == [0, 1, -1]


def test_without_places_the_points_of_buurten_are_left() -> None:
    found = candidates(np.empty((0, 2)), np.array([[X, Y]]))
    assert found.place.tolist() == [-1]
    assert candidates(np.empty((0, 2)), np.empty((0, 2))).xy.shape == (0, 2)
