"""Put buurten together into wijken, team areas and gemeenten, without gaps or slivers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import shapely

from socialmap.domain.codes import Gebiedsniveau
from socialmap.geo.area import Area
from socialmap.geo.boundary import Boundary, coverage_faults
from socialmap.geo.errors import BoundaryFaults
from socialmap.geo.measure import Shape, to_rd

BRON: Final = "© CBS / Kadaster, CC BY 4.0"
BRON_TEAM: Final = f"Teamindeling van de gemeente, op buurtgrenzen {BRON}"


def dissolve(boundaries: Sequence[Boundary], group_of: Mapping[str, str]) -> dict[str, Shape]:
    """
    Put boundaries together by group.

    `shapely.coverage_union_all`: neighbours share their corners, so the common lines vanish
    exactly and no corner moves. O(n log n) in the number of corners.

    Parameters
    ----------
    boundaries
        WGS84. Together they must be a valid coverage.
    group_of
        Code of a boundary -> code of its group. Boundaries without a group are left out.

    Returns
    -------
    shapes
        By code of the group, sorted; WGS84.

    Raises
    ------
    BoundaryFaults
        If boundaries overlap or do not share corners: one fault for each.
    """
    faults = coverage_faults(boundaries)
    if faults:
        raise BoundaryFaults(faults)
    groups: defaultdict[str, list[Shape]] = defaultdict(list)
    for boundary in boundaries:
        if boundary.code in group_of:
            groups[group_of[boundary.code]].append(boundary.shape)
    return {group: join(groups[group]) for group in sorted(groups)}


def join(shapes: Iterable[Shape]) -> Shape:
    """Put shapes that share corners and do not overlap together into one."""
    joined: Any = shapely.coverage_union_all(list(shapes))
    return joined  # type: ignore[no-any-return]


def build_areas(
    buurten: Sequence[Boundary],
    outlines: Sequence[Boundary],
    teams: Mapping[str, str],
    names: Mapping[str, str],
    onbewoond: frozenset[str],
) -> tuple[Area, ...]:
    """
    Make every area: buurten, and the wijken, team areas and gemeenten they form.

    A gemeente with buurten is made from them; one without is its outline, which is coarse and
    may overlap its neighbours.

    Parameters
    ----------
    buurten, outlines
        As read; the buurten are a valid coverage.
    teams
        Code of a buurt -> id of its team area.
    names
        Code of a wijk, team area or gemeente -> its name; must hold every one.
    onbewoond
        Codes of the buurten that hold few or no residents.

    Returns
    -------
    areas
        In no promised order; `AreaSet` orders them.

    Raises
    ------
    BoundaryFaults
        As `dissolve`.
    """
    groupings = {
        Gebiedsniveau.WIJK: {buurt.code: buurt.wijkcode for buurt in buurten},
        Gebiedsniveau.TEAMGEBIED: dict(teams),
        Gebiedsniveau.GEMEENTE: {buurt.code: buurt.gemeentecode for buurt in buurten},
    }
    areas = [_buurt_area(buurt, groupings, onbewoond) for buurt in buurten]
    for niveau, group_of in groupings.items():
        members = _members(group_of)
        for code, shape in dissolve(buurten, group_of).items():
            leden = members[code]
            areas.append(
                Area(
                    code=code,
                    naam=names[code],
                    niveau=niveau,
                    jaar=buurten[0].jaar,
                    bron=BRON_TEAM if niveau is Gebiedsniveau.TEAMGEBIED else BRON,
                    leden=leden,
                    ouders=_parents(niveau, leden, groupings),
                    vrijwel_onbewoond=onbewoond.issuperset(leden),
                    shape=shape,
                    shape_rd=to_rd(shape),
                )
            )
    made = {area.code for area in areas}
    areas += [_outline_area(outline) for outline in outlines if outline.code not in made]
    return tuple(areas)


# Level -> code of a buurt -> code of the area of that level that it lies in.
_Groupings = Mapping[Gebiedsniveau, Mapping[str, str]]


def _members(group_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, group in sorted(group_of.items()):
        found[group].append(code)
    return {group: tuple(codes) for group, codes in found.items()}


def _parents(niveau: Gebiedsniveau, leden: Sequence[str], groupings: _Groupings) -> tuple[str, ...]:
    """Codes of the larger areas that hold all these buurten; `groupings` runs small to large."""
    levels = list(groupings)
    larger = levels[levels.index(niveau) + 1 :] if niveau in groupings else levels
    found = [{groupings[level].get(lid) for lid in leden} for level in larger]
    return tuple(code for codes in found if len(codes) == 1 for code in codes if code)


def _buurt_area(buurt: Boundary, groupings: _Groupings, onbewoond: frozenset[str]) -> Area:
    return Area(
        code=buurt.code,
        naam=buurt.naam,
        niveau=Gebiedsniveau.BUURT,
        jaar=buurt.jaar,
        bron=BRON,
        leden=(),
        ouders=_parents(Gebiedsniveau.BUURT, [buurt.code], groupings),
        vrijwel_onbewoond=buurt.code in onbewoond,
        shape=buurt.shape,
        shape_rd=to_rd(buurt.shape),
    )


def _outline_area(outline: Boundary) -> Area:
    return Area(
        code=outline.code,
        naam=outline.naam,
        niveau=Gebiedsniveau.GEMEENTE,
        jaar=outline.jaar,
        bron=BRON,
        leden=(),
        ouders=(),
        vrijwel_onbewoond=False,
        shape=outline.shape,
        shape_rd=to_rd(outline.shape),
    )
