"""Opening hours in Dutch: every notation of the example, and what holds on a day."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from web.present_hours import say_hours, say_hours_briefly, say_today

EXAMPLE = Path(__file__).parents[3] / "data" / "voorbeeld" / "aanbod.csv"
MONDAY = date(2026, 11, 23)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def _patterns() -> list[str]:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        return sorted({row["wanneer"] for row in csv.DictReader(file, delimiter=";")} - {""})


PATTERNS = _patterns()


def test_the_example_holds_many_notations() -> None:
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("wanneer", PATTERNS)
def test_every_notation_of_the_example_is_said_in_words(wanneer: str) -> None:
    phrases = say_hours(wanneer)
    assert len(phrases) == len(wanneer.split(";"))
    said = " ".join(phrases)
    assert not re.search(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off)\b|\d\d:\d\d", said)
    assert any(day in said for day in (*WEEKDAYS, "elke dag"))


@pytest.mark.parametrize("wanneer", PATTERNS)
def test_a_day_that_is_named_is_open_and_another_is_not(wanneer: str) -> None:
    """A simple notation of one weekday is open on that day of the week, and on no other."""
    simple = re.fullmatch(r"(Mo|Tu|We|Th|Fr|Sa|Su) \d\d:\d\d-\d\d:\d\d", wanneer)
    for offset in range(7):
        today = say_today(wanneer, MONDAY + timedelta(days=offset))
        assert today is not None
        if simple:
            assert today.open is (WEEKDAYS[offset] in say_hours(wanneer)[0])


@pytest.mark.parametrize(
    ("wanneer", "said"),
    [
        ("Tu 13:30-15:30", ("dinsdag 13.30–15.30 uur",)),
        ("Mo-Fr 09:30-12:00", ("maandag t/m vrijdag 9.30–12 uur",)),
        ("Sa-Su 10:00-12:00", ("zaterdag en zondag 10–12 uur",)),
        ("Mo,Tu,Th 09:00-15:00", ("maandag, dinsdag en donderdag 9–15 uur",)),
        ("Sa[1,3] 15:00-18:00", ("elke eerste en derde zaterdag van de maand 15–18 uur",)),
        ("Su[-1] 15:00-18:00", ("elke laatste zondag van de maand 15–18 uur",)),
        ("Jun-Sep We,Su 10:00-13:00", ("juni t/m september: woensdag en zondag 10–13 uur",)),
        ("Mo-Fr 09:00-12:30,13:30-17:00", ("maandag t/m vrijdag 9–12.30 en 13.30–17 uur",)),
        ("Mo-Fr 10:00-17:00; PH off", ("maandag t/m vrijdag 10–17 uur", "niet op feestdagen")),
        ("Mo-Fr 10:00-17:00; We off", ("maandag t/m vrijdag 10–17 uur", "niet op woensdag")),
        ("Mo-Fr 10:00-17:00; Aug off", ("maandag t/m vrijdag 10–17 uur", "augustus: dicht")),
        ("Mo-Su 20:00-08:30", ("elke dag van 20 uur tot de volgende dag 8.30 uur",)),
        ("10:00-12:00", ("elke dag 10–12 uur",)),
        ("24/7", ("dag en nacht, elke dag",)),
        ("", ()),
    ],
)
def test_notations_are_said_as_people_say_them(wanneer: str, said: tuple[str, ...]) -> None:
    assert say_hours(wanneer) == said


@pytest.mark.parametrize("wanneer", ["sunrise-sunset", "Mo-Fr 09:00+", "week 1-10 Mo 10:00-12:00"])
def test_a_notation_that_is_not_known_is_shown_as_written(wanneer: str) -> None:
    assert say_hours(wanneer) == (wanneer,)
    assert say_hours_briefly(wanneer) == wanneer
    assert say_today(wanneer, MONDAY) is None


def test_times_that_cannot_be_give_no_answer_for_today() -> None:
    assert say_today("Mo 55:00-99:00", MONDAY) is None
    assert say_today("", MONDAY) is None


def test_a_list_gets_one_short_line() -> None:
    assert say_hours_briefly("Tu 13:30-15:30; Fr 10:00-12:00") == "di 13.30–15.30 uur; vr 10–12 uur"
    assert say_hours_briefly("Mar-Oct We 10:00-12:00") == "mrt t/m okt: wo 10–12 uur"


@pytest.mark.parametrize(
    ("wanneer", "day", "said"),
    [
        ("Mo 14:00-16:00", MONDAY, "Vandaag open van 14 tot 16 uur"),
        ("Tu 14:00-16:00", MONDAY, "Vandaag dicht"),
        (
            "Mo 09:00-12:30,13:30-17:00",
            MONDAY,
            "Vandaag open van 9 tot 12.30 uur en van 13.30 tot 17 uur",
        ),
        ("24/7", MONDAY, "Vandaag dag en nacht open"),
        ("Mo-Su 20:00-08:30", MONDAY, "Vandaag open tot 8.30 uur en van 20 uur tot na middernacht"),
        # The first Saturday of December 2026 is the 5th, the third the 19th.
        ("Sa[1,3] 15:00-18:00", date(2026, 12, 5), "Vandaag open van 15 tot 18 uur"),
        ("Sa[1,3] 15:00-18:00", date(2026, 12, 12), "Vandaag dicht"),
        ("Sa[1,3] 15:00-18:00", date(2026, 12, 19), "Vandaag open van 15 tot 18 uur"),
        # 25 December 2026 is a Friday and a public holiday.
        ("Fr 10:00-12:00; PH off", date(2026, 12, 25), "Vandaag dicht"),
        (
            "Fr 10:00-12:00",
            date(2026, 12, 25),
            "Vandaag open van 10 tot 12 uur. Het is een feestdag: bel eerst",
        ),
    ],
)
def test_what_holds_on_a_day(wanneer: str, day: date, said: str) -> None:
    today = say_today(wanneer, day)
    assert today is not None
    assert today.tekst == said


def test_a_second_rule_for_a_day_adds_its_times() -> None:
    # A morning and an evening on Wednesday, as the example writes it.
    today = say_today("We 09:30-11:30; We 19:00-20:30", MONDAY + timedelta(days=2))
    assert today is not None
    assert today.tekst == "Vandaag open van 9.30 tot 11.30 uur en van 19 tot 20.30 uur"


def test_a_rule_for_a_season_takes_the_place_of_the_times_it_overlaps() -> None:
    rule = "We-Su 12:00-18:00; Nov-Feb Sa,Su 12:00-16:00"
    winter, summer = say_today(rule, date(2026, 11, 22)), say_today(rule, date(2026, 7, 5))
    assert winter is not None
    assert summer is not None
    assert winter.tekst == "Vandaag open van 12 tot 16 uur"
    assert summer.tekst == "Vandaag open van 12 tot 18 uur"
