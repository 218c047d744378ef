"""Read who stands in one team, without the network as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort, Status
from socialmap.domain.model import Actor, Relatie
from socialmap.domain.privacy import Lezer
from socialmap.network.graph import build_network
from socialmap.store.records import RelatieFilter, actors_by_id, list_relaties
from web.present_team import TeamSaid, say_teams

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_KINDS = (Relatiesoort.NEEMT_DEEL, Relatiesoort.MOEDERORGANISATIE)
#: Ties that are read in one step: no team has so many members, and more would be slow to read.
_MOST = 500


def read_members(conn: Connection, team: Actor, lezer: Lezer, today: date) -> TeamSaid | None:
    """
    Give the members of a wijkteam; costs the ties of the team, its members and its umbrellas.

    Parameters
    ----------
    conn
        A reading connection.
    team
        Cut to the reader.
    lezer, today
        Who reads, and the day that ties are held against.

    Returns
    -------
    members
        None for who is no wijkteam, has stopped, or of whom no member is known.
    """
    if team.soort is not Soort.WIJKTEAM or team.status is Status.GESTOPT:
        return None
    ties: dict[str, Relatie] = {}
    met: set[str] = set()
    wanted = {team.id}
    # The team itself, then its members and umbrellas, then the members of those umbrellas.
    for _ in range(3):
        found = _ties(conn, wanted - met, lezer, today)
        met |= wanted
        wanted = {end for tie in found for end in (tie.van_id, tie.naar_id)}
        ties |= {tie.id: tie for tie in found}
    ends = {end for tie in ties.values() for end in (tie.van_id, tie.naar_id)}
    actors = actors_by_id(conn, ends | {team.id}, lezer, today)
    network = build_network(actors.values(), ties.values(), today)
    (said,) = say_teams(network, [team.id], today)
    return said if said.leden or said.breed else None


def _ties(conn: Connection, ids: Iterable[str], lezer: Lezer, today: date) -> tuple[Relatie, ...]:
    wanted = tuple(sorted(ids))
    if not wanted:
        return ()
    keep = RelatieFilter(actor_ids=wanted, soorten=_KINDS, feitelijk=Feitelijk.FEITELIJK)
    return list_relaties(conn, keep, lezer, today, na="", limit=_MOST).resultaten
