"""Tell how to go from one place to another on foot: how far, how long, and in which direction."""

from __future__ import annotations

import math
from dataclasses import dataclass

from socialmap.geo.measure import WALKING_FACTOR, wgs84_to_rd

#: Walking pace: 5 kilometres an hour.
METRES_A_MINUTE = 5000 / 60
#: Nearer than this in a straight line there is no direction to speak of, in metres.
_HERE_M = 30.0
_COMPASS = (
    "het noorden",
    "het noordoosten",
    "het oosten",
    "het zuidoosten",
    "het zuiden",
    "het zuidwesten",
    "het westen",
    "het noordwesten",
)


@dataclass(frozen=True, slots=True)
class Way:
    """
    How to go somewhere on foot.

    Attributes
    ----------
    meter
        Walking distance in metres: straight line x 1.3 (begrippen.md, "Distance and reach").
    minuten
        Whole minutes at 5 km/h, rounded up.
    richting
        Where to, as `het noordoosten`; empty when it is next door.
    """

    meter: float
    minuten: int
    richting: str


def find_way(van: tuple[float, float], naar: tuple[float, float]) -> Way:
    """
    Estimate the way on foot between two places.

    Parameters
    ----------
    van, naar
        (lon, lat) in WGS84 degrees; measured in EPSG:28992.

    Raises
    ------
    MetresError
        If the numbers cannot be degrees.
    """
    here, there = wgs84_to_rd(*van), wgs84_to_rd(*naar)
    east, north = there[0] - here[0], there[1] - here[1]
    straight = math.hypot(east, north)
    walking = straight * WALKING_FACTOR
    return Way(
        meter=walking,
        minuten=math.ceil(walking / METRES_A_MINUTE),
        richting="" if straight < _HERE_M else compass(east, north),
    )


def compass(east: float, north: float) -> str:
    """Name the nearest of eight directions of a step in metres; one of them is not 0."""
    angle = math.degrees(math.atan2(east, north)) % 360
    return _COMPASS[round(angle / 45) % len(_COMPASS)]
