"""Which part of areas lies within reach of an offer (begrippen.md, "Coverage": `bereik`).

Pure functions on shapes in EPSG:28992. Without a street network, walking distance is the straight
line x 1.3, so a reach on foot is a circle.
"""

from __future__ import annotations

import itertools
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

    Exact for circles of 64 corners (`quad_segs=16`): circles are clipped to the area one by one
    and joined, so far circles cost nothing. O(areas x circles that touch them).

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
    for area in areas:
        require_rd(area)
    shares = np.zeros(len(areas))
    if not len(places) or not len(areas):
        return shares
    circles = shapely.buffer(shapely.points(places), reach_m / WALKING_FACTOR, quad_segs=QUAD_SEGS)
    surfaces = np.array(areas, dtype=object)
    which, near = STRtree(circles).query(surfaces, predicate="intersects")
    starts = np.searchsorted(which, np.arange(len(areas) + 1))
    for number, (start, end) in enumerate(itertools.pairwise(starts)):
        touching = circles[near[start:end]]
        if len(touching):
            shares[number] = _share(surfaces[number], touching)
    return shares


def _share(area: Shape, circles: NDArray[np.object_]) -> float:
    shapely.prepare(circles)
    if shapely.contains_properly(circles, area).any():
        return 1.0
    reached = shapely.union_all(shapely.intersection(circles, area))
    return float(min(1.0, shapely.area(reached) / shapely.area(area)))


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
