"""Turn degrees into metres and back, and measure: always in EPSG:28992, never in degrees."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from socialmap.geo.errors import DegreesError, DistanceError, MetresError

Shape = Polygon | MultiPolygon
G = TypeVar("G", bound=BaseGeometry)

# Where the RDNAPTRANS correction grid of the Kadaster holds (land and near sea), x then y.
RD_X: Final = (-7_000.0, 300_000.0)
RD_Y: Final = (289_000.0, 629_000.0)

# Walking distance = straight line x 1.3 (begrippen.md, "Distance and reach").
WALKING_FACTOR: Final = 1.3

# Corners per quarter of a circle (begrippen.md, "Coverage").
QUAD_SEGS: Final = 16


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_rd(geometry: G) -> G:
    """
    Turn a WGS84 geometry into RD metres.

    Parameters
    ----------
    geometry
        WGS84 degrees, (lon, lat). Not modified.

    Returns
    -------
    geometry_rd
        The same corners in EPSG:28992, metres, (x, y).

    Raises
    ------
    MetresError
        If a coordinate cannot be degrees.
    """
    return shapely.transform(geometry, lonlat_to_xy)


def to_wgs84(geometry: G) -> G:
    """
    Turn an RD geometry into WGS84 degrees.

    Parameters
    ----------
    geometry
        EPSG:28992, metres, (x, y). Not modified.

    Returns
    -------
    geometry_wgs84
        The same corners in degrees, (lon, lat).

    Raises
    ------
    DegreesError
        If the geometry is not in RD metres.
    """
    require_rd(geometry)
    return shapely.transform(geometry, xy_to_lonlat)


def lonlat_to_xy(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Turn many WGS84 positions into RD metres.

    Parameters
    ----------
    lonlat
        Shape (n, 2), degrees, lon then lat.

    Returns
    -------
    xy
        Shape (n, 2), EPSG:28992 metres, x then y.

    Raises
    ------
    MetresError
        If a position is not finite or lies outside -180..180, -90..90; names the first.
    """
    wrong = ~(np.abs(lonlat) <= (180.0, 90.0)).all(axis=1)
    if wrong.any():
        lon, lat = lonlat[int(np.argmax(wrong))]
        raise MetresError(float(lon), float(lat))
    x, y = _transformer(4326, 28992).transform(lonlat[:, 0], lonlat[:, 1])
    return np.column_stack([x, y])


def xy_to_lonlat(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Turn many RD positions into WGS84 degrees; the caller has checked that they are RD.

    Parameters
    ----------
    xy
        Shape (n, 2), EPSG:28992 metres, x then y.

    Returns
    -------
    lonlat
        Shape (n, 2), degrees, lon then lat.
    """
    lon, lat = _transformer(28992, 4326).transform(xy[:, 0], xy[:, 1])
    return np.column_stack([lon, lat])


def wgs84_to_rd(lon: float, lat: float) -> tuple[float, float]:
    """
    Turn one WGS84 position (degrees) into RD (x, y) in metres.

    Raises
    ------
    MetresError
        If the numbers cannot be degrees.
    """
    x, y = lonlat_to_xy(np.array([[lon, lat]], dtype=np.float64))[0]
    return float(x), float(y)


def rd_to_wgs84(x: float, y: float) -> tuple[float, float]:
    """
    Turn one RD position (EPSG:28992, metres) into WGS84 (lon, lat) in degrees.

    Raises
    ------
    DegreesError
        If the numbers are not RD metres.
    """
    if not is_rd(x, y):
        raise DegreesError(x, y)
    lon, lat = xy_to_lonlat(np.array([[x, y]], dtype=np.float64))[0]
    return float(lon), float(lat)


def is_rd(x: float, y: float) -> bool:
    """Say whether (x, y) lies where RD metres (EPSG:28992) hold; False for nan and inf."""
    return RD_X[0] <= x <= RD_X[1] and RD_Y[0] <= y <= RD_Y[1]


def require_rd(*geometries: BaseGeometry) -> None:
    """
    Refuse geometries that are not in RD metres; an empty geometry has no coordinates and passes.

    Raises
    ------
    DegreesError
        At the first corner outside the RD envelope.
    """
    for geometry in geometries:
        coords = shapely.get_coordinates(geometry)
        inside = (coords >= (RD_X[0], RD_Y[0])) & (coords <= (RD_X[1], RD_Y[1]))
        wrong = ~inside.all(axis=1)
        if wrong.any():
            x, y = coords[int(np.argmax(wrong))]
            raise DegreesError(float(x), float(y))


def area_m2(geometry_rd: BaseGeometry) -> float:
    """
    Measure a surface in square metres; 0 for points, lines and an empty geometry.

    Raises
    ------
    DegreesError
        If the geometry is not in EPSG:28992.
    """
    require_rd(geometry_rd)
    return float(geometry_rd.area)


def distance_m(a_rd: BaseGeometry, b_rd: BaseGeometry) -> float:
    """
    Measure the shortest straight line between two geometries, in metres.

    Raises
    ------
    DegreesError
        If either geometry is not in EPSG:28992.
    DistanceError
        If either geometry is empty: then there is no distance.
    """
    require_rd(a_rd, b_rd)
    metres = float(a_rd.distance(b_rd))
    if not math.isfinite(metres):
        raise DistanceError(metres)
    return metres


def walking_distance_m(a_rd: BaseGeometry, b_rd: BaseGeometry) -> float:
    """
    Estimate the walking distance in metres: straight line x `WALKING_FACTOR`.

    Raises
    ------
    DegreesError, DistanceError
        As `distance_m`.
    """
    return distance_m(a_rd, b_rd) * WALKING_FACTOR


def straight_reach_m(walking_m: float) -> float:
    """
    Give the radius in a straight line (metres) of a reach given in metres of walking.

    Raises
    ------
    DistanceError
        If `walking_m` is negative or not finite.
    """
    _require_distance(walking_m)
    return walking_m / WALKING_FACTOR


def buffer(geometry_rd: BaseGeometry, radius_m: float) -> Shape:
    """
    Give all that lies within a straight line of `radius_m` from a geometry.

    Parameters
    ----------
    geometry_rd
        EPSG:28992, metres. Not modified.
    radius_m
        Metres in a straight line; see `straight_reach_m` for a reach on foot.

    Returns
    -------
    surface_rd
        EPSG:28992; circles with `QUAD_SEGS` corners per quarter, so 0.16 % smaller than true.

    Raises
    ------
    DegreesError
        If the geometry is not in EPSG:28992.
    DistanceError
        If `radius_m` is negative or not finite.
    """
    require_rd(geometry_rd)
    _require_distance(radius_m)
    surface: Any = geometry_rd.buffer(radius_m, quad_segs=QUAD_SEGS)
    return surface  # type: ignore[no-any-return]


def point_rd(lon: float, lat: float) -> Point:
    """
    Give a WGS84 position (degrees) as a point in EPSG:28992.

    Raises
    ------
    MetresError
        If the numbers cannot be degrees.
    """
    return Point(wgs84_to_rd(lon, lat))


def _require_distance(metres: float) -> None:
    if not (math.isfinite(metres) and metres >= 0):
        raise DistanceError(metres)
