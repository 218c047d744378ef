"""Find for one actor who can introduce it to every other within reach."""

from __future__ import annotations

import networkx as nx

from socialmap.domain.errors import NotFoundError
from socialmap.network.graph import STEP_UNIT
from socialmap.network.introduce import LATER_STEPS, MOST_STEPS, Introduction


def find_introductions(steps: nx.DiGraph[str], van: str) -> dict[str, Introduction]:
    """
    Find the best path from one actor to each that it can be introduced to.

    The same path as `find_introduction` finds for each of them. O(number of paths of at most three
    steps), so heavy only from an actor with many neighbours that have many.

    Parameters
    ----------
    steps
        `Network.steps`: edge attribute `waarde` in thirtieths. Not modified.
    van
        `Actor.id` of the one who asks.

    Returns
    -------
    introductions
        By `Actor.id`, `van` itself included; without those out of reach.

    Raises
    ------
    NotFoundError
        If `van` is not in the network: not there, or not for this reader.
    """
    if van not in steps:
        raise NotFoundError("Actor", van)
    best: dict[str, tuple[int, int, tuple[str, ...]]] = {}
    paths: list[tuple[int, tuple[str, ...]]] = [(1, (van,))]
    for count in range(1, MOST_STEPS + 1):
        missing = (STEP_UNIT * LATER_STEPS) ** (MOST_STEPS - count)
        longer: list[tuple[int, tuple[str, ...]]] = []
        for weight, path in paths:
            for naar, edge in steps.succ[path[-1]].items():
                if naar in path:
                    continue
                now = (weight * int(edge["waarde"]), (*path, naar))
                longer.append(now)
                rank = (-now[0] * missing, count, now[1])
                if naar not in best or rank < best[naar]:
                    best[naar] = rank
        paths = longer
    scale = STEP_UNIT**MOST_STEPS * LATER_STEPS ** (MOST_STEPS - 1)
    found = {naar: Introduction(pad=r[2], waarde=-r[0] / scale) for naar, r in best.items()}
    return found | {van: Introduction(pad=(van,), waarde=1.0)}
