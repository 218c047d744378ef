"""Places as whole numbers on the Web Mercator world, the plane on which a web map is drawn."""

from __future__ import annotations

import math

#: The world is this many units wide and high: one unit is a pixel at zoom 20 (256-pixel tiles).
WORLD_BITS = 28
WORLD = 1 << WORLD_BITS
_TILE_BITS = 8
#: Beyond this latitude the plane has no place (WGS84 degrees).
MAX_LAT = 85.0511


def to_mercator(lon: float, lat: float) -> tuple[int, int]:
    """
    Put a WGS84 place (degrees, lon first) on the plane: units from the west and from the north.

    Source: EPSG:3857, spherical Web Mercator.
    """
    lat = max(-MAX_LAT, min(MAX_LAT, lat))
    x = (lon + 180) / 360
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return min(WORLD - 1, max(0, int(x * WORLD))), min(WORLD - 1, max(0, int(y * WORLD)))


def to_degrees(mx: float, my: float) -> tuple[float, float]:
    """Give the WGS84 place (lon, lat in degrees) of units on the plane."""
    lon = mx / WORLD * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * my / WORLD))))
    return lon, lat


def units_per_pixel(zoom: int) -> float:
    """Tell how many units one screen pixel covers at a zoom level."""
    return 2.0 ** (WORLD_BITS - _TILE_BITS - zoom)
