"""Reading CSV: code, separator, row numbers, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from socialmap.domain.fields import GEBIEDEN, TABLES
from socialmap.exchange.read_files import read_paths, read_tables
from socialmap.exchange.tables import Findings, Table

_HEADER = "id;naam;niveau;leden"
_ROW = "E1;Oost;eigen;WK039207"


def _read(text: str | bytes, name: str = "gebieden.csv") -> tuple[Table | None, Findings]:
    data = text.encode() if isinstance(text, str) else text
    findings = Findings()
    tables = read_tables([(name, data)], findings)
    return (tables[0] if tables else None), findings


def _table(text: str | bytes, name: str = "gebieden.csv") -> Table:
    table, findings = _read(text, name)
    assert table is not None
    assert findings.fouten == []
    return table


def test_a_plain_file_is_read_without_a_word() -> None:
    table, findings = _read(f"{_HEADER}\n{_ROW}\n")
    assert table is not None
    assert table.rijen[0].cells == {
        "id": "E1",
        "naam": "Oost",
        "niveau": "eigen",
        "leden": "WK039207",
    }
    assert findings == Findings()


def test_columns_may_come_in_any_order() -> None:
    assert _table("leden;id;niveau;naam\nWK1;E1;eigen;Oost\n").rijen[0].cells["naam"] == "Oost"


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    text = f'{_HEADER}\nE1;"een\ntwee";eigen;WK1\n\n;;;\nE2;x;eigen;WK1\n'
    assert [row.nummer for row in _table(text).rijen] == [2, 5]


@pytest.mark.parametrize(("separator", "name"), [(",", "een komma"), ("\t", "een tab")])
def test_another_separator_is_read_with_a_warning(separator: str, name: str) -> None:
    table, findings = _read(f"{_HEADER}\n{_ROW}\n".replace(";", separator))
    assert table is not None
    assert len(table.rijen) == 1
    assert [(w.rij, w.kolom) for w in findings.waarschuwingen] == [(0, "")]
    assert f"Het scheidingsteken is {name}" in findings.waarschuwingen[0].melding
    assert "Zo gelezen: 1 rij." in findings.waarschuwingen[0].melding


def test_windows_1252_is_read_with_a_warning_that_counts_the_rows() -> None:
    text = f"{_HEADER}\n{_ROW}\nE2;Café – €;eigen;WK1\nE3;Zoë;eigen;WK1\n"
    table, findings = _read(text.encode("cp1252"))
    assert table is not None
    assert table.rijen[1].cells["naam"] == "Café – €"
    (warning,) = findings.waarschuwingen
    assert warning.rij == 3
    assert "2 rijen (rij 3 en 4)" in warning.melding


def test_a_byte_order_mark_is_not_part_of_the_first_column() -> None:
    table, findings = _read(f"{_HEADER}\n{_ROW}\n".encode("utf-8-sig"))
    assert table is not None
    assert table.kolommen[0] == "id"
    assert findings == Findings()


@pytest.mark.parametrize("data", [f"{_HEADER}\n{_ROW}".encode("utf-16"), b"id;naam\n\x81\xff\x8d"])
def test_an_unreadable_code_is_refused(data: bytes) -> None:
    table, findings = _read(data)
    assert table is None
    assert "UTF-8" in findings.fouten[0].melding


def test_utf8_with_one_stray_character_is_not_garbled_but_refused() -> None:
    data = f"{_HEADER}\nE1;Café;eigen;WK1\nE2;Zo".encode() + b"\xeb;eigen;WK1\n"
    table, findings = _read(data)
    assert table is None
    assert "In regel 3" in findings.fouten[0].melding


def test_a_wrong_number_of_cells_is_a_fault_of_its_row() -> None:
    table, findings = _read(f"{_HEADER}\nE1;a;b;eigen;WK1\n{_ROW}\nE3;kort\nE4;x;eigen;WK1;\n")
    assert table is not None
    assert [fout.rij for fout in findings.fouten] == [2, 4, 5]
    assert "5 cellen, de kopregel 4" in findings.fouten[0].melding
    assert [row.heel for row in table.rijen] == [False, True, False, False]


@pytest.mark.parametrize("cell", ['"los', '"los" eind', '"een "citaat" erin"'])
def test_broken_quotes_are_a_fault_of_their_row(cell: str) -> None:
    table, findings = _read(f"{_HEADER}\n{_ROW}\nE2;{cell};eigen;WK1\n")
    assert table is None
    assert [fout.rij for fout in findings.fouten] == [3]
    assert findings.fouten[0].melding.startswith("De aanhalingstekens in deze rij")


def test_columns_that_are_unknown_double_or_missing_are_all_named() -> None:
    _, findings = _read("id;id;Naam;niveau;x_eigen\n1;2;n;eigen;q\n")
    assert [(f.rij, f.kolom) for f in findings.fouten] == [
        (1, "id"),
        (1, "Naam"),
        (1, "naam"),
        (1, "leden"),
    ]
    assert "2 keer" in findings.fouten[0].melding
    assert "Bedoelt u naam?" in findings.fouten[1].melding
    assert [w.kolom for w in findings.waarschuwingen] == ["x_eigen"]
    assert "niet bewaard" in findings.waarschuwingen[0].melding


def test_cells_under_a_column_without_a_name_are_refused_and_empty_ones_are_not() -> None:
    assert _table(f"{_HEADER};;\n{_ROW};;\n{_ROW}\n").rijen[1].heel
    _, findings = _read(f"{_HEADER};;\n{_ROW};;los\n")
    assert [(f.rij, f.melding[:20]) for f in findings.fouten] == [(1, "Kolom 6 heeft geen n")]


def test_a_table_is_known_by_its_name_or_by_its_columns() -> None:
    for naam, velden in TABLES.items():
        header = ";".join(veld.naam for veld in velden if not veld.extra)
        assert _table(header, "export.csv").naam == naam
        assert _table(header, f"Haarlem {naam.upper()} v2.csv").naam == naam
    table, findings = _read("a;b\n1;2\n", "iets.csv")
    assert table is None
    assert "welke tabel" in findings.fouten[0].melding


@pytest.mark.parametrize("text", ["", "\n\n", ";;\n1;2;3\n"])
def test_a_file_without_a_header_is_refused_with_one_fault(text: str) -> None:
    table, findings = _read(text)
    assert table is None
    assert [f.rij for f in findings.fouten] == [1]


def test_a_huge_cell_is_read_and_the_limit_of_the_process_stays() -> None:
    before = csv.field_size_limit()
    table = _table(f"{_HEADER}\nE1;{'x' * 300_000};eigen;WK1\n{_ROW}\n")
    assert [len(row.cells["naam"]) for row in table.rijen] == [300_000, 4]
    assert csv.field_size_limit() == before


def test_too_many_rows_or_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socialmap.exchange.read_csv.MAX_ROWS", 3)
    _, findings = _read(f"{_HEADER}\n{_ROW}\n{_ROW}\n{_ROW}\n")
    assert [f.rij for f in findings.fouten] == [4]
    _, findings = _read(";".join(["id"] * 201) + "\n")
    assert "201 cellen" in findings.fouten[0].melding


def test_one_apostrophe_before_a_formula_is_taken_away() -> None:
    rows = _table(f"{_HEADER}\nE1;'=1+1;eigen;WK1\nE2;''=1;eigen;WK1\nE3;'s;eigen;WK1\n").rijen
    assert [row.cells["naam"] for row in rows] == ["=1+1", "'=1", "'s"]


def test_paths_stand_for_files_and_folders(tmp_path: Path) -> None:
    for folder in ("a", "b", "leeg"):
        (tmp_path / folder).mkdir()
    for name in ("a/gebieden.csv", "b/gebieden.csv", "a/.~lock.csv", "a/README.md", "a/x.csv"):
        (tmp_path / name).write_text(name)
    findings = Findings()
    paths = [tmp_path / "a", tmp_path / "b", tmp_path / "leeg", tmp_path / "weg.csv"]
    files = read_paths(paths, findings)
    assert [name for name, _ in files] == ["a/gebieden.csv", "x.csv", "b/gebieden.csv"]
    assert [f.bestand for f in findings.fouten] == ["leeg", "weg.csv"]


def test_the_format_of_areas_is_as_the_tests_here_suppose() -> None:
    assert ";".join(veld.naam for veld in GEBIEDEN) == _HEADER
