"""Find who stands in a team with one leg, and in which organisation with the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort
from socialmap.domain.model import Relatie
from socialmap.network.graph import Network

if TYPE_CHECKING:
    from socialmap.network.reading import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLegs:
    """Somebody in a team: a function, a department or an organisation that delivers people.

    Attributes
    ----------
    lid
        Id of who takes part.
    moeders
        Ids of the organisations that it belongs to, in order; empty when it is one itself.
    band
        The tie with which it takes part: its explanation, source and check date.
    """

    lid: str
    moeders: tuple[str, ...]
    band: Relatie


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLegs:
    """The members of one team.

    Attributes
    ----------
    team
        Id of the team.
    leden
        Who takes part in the team itself.
    koepels
        Ids of the organisations that the team belongs to, in order.
    breed
        Who takes part in such an organisation and not in this team: of those it is not known in
        which team they work.
    """

    team: str
    leden: tuple[TwoLegs, ...]
    koepels: tuple[str, ...]
    breed: tuple[TwoLegs, ...]


def find_two_legs(network: Network, teams: Collection[str]) -> dict[str, TeamLegs]:
    """
    Give the members of teams with the organisation in which they have their other leg.

    A member takes part in the team (`neemt_deel`); its organisation is the one that it belongs to
    (`moederorganisatie`). The team and what it belongs to are never a member's organisation: that
    would be the same leg. Actual ties only. O(m), and members x organisations for each team.

    Parameters
    ----------
    network
        Cut to the reader. Not modified.
    teams
        Ids of actors of any kind.

    Returns
    -------
    legs
        For each of `teams`, members in order of id.
    """
    parts: dict[str, dict[str, Relatie]] = {}
    mothers: dict[str, set[str]] = {}
    for tie in network.ties:
        if tie.feitelijk is not Feitelijk.FEITELIJK:
            continue
        if tie.soort is Relatiesoort.NEEMT_DEEL:
            parts.setdefault(tie.naar_id, {}).setdefault(tie.van_id, tie)
        elif tie.soort is Relatiesoort.MOEDERORGANISATIE:
            mothers.setdefault(tie.van_id, set()).add(tie.naar_id)

    def legs(members: dict[str, Relatie], own: Collection[str]) -> tuple[TwoLegs, ...]:
        return tuple(
            TwoLegs(
                lid=key,
                moeders=tuple(sorted(mothers.get(key, set()).difference(own))),
                band=members[key],
            )
            for key in sorted(members)
        )

    found = {}
    for team in sorted(teams):
        above = mothers.get(team, set())
        own = parts.get(team, {})
        wide: dict[str, Relatie] = {}
        for mother in sorted(above):
            for key, tie in parts.get(mother, {}).items():
                if key != team and key not in own:
                    wide.setdefault(key, tie)
        found[team] = TeamLegs(
            team=team,
            leden=legs(own, above | {team}),
            koepels=tuple(sorted(above)),
            breed=legs(wide, above | {team}),
        )
    return found


def teams_of(seen: Seen, gebied: str) -> tuple[str, ...]:
    """
    List the wijkteams that work in an area, in order of id.

    A team works in an area when its werkgebied names the area, or another that shares a buurt with
    it: the rule by which an area is filtered (`reading.lying_or_working`).

    Parameters
    ----------
    seen
        The network of one reader.
    gebied
        Code of an area of the map.
    """
    buurten = set(seen.areas[gebied].buurten)
    related = {a.code for a in seen.areas.values() if buurten.intersection(a.buurten)} | {gebied}
    return tuple(
        actor.id
        for actor in seen.network.actors.values()
        if actor.soort is Soort.WIJKTEAM and related.intersection(actor.werkgebied)
    )
