"""The same figures by PySAL, as the oracle of tests and the reference of benchmarks."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pulp
from access import Access, weights
from numpy.typing import NDArray
from spopt.locate import MCLP

from socialmap.coverage.supply import WEIGHTS

Floats = NDArray[np.float64]
_THIRDS = dict(enumerate(WEIGHTS, start=1))


def ready_access(demand: Floats, capacity: Floats, cost: pd.DataFrame) -> Access:
    """
    Hand PySAL persons, places and a table of distances.

    Parameters
    ----------
    demand, capacity
        Shape (n,) and (m,): persons and places.
    cost
        Columns `origin` (0 to n - 1), `dest` (0 to m - 1) and `cost`: the distance on foot in
        thirds of the reach of the supply, at most 3.
    """
    with warnings.catch_warnings():
        # PySAL uses ways of pandas and pulp that will go.
        warnings.simplefilter("ignore")
        ready = Access(
            demand_df=pd.DataFrame({"id": range(len(demand)), "personen": demand}),
            demand_index="id",
            demand_value="personen",
            supply_df=pd.DataFrame({"id": range(len(capacity)), "plaatsen": capacity}),
            supply_index="id",
            supply_value=["plaatsen"],
            cost_df=cost,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )
    # It reports each time that it scores anew.
    ready.log.setLevel(logging.WARNING)
    return ready


def access_ratios(ready: Access, size: int) -> Floats:
    """Give the places per person at each demand point, shape (size,); nan where unknown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        step = weights.step_fn(_THIRDS)
        found = ready.enhanced_two_stage_fca(name="fca", weight_fn=step, max_cost=3)
    return np.asarray(found["fca_plaatsen"].reindex(range(size)), float)


def spopt_total(apart_m: Floats, persons: Floats, reach_m: float, count: int) -> float:
    """
    Give the most persons that `count` places can reach, by spopt and CBC.

    Parameters
    ----------
    apart_m
        Shape (n, m): metres between demand points and candidates.
    persons
        Shape (n,).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem: Any = MCLP.from_cost_matrix(apart_m, persons, reach_m, count)
        problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, gapAbs=0))
    if problem.problem.status != pulp.LpStatusOptimal:
        raise RuntimeError("spopt found no optimum")
    chosen = [bool(one.value() > 0.5) for one in problem.fac_vars]
    return float(persons[(apart_m[:, chosen] <= reach_m).any(axis=1)].sum())
