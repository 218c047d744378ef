"""Where new places bring most persons within reach who are not reached now.

The maximal covering location problem (Church and ReVelle 1974,
https://doi.org/10.1007/BF01942293), solved to proven optimality by HiGHS on a sparse model. Pure
functions on positions in EPSG:28992; walking distance = straight line x 1.3.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from scipy import sparse

from socialmap.coverage.walking import Floats, Rows, within_reach
from socialmap.domain.errors import SocialMapError

#: Seconds after which an unfinished answer is refused: a half one would be shown as the best.
MOST_SECONDS: Final = 60.0
# Decimals to which persons are compared: sums in another order differ in the last digits.
_DECIMALS: Final = 6
# One thread of a server, to the very best. `_merge` and `_useful` have done what a presolve would,
# and many cuts take longer to find than they save: 20 out of 169 spots in Haarlem for all its
# residents take 4 s of the processor so, and 10 s with the usual options.
_OPTIONS: Final = (
    ("presolve", "off"),
    ("parallel", "off"),
    ("threads", 1),
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 10**-_DECIMALS),
    ("mip_allow_restart", False),
    ("mip_detect_symmetry", False),
    ("mip_pool_soft_limit", 100),
    ("mip_pool_age_limit", 5),
)


class NotProvenError(SocialMapError):
    """No answer could be proven to be the best one in time."""

    def __init__(self) -> None:
        super().__init__(
            "Wij weten niet zeker wat de beste plekken zijn: het rekenen duurt te lang. "
            "Vraag minder plekken of kies een kleiner gebied."
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A chosen candidate, by its number, and the persons that it adds to those before it."""

    candidate: int
    adds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """
    The places that together bring most persons within reach.

    Attributes
    ----------
    chosen
        In the order of adding: each time the one that adds most, of equal ones the first
        candidate. Fewer than asked when no further one adds anybody.
    total
        Persons reached by all chosen, unrounded: the sum of what they add.
    lost_with_one_less
        How many persons fewer the best choice of one place less would reach.
    """

    chosen: tuple[Placed, ...] = ()
    total: float = 0.0
    lost_with_one_less: float = 0.0


def place(
    demand_xy: Floats, persons: Floats, candidates_xy: Floats, reach_m: float, count: int
) -> Placement:
    """
    Choose the candidates that together bring most persons within reach.

    Of choices that reach equally many, candidates that come first are preferred one by one.

    Parameters
    ----------
    demand_xy
        Shape (n, 2), EPSG:28992 metres, x then y: where the persons are who are not reached now.
    persons
        Shape (n,), 0 or more.
    candidates_xy
        Shape (m, 2), EPSG:28992 metres, x then y, the preferred ones first.
    reach_m
        Metres on foot, above 0.
    count
        How many places, 0 or more.

    Raises
    ------
    ValueError
        If a number of persons is below 0 or not finite, the reach is not above 0, or the count is
        below 0.
    NotProvenError
        If the best choice, and that of one less, are not proven within `MOST_SECONDS`.
    """
    if not ((persons >= 0) & np.isfinite(persons)).all() or count < 0:
        raise ValueError("persons and count must be 0 or more")
    reached, weights = _merge(_reached(demand_xy, candidates_xy, reach_m), persons)
    if not len(weights) or not count:
        return Placement()
    deadline = time.monotonic() + MOST_SECONDS
    best = _best(reached, weights, count, deadline)
    less = _best(reached, weights, len(best) - 1, deadline)
    total = _total(best)
    lost = round(total - _total(less), _DECIMALS)
    return Placement(chosen=best, total=total, lost_with_one_less=lost)


def _reached(demand_xy: Floats, candidates_xy: Floats, reach_m: float) -> sparse.csr_array:
    """Give who is reached by which candidate, shape (n, m), 1 where within reach."""
    near = within_reach(demand_xy, candidates_xy, np.full(len(candidates_xy), reach_m))
    shape = len(demand_xy), len(candidates_xy)
    found = sparse.csr_array((np.ones(len(near.who)), (near.who, near.what)), shape=shape)
    found.sort_indices()
    return found


def _merge(reached: sparse.csr_array, persons: Floats) -> tuple[sparse.csr_array, Floats]:
    """Put points together that the same candidates reach; leave out who nobody reaches."""
    groups: dict[bytes, int] = {}
    first: list[np.intp] = []
    group = np.full(len(persons), -1, dtype=np.intp)
    starts, columns = reached.indptr, reached.indices
    for row in np.flatnonzero((np.diff(starts) > 0) & (persons > 0)):
        key = columns[starts[row] : starts[row + 1]].tobytes()
        if key not in groups:
            groups[key] = len(first)
            first.append(row)
        group[row] = groups[key]
    counted = group >= 0
    weights = np.bincount(group[counted], persons[counted], len(first)).astype(np.float64)
    return reached[np.array(first, dtype=np.intp)], weights


