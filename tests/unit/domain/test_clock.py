"""The one clock, and counting back in months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.clock import Clock, months_earlier

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(-600, 600)


@given(day=DAYS, months=MONTHS)
def test_same_day_of_the_month_or_the_last_one_it_has(day: date, months: int) -> None:
    found = months_earlier(day, months)
    assert (day.year - found.year) * 12 + day.month - found.month == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(day.day, last)


@given(day=DAYS, other=DAYS, months=MONTHS)
def test_order_of_days_is_kept(day: date, other: date, months: int) -> None:
    early, late = sorted((day, other))
    assert months_earlier(early, months) <= months_earlier(late, months)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        # A check on 29 February is a year old on 28 February.
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), -12, date(2025, 2, 28)),
        (date(2024, 2, 29), -48, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_ends_of_months(day: date, months: int, found: date) -> None:
    assert months_earlier(day, months) == found


def test_no_such_year_is_said() -> None:
    with pytest.raises(ValueError, match="9999"):
        months_earlier(date(9999, 12, 31), -12)


@given(day=DAYS)
def test_set_day_stands_still_in_amsterdam(day: date) -> None:
    clock = Clock(day)
    assert clock.today() == day
    assert clock.now() == clock.now()
    assert str(clock.now().tzinfo) == "Europe/Amsterdam"


def test_running_clock_is_in_amsterdam_and_goes_on() -> None:
    clock = Clock()
    before = clock.now()
    assert str(before.tzinfo) == "Europe/Amsterdam"
    assert timedelta(0) <= clock.now() - before < timedelta(minutes=5)
