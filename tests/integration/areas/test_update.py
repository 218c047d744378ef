"""New boundaries: what the map has after an update, and where what named an area went."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString
from shapely.geometry import mapping, shape
from shapely.ops import split

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.model import Inventarisatie
from socialmap.domain.privacy import Lezer
from socialmap.editing.verify import find_faults
from socialmap.exchange.cbs_source import Source, fetch, read_file
from socialmap.exchange.update_areas import UpdateReport, say_report, update_areas
from socialmap.geo.cbs import read_cbs
from socialmap.store.areas import all_figures, get_area, list_areas
from socialmap.store.engine import Store
from socialmap.store.inventories import all_inventories, save_inventories
from socialmap.store.records import all_aanbod, all_actors, all_relaties
from tests.integration.areas.conftest import (
    HAARLEM,
    ZANDVOORT,
    Feature,
    Pdok,
    as_cbs,
    our_buurten,
    wijken_of,
)

CLOCK = Clock(date(2026, 6, 1))
EVERYTHING = Lezer(Niveau.BEHEER)


def bring(store: Store, pdok: Pdok, jaar: int = 2025, *towns: str) -> UpdateReport:
    source = Source(pdok.address + "/{jaar}", pauses=())
    found = {
        name: [
            one
            for town in towns or (HAARLEM, ZANDVOORT)
            for one in fetch(source, jaar, name, town, lambda *_: None)
        ]
        for name in ("buurten", "wijken", "gemeenten")
    }
    larger = [*found["wijken"], *found["gemeenten"]]
    return update_areas(store, read_cbs(found["buurten"], larger, jaar, "PDOK"), CLOCK)


def everything(store: Store) -> list[object]:
    with store.reading() as conn:
        day = CLOCK.today()
        return [
            *all_actors(conn, EVERYTHING, day),
            *all_aanbod(conn, EVERYTHING, day),
            *all_relaties(conn, EVERYTHING, day),
        ]


def test_the_same_areas_of_another_year_change_no_record(store: Store, pdok: Pdok) -> None:
    before = everything(store)
    report = bring(store, pdok)
    assert everything(store) == before
    assert (report.nieuw, report.opvolgers, report.aangepast) == (0, {}, 0)
    with store.reading() as conn:
        buurten = list_areas(conn, Gebiedsniveau.BUURT)
        assert {one.jaar for one in buurten} == {2025}
        assert len(buurten) == len(our_buurten())
        assert find_faults(conn) == []
        figures = {(f.gebied, f.naam): f for f in all_figures(conn) if f.jaar == 2025}
    code = our_buurten()[0]["properties"]["code"]
    assert figures[code, "inwoners"].waarde == 1200
    assert figures[code, "pct_65plus"].waarde == 17
    assert "CC BY 4.0" in figures[code, "inwoners"].bron
    # -99995 means that there is no figure, and what the map does not use is left out.
    assert (code, "pct_eenpersoons") not in figures
    assert ("WK039201", "inwoners") in figures
    # More than one page was asked, and only of the gemeenten of this map.
    assert sum("cursor=" in path for path in pdok.asked) >= 2
    assert all("gemeentecode=GM0" in path for path in pdok.asked)


def divided(buurten: list[Feature]) -> tuple[list[Feature], str, tuple[str, str], str]:
    """Split one buurt in two, and join two neighbours under a new code."""
    found = copy.deepcopy(buurten)
    shapes = {one["properties"]["code"]: shape(one["geometry"]) for one in found}
    haarlem = [one for one in found if one["properties"]["gemeentecode"] == HAARLEM]
    first = next(
        one
        for one in haarlem
        if one["properties"]["wijkcode"] == "WK039220" and one["geometry"]["type"] == "Polygon"
    )
    code = first["properties"]["code"]
    west, south, east, north = shapes[code].bounds
    # A corner that a cut makes on a shared border would be missing at the neighbour, so the cut
    # runs between two corners that are there.
    ring = list(shapes[code].exterior.coords)
    halves = next(
        parts
        for gap in range(2, len(ring) // 2 + 1)
        for start in range(len(ring) - gap - 1)
        if len(
            parts := list(split(shapes[code], LineString([ring[start], ring[start + gap]])).geoms)
        )
        == 2
        and min(part.area for part in parts) > 0.3 * shapes[code].area
    )
    del west, south, east, north
    news = []
    for number, part in enumerate(halves):
        half = copy.deepcopy(first)
        half["properties"]["code"] = f"{code[:8]}9{number}"
        half["properties"]["naam"] = f"Helft {number}"
        half["geometry"] = mapping(part)
        news.append(half)
    pair = next(
        (a, b)
        for a in haarlem
        for b in haarlem
        if a["properties"]["wijkcode"] == b["properties"]["wijkcode"] == "WK039221"
        and a["properties"]["code"] < b["properties"]["code"]
        and shapes[a["properties"]["code"]].intersection(shapes[b["properties"]["code"]]).length > 0
    )
    joined = copy.deepcopy(pair[0])
    joined["properties"]["code"] = f"{joined['properties']['code'][:8]}99"
    joined["properties"]["naam"] = "Samen"
    joined["geometry"] = mapping(
        shapes[pair[0]["properties"]["code"]].union(shapes[pair[1]["properties"]["code"]])
    )
    gone = {code, *(one["properties"]["code"] for one in pair)}
    rest = [one for one in found if one["properties"]["code"] not in gone]
    codes = (pair[0]["properties"]["code"], pair[1]["properties"]["code"])
    return [*rest, *news, joined], code, codes, joined["properties"]["code"]


def test_a_change_of_division_takes_everything_along(store: Store, pdok: Pdok) -> None:
    buurten, was, joined, became = divided(our_buurten())
    pdok.buurten = [as_cbs(one) for one in buurten]
    halves = (f"{was[:8]}90", f"{was[:8]}91")
    with store.writing() as conn:
        looked = Inventarisatie(
            id="I-OUD",
            gebied=joined[1],
            thema="sociaal_netwerk",
            doelgroep="",
            datum=date(2026, 1, 1),
            door="opbouwwerker",
            gevraagd_aan=("bewoners", "school"),
            uitkomst="niets_gevonden",
            aanbod_ids=(),
        )
        save_inventories(conn, [looked], "test", datetime.now(UTC))
    names_it = [
        one
        for one in everything(store)
        if was in getattr(one, "werkgebied", ()) or joined[0] in getattr(one, "werkgebied", ())
    ]
    with store.reading() as conn:
        teams = [one for one in list_areas(conn) if was in one.buurten and one.leden]
        inventories = len(all_inventories(conn))
    report = bring(store, pdok)
    assert set(report.opvolgers) == {was, *joined}
    assert {part.nieuw for part in report.opvolgers[was]} == set(halves)
    assert sum(part.deel for part in report.opvolgers[was]) == pytest.approx(1, abs=1e-3)
    for code in joined:
        (part,) = report.opvolgers[code]
        assert (part.nieuw, part.deel) == (became, pytest.approx(1, abs=1e-3))
    with store.reading() as conn:
        assert find_faults(conn) == []
        kept = {one.id: one for one in all_inventories(conn)}
        codes = {one.code for one in list_areas(conn)}
        for team in teams:
            after = get_area(conn, team.code)
            assert set(halves) <= set(after.buurten)
            assert after.naam == team.naam
            assert after.oppervlakte_m2 == pytest.approx(team.oppervlakte_m2, rel=1e-3)
    assert len(kept) == inventories
    assert kept["I-OUD"].gebied == became
    assert not {was, *joined} & codes
    after = {one.id: one for one in everything(store)}
    assert len(after) == len(everything(store))
    for one in names_it:
        areas = after[one.id].werkgebied
        assert not {was, *joined} & set(areas)
        assert set(halves) <= set(areas) or became in areas
    told = list(say_report(report, {became: "Samen"}))
    assert any(line.startswith(f"{joined[0]} -> {became} Samen: 100%") for line in told)


def test_one_gemeente_leaves_the_others_as_they_are(store: Store, pdok: Pdok) -> None:
    bring(store, pdok, 2025, ZANDVOORT)
    with store.reading() as conn:
        years = {one.gemeente: one.jaar for one in list_areas(conn, Gebiedsniveau.BUURT)}
    assert years == {HAARLEM: 2023, ZANDVOORT: 2025}


def test_a_new_gemeente_comes_beside_the_others(store: Store, pdok: Pdok, shared: Path) -> None:
    text = (shared / "landelijk" / "nl_buurten_2023.geojson").read_text(encoding="utf-8")
    beside = [f for f in json.loads(text)["features"] if f["properties"]["gm_code"] == "GM0375"]
    pdok.buurten = [
        {
            "type": "Feature",
            "properties": {
                "buurtcode": one["properties"]["statcode"],
                "buurtnaam": one["properties"]["statnaam"],
                "wijkcode": one["properties"]["wk_code"],
                "gemeentecode": "GM0375",
                "gemeentenaam": "Beverwijk",
                "aantal_inwoners": 700,
            },
            "geometry": one["geometry"],
        }
        for one in beside
    ]
    before = everything(store)
    report = bring(store, pdok, 2025, "GM0375")
    assert report.nieuw > 10
    assert everything(store) == before
    with store.reading() as conn:
        town = get_area(conn, "GM0375")
        assert len(town.buurten) == len(beside)
        assert get_area(conn, HAARLEM).buurten
        assert find_faults(conn) == []


def test_a_geopackage_of_the_cbs_gives_the_same(store: Store, pdok: Pdok, tmp_path: Path) -> None:
    path = tmp_path / "wijkenbuurten.gpkg"
    for layer, features in (("buurten", pdok.buurten), ("wijken", wijken_of(pdok.buurten))):
        shaped = [
            {**one, "geometry": one["geometry"] or pdok.buurten[0]["geometry"]} for one in features
        ]
        frame = gpd.GeoDataFrame.from_features(shaped, crs="EPSG:4326").to_crs("EPSG:28992")
        frame.columns = [_snake(name) for name in frame.columns]
        frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
    frame.head(1).to_file(path, layer="gemeenten", driver="GPKG", engine="pyogrio")
    found = read_file(path)
    assert len(found["buurten"]) == len(pdok.buurten)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "socialmap.cli",
            "areas",
            "update",
            "--bestand",
            str(path),
            "--jaar",
            "2025",
            "--database",
            str(store._engine.url),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "De grenzen van 2025 staan op de kaart" in done.stdout
    with store.reading() as conn:
        figures = {(f.gebied, f.naam) for f in all_figures(conn) if f.jaar == 2025}
    assert (pdok.buurten[0]["properties"]["buurtcode"], "pct_65plus") in figures


def _snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name)
