"""The verdicts and gaps of one question over all themes, kept until the map changes.

A visitor looks at the same map in several ways; judging all themes anew each time costs more than
the rest of the page.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.coverage.assess import Assessment
from socialmap.coverage.gaps import Gap, find_gaps
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.times import Tijd
from socialmap.domain.codes import Gebiedsniveau

#: Boards that are kept: a few levels and groups of each kind of reader.
_KEPT = 24


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """Level of the areas, group, reach and time; see `CoverageMap.assess`."""

    niveau: Gebiedsniveau
    doelgroep: str
    straal_m: float | None
    tijd: Tijd | None


@dataclass(frozen=True, slots=True)
class Board:
    """
    All themes in all areas of a level.

    Attributes
    ----------
    stands
        By theme and by code of the area, in order of name.
    gaps
        In the order of `find_gaps`.
    """

    stands: Mapping[str, Mapping[str, Assessment]]
    gaps: tuple[Gap, ...]


class BoardKeeper:
    """Keeps the boards that were asked last; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, BoardQuestion], tuple[CoverageMap, Board]] = (
            OrderedDict()
        )

    def board(self, coverage: CoverageMap, themas: Sequence[str], question: BoardQuestion) -> Board:
        """Give the board of a question on a map; made when it is not there yet."""
        key = id(coverage), question
        with self._lock:
            found = self._kept.get(key)
            # A map that is gone may have left its number to another.
            if found is not None and found[0] is coverage:
                self._kept.move_to_end(key)
                return found[1]
        made = _make(coverage, themas, question)
        with self._lock:
            self._kept[key] = coverage, made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def _make(coverage: CoverageMap, themas: Sequence[str], question: BoardQuestion) -> Board:
    stands = {
        thema: {
            stand.gebied.code: stand
            for stand in coverage.assess(
                question.niveau, thema, question.doelgroep, question.straal_m, question.tijd
            )
        }
        for thema in themas
    }
    gaps = find_gaps(
        coverage,
        question.niveau,
        themas,
        question.doelgroep,
        alle_themas=themas,
        straal_m=question.straal_m,
        tijd=question.tijd,
    )
    return Board(stands, gaps)
