"""The way on foot: distance, minutes and direction, against figures worked out by hand."""

from __future__ import annotations

import math

import pytest

from socialmap.finding.way import compass, find_way
from socialmap.geo.measure import rd_to_wgs84

HERE = (104_000.0, 488_000.0)


def _lonlat(east: float, north: float) -> tuple[float, float]:
    return rd_to_wgs84(HERE[0] + east, HERE[1] + north)


@pytest.mark.parametrize(
    ("straight_m", "walking_m", "minutes"), [(500, 650, 8), (1000, 1300, 16), (2000, 2600, 32)]
)
def test_distance_is_a_third_more_than_straight_and_walked_at_five_an_hour(
    straight_m: float, walking_m: float, minutes: int
) -> None:
    way = find_way(_lonlat(0, 0), _lonlat(0, straight_m))
    assert way.meter == pytest.approx(walking_m, abs=0.5)
    assert way.minuten == minutes
    assert way.richting == "het noorden"


@pytest.mark.parametrize(
    ("degrees", "words"),
    [
        (0, "het noorden"),
        (22, "het noorden"),
        (23, "het noordoosten"),
        (90, "het oosten"),
        (135, "het zuidoosten"),
        (180, "het zuiden"),
        (225, "het zuidwesten"),
        (270, "het westen"),
        (315, "het noordwesten"),
        (338, "het noorden"),
    ],
)
def test_the_direction_is_the_nearest_of_eight(degrees: float, words: str) -> None:
    turn = math.radians(degrees)
    assert compass(math.sin(turn), math.cos(turn)) == words


def test_next_door_has_no_direction() -> None:
    assert find_way(_lonlat(0, 0), _lonlat(10, 0)).richting == ""
    same = find_way(_lonlat(0, 0), _lonlat(0, 0))
    assert (same.meter, same.minuten, same.richting) == (0.0, 0, "")
