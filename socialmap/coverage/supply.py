"""How many places there are for each person, by the enhanced two-step floating catchment.

Luo and Qi 2009, https://doi.org/10.1016/j.healthplace.2009.06.002. Pure functions on positions in
EPSG:28992; walking distance = straight line x 1.3 (begrippen.md, "Coverage": `verhouding`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from socialmap.coverage.walking import Floats, within_reach

#: Weight in each third of the reach, from near to far.
WEIGHTS: Final = (1.0, 0.68, 0.22)
# By the number of thirds that a distance takes, rounded up.
_BY_THIRD: Final = np.array([WEIGHTS[0], *WEIGHTS])


def supply_ratios(
    demand_xy: Floats, demand: Floats, supply_xy: Floats, capacity: Floats, reach_m: Floats
) -> Floats:
    """
    Give the places per person at each demand point.

    First each supply divides its capacity by the persons within its reach, weighted by distance;
    then each demand point adds up what the supplies that reach it have for one person, by the same
    weights. O((n + m) log n + pairs within reach).

    Parameters
    ----------
    demand_xy
        Shape (n, 2), EPSG:28992 metres, x then y.
    demand
        Shape (n,), persons, 0 or more; nan where unknown: these persons do not count, and have no
        ratio.
    supply_xy
        Shape (m, 2), EPSG:28992 metres, x then y.
    capacity
        Shape (m,), places, 0 or more.
    reach_m
        Shape (m,), metres on foot, above 0.

    Returns
    -------
    ratios
        Shape (n,), places per person; nan where no supply reaches, or only supplies that reach
        nobody.

    Raises
    ------
    ValueError
        If a capacity or a number of persons is below 0, a capacity is not finite, or a reach is
        not above 0.
    """
    if not ((capacity >= 0) & np.isfinite(capacity)).all() or (demand < 0).any():
        raise ValueError("capacity and demand must be 0 or more")
    ratios = np.full(len(demand), np.nan)
    found = within_reach(demand_xy, supply_xy, reach_m)
    weight = _BY_THIRD[np.ceil(found.part * len(WEIGHTS)).astype(np.intp)]
    persons = np.bincount(
        found.what, weight * np.nan_to_num(demand)[found.who], minlength=len(capacity)
    )
    each = np.divide(capacity, persons, out=np.zeros(len(capacity)), where=persons > 0)
    weight *= (persons > 0)[found.what]
    reached = np.bincount(found.who, weight, minlength=len(demand)) > 0
    reached &= np.isfinite(demand)
    summed = np.bincount(found.who, weight * each[found.what], minlength=len(demand))
    ratios[reached] = summed[reached]
    return ratios
