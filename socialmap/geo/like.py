"""Find the areas whose residents are most like those of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer

#: Areas of which a profile shows the figures beside the own ones.
MOST_LIKE = 3
#: With fewer figures known of both, two areas are not held against each other.
LEAST_FIGURES = 3
_COUNTS: Final = ("personen", "huishoudens")
_RESIDENTS: Final = "inwoners"
_DECIMALS = 9

Figures = Mapping[str, float]


def find_like(
    areas: Sequence[Gebied], figures: Mapping[str, Figures]
) -> dict[str, tuple[str, ...]]:
    """
    Give for each area the three that are nearest in standardised key figures.

    Each figure is divided by its spread over the areas; distance is the root of the mean square
    over the figures that both have. O(a^2 f) for a areas and f figures.

    Parameters
    ----------
    areas
        Of one level.
    figures
        By area, by name of the figure. An area without figures is like none.

    Returns
    -------
    like
        By code in order, nearest first, then by code; fewer or none where too little is known.
    """
    order = LikeOrder(areas, figures)
    return {code: order.nearest(code)[:MOST_LIKE] for code in order.codes}


class LikeOrder:
    """Areas of one level in standardised key figures; made once, asked for some of them."""

    def __init__(self, areas: Sequence[Gebied], figures: Mapping[str, Figures]) -> None:
        """Standardise the figures; see `find_like` for what counts."""
        self.codes = sorted(area.code for area in areas)
        self._row = {code: row for row, code in enumerate(self.codes)}
        self._table = _standardised(self.codes, figures)

    def nearest(self, code: str) -> tuple[str, ...]:
        """
        List the other areas, most like first, then by code. O(a f) for a areas and f figures.

        Without those of which too few figures are known to tell.
        """
        row = self._row[code]
        squares = (self._table - self._table[row]) ** 2
        known = np.isfinite(squares).sum(axis=1)
        total = np.where(np.isfinite(squares), squares, 0.0).sum(axis=1)
        distance = np.sqrt(total / np.maximum(known, 1)).round(_DECIMALS)
        distance[known < LEAST_FIGURES] = np.inf
        distance[row] = np.inf
        order = np.argsort(distance, kind="stable")
        return tuple(self.codes[other] for other in order if np.isfinite(distance[other]))


def figures_of(
    area: Gebied, areas: Mapping[str, Gebied], residents: Mapping[str, Sequence[Kerncijfer]]
) -> Figures:
    """
    Give the key figures of a wijk, or of a teamgebied from the wijken that it lies in.

    A wijk counts for the part of its inhabited surface that lies in the teamgebied (begrippen.md,
    "Need"): numbers are added by that part, shares are weighted by inhabitants.

    Parameters
    ----------
    area
        Wijk or teamgebied.
    areas
        All areas of the map by code.
    residents
        Key figures of each wijk.

    Returns
    -------
    figures
        By name. Without a figure that one of the wijken lacks; empty where a buurt has no wijk.
    """
    if area.niveau is Gebiedsniveau.WIJK:
        return {figure.naam: figure.waarde for figure in residents.get(area.code, ())}
    parts = _parts(area, areas)
    tables = {code: {f.naam: f for f in residents.get(code, ())} for code in parts}
    if not parts or not all(_RESIDENTS in table for table in tables.values()):
        return {}
    people = {code: tables[code][_RESIDENTS].waarde * part for code, part in parts.items()}
    shared = set.intersection(*(set(table) for table in tables.values()))
    made = {}
    for name in sorted(shared):
        figures = {code: table[name] for code, table in tables.items()}
        counts = next(iter(figures.values())).eenheid in _COUNTS
        weights = parts if counts else people
        total = sum(figures[code].waarde * weights[code] for code in parts)
        made[name] = total if counts else total / (sum(people.values()) or 1.0)
    return made


def _parts(area: Gebied, areas: Mapping[str, Gebied]) -> dict[str, float]:
    """Give the part of each wijk, by inhabited surface, that lies in an area; empty if unknown."""
    own = {code for code in area.buurten if code in areas}
    parts: dict[str, float] = {}
    for wijk in areas.values():
        if wijk.niveau is not Gebiedsniveau.WIJK or own.isdisjoint(wijk.buurten):
            continue
        surface = {code: _inhabited_m2(areas[code]) for code in wijk.buurten}
        whole = sum(surface.values())
        inside = sum(m2 for code, m2 in surface.items() if code in own)
        parts[wijk.code] = inside / whole if whole else 1.0
        own.difference_update(wijk.buurten)
    return {} if own else {code: parts[code] for code in sorted(parts)}


def _inhabited_m2(buurt: Gebied) -> float:
    return 0.0 if buurt.vrijwel_onbewoond else buurt.oppervlakte_m2


def _standardised(codes: Sequence[str], figures: Mapping[str, Figures]) -> NDArray[np.float64]:
    """Give one row per area and one column per figure, nan where it is not known."""
    names = sorted({name for code in codes for name in figures.get(code, {})})
    table = np.full((len(codes), len(names)), np.nan)
    for row, code in enumerate(codes):
        for column, name in enumerate(names):
            table[row, column] = figures.get(code, {}).get(name, np.nan)
    for column in range(len(names)):
        known = table[np.isfinite(table[:, column]), column]
        spread = float(np.std(known))
        table[:, column] = table[:, column] / spread if spread else np.nan
    return table
