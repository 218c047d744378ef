"""Where somebody looked, so that "nothing there" is told from "nobody looked"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from socialmap.coverage.ground import Bools, Ground
from socialmap.domain.clock import months_earlier
from socialmap.domain.model import Inventarisatie

if TYPE_CHECKING:
    from socialmap.coverage.cells import Question

#: Longer ago than this nobody knows whether it still holds.
VALID_MONTHS = 24
#: "Nothing" takes this many who were asked (begrippen.md, "Things": inventarisatie).
LEAST_ASKED = 2
NOTHING = "niets_gevonden"


def valid_inventories(
    inventories: Iterable[Inventarisatie], thema: str, doelgroep: str, today: date
) -> Iterator[Inventarisatie]:
    """
    Give the inventarisaties that hold for a theme and a group on a day.

    Of the last 24 months; one without a group holds for all groups; one that found nothing counts
    when at least two were asked.
    """
    since = months_earlier(today, VALID_MONTHS)
    for one in inventories:
        if one.thema != thema or one.doelgroep not in ("", doelgroep):
            continue
        if not since <= one.datum <= today:
            continue
        if one.uitkomst == NOTHING and len(set(one.gevraagd_aan)) < LEAST_ASKED:
            continue
        yield one


def looked_at(
    ground: Ground, inventories: Sequence[Inventarisatie], question: Question, today: date
) -> Bools:
    """Tell of each buurt, shape (n,), whether somebody looked; of an area holds inside it."""
    valid = valid_inventories(inventories, question.thema, question.doelgroep, today)
    return _mark(ground, valid)


def nothing_found(
    ground: Ground, inventories: Sequence[Inventarisatie], question: Question, today: date
) -> Bools:
    """Tell of each buurt, shape (n,), whether somebody looked and found nothing at all."""
    valid = valid_inventories(inventories, question.thema, question.doelgroep, today)
    return _mark(ground, (one for one in valid if one.uitkomst == NOTHING))


def _mark(ground: Ground, inventories: Iterable[Inventarisatie]) -> Bools:
    marked = np.zeros(len(ground.buurten), dtype=np.bool_)
    for one in inventories:
        if one.gebied in ground.members:
            marked[ground.members[one.gebied]] = True
    return marked
