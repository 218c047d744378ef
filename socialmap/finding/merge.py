"""Join the results of several needs: places that serve more than one first, then by turns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from socialmap.finding.certainty import SERVES
from socialmap.finding.ranking import Ranked


@dataclass(frozen=True, slots=True)
class Merged:
    """One offer in the joined order.

    Attributes
    ----------
    need
        The need that it answers best.
    position
        Where it stands in the ranking of that need, from 0.
    needs
        All needs that it serves; empty when there is one need.
    fit
        How certain it is that it fits that need (0 to 1).
    """

    need: int
    position: int
    needs: tuple[int, ...]
    fit: float


def merge_needs(rankings: Sequence[Ranked]) -> list[Merged]:
    """Give every offer of the rankings once, in the order to show. One ranking stays as it is."""
    if len(rankings) == 1:
        return [Merged(0, n, (), float(fit)) for n, fit in enumerate(rankings[0].fit)]
    serves: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for need, ranked in enumerate(rankings):
        for position in range(len(ranked.places)):
            if ranked.fit[position] >= SERVES:
                serves[int(ranked.places[position])].append((need, position))
    several = [found for found in serves.values() if len(found) > 1]
    several.sort(key=lambda found: _together(found, rankings))
    merged: dict[int, Merged] = {}
    for found in several:
        need, position = max(found, key=lambda one: (rankings[one[0]].fit[one[1]], -one[0]))
        place = int(rankings[need].places[position])
        merged[place] = _merged(need, position, tuple(n for n, _ in found), rankings)
    longest = max(len(ranked.places) for ranked in rankings)
    for position in range(longest):
        for need, ranked in enumerate(rankings):
            if position < len(ranked.places):
                place = int(ranked.places[position])
                if place not in merged:
                    merged[place] = _merged(need, position, (need,), rankings)
    return list(merged.values())


def _together(found: Sequence[tuple[int, int]], rankings: Sequence[Ranked]) -> tuple[float, int]:
    """Order by how well an offer serves all its needs, then by its place in the index."""
    fit = sum(float(rankings[need].fit[position]) for need, position in found)
    need, position = found[0]
    return -round(fit, 4), int(rankings[need].places[position])


def _merged(need: int, position: int, needs: tuple[int, ...], rankings: Sequence[Ranked]) -> Merged:
    return Merged(need, position, needs, float(rankings[need].fit[position]))
