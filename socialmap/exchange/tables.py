"""Tables of text as they were handed in: which table it is, its columns, and its rows by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from socialmap.domain.errors import Fout
from socialmap.domain.fields import TABLES
from socialmap.exchange.cells import undo_harmless

MAX_ROWS = 200_000
MAX_COLUMNS = 200
#: Columns that begin with this are for the maker of the file and are not kept.
OWN_COLUMN = "x_"

Record = tuple[int, list[str]]


@dataclass(slots=True)
class Findings:
    """Everything that was noticed while reading, in the order in which it was noticed."""

    fouten: list[Fout] = field(default_factory=list)
    waarschuwingen: list[Fout] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file or sheet, cell by cell.

    Attributes
    ----------
    bestand
        Name for the report.
    naam
        What to recognise the table by: the name of the file or sheet.
    records
        Row number as a spreadsheet shows it, and cells. The first is the header, row 1.
    """

    bestand: str
    naam: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    nummer
        Row number as a spreadsheet shows it; the header is row 1.
    cells
        Text by column name.
    heel
        False where the row did not fit the header: its id is known, its cells are not to be read.
    """

    nummer: int
    cells: Mapping[str, str]
    heel: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the exchange format as text; `kolommen` holds known columns only."""

    naam: str
    bestand: str
    kolommen: tuple[str, ...]
    rijen: tuple[Row, ...]

    def with_rows(self, rijen: Sequence[Row]) -> Table:
        """Give the same table with other rows."""
        return replace(self, rijen=tuple(rijen))


def make_table(raw: RawTable, findings: Findings) -> Table | None:
    """
    Judge the header, and put the cells of each row under their column.

    Parameters
    ----------
    raw
        As read; empty rows are passed over.
    findings
        Every fault and warning is added here.

    Returns
    -------
    table
        None where it cannot be told which table this is. With faults in the header, the columns
        that are known.
    """
    header = [name.strip() for name in raw.records[0][1]] if raw.records else []
    if not any(header):
        melding = "Hier staat geen kopregel. Zet de namen van de kolommen in de eerste rij."
        findings.fouten.append(Fout(raw.bestand, 1, "", melding))
        return None
    naam = recognise(raw.naam, header)
    if naam is None:
        findings.fouten.append(
            Fout(
                raw.bestand,
                0,
                "",
                "Aan de naam en de kopregel is niet te zien welke tabel dit is. Zet actoren, "
                "aanbod, relaties, gebieden, inventarisaties of signalen in de naam, of gebruik "
                "de kolommen van het uitwisselformaat.",
            )
        )
        return None
    findings.fouten += header_faults(raw, header, naam)
    findings.waarschuwingen += _own_columns(raw.bestand, header)
    places = {name: place for place, name in reversed(list(enumerate(header))) if name}
    known = tuple(veld.naam for veld in TABLES[naam] if veld.naam in places)
    rows = []
    width = _used_width(header)
    for nummer, cells in raw.records[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        heel = width <= len(cells) <= len(header)
        if not heel:
            findings.fouten.append(_wrong_width(raw.bestand, nummer, len(cells), width))
        read = {
            name: undo_harmless(cells[places[name]]) for name in known if places[name] < len(cells)
        }
        rows.append(Row(nummer, read, heel))
    return Table(naam, raw.bestand, known, tuple(rows))


def recognise(naam: str, header: Sequence[str]) -> str | None:
    """Tell which table of the format this is: by its name, or else by the columns it must have."""
    named = [table for table in TABLES if table in naam.lower()]
    if len(named) == 1:
        return named[0]
    fitting = [
        table
        for table, velden in TABLES.items()
        if {veld.naam for veld in velden if not veld.extra} <= set(header)
    ]
    return fitting[0] if len(fitting) == 1 else None


def header_faults(raw: RawTable, header: Sequence[str], naam: str) -> Iterator[Fout]:
    """List the columns that are unknown, double, missing, or that hold cells without a name."""
    velden = {veld.naam: veld for veld in TABLES[naam]}
    for name in dict.fromkeys(header):
        if header.count(name) > 1 and name:
            yield Fout(
                raw.bestand,
                1,
                _short(name),
                f"Deze kolom staat er {header.count(name)} keer. Laat er één staan.",
            )
        if name and name not in velden and not name.startswith(OWN_COLUMN):
            yield _unknown_column(raw.bestand, name, list(velden))
    for name, veld in velden.items():
        if name not in header and not veld.extra:
            yield Fout(
                raw.bestand, 1, name, "Deze kolom ontbreekt. Voeg hem toe; de cellen mogen leeg."
            )
    for place, name in enumerate(header):
        below = (cell for _, cells in raw.records[1:] for cell in cells[place : place + 1])
        if not name and any(cell.strip() for cell in below):
            yield Fout(raw.bestand, 1, "", f"Kolom {place + 1} heeft geen naam. Geef hem een naam.")


def count_rows(count: int) -> str:
    """Say a number of rows."""
    return "1 rij" if count == 1 else f"{count} rijen"


def say_rows(nummers: Sequence[int]) -> str:
    """Say in which rows something is: how many, and the first five by number."""
    shown = [str(nummer) for nummer in nummers[:5]]
    if len(nummers) > len(shown):
        where = f"{', '.join(shown)} en verder"
    else:
        where = " en ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return f"{count_rows(len(nummers))} (rij {where})"


def _unknown_column(bestand: str, name: str, known: list[str]) -> Fout:
    near = get_close_matches(name[:80].lower(), known, n=1)
    hint = f" Bedoelt u {near[0]}?" if near else ""
    return Fout(
        bestand,
        1,
        _short(name),
        f"Deze kolom is niet bekend.{hint} Haal hem weg, of begin de naam met {OWN_COLUMN}.",
    )


def _own_columns(bestand: str, header: Sequence[str]) -> Iterator[Fout]:
    for name in header:
        if name.startswith(OWN_COLUMN):
            yield Fout(
                bestand,
                1,
                _short(name),
                f"Deze kolom wordt niet bewaard, omdat de naam met {OWN_COLUMN} begint.",
            )


def _wrong_width(bestand: str, nummer: int, found: int, expected: int) -> Fout:
    return Fout(
        bestand,
        nummer,
        "",
        f"Deze rij heeft {found} cellen, de kopregel {expected}. Zet een tekst met een "
        "scheidingsteken of een regeleinde erin tussen aanhalingstekens.",
    )


def _used_width(header: Sequence[str]) -> int:
    """Columns up to the last one with a name: a spreadsheet may write empty ones after it."""
    return max((place + 1 for place, name in enumerate(header) if name), default=0)


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:40] + "…"
