"""Give the figures of the network of each area, beside those of like areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from socialmap.domain.codes import Gebiedsniveau, Soort
from socialmap.domain.model import Gebied
from socialmap.geo.like import figures_of, find_like
from socialmap.network.external_internal import MeetingIndex
from socialmap.network.graph import Places

if TYPE_CHECKING:
    from socialmap.network.reading import Seen

#: Levels of which an area stands beside others that are like it.
LIKENED = (Gebiedsniveau.WIJK, Gebiedsniveau.TEAMGEBIED)
#: Levels that have a profile. Own areas and gemeenten are too different to be held side by side.
PROFILED = (*LIKENED, Gebiedsniveau.EIGEN, Gebiedsniveau.GEMEENTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The network of one area.

    Attributes
    ----------
    gebied
        The area.
    actoren
        Count by kind of the actors that have their place there; every kind is in it.
    lijnen, gewenst
        Pairs with an actual tie, and with a wished one, of which at least one has its place there.
    binnen
        Pairs with an actual tie that both have their place there.
    dichtheid
        `binnen` over the pairs that there are; None under two actors.
    sleutelposities, geisoleerd, niet_verbonden
        Counts of actors placed there, by the figures of the whole network.
    formeel_informeel
        E-I index.
    vergelijkbaar
        Codes of like areas of the same level, most like first; empty for other levels.
    """

    gebied: Gebied
    actoren: Mapping[str, int]
    lijnen: int
    gewenst: int
    binnen: int
    dichtheid: float | None
    sleutelposities: int
    geisoleerd: int
    niet_verbonden: int
    formeel_informeel: MeetingIndex
    vergelijkbaar: tuple[str, ...]


def make_profiles(seen: Seen) -> dict[str, Profile]:
    """
    Make the profile of every area of the map that has a level of `PROFILED`.

    O(n a + m a) for a areas per place, and what the figures and `find_like` cost.

    Parameters
    ----------
    seen
        The network of one reader.

    Returns
    -------
    profiles
        By code, from small to large areas.
    """
    places, actors = seen.places, seen.network.actors
    kinds: dict[str, Counter[str]] = {}
    for actor_id, held in places.items():
        for code in held:
            kinds.setdefault(code, Counter())[actors[actor_id].soort.value] += 1
    lines, inside = _count_lines(seen.network.lines, places)
    wished, _ = _count_lines(seen.network.wished, places)
    cuts = _count_placed((key.actor_id for key in seen.key_positions), places)
    alone = _count_placed(seen.isolated, places)
    astray = _count_placed((one.actor_id for one in seen.unconnected), places)
    meeting = {index.gebied: index for index in seen.meeting}
    like = _like(seen)
    made = {}
    for area in seen.areas.values():
        if area.niveau not in PROFILED:
            continue
        code = area.code
        here = kinds.get(code, Counter())
        pairs = here.total() * (here.total() - 1) // 2
        made[code] = Profile(
            gebied=area,
            actoren={soort.value: here[soort.value] for soort in Soort},
            lijnen=lines[code],
            gewenst=wished[code],
            binnen=inside[code],
            dichtheid=inside[code] / pairs if pairs else None,
            sleutelposities=cuts[code],
            geisoleerd=alone[code],
            niet_verbonden=astray[code],
            formeel_informeel=meeting.get(code) or _no_meeting(code),
            vergelijkbaar=like.get(code, ()),
        )
    return made


def _count_lines(graph: nx.Graph[str], places: Places) -> tuple[Counter[str], Counter[str]]:
    """Count by area the lines with one or both ends there, and those with both."""
    touching: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for van, naar in graph.edges:
        first, second = set(places.get(van, ())), set(places.get(naar, ()))
        touching.update(first | second)
        inside.update(first & second)
    return touching, inside


def _count_placed(actor_ids: Iterable[str], places: Places) -> Counter[str]:
    return Counter(code for actor_id in actor_ids for code in places.get(actor_id, ()))


def _like(seen: Seen) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for niveau in LIKENED:
        level = [area for area in seen.areas.values() if area.niveau is niveau]
        figures = {area.code: figures_of(area, seen.areas, seen.residents) for area in level}
        found |= find_like(level, figures)
    return found


def _no_meeting(code: str) -> MeetingIndex:
    return MeetingIndex(gebied=code, lijnen=0, tussen=None, waarde=None, verwacht=None)
