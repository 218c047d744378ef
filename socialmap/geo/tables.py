"""Read a small CSV table of boundaries or figures, with every fault by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from socialmap.geo.errors import BoundaryFaults, Fault


@dataclass(frozen=True, slots=True)
class Row:
    """One row: file name, row number as a spreadsheet shows it (header is 1), cells by column."""

    bestand: str
    nummer: int
    cells: Mapping[str, str]

    def fault(self, code: str, melding: str) -> Fault:
        """Make a fault of this row."""
        return Fault(self.bestand, self.nummer, code, melding)


def read_text(path: Path) -> str:
    """
    Read a UTF-8 file, with or without byte order mark.

    Raises
    ------
    BoundaryFaults
        If the file is missing or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        melding = "Dit bestand ontbreekt. Zet het terug in de map met de gebieden."
    except UnicodeDecodeError:
        melding = "Dit bestand is geen UTF-8. Sla het opnieuw op als UTF-8."
    raise BoundaryFaults([Fault(path.name, 0, "", melding)])


def read_table(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """
    Read a table with separator `;` and exactly these columns, in any order.

    Parameters
    ----------
    path
        CSV file, UTF-8.
    columns
        Names that the header must hold.

    Returns
    -------
    rows
        In the order of the file, cells without spaces around them. Empty rows are passed over.

    Raises
    ------
    BoundaryFaults
        With every fault: columns missing or unknown, rows with too many or too few cells.
    """
    header, rows = read_rows(path)
    faults = [
        Fault(path.name, 1, "", f"De kolom {column} ontbreekt. Voeg hem toe.")
        for column in columns
        if column not in header
    ]
    faults += [
        Fault(path.name, 1, "", f"De kolom {column} is niet bekend. Haal hem weg.")
        for column in header
        if column not in columns
    ]
    if faults:
        raise BoundaryFaults(faults)
    return rows


def read_rows(path: Path) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """
    Read a table with separator `;`, whatever its columns.

    Returns
    -------
    header, rows
        As `read_table`.

    Raises
    ------
    BoundaryFaults
        With every row that does not fit the header, or a double or empty column name.
    """
    try:
        text = io.StringIO(read_text(path))
        lines = list(csv.reader(text, delimiter=";", strict=True))
    except csv.Error:
        melding = "Dit is geen leesbare tabel. Controleer de aanhalingstekens."
        raise BoundaryFaults([Fault(path.name, 0, "", melding)]) from None
    header = tuple(name.strip() for name in lines[0]) if lines else ()
    if not header or len(set(header)) < len(header) or "" in header:
        melding = "De kopregel klopt niet. Geef elke kolom één keer een naam."
        raise BoundaryFaults([Fault(path.name, 1, "", melding)])
    filled = [(n, cells) for n, cells in enumerate(lines[1:], start=2) if any(cells)]
    faults = [
        Fault(
            path.name,
            n,
            cells[0],
            f"Deze rij heeft {len(cells)} cellen in plaats van "
            f"{len(header)}. Controleer de puntkomma's.",
        )
        for n, cells in filled
        if len(cells) != len(header)
    ]
    if faults:
        raise BoundaryFaults(faults)
    return header, tuple(
        Row(path.name, n, {k: v.strip() for k, v in zip(header, cells, strict=True)})
        for n, cells in filled
    )
