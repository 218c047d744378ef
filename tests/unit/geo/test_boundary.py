"""Boundaries are refused with every fault at once, and taken when they are sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.geo.boundary import parse_buurten, parse_outlines
from socialmap.geo.errors import BoundaryFaults

Square = Callable[..., dict[str, Any]]
Collect = Callable[[list[object]], str]

A, B = "BU03920101", "BU03920102"


def refused(text: str | bytes) -> dict[tuple[int, str], list[str]]:
    with pytest.raises(BoundaryFaults) as caught:
        parse_buurten(text, "proef.geojson")
    found: dict[tuple[int, str], list[str]] = {}
    for fault in caught.value.faults:
        assert fault.bestand == "proef.geojson"
        found.setdefault((fault.nummer, fault.code), []).append(fault.melding)
    return found


def test_sound_buurten_come_by_code(square: Square, collect: Collect) -> None:
    text = collect([square(B, 4.61, 52.38), square(A, 4.6, 52.38)])
    first, second = parse_buurten(text, "proef.geojson")
    assert (first.code, first.nummer, first.wijkcode, first.gemeentecode, first.jaar) == (
        A,
        2,
        "WK039201",
        "GM0392",
        2023,
    )
    assert second.code == B
    assert first.shape.bounds == (4.6, 52.38, 4.61, 52.39)


def test_every_fault_of_every_feature_is_told_at_once(square: Square, collect: Collect) -> None:
    bow_tie = square(A, 4.6, 52.38)
    ring = bow_tie["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    not_closed = square(B, 4.61, 52.38)
    not_closed["geometry"]["coordinates"][0].pop()
    features: list[object] = [
        bow_tie,
        not_closed,
        square("BU03920103", 4.62, 52.38, wijkcode="WK039299", gemeentecode="GM0473"),
        square("BU0392010", 4.63, 52.38, wijkcode="", gemeentecode=""),
        square("BU03920105", 0.1, 52.38, naam=" "),
        square("BU03920106", 4.65, 52.38, jaar=2022),
        square(A, 4.66, 52.38, jaar="2023"),
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    found = refused(collect(features))
    assert "kruist zichzelf bij (4.60500, 52.38500)" in found[1, A][0]
    assert ["ring is niet gesloten" in text for text in found[2, B]] == [True]
    assert [text.split()[-1] for text in found[3, "BU03920103"]] == ["GM0392.", "WK039201."]
    assert "BU en acht tekens" in found[4, "BU0392010"][0]
    assert [text.split(".")[0] for text in found[5, "BU03920105"]] == [
        "De naam ontbreekt",
        "Het punt (0",
    ]
    assert "2022, de andere gebieden zijn van 2023" in found[6, "BU03920106"][0]
    assert [text.split(".")[0] for text in found[7, A]] == [
        "Deze code staat ook bij nummer 1",
        "Het jaar van de grens ontbreekt",
    ]
    assert len(found[8, ""]) == 4
    assert len(found) == 8


def test_message_shows_file_number_and_code(square: Square, collect: Collect) -> None:
    with pytest.raises(BoundaryFaults) as caught:
        parse_buurten(collect([square(A, 4.6, 52.38, naam="")]), "proef.geojson")
    assert str(caught.value).splitlines() == [
        "Er is 1 fout in de gebieden. Verbeter dit en laad ze opnieuw.",
        f"proef.geojson, nummer 1, {A}: De naam ontbreekt. Vul `naam` in.",
    ]


def test_long_report_is_cut_in_the_message_and_whole_in_the_facts(
    square: Square, collect: Collect
) -> None:
    features: list[object] = [
        square(f"BU039201{n:02d}", round(4.0 + n / 100, 2), 52.38, naam="") for n in range(25)
    ]
    with pytest.raises(BoundaryFaults) as caught:
        parse_buurten(collect(features), "proef.geojson")
    assert len(caught.value.faults) == 25
    assert str(caught.value).splitlines()[-1] == "En nog 5 andere."


@pytest.mark.parametrize(
    ("coordinates", "words"),
    [
        ([[[4.6, 52.38], [float("nan"), 52.38], [4.61, 52.39], [4.6, 52.38]]], "gewone getallen"),
        ([[[4.6, 52.38], [float("inf"), 52.38], [4.61, 52.39], [4.6, 52.38]]], "gewone getallen"),
        ([[[4.6, 52.38], [True, 52.38], [4.61, 52.39], [4.6, 52.38]]], "gewone getallen"),
        ([[[4.6, 52.38], ["4.61", 52.38], [4.61, 52.39], [4.6, 52.38]]], "gewone getallen"),
        ([[[4.6], [4.61], [4.6], [4.6]]], "gewone getallen"),
        ([[[10**400, 52.38], [4.61, 52.38], [4.61, 52.39], [10**400, 52.38]]], "gewone getallen"),
        ([[[4.6, 52.38], [4.61, 52.39], [4.6, 52.38]]], "minder dan vier punten"),
        ([], "geen vlak"),
        ([[]], "geen vlak"),
        (None, "geen vlak"),
        ([[[52.38, 4.6], [52.38, 4.61], [52.39, 4.61], [52.38, 4.6]]], "lijkt verwisseld"),
        ([[[1e5, 4.8e5], [1.1e5, 4.8e5], [1.1e5, 4.9e5], [1e5, 4.8e5]]], "RD-meters"),
        ([[[0, 0], [1, 0], [1, 1], [0, 0]]], "buiten Nederland"),
        ([[[4.6, 52.38], [4.61, 52.38], [4.6, 52.38], [4.6, 52.38]]], "niet geldig"),
        (
            [
                [[4.6, 52.38], [4.61, 52.38], [4.61, 52.39], [4.6, 52.38]],
                [[4.7, 52.48], [4.71, 52.48], [4.71, 52.49], [4.7, 52.48]],
            ],
            "een gat ligt buiten het vlak",
        ),
    ],
)
def test_geometry_that_is_no_sound_surface_is_named(
    square: Square, collect: Collect, coordinates: object, words: str
) -> None:
    feature = square(A, 4.6, 52.38)
    feature["geometry"]["coordinates"] = coordinates
    found = refused(collect([feature]))
    assert list(found) == [(1, A)]
    assert len(found[1, A]) == 1
    assert words in found[1, A][0]


@pytest.mark.parametrize("kind", ["Point", "LineString", "GeometryCollection", None, 3])
def test_only_surfaces_are_taken(square: Square, collect: Collect, kind: object) -> None:
    feature = square(A, 4.6, 52.38)
    feature["geometry"]["type"] = kind
    assert "geen vlak" in refused(collect([feature]))[1, A][0]


def test_overlap_and_missing_corner_are_named_for_each_buurt(
    square: Square, collect: Collect
) -> None:
    overlapping = [square(A, 4.6, 52.38), square(B, 4.605, 52.38)]
    apart = square("BU03920103", 4.8, 52.38)
    found = refused(collect([*overlapping, apart]))
    assert list(found) == [(1, A), (2, B)]
    assert all("overlap" in text for texts in found.values() for text in texts)
    extra = square(A, 4.6, 52.38)
    extra["geometry"]["coordinates"][0].insert(2, [4.6101, 52.385])
    assert (1, A) in refused(collect([extra, square(B, 4.61, 52.38)]))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", "{}", '{"features": 3}', '{"features": []}', b"\xff\xfe", "[" * 100_000],
)
def test_text_that_is_no_geojson_is_one_fault_of_the_file(text: str | bytes) -> None:
    assert list(refused(text)) == [(0, "")]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "code"]),
            inner,
            max_size=4,
        )
    ),
)


@given(features=st.lists(json_values, min_size=1, max_size=3))
def test_no_json_whatever_breaks_the_reader(features: list[object]) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert refused(text)


@given(geometry=json_values, kind=st.sampled_from(["Polygon", "MultiPolygon"]))
def test_no_coordinates_whatever_break_the_reader(geometry: object, kind: str) -> None:
    feature = {"properties": {}, "geometry": {"type": kind, "coordinates": geometry}}
    assert refused(json.dumps({"features": [feature]}))


def test_multipolygon_and_a_third_number_are_taken(square: Square, collect: Collect) -> None:
    one, two = square(A, 4.6, 52.38), square(B, 4.8, 52.38)
    parts = [one["geometry"]["coordinates"], two["geometry"]["coordinates"]]
    one["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    two["geometry"]["coordinates"] = [[[4.7, 52, 1], [4.71, 52, 1], [4.7, 52.1, 1], [4.7, 52, 1]]]
    made = parse_buurten(collect([one, two]), "proef.geojson")
    assert [boundary.shape.geom_type for boundary in made] == ["MultiPolygon", "Polygon"]
    assert not made[1].shape.has_z


def test_outlines_may_overlap_but_need_the_code_of_a_gemeente(
    square: Square, collect: Collect
) -> None:
    text = collect([square("GM0392", 4.6, 52.38), square("GM0473", 4.605, 52.38)])
    assert [outline.code for outline in parse_outlines(text, "omtrek")] == ["GM0392", "GM0473"]
    with pytest.raises(BoundaryFaults, match="GM en vier cijfers"):
        parse_outlines(collect([square(A, 4.6, 52.38)]), "omtrek")
