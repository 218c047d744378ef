"""What is said of an area by itself: facts of documents, and teams without a place there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely

from socialmap.coverage.ground import Ground
from socialmap.domain.codes import Gebiedsniveau, Soort, Status
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.geo.measure import point_rd


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """A sentence about an area that a document states; `bron` is document, section and year."""

    gebied: str
    tekst: str
    bron: str
    jaar: int

    def __str__(self) -> str:
        """Say it with its source: nobody has confirmed it."""
        return f"{self.tekst} (volgens bron uit {self.jaar}: {self.bron})"


def facts_about(facts: Iterable[AreaFact], area: Gebied, ground: Ground) -> list[AreaFact]:
    """List the facts about an area itself, an area that holds all of it, or one inside it."""
    own = set(area.buurten)
    found = []
    for fact in facts:
        other = set(ground.areas[fact.gebied].buurten) if fact.gebied in ground.areas else set()
        if fact.gebied == area.code or (own and other and (own <= other or other <= own)):
            found.append(fact)
    return found


def teams_without_place(
    ground: Ground, area: Gebied, actors: Sequence[Actor], offers: Sequence[Aanbod]
) -> list[Actor]:
    """
    List the wijkteams that serve all of a wijk and have a place elsewhere, but none in that wijk.

    Parameters
    ----------
    ground
        All areas.
    area
        A wijk, or a buurt: then its wijk is looked at. Of another level: none.
    actors, offers
        As the reader may see them, documented ones included.

    Returns
    -------
    teams
        By id.
    """
    wijk = _wijk_of(ground, area)
    if wijk is None:
        return []
    surface = shapely.union_all(ground.shapes[ground.members[wijk.code]])
    shapely.prepare(surface)
    found = []
    for team in actors:
        if team.soort is not Soort.WIJKTEAM or team.status is Status.GESTOPT:
            continue
        if not set(wijk.buurten) <= _served(ground, team):
            continue
        known: list[Actor | Aanbod] = [team, *(o for o in offers if o.actor_id == team.id)]
        places = [
            point_rd(one.lon, one.lat)
            for one in known
            if one.lon is not None and one.lat is not None
        ]
        if places and not shapely.intersects(surface, places).any():
            found.append(team)
    return sorted(found, key=lambda team: team.id)


def _served(ground: Ground, team: Actor) -> set[str]:
    areas = [ground.areas[code] for code in team.werkgebied if code in ground.areas]
    return {buurt for area in areas for buurt in area.buurten}


def _wijk_of(ground: Ground, area: Gebied) -> Gebied | None:
    if area.niveau is Gebiedsniveau.WIJK:
        return area if area.code in ground.members else None
    if area.niveau is Gebiedsniveau.BUURT:
        for other in ground.areas.values():
            if other.niveau is Gebiedsniveau.WIJK and area.code in other.buurten:
                return other
    return None
