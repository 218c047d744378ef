"""An event repeats on exactly the days on which the opening hours say that it is open."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar, Event

from socialmap.domain.clock import ZONE
from socialmap.domain.hours import spans_on
from socialmap.domain.model import Aanbod
from socialmap.exchange.agenda import has_events, make_agenda

TODAY = date(2026, 11, 22)
FIRST = date(2026, 1, 1)
DATA = Path(__file__).parents[3] / "data/voorbeeld/aanbod.csv"

with DATA.open(encoding="utf-8", newline="") as _file:
    IN_USE = sorted({row["wanneer"] for row in csv.DictReader(_file, delimiter=";")} - {""})
HARD = [
    "Mo-Fr 09:00-17:00; PH off",
    "Mo 10:00-12:00; Mo 10:00-11:00",
    "Fr[1] 14:00-16:00; Jul-Aug off",
    "We[2,-1] 14:00-16:00",
    "Sa-Mo 10:00-12:00",
    "Nov-Feb Tu 10:00-12:00,13:00-15:00",
    "We 09:30-11:30; We 19:00-20:30",
    "Sep-May Mo-Fr 09:00-17:00; Jun-Aug Mo-Fr 10:00-14:00",
    "Fr 22:00-02:00",
    "Su 20:00-24:00",
]


def offer(wanneer: str, **more: object) -> Aanbod:
    return Aanbod(id="O1", actor_id="A1", naam="Koffie", wanneer=wanneer, **more)  # type: ignore[arg-type]


def events_of(data: bytes) -> list[Event]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def starts(event: Event, until: datetime) -> set[datetime]:
    every = rruleset()
    begin = event.decoded("dtstart")
    every.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=begin))  # type: ignore[arg-type]
    away = event.get("exdate")
    for moment in away.dts if away else ():
        every.exdate(moment.dt)
    return set(every.between(begin, until, inc=True))


@pytest.mark.parametrize("wanneer", [*IN_USE, *HARD])
def test_events_are_on_the_days_that_it_is_open(wanneer: str) -> None:
    until = datetime(2027, 12, 31, 23, 59, tzinfo=ZONE)
    found: dict[date, set[str]] = {}
    for event in events_of(make_agenda("x", [offer(wanneer)], TODAY)):
        for moment in starts(event, until):
            found.setdefault(moment.date(), set()).add(f"{moment:%H:%M}")
    assert bool(found) == has_events(wanneer)
    for number in range((until.date() - FIRST).days):
        day = FIRST + timedelta(days=number)
        opens = found.get(day, set())
        # What began the evening before goes on, and is no event of its own.
        spans = [span for span in spans_on(wanneer, day) if span[0] != "00:00"]
        assert {first for first, _ in spans} <= opens, day
        assert all(any(f <= at < last for f, last in spans) for at in opens), day


@pytest.mark.parametrize("wanneer", ["", "24/7", "zomaar een keer", "PH off"])
def test_no_times_give_a_calendar_without_events(wanneer: str) -> None:
    assert not has_events(wanneer)
    assert events_of(make_agenda("x", [offer(wanneer)], TODAY)) == []


def test_an_event_says_what_where_and_until_when() -> None:
    full = offer(
        "Tu 10:00-12:00",
        omschrijving="Kom; neem, een buur\nmee",
        adres="Plein 1",
        postcode="2011 AB",
        plaats="Haarlem",
        lon=4.63,
        lat=52.38,
        loopt_tot=date(2026, 12, 15),
    )
    (event,) = events_of(make_agenda("x", [full], TODAY))
    assert (event["summary"], event["location"]) == ("Koffie", "Plein 1, 2011 AB Haarlem")
    assert event["description"] == "Kom; neem, een buur\nmee"
    assert event.decoded("dtstart") == datetime(2026, 1, 6, 10, tzinfo=ZONE)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    last = max(starts(event, datetime(2027, 12, 31, tzinfo=ZONE)))
    assert last == datetime(2026, 12, 15, 10, tzinfo=ZONE)


def test_a_uid_stays_from_day_to_day_and_no_two_are_equal() -> None:
    def uids(day: date) -> list[str]:
        data = make_agenda("x", [offer("Mo 10:00-12:00,14:00-16:00; We 10:00-12:00")], day)
        return [str(event["uid"]) for event in events_of(data)]

    first = uids(TODAY)
    assert (uids(date(2027, 3, 3)), len(set(first))) == (first, 3)
