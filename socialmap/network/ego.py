"""Look at the network from one actor: who is near, and the ties between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Relatie
from socialmap.network.graph import Network

#: Steps that an ego view reaches.
EGO_STEPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ego:
    """Who is within a few steps of one actor.

    Attributes
    ----------
    stappen
        By `Actor.id` in order: least steps over actual ties, directions ignored; 0 for the actor.
    ties
        Actual and wished ties between them, in order of id.
    """

    stappen: Mapping[str, int]
    ties: tuple[Relatie, ...]


def find_ego(network: Network, ties_of: Mapping[str, Sequence[Relatie]], actor_id: str) -> Ego:
    """
    Give who is within two steps of an actor. O(ties of those who are).

    Parameters
    ----------
    network
        Not modified.
    ties_of
        `Seen.ties_of`: ties of each actor.
    actor_id
        In the middle.

    Raises
    ------
    NotFoundError
        If the actor is not in the network: not there, or not for this reader.
    """
    if actor_id not in network.actors:
        raise NotFoundError("Actor", actor_id)
    steps = {actor_id: 0}
    edge = [actor_id]
    for count in range(1, EGO_STEPS + 1):
        near = {one for here in edge for one in network.lines.adj[here]}
        edge = [one for one in near if one not in steps]
        steps |= dict.fromkeys(edge, count)
    found = {tie.id: tie for here in steps for tie in ties_of.get(here, ())}
    inside = [tie for tie in found.values() if tie.van_id in steps and tie.naar_id in steps]
    return Ego(
        stappen={key: steps[key] for key in sorted(steps)},
        ties=tuple(sorted(inside, key=lambda tie: tie.id)),
    )
