"""Read rows of text into records, with every fault named by file, row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from socialmap.domain.checks import CHECKS
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import Fout
from socialmap.domain.fields import TABLES
from socialmap.domain.model import Aanbod, Actor, Gebied, Inventarisatie, Relatie, Signaal
from socialmap.domain.parse import RECORDS, read_cell, read_cells
from socialmap.domain.privacy import HIDDEN_NAME
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange.tables import Findings, Row, Table

Record = Actor | Aanbod | Relatie | Gebied | Inventarisatie | Signaal


@dataclass(frozen=True, slots=True)
class Built:
    """One row as far as it could be read.

    Attributes
    ----------
    tabel, bestand, rij
        Where it stood.
    values
        Typed values by column; a cell with a fault is missing.
    record
        None when the row has faults.
    """

    tabel: str
    bestand: str
    rij: int
    values: Mapping[str, Any]
    record: Record | None

    def fault(self, kolom: str, melding: str) -> Fout:
        """Make a fault or warning of this row."""
        return Fout(self.bestand, self.rij, kolom, melding)

    @property
    def key(self) -> str:
        """Id of the record; empty where it is not known."""
        if isinstance(self.record, Relatie):
            return self.record.id
        return str(self.values.get("id", ""))


def build_rows(tables: Iterable[Table], vocabulary: Vocabulary, findings: Findings) -> list[Built]:
    """
    Read all rows of all tables, in order of table, file and row.

    Parameters
    ----------
    tables
        After `convert`.
    vocabulary
        Themes and groups that are allowed.
    findings
        Gets every fault of cells and rows, and of ids that stand twice.

    Returns
    -------
    rows
        Also those with faults: others may point at their id.
    """
    order = list(TABLES)
    built = [
        _build_row(table, row, vocabulary, findings)
        for table in sorted(tables, key=lambda table: order.index(table.naam))
        for row in table.rijen
    ]
    findings.fouten += double_faults(built)
    return built


def double_faults(built: Sequence[Built]) -> list[Fout]:
    """List the rows with an id that an earlier row has: neither may silently win."""
    first: dict[tuple[str, str], Built] = {}
    faults: list[Fout] = []
    for row in built:
        before = first.setdefault((row.tabel, row.key), row) if row.key else row
        if before is row:
            continue
        where = f"rij {before.rij}"
        if before.bestand != row.bestand:
            where += f" van {before.bestand}"
        if row.tabel == "relaties":
            faults.append(
                row.fault("van_id", f"Deze relatie staat ook in {where}. Laat er één staan.")
            )
        else:
            melding = f"Het id {row.key} staat ook in {where}. Geef elke rij een eigen id."
            faults.append(row.fault("id", melding))
    return faults


def _build_row(table: Table, row: Row, vocabulary: Vocabulary, findings: Findings) -> Built:
    velden = tuple(veld for veld in TABLES[table.naam] if veld.naam in row.cells)
    values, faults = read_cells(velden, row.cells, vocabulary)
    if not row.heel:
        known = {name: values[name] for name in ("id",) if name in values}
        return Built(table.naam, table.bestand, row.nummer, known, None)
    check = CHECKS.get(table.naam)
    faults += check(values) if check else []
    if values.get("naam") == HIDDEN_NAME:
        faults.append(("naam", _CUT))
    findings.fouten += [
        Fout(table.bestand, row.nummer, kolom, melding) for kolom, melding in faults
    ]
    record = None if faults else _make(table, values, vocabulary)
    return Built(table.naam, table.bestand, row.nummer, values, record)


def _make(table: Table, values: Mapping[str, Any], vocabulary: Vocabulary) -> Record | None:
    """Make the record; None where a column that it needs is missing from the file."""
    missing = [veld for veld in TABLES[table.naam] if veld.naam not in values]
    if not all(veld.extra for veld in missing):
        return None
    whole = {**values, **{veld.naam: read_cell(veld, "", vocabulary) for veld in missing}}
    if table.naam == "gebieden":
        return Gebied(
            code=whole["id"],
            naam=whole["naam"],
            niveau=Gebiedsniveau(whole["niveau"]),
            leden=whole["leden"],
        )
    record: Record = RECORDS[table.naam][1](whole)
    return record


_CUT = (
    "Deze naam is weggelaten voor wie hem niet mag zien. Voer een bestand in dat op niveau team "
    "is uitgevoerd: anders gaat de echte naam verloren."
)
