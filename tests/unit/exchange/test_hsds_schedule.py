"""Opening hours become schedules of HSDS, and come back as they were wherever HSDS can say them."""

from __future__ import annotations

import pytest

from socialmap.exchange.hsds_schedule import from_schedules, to_schedules


@pytest.mark.parametrize(
    "wanneer",
    [
        "Mo 09:30-12:00",
        "Mo-Fr 09:00-12:30,13:30-17:00",
        "Tu,Th 08:45-10:30",
        "Tu 13:30-15:30; Fr 10:00-12:00",
        "Mo-We,Fr 09:00-10:00",
        "Fr[1] 14:00-16:00",
        "We[2,-1] 14:00-16:00",
    ],
)
def test_what_hsds_can_say_comes_back_equal(wanneer: str) -> None:
    assert from_schedules(to_schedules(wanneer)) == (wanneer, 0)


def test_a_range_over_the_weekend_is_each_day_of_it() -> None:
    (schedule,) = to_schedules("Sa-Mo 10:00-12:00")
    assert schedule["byday"] == "SA,SU,MO"
    assert from_schedules([schedule]) == ("Mo,Sa,Su 10:00-12:00", 0)


@pytest.mark.parametrize("rule", ["PH off", "Jan-Mar Mo 10:00-12:00", "Mo off", "zomaar een keer"])
def test_what_hsds_cannot_say_stays_in_words(rule: str) -> None:
    assert to_schedules(rule) == [{"description": rule}]
    assert from_schedules(to_schedules(rule)) == ("", 1)


@pytest.mark.parametrize(
    "more",
    [
        {"interval": 2},
        {"count": 3},
        {"bymonthday": "1,2"},
        {"byday": ""},
        {"byday": "1MO"},
        {"freq": "MONTHLY"},
        {"opens_at": "tien uur"},
        {"closes_at": None},
    ],
)
def test_a_schedule_that_says_more_is_counted_and_left(more: dict[str, object]) -> None:
    plain = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "10:00", "closes_at": "12:00"}
    assert from_schedules([plain]) == ("Mo,Tu 10:00-12:00", 0)
    assert from_schedules([plain | more]) == ("", 1)
