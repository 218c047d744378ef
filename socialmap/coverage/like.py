"""Where it is covered among like people: "what did others do about it" (source 003, 5.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.coverage.assess import Assessment
from socialmap.coverage.ground import Ground
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.geo.like import MOST_LIKE, Figures, LikeOrder, figures_of

#: Numbers of a larger area say nothing about how large a smaller one is.
_COUNTS = ("personen", "huishoudens")


@dataclass(frozen=True, slots=True)
class LikeArea:
    """A like area where the theme is covered, and the ids of the offers that do it."""

    gebied: Gebied
    aanbod: tuple[str, ...]


def like_order(ground: Ground, areas: Sequence[Gebied]) -> LikeOrder:
    """Put areas of one level in standardised key figures."""
    residents: dict[str, list[Kerncijfer]] = {}
    for figure in _newest(ground):
        residents.setdefault(figure.gebied, []).append(figure)
    return LikeOrder(areas, {area.code: _figures(area, ground, residents) for area in areas})


def covered_like(
    order: LikeOrder, code: str, assessments: Mapping[str, Assessment]
) -> tuple[LikeArea, ...]:
    """
    List the three most like areas where the theme is covered.

    Parameters
    ----------
    order
        Areas of the level.
    code
        The area that lacks it.
    assessments
        Of the same theme and group, by area.
    """
    found = [
        LikeArea(assessments[other].gebied, assessments[other].aanbod)
        for other in order.nearest(code)
        if other in assessments and assessments[other].oordeel is Oordeel.GEDEKT
    ]
    return tuple(found[:MOST_LIKE])


def _newest(ground: Ground) -> list[Kerncijfer]:
    newest: dict[tuple[str, str], Kerncijfer] = {}
    for figure in ground.figures:
        known = newest.get((figure.gebied, figure.naam))
        if known is None or known.jaar < figure.jaar:
            newest[figure.gebied, figure.naam] = figure
    return list(newest.values())


def _figures(
    area: Gebied, ground: Ground, residents: Mapping[str, Sequence[Kerncijfer]]
) -> Figures:
    """Give the figures of an area; without own ones the shares of the larger area that holds it."""
    own = {figure.naam: figure.waarde for figure in residents.get(area.code, ())}
    if own:
        return own
    if area.niveau in (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN):
        put_together = figures_of(area, ground.areas, residents)
        if put_together:
            return put_together
    for larger in _holding(area, ground):
        shares = {
            figure.naam: figure.waarde
            for figure in residents.get(larger, ())
            if figure.eenheid not in _COUNTS
        }
        if shares:
            return shares
    return {}


def _holding(area: Gebied, ground: Ground) -> list[str]:
    """Give the wijk and the gemeente that hold all of an area."""
    inside = set(area.buurten)
    wijken = [
        other.code
        for other in ground.areas.values()
        if other.niveau is Gebiedsniveau.WIJK and inside <= set(other.buurten)
    ]
    return [*wijken, area.gemeente]
