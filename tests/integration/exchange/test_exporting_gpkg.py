"""GeoPackage: what geopandas reads back is what the reader may see, and equal to the CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange.exporting import export_csv
from socialmap.exchange.exporting_gpkg import ABOUT, export_gpkg
from socialmap.store.areas import list_areas
from socialmap.store.engine import Store

from .conftest import PEILDATUM


@pytest.mark.parametrize("niveau", [Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM])
def test_it_holds_the_same_as_the_csv(example: Store, tmp_path: Path, niveau: Niveau) -> None:
    lezer = Lezer(niveau)
    export_csv(example, tmp_path / "csv", lezer, PEILDATUM)
    export_gpkg(example, tmp_path / "kaart.gpkg", lezer, PEILDATUM)
    for layer in ("actoren", "aanbod", "relaties"):
        with (tmp_path / "csv" / f"{layer}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        read = pyogrio.read_dataframe(tmp_path / "kaart.gpkg", layer=layer)
        told = read.drop(columns="geometry", errors="ignore").fillna("").to_dict("records")
        assert told == rows
        if layer != "relaties":
            assert str(read.crs) == "EPSG:4326"
            for row, point in zip(rows, read.geometry, strict=True):
                if not row["lon"]:
                    assert point is None
                else:
                    assert (point.x, point.y) == (float(row["lon"]), float(row["lat"]))


def test_the_areas_are_those_of_the_map(example: Store, tmp_path: Path) -> None:
    export_gpkg(example, tmp_path / "kaart.gpkg", OPENBAAR, PEILDATUM)
    with example.reading() as conn:
        areas = list_areas(conn)
    for niveau, layer in (("buurt", "buurten"), ("wijk", "wijken"), ("gemeente", "gemeenten")):
        read = gpd.read_file(tmp_path / "kaart.gpkg", layer=layer)
        assert set(read["code"]) == {one.code for one in areas if one.niveau == niveau}
        assert read.geometry.is_valid.all()


def test_it_says_what_it_is(example: Store, tmp_path: Path) -> None:
    export_gpkg(example, tmp_path / "kaart.gpkg", OPENBAAR, PEILDATUM)
    told = pyogrio.read_dataframe(tmp_path / "kaart.gpkg", layer=ABOUT)
    about = dict(zip(told["onderwerp"], told["inhoud"], strict=True))
    assert about["niveau"] == "openbaar"
    assert about["datum"] == PEILDATUM.today().isoformat()
    assert "CC BY 4.0" in about["licentie"]
