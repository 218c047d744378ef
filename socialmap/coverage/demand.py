"""Where the people live who are not reached now, and where a new place could be (Planning).

Pure functions on shapes in EPSG:28992; walking distance = straight line x 1.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from socialmap.coverage.walking import Floats, Rows, within_reach
from socialmap.geo.measure import Shape, require_rd

#: Metres along the side of a cell of the grid, which is the same for the whole country.
CELL_M: Final = 100.0
# Decimals of a metre to which two candidates are the same place.
_SAME_PLACE: Final = 1


@dataclass(frozen=True, slots=True)
class Demand:
    """
    Residents who are not reached now, spread over cells.

    Attributes
    ----------
    xy
        Shape (n, 2), EPSG:28992 metres, x then y: the centre of each cell.
    persons
        Shape (n,), above 0.
    buurt
        Shape (n,): row of the buurt that the cell lies in.
    """

    xy: Floats
    persons: Floats
    buurt: Rows


def unreached_demand(
    shapes: Sequence[Shape],
    persons: Floats,
    places_xy: Floats,
    reach_m: Floats,
    wholly_reached: Rows,
) -> Demand:
    """
    Spread the residents of buurten evenly over their cells, and keep those not reached now.

    Parameters
    ----------
    shapes
        Buurten asked about, EPSG:28992 metres. Only these are cut into cells.
    persons
        Shape (n,), persons of the group in each; 0 or nan, where the number is unknown, gives no
        cells.
    places_xy, reach_m
        Shape (m, 2) and (m,): places of the offers that count now, EPSG:28992 metres, and their
        reach in metres on foot.
    wholly_reached
        Rows of buurten that are reached as a whole, whatever the distance.

    Raises
    ------
    DegreesError
        If a shape is not in RD metres.
    ValueError
        If a reach is not above 0.
    """
    asked = np.flatnonzero(np.nan_to_num(persons) > 0)
    cells = [cell_centres(shapes[int(row)]) for row in asked]
    counts = np.array([len(own) for own in cells], dtype=np.intp)
    xy = np.concatenate([np.empty((0, 2)), *cells])
    buurt = np.repeat(asked, counts)
    share = np.repeat(persons[asked] / np.maximum(counts, 1), counts)
    left = ~np.isin(buurt, wholly_reached)
    left[within_reach(xy, places_xy, reach_m).who] = False
    return Demand(xy[left], share[left], buurt[left])


def cell_centres(shape: Shape) -> Floats:
    """
    Give the centres of the cells of 100 metres that lie in a shape, shape (n, 2), by y then x.

    A shape too thin to hold a centre has one cell, at a point on its surface.

    Raises
    ------
    DegreesError
        If the shape is not in RD metres.
    """
    require_rd(shape)
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(_middles(west, east), _middles(south, north))
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, x, y)
    found = np.column_stack([x[inside], y[inside]])
    return found if len(found) else shapely.get_coordinates(shapely.point_on_surface(shape))


def _middles(start: float, end: float) -> Floats:
    """Give the middles of the cells that a stretch touches, in metres."""
    first, last = np.floor(start / CELL_M), np.ceil(end / CELL_M)
    return np.asarray((np.arange(first, last) + 0.5) * CELL_M)


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    Where a new place could be, the preferred ones first, none twice.

    Attributes
    ----------
    xy
        Shape (n, 2), EPSG:28992 metres, x then y.
    place
        Shape (n,): row of the known place; -1 for a point in a buurt.
    """

    xy: Floats
    place: Rows


def candidates(places_xy: Floats, points_xy: Floats) -> Candidates:
    """
    List known places first, then points on the surface of buurten; a spot counts once.

    Parameters
    ----------
    places_xy
        Shape (m, 2): known places of active actors, EPSG:28992 metres.
    points_xy
        Shape (n, 2): a point on the surface of each buurt, EPSG:28992 metres.
    """
    xy = np.concatenate([places_xy.reshape(-1, 2), points_xy.reshape(-1, 2)])
    place = np.concatenate([np.arange(len(places_xy)), np.full(len(points_xy), -1)])
    _, first = np.unique(np.round(xy, _SAME_PLACE), axis=0, return_index=True)
    kept = np.sort(first)
    return Candidates(xy[kept], place[kept].astype(np.intp))
