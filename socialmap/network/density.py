"""Measure how much of what could be tied is tied, within and between groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from socialmap.network.graph import Network, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """Density within one group, or between two.

    Attributes
    ----------
    van, naar
        Codes of the groups in order; the same twice for within.
    lijnen
        Pairs with a tie.
    mogelijk
        Pairs that there are.
    dichtheid
        `lijnen` / `mogelijk`, 0 to 1; None for a group of one, within which there are no pairs.
    """

    van: str
    naar: str
    lijnen: int
    mogelijk: int
    dichtheid: float | None


def find_densities(network: nx.Graph[str], group_of: Mapping[str, str]) -> tuple[Density, ...]:
    """
    Give the density within every group, and between every two groups that have a line.

    Lines over possible pairs (Wasserman and Faust 1994, chapter 4,
    https://doi.org/10.1017/CBO9780511815478). Two groups that are not listed have no line between
    them: density 0. O(n + m).

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`. Give `Network.lines` for actual ties. Not modified.
    group_of
        `Actor.id` to code of its one group: a kind, or an area of one level. Who is not in it
        counts nowhere.

    Returns
    -------
    densities
        In order of `van`, then `naar`.
    """
    size = Counter(group_of[actor_id] for actor_id in network if actor_id in group_of)
    lines: Counter[tuple[str, str]] = Counter({(group, group): 0 for group in size})
    for van, naar in network.edges:
        if van in group_of and naar in group_of:
            first, second = sorted((group_of[van], group_of[naar]))
            lines[first, second] += 1
    return tuple(_density(*pair, count, size) for pair, count in sorted(lines.items()))


def kinds_of(network: Network) -> dict[str, str]:
    """Group the actors by kind (`Actor.soort`), to give to `find_densities`."""
    return {actor.id: actor.soort.value for actor in network.actors.values()}


def areas_of(places: Places, codes: Collection[str]) -> dict[str, str]:
    """Group the placed actors by area, to give to `find_densities`.

    Parameters
    ----------
    places
        Areas of each placed actor, of any level.
    codes
        Areas of one level; where several of them hold a place, the first in order of code counts.
    """
    wanted = frozenset(codes)
    held = {actor_id: wanted.intersection(areas) for actor_id, areas in places.items()}
    return {actor_id: min(areas) for actor_id, areas in held.items() if areas}


def _density(first: str, second: str, lines: int, size: Counter[str]) -> Density:
    count = size[first]
    possible = count * (count - 1) // 2 if first == second else count * size[second]
    share = lines / possible if possible else None
    return Density(van=first, naar=second, lijnen=lines, mogelijk=possible, dichtheid=share)
