"""Who lies within walking distance of what: straight line x 1.3, in EPSG:28992."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from socialmap.geo.measure import WALKING_FACTOR

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
#: What lies exactly on a border lies inside; 1.3 x metres does not always come out exactly.
ROUNDING: Final = 1e-9
# Fastest for 14,000 points and 100,000 places.
_POINTS_IN_LEAF, _PLACES_IN_LEAF = 4, 48


@dataclass(frozen=True, slots=True)
class Within:
    """
    Every point and place that lie within reach of each other, in no fixed order.

    Attributes
    ----------
    who, what
        Shape (p,): row of the point, and row of the place.
    part
        Shape (p,): the walking distance as a part of the reach of the place, 0 to 1.
    """

    who: Rows
    what: Rows
    part: Floats


def within_reach(points_xy: Floats, places_xy: Floats, reach_m: Floats) -> Within:
    """
    Find which points lie within reach of which places.

    O((n + m) log n + pairs).

    Parameters
    ----------
    points_xy
        Shape (n, 2), EPSG:28992 metres, x then y.
    places_xy
        Shape (m, 2), EPSG:28992 metres, x then y.
    reach_m
        Shape (m,), metres on foot.

    Raises
    ------
    ValueError
        If a reach is not above 0 or not finite.
    """
    if not ((reach_m > 0) & np.isfinite(reach_m)).all():
        raise ValueError("a reach must be above 0 metres")
    if not len(points_xy) or not len(places_xy):
        none = np.empty(0, dtype=np.intp)
        return Within(none, none, np.empty(0))
    tree = _tree(points_xy, _POINTS_IN_LEAF)
    found = [_near(tree, places_xy, reach_m, rows) for rows in _like_reaches(reach_m)]
    return Within(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _tree(xy: Floats, leafsize: int) -> cKDTree:
    """Make a tree that is asked once: a balanced one costs more to make than it saves."""
    return cKDTree(xy, leafsize=leafsize, compact_nodes=False, balanced_tree=False)


def _like_reaches(reach_m: Floats) -> Iterator[Rows]:
    """Put places of like reach together, so that one far reach does not widen every search."""
    size = np.frexp(reach_m)[1]
    for one in np.unique(size):
        yield np.flatnonzero(size == one)


def _near(
    tree: cKDTree, places_xy: Floats, reach_m: Floats, rows: Rows
) -> tuple[Rows, Rows, Floats]:
    reach = reach_m[rows]
    radius = float(reach.max()) / WALKING_FACTOR * (1 + 2 * ROUNDING)
    places = _tree(places_xy[rows], _PLACES_IN_LEAF)
    near = places.sparse_distance_matrix(tree, radius, output_type="ndarray")
    who, what = near["j"], np.ascontiguousarray(near["i"])
    part = near["v"] * (WALKING_FACTOR * (1 - ROUNDING) / reach)[what]
    if reach.min() < reach.max():
        inside = part <= 1
        who, what, part = who[inside], what[inside], part[inside]
    return who, rows[what], np.minimum(part, 1.0)
