"""Show the network as it would be without one actor, one funder or one building."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from socialmap.domain.codes import Feitelijk, Relatiesoort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Relatie
from socialmap.network.figures import Figures, measure
from socialmap.network.graph import Network, Places, assemble


class Als(StrEnum):
    """As what something is taken away.

    An actor goes with all its ties; a funder takes its money along, a building its room.
    """

    ACTOR = "actor"
    GELDGEVER = "geldgever"
    GEBOUW = "gebouw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Who is hit at once when something is taken away.

    Attributes
    ----------
    geraakt
        Ids of those who lose an actual tie by it, in order.
    zonder_geld, zonder_ruimte
        Ids of those among them who had money, or room, from here and from nobody else.
    """

    geraakt: tuple[str, ...]
    zonder_geld: tuple[str, ...]
    zonder_ruimte: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Hit):
    """Who is hit at once, and two times the same figures.

    Attributes
    ----------
    voor, na
        Figures of the network as it is, and without what was taken away.
    """

    voor: Figures
    na: Figures


def what_if(network: Network, places: Places, actor_id: str, als: Als = Als.ACTOR) -> WhatIf:
    """
    Give the figures with and without one actor, funder or building. Cost: twice `measure`.

    Parameters
    ----------
    network
        Not modified.
    places
        Areas of each placed actor.
    actor_id
        Who or what is taken away.
    als
        As what; see `take_away`.

    Raises
    ------
    NotFoundError
        If the actor is not in the network: not there, or not for this reader.
    EmptyNetworkError
        If nobody is left.
    """
    left = take_away(network, actor_id, als)
    hit = find_hit(network, left, actor_id)
    return WhatIf(
        voor=measure(network, places),
        na=measure(left, places),
        geraakt=hit.geraakt,
        zonder_geld=hit.zonder_geld,
        zonder_ruimte=hit.zonder_ruimte,
    )


def find_hit(network: Network, left: Network, actor_id: str) -> Hit:
    """
    Tell who is hit when an actor, funder or building goes. O(n + m log m).

    Parameters
    ----------
    network, left
        With and without it, as `take_away` gives it.
    actor_id
        What was taken away; not among those who are hit.
    """
    gone = _actual(network) - _actual(left)
    hit = {end for tie in gone for end in (tie.van_id, tie.naar_id)} - {actor_id}
    money = _receivers(network) - _receivers(left)
    room = _users(network) - _users(left)
    return Hit(
        geraakt=tuple(sorted(hit)),
        zonder_geld=tuple(sorted(money - {actor_id})),
        zonder_ruimte=tuple(sorted(room - {actor_id})),
    )


def take_away(network: Network, actor_id: str, als: Als = Als.ACTOR) -> Network:
    """
    Give the network without one actor, funder or building. O(n log n + m log m).

    Parameters
    ----------
    network
        Not modified.
    actor_id
        Who or what is taken away.
    als
        `ACTOR`: the actor and all its ties. `GELDGEVER`: its ties `financiert` to others.
        `GEBOUW`: the ties `gebruikt_ruimte` of others to it. Who was nothing but that, and so
        keeps no tie, goes as well.

    Raises
    ------
    NotFoundError
        If the actor is not in the network.
    """
    if actor_id not in network.actors:
        raise NotFoundError("Actor", actor_id)
    kept = [tie for tie in network.ties if not _goes(tie, actor_id, als)]
    bare = not any(actor_id in (tie.van_id, tie.naar_id) for tie in kept)
    goes_as_well = bare and len(kept) < len(network.ties)
    leaves = als is Als.ACTOR or goes_as_well
    actors = [a for a in network.actors.values() if not leaves or a.id != actor_id]
    return assemble(actors, kept)


def _goes(tie: Relatie, actor_id: str, als: Als) -> bool:
    if als is Als.GELDGEVER:
        return tie.soort is Relatiesoort.FINANCIERT and tie.van_id == actor_id
    if als is Als.GEBOUW:
        return tie.soort is Relatiesoort.GEBRUIKT_RUIMTE and tie.naar_id == actor_id
    return actor_id in (tie.van_id, tie.naar_id)


def _actual(network: Network) -> set[Relatie]:
    return {tie for tie in network.ties if tie.feitelijk is Feitelijk.FEITELIJK}


def _receivers(network: Network) -> set[str]:
    return {t.naar_id for t in _actual(network) if t.soort is Relatiesoort.FINANCIERT}


def _users(network: Network) -> set[str]:
    return {t.van_id for t in _actual(network) if t.soort is Relatiesoort.GEBRUIKT_RUIMTE}
