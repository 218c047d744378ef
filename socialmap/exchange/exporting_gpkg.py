"""Export what a reader may see as a GeoPackage, with one layer for each kind of record."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shapely import Point
from shapely.geometry import shape

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.fields import TABLES
from socialmap.domain.privacy import Lezer
from socialmap.exchange.cells import write_cell
from socialmap.exchange.exporting import read_content, write_whole
from socialmap.store.areas import AreaShape, read_shapes
from socialmap.store.engine import Store

ABOUT = "over_dit_bestand"
_PLACED = ("actoren", "aanbod")
_TABLES = ("relaties",)
_AREAS = {
    Gebiedsniveau.BUURT: "buurten",
    Gebiedsniveau.WIJK: "wijken",
    Gebiedsniveau.TEAMGEBIED: "teamgebieden",
    Gebiedsniveau.EIGEN: "eigen_gebieden",
    Gebiedsniveau.GEMEENTE: "gemeenten",
}
_WGS84 = "EPSG:4326"
Values = Mapping[str, Any]


def export_gpkg(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write a GeoPackage (OGC 12-128) in WGS84 (lon, lat), EPSG:4326.

    Layers `actoren` and `aanbod` hold points, empty for what has no place; `buurten`, `wijken`,
    `teamgebieden`, `eigen_gebieden` and `gemeenten` hold surfaces; `relaties` has no geometry.
    Cells of records are text as in the CSV of the exchange format. The table
    `over_dit_bestand` says day, level, licence and attribution.

    Parameters
    ----------
    store
        The map.
    path
        Replaced at once when the file is whole.
    lezer, clock
        Who reads, and on which day.
    """
    content = read_content(store, lezer, clock)
    with store.reading() as conn:
        shapes = read_shapes(conn)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "kaart.gpkg"
        for naam in _PLACED:
            _write_points(made, naam, content.tables[naam])
        for niveau, naam in _AREAS.items():
            _write_areas(made, naam, [one for one in shapes if one.gebied.niveau is niveau])
        for naam in _TABLES:
            _write_table(made, naam, _columns(naam, content.tables[naam]))
        about = list(content.about.items())
        told = {"onderwerp": [name for name, _ in about], "inhoud": [text for _, text in about]}
        _write_table(made, ABOUT, told)
        write_whole(path, made.read_bytes())


def _write_points(path: Path, naam: str, rows: Sequence[Values]) -> None:
    import geopandas as gpd

    points = [None if row["lon"] is None else Point(row["lon"], row["lat"]) for row in rows]
    frame = gpd.GeoDataFrame(_columns(naam, rows), geometry=points, crs=_WGS84)
    frame.to_file(path, layer=naam, driver="GPKG", engine="pyogrio", geometry_type="Point")


def _write_areas(path: Path, naam: str, shapes: Sequence[AreaShape]) -> None:
    import geopandas as gpd

    columns: dict[str, list[Any]] = {
        "code": [one.gebied.code for one in shapes],
        "naam": [one.gebied.naam for one in shapes],
        "gemeente": [one.gebied.gemeente for one in shapes],
        "jaar": [one.gebied.jaar for one in shapes],
        "bron": [one.gebied.bron for one in shapes],
    }
    frame = gpd.GeoDataFrame(columns, geometry=[shape(one.vorm) for one in shapes], crs=_WGS84)
    frame["jaar"] = frame["jaar"].astype("Int64")
    kind = {"geometry_type": "MultiPolygon", "promote_to_multi": True}
    frame.to_file(path, layer=naam, driver="GPKG", engine="pyogrio", **kind)


def _write_table(path: Path, naam: str, columns: Mapping[str, list[str]]) -> None:
    import pandas as pd
    import pyogrio

    pyogrio.write_dataframe(pd.DataFrame(columns), path, layer=naam, driver="GPKG")


def _columns(naam: str, rows: Sequence[Values]) -> dict[str, list[str]]:
    """Give the cells of a table by column, as text; empty lists where there are no rows."""
    fields = TABLES[naam]
    return {veld.naam: [write_cell(veld, row[veld.naam]) for row in rows] for veld in fields}
