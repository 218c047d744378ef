"""Write coverage with its definitions and sources: CSV, XLSX and GeoPackage."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from shapely.geometry import shape

from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.verdict import COVERED, THIN, TIGHT
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange.cells import escape_xlsx, make_harmless
from socialmap.geo.measure import to_rd
from socialmap.store.areas import AreaShape

Json = Mapping[str, Any]
Value = str | int | float | None
#: Names of the sheets and layers.
RESULTS, MEANING = "dekking", "uitleg"
_TENS = "Afgerond op tientallen; 0 is ook 1 tot en met 9; leeg is onbekend."
_PERCENT = 100
#: Columns that hold numbers; empty is unknown.
_NUMBERS = (
    "bereik_procent",
    "personen_groep",
    "personen_niet_bereikt",
    "plaatsen_per_persoon",
    "plaatsen_bekend_procent",
    "straal_m",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it means, and how it is read from what the interface gives."""

    naam: str
    betekenis: str
    lees: Callable[[Json, Vocabulary], Value]


def _plain(name: str) -> Callable[[Json, Vocabulary], Value]:
    return lambda row, _words: row[name]


def _share(name: str) -> Callable[[Json, Vocabulary], Value]:
    return lambda row, _words: None if row[name] is None else round(_PERCENT * row[name])


def _ids(name: str) -> Callable[[Json, Vocabulary], Value]:
    return lambda row, _words: "|".join(row[name])


def _flag(name: str) -> Callable[[Json, Vocabulary], Value]:
    return lambda row, _words: "ja" if row[name] else "nee"


def _figures(row: Json, _words: Vocabulary) -> Value:
    used = row["cijfers"]["gebruikt"]
    return "|".join(f"{one['naam']} {one['jaar']} van {one['gebied']}" for one in used)


COLUMNS = (
    Column("gebied", "Code van het gebied (CBS, of een eigen code).", _plain("code")),
    Column("gebied_naam", "Naam van het gebied.", _plain("naam")),
    Column("niveau", "Buurt, wijk, teamgebied of gemeente.", _plain("niveau")),
    Column("thema", "Code van het thema.", _plain("thema")),
    Column("thema_naam", "Thema in woorden.", lambda row, words: words.label(row["thema"])),
    Column("doelgroep", "Code van de doelgroep.", _plain("doelgroep")),
    Column(
        "doelgroep_naam",
        "Doelgroep in woorden.",
        lambda row, words: words.label(row["doelgroep"]),
    ),
    Column(
        "oordeel",
        f"gedekt: minstens {COVERED:.0%} heeft iets binnen bereik. dun: minstens {THIN:.0%}, of er "
        "is alleen aanbod voor iedereen. gat: minder, en iemand keek er in de laatste 24 maanden "
        "naar. onbekend: minder, en niemand keek. Leeg: er woont (bijna) niemand.",
        lambda row, _words: row["oordeel"] and str(row["oordeel"]),
    ),
    Column(
        "verouderd",
        "ja: met aanbod dat langer dan 24 maanden niet is nagekeken zou het oordeel anders zijn.",
        _flag("verouderd"),
    ),
    Column(
        "toevoegingen",
        "alleen_algemeen_aanbod, verouderd, of krap: minder dan "
        f"{TIGHT:.0%} van de middelste verhouding van de gemeente.",
        lambda row, _words: "|".join(str(one) for one in row["toevoegingen"]),
    ),
    Column(
        "bereik_procent",
        "Deel van het gebied binnen bereik van bruikbaar aanbod, in hele procenten. Van een "
        "groter gebied het gemiddelde van zijn buurten, gewogen naar personen van de groep.",
        _share("bereik"),
    ),
    Column("personen_groep", f"Personen van de groep die er wonen. {_TENS}", _plain("behoefte")),
    Column("personen_niet_bereikt", f"Personen die niets bereikt. {_TENS}", _plain("personen")),
    Column(
        "plaatsen_per_persoon",
        "Verhouding van plaatsen en personen, in twee cijfers (tweestaps zwevend "
        "verzorgingsgebied, Luo en Qi 2009). Leeg: plaatsen of personen zijn onbekend.",
        _plain("verhouding"),
    ),
    Column(
        "plaatsen_bekend_procent",
        "Deel van het bruikbare aanbod waarvan het aantal plaatsen bekend is.",
        _share("capaciteit_bekend"),
    ),
    Column("gekeken", "Of iemand er in 24 maanden naar keek (inventarisatie).", _flag("gekeken")),
    Column("aanbod", "Codes van bruikbaar aanbod dat hier komt.", _ids("aanbod")),
    Column("aanbod_oud", "Codes van aanbod dat te lang niet is nagekeken.", _ids("oud")),
    Column("aanbod_stadsbreed", "Voor de hele stad; telt niet mee.", _ids("stadsbreed")),
    Column("aanbod_plek_onbekend", "Zonder bekende plek; telt niet mee.", _ids("plek_onbekend")),
    Column("aanbod_volgens_bron", "Alleen uit een document; telt niet mee.", _ids("volgens_bron")),
    Column(
        "straal_m",
        "Meter lopen van aanbod dat zelf niets zegt, of de gevraagde afstand.",
        lambda row, _words: round(row["straal_m"]),
    ),
    Column("afstand", "Hoe lopen is gemeten.", lambda row, _words: row["cijfers"]["afstand"]),
    Column(
        "cijfers", "Kerncijfers (CBS) waar de personen op rusten: naam, jaar, gebied.", _figures
    ),
    Column(
        "geschat",
        "ja: inwoners van een groter gebied zijn verdeeld naar oppervlakte.",
        lambda row, _words: "ja" if row["cijfers"]["geschat"] else "nee",
    ),
)


