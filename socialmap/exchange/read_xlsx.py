"""Read the sheets of an XLSX file as the same text that a CSV file would hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from socialmap.domain.errors import Fout
from socialmap.exchange.tables import Findings, RawTable, Record, recognise
from socialmap.exchange.workbook import Position, UnsafeWorkbookError, inspect_workbook

#: Sheet that an export writes about itself.
ABOUT = "over"


def is_workbook(bestand: str, data: bytes) -> bool:
    """Tell whether a file is a workbook and not text."""
    return data.startswith(b"PK\x03\x04") or bestand.lower().endswith((".xlsx", ".xlsm"))


def read_xlsx(bestand: str, data: bytes, findings: Findings) -> list[RawTable]:
    """
    Read every sheet that holds a table of the exchange format.

    Parameters
    ----------
    bestand, data
        Name and content of the file.
    findings
        Faults and warnings are added here. Other sheets are named in a warning, except an empty
        one and the one that an export writes about itself.

    Returns
    -------
    tables
        In the order of the sheets.
    """
    try:
        workbook = inspect_workbook(data)
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(workbook.data))
        found: list[RawTable] = []
        for name in sheets.sheet_names:
            cells = sheets.get_sheet_by_name(name).to_python(skip_empty_area=False)
            raw = _raw_table(bestand, name, cells, findings)
            if raw is not None:
                found.append(raw)
                findings.fouten += _lost(raw, workbook.verloren.get(name, ()))
    except UnsafeWorkbookError as error:
        findings.fouten.append(Fout(bestand, 0, "", str(error)))
        return []
    except CalamineError:
        melding = "Dit bestand is beschadigd. Sla het opnieuw op als XLSX of als CSV."
        findings.fouten.append(Fout(bestand, 0, "", melding))
        return []
    if not found:
        melding = (
            "Hier staan geen tabellen van de sociale kaart in. Noem de bladen actoren, aanbod, "
            "relaties en gebieden."
        )
        findings.fouten.append(Fout(bestand, 0, "", melding))
    return found


def cell_text(value: Any) -> str:
    """Write the value of a cell as a CSV file would hold it: 4.0 as `4`, a day as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds())}S"
    return str(value)


def _raw_table(
    bestand: str, name: str, cells: Sequence[Sequence[Any]], findings: Findings
) -> RawTable | None:
    records: list[Record] = [
        (number, [cell_text(value) for value in row]) for number, row in enumerate(cells, start=1)
    ]
    where = f"{bestand}, blad {name[:40]}"
    header = [text.strip() for text in records[0][1]] if records else []
    if recognise(name, header) is not None:
        return RawTable(where, name, records)
    if any(any(row) for _, row in records) and name != ABOUT:
        melding = (
            "Dit blad is niet gelezen: aan de naam en de kopregel is niet te zien welke tabel "
            "het is."
        )
        findings.waarschuwingen.append(Fout(where, 0, "", melding))
    return None


def _lost(raw: RawTable, places: Sequence[Position]) -> list[Fout]:
    header = raw.records[0][1] if raw.records else []
    return [
        Fout(
            raw.bestand,
            row,
            header[column - 1].strip() if column <= len(header) else "",
            "Deze cel bevat een formule zonder uitkomst of met een fout. Zet er gewone tekst in.",
        )
        for row, column in places
    ]
