"""Find what only one actor holds, so that it can be handed over before that actor leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.network.graph import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A tie that no colleague has, and who is nearest to take it over.

    Attributes
    ----------
    actor_id
        Who loses the tie.
    door
        Who can take it over; None when nobody has a way.
    weg
        The shortest way from `door` to `actor_id`, both included, without who leaves.
    groep
        The team, organisation or table that `door` shares with who leaves; it may be `door` itself.
    collega
        Whether `door` is a colleague, and not somebody of the same table.
    """

    actor_id: str
    door: str | None = None
    weg: tuple[str, ...] = ()
    groep: str | None = None
    collega: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What comes loose when an actor leaves.

    Attributes
    ----------
    actor_id
        Who leaves.
    collegas
        Ids of who is in the same team or mother organisation, in order.
    alleen
        Ties that no colleague has, in order of id.
    ook
        Other neighbours that are no colleague, in order of id, with the colleagues tied to them.
    raakt_los
        Ids of who loses the path to the largest piece that is left, in order.
    """

    actor_id: str
    collegas: tuple[str, ...]
    alleen: tuple[Handover, ...]
    ook: tuple[tuple[str, tuple[str, ...]], ...]
    raakt_los: tuple[str, ...]


def find_leaving(network: Network, actor_id: str) -> Leaving:
    """
    Find the ties that only one actor holds, and who can take each over.

    A tie is held by one actor when no colleague is tied to the same neighbour. The nearest
    colleague, by steps without who leaves, takes it over; where no colleague has a way, the nearest
    of the same table does; never who loses the tie. Among equals the first id. O(n + m), and the
    lines of the table for each neighbour that sits at it.

    Parameters
    ----------
    network
        Cut to the reader. Only actual ties count. Not modified.
    actor_id
        Who leaves.

    Raises
    ------
    NotFoundError
        If the actor is not in the network: not there, or not for this reader.
    """
    if actor_id not in network.actors:
        raise NotFoundError("Actor", actor_id)
    colleagues, table = find_colleagues(network, actor_id)
    near = sorted(key for key in network.lines[actor_id] if key not in colleagues)
    tied = {key: _tied_to(network.lines, key, colleagues) for key in near}
    alone = [key for key in near if not tied[key]]
    ways = _ways(network.lines, actor_id, colleagues, table, alone)
    return Leaving(
        actor_id=actor_id,
        collegas=tuple(sorted(colleagues)),
        alleen=tuple(_hand_over(key, ways.get(key, ()), colleagues, table) for key in alone),
        ook=tuple((key, tied[key]) for key in near if tied[key]),
        raakt_los=find_lost(network.lines, actor_id),
    )


def find_colleagues(network: Network, actor_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """
    Find who is in the same team or mother organisation, and who sits at the same table. O(m).

    A team is a wijkteam in which somebody takes part; a table is anything else in which somebody
    takes part. The team, organisation or table itself is one of them; and of a team or organisation
    that leaves, its members are.

    Returns
    -------
    colleagues, table
        What is shared, by id; of several the first id. Nobody is in both.
    """
    teams, tables = {actor_id}, set()
    ties = [tie for tie in network.ties if tie.feitelijk is Feitelijk.FEITELIJK]
    for tie in ties:
        if tie.van_id == actor_id:
            if _is_team(network, tie.soort, tie.naar_id):
                teams.add(tie.naar_id)
            elif tie.soort is Relatiesoort.NEEMT_DEEL:
                tables.add(tie.naar_id)
    colleagues = {key: key for key in sorted(teams)}
    table = {key: key for key in sorted(tables)}
    for tie in ties:
        if tie.naar_id in teams and _is_team(network, tie.soort, tie.naar_id):
            colleagues[tie.van_id] = min(colleagues.get(tie.van_id, tie.naar_id), tie.naar_id)
        elif tie.naar_id in tables | {actor_id} and tie.soort is Relatiesoort.NEEMT_DEEL:
            table[tie.van_id] = min(table.get(tie.van_id, tie.naar_id), tie.naar_id)
    colleagues.pop(actor_id)
    return colleagues, {
        key: shared for key, shared in table.items() if key != actor_id and key not in colleagues
    }


def find_lost(lines: nx.Graph[str], actor_id: str) -> tuple[str, ...]:
    """Give who loses the path to the largest piece that is left of the part of an actor. O(m)."""
    met, pieces = {actor_id}, []
    for start in lines.neighbors(actor_id):
        if start in met:
            continue
        met.add(start)
        piece = [start]
        for key in piece:
            fresh = [other for other in lines.neighbors(key) if other not in met]
            met.update(fresh)
            piece += fresh
        pieces.append(piece)
    pieces.sort(key=lambda piece: (-len(piece), min(piece)))
    return tuple(sorted(key for piece in pieces[1:] for key in piece))


def _is_team(network: Network, soort: Relatiesoort, naar_id: str) -> bool:
    if soort is Relatiesoort.MOEDERORGANISATIE:
        return True
    return soort is Relatiesoort.NEEMT_DEEL and network.actors[naar_id].soort is Soort.WIJKTEAM


def _tied_to(lines: nx.Graph[str], key: str, colleagues: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(other for other in lines[key] if other in colleagues))


def _spread(
    lines: nx.Graph[str], gone: str, sources: Iterable[str], wanted: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Give for each actor the nearest source and the actor before it, until all wanted are met."""
    came = {key: (key, "") for key in sources}
    missing = set(wanted).difference(came)
    ring = sorted(came)
    while ring and missing:
        found: dict[str, tuple[str, str]] = {}
        for key in ring:
            claim = (came[key][0], key)
            for other in lines.neighbors(key):
                if other != gone and other not in came:
                    found[other] = min(found.get(other, claim), claim)
        came |= found
        missing.difference_update(found)
        ring = sorted(found)
    return came


def _ways(
    lines: nx.Graph[str],
    gone: str,
    colleagues: Collection[str],
    table: Mapping[str, str],
    wanted: Iterable[str],
) -> dict[str, tuple[str, ...]]:
    """Give the way to each from the nearest colleague, or else from the nearest of the table."""
    first = _spread(lines, gone, colleagues, wanted)
    left = [key for key in wanted if key not in first]
    second = _spread(lines, gone, table, [key for key in left if key not in table])
    ways = {}
    for key in wanted:
        came = first if key in first else second
        if came is second and key in table:
            came = _spread(lines, gone, table.keys() - {key}, [key])
        if key in came:
            ways[key] = _trace(came, key)
    return ways


def _trace(came: Mapping[str, tuple[str, str]], key: str) -> tuple[str, ...]:
    way = [key]
    while way[-1] != came[key][0]:
        way.append(came[way[-1]][1])
    return tuple(reversed(way))


def _hand_over(
    key: str, way: tuple[str, ...], colleagues: Mapping[str, str], table: Mapping[str, str]
) -> Handover:
    if not way:
        return Handover(actor_id=key)
    taker = way[0]
    collega = taker in colleagues
    shared = colleagues if collega else table
    return Handover(actor_id=key, door=taker, weg=way, groep=shared[taker], collega=collega)
