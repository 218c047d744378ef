"""Read a CSV file cell by cell, whatever a spreadsheet program made of its code and separator."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from threading import Lock

from socialmap.domain.errors import Fout
from socialmap.domain.fields import TABLES
from socialmap.exchange.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Findings,
    RawTable,
    Record,
    count_rows,
    say_rows,
)

SEPARATORS = {";": "een puntkomma", ",": "een komma", "\t": "een tab"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COLUMNS = {veld.naam for velden in TABLES.values() for veld in velden}
#: The limit on a cell is one number for the whole process.
_LIMIT = Lock()


def read_csv(bestand: str, data: bytes, findings: Findings) -> RawTable | None:
    """
    Read a file with separator `;`, `,` or tab, in UTF-8 or Windows-1252.

    Parameters
    ----------
    bestand
        Name of the file, for the report.
    data
        The file.
    findings
        Faults and warnings are added here: what was converted, and in how many rows.

    Returns
    -------
    raw
        None where the file cannot be read. Row numbers count records, also empty ones, so that
        a line break inside a cell does not shift them.
    """
    text, converted = _decode(bestand, data, findings)
    if text is None:
        return None
    separator = find_separator(text)
    records = _records(bestand, text, separator, findings)
    if records is None:
        return None
    if converted:
        _warn_converted(bestand, records, findings)
    if separator != ";":
        findings.waarschuwingen.append(
            Fout(
                bestand,
                0,
                "",
                f"Het scheidingsteken is {SEPARATORS[separator]}, geen puntkomma. "
                f"Zo gelezen: {count_rows(_filled(records))}.",
            )
        )
    return RawTable(bestand, bestand, records)


def find_separator(text: str) -> str:
    """Choose the separator that finds most known columns in the header; `;` where none does."""
    header = text.split("\n", 1)[0].rstrip("\r")[:100_000]

    def known(separator: str) -> int:
        return sum(name.strip(' "') in _COLUMNS for name in header.split(separator))

    return max(SEPARATORS, key=known)


def _decode(bestand: str, data: bytes, findings: Findings) -> tuple[str | None, bool]:
    """Give the text, and whether it was Windows-1252."""
    melding = (
        "De tekens in dit bestand zijn niet te lezen. Sla het op als CSV met codering UTF-8, "
        "en lever het opnieuw in."
    )
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError as error:
        if _has_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            melding = (
                f"In regel {line} van dit bestand staat een teken dat niet bij UTF-8 hoort, "
                "terwijl de rest wel UTF-8 is. Verbeter dat teken."
            )
        elif not data.startswith(_UTF16):
            with suppress(UnicodeDecodeError):
                return data.decode("cp1252"), True
    findings.fouten.append(Fout(bestand, 0, "", melding))
    return None, False


def _has_utf8(data: bytes) -> bool:
    """Tell whether some letters are sound UTF-8: as Windows-1252 those would come out garbled."""
    readable = data.decode("utf-8", errors="ignore")
    return not data.startswith(_UTF16) and not readable.isascii()


def _records(bestand: str, text: str, separator: str, findings: Findings) -> list[Record] | None:
    records: list[Record] = []
    with _LIMIT:
        before = csv.field_size_limit(max(len(text), csv.field_size_limit()))
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
            for number, cells in enumerate(reader, start=1):
                melding = _too_big(number, len(cells))
                if melding:
                    findings.fouten.append(Fout(bestand, number, "", melding))
                    return None
                records.append((number, cells))
        except csv.Error:
            melding = (
                "De aanhalingstekens in deze rij kloppen niet. Zet de hele cel tussen "
                "aanhalingstekens, en schrijf een aanhalingsteken binnenin dubbel."
            )
            findings.fouten.append(Fout(bestand, len(records) + 1, "", melding))
            return None
        finally:
            csv.field_size_limit(before)
    return records


def _too_big(number: int, columns: int) -> str:
    if number > MAX_ROWS:
        return f"Dit bestand heeft meer dan {MAX_ROWS} rijen. Deel het op in kleinere bestanden."
    if columns > MAX_COLUMNS:
        return f"Deze rij heeft {columns} cellen. Er kunnen er hoogstens {MAX_COLUMNS} zijn."
    return ""


def _filled(records: list[Record]) -> int:
    return sum(any(cells) for _, cells in records[1:])


def _warn_converted(bestand: str, records: list[Record], findings: Findings) -> None:
    rows = [number for number, cells in records if not all(cell.isascii() for cell in cells)]
    melding = (
        "Dit bestand is opgeslagen in Windows-1252 en niet in UTF-8. De bijzondere tekens zijn "
        f"omgezet in {say_rows(rows)}. Kijk of de namen kloppen."
    )
    findings.waarschuwingen.append(Fout(bestand, rows[0], "", melding))
