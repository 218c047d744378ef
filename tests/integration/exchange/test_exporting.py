"""Exports: what a reader may see and no more, whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl
import pytest

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange.exporting import export_csv, export_geojson, export_xlsx
from socialmap.exchange.importing import import_paths
from socialmap.store.engine import Store
from socialmap.store.vocabulary import save_meta

from .conftest import PEILDATUM

TEAM = Lezer(Niveau.TEAM)
PROFESSIONAL = Lezer(Niveau.PROFESSIONAL)


def _text(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


def test_the_public_export_holds_no_key_person(example: Store, tmp_path: Path) -> None:
    export_csv(example, tmp_path / "openbaar", OPENBAAR, PEILDATUM)
    text = _text(tmp_path / "openbaar")
    assert "A001;" in text
    for key in ("A108", "A109", "A110", "A114", "A115", "A116", "sleutelfiguur"):
        assert key not in text
    assert "buurtbeheerder Oost" not in text


def test_an_export_below_team_cannot_overwrite_the_names_it_hides(
    example: Store, tmp_path: Path
) -> None:
    export_csv(example, tmp_path / "uit", PROFESSIONAL, PEILDATUM)
    assert "Yonas" not in _text(tmp_path / "uit")
    report = import_paths(example, [tmp_path / "uit"], wie="test", clock=PEILDATUM)
    assert not report.geplaatst
    assert {fout.kolom for fout in report.fouten} == {"naam"}


def test_the_workbook_says_what_it_is(example: Store, tmp_path: Path) -> None:
    with example.writing() as conn:
        save_meta(conn, "voorbeeld", "1")
    export_xlsx(example, tmp_path / "kaart.xlsx", PROFESSIONAL, PEILDATUM)
    book = openpyxl.load_workbook(tmp_path / "kaart.xlsx")
    assert book.sheetnames == [
        "actoren",
        "aanbod",
        "relaties",
        "gebieden",
        "inventarisaties",
        "signalen",
        "over",
    ]
    about = {str(key): str(value) for key, value in book["over"].iter_rows(values_only=True)}
    assert about["datum"] == "2026-11-22"
    assert about["niveau"] == "professional"
    assert "CC BY 4.0" in about["licentie"]
    assert "CBS / Kadaster" in about["bronvermelding"]
    assert "verzonnen" in about["let_op"]


def test_geojson_holds_actors_and_offers_as_features(example: Store, tmp_path: Path) -> None:
    export_geojson(example, tmp_path / "kaart.geojson", TEAM, PEILDATUM)
    made = json.loads((tmp_path / "kaart.geojson").read_text(encoding="utf-8"))
    assert made["type"] == "FeatureCollection"
    assert (made["datum"], made["niveau"]) == ("2026-11-22", "team")
    assert "CC BY 4.0" in made["licentie"]
    assert "crs" not in made
    assert "let_op" not in made
    features = {feature["id"]: feature for feature in made["features"]}
    records = [feature["properties"]["record"] for feature in made["features"]]
    assert (records.count("actor"), records.count("aanbod")) == (115, 177)
    actor = features["A001"]
    assert actor["geometry"] == {"type": "Point", "coordinates": [4.65212, 52.37343]}
    assert actor["properties"]["werkgebied"] == ["EG-OOST", "WK039201", "WK039202"]
    assert actor["properties"]["zichtbaarheid"] == "openbaar"
    assert actor["properties"]["gecontroleerd_op"] == "2026-09-14"
    assert features["O001"]["properties"]["kosten"] == 0
    assert features["O001"]["properties"]["lijn"] == 1
    without = [f for f in made["features"] if f["properties"]["lon"] is None]
    assert without
    assert all(f["geometry"] is None for f in without)


def test_an_empty_map_exports_empty_tables(base: Store, tmp_path: Path) -> None:
    export_csv(base, tmp_path / "uit", OPENBAAR, PEILDATUM)
    assert sorted(p.name for p in (tmp_path / "uit").iterdir()) == [
        "aanbod.csv",
        "actoren.csv",
        "relaties.csv",
    ]
    export_geojson(base, tmp_path / "leeg.geojson", OPENBAAR, PEILDATUM)
    assert json.loads((tmp_path / "leeg.geojson").read_bytes())["features"] == []
    report = import_paths(base, [tmp_path / "uit"], wie="test", clock=PEILDATUM)
    assert report.geplaatst


def test_an_older_file_of_own_areas_does_not_linger(
    example: Store, base: Store, tmp_path: Path
) -> None:
    export_csv(example, tmp_path, TEAM, PEILDATUM)
    assert len((tmp_path / "gebieden.csv").read_text().splitlines()) == 3
    export_csv(base, tmp_path, TEAM, PEILDATUM)
    assert (tmp_path / "gebieden.csv").read_text().splitlines() == ["id;naam;niveau;leden"]


def test_a_write_that_fails_leaves_the_older_file_whole(
    example: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_csv(example, tmp_path, OPENBAAR, PEILDATUM)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        export_csv(example, tmp_path, TEAM, PEILDATUM)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
