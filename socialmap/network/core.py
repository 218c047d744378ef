"""Tell the dense core of the network from its periphery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from socialmap.network.ready import Ready, make_ready

#: Who hangs by one line is no core: a core begins where everybody has two others in it.
LEAST_CORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The core of a network, and how deep everybody is in it.

    Attributes
    ----------
    k
        Everybody in the core has at least this many neighbours in it; 0 when there is no core.
    kern
        Ids of the core, in order.
    rand
        Ids of all others, in order.
    diepte
        By id: the highest k for which the actor is in the k-core.
    """

    k: int
    kern: tuple[str, ...]
    rand: tuple[str, ...]
    diepte: Mapping[str, int]


def find_core(network: nx.Graph[str]) -> Core:
    """
    Divide the network in core and periphery: the core is the k-core with the highest k.

    The k-core is the largest part in which everybody has at least k neighbours (Seidman 1983,
    https://doi.org/10.1016/0378-8733(83)90028-X), found in O(m) (Batagelj and Zaversnik 2003,
    https://arxiv.org/abs/cs/0310049).

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`, one edge per pair with an actual tie. Not modified.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    return core_of(make_ready(network))


def core_of(ready: Ready) -> Core:
    """Divide a network made ready in core and periphery; see `find_core`."""
    depth = dict(zip(ready.ids, depths_of(ready), strict=True))
    highest = max(depth.values())
    k = highest if highest >= LEAST_CORE else 0
    core = tuple(actor_id for actor_id in ready.ids if k and depth[actor_id] == k)
    rim = tuple(actor_id for actor_id in ready.ids if not k or depth[actor_id] < k)
    return Core(k=k, kern=core, rand=rim, diepte=depth)


def depths_of(ready: Ready) -> list[int]:
    """Give the depth of every actor only, in the order of `ready.ids`: O(m)."""
    depths: list[int] = ready.graph.coreness()
    return depths
