"""Opening hours as events of iCalendar (RFC 5545), one for each span of each rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vRecur

from socialmap.domain.clock import ZONE
from socialmap.domain.hours import (
    ALWAYS,
    DAYS,
    HOLIDAYS_OFF,
    MIDNIGHT,
    MONTHS,
    RULE,
    is_holiday,
    is_known,
    spans_on,
    split_rules,
)
from socialmap.domain.model import Aanbod
from socialmap.exchange.hsds_words import child_id

_MAKER = "-//Sociale kaart van de wijk//NL"
#: How often a calendar program need not ask again.
_REFRESH = "P1D"


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of one rule: its days as RFC 5545 has them, and when it begins and ends."""

    rule: str
    recur: tuple[tuple[str, tuple[str, ...]], ...]
    opens: str
    closes: str


def make_agenda(name: str, offers: Iterable[Aanbod], today: date) -> bytes:
    """
    Write a calendar of offers.

    Parameters
    ----------
    name
        What a calendar program shows above it.
    offers
        In use, and for this reader; one without times that are known here has no events.
    today
        Events begin on the first day of this year; holidays and other days off are known to the
        end of the next.

    Returns
    -------
    data
        iCalendar in UTF-8. An event keeps its UID as long as its offer, rule and times are the
        same.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", _REFRESH)
    for offer in offers:
        for event in _events(offer, today):
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def has_events(wanneer: str) -> bool:
    """Tell whether opening hours have times that a calendar can show."""
    return bool(_spans(wanneer))


def _events(offer: Aanbod, today: date) -> Iterable[Event]:
    first, last = date(today.year, 1, 1), date(today.year + 1, 12, 31)
    dated = _dated(offer.wanneer, first, min(last, offer.loopt_tot or last))
    for number, (span, begins, away) in enumerate(dated):
        if begins is not None:
            yield _event(offer, span, number, begins, away, today)


@lru_cache(maxsize=4096)
def _dated(
    wanneer: str, first: date, last: date
) -> tuple[tuple[_Span, date | None, tuple[date, ...]], ...]:
    """Give each span with the first day that it is open, and the later days that it is not."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    made: list[tuple[_Span, date | None, tuple[date, ...]]] = []
    for span in _spans(wanneer):
        held = [day for day in days if _falls_on(span, day)]
        open_on = _open_days(wanneer, span, held)
        begins = open_on[0] if open_on else None
        still = frozenset(open_on)
        away = tuple(d for d in held if begins is not None and d > begins and d not in still)
        made.append((span, begins, away))
    return tuple(made)


def _event(
    offer: Aanbod, span: _Span, number: int, day: date, away: tuple[date, ...], today: date
) -> Event:
    begins, ends = _moment(day, span.opens), _moment(day, span.closes)
    event = Event()
    event.add("uid", child_id("event", f"{offer.id}:{number}:{span.rule}:{span.opens}"))
    event.add("dtstamp", datetime.combine(today, time(), tzinfo=UTC))
    event.add("dtstart", begins)
    event.add("dtend", ends if ends > begins else ends + timedelta(days=1))
    recur = vRecur({name: list(values) for name, values in span.recur})
    if offer.loopt_tot:
        end = datetime.combine(offer.loopt_tot, time(23, 59, 59), tzinfo=ZONE)
        recur["UNTIL"] = [end.astimezone(UTC)]
    event.add("rrule", recur)
    if away:
        event.add("exdate", [_moment(closed, span.opens) for closed in away])
    event.add("summary", offer.naam)
    where = ", ".join(filter(None, (offer.adres, f"{offer.postcode} {offer.plaats}".strip())))
    for name, text in (("location", where), ("description", offer.omschrijving)):
        if text:
            event.add(name, text)
    if offer.lon is not None and offer.lat is not None:
        event.add("geo", (offer.lat, offer.lon))
    return event


def _moment(day: date, clock: str) -> datetime:
    if clock == MIDNIGHT:
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZONE)
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZONE)


