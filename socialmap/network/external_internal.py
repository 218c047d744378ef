"""Measure per area whether formal and informal help meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from socialmap.domain.codes import Lijn
from socialmap.network.graph import Network, Places

#: With fewer lines one line changes the index too much to say anything.
LEAST_LINES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingIndex:
    """How far formal and informal actors look to each other in one area.

    Attributes
    ----------
    gebied
        Code of the area.
    lijnen
        Pairs with an actual tie, with a line known of both and at least one placed in the area.
    tussen
        How many of them join a formal and an informal actor; None under `LEAST_LINES`.
    waarde
        E-I index, -1 (only among themselves) to 1 (only with each other); None under `LEAST_LINES`.
    verwacht
        What the index would be if every possible pair were as likely; None when `waarde` is.
    """

    gebied: str
    lijnen: int
    tussen: int | None
    waarde: float | None
    verwacht: float | None


def find_meeting(network: Network, places: Places) -> tuple[MeetingIndex, ...]:
    """
    Give the E-I index of formal and informal actors for every area that holds one.

    (between - within) / all (Krackhardt and Stern 1988, https://doi.org/10.2307/2786835); formal
    is line 1 and 2, informal line 0. Several ties between two actors are one line. Expected is the
    same fraction over all pairs that could have been, at least one of the two in the area.
    O(n a + m a) for n actors, m lines and a areas per place.

    Parameters
    ----------
    network
        Not modified. Actors without a line count nowhere.
    places
        Areas of each placed actor, of every level that is wanted.

    Returns
    -------
    indexes
        In order of area code.
    """
    formal = {
        a.id: a.lijn is not Lijn.BEWONERS for a in network.actors.values() if a.lijn is not None
    }
    everywhere = Counter(formal.values())
    placed: dict[str, Counter[bool]] = {}
    for actor_id, is_formal in formal.items():
        for area in set(places.get(actor_id, ())):
            placed.setdefault(area, Counter())[is_formal] += 1
    lines, between = _count_lines(network.lines.edges, formal, places)
    return tuple(
        _index(area, lines[area], between[area], _expected(placed[area], everywhere))
        for area in sorted(placed)
    )


def _count_lines(
    edges: Iterable[tuple[str, str]], formal: dict[str, bool], places: Places
) -> tuple[Counter[str], Counter[str]]:
    lines: Counter[str] = Counter()
    between: Counter[str] = Counter()
    for van, naar in edges:
        if van not in formal or naar not in formal:
            continue
        for area in {*places.get(van, ()), *places.get(naar, ())}:
            lines[area] += 1
            between[area] += formal[van] != formal[naar]
    return lines, between


def _index(area: str, lines: int, between: int, expected: float) -> MeetingIndex:
    if lines < LEAST_LINES:
        return MeetingIndex(gebied=area, lijnen=lines, tussen=None, waarde=None, verwacht=None)
    value = (2 * between - lines) / lines
    return MeetingIndex(gebied=area, lijnen=lines, tussen=between, waarde=value, verwacht=expected)


def _expected(here: Counter[bool], everywhere: Counter[bool]) -> float:
    """Give the index over all pairs with at least one end here; 0 when there is no such pair."""
    within = sum(
        _pairs(everywhere[kind]) - _pairs(everywhere[kind] - here[kind]) for kind in _KINDS
    )
    outside = [everywhere[kind] - here[kind] for kind in _KINDS]
    between = everywhere[True] * everywhere[False] - outside[0] * outside[1]
    return (between - within) / (between + within) if between + within else 0.0


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


_KINDS = (True, False)
