"""Conversions: only what can be read in one way, and never in silence."""

from __future__ import annotations

import pytest

from socialmap.exchange.convert import convert, decimal_point, iso_day
from socialmap.exchange.tables import Findings, Row, Table, say_rows


def _aanbod(*rows: dict[str, str]) -> Table:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(
        "aanbod", "aanbod.csv", columns, tuple(Row(n, row) for n, row in enumerate(rows, start=2))
    )


def _convert(*rows: dict[str, str]) -> tuple[list[dict[str, str]], Findings]:
    findings = Findings()
    table = convert(_aanbod(*rows), findings)
    return [dict(row.cells) for row in table.rijen], findings


def test_a_dutch_day_is_day_month_year_and_never_month_day_year() -> None:
    assert iso_day("31-10-2026") == "2026-10-31"
    assert iso_day("05-03-2026") == "2026-03-05"
    assert iso_day(" 1-9-2025 ") == "2025-09-01"


@pytest.mark.parametrize("text", ["", "2026-10-31", "5/3/2026", "5-3-26", "5 maart 2026", "2026"])
def test_what_can_be_read_in_two_ways_stays(text: str) -> None:
    assert iso_day(text) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("4,65", "4.65"), ("-1,5", "-1.5"), ("1.234,50", "1.234,50"), ("1,2,3", "1,2,3"), ("4", "4")],
)
def test_one_comma_is_a_decimal_point(text: str, number: str) -> None:
    assert decimal_point(text) == number


def test_one_warning_per_column_says_how_many_rows_and_which() -> None:
    rows, findings = _convert(
        {"gecontroleerd_op": "31-10-2026", "kosten": "2,50", "wanneer": "31-10-2026"},
        {"gecontroleerd_op": "2026-01-01", "kosten": "0", "wanneer": ""},
        {"gecontroleerd_op": "5-3-2026", "kosten": "1,00", "wanneer": ""},
    )
    assert [row["gecontroleerd_op"] for row in rows] == ["2026-10-31", "2026-01-01", "2026-03-05"]
    assert [row["kosten"] for row in rows] == ["2.50", "0", "1.00"]
    assert rows[0]["wanneer"] == "31-10-2026"
    assert [(w.rij, w.kolom) for w in findings.waarschuwingen] == [
        (2, "gecontroleerd_op"),
        (2, "kosten"),
    ]
    assert "2 rijen (rij 2 en 4)" in findings.waarschuwingen[0].melding
    assert "31-10-2026 is 2026-10-31 geworden" in findings.waarschuwingen[0].melding
    assert findings.fouten == []


def test_a_swapped_place_is_swapped_back() -> None:
    rows, findings = _convert({"lon": "52.37250", "lat": "4.63800"}, {"lon": "4.6", "lat": "52.3"})
    assert rows == [{"lon": "4.63800", "lat": "52.37250"}, {"lon": "4.6", "lat": "52.3"}]
    assert [(w.rij, w.kolom) for w in findings.waarschuwingen] == [(2, "lon/lat")]


def test_metres_become_degrees_within_a_metre() -> None:
    rows, findings = _convert({"lon": "103979", "lat": "487444"})
    assert float(rows[0]["lon"]) == pytest.approx(4.63800, abs=1e-5)
    assert float(rows[0]["lat"]) == pytest.approx(52.37250, abs=1e-5)
    assert "RD-meters" in findings.waarschuwingen[0].melding


def test_a_comma_in_a_swapped_place_is_told_twice_and_read_once() -> None:
    rows, findings = _convert({"lon": "52,3725", "lat": "4,638"})
    assert rows == [{"lon": "4.638", "lat": "52.3725"}]
    assert [w.kolom for w in findings.waarschuwingen] == ["lon", "lat", "lon/lat"]


@pytest.mark.parametrize(
    ("lon", "lat"), [("0", "0"), ("-4.6", "52.3"), ("487444", "103979"), ("465212", "5237343")]
)
def test_a_place_elsewhere_is_one_fault_and_never_a_guess(lon: str, lat: str) -> None:
    rows, findings = _convert({"lon": lon, "lat": lat})
    assert rows == [{"lon": "", "lat": ""}]
    assert [(f.rij, f.kolom) for f in findings.fouten] == [(2, "lon/lat")]
    assert f"({lon}, {lat})" in findings.fouten[0].melding
    assert findings.waarschuwingen == []


@pytest.mark.parametrize("lon", ["", "nan", "inf", "1e3", "hier", "9" * 80])
def test_what_is_no_number_is_left_to_the_reader_of_cells(lon: str) -> None:
    rows, findings = _convert({"lon": lon, "lat": "52.3"})
    assert rows == [{"lon": lon, "lat": "52.3"}]
    assert findings == Findings()


def test_a_table_without_places_has_none_to_convert() -> None:
    assert _convert({"lon": "52.3"}) == ([{"lon": "52.3"}], Findings())


def test_rows_are_said_in_words() -> None:
    assert say_rows([7]) == "1 rij (rij 7)"
    assert say_rows([2, 3]) == "2 rijen (rij 2 en 3)"
    assert say_rows(list(range(2, 9))) == "7 rijen (rij 2, 3, 4, 5, 6 en verder)"
