"""Read files of the exchange format, from a folder or as they were sent, into tables of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from socialmap.domain.errors import Fout
from socialmap.exchange.read_csv import read_csv
from socialmap.exchange.read_xlsx import is_workbook, read_xlsx
from socialmap.exchange.tables import Findings, RawTable, Table, make_table

NamedBytes = tuple[str, bytes]
_SUFFIXES = (".csv", ".xlsx")


def read_tables(files: Iterable[NamedBytes], findings: Findings) -> list[Table]:
    """
    Read named files.

    See `read_raw_tables` and `make_tables`.

    Parameters
    ----------
    files
        Name and content. A table is known by the name of its file or sheet (`actoren`, `aanbod`,
        `relaties`, `gebieden` anywhere in it), or else by its columns.
    findings
        Every fault and warning is added here.

    Returns
    -------
    tables
        As far as they could be read; the same table may come in several files.
    """
    return make_tables(read_raw_tables(files, findings), findings)


def read_raw_tables(files: Iterable[NamedBytes], findings: Findings) -> list[RawTable]:
    """Read named files cell by cell; what cannot be read becomes a fault."""
    raws: list[RawTable] = []
    for bestand, data in files:
        if is_workbook(bestand, data):
            raws += read_xlsx(bestand, data, findings)
        else:
            raw = read_csv(bestand, data, findings)
            raws += [raw] if raw else []
    return raws


def make_tables(raws: Iterable[RawTable], findings: Findings) -> list[Table]:
    """Judge the headers, and keep the tables that could be told."""
    tables = [make_table(raw, findings) for raw in raws]
    return [table for table in tables if table is not None]


def read_paths(paths: Sequence[Path], findings: Findings) -> list[NamedBytes]:
    """
    Read files from disk; a folder stands for the CSV and XLSX files in it.

    Files that are missing or unreadable, and folders without files, become faults.

    Returns
    -------
    files
        Name and content; two files of the same name get their folder before it.
    """
    found: list[Path] = []
    for path in paths:
        listed = _in_folder(path) if path.is_dir() else [path]
        if not listed:
            melding = "In deze map staan geen CSV- of XLSX-bestanden. Kies een andere map."
            findings.fouten.append(Fout(path.name, 0, "", melding))
        found += [file for file in listed if file not in found]
    names = Counter(file.name for file in found)
    files: list[NamedBytes] = []
    for file in found:
        name = file.name if names[file.name] == 1 else str(PurePath(file.parent.name, file.name))
        try:
            files.append((name, file.read_bytes()))
        except OSError:
            melding = "Dit bestand is er niet of is niet te openen. Controleer de naam en de map."
            findings.fouten.append(Fout(name, 0, "", melding))
    return files


def _in_folder(folder: Path) -> list[Path]:
    hidden = (".", "~")
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith(hidden) and path.is_file()
    )
