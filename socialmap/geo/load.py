"""Read the folder with boundaries (`data/wijken`) into areas, or refuse it with every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from socialmap.geo.area import AreaSet
from socialmap.geo.boundary import Boundary, parse_buurten, parse_outlines
from socialmap.geo.dissolve import build_areas
from socialmap.geo.errors import BoundaryFaults, Fault
from socialmap.geo.tables import Row, read_table, read_text

BUURTEN: Final = "haarlem_zandvoort_buurten.geojson"
OUTLINES: Final = "gemeenten_omtrek.geojson"
TEAMS: Final = "teamgebieden.csv"
WIJK_NAMES: Final = "wijknamen.csv"
ONBEWOOND: Final = "vrijwel_onbewoond.csv"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuurtRow:
    """A row that says something about one buurt.

    Attributes
    ----------
    row
        Where it stands, for the report.
    buurtcode, buurtnaam
        The buurt; the name proves that the code is the one that was meant.
    team, teamnaam
        The team area it is put in; empty in a list of uninhabited buurten.
    """

    row: Row
    buurtcode: str
    buurtnaam: str
    team: str = ""
    teamnaam: str = ""


def load_areas(folder: Path) -> AreaSet:
    """
    Read, check and put together all areas of a folder.

    Parameters
    ----------
    folder
        Holds the five files named at the head of this module; formats in its README.

    Returns
    -------
    areas
        Buurten, wijken, team areas and gemeenten.

    Raises
    ------
    BoundaryFaults
        With every fault of every file: in what is read, and in how the files fit each other.
    """
    faults: list[Fault] = []
    buurten = _gather(faults, lambda: read_buurten(folder / BUURTEN)) or ()
    outlines = _gather(faults, lambda: read_outlines(folder / OUTLINES)) or ()
    teams = _gather(faults, lambda: read_teams(folder / TEAMS)) or ()
    wijken = _gather(faults, lambda: read_wijk_names(folder / WIJK_NAMES)) or {}
    onbewoond = _gather(faults, lambda: read_onbewoond(folder / ONBEWOOND)) or ()
    gemeenten = {outline.code: outline.naam for outline in outlines}
    # A file that was refused says nothing: comparing with it would only repeat its faults.
    if buurten:
        faults += _faults_of_buurt_rows((*teams, *onbewoond), buurten)
    if buurten and wijken:
        faults += _unnamed((buurt.wijkcode for buurt in buurten), wijken, WIJK_NAMES)
    if buurten and gemeenten:
        faults += _unnamed((buurt.gemeentecode for buurt in buurten), gemeenten, OUTLINES)
    if faults:
        raise BoundaryFaults(faults)
    return AreaSet(
        build_areas(
            buurten,
            outlines,
            teams={row.buurtcode: row.team for row in teams},
            names={**wijken, **{row.team: row.teamnaam for row in teams}, **gemeenten},
            onbewoond=frozenset(row.buurtcode for row in onbewoond),
        )
    )


def read_buurten(path: Path) -> tuple[Boundary, ...]:
    """Read a GeoJSON file of buurten; see `boundary.parse_buurten`, which says what is raised."""
    return parse_buurten(read_text(path), path.name)


def read_outlines(path: Path) -> tuple[Boundary, ...]:
    """Read a GeoJSON file of outlines; see `boundary.parse_outlines`."""
    return parse_outlines(read_text(path), path.name)


def read_teams(path: Path) -> tuple[BuurtRow, ...]:
    """
    Read which buurt lies in which team area.

    Parameters
    ----------
    path
        CSV with columns `teamgebied;naam;buurtcode;buurtnaam;opmerking`.

    Returns
    -------
    rows
        In the order of the file; each buurt once.

    Raises
    ------
    BoundaryFaults
        With every fault: empty cells, a buurt in two teams, a team with two names.
    """
    table = read_table(path, ("teamgebied", "naam", "buurtcode", "buurtnaam", "opmerking"))
    faults = list(_empty_cells(table, ("teamgebied", "naam", "buurtcode")))
    faults += _double_cells(table, "buurtcode")
    first_name: dict[str, str] = {}
    for row in table:
        team, naam = row.cells["teamgebied"], row.cells["naam"]
        if first_name.setdefault(team, naam) != naam:
            melding = f"Dit teamgebied heet ook {first_name[team]}. Gebruik één naam."
            faults.append(row.fault(team, melding))
    if faults:
        raise BoundaryFaults(faults)
    return tuple(
        BuurtRow(
            row=row,
            buurtcode=row.cells["buurtcode"],
            buurtnaam=row.cells["buurtnaam"],
            team=row.cells["teamgebied"],
            teamnaam=row.cells["naam"],
        )
        for row in table
    )


def read_onbewoond(path: Path) -> tuple[BuurtRow, ...]:
    """
    Read which buurten hold few or no residents.

    Parameters
    ----------
    path
        CSV with columns `buurtcode;naam;waarom`.

    Returns
    -------
    rows
        In the order of the file; each buurt once.

    Raises
    ------
    BoundaryFaults
        With every fault: empty cells, a buurt twice.
    """
    table = read_table(path, ("buurtcode", "naam", "waarom"))
    faults = [*_empty_cells(table, ("buurtcode",)), *_double_cells(table, "buurtcode")]
    if faults:
        raise BoundaryFaults(faults)
    return tuple(
        BuurtRow(row=row, buurtcode=row.cells["buurtcode"], buurtnaam=row.cells["naam"])
        for row in table
    )


def read_wijk_names(path: Path) -> dict[str, str]:
    """
    Read the names of wijken.

    Parameters
    ----------
    path
        CSV with columns `code;naam;bron`.

    Returns
    -------
    names
        Code of the wijk -> name.

    Raises
    ------
    BoundaryFaults
        With every fault: empty cells, a code twice.
    """
    table = read_table(path, ("code", "naam", "bron"))
    faults = [*_empty_cells(table, ("code", "naam")), *_double_cells(table, "code")]
    if faults:
        raise BoundaryFaults(faults)
    return {row.cells["code"]: row.cells["naam"] for row in table}


def _gather(faults: list[Fault], read: Callable[[], T]) -> T | None:
    """Read one file; keep its faults and go on without it, so that all files are looked at."""
    try:
        return read()
    except BoundaryFaults as refused:
        faults += refused.faults
        return None


def _empty_cells(table: Iterable[Row], columns: Sequence[str]) -> Iterator[Fault]:
    for row in table:
        for column in columns:
            if not row.cells[column]:
                yield row.fault("", f"De kolom {column} is leeg. Vul hem in.")


def _double_cells(table: Iterable[Row], column: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in table:
        code = row.cells[column]
        before = first.setdefault(code, row.nummer)
        if code and before != row.nummer:
            yield row.fault(code, f"Deze code staat ook in rij {before}. Noem hem één keer.")


def _faults_of_buurt_rows(rows: Iterable[BuurtRow], buurten: Iterable[Boundary]) -> Iterator[Fault]:
    names = {buurt.code: buurt.naam for buurt in buurten}
    for row in rows:
        naam = names.get(row.buurtcode)
        if naam is None:
            melding = "Deze buurt staat niet bij de grenzen. Controleer de code en het jaar."
            yield row.row.fault(row.buurtcode, melding)
        elif naam != row.buurtnaam:
            melding = (
                f"De buurt heet hier {row.buurtnaam}, bij de grenzen {naam}. "
                "Controleer of de code klopt."
            )
            yield row.row.fault(row.buurtcode, melding)


def _unnamed(codes: Iterable[str], names: Mapping[str, str], bestand: str) -> Iterator[Fault]:
    for code in sorted(set(codes) - set(names)):
        yield Fault(bestand, 0, code, "De naam van dit gebied ontbreekt. Voeg het toe.")
