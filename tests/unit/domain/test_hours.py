"""Opening hours: open on a day or not, and unknown where the notation is not known."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from socialmap.domain.hours import is_holiday, is_known, is_open_on, spans_on, split_rules

EXAMPLE = Path(__file__).parents[3] / "data" / "voorbeeld" / "aanbod.csv"
#: Weekdays of the week of Monday 2026-11-23, without a public holiday.
MO, TU, WE, TH, FR, SA, SU = (date(2026, 11, 23) + timedelta(days=n) for n in range(7))


@pytest.mark.parametrize(
    ("wanneer", "day", "spans"),
    [
        ("Mo 09:00-12:00", MO, [("09:00", "12:00")]),
        ("Mo 09:00-12:00", TU, []),
        ("Mo-Fr 09:00-12:00", FR, [("09:00", "12:00")]),
        ("Mo-Fr 09:00-12:00", SA, []),
        ("Mo,We 09:00-12:00,13:00-17:00", WE, [("09:00", "12:00"), ("13:00", "17:00")]),
        # A later rule for the same day adds its times.
        ("We 09:30-11:30; We 19:00-20:30", WE, [("09:30", "11:30"), ("19:00", "20:30")]),
        ("We 19:00-20:30; We 09:30-11:30", WE, [("09:30", "11:30"), ("19:00", "20:30")]),
        # Where the two overlap, the later one holds.
        ("Mo-Su 09:00-21:00; Nov-Mar 10:00-16:00", SU, [("10:00", "16:00")]),
        ("Mo-Su 09:00-21:00; Jun-Sep 10:00-16:00", SU, [("09:00", "21:00")]),
        ("Mo-Fr 09:00-12:00; We off", WE, []),
        ("Mo-Fr 09:00-12:00; We off", TH, [("09:00", "12:00")]),
        ("Mo-Fr 09:00-12:00; We closed", WE, []),
        ("Mo 09:00-12:00; Mo 12:00-14:00", MO, [("09:00", "14:00")]),
        ("Sa[-1] 10:00-12:00", SA, [("10:00", "12:00")]),
        ("Sa[1] 10:00-12:00", SA, []),
        ("Sa[1,4] 10:00-12:00", SA, [("10:00", "12:00")]),
        ("Jun-Sep Mo 10:00-13:00", MO, []),
        ("10:00-13:00", SU, [("10:00", "13:00")]),
        ("Mo 00:00-24:00", MO, [("00:00", "24:00")]),
        ("24/7", SU, [("00:00", "24:00")]),
        # Open past midnight: until midnight today, and from midnight on the day after.
        ("Fr 22:00-02:00", FR, [("22:00", "24:00")]),
        ("Fr 22:00-02:00", SA, [("00:00", "02:00")]),
    ],
)
def test_spans_of_a_day(wanneer: str, day: date, spans: list[tuple[str, str]]) -> None:
    assert spans_on(wanneer, day) == spans
    assert is_open_on(wanneer, day) is bool(spans)


@pytest.mark.parametrize(
    "wanneer",
    ["", "  ", ";", "op afspraak", "Mo", "Ma 09:00-12:00", "Mo 9-12", "Mo 25:00-26:00", "Mo 09:00"],
)
def test_what_is_not_known_is_neither_open_nor_closed(wanneer: str) -> None:
    assert is_open_on(wanneer, MO) is None


def test_a_public_holiday_closes_where_it_says_so() -> None:
    christmas = date(2026, 12, 25)
    assert is_holiday(christmas)
    assert not is_holiday(MO)
    assert is_open_on("Mo-Fr 09:00-12:00; PH off", christmas) is False
    assert is_open_on("Mo-Fr 09:00-12:00; PH closed", christmas) is False
    assert is_open_on("Mo-Fr 09:00-12:00; PH off", MO) is True
    assert is_open_on("Mo-Fr 09:00-12:00", christmas) is True


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_on_which_the_clock_changes_is_a_day(day: date) -> None:
    assert spans_on("Su 01:00-05:00", day) == [("01:00", "05:00")]


def test_rules_are_split_and_empty_ones_dropped() -> None:
    assert split_rules(" Mo 09:00-12:00;; We off ; ") == ["Mo 09:00-12:00", "We off"]


def test_every_notation_of_the_example_is_known_and_open_within_a_year() -> None:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        found = {row["wanneer"] for row in csv.DictReader(file, delimiter=";")} - {""}
    assert len(found) > 100
    assert [text for text in sorted(found) if not is_known(text)] == []
    year = [MO + timedelta(days=n) for n in range(366)]
    for text in sorted(found):
        assert any(is_open_on(text, day) for day in year), text
