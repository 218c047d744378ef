"""At what time of the week an offer is open: coverage on Sunday, or in the evening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from opening_hours import validate

from socialmap.domain.hours import is_known, spans_on

DAYS_IN_WEEK = 7


class Dagdeel(StrEnum):
    """Part of a day."""

    OCHTEND = "ochtend"
    MIDDAG = "middag"
    AVOND = "avond"


#: From and until, as `HH:MM`.
HOURS = {
    Dagdeel.OCHTEND: ("06:00", "12:00"),
    Dagdeel.MIDDAG: ("12:00", "18:00"),
    Dagdeel.AVOND: ("18:00", "24:00"),
}


@dataclass(frozen=True, slots=True)
class Tijd:
    """
    A time of the week that coverage is asked for.

    Attributes
    ----------
    dag
        0 for Monday to 6 for Sunday; None for any day.
    dagdeel
        None for any part of the day.
    """

    dag: int | None = None
    dagdeel: str | None = None


@lru_cache(maxsize=100_000)
def is_open_at(wanneer: str, tijd: Tijd, today: date) -> bool | None:
    """
    Tell whether an offer is open at some moment of a time of the week, in the coming seven days.

    Parameters
    ----------
    wanneer
        OpenStreetMap opening hours.
    tijd
        The time that is asked.
    today
        First of the seven days, by the one clock.

    Returns
    -------
    bool or None
        None where no hours are filled in, or where they cannot be read.
    """
    text = wanneer.strip()
    if not is_known(text) or not validate(text):
        return None
    begin, end = HOURS[Dagdeel(tijd.dagdeel)] if tijd.dagdeel else ("00:00", "24:00")
    for ahead in range(DAYS_IN_WEEK):
        day = today + timedelta(days=ahead)
        if tijd.dag is not None and day.weekday() != tijd.dag:
            continue
        if any(start < end and begin < stop for start, stop in spans_on(text, day)):
            return True
    return False
