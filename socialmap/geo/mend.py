"""Mend published borders that cross themselves or overlap a little; what changes much is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

#: Most of its surface that an area may gain or lose: more is another border.
MOST_CHANGE: Final = 0.01
#: Share of the surface that has to differ before an area is called mended: less is rounding.
SEEN: Final = 1e-6
_SURFACES: Final = ("Polygon", "MultiPolygon")

Geometry = Mapping[str, Any]


def mend_borders(geometries: Sequence[object]) -> tuple[list[object], list[int]]:
    """
    Mend what can be mended without moving a border that anybody would see.

    A polygon that crosses itself becomes valid, overlaps go to the neighbour with the longest
    common border, and neighbours get the same corners (`shapely.coverage_clean`).

    Parameters
    ----------
    geometries
        Decoded GeoJSON geometries of areas that lie beside each other; WGS84 (lon, lat).

    Returns
    -------
    geometries, mended
        The same in the same order, and the places of those that differ by more than rounding.
        What is no surface, or would change by more than `MOST_CHANGE`, is given back as it was:
        whoever reads it says what is wrong with it.
    """
    surfaces = [_surface(one) for one in geometries]
    held = [place for place, one in enumerate(surfaces) if one is not None]
    before = np.array([surfaces[place] for place in held], dtype=object)
    if not len(before):
        return list(geometries), []
    sound = np.array([_sound(one) for one in before], dtype=object)
    usable = np.array([one is not None for one in sound], dtype=bool)
    if usable.any() and not shapely.coverage_is_valid(sound[usable]):
        # The stubs of shapely do not have it yet.
        clean: Any = shapely.coverage_clean  # type: ignore[attr-defined]
        sound[usable] = clean(sound[usable])
    given: list[object] = list(geometries)
    mended = []
    for place, old, new in zip(held, before, sound, strict=True):
        if new is None or new.geom_type not in _SURFACES or old.equals_exact(new, 0):
            continue
        if abs(new.area - old.area) <= MOST_CHANGE * old.area:
            given[place] = dict(mapping(new))
            if not old.is_valid or old.symmetric_difference(new).area > SEEN * old.area:
                mended.append(place)
    return given, mended


def _surface(geometry: object) -> Any:
    if not isinstance(geometry, Mapping) or geometry.get("type") not in _SURFACES:
        return None
    try:
        return shape(dict(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError):
        return None


def _sound(one: Any) -> Any:
    """Give a valid surface of the same extent; None when that is another surface."""
    if one.is_valid:
        return one
    parts = [
        part for part in shapely.get_parts(shapely.make_valid(one)) if part.geom_type in _SURFACES
    ]
    made = shapely.union_all(parts)
    return made if abs(made.area - one.area) <= MOST_CHANGE * one.area else None