@lru_cache(maxsize=4096)
def _spans(wanneer: str) -> tuple[_Span, ...]:
    """Split opening hours in spans; always open is nothing for a calendar."""
    text = wanneer.strip()
    if not is_known(text) or text == ALWAYS:
        return ()
    found: list[_Span] = []
    for rule in split_rules(text):
        match = RULE.fullmatch(rule)
        if match is None or match["times"] in ("off", "closed"):
            continue
        months = tuple(str(number) for number in _places(match["months"] or "", MONTHS))
        for recur in _recurrences(match["days"] or "Mo-Su"):
            # A day of the month without BYMONTH is every month.
            whole = (*recur, ("BYMONTH", months)) if months else recur
            for times in match["times"].split(","):
                opens, _, closes = times.partition("-")
                found.append(_Span(rule, whole, opens, closes))
    return tuple(found)


def _recurrences(days: str) -> list[tuple[tuple[str, tuple[str, ...]], ...]]:
    """Write days as recurrences: those of every week in one, those of a month each in one."""
    made: list[tuple[tuple[str, tuple[str, ...]], ...]] = []
    weekly: list[int] = []
    for part in _parts(days):
        if "[" not in part:
            weekly += _places(part, DAYS)
            continue
        day, _, numbers = part.rstrip("]").partition("[")
        byday = tuple(f"{number}{day.upper()}" for number in numbers.split(","))
        made.append((("FREQ", ("MONTHLY",)), ("BYDAY", byday)))
    if weekly:
        byday = tuple(DAYS[place - 1].upper() for place in sorted(set(weekly)))
        made.insert(0, (("FREQ", ("WEEKLY",)), ("BYDAY", byday)))
    return made


def _parts(days: str) -> list[str]:
    """Split at commas, not at those between brackets."""
    parts: list[str] = []
    for piece in days.split(","):
        if parts and "[" in parts[-1] and "]" not in parts[-1]:
            parts[-1] += f",{piece}"
        else:
            parts.append(piece)
    return parts


def _places(text: str, names: tuple[str, ...]) -> list[int]:
    """Give the places, from 1, of names and ranges; a range may run over the end."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        start, end = names.index(first), names.index(last or first)
        length = (end - start) % len(names) + 1
        found += [(start + step) % len(names) + 1 for step in range(length)]
    return found


def _falls_on(span: _Span, day: date) -> bool:
    recur = dict(span.recur)
    if "BYMONTH" in recur and str(day.month) not in recur["BYMONTH"]:
        return False
    name = DAYS[day.weekday()].upper()
    if recur["FREQ"] == ("WEEKLY",):
        return name in recur["BYDAY"]
    left = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    forwards, backwards = (day.day - 1) // 7 + 1, -((left - day.day) // 7 + 1)
    return f"{forwards}{name}" in recur["BYDAY"] or f"{backwards}{name}" in recur["BYDAY"]


def _open_days(wanneer: str, span: _Span, days: list[date]) -> list[date]:
    """Keep the days on which no other rule closes or replaces this span."""
    rules = split_rules(wanneer)
    others = [rule for rule in rules if rule != span.rule and rule not in HOLIDAYS_OFF]
    kept = days
    if len(others) < len(rules) - 1:
        away = _holidays(days[0].year) | _holidays(days[-1].year) if days else frozenset()
        kept = [day for day in kept if day not in away]
    if any(_may_replace(rule, span) for rule in others):
        kept = [day for day in kept if _is_open(wanneer, span, day)]
    return kept


def _may_replace(rule: str, span: _Span) -> bool:
    """Tell whether another rule closes, or has times that overlap."""
    match = RULE.fullmatch(rule)
    if match is None or match["times"] in ("off", "closed"):
        return True
    spans = (times.partition("-") for times in match["times"].split(","))
    return any(opens < span.closes and span.opens < closes for opens, _, closes in spans)


def _is_open(wanneer: str, span: _Span, day: date) -> bool:
    return any(first <= span.opens < last for first, last in spans_on(wanneer, day))


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return frozenset(day for day in days if day.year == year and is_holiday(day))
