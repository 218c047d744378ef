"""Put actors together by the area where they are, where one by one would be too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from socialmap.domain.codes import Feitelijk, Gebiedsniveau, Soort
from socialmap.domain.model import Actor, Gebied, Relatie
from socialmap.network.reading import Seen

#: Code of the group of those of whom no area is known.
NOWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Actors of one area, and of one kind where `soort` is given.

    Attributes
    ----------
    code
        `Gebied.code`; `NOWHERE` where no area is known.
    """

    id: str
    code: str
    soort: Soort | None
    actor_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Ties of one sort between two groups, or inside one: actual and wished apart.

    Attributes
    ----------
    van, naar
        `Group.id`, in order; equal for ties inside one group.
    ties
        In order of id.
    """

    van: str
    naar: str
    gewenst: bool
    ties: tuple[Relatie, ...]


def home_finder(seen: Seen, level: Gebiedsniveau) -> Callable[[Actor], Gebied | None]:
    """
    Make a function that tells in which area of a level an actor is at home.

    That is where its place lies; without a place the first area that it works in, or the area of
    the level that holds it; a larger one stays itself. None where nothing is known.
    """
    of_level = [area for area in seen.areas.values() if area.niveau is level]
    by_buurt = {buurt: area for area in of_level for buurt in area.buurten}
    kept: dict[str, Gebied | None] = {}

    def _of_area(code: str) -> Gebied | None:
        if code not in kept:
            area = seen.areas.get(code)
            if area is not None and area.niveau is not level:
                above = {id(by_buurt.get(buurt)) for buurt in area.buurten}
                held = by_buurt.get(area.buurten[0]) if area.buurten else None
                area = held if held is not None and len(above) == 1 else area
            kept[code] = area
        return kept[code]

    def home(actor: Actor) -> Gebied | None:
        for code in sorted(seen.places.get(actor.id, ())):
            area = seen.areas.get(code)
            if area is not None and area.niveau is level:
                return area
        return next((area for code in actor.werkgebied if (area := _of_area(code))), None)

    return home


def group_actors(
    seen: Seen, actors: Iterable[Actor], level: Gebiedsniveau, *, by_kind: bool
) -> tuple[Group, ...]:
    """
    Put actors together by area, and by kind within it. O(n + areas).

    Returns
    -------
    groups
        In order of id; every actor is in one.
    """
    home = home_finder(seen, level)
    found: dict[tuple[str, Soort | None], list[str]] = {}
    for actor in actors:
        area = home(actor)
        key = (area.code if area else NOWHERE, actor.soort if by_kind else None)
        found.setdefault(key, []).append(actor.id)
    groups = [
        Group(
            id=f"{code or 'nergens'}|{soort.value if soort else ''}",
            code=code,
            soort=soort,
            actor_ids=tuple(sorted(ids)),
        )
        for (code, soort), ids in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: group.id))


def bundle_ties(groups: Sequence[Group], ties: Iterable[Relatie]) -> tuple[Bundle, ...]:
    """Bundle the ties between groups and inside them, actual and wished apart."""
    of: Mapping[str, str] = {key: group.id for group in groups for key in group.actor_ids}
    found: dict[tuple[str, str, bool], list[Relatie]] = {}
    for tie in ties:
        ends = sorted((of[tie.van_id], of[tie.naar_id]))
        wished = tie.feitelijk is Feitelijk.GEWENST
        found.setdefault((ends[0], ends[1], wished), []).append(tie)
    return tuple(
        Bundle(van=van, naar=naar, gewenst=wished, ties=tuple(found[van, naar, wished]))
        for van, naar, wished in sorted(found)
    )
