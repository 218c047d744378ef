"""Import files of the exchange format: all of them together, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from socialmap.domain.clock import Clock
from socialmap.domain.errors import Fout
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.editing.apply import Batch, Counts, apply
from socialmap.exchange.areas import StoredPlaces, to_shapes
from socialmap.exchange.convert import convert
from socialmap.exchange.hsds_files import split_files
from socialmap.exchange.hsds_import import read_hsds
from socialmap.exchange.missing_columns import keep_hidden_offers, keep_missing_columns
from socialmap.exchange.own_areas import OwnAreas, make_own_areas
from socialmap.exchange.read_files import NamedBytes, read_paths, read_tables
from socialmap.exchange.references import check_references
from socialmap.exchange.rows import Built, build_rows
from socialmap.exchange.tables import Findings, Table
from socialmap.store.areas import read_shapes, save_areas
from socialmap.store.engine import Store
from socialmap.store.indexing import reindex_all
from socialmap.store.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

__all__ = ["Counts", "ImportReport", "import_named_bytes", "import_paths"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import came to, or would come to.

    Attributes
    ----------
    geteld
        By table that was handed in: how many rows are new, changed, or equal to what was there.
        Empty when there are faults.
    waarschuwingen
        What was converted or deserves a look, in order of file, row and column.
    fouten
        Every fault, in the same order. With one fault nothing is kept.
    geplaatst
        Whether it is in the database now: False after faults and after a trial.
    """

    geteld: dict[str, Counts]
    waarschuwingen: tuple[Fout, ...]
    fouten: tuple[Fout, ...]
    geplaatst: bool


class _TrialError(Exception):
    """Carries the counts of a trial out of the transaction, so that it is rolled back."""

    def __init__(self, geteld: dict[str, Counts]) -> None:
        self.geteld = geteld
        super().__init__()


def import_paths(
    store: Store, paths: Sequence[Path], *, wie: str, clock: Clock, proef: bool = False
) -> ImportReport:
    """
    Import folders, CSV files or workbooks as one whole.

    Parameters
    ----------
    store
        Holds the areas and the vocabulary already.
    paths
        A folder stands for the CSV and XLSX files in it.
    wie
        Role or account, for the history.
    clock
        Gives the moment for the history.
    proef
        Do everything, report the same, and keep nothing.

    Returns
    -------
    report
        Faults are in it and are not raised. An error that nobody foresaw is raised, and leaves
        the database as it was.
    """
    findings = Findings()
    files = read_paths(paths, findings)
    return _import(store, files, findings, wie=wie, clock=clock, proef=proef)


def import_named_bytes(
    store: Store, files: Iterable[NamedBytes], *, wie: str, clock: Clock, proef: bool = False
) -> ImportReport:
    """Import files as they were sent: name and content; see `import_paths`."""
    named = [(_without_folder(name), data) for name, data in files]
    return _import(store, named, Findings(), wie=wie, clock=clock, proef=proef)


def _without_folder(name: str) -> str:
    """Some browsers send the folder of the sender along, with the bars of that machine."""
    return name.replace("\\", "/").rpartition("/")[2][-100:]


def _import(
    store: Store,
    files: Iterable[NamedBytes],
    findings: Findings,
    *,
    wie: str,
    clock: Clock,
    proef: bool,
) -> ImportReport:
    rest, hsds = split_files(files, findings)
    read = read_tables(rest, findings)
    if hsds is not None:
        with store.reading() as conn:
            read += read_hsds(conn, hsds, findings)
    tables = [convert(table, findings) for table in read]
    if not tables and not findings.fouten:
        melding = "Er is geen bestand ingeleverd. Kies een of meer CSV-bestanden, of een XLSX."
        findings.fouten.append(Fout("import", 0, "", melding))
    geteld: dict[str, Counts] = {}
    placed = False
    try:
        with store.writing() as conn:
            whole = keep_missing_columns(conn, tables)
            built = build_rows(whole, read_vocabulary(conn), findings)
            check_references(conn, built, findings)
            areas = make_own_areas(read_shapes(conn), built, findings)
            if not findings.fouten:
                geteld = _keep(conn, tables, built, areas, wie, clock)
                if proef:
                    raise _TrialError(geteld)
                placed = True
    except _TrialError as trial:
        geteld = trial.geteld
    return ImportReport(
        geteld=geteld,
        waarschuwingen=tuple(sorted(findings.waarschuwingen)),
        fouten=tuple(sorted(findings.fouten)),
        geplaatst=placed,
    )


def _keep(
    conn: Connection,
    tables: Sequence[Table],
    built: Sequence[Built],
    areas: OwnAreas,
    wie: str,
    clock: Clock,
) -> dict[str, Counts]:
    save_areas(conn, to_shapes((areas.known[code] for code in areas.touched), areas.known))
    places = StoredPlaces(areas.known)
    records = [row.record for row in built]
    batch = Batch(
        actoren=tuple(record for record in records if isinstance(record, Actor)),
        aanbod=tuple(record for record in records if isinstance(record, Aanbod)),
        relaties=tuple(record for record in records if isinstance(record, Relatie)),
        inventarisaties=tuple(
            keep_hidden_offers(conn, (r for r in records if isinstance(r, Inventarisatie)), clock)
        ),
        signalen=tuple(record for record in records if isinstance(record, Signaal)),
    )
    counts: dict[str, Counts] = apply(conn, batch, wie=wie, now=clock.now(), places=places)
    if areas.touched:
        # Records that were there already may lie in an area that is new.
        reindex_all(conn, places)
    given = {table.naam for table in tables}
    every = {"gebieden": areas.counts, **counts}
    return {naam: every[naam] for naam in every if naam in given}
