"""Say opening hours in Dutch, and what holds today; how they are read is `domain/hours.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from socialmap.domain.hours import (
    ALWAYS,
    DAY,
    HOLIDAYS_OFF,
    MIDNIGHT,
    RULE,
    is_holiday,
    is_open_on,
    spans_on,
    split_rules,
)

_DAYS = {
    "Mo": "maandag",
    "Tu": "dinsdag",
    "We": "woensdag",
    "Th": "donderdag",
    "Fr": "vrijdag",
    "Sa": "zaterdag",
    "Su": "zondag",
}
_MONTHS = {
    "Jan": "januari",
    "Feb": "februari",
    "Mar": "maart",
    "Apr": "april",
    "May": "mei",
    "Jun": "juni",
    "Jul": "juli",
    "Aug": "augustus",
    "Sep": "september",
    "Oct": "oktober",
    "Nov": "november",
    "Dec": "december",
}
_NTH = {"1": "eerste", "2": "tweede", "3": "derde", "4": "vierde", "5": "vijfde", "-1": "laatste"}


@dataclass(frozen=True, slots=True)
class Today:
    """
    What the hours say of one day.

    Attributes
    ----------
    open
        Whether it is open at some time of the day.
    tekst
        A Dutch sentence without a full stop, such as `Vandaag open van 14 tot 16 uur`.
    """

    open: bool
    tekst: str


def say_hours(wanneer: str) -> tuple[str, ...]:
    """
    Say opening hours in Dutch words.

    Parameters
    ----------
    wanneer
        OpenStreetMap opening hours, such as `Tu 13:30-15:30; Sa[1,3] 15:00-18:00; PH off`.

    Returns
    -------
    tuple of str
        One phrase for each rule, in the order given, starting with a small letter. A notation that
        is not known here comes back as it was written. Empty when nothing is filled in.
    """
    text = wanneer.strip()
    if not text:
        return ()
    if text == ALWAYS:
        return ("dag en nacht, elke dag",)
    said = [_say_rule(rule) for rule in split_rules(text)]
    if None in said:
        return (text,)
    return tuple(phrase for phrase in said if phrase)


def say_hours_briefly(wanneer: str) -> str:
    """Say opening hours on one line for a list, with short names of days; see `say_hours`."""
    line = "; ".join(say_hours(wanneer))
    for day in _DAYS.values():
        line = re.sub(rf"\b{day}\b", day[:2], line)
    for month in _MONTHS.values():
        line = re.sub(rf"\b{month}\b", month[:3] if month != "maart" else "mrt", line)
    return line


def say_today(wanneer: str, today: date) -> Today | None:
    """
    Say whether it is open on a day, and when.

    Parameters
    ----------
    wanneer
        OpenStreetMap opening hours.
    today
        The day by the one clock, in Europe/Amsterdam.

    Returns
    -------
    Today or None
        None when no hours are filled in, or when `say_hours` does not know the notation.
    """
    text = wanneer.strip()
    if is_open_on(text, today) is None:
        return None
    spans = spans_on(text, today)
    holiday = is_holiday(today) and "PH" not in text
    if not spans:
        return Today(False, "Vandaag dicht")
    tail = ". Het is een feestdag: bel eerst" if holiday else ""
    return Today(True, f"Vandaag {_say_open(spans)}{tail}")


def _say_rule(rule: str) -> str | None:
    if rule in HOLIDAYS_OFF:
        return "niet op feestdagen"
    found = RULE.fullmatch(rule)
    if found is None:
        return None
    months, days, times = found["months"], found["days"], found["times"]
    season = f"{_join([_say_months(part) for part in months.split(',')])}: " if months else ""
    on = _say_days(days) if days else "elke dag"
    if times in ("off", "closed"):
        return f"{season}niet op {on}" if days else f"{season}dicht"
    return f"{season}{on} {_say_times(times)}"


def _say_months(part: str) -> str:
    first, _, last = part.partition("-")
    return f"{_MONTHS[first]} t/m {_MONTHS[last]}" if last else _MONTHS[first]


def _say_days(days: str) -> str:
    if days == "Mo-Su":
        return "elke dag"
    parts = re.findall(rf"({DAY})(?:-({DAY})|\[([-\d,]+)\])?", days)
    return _join([_say_day(*part) for part in parts])


def _say_day(first: str, last: str, nth: str) -> str:
    if nth:
        which = _join([_NTH.get(number, f"{number}e") for number in nth.split(",")])
        return f"elke {which} {_DAYS[first]} van de maand"
    if not last:
        return _DAYS[first]
    names = list(_DAYS)
    next_to = names.index(last) - names.index(first) == 1
    return f"{_DAYS[first]} {'en' if next_to else 't/m'} {_DAYS[last]}"


def _say_times(times: str) -> str:
    spans = [span.split("-") for span in times.split(",")]
    if any(end <= start for start, end in spans):
        return _join(
            [
                f"van {_clock(start)} tot {'de volgende dag ' if end <= start else ''}{_clock(end)}"
                for start, end in spans
            ]
        )
    return _join([f"{_short(start)}–{_short(end)}" for start, end in spans]) + " uur"


def _say_open(spans: list[tuple[str, str]]) -> str:
    if spans == [("00:00", MIDNIGHT)]:
        return "dag en nacht open"
    return "open " + _join([_say_span(start, end) for start, end in spans])


def _say_span(start: str, end: str) -> str:
    if start == "00:00":
        return f"tot {_clock(end)}"
    if end == MIDNIGHT:
        return f"van {_clock(start)} tot na middernacht"
    return f"van {_short(start)} tot {_clock(end)}"


def _short(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{int(hour)}" if minute == "00" else f"{int(hour)}.{minute}"


def _clock(clock: str) -> str:
    return f"{_short(clock)} uur"


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"
