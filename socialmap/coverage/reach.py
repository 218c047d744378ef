"""Which part of areas lies within reach of an offer (begrippen.md, "Coverage": `bereik`).

Pure functions on shapes in EPSG:28992. Without a street network, walking distance is the straight
line x 1.3, so a reach on foot is a circle.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from socialmap.geo.measure import QUAD_SEGS, WALKING_FACTOR, Shape, require_rd

#: Metres on foot that an offer reaches when it says nothing itself, and for ouderen.
REACH_M, REACH_OUDEREN_M = 800.0, 500.0


def default_reach_m(doelgroep: str) -> float:
    """Give the reach in metres on foot of an offer that says nothing itself."""
    return REACH_OUDEREN_M if doelgroep == "ouderen" else REACH_M


def reach_shares(
    areas: Sequence[Shape], places: NDArray[np.float64], reach_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Give the part of the surface of each area that lies within reach of at least one place.

    Exact for circles of 64 corners (`quad_segs=16`). Only the circles that touch an area are
    joined, so far circles cost nothing, and an area inside one circle needs no joining.
    O(areas x circles that touch them).

    Parameters
    ----------
    areas
        Polygons or multipolygons in EPSG:28992, metres.
    places
        Shape (n, 2), EPSG:28992 metres, x then y.
    reach_m
        Shape (n,), metres on foot, above 0.

    Returns
    -------
    shares
        Shape (len(areas),), 0 to 1.

    Raises
    ------
    DegreesError
        If an area is not in RD metres.
    """
    surfaces = np.array(areas, dtype=object)
    shares = np.zeros(len(surfaces))
    if not len(surfaces):
        return shares
    require_rd(shapely.box(*shapely.total_bounds(surfaces)))
    if not len(places):
        return shares
    circles = shapely.buffer(shapely.points(places), reach_m / WALKING_FACTOR, quad_segs=QUAD_SEGS)
    which, near = STRtree(circles).query(surfaces, predicate="intersects")
    shapely.prepare(circles)
    shares[which[shapely.contains_properly(circles[near], surfaces[which])]] = 1.0
    left = shares[which] < 1
    rows, joined = _join(which[left], circles[near[left]])
    reached = shapely.area(shapely.intersection(joined, surfaces[rows]))
    shares[rows] = np.minimum(1.0, reached / shapely.area(surfaces[rows]))
    return shares


def _join(
    which: NDArray[np.intp], circles: NDArray[np.object_]
) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Join the circles of each area, all areas with as many circles in one call.

    Parameters
    ----------
    which, circles
        Shape (p,): row of the area, rising, and a circle that touches it.

    Returns
    -------
    rows, joined
        Each area once, with all its circles as one shape.
    """
    rows, starts, counts = np.unique(which, return_index=True, return_counts=True)
    joined = np.empty(len(rows), dtype=object)
    for count in np.unique(counts):
        same = np.flatnonzero(counts == count)
        together = circles[starts[same][:, None] + np.arange(count)]
        joined[same] = together[:, 0] if count == 1 else shapely.union_all(together, axis=1)
    return rows, joined


def mean_share(shares: NDArray[np.float64], weights: NDArray[np.float64]) -> float | None:
    """
    Give the share of a larger area: the mean of its buurten by weight.

    Parameters
    ----------
    shares, weights
        Shape (n,): of each buurt its share, and its need, or its surface where the need is
        unknown; 0 for a buurt without residents.

    Returns
    -------
    float or None
        None when nobody lives there: then there is no verdict either.
    """
    total = float(weights.sum())
    return float((shares * weights).sum() / total) if total > 0 else None
