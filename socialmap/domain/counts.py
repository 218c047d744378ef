"""How numbers of persons are said, so that no shown figure points at a few people."""

from __future__ import annotations

import math

from socialmap.domain.errors import SocialMapError

#: What a count of 0, and one of 1 to 9, is called.
NONE, FEW = "geen", "minder dan 10"


class NegativeCountError(SocialMapError):
    """A number of persons below zero means that a figure was made wrong."""


def say_persons(count: float | None) -> str:
    """
    Say a number of persons, rounded once to tens (eisen.md, 19; begrippen.md, "Need").

    Parameters
    ----------
    count
        Persons, unrounded; None when no figure is known.

    Returns
    -------
    str
        `aantal onbekend`, `geen`, `minder dan 10`, or tens with a dot for thousands.
    """
    rounded = round_persons(count)
    if rounded is None:
        return "aantal onbekend"
    if rounded == 0:
        return NONE if count == 0 else FEW
    return f"{rounded:,}".replace(",", ".")


def round_persons(count: float | None) -> int | None:
    """Round persons to tens, half up; 1 to 9 becomes 0 here and is said as "minder dan 10"."""
    if count is None:
        return None
    if count < 0 or not math.isfinite(count):
        raise NegativeCountError("Een aantal personen kan niet kleiner zijn dan nul.")
    if count < 10:
        return 0
    return math.floor(count / 10 + 0.5) * 10
