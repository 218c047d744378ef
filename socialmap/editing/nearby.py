"""What lies around the corner and was not looked at for longest: for who walks through the wijk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from socialmap.domain.codes import Status
from socialmap.domain.model import Aanbod, Actor
from socialmap.geo.measure import WALKING_FACTOR, lonlat_to_xy

#: What one walks to look at something (begrippen.md, "Distance and reach").
WALK_M = 800


@dataclass(frozen=True, slots=True)
class Around:
    """A record within walking distance, and how far it is in metres of walking."""

    record: Actor | Aanbod
    meters: int


def around(records: Iterable[Actor | Aanbod], lon: float, lat: float, today: date) -> list[Around]:
    """
    List the records within `WALK_M` of a place, what was never or longest ago checked first.

    The distance is a straight line x `WALKING_FACTOR` in EPSG:28992, rounded to tens of metres.

    Parameters
    ----------
    records
        Cut to what the reader may see; those without a place, that stopped, or that somebody
        looked at today are left out.
    lon, lat
        WGS84 degrees.
    today
        The day by the one clock.

    Returns
    -------
    list of Around
        Of one day the nearest first, then by id.
    """
    placed = [
        one
        for one in records
        if one.lon is not None
        and one.lat is not None
        and one.status is not Status.GESTOPT
        and one.gecontroleerd_op != today
    ]
    if not placed:
        return []
    here = lonlat_to_xy(np.array([[lon, lat]]))
    there = lonlat_to_xy(np.array([[one.lon, one.lat] for one in placed], dtype=np.float64))
    walks = np.hypot(*(there - here).T) * WALKING_FACTOR
    found = [
        Around(one, int(round(float(walk), -1)))
        for one, walk in zip(placed, walks, strict=True)
        if walk <= WALK_M
    ]
    return sorted(
        found,
        key=lambda near: (near.record.gecontroleerd_op or date.min, near.meters, near.record.id),
    )
