"""Say what is wrong with a pair of coordinates that somebody handed in."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final

from socialmap.geo.measure import is_rd

# West, south, east, north of the Netherlands with its near sea, WGS84 degrees.
NEDERLAND: Final = (3.2, 50.7, 7.3, 53.7)

# A latitude in the first place and a longitude in the second; a little wider than the country.
_SWAPPED_FIRST: Final = (50.5, 53.8)
_SWAPPED_SECOND: Final = (3.2, 7.4)


class PointCheck(StrEnum):
    """What a pair (lon, lat) looks like."""

    OK = "ok"
    VERWISSELD = "verwisseld"
    RD = "rd"
    BUITEN = "buiten"
    ONGELDIG = "ongeldig"


def check_point(lon: float, lat: float) -> PointCheck:
    """
    Classify a position that should be WGS84 degrees in the Netherlands.

    Parameters
    ----------
    lon, lat
        As handed in, in the order of the columns; meant as degrees.

    Returns
    -------
    check
        `ok`; `verwisseld` (latitude stands in the place of longitude); `rd` (EPSG:28992 metres,
        see `measure.rd_to_wgs84`); `ongeldig` (nan or infinite); else `buiten`. The ranges do not
        overlap, so the order of the questions does not matter.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return PointCheck.ONGELDIG
    west, south, east, north = NEDERLAND
    if west <= lon <= east and south <= lat <= north:
        return PointCheck.OK
    if _within(lon, _SWAPPED_FIRST) and _within(lat, _SWAPPED_SECOND):
        return PointCheck.VERWISSELD
    if is_rd(lon, lat):
        return PointCheck.RD
    return PointCheck.BUITEN


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
