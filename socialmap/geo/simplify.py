"""Make boundaries light enough for a page, without slivers or gaps between neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping

from socialmap.geo.area import Area
from socialmap.geo.errors import DistanceError, MixedLevelsError, SimplifyError
from socialmap.geo.measure import xy_to_lonlat

# About 1 m, then 0.1 m and 1 cm where a thin piece would not survive that.
DECIMALS: Final = (5, 6, 7)

Shapes = NDArray[Any]


class GeoJsonGeometry(TypedDict):
    """A geometry of RFC 7946: WGS84, (lon, lat), outer rings against the clock."""

    type: str
    coordinates: Any


def simplify_coverage(areas: Sequence[Area], tolerance_m: float) -> dict[str, GeoJsonGeometry]:
    """
    Simplify the areas of one level, so that neighbours still share every corner.

    `shapely.coverage_simplify` (Visvalingam and Whyatt 1993,
    https://doi.org/10.1179/000870493786962263), in EPSG:28992. Areas that overlap others (the
    outlines of gemeenten, own areas) share no borders, and are simplified each by itself.

    Parameters
    ----------
    areas
        Of one level. Not modified.
    tolerance_m
        Metres: a corner goes when the triangle with its neighbours is smaller than the square of
        this. 0 keeps every corner.

    Returns
    -------
    geometries
        By code, in the order of `areas`; WGS84 rounded to 5 decimals, or to 6 or 7 for all that
        share borders where fewer would break one.

    Raises
    ------
    MixedLevelsError
        If the areas are of several levels.
    DistanceError
        If `tolerance_m` is negative or not finite.
    SimplifyError
        If rounding breaks a shape even at 7 decimals.
    """
    niveaus = sorted({str(area.niveau) for area in areas})
    if len(niveaus) > 1:
        raise MixedLevelsError(niveaus)
    if not (math.isfinite(tolerance_m) and tolerance_m >= 0):
        raise DistanceError(tolerance_m)
    found: dict[str, GeoJsonGeometry] = {}
    for group in _groups(areas):
        shapes = _simplify(group, tolerance_m)
        found |= {area.code: _to_geojson(shape) for area, shape in zip(group, shapes, strict=True)}
    return {area.code: found[area.code] for area in areas}


def _groups(areas: Sequence[Area]) -> list[list[Area]]:
    """First the areas that form one coverage, then each other area by itself."""
    inner = [area for area in areas if not area.is_outline]
    alone = [area for area in areas if area.is_outline]
    if inner:
        edges = shapely.coverage_invalid_edges(_array([area.shape_rd for area in inner]))
        overlaps = [edge is not None and not edge.is_empty for edge in edges]
        alone += [area for area, overlap in zip(inner, overlaps, strict=True) if overlap]
        inner = [area for area, overlap in zip(inner, overlaps, strict=True) if not overlap]
    return [*([inner] if inner else []), *([area] for area in alone)]


def _simplify(group: Sequence[Area], tolerance_m: float) -> Shapes:
    simple = shapely.coverage_simplify(_array([area.shape_rd for area in group]), tolerance_m)
    for decimals in DECIMALS:
        rounded = _round(simple, decimals)
        if _is_sound(rounded):
            return rounded
    raise SimplifyError([area.code for area in group])


def _round(shapes_rd: Shapes, decimals: int) -> Shapes:
    """A shared corner rounds to the same place in both areas; corners that fall together go."""

    def turn(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(xy_to_lonlat(xy), decimals)

    degrees = shapely.transform(shapes_rd, turn)
    return np.asarray(shapely.orient_polygons(shapely.remove_repeated_points(degrees, 0.0)))


def _is_sound(shapes: Shapes) -> bool:
    return bool(
        shapely.is_valid(shapes).all()
        and not shapely.is_empty(shapes).any()
        and shapely.coverage_is_valid(shapes)
    )


def _array(shapes: Sequence[Any]) -> Shapes:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


def _to_geojson(shape: Any) -> GeoJsonGeometry:
    made = mapping(shape)
    return {"type": made["type"], "coordinates": made["coordinates"]}
