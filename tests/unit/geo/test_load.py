"""The embedded areas, and folders that are refused."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import shapely

from socialmap.geo.area import NIVEAUS, AreaSet
from socialmap.geo.errors import BoundaryFaults, UnknownAreaError
from socialmap.geo.load import load_areas, read_onbewoond, read_teams
from socialmap.geo.measure import area_m2


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "wijken"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(BoundaryFaults) as caught:
        load_areas(folder)
    return [(fault.bestand, fault.nummer, fault.code) for fault in caught.value.faults]


def test_levels_and_their_counts(areas: AreaSet) -> None:
    assert Counter(str(area.niveau) for area in areas) == {
        "buurt": 130,
        "wijk": 25,
        "teamgebied": 9,
        "gemeente": 9,
    }
    assert len(areas) == 173


def test_order_is_level_then_code(areas: AreaSet) -> None:
    order = [(NIVEAUS.index(area.niveau), area.code) for area in areas]
    assert order == sorted(order)


def test_every_buurt_lies_in_one_wijk_one_team_and_one_gemeente(areas: AreaSet) -> None:
    for niveau in ("wijk", "teamgebied"):
        held = Counter(buurt for area in areas.of_level(niveau) for buurt in area.leden)
        assert held == {area.code: 1 for area in areas.of_level("buurt")}
    for buurt in areas.of_level("buurt"):
        levels = [str(areas[code].niveau) for code in buurt.ouders]
        assert levels == ["wijk", "teamgebied", "gemeente"]
        assert areas.holding(buurt.code) == (buurt.code, *buurt.ouders)


def test_parents_are_the_larger_areas_that_hold_all_of_it(areas: AreaSet) -> None:
    for area in areas:
        own = set(areas.buurten_in(area.code))
        larger = NIVEAUS[NIVEAUS.index(area.niveau) + 1 : 4]
        expected = [
            other.code
            for niveau in larger
            for other in areas.of_level(niveau)
            if own and own <= set(areas.buurten_in(other.code))
        ]
        assert list(area.ouders) == expected
    # Haarlemmerhoutkwartier is split between two teams, so its only parent is the gemeente.
    assert areas["WK039202"].ouders == ("GM0392",)


def test_surface_of_the_parts_is_the_surface_of_the_whole(areas: AreaSet) -> None:
    for area in areas:
        buurten = areas.buurten_in(area.code)
        if buurten:
            parts = sum(area_m2(areas[buurt].shape_rd) for buurt in buurten)
            assert area_m2(area.shape_rd) == pytest.approx(parts, abs=1)


def test_areas_made_of_buurten_are_valid_and_form_a_coverage(areas: AreaSet) -> None:
    for niveau in ("buurt", "wijk", "teamgebied", "gemeente"):
        found = [area for area in areas.of_level(niveau) if not area.is_outline]
        for shapes in ([area.shape for area in found], [area.shape_rd for area in found]):
            assert shapely.is_valid(shapes).all()
            assert shapely.coverage_is_valid(shapes)


def test_no_gap_is_born_where_buurten_are_put_together(areas: AreaSet) -> None:
    for area in areas:
        parts = [areas[code].shape_rd for code in areas.buurten_in(area.code)]
        if parts:
            assert shapely.union_all(parts).symmetric_difference(area.shape_rd).area < 1


def test_seven_gemeenten_are_known_by_outline_only(areas: AreaSet) -> None:
    outlines = [area.code for area in areas if area.is_outline]
    assert outlines == ["GM0375", "GM0396", "GM0402", "GM0439", "GM0453", "GM0479", "GM1980"]
    assert all(areas.buurten_in(code) == () for code in outlines)
    assert areas.buurten_in("GM0473") == areas.buurten_in("swt-zandvoort")


def test_dissolved_gemeente_agrees_with_its_coarse_outline(areas: AreaSet, folder: Path) -> None:
    text = (folder / "gemeenten_omtrek.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        code = feature["properties"]["code"]
        if areas[code].is_outline:
            continue
        outline = shapely.from_geojson(json.dumps(feature["geometry"]))
        made = areas[code].shape
        assert made.intersection(outline).area / made.union(outline).area > 0.95


def test_uninhabited_holds_for_an_area_only_if_all_its_buurten_are(
    areas: AreaSet, folder: Path
) -> None:
    marked = {row.buurtcode for row in read_onbewoond(folder / "vrijwel_onbewoond.csv")}
    assert len(marked) == 21
    for area in areas:
        buurten = set(areas.buurten_in(area.code))
        assert area.vrijwel_onbewoond == (bool(buurten) and buurten <= marked)
    assert [area.code for area in areas.of_level("wijk") if area.vrijwel_onbewoond] == ["WK047304"]


def test_names_of_wijken_are_those_of_the_key_figures(areas: AreaSet, folder: Path) -> None:
    with (folder / "kerncijfers_wijken_haarlem_2024.csv").open(encoding="utf-8") as file:
        names = {row["code"]: row["naam"] for row in csv.DictReader(file, delimiter=";")}
    haarlem = [area for area in areas.of_level("wijk") if area.ouders[-1] == "GM0392"]
    assert {area.code: area.naam for area in haarlem} == names
    zandvoort = [area.naam for area in areas.of_level("wijk") if area.ouders[-1] == "GM0473"]
    assert zandvoort == ["Zandvoort Noord", "Zandvoort Zuid", "Bentveld", "Buitengebied"]


def test_every_area_names_its_source_and_year(areas: AreaSet) -> None:
    assert all("© CBS / Kadaster, CC BY 4.0" in area.bron for area in areas)
    assert {area.jaar for area in areas} == {2023}


def test_unknown_code_is_an_error_with_the_code(areas: AreaSet) -> None:
    for call in (areas.__getitem__, areas.buurten_in, areas.holding):
        with pytest.raises(UnknownAreaError) as caught:
            call("BU00000000")
        assert caught.value.code == "BU00000000"
    assert "BU00000000" not in areas
    with pytest.raises(UnknownAreaError):
        areas.holding("WK039201")


def test_loading_twice_gives_the_same(areas: AreaSet, folder: Path) -> None:
    assert list(load_areas(folder)) == list(areas)


def test_faults_of_all_files_are_told_at_once(copy: Path) -> None:
    replace(copy / "haarlem_zandvoort_buurten.geojson", '"WK047303"', '"WK047399"')
    replace(copy / "gemeenten_omtrek.geojson", '"GM0402"', '"402"')
    replace(copy / "teamgebieden.csv", "BU04730402", "BU04730401")
    replace(copy / "vrijwel_onbewoond.csv", "buurtcode;", "code;")
    (copy / "wijknamen.csv").unlink()
    assert told(copy) == [
        ("gemeenten_omtrek.geojson", 4, "402"),
        ("haarlem_zandvoort_buurten.geojson", 125, "BU04730301"),
        ("haarlem_zandvoort_buurten.geojson", 126, "BU04730302"),
        ("teamgebieden.csv", 129, "BU04730401"),
        ("vrijwel_onbewoond.csv", 1, ""),
        ("vrijwel_onbewoond.csv", 1, ""),
        ("wijknamen.csv", 0, ""),
    ]


def test_files_that_do_not_fit_each_other_are_refused(copy: Path) -> None:
    replace(copy / "teamgebieden.csv", "BU04730404;Noord duinen", "BU04730499;Noord duinen")
    replace(copy / "vrijwel_onbewoond.csv", "Reinaldapark;park", "Ander park;park")
    replace(copy / "wijknamen.csv", "WK039217;Spaarndam", "WK039299;Spaarndam")
    replace(copy / "gemeenten_omtrek.geojson", '"GM0473"', '"GM0474"')
    assert told(copy) == [
        ("gemeenten_omtrek.geojson", 0, "GM0473"),
        ("teamgebieden.csv", 131, "BU04730499"),
        ("vrijwel_onbewoond.csv", 8, "BU03920906"),
        ("wijknamen.csv", 0, "WK039217"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("t;Team;BU1;Een;\n;Team;BU2;Twee;", "teamgebied is leeg"),
        ("t;Team;BU1;Een;\nt;Ander;BU2;Twee;", "heet ook Team"),
        ("t;Team;BU1;Een;\nu;Ander;BU1;Een;", "ook in rij 2"),
        ("t;Team;BU1;Een", "4 cellen in plaats van 5"),
        ('t;Team;BU1;"Een;', "aanhalingstekens"),
    ],
)
def test_team_table_is_refused_with_the_row(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "teams.csv"
    path.write_text(f"teamgebied;naam;buurtcode;buurtnaam;opmerking\n{text}\n", encoding="utf-8")
    with pytest.raises(BoundaryFaults, match=words):
        read_teams(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "kopregel"),
        (b"buurtcode;naam;naam\n", "kopregel"),
        (b"buurtcode;naam;waarom;extra\n", "extra is niet bekend"),
        (b"buurtcode;naam;waarom\nBU1;Caf\xe9;park\n", "geen UTF-8"),
    ],
)
def test_table_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "onbewoond.csv"
    path.write_bytes(data)
    with pytest.raises(BoundaryFaults, match=words):
        read_onbewoond(path)


def test_byte_order_mark_and_quoted_line_break_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "onbewoond.csv"
    path.write_bytes(b'\xef\xbb\xbfnaam;buurtcode;waarom\r\nEen;BU1;"a;\nb"\r\n\r\nTwee;BU2;c\r\n')
    rows = read_onbewoond(path)
    assert [(row.row.nummer, row.buurtcode) for row in rows] == [(2, "BU1"), (4, "BU2")]
