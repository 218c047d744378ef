"""Reading workbooks: the same text as CSV, and refusing what is small here and big unpacked."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from socialmap.exchange.read_files import read_tables
from socialmap.exchange.read_xlsx import cell_text
from socialmap.exchange.tables import Findings, Table

_HEADER = ["id", "naam", "niveau", "leden"]
_ROW = ["E1", "Oost", "eigen", "WK039207"]


def _book(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _read(data: bytes, name: str = "kaart.xlsx") -> tuple[list[Table], Findings]:
    findings = Findings()
    return read_tables([(name, data)], findings), findings


def _replace_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", 8) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.0, "4"),
        (4.65212, "4.65212"),
        (-0.5, "-0.5"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (date(2026, 10, 31), "2026-10-31"),
        (datetime(2026, 10, 31), "2026-10-31"),  # noqa: DTZ001 -- a sheet knows no zone
        (datetime(2026, 10, 31, 9, 5), "2026-10-31T09:05:00"),  # noqa: DTZ001
        ("", ""),
    ],
)
def test_a_cell_becomes_the_text_that_csv_holds(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_sheets_are_tables_with_rows_as_the_spreadsheet_shows_them() -> None:
    rows: list[list[Any]] = [_HEADER, _ROW, [None] * 4, ["E2", 12, "eigen", date(2026, 1, 2)]]
    (table,), findings = _read(_book(Gebieden=rows, over=[["datum"], ["x"]], leeg=[]))
    assert table.bestand == "kaart.xlsx, blad Gebieden"
    assert [row.nummer for row in table.rijen] == [2, 4]
    assert table.rijen[1].cells == {
        "id": "E2",
        "naam": "12",
        "niveau": "eigen",
        "leden": "2026-01-02",
    }
    assert findings == Findings()


def test_rows_keep_their_number_below_empty_rows_at_the_top() -> None:
    data = _book(gebieden=[[], _HEADER, _ROW])
    _, findings = _read(data)
    assert [(f.rij, f.melding[:25]) for f in findings.fouten] == [(1, "Hier staat geen kopregel.")]


def test_a_sheet_that_is_not_read_is_named() -> None:
    _, findings = _read(_book(gebieden=[_HEADER, _ROW], Notities=[["los"]]))
    assert [str(w)[:30] for w in findings.waarschuwingen] == ["kaart.xlsx, blad Notities: Dit"]


def test_a_workbook_without_tables_is_refused() -> None:
    _, findings = _read(_book(Notities=[["los"]]))
    assert [f.bestand for f in findings.fouten] == ["kaart.xlsx"]


def test_errors_and_formulas_without_outcome_are_refused_by_cell() -> None:
    data = _book(gebieden=[_HEADER, ["E1", "=A1", "eigen", "#N/A"]], los=[["=A1"]])
    _, findings = _read(data)
    assert [(f.rij, f.kolom) for f in findings.fouten] == [(2, "naam"), (2, "leden")]


def test_a_cell_beside_the_table_is_not_lost_in_silence() -> None:
    _, findings = _read(_book(gebieden=[_HEADER, [*_ROW, None, "los"]]))
    assert [f.melding for f in findings.fouten] == ["Kolom 6 heeft geen naam. Geef hem een naam."]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04stuk", b"\xd0\xcf\x11\xe0 op slot", _book(gebieden=[_HEADER])[:-200]]
)
def test_a_damaged_or_locked_workbook_is_refused(data: bytes) -> None:
    tables, findings = _read(data)
    assert tables == []
    assert "beschadigd of zit op slot" in findings.fouten[0].melding


def test_another_zip_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("content.xml", "<a/>")
    _, findings = _read(made.getvalue())
    assert "geen XLSX-bestand" in findings.fouten[0].melding


def test_a_sheet_of_broken_xml_is_refused() -> None:
    data = _replace_part(_book(gebieden=[_HEADER]), "xl/worksheets/sheet1.xml", b"</c>", b"</d>")
    tables, findings = _read(data)
    assert tables == []
    assert "beschadigd" in findings.fouten[0].melding


def test_a_zip_bomb_is_refused_by_what_comes_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socialmap.exchange.workbook.MAX_UNPACKED", 3_000_000)
    data = _replace_part(
        _book(gebieden=[_HEADER]), "xl/worksheets/sheet1.xml", b"</sheetData>",
        b"</sheetData>" + b" " * 3_000_000,
    )  # fmt: skip
    assert len(data) < 20_000
    tables, findings = _read(data)
    assert tables == []
    assert "meer dan 3 MB" in findings.fouten[0].melding


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b'r="XFD1048576"', "200000 rijen"),
        (b'r="XFD2"', "200 kolommen"),
        (b'r="GR200000"', "8000000 cellen"),
    ],
)
def test_one_far_cell_asks_for_no_memory(cell: bytes, said: str) -> None:
    data = _replace_part(
        _book(gebieden=[_HEADER, _ROW]), "xl/worksheets/sheet1.xml", b'r="D2"', cell
    )
    tables, findings = _read(data)
    assert tables == []
    assert said in findings.fouten[0].melding


def test_one_long_text_that_many_cells_point_at_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = _with_shared_text("x" * 30_000, rows=50)
    (table,), findings = _read(data)
    assert [len(row.cells["naam"]) for row in table.rijen] == [30_000] * 50
    assert findings == Findings()
    monkeypatch.setattr("socialmap.exchange.workbook.MAX_UNPACKED", 1_000_000)
    tables, findings = _read(data)
    assert tables == []
    assert "meer dan 1 MB" in findings.fouten[0].melding


def _with_shared_text(text: str, rows: int) -> bytes:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>0</v></c>'
        f'<c r="C{n}"><v>1</v></c><c r="D{n}"><v>1</v></c></row>'
        for n in range(2, rows + 2)
    )
    end = b"</sheetData>"
    data = _replace_part(
        _book(gebieden=[_HEADER]), "xl/worksheets/sheet1.xml", end, cells.encode() + end
    )
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a", 8) as packed:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        shared = f'<sst xmlns="{space}"><si><t>{text}</t></si></sst>'
        packed.writestr("xl/sharedStrings.xml", shared)
    assert sum(info.file_size for info in packed.infolist()) < 100_000
    return made.getvalue()


def test_entities_are_refused() -> None:
    data = _replace_part(
        _book(gebieden=[_HEADER, _ROW]), "xl/worksheets/sheet1.xml", b"<worksheet",
        b'<!DOCTYPE w [<!ENTITY a "aa">]><worksheet',
    )  # fmt: skip
    tables, findings = _read(data)
    assert tables == []
    assert "documenttype" in findings.fouten[0].melding
