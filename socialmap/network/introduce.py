"""Find who can introduce a team to an actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import networkx as nx

from socialmap.domain.errors import NotFoundError
from socialmap.network.graph import STEP_UNIT

#: Most steps of an introduction.
MOST_STEPS = 3
#: Each step after the first is worth one part in this many.
LATER_STEPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """The best way from one actor to another over others who can introduce them.

    Attributes
    ----------
    pad
        Ids from the one who asks up to and with the one who is sought.
    waarde
        Product of the step values, above 0 to 1; 1 for an actor itself.
    """

    pad: tuple[str, ...]
    waarde: float


def find_introduction(steps: nx.DiGraph[str], van: str, naar: str) -> Introduction | None:
    """
    Find the path of at most three steps with the highest product of step values.

    Step value = kind x strength / 3, and x 0.5 for each step after the first; equal paths: fewer
    steps, then ids (begrippen.md, `introductiepad`). Values are compared as whole numbers, so that
    equal paths are equal. Looks from both ends: at most d + sum over the d_in neighbours before
    `naar` of min(in-degree, d) looks, for d neighbours after `van`.

    Parameters
    ----------
    steps
        `Network.steps`: edge attribute `waarde` in thirtieths. Not modified.
    van, naar
        `Actor.id` of the one who asks, and of the one who is sought.

    Returns
    -------
    introduction
        None when there is no path of at most three steps.

    Raises
    ------
    NotFoundError
        If one of the two is not in the network: not there, or not for this reader.
    """
    for actor_id in (van, naar):
        if actor_id not in steps:
            raise NotFoundError("Actor", actor_id)
    if van == naar:
        return Introduction(pad=(van,), waarde=1.0)
    paths = ((_weight(steps, path), path) for path in _short_paths(steps, van, naar))
    best = min(paths, key=lambda one: (-_scaled(*one), len(one[1]), one[1]), default=None)
    if best is None:
        return None
    scale = STEP_UNIT**MOST_STEPS * LATER_STEPS ** (MOST_STEPS - 1)
    return Introduction(pad=best[1], waarde=_scaled(*best) / scale)


def _short_paths(steps: nx.DiGraph[str], van: str, naar: str) -> Iterator[tuple[str, ...]]:
    """Give every path of one, two or three steps that passes nobody twice."""
    after, before = steps.succ[van], steps.pred[naar]
    if naar in after:
        yield van, naar
    for last in before:
        if last == van:
            continue
        if last in after:
            yield van, last, naar
        for first in _in_both(after, steps.pred[last]):
            if first != naar:
                yield van, first, last, naar


def _in_both(some: dict[str, object], others: dict[str, object]) -> Iterator[str]:
    fewer, more = (some, others) if len(some) < len(others) else (others, some)
    return (actor_id for actor_id in fewer if actor_id in more)


def _weight(steps: nx.DiGraph[str], path: tuple[str, ...]) -> int:
    return prod(int(steps.succ[here][there]["waarde"]) for here, there in pairwise(path))


def _scaled(weight: int, path: tuple[str, ...]) -> int:
    """Bring the products of paths of one, two and three steps to one denominator."""
    missing: int = (STEP_UNIT * LATER_STEPS) ** (MOST_STEPS - (len(path) - 1))
    return weight * missing
