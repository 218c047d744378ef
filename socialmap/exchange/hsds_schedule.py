"""Opening hours as schedules of HSDS 3.1 (fields of RFC 5545), and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from socialmap.domain.hours import ALWAYS, DAYS, RULE, split_rules

#: Name of each day of the week in RFC 5545, by its name in the notation of OpenStreetMap.
_ICAL = {day: day.upper() for day in DAYS}
_OSM = {name: day for day, name in _ICAL.items()}
_NTH = re.compile(r"(?P<day>[A-Z][a-z])\[(?P<nth>-?\d(?:,-?\d)*)\]")
_BYDAY = re.compile(r"(?P<nth>-?[1-5])?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_CLOCK = re.compile(r"(?P<clock>[0-2]\d:[0-5]\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")
#: What a schedule of another maker may say that opening hours here cannot.
_BEYOND = ("byweekno", "bymonthday", "byyearday", "count")

Json = dict[str, Any]


def to_schedules(wanneer: str) -> list[Json]:
    """
    Write opening hours as schedules, without ids.

    Parameters
    ----------
    wanneer
        Notation of OpenStreetMap.

    Returns
    -------
    schedules
        One for each span of each rule; `description` is the rule itself. A rule that HSDS has no
        fields for (months, holidays, closed) has its description only.
    """
    text = wanneer.strip()
    if text == ALWAYS:
        every = ",".join(_ICAL.values())
        return [_schedule("WEEKLY", every, "00:00", "24:00", text)]
    return [schedule for rule in split_rules(text) for schedule in _rule(rule)]


def from_schedules(schedules: Sequence[Mapping[str, Any]]) -> tuple[str, int]:
    """
    Read schedules as opening hours.

    Returns
    -------
    wanneer, left
        The notation of OpenStreetMap, and how many schedules could not be said in it.
    """
    rules: list[tuple[str, list[str]]] = []
    left = 0
    for schedule in schedules:
        read = _read(schedule)
        if read is None:
            left += 1
        elif rules and rules[-1][0] == read[0]:
            rules[-1][1].append(read[1])
        else:
            rules.append((read[0], [read[1]]))
    return "; ".join(f"{days} {','.join(spans)}" for days, spans in rules), left


def _rule(rule: str) -> list[Json]:
    found = RULE.fullmatch(rule)
    if not found or found["months"] or found["times"] in ("off", "closed"):
        return [{"description": rule}]
    days = found["days"] or "Mo-Su"
    nth = _NTH.fullmatch(days)
    if nth:
        byday = ",".join(f"{number}{_ICAL[nth['day']]}" for number in nth["nth"].split(","))
    elif "[" in days:
        return [{"description": rule}]
    else:
        byday = ",".join(_ICAL[day] for day in _spread(days))
    freq = "MONTHLY" if nth else "WEEKLY"
    spans = (span.partition("-") for span in found["times"].split(","))
    return [_schedule(freq, byday, opens, closes, rule) for opens, _, closes in spans]


def _schedule(freq: str, byday: str, opens: str, closes: str, rule: str) -> Json:
    return {
        "freq": freq,
        "interval": 1,
        "wkst": "MO",
        "byday": byday,
        "opens_at": opens,
        "closes_at": closes,
        "description": rule,
    }


def _spread(days: str) -> list[str]:
    """Name every day of a list of days and ranges, in order; a range may run over Sunday."""
    found: list[str] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        length = (end - start) % len(DAYS) + 1
        found += [DAYS[(start + step) % len(DAYS)] for step in range(length)]
    return list(dict.fromkeys(found))


def _read(schedule: Mapping[str, Any]) -> tuple[str, str] | None:
    days = _read_days(schedule)
    opens = _CLOCK.fullmatch(str(schedule.get("opens_at") or ""))
    closes = _CLOCK.fullmatch(str(schedule.get("closes_at") or ""))
    beyond = any(schedule.get(name) for name in _BEYOND)
    if days is None or not opens or not closes or beyond:
        return None
    return days, f"{opens['clock']}-{closes['clock']}"


def _read_days(schedule: Mapping[str, Any]) -> str | None:
    if str(schedule.get("interval") or 1) not in ("1", "1.0"):
        return None
    parts = [part.strip() for part in str(schedule.get("byday") or "").split(",")]
    found = [_BYDAY.fullmatch(part) for part in parts]
    if not all(found):
        return None
    marks = [(match["nth"], _OSM[match["day"]]) for match in found if match]
    if str(schedule.get("freq") or "") == "MONTHLY":
        numbers = [nth for nth, _ in marks if nth]
        one = {day for _, day in marks}
        return f"{one.pop()}[{','.join(numbers)}]" if len(one) == 1 and numbers else None
    if any(nth for nth, _ in marks):
        return None
    return _join([day for _, day in marks])


def _join(days: Sequence[str]) -> str:
    """Write days as people do: three or more in a row as a range."""
    order = sorted({DAYS.index(day) for day in days})
    runs: list[list[int]] = []
    for place in order:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    parts = []
    for run in runs:
        names = [DAYS[place] for place in run]
        parts += [f"{names[0]}-{names[-1]}"] if len(run) > 2 else names
    return ",".join(parts)
