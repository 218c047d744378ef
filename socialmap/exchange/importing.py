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
from socialmap.exchange.mapping import Choices, UnknownColumn, apply_choices, unknown_columns
from socialmap.exchange.missing_columns import keep_hidden_offers, keep_missing_columns
from socialmap.exchange.own_areas import OwnAreas, make_own_areas
from socialmap.exchange.read_files import NamedBytes, make_tables, read_paths, read_raw_tables
from socialmap.exchange.references import check_references
from socialmap.exchange.rows import Built, build_rows
from socialmap.exchange.tables import Findings, Table
from socialmap.exchange.uploads import without_folder
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
    named = [(without_folder(name), data) for name, data in files]
    return _import(store, named, Findings(), wie=wie, clock=clock, proef=proef)


@dataclass(frozen=True, slots=True)
class Ready:
    """
    Files that were read and judged, before anything is kept.

    Attributes
    ----------
    onbekend
        Columns that are not known, with a guess; those that somebody chose for are not among them.
    """

    tables: tuple[Table, ...]
    built: tuple[Built, ...]
    areas: OwnAreas
    onbekend: tuple[UnknownColumn, ...]


def get_ready(
    conn: Connection, files: Iterable[NamedBytes], findings: Findings, choices: Choices
) -> Ready:
    """
    Read and judge files against what is on the map; nothing is written.

    Parameters
    ----------
    conn
        Any connection.
    findings
        Gets every fault and warning.
    choices
        What unknown columns stand for.
    """
    rest, hsds = split_files(files, findings)
    raws = [apply_choices(raw, choices) for raw in read_raw_tables(rest, findings)]
    strange = tuple(unknown_columns(raws))
    read = make_tables(raws, findings)
    if hsds is not None:
        read += read_hsds(conn, hsds, findings)
    tables = [convert(table, findings) for table in read]
    if not tables and not findings.fouten:
        melding = "Er is geen bestand ingeleverd. Kies een of meer CSV-bestanden, of een XLSX."
        findings.fouten.append(Fout("import", 0, "", melding))
    whole = keep_missing_columns(conn, tables)
    built = build_rows(whole, read_vocabulary(conn), findings)
    check_references(conn, built, findings)
    areas = make_own_areas(read_shapes(conn), built, findings)
    return Ready(tuple(tables), tuple(built), areas, strange)


def _import(
    store: Store,
    files: Iterable[NamedBytes],
    findings: Findings,
    *,
    wie: str,
    clock: Clock,
    proef: bool,
) -> ImportReport:
    geteld: dict[str, Counts] = {}
    placed = False
    try:
        with store.writing() as conn:
            ready = get_ready(conn, files, findings, {})
            if not findings.fouten:
                batch = batch_of(conn, ready.built, clock)
                geteld = keep(conn, ready, batch, wie=wie, clock=clock)
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


def batch_of(conn: Connection, built: Sequence[Built], clock: Clock) -> Batch:
    """Put the records of rows together by kind; every row has one, or there were faults."""
    records = [row.record for row in built]
    return Batch(
        actoren=tuple(record for record in records if isinstance(record, Actor)),
        aanbod=tuple(record for record in records if isinstance(record, Aanbod)),
        relaties=tuple(record for record in records if isinstance(record, Relatie)),
        inventarisaties=tuple(
            keep_hidden_offers(conn, (r for r in records if isinstance(r, Inventarisatie)), clock)
        ),
        signalen=tuple(record for record in records if isinstance(record, Signaal)),
    )


def keep(
    conn: Connection, ready: Ready, batch: Batch, *, wie: str, clock: Clock
) -> dict[str, Counts]:
    """
    Keep own areas and a batch of records; the caller's transaction decides whether it stays.

    Returns
    -------
    dict
        Counts by table that was handed in.
    """
    known, touched = ready.areas.known, ready.areas.touched
    save_areas(conn, to_shapes((known[code] for code in touched), known))
    places = StoredPlaces(known)
    counts: dict[str, Counts] = apply(conn, batch, wie=wie, now=clock.now(), places=places)
    if touched:
        # Records that were there already may lie in an area that is new.
        reindex_all(conn, places)
    given = {table.naam for table in ready.tables}
    every = {"gebieden": ready.areas.counts, **counts}
    return {naam: every[naam] for naam in every if naam in given}
