"""Read the published key figures of areas, one figure at a time, with label, unit and source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from socialmap.domain.model import Kerncijfer
from socialmap.geo.errors import BoundaryFaults, Fault
from socialmap.geo.tables import Row, read_rows

PERSONEN: Final = "personen"
HUISHOUDENS: Final = "huishoudens"
PROCENT: Final = "%"
PER_DUIZEND: Final = "per 1.000"

# Column of the files -> label and unit.
FIGURES: Final = {
    "inwoners": ("Inwoners", PERSONEN),
    "pct_0_14": ("Inwoners jonger dan 15 jaar", PROCENT),
    "pct_15_24": ("Inwoners van 15 tot 25 jaar", PROCENT),
    "pct_65plus": ("Inwoners van 65 jaar of ouder", PROCENT),
    "huishoudens": ("Huishoudens", HUISHOUDENS),
    "pct_eenpersoons": ("Huishoudens van één persoon", PROCENT),
    "pct_met_kinderen": ("Huishoudens met kinderen", PROCENT),
    "pct_herkomst_buiten_europa": ("Inwoners met een herkomst buiten Europa", PROCENT),
    "pct_niet_westers": ("Inwoners met een niet-westerse achtergrond", PROCENT),
    "pct_sociaal_minimum": ("Huishoudens rond of onder het sociaal minimum", PROCENT),
    "wmo_per_1000": ("Inwoners met hulp uit de Wmo", PER_DUIZEND),
    "bijstand_per_1000": ("Inwoners met bijstand", PER_DUIZEND),
    "pct_jeugdzorg": ("Jongeren met jeugdzorg", PROCENT),
    "pct_laag_opgeleid": ("Inwoners met een lage opleiding", PROCENT),
}

_FILE: Final = re.compile(r"kerncijfers_\w+_(\d{4})\.csv")
_CODE: Final = re.compile(r"(?:BU\d{4}[0-9A-Z]{4}|WK\d{4}[0-9A-Z]{2}|GM\d{4})")
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,4})?")


@dataclass(frozen=True, slots=True)
class FormerGemeente:
    """A gemeente that figures still speak of: its name, and the gemeente it went up in."""

    naam: str
    opvolger: str
    sinds: int


# Their figures are of 2021; on the map of 2023 they are one gemeente.
FORMER_GEMEENTEN: Final = {
    "GM0398": FormerGemeente("Heerhugowaard", "GM1980", 2022),
    "GM0416": FormerGemeente("Langedijk", "GM1980", 2022),
}


def load_figures(folder: Path) -> tuple[Kerncijfer, ...]:
    """
    Read every `kerncijfers_NAAM_JJJJ.csv` of a folder.

    Parameters
    ----------
    folder
        Columns `code;naam` and those of `FIGURES`, any number of them. An empty cell was not
        published: it gives no figure.

    Returns
    -------
    figures
        By area, year and name. `waarde` is in the unit of `eenheid`: 16.77 with `%` is 16.77 per
        cent.

    Raises
    ------
    BoundaryFaults
        With every fault of every file: no files, unknown columns, codes and numbers that are
        none, per cents over 100, the same figure twice.
    """
    paths = sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))
    faults: list[Fault] = []
    if not paths:
        melding = "Er zijn geen kerncijfers. Zet kerncijfers_NAAM_JJJJ.csv in de map."
        faults.append(Fault("kerncijfers", 0, "", melding))
    figures: dict[tuple[str, int, str], Kerncijfer] = {}
    for path in paths:
        try:
            header, rows = read_rows(path)
        except BoundaryFaults as refused:
            faults += refused.faults
            continue
        faults += _column_faults(path.name, header)
        for row in rows:
            faults += _row_faults(row)
            for figure in _figures_of(row, _year(path)):
                key = (figure.gebied, figure.jaar, figure.naam)
                if key in figures:
                    melding = f"Het cijfer {figure.naam} staat er twee keer. Haal er één weg."
                    faults.append(row.fault(figure.gebied, melding))
                figures[key] = figure
    if faults:
        raise BoundaryFaults(faults)
    return tuple(figures[key] for key in sorted(figures))


def _year(path: Path) -> int:
    found = _FILE.fullmatch(path.name)
    if found is None:
        raise ValueError(path.name)
    return int(found.group(1))


def _column_faults(bestand: str, header: tuple[str, ...]) -> Iterator[Fault]:
    if "code" not in header:
        yield Fault(bestand, 1, "", "De kolom code ontbreekt. Voeg hem toe.")
    for column in header:
        if column not in FIGURES and column not in ("code", "naam"):
            yield Fault(bestand, 1, "", f"De kolom {column} is niet bekend. Haal hem weg.")


def _row_faults(row: Row) -> Iterator[Fault]:
    code = row.cells.get("code", "")
    if not _CODE.fullmatch(code):
        yield row.fault(code, "De code klopt niet. Gebruik een CBS-code, zoals WK039201.")
    for column, (_, eenheid) in FIGURES.items():
        cell = row.cells.get(column, "")
        if cell and not _NUMBER.fullmatch(cell):
            yield row.fault(code, f"{cell} in kolom {column} is geen getal, zoals 12.5.")
        elif cell and eenheid == PROCENT and float(cell) > 100:
            yield row.fault(code, f"{cell} in kolom {column} is meer dan 100 procent.")


def _figures_of(row: Row, jaar: int) -> Iterator[Kerncijfer]:
    for column, (label, eenheid) in FIGURES.items():
        cell = row.cells.get(column, "")
        if _NUMBER.fullmatch(cell):
            yield Kerncijfer(
                gebied=row.cells.get("code", ""),
                jaar=jaar,
                naam=column,
                label=label,
                waarde=float(cell),
                eenheid=eenheid,
                bron=f"CBS, Kerncijfers wijken en buurten {jaar}, CC BY 4.0",
            )
