"""Read opening hours: the OpenStreetMap notation of `Aanbod.wanneer`, and when it is open on a day.

Rules are read as people write them: a later rule for the same day adds its times, and replaces
the earlier ones only where the two overlap (a winter season) or where it says `off`. The notation
itself always replaces, which would drop the morning of `We 09:30-11:30; We 19:00-20:30`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from opening_hours import OpeningHours, State, validate

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Rules that only close on public holidays.
HOLIDAYS_OFF = ("PH off", "PH closed")
ALWAYS = "24/7"
MIDNIGHT = "24:00"
_COUNTRY = "NL"

DAY = "|".join(DAYS)
MONTH = "|".join(MONTHS)
_SPAN = r"\d\d:\d\d-\d\d:\d\d"
_MONTH_PART = rf"(?:{MONTH})(?:-(?:{MONTH}))?"
_DAY_PART = rf"(?:{DAY})(?:-(?:{DAY})|\[-?\d(?:,-?\d)*\])?"
RULE = re.compile(
    rf"(?:(?P<months>{_MONTH_PART}(?:,{_MONTH_PART})*) )?"
    rf"(?:(?P<days>{_DAY_PART}(?:,{_DAY_PART})*) )?"
    rf"(?P<times>{_SPAN}(?:,{_SPAN})*|off|closed)"
)


def split_rules(text: str) -> list[str]:
    """Give the rules of a notation in order."""
    return [rule.strip() for rule in text.split(";") if rule.strip()]


def is_known(wanneer: str) -> bool:
    """Tell whether every rule of a notation can be read here."""
    text = wanneer.strip()
    if text == ALWAYS:
        return True
    rules = split_rules(text)
    return bool(rules) and all(r in HOLIDAYS_OFF or RULE.fullmatch(r) for r in rules)


def is_open_on(wanneer: str, day: date) -> bool | None:
    """
    Tell whether it is open at some time of a day.

    Parameters
    ----------
    wanneer
        OpenStreetMap opening hours.
    day
        The day by the one clock, in Europe/Amsterdam.

    Returns
    -------
    bool or None
        None when no hours are filled in, or when the notation is not known here.
    """
    text = wanneer.strip()
    if not is_known(text) or not validate(text):
        return None
    return bool(spans_on(text, day))


def spans_on(text: str, today: date) -> list[tuple[str, str]]:
    """Give the spans of a day at which a known notation is open, as `HH:MM`, joined, in order."""
    kept: list[tuple[str, str]] = []
    for rule in split_rules(text):
        if rule.endswith((" off", " closed")):
            # Set against always open, a rule that closes shows whether it speaks of this day.
            if not _library_spans(f"24/7; {rule}", today):
                kept = []
            continue
        new = _library_spans(rule, today)
        if any(start < last and first < end for start, end in new for first, last in kept):
            kept = []
        kept += new
    return _merge(sorted(kept))


def _merge(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _library_spans(rule: str, today: date) -> list[tuple[str, str]]:
    begin = datetime.combine(today, time())
    end = begin + timedelta(days=1)
    spans = []
    for start, stop, state, _comment in OpeningHours(rule, country=_COUNTRY).intervals(begin, end):
        if state == State.OPEN:
            # The time zone, where the library adds one, does not matter within one day.
            first = max(start.replace(tzinfo=None), begin)
            last = end if stop is None else min(stop.replace(tzinfo=None), end)
            spans.append((f"{first:%H:%M}", MIDNIGHT if last == end else f"{last:%H:%M}"))
    return spans


def is_holiday(today: date) -> bool:
    """Tell whether a day is a public holiday in the Netherlands."""
    return bool(_library_spans("PH 00:00-24:00", today))
