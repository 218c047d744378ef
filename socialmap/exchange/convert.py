"""Convert what spreadsheets do to dates, numbers and places, and say so: never in silence.

Only what can be read in one way is converted. What stays is judged by `domain/parse.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from socialmap.domain.errors import Fout
from socialmap.domain.fields import TABLES, Kind
from socialmap.exchange.tables import Findings, Row, Table, say_rows
from socialmap.geo.measure import rd_to_wgs84
from socialmap.geo.point import PointCheck, check_point

_DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_COMMA = re.compile(r"-?\d+,\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
#: Decimals of degrees that come from metres: about 0.1 m.
_DECIMALS = 6
_PLACE = "lon/lat"


@dataclass(frozen=True, slots=True)
class _Change:
    nummer: int
    kolom: str
    voor: str
    na: str


def convert(table: Table, findings: Findings) -> Table:
    """
    Convert Dutch dates, decimal commas, and places that are swapped or in RD metres.

    Parameters
    ----------
    table
        Not modified.
    findings
        Gets one warning for each kind of change in a column, with its rows and an example, and
        a fault for each place outside the Netherlands.

    Returns
    -------
    table
        The cells of a place that is a fault are emptied, so that it is named once.
    """
    for kinds, change, why in (
        ((Kind.DAG,), iso_day, "stond de datum als dag-maand-jaar"),
        ((Kind.GRADEN, Kind.BEDRAG), decimal_point, "stond een komma in het getal"),
    ):
        table = _convert_columns(table, kinds, change, why, findings)
    return _convert_places(table, findings) if {"lon", "lat"} <= set(table.kolommen) else table


def iso_day(text: str) -> str:
    """Turn `d-m-yyyy` into ISO 8601, also a day that does not exist; other text stays as it is."""
    match = _DUTCH_DAY.fullmatch(text.strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text


def decimal_point(text: str) -> str:
    """Turn the one comma of a number into a point; other text stays as it is."""
    return text.strip().replace(",", ".") if _COMMA.fullmatch(text.strip()) else text


def _convert_columns(
    table: Table,
    kinds: Sequence[Kind],
    change: Callable[[str], str],
    why: str,
    findings: Findings,
) -> Table:
    columns = [
        veld.naam
        for veld in TABLES[table.naam]
        if veld.kind in kinds and veld.naam in table.kolommen
    ]
    changes: list[_Change] = []
    rows: list[Row] = []
    for row in table.rijen:
        new = {name: change(row.cells[name]) for name in columns if name in row.cells}
        changes += [
            _Change(row.nummer, name, row.cells[name], text)
            for name, text in new.items()
            if text != row.cells[name]
        ]
        rows.append(Row(row.nummer, {**row.cells, **new}, row.heel))
    for name in columns:
        _warn(table.bestand, name, [c for c in changes if c.kolom == name], why, findings)
    return table.with_rows(rows) if changes else table


def _convert_places(table: Table, findings: Findings) -> Table:
    changes: dict[PointCheck, list[_Change]] = {PointCheck.VERWISSELD: [], PointCheck.RD: []}
    rows: list[Row] = []
    for row in table.rijen:
        point = _point(row.cells)
        check = check_point(*point) if point else PointCheck.OK
        if point is None or check in (PointCheck.OK, PointCheck.ONGELDIG):
            rows.append(row)
            continue
        before = _shown(row.cells["lon"], row.cells["lat"])
        if check is PointCheck.BUITEN:
            findings.fouten.append(_outside(table.bestand, row.nummer, before))
            lon = lat = ""
        elif check is PointCheck.VERWISSELD:
            lon, lat = row.cells["lat"], row.cells["lon"]
        else:
            lon, lat = (repr(round(degrees, _DECIMALS)) for degrees in rd_to_wgs84(*point))
        rows.append(Row(row.nummer, {**row.cells, "lon": lon, "lat": lat}, row.heel))
        if check in changes:
            changes[check].append(_Change(row.nummer, _PLACE, before, _shown(lon, lat)))
    for check, why in _WHY.items():
        _warn(table.bestand, _PLACE, changes[check], why, findings)
    return table.with_rows(rows)


_WHY = {
    PointCheck.VERWISSELD: "waren lon en lat verwisseld",
    PointCheck.RD: "stonden RD-meters in plaats van graden",
}


def _warn(
    bestand: str, kolom: str, changes: Sequence[_Change], why: str, findings: Findings
) -> None:
    if not changes:
        return
    first = changes[0]
    melding = (
        f"In {say_rows([change.nummer for change in changes])} {why}. Dat is omgezet: "
        f"{first.voor} is {first.na} geworden. Kijk of dit klopt."
    )
    findings.waarschuwingen.append(Fout(bestand, first.nummer, kolom, melding))


def _outside(bestand: str, nummer: int, point: str) -> Fout:
    return Fout(
        bestand,
        nummer,
        _PLACE,
        f"De plek {point} ligt niet in Nederland. Vul lon en lat in graden in, "
        "zoals 4.638 en 52.372.",
    )


def _point(cells: Mapping[str, str]) -> tuple[float, float] | None:
    lon, lat = cells.get("lon", "").strip(), cells.get("lat", "").strip()
    if not (_NUMBER.fullmatch(lon) and _NUMBER.fullmatch(lat)) or len(lon + lat) > 60:
        return None
    return float(lon), float(lat)


def _shown(lon: str, lat: str) -> str:
    return f"({lon.strip()}, {lat.strip()})"
