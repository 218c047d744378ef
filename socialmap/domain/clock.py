"""The one clock: every date that decides something comes from here and from nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
#: Names of the months, in order.
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time in Amsterdam; `peildatum` stops it at noon of one day (begrippen.md, "Time")."""

    peildatum: date | None = None

    def now(self) -> datetime:
        """Moment in Europe/Amsterdam, with its zone."""
        if self.peildatum is not None:
            return datetime.combine(self.peildatum, time(12), tzinfo=ZONE)
        return datetime.now(ZONE)

    def today(self) -> date:
        """Day in Europe/Amsterdam."""
        return self.now().date()


def months_earlier(day: date, months: int) -> date:
    """
    Give the same day some months before, or the last day of that month when it has no such day.

    Parameters
    ----------
    day
        Any date.
    months
        Whole months, negative to go forward.
    """
    index = day.year * 12 + (day.month - 1) - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise ValueError(day)
