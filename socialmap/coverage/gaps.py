"""Decide what the gaps are, and which of them comes first (begrippen.md, "Coverage")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from socialmap.coverage.assess import Assessment
from socialmap.coverage.like import LikeArea, covered_like, like_order
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.times import Tijd
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.codes import Gebiedsniveau

#: Verdicts under which a theme is missing: found not to be there, or never looked for.
MISSING = (Oordeel.GAT, Oordeel.ONBEKEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """
    A theme that is missing for a group in an area.

    Attributes
    ----------
    stand
        What is known of it; its verdict is one of `MISSING`.
    samen
        How many themes are missing there for this group, this one counted.
    vergelijkbaar
        Like areas where it is covered.
    """

    stand: Assessment
    samen: int
    vergelijkbaar: tuple[LikeArea, ...]


def find_gaps(
    coverage: CoverageMap,
    niveau: Gebiedsniveau,
    themas: Sequence[str],
    doelgroep: str = EVERYBODY,
    *,
    alle_themas: Sequence[str],
    straal_m: float | None = None,
    tijd: Tijd | None = None,
    gebied: str = "",
) -> tuple[Gap, ...]:
    """
    List the gaps in the areas of a level.

    Parameters
    ----------
    coverage
        The map of one reader.
    niveau, gebied, straal_m, tijd
        As in `CoverageMap.assess`.
    themas
        Themes to list gaps of.
    doelgroep
        One group.
    alle_themas
        Themes that count for how many are missing together.

    Returns
    -------
    gaps
        By the number of themes missing together, then by size, then by code of area and theme.
        Those of which the number of persons is unknown come last, without size.
    """
    stands = {
        thema: coverage.assess(niveau, thema, doelgroep, straal_m, tijd) for thema in alle_themas
    }
    missing = Counter(
        stand.gebied.code
        for found in stands.values()
        for stand in found
        if stand.oordeel in MISSING
    )
    kept = {area.code for area in coverage.ground.of_level(niveau, gebied)}
    order = like_order(coverage.ground, coverage.ground.of_level(niveau))
    gaps = []
    for thema in themas:
        by_area = {stand.gebied.code: stand for stand in stands[thema]}
        for code, stand in by_area.items():
            if code in kept and stand.oordeel in MISSING:
                like = covered_like(order, code, by_area)
                gaps.append(Gap(stand=stand, samen=missing[code], vergelijkbaar=like))
    return tuple(sorted(gaps, key=_rank))


def _rank(gap: Gap) -> tuple[bool, int, float, str, str]:
    stand = gap.stand
    unknown = stand.personen is None
    return unknown, -gap.samen, -(stand.personen or 0.0), stand.gebied.code, stand.thema
