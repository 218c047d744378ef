"""How fresh a record is: when somebody last confirmed it, which is not when it was changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from socialmap.domain.clock import months_earlier

FRESH_MONTHS = 12
AGEING_MONTHS = 24
#: `bron` of a documented fact: document, section, year (`003, 6.1 De sociale basis, 2020`).
_DOCUMENTED = re.compile(r"^(?P<document>\d{3}), (?P<sectie>.+), (?P<jaar>\d{4})$")
_MONTHS = (
    "jan",
    "feb",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "aug",
    "sept",
    "okt",
    "nov",
    "dec",
)


class Versheid(StrEnum):
    """Freshness of a record (begrippen.md, "Freshness"); `bron` is a document nobody confirmed."""

    VERS = "vers"
    VEROUDERT = "veroudert"
    OUD = "oud"
    NOOIT = "nooit"
    BRON = "bron"


@dataclass(frozen=True, slots=True)
class Bronvermelding:
    """Where a documented fact stands."""

    document: str
    sectie: str
    jaar: int


def read_source(bron: str) -> Bronvermelding | None:
    """
    Read document, section and year from a `bron` cell.

    Returns
    -------
    Bronvermelding or None
        None when the cell holds something else, such as `wijkgesprek`.
    """
    match = _DOCUMENTED.match(bron)
    if match is None:
        return None
    return Bronvermelding(match["document"], match["sectie"], int(match["jaar"]))


def boundaries(today: date) -> tuple[date, date]:
    """Give the first day that still counts as fresh, and the first that still counts as ageing."""
    return months_earlier(today, FRESH_MONTHS), months_earlier(today, AGEING_MONTHS)


def freshness(gecontroleerd_op: date | None, bron: str, today: date) -> Versheid:
    """
    Judge a record by its check date and its source.

    Fresh at most 12 months ago, ageing to 24, stale after that; a record that nobody confirmed is
    `bron` when a document is its source and `nooit` otherwise.
    """
    if gecontroleerd_op is None:
        return Versheid.BRON if read_source(bron) else Versheid.NOOIT
    fresh, ageing = boundaries(today)
    if gecontroleerd_op >= fresh:
        return Versheid.VERS
    return Versheid.VEROUDERT if gecontroleerd_op >= ageing else Versheid.OUD


def say_freshness(gecontroleerd_op: date | None, bron: str, today: date) -> str:
    """Put the freshness in words, always with its date or year."""
    stand = freshness(gecontroleerd_op, bron, today)
    if gecontroleerd_op is None:
        source = read_source(bron)
        if source is None:
            return "Nooit nagekeken"
        return f"Volgens bron uit {source.jaar}, niet nagekeken"
    month = f"{_MONTHS[gecontroleerd_op.month - 1]} {gecontroleerd_op.year}"
    if stand is Versheid.VERS:
        return f"Nagekeken {month}"
    if stand is Versheid.VEROUDERT:
        return f"Veroudert: nagekeken {month}"
    return f"Niet nagekeken sinds {month}"
