"""Find who stands alone, and who has no way to the team of its own place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from socialmap.domain.codes import Soort
from socialmap.network.graph import Network, Places

#: Most steps between an actor and a wijkteam that still counts as connected.
STEPS_TO_TEAM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconnected:
    """An actor without a path of at most two steps to a wijkteam of its place.

    Attributes
    ----------
    actor_id
        `Actor.id`.
    teams
        Ids of the wijkteams whose werkgebied holds the place, in order; empty when there is none.
    """

    actor_id: str
    teams: tuple[str, ...]


def find_isolated(network: nx.Graph[str]) -> tuple[str, ...]:
    """
    List the actors without a tie, in order of id. O(n).

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`. Give `Network.lines` for actual ties. Not modified.
    """
    return tuple(sorted(actor_id for actor_id, count in network.degree if count == 0))


def find_unconnected(network: Network, places: Places) -> tuple[Unconnected, ...]:
    """
    List the actors without a path of at most two steps to a wijkteam of their place.

    A wijkteam is of a place when its werkgebied holds one of the areas of that place
    (begrippen.md, "Network figures"). Directions are ignored. O(n a + k) for n actors, a areas per
    place and k lines within two steps of a wijkteam.

    Parameters
    ----------
    network
        Not modified.
    places
        Areas of each placed actor, of every level that a werkgebied may name.

    Returns
    -------
    unconnected
        In order of id. Without wijkteams, and without actors whose place is not known: of those
        nobody can tell.
    """
    teams = {a.id: a for a in network.actors.values() if a.soort is Soort.WIJKTEAM}
    serving: dict[str, set[str]] = {}
    for team in teams.values():
        for area in team.werkgebied:
            serving.setdefault(area, set()).add(team.id)
    near = {team_id: _within_reach(network.lines, team_id) for team_id in teams}
    found = []
    for actor_id in network.actors:
        if actor_id in teams or actor_id not in places:
            continue
        own = {team for area in places[actor_id] for team in serving.get(area, ())}
        if not any(actor_id in near[team] for team in own):
            found.append(Unconnected(actor_id=actor_id, teams=tuple(sorted(own))))
    return tuple(found)


def _within_reach(lines: nx.Graph[str], team_id: str) -> Mapping[str, int]:
    reached: Mapping[str, int] = nx.single_source_shortest_path_length(
        lines, team_id, cutoff=STEPS_TO_TEAM
    )
    return reached
