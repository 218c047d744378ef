"""Metres: right against known places, and refused on degrees."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPoint, Point, Polygon, box

from socialmap.geo import measure
from socialmap.geo.errors import DegreesError, DistanceError, MetresError

# The table in the README of the faulty import files: the same places in RD and in WGS84.
KNOWN = [
    (103979, 487444, 4.63800, 52.37250),
    (104764, 487547, 4.64951, 52.37350),
    (96796, 487635, 4.53250, 52.37350),
]
LON = st.floats(3.3, 7.2)
LAT = st.floats(50.8, 53.6)


@pytest.mark.parametrize(("x", "y", "lon", "lat"), KNOWN)
def test_known_places_agree_within_five_metres_both_ways(
    x: float, y: float, lon: float, lat: float
) -> None:
    assert math.dist(measure.wgs84_to_rd(lon, lat), (x, y)) < 5
    assert math.dist(measure.wgs84_to_rd(*measure.rd_to_wgs84(x, y)), (x, y)) < 0.01
    back = measure.rd_to_wgs84(x, y)
    assert back == pytest.approx((lon, lat), abs=2e-5)


def test_origin_of_rd_is_the_tower_in_amersfoort() -> None:
    # The Onze Lieve Vrouwetoren is (155000, 463000) by definition; ETRS89 place by the Kadaster.
    assert math.dist(measure.wgs84_to_rd(5.38720621, 52.15517440), (155_000, 463_000)) < 1


@given(lon=LON, lat=LAT)
def test_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    assert measure.rd_to_wgs84(*measure.wgs84_to_rd(lon, lat)) == pytest.approx(
        (lon, lat), abs=1e-8
    )


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_measuring_degrees_raises_wherever_they_are(lon: float, lat: float) -> None:
    degrees, metres = Point(lon, lat), Point(104_000, 487_000)
    for call in (
        lambda: measure.area_m2(degrees),
        lambda: measure.distance_m(degrees, metres),
        lambda: measure.distance_m(metres, degrees),
        lambda: measure.walking_distance_m(metres, degrees),
        lambda: measure.buffer(degrees, 800),
        lambda: measure.to_wgs84(degrees),
        lambda: measure.rd_to_wgs84(lon, lat),
    ):
        with pytest.raises(DegreesError, match="RD"):
            call()


def test_one_corner_in_degrees_is_enough_to_raise() -> None:
    with pytest.raises(DegreesError) as refused:
        measure.area_m2(MultiPoint([(104_000, 487_000), (4.6, 52.4)]))
    assert (refused.value.x, refused.value.y) == (4.6, 52.4)


@pytest.mark.parametrize("lonlat", [(104_000, 487_000), (4.6, 90.1), (math.nan, 52), (4, math.inf)])
def test_metres_are_not_taken_for_degrees(lonlat: tuple[float, float]) -> None:
    with pytest.raises(MetresError):
        measure.wgs84_to_rd(*lonlat)
    with pytest.raises(MetresError):
        measure.lonlat_to_xy(np.array([(4.6, 52.4), lonlat]))
    with pytest.raises(MetresError):
        measure.point_rd(*lonlat)


def test_whole_geometry_turns_without_moving_a_corner() -> None:
    degrees = Polygon([(4.6, 52.3), (4.7, 52.3), (4.7, 52.4)], [])
    rd = measure.to_rd(degrees)
    assert rd.exterior.coords[1] == measure.wgs84_to_rd(4.7, 52.3)
    back = measure.to_wgs84(rd)
    assert np.abs(np.array(back.exterior.coords) - np.array(degrees.exterior.coords)).max() < 1e-8


def test_surface_and_distance_are_in_metres() -> None:
    block = box(104_000, 487_000, 104_300, 487_400)
    assert measure.area_m2(block) == 120_000
    assert measure.area_m2(Polygon()) == 0
    assert measure.distance_m(Point(104_000, 487_000), Point(104_300, 487_400)) == 500
    assert measure.walking_distance_m(Point(104_000, 487_000), Point(104_300, 487_400)) == 650
    assert measure.distance_m(block, Point(104_100, 487_100)) == 0


def test_distance_to_nothing_is_refused() -> None:
    with pytest.raises(DistanceError):
        measure.distance_m(Point(104_000, 487_000), Point())


def test_reach_on_foot_is_a_circle_of_the_straight_line() -> None:
    centre = Point(104_000, 487_000)
    radius = measure.straight_reach_m(800)
    assert measure.walking_distance_m(centre, Point(104_000 + radius, 487_000)) == pytest.approx(
        800
    )
    circle = measure.buffer(centre, radius)
    assert isinstance(circle, Polygon)
    assert len(circle.exterior.coords) - 1 == 4 * measure.QUAD_SEGS
    assert measure.area_m2(circle) == pytest.approx(math.pi * radius**2, rel=0.002)


@pytest.mark.parametrize("metres", [-1, math.nan, math.inf])
def test_distance_that_is_none_is_refused(metres: float) -> None:
    with pytest.raises(DistanceError):
        measure.buffer(Point(104_000, 487_000), metres)
    with pytest.raises(DistanceError):
        measure.straight_reach_m(metres)


# Vaals, Eijsden, Sint Anna ter Muiden, Rottumeroog and Bad Nieuweschans: the far corners.
@pytest.mark.parametrize(
    ("lon", "lat"), [(6.02, 50.755), (5.70, 50.76), (3.37, 51.31), (6.58, 53.54), (7.21, 53.18)]
)
def test_far_corners_of_the_country_can_be_measured(lon: float, lat: float) -> None:
    assert measure.area_m2(measure.buffer(measure.point_rd(lon, lat), 800)) > 2_000_000
