"""What a pair of coordinates looks like."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.geo.measure import wgs84_to_rd
from socialmap.geo.point import PointCheck, check_point

LON = st.floats(3.3, 7.2)
LAT = st.floats(50.8, 53.6)


@given(lon=LON, lat=LAT)
def test_place_in_the_netherlands_in_each_of_its_forms(lon: float, lat: float) -> None:
    assert check_point(lon, lat) == "ok"
    assert check_point(lat, lon) == "verwisseld"
    assert check_point(*wgs84_to_rd(lon, lat)) == "rd"


@given(value=st.sampled_from([math.nan, math.inf, -math.inf]), other=st.floats())
def test_no_number_is_never_a_place(value: float, other: float) -> None:
    assert check_point(value, other) is PointCheck.ONGELDIG
    assert check_point(other, value) is PointCheck.ONGELDIG


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (0.0, 0.0),
        (4.6, -52.4),
        (2.35, 48.86),
        (7.31, 52.0),
        (4.6, 53.71),
        (487_444.0, 103_979.0),
        (52.37, 4638.0),
        (1e300, 1e300),
    ],
)
def test_elsewhere_is_outside(lon: float, lat: float) -> None:
    assert check_point(lon, lat) is PointCheck.BUITEN
