"""The proof that somebody was erased, or that consent was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wissing:
    """
    Proof that somebody was erased, or that consent was withdrawn; it names nobody.

    Attributes
    ----------
    nummer
        Random.
    soort
        `gewist` or `ingetrokken`.
    afdruk
        Keyed hash of the id of the person.
    dag
        Day by the one clock.
    rijen
        Rows that were deleted or emptied.
    schoon
        Whether the file was written anew since.
    """

    nummer: str
    soort: str
    afdruk: str
    dag: date
    rijen: int
    schoon: bool