def _best(
    reached: sparse.csr_array, weights: Floats, count: int, deadline: float
) -> tuple[Placed, ...]:
    """Give an optimal choice of at most `count` candidates, the first ones where it is equal."""
    everyone = np.arange(reached.shape[1])
    simple = _in_order(everyone, reached, weights, count)
    alone = np.sort(reached.T @ weights)[max(0, len(everyone) - count) :].sum()
    # Nothing does better than the best ones side by side, or than reaching everybody.
    if _total(simple) >= min(alone, weights.sum()) - 10**-_DECIMALS:
        return simple
    useful = _useful(reached)
    found = useful[_solve(*_merge(reached[:, useful], weights), count, deadline)]
    return _in_order(_prefer_first(found, reached, weights), reached, weights, count)


def _useful(reached: sparse.csr_array) -> Rows:
    """Leave out candidates who reach nobody whom another, or an equal earlier one, does not."""
    both = (reached.T @ reached).tocoo()
    one, other = both.coords
    size = both.tocsr().diagonal()
    within = (both.data == size[one]) & (one != other)
    idle = within & ((size[other] > size[one]) | (other < one))
    return np.setdiff1d(np.arange(len(size)), one[idle])


class _Silent(highspy.Highs):
    """The solver without a word: it greets on standard output while it is made."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - the name of HiGHS
        """Be silent before the first call that greets."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _solve(reached: sparse.csr_array, weights: Floats, count: int, deadline: float) -> Rows:
    solver = _Silent()
    left = max(0.0, deadline - time.monotonic())
    for option, value in (*_OPTIONS, ("time_limit", left)):
        solver.setOptionValue(option, value)
    solver.passModel(_model(reached, weights, count))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise NotProvenError
    values = np.array(solver.getSolution().col_value)[: reached.shape[1]]
    return np.flatnonzero(values > 0.5)


def _model(reached: sparse.csr_array, weights: Floats, count: int) -> highspy.HighsLp:
    """Say: of the groups with a chosen candidate, as many persons as can be.

    Columns: a candidate is chosen, whole, then a group is reached, which need not be whole: it
    becomes so by itself. Rows: a group has a chosen candidate, then: at most `count` are chosen.
    """
    groups, size = reached.shape
    rows = sparse.vstack(
        [
            sparse.hstack([-reached, sparse.eye_array(groups)]),
            sparse.hstack([np.ones((1, size)), sparse.csr_array((1, groups))]),
        ],
        format="csr",
    )
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size + groups, groups + 1
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.concatenate([np.zeros(size), weights])
    model.col_lower_ = np.zeros(size + groups)
    model.col_upper_ = np.ones(size + groups)
    model.row_lower_ = np.full(groups + 1, -highspy.kHighsInf)
    model.row_upper_ = np.append(np.zeros(groups), float(count))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.indptr
    model.a_matrix_.index_ = rows.indices
    model.a_matrix_.value_ = rows.data
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * size + [part] * groups
    return model


def _prefer_first(chosen: Rows, reached: sparse.csr_array, weights: Floats) -> Rows:
    """Change chosen candidates for earlier ones that do equally well, until there are none."""
    by_candidate = reached.T.tocsr()
    found = sorted(int(one) for one in chosen)
    changed = True
    while changed:
        changed = False
        for place_, candidate in enumerate(found):
            others = [*found[:place_], *found[place_ + 1 :]]
            left = weights * (by_candidate[others].sum(axis=0) == 0)
            gains = np.round(by_candidate @ left, _DECIMALS)
            gains[others] = -1.0
            earliest = int(np.argmax(gains >= gains[candidate]))
            if earliest < candidate:
                found = sorted([*others, earliest])
                changed = True
                break
    return np.array(found, dtype=np.intp)


def _in_order(
    chosen: Rows, reached: sparse.csr_array, weights: Floats, count: int
) -> tuple[Placed, ...]:
    """Take `count` candidates by what each adds, largest first; leave out what adds nobody."""
    by_candidate = reached.T.tocsr()[chosen]
    left = weights.copy()
    found: list[Placed] = []
    for _ in range(min(count, len(chosen))):
        gains = by_candidate @ left
        best = int(np.argmax(np.round(gains, _DECIMALS)))
        if gains[best] <= 0:
            break
        found.append(Placed(int(chosen[best]), float(gains[best])))
        left[by_candidate[[best]].indices] = 0.0
    return tuple(found)


def _total(chosen: tuple[Placed, ...]) -> float:
    return sum(one.adds for one in chosen)
