"""What is wrong with a record as a whole: every fault at once, each by its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.checks import (
    check_aanbod,
    check_actor,
    check_inventarisatie,
    check_relatie,
    check_signaal,
)

START, END = date(2026, 5, 1), date(2026, 4, 1)
Check = Callable[[Mapping[str, Any]], list[tuple[str, str]]]
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 5))


def columns(faults: list[tuple[str, str]]) -> list[str]:
    return [column for column, _ in faults]


# A sleutelfiguur is a private person, whatever the file says (uitwisselformaat.md).
def test_actor_with_everything_wrong_gets_every_fault() -> None:
    values = {"soort": "sleutelfiguur", "zichtbaarheid": "openbaar", "lon": 4.6, "lat": None}
    consent = {"toestemming_op": START, "toestemming_tot": END}
    assert columns(check_actor(values | consent)) == ["lat", "zichtbaarheid", "toestemming_tot"]
    loose = {
        "toestemming_op": None,
        "toestemming_tot": END,
        "toestemming_doel": "x",
        "toestemming_niveau": "team",
        "toestemming_door": "wijkteam",
    }
    assert sorted(columns(check_actor(values | loose))) == sorted(
        ["lat", "zichtbaarheid", *(name for name in loose if name != "toestemming_op")]
    )


def test_offer_and_tie_with_everything_wrong_get_every_fault() -> None:
    offer = {"lon": None, "lat": 52.3, "min_leeftijd": 30, "max_leeftijd": 20}
    assert columns(check_aanbod(offer)) == ["lon", "max_leeftijd"]
    tie = {"van_id": "A1", "naar_id": "A1", "geldig_van": START, "geldig_tot": END}
    assert columns(check_relatie(tie)) == ["geldig_tot", "naar_id"]


def test_sound_records_have_no_fault() -> None:
    consent = {"toestemming_op": END, "toestemming_tot": START, "toestemming_doel": "vindbaar"}
    person = {"soort": "sleutelfiguur", "zichtbaarheid": "team", "lon": 4.6, "lat": 52.3}
    assert check_actor(person | consent) == []
    assert check_actor({"soort": "partner", "zichtbaarheid": "openbaar"}) == []
    assert check_aanbod({"lon": None, "lat": None, "min_leeftijd": 0, "max_leeftijd": 0}) == []
    assert check_relatie({"van_id": "A1", "naar_id": "A2"}) == []


# One slip gives one message: a cell that could not be read is not judged a second time.
def test_column_with_a_fault_of_its_own_is_left_alone() -> None:
    assert check_actor({"lon": 4.6, "toestemming_doel": "vindbaar"}) == []
    assert check_aanbod({"lat": 52.3, "min_leeftijd": 30}) == []
    assert check_relatie({"geldig_tot": END, "naar_id": "A1"}) == []


@given(start=DAYS, end=DAYS)
def test_end_lies_after_the_start(start: date | None, end: date | None) -> None:
    wrong = start is not None and end is not None and end <= start
    assert bool(check_relatie({"geldig_van": start, "geldig_tot": end})) == wrong
    if start is not None:
        consent = {"toestemming_op": start, "toestemming_tot": end}
        assert columns(check_actor(consent)) == (["toestemming_tot"] if wrong else [])


@given(lon=st.none() | st.floats(3, 7), lat=st.none() | st.floats(50, 53))
@pytest.mark.parametrize("check", [check_actor, check_aanbod])
def test_place_has_both_numbers_or_none(check: Check, lon: float | None, lat: float | None) -> None:
    half = [name for name, value in (("lon", lon), ("lat", lat)) if value is None]
    assert columns(check({"lon": lon, "lat": lat})) == (half if len(half) == 1 else [])


def test_nothing_found_needs_two_who_were_asked_and_no_offers() -> None:
    sound = {"uitkomst": "niets_gevonden", "gevraagd_aan": ("bewoners", "school")}
    assert check_inventarisatie({**sound, "aanbod_ids": ()}) == []
    assert columns(check_inventarisatie({**sound, "gevraagd_aan": ("school",)})) == ["gevraagd_aan"]
    assert columns(check_inventarisatie({**sound, "aanbod_ids": ("O1",)})) == ["uitkomst"]
    found = {"uitkomst": "deels", "gevraagd_aan": ("school",), "aanbod_ids": ("O1",)}
    assert check_inventarisatie(found) == []


def test_a_signal_that_went_back_has_its_answer() -> None:
    assert columns(check_signaal({"status": "teruggekoppeld", "antwoord": None})) == ["antwoord"]
    assert check_signaal({"status": "teruggekoppeld", "antwoord": "doorgegeven"}) == []
    assert check_signaal({"status": "besloten", "antwoord": None}) == []
