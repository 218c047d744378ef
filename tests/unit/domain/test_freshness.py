"""Fresh to 12 months, ageing to 24, stale after that or never (begrippen.md, "Freshness")."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.clock import months_earlier
from socialmap.domain.freshness import (
    Bronvermelding,
    Versheid,
    boundaries,
    freshness,
    read_source,
    say_freshness,
)

TODAY = date(2026, 11, 22)
DOCUMENT = "003, 6.1 De sociale basis, 2020"
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("checked", "stand"),
    [
        (date(2026, 11, 22), Versheid.VERS),
        (date(2025, 11, 23), Versheid.VERS),
        # At most twelve months ago: the day itself is still fresh.
        (date(2025, 11, 22), Versheid.VERS),
        (date(2025, 11, 21), Versheid.VEROUDERT),
        (date(2024, 11, 23), Versheid.VEROUDERT),
        (date(2024, 11, 22), Versheid.VEROUDERT),
        (date(2024, 11, 21), Versheid.OUD),
        (date(1990, 1, 1), Versheid.OUD),
    ],
)
@pytest.mark.parametrize("bron", ["", "wijkgesprek", DOCUMENT])
def test_boundaries_to_the_day_whatever_the_source(
    checked: date, stand: Versheid, bron: str
) -> None:
    assert freshness(checked, bron, TODAY) is stand


@given(today=DAYS)
def test_boundary_days_still_count(today: date) -> None:
    fresh, ageing = boundaries(today)
    assert (fresh, ageing) == (months_earlier(today, 12), months_earlier(today, 24))
    day = timedelta(days=1)
    assert freshness(fresh, "", today) is Versheid.VERS
    assert freshness(fresh - day, "", today) is Versheid.VEROUDERT
    assert freshness(ageing, "", today) is Versheid.VEROUDERT
    assert freshness(ageing - day, "", today) is Versheid.OUD


@given(checked=DAYS, today=DAYS, later=DAYS)
def test_nothing_gets_fresher_by_waiting(checked: date, today: date, later: date) -> None:
    order = [Versheid.VERS, Versheid.VEROUDERT, Versheid.OUD]
    first, last = sorted((today, later))
    assert order.index(freshness(checked, "", first)) <= order.index(freshness(checked, "", last))


@pytest.mark.parametrize(
    ("bron", "stand", "words"),
    [
        (DOCUMENT, Versheid.BRON, "Volgens bron uit 2020, niet nagekeken"),
        ("", Versheid.NOOIT, "Nooit nagekeken"),
        ("wijkgesprek", Versheid.NOOIT, "Nooit nagekeken"),
    ],
)
def test_never_checked_is_a_document_or_nothing(bron: str, stand: Versheid, words: str) -> None:
    assert freshness(None, bron, TODAY) is stand
    assert say_freshness(None, bron, TODAY) == words


@pytest.mark.parametrize(
    ("bron", "found"),
    [
        (DOCUMENT, Bronvermelding("003", "6.1 De sociale basis", 2020)),
        ("004, tabel 2, bijlage, 2018", Bronvermelding("004", "tabel 2, bijlage", 2018)),
        ("3, 6.1, 2020", None),
        ("003, 2020", None),
        ("003, 6.1, 20", None),
        ("vragenlijst netwerk 2026", None),
        ("", None),
    ],
)
def test_source_names_document_section_and_year(bron: str, found: Bronvermelding | None) -> None:
    assert read_source(bron) == found


@given(checked=st.none() | DAYS, bron=st.sampled_from(["", DOCUMENT]), today=DAYS)
def test_words_always_hold_a_year_unless_nobody_ever_looked(
    checked: date | None, bron: str, today: date
) -> None:
    words = say_freshness(checked, bron, today)
    year = checked.year if checked else 2020 if bron else None
    assert words == "Nooit nagekeken" if year is None else str(year) in words
    stale = checked is not None and freshness(checked, bron, today) is Versheid.OUD
    assert words.startswith("Niet nagekeken sinds") == stale
