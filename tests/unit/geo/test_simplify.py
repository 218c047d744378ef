"""Light outlines for a page, that still fit each other."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon
from shapely.geometry import shape as to_shape

from socialmap.geo.area import Area, AreaSet
from socialmap.geo.errors import DistanceError, MixedLevelsError, SimplifyError
from socialmap.geo.measure import area_m2, to_rd
from socialmap.geo.own import own_area
from socialmap.geo.simplify import simplify_coverage

LEVELS = ("buurt", "wijk", "teamgebied", "gemeente")


def inner(areas: AreaSet, niveau: str) -> list[Area]:
    return [area for area in areas.of_level(niveau) if not area.is_outline]


def shape(geometry: Any) -> Any:
    return to_shape(geometry)


def positions(geometry: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape(geometry))]


@settings(max_examples=40, deadline=None)
@given(niveau=st.sampled_from(LEVELS), tolerance_m=st.floats(0, 400))
def test_neighbours_still_share_their_borders(
    niveau: str, tolerance_m: float, areas: AreaSet
) -> None:
    found = inner(areas, niveau)
    simple = simplify_coverage(areas.of_level(niveau), tolerance_m)
    assert list(simple) == [area.code for area in areas.of_level(niveau)]
    shapes = [shape(simple[area.code]) for area in found]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)

    # No sliver, no overlap: the parts together are as large as the whole they cover.
    rd = [to_rd(part) for part in shapes]
    whole, before = shapely.union_all(rd), shapely.union_all([area.shape_rd for area in found])
    assert area_m2(whole) == pytest.approx(sum(area_m2(part) for part in rd), abs=1)

    # No gap is born, and the outer border moves by no more than the tolerance and the rounding.
    assert holes(whole) <= holes(before)
    moved = area_m2(whole.symmetric_difference(before))
    assert moved <= (tolerance_m + 1) * before.length


def holes(surface: Any) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(surface))


def test_simplifying_each_by_itself_would_leave_slivers(areas: AreaSet) -> None:
    # What this module is for: the plain way breaks the coverage of the wijken.
    alone = [area.shape_rd.simplify(50) for area in areas.of_level("wijk")]
    assert not shapely.coverage_is_valid(alone)


@pytest.mark.parametrize("niveau", LEVELS)
def test_no_tolerance_keeps_every_corner(niveau: str, areas: AreaSet) -> None:
    simple = simplify_coverage(areas.of_level(niveau), 0)
    for area in areas.of_level(niveau):
        corners = {tuple(corner) for corner in shapely.get_coordinates(area.shape).tolist()}
        assert set(positions(simple[area.code])) == corners


def test_more_tolerance_means_fewer_corners(areas: AreaSet) -> None:
    counts = [
        sum(
            len(positions(geometry))
            for geometry in simplify_coverage(areas.of_level("wijk"), tolerance).values()
        )
        for tolerance in (0, 50, 200)
    ]
    assert counts[0] > counts[1] > counts[2]
    assert counts[2] < counts[0] * 0.7


@pytest.mark.parametrize("niveau", LEVELS)
def test_geojson_is_rounded_closed_and_turns_against_the_clock(niveau: str, areas: AreaSet) -> None:
    for geometry in simplify_coverage(areas.of_level(niveau), 20).values():
        assert geometry["type"] in ("Polygon", "MultiPolygon")
        back = json.loads(json.dumps(geometry))
        assert all(round(v, 5) == v for position in positions(back) for v in position)
        for part in shapely.get_parts(shape(back)):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_outlines_are_simplified_by_themselves(areas: AreaSet) -> None:
    outlines = [area for area in areas.of_level("gemeente") if area.is_outline]
    together = simplify_coverage(areas.of_level("gemeente"), 100)
    for outline in outlines:
        assert together[outline.code] == simplify_coverage([outline], 100)[outline.code]


def test_own_areas_that_overlap_are_simplified_by_themselves(areas: AreaSet) -> None:
    made = [
        own_area("EG-A", "A", "eigen", ["WK039218", "WK039219"], areas),
        own_area("EG-B", "B", "eigen", ["WK039219", "WK039220"], areas),
    ]
    simple = simplify_coverage(made, 50)
    assert list(simple) == ["EG-A", "EG-B"]
    for area in made:
        assert simple[area.code] == simplify_coverage([area], 50)[area.code]
        assert shape(simple[area.code]).is_valid


def thin(area: Area, width_m: float) -> Area:
    ring = [(104_000, 487_000), (104_400, 487_000), (104_400, 487_000 + width_m)]
    return replace(area, shape_rd=Polygon([*ring, (104_000, 487_000 + width_m)]))


@pytest.mark.parametrize(("width_m", "decimals"), [(40, 5), (0.3, 6), (0.03, 7)])
def test_thin_area_gets_the_decimals_it_needs(
    width_m: float, decimals: int, areas: AreaSet
) -> None:
    area = thin(areas["BU03920101"], width_m)
    geometry = simplify_coverage([area], 0)[area.code]
    assert shape(geometry).is_valid
    assert max(len(repr(v).split(".")[1]) for p in positions(geometry) for v in p) == decimals


def test_corners_that_fall_together_become_one(areas: AreaSet) -> None:
    ring = [(104_000, 487_000), (104_400, 487_000), (104_400, 487_300), (104_400.1, 487_300.1)]
    area = replace(areas["BU03920101"], shape_rd=Polygon([*ring, (104_000, 487_300)]))
    corners = positions(simplify_coverage([area], 0)[area.code])
    assert len(corners) == 5
    assert all(one != two for one, two in pairwise(corners))


def test_rounding_pushes_no_area_into_another(areas: AreaSet) -> None:
    # A tip 0.2 m from a sloping border: rounded to 5 decimals it can land on the other side.
    below = [(104_000, 487_000), (104_400, 487_037), (104_400, 486_800)]
    decimals = set()
    for x in range(104_010, 104_390, 10):
        tip = (x, 487_000.2 + (x - 104_000) * 37 / 400)
        above = [tip, (x + 50, 487_200), (x - 50, 487_200)]
        pair = [
            replace(areas["BU03920101"], shape_rd=Polygon(below)),
            replace(areas["BU03920102"], shape_rd=Polygon(above)),
        ]
        simple = simplify_coverage(pair, 0)
        shapes = [shape(geometry) for geometry in simple.values()]
        assert shapes[0].intersection(shapes[1]).area == 0
        assert shapely.coverage_is_valid(shapes)
        decimals |= {
            len(repr(v).split(".")[1]) for g in simple.values() for p in positions(g) for v in p
        }
    assert max(decimals) == 6


def test_area_too_thin_for_any_decimals_is_an_error(areas: AreaSet) -> None:
    with pytest.raises(SimplifyError) as caught:
        simplify_coverage([thin(areas["BU03920101"], 0.0003)], 0)
    assert caught.value.codes == ("BU03920101",)


def test_levels_are_not_mixed(areas: AreaSet) -> None:
    with pytest.raises(MixedLevelsError):
        simplify_coverage([areas["BU03920101"], areas["WK039201"]], 10)


@pytest.mark.parametrize("tolerance", [-1, math.nan, math.inf])
def test_tolerance_is_a_distance(tolerance: float, areas: AreaSet) -> None:
    with pytest.raises(DistanceError):
        simplify_coverage(areas.of_level("wijk"), tolerance)


def test_nothing_gives_nothing() -> None:
    assert simplify_coverage([], 10) == {}
