"""Find groups of actors that are tied more to each other than to the rest."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from socialmap.network.ready import Ready, make_ready, same_dice

_SEED = 2019
#: Rounds of the algorithm; what more rounds add is in the third decimal of modularity.
_ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Communities:
    """A division of all actors in groups.

    Attributes
    ----------
    groepen
        Ids in order, largest group first, then by first id. Who has no tie is a group of one.
    modulariteit
        Share of the lines within groups above what chance would give, -0.5 to 1; 0 without lines.
    """

    groepen: tuple[tuple[str, ...], ...]
    modulariteit: float


def find_communities(network: nx.Graph[str]) -> Communities:
    """
    Divide the network in communities by the Leiden algorithm on modularity.

    Traag, Waltman and van Eck 2019 (https://doi.org/10.1038/s41598-019-41695-z); modularity of
    Newman and Girvan 2004 (https://doi.org/10.1103/PhysRevE.69.026113). Near O(m) a round. The
    same network gives the same groups: order and dice are fixed.

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`, one edge per pair with an actual tie. Not modified.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    return communities_of(make_ready(network))


def communities_of(ready: Ready) -> Communities:
    """Divide a network made ready in communities; see `find_communities`."""
    with same_dice(_SEED):
        found = ready.graph.community_leiden(objective_function="modularity", n_iterations=_ROUNDS)
    groups = [tuple(sorted(ready.ids[vertex] for vertex in group)) for group in found]
    groups.sort(key=lambda group: (-len(group), group))
    modularity = float(found.modularity) if ready.graph.ecount() else 0.0
    return Communities(groepen=tuple(groups), modulariteit=modularity)
