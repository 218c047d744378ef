"""Export what a reader may see: CSV, XLSX or GeoJSON, each written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.field_levels import SIGNAAL
from socialmap.domain.fields import TABLES
from socialmap.domain.model import Aanbod, Actor, Gebied, Inventarisatie, Relatie, Signaal
from socialmap.domain.osm import CREDIT
from socialmap.domain.osm import NAAM as OSM
from socialmap.domain.privacy import Lezer
from socialmap.domain.write_cells import values_of
from socialmap.exchange.areas import is_own
from socialmap.exchange.cells import escape_xlsx, write_cell
from socialmap.exchange.read_xlsx import ABOUT
from socialmap.store.areas import list_areas
from socialmap.store.engine import Connection, Store
from socialmap.store.inventories import all_inventories, cut_offers
from socialmap.store.records import all_aanbod, all_actors, all_relaties, has_source
from socialmap.store.signals import all_signals
from socialmap.store.vocabulary import read_meta

#: Order of sheets and files: as people name them.
_ORDER = ("actoren", "aanbod", "relaties", "gebieden", "inventarisaties", "signalen")
#: Written when there are any: an older file would otherwise be imported with the rest.
_IF_ANY = ("gebieden", "inventarisaties", "signalen")
_LICENCE = (
    "Grenzen en namen van gebieden: CC BY 4.0. De overige gegevens zijn van wie de kaart bijhoudt: "
    "vraag daar of u ze verder mag verspreiden."
)
_ATTRIBUTION = "Gebieden © CBS / Kadaster. De herkomst van de overige gegevens staat bij elke rij."
_EXAMPLE = "Dit is een voorbeeld. Alle gegevens zijn verzonnen."

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What one reader sees at one moment: rows by table, and what is told of the export."""

    tables: Mapping[str, Sequence[Values]]
    about: Mapping[str, str]


def export_csv(store: Store, folder: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write `actoren.csv`, `aanbod.csv`, `relaties.csv`, and others when there is something for them.

    These are `gebieden.csv` for own areas, `inventarisaties.csv`, and, from level `team` on,
    `signalen.csv`. UTF-8, separator `;`, every column of the exchange format, rows by id. No cell
    can be taken for a formula. At level `team` an import of the folder changes nothing.

    Parameters
    ----------
    store
        The map.
    folder
        Made when it is not there. Other files in it stay; an older export is replaced.
    lezer, clock
        Who reads, and on which day.
    """
    content = read_content(store, lezer, clock)
    folder.mkdir(parents=True, exist_ok=True)
    for naam in _ORDER:
        path = folder / f"{naam}.csv"
        if naam not in _IF_ANY or content.tables[naam] or path.exists():
            write_whole(path, csv_bytes(naam, content.tables[naam]))


def export_xlsx(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write one workbook with a sheet for each table, and one that says what it is.

    Every cell is text, also numbers and dates, so that nothing is run and nothing is changed.
    """
    content = read_content(store, lezer, clock)
    write_whole(path, xlsx_bytes(content.tables, content.about))


def export_geojson(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write actors and offers as features of GeoJSON (RFC 7946), WGS84 (lon, lat).

    Properties are the fields of the exchange format and `record` (`actor` or `aanbod`). What has
    no point has geometry null. Date, level, licence and attribution stand beside `features`.
    """
    content = read_content(store, lezer, clock)
    features = [
        _feature(record, values)
        for record, naam in (("actor", "actoren"), ("aanbod", "aanbod"))
        for values in content.tables[naam]
    ]
    head = {"type": "FeatureCollection", **content.about}
    lines = ",\n".join(_json(feature) for feature in features)
    text = f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'
    write_whole(path, text.encode())


def csv_bytes(naam: str, rows: Sequence[Values]) -> bytes:
    """Write rows of one table as CSV; a line ends as RFC 4180 says, so that `\\r` is quoted."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([veld.naam for veld in TABLES[naam]])
    writer.writerows(_cells(naam, rows))
    return text.getvalue().encode()


def xlsx_bytes(tables: Mapping[str, Sequence[Values]], about: Mapping[str, str]) -> bytes:
    """Write rows by table as a workbook, with one sheet more for what it is about."""
    book = Workbook(write_only=True)
    for naam in _ORDER:
        columns = [veld.naam for veld in TABLES[naam]]
        _add_sheet(book, naam, [columns, *_cells(naam, tables.get(naam, ()))])
    _add_sheet(book, ABOUT, [["onderwerp", "inhoud"], *map(list, about.items())])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read_content(store: Store, lezer: Lezer, clock: Clock) -> Content:
    """Read everything that a reader may see, in one moment of the map."""
    today = clock.today()
    with store.reading() as conn:
        own = sorted((area for area in list_areas(conn) if is_own(area)), key=lambda a: a.code)
        records: dict[str, Sequence[Actor | Aanbod | Relatie | Inventarisatie | Signaal]] = {
            "actoren": all_actors(conn, lezer, today),
            "aanbod": all_aanbod(conn, lezer, today),
            "relaties": all_relaties(conn, lezer, today),
            "inventarisaties": cut_offers(conn, all_inventories(conn), lezer, today),
            "signalen": all_signals(conn) if lezer.niveau >= SIGNAAL["id"][0] else (),
        }
        about = about_export(conn, lezer, today)
    tables: dict[str, Sequence[Values]] = {
        naam: [values_of(record) for record in found] for naam, found in records.items()
    }
    return Content({**tables, "gebieden": [_area_values(area) for area in own]}, about)


def about_export(conn: Connection, lezer: Lezer, today: date) -> dict[str, str]:
    """Tell of an export its day, level, licence and attribution, and whether it is invented."""
    about = {
        "datum": today.isoformat(),
        "niveau": lezer.niveau.code,
        "licentie": _LICENCE,
        "bronvermelding": _ATTRIBUTION,
    }
    if has_source(conn, OSM):
        about["bronvermelding"] += f" Deels uit OpenStreetMap: {CREDIT}."
    if read_meta(conn, "voorbeeld"):
        about["let_op"] = _EXAMPLE
    return about


def _area_values(area: Gebied) -> Values:
    return {"id": area.code, "naam": area.naam, "niveau": area.niveau, "leden": area.leden}


def _cells(naam: str, rows: Sequence[Values]) -> list[list[str]]:
    return [[write_cell(veld, values[veld.naam]) for veld in TABLES[naam]] for values in rows]


def _add_sheet(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=escape_xlsx(text))
            # openpyxl makes a formula of what begins with `=`.
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)


def _feature(record: str, values: Values) -> dict[str, Any]:
    lon, lat = values["lon"], values["lat"]
    point = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    properties = {name: _plain(value) for name, value in values.items()}
    return {
        "type": "Feature",
        "id": values["id"],
        "geometry": point,
        "properties": {"record": record, **properties},
    }


def _plain(value: Any) -> Any:
    """Give a value as JSON holds it."""
    if isinstance(value, Niveau):
        return value.code
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place at once, so that nobody ever finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(0o644)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