@dataclass(frozen=True, slots=True)
class Results:
    """Rows in the order of `COLUMNS`, and (subject, words) that say what they are."""

    rows: Sequence[Sequence[Value]]
    meaning: Sequence[tuple[str, str]]


def make_results(answer: Json, words: Vocabulary, about: Mapping[str, str]) -> Results:
    """
    Put what the interface gives on coverage in rows, with what every column means.

    Parameters
    ----------
    answer
        As `coverage_json` gives it: persons are rounded already.
    words
        Labels of themes and groups.
    about
        Day, level, licence and what else is said of the whole.
    """
    rows = [[column.lees(row, words) for column in COLUMNS] for row in answer["gebieden"]]
    return Results(rows, [*about.items(), *((c.naam, c.betekenis) for c in COLUMNS)])


def say_asked(asked: Mapping[str, str]) -> str:
    """Say what was asked, as in an address; the usual where nothing was."""
    said = [f"{name}={value}" for name, value in asked.items() if value]
    return ", ".join(said) or f"niveau=wijk, doelgroep={EVERYBODY}, alle thema's"


def results_csv(results: Results) -> bytes:
    """Write the rows: UTF-8, separator `;`, no cell that can be taken for a formula."""
    return _csv([column.naam for column in COLUMNS], results.rows)


def meaning_csv(results: Results) -> bytes:
    """Write what the whole and every column mean, the same way."""
    return _csv(["onderwerp", "betekenis"], results.meaning)


def results_xlsx(results: Results) -> bytes:
    """Write a workbook: the rows, and a sheet that says what they mean; text is never run."""
    book = Workbook(write_only=True)
    _add_sheet(book, RESULTS, [[column.naam for column in COLUMNS], *results.rows])
    _add_sheet(book, MEANING, [["onderwerp", "betekenis"], *results.meaning])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def results_gpkg(results: Results, shapes: Sequence[AreaShape]) -> bytes:
    """
    Write a GeoPackage: a layer with the areas in EPSG:28992, and a table that says what it means.

    Parameters
    ----------
    results
        Of areas of one level.
    shapes
        The areas of that level, WGS84 (lon, lat).
    """
    import geopandas as gpd
    import pandas as pd

    known = {one.gebied.code: to_rd(shape(one.vorm)) for one in shapes}
    names = [column.naam for column in COLUMNS]
    frame = pd.DataFrame(results.rows, columns=names)
    for name in _NUMBERS:
        frame[name] = frame[name].astype("Float64")
    areas = gpd.GeoDataFrame(
        frame, geometry=[known[code] for code in frame["gebied"]], crs="EPSG:28992"
    )
    meaning = pd.DataFrame(results.meaning, columns=["onderwerp", "betekenis"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{RESULTS}.gpkg"
        areas.to_file(path, layer=RESULTS, driver="GPKG", engine="pyogrio")
        _add_table(path, meaning)
        return path.read_bytes()


def _add_table(path: Path, meaning: Any) -> None:
    import pyogrio

    pyogrio.write_dataframe(meaning, path, layer=MEANING, driver="GPKG", append=False)


def _csv(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return make_harmless(value) if isinstance(value, str) else str(value)


def _add_sheet(book: Workbook, name: str, rows: Sequence[Sequence[Value]]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    for row in rows:
        cells = []
        for value in row:
            shown = escape_xlsx(value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=shown)
            if isinstance(value, str):
                # openpyxl makes a formula of what begins with `=`.
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
