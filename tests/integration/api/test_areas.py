"""Areas with their figures and shapes."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, shape

from tests.integration.api.conftest import Get


def test_every_area_is_listed_from_small_to_large(get_all: Get) -> None:
    areas = get_all("/gebieden", limit=30)
    levels = [a["niveau"] for a in areas]
    order = ["buurt", "wijk", "teamgebied", "gemeente", "eigen"]
    assert levels == sorted(levels, key=order.index)
    assert len({a["code"] for a in areas}) == len(areas)
    assert levels.count("buurt") == 130
    own = {a["code"]: a for a in areas if a["niveau"] == "eigen"}
    assert own.keys() == {"EG-SCHALKWIJK", "EG-OOST"}
    assert set(own["EG-OOST"]["leden"]) == {"WK039207", "WK039208", "WK039209"}


def test_an_area_tells_what_it_is(get: Get) -> None:
    area = get("/gebieden/WK039201")
    assert area["naam"] == "Oude Stad"
    assert area["gemeente"] == "GM0392"
    assert area["jaar"] == 2023
    assert "CBS" in area["bron"]
    assert "BU03920101" in area["buurten"]
    assert area["vrijwel_onbewoond"] is False


def test_figures_have_year_and_level_and_point_at_nobody(get_all: Get) -> None:
    figures = [f for a in get_all("/gebieden", limit=200) for f in a["kerncijfers"]]
    assert {f["jaar"] for f in figures} == {2021, 2024}
    assert {f["niveau"] for f in figures} == {"wijk", "gemeente"}
    for figure in figures:
        if figure["eenheid"] in ("personen", "huishoudens"):
            assert figure["waarde"] % 10 == 0
        if figure["eenheid"] == "%":
            assert figure["waarde"] == int(figure["waarde"])
    city = next(f for f in figures if f["naam"] == "inwoners" and f["waarde"] > 100_000)
    assert (city["waarde"], city["tekst"]) == (162550, "162.550")


def test_areas_can_be_asked_by_level_and_by_what_they_share(get_all: Get) -> None:
    inside = get_all("/gebieden", gebied="WK039201", niveau="buurt")
    assert {a["code"][:8] for a in inside} == {"BU039201"}
    assert len(inside) == 6
    around = {a["code"] for a in get_all("/gebieden", gebied="WK039201")}
    assert {"WK039201", "GM0392", "BU03920101"} <= around
    assert "GM0473" not in around


@pytest.mark.parametrize("niveau", ["buurt", "wijk", "teamgebied", "gemeente", "eigen"])
def test_shapes_hold_their_own_point(get: Get, get_all: Get, niveau: str) -> None:
    collection = get("/kaart/gebieden", niveau=niveau)
    known = {a["code"]: a for a in get_all("/gebieden", niveau=niveau)}
    assert {f["properties"]["code"] for f in collection["features"]} == known.keys()
    for feature in collection["features"]:
        properties, form = feature["properties"], shape(feature["geometry"])
        assert form.is_valid
        # Simplified by ten metres; the point may then lie that far outside.
        assert form.distance(Point(properties["lon"], properties["lat"])) < 2e-4
        assert properties["naam"] == known[properties["code"]]["naam"]
        assert properties.get("gemeente") == known[properties["code"]]["gemeente"]


def test_shapes_of_one_area_are_those_that_share_its_ground(get: Get) -> None:
    inside = get("/kaart/gebieden", niveau="buurt", gebied="EG-OOST")["features"]
    assert {f["properties"]["code"][:8] for f in inside} == {"BU039207", "BU039208", "BU039209"}


def test_words_have_labels(get: Get) -> None:
    words = get("/woorden")
    themes = {t["code"]: t for t in words["themas"]}
    assert themes["financien"]["label"] == "Geld en schulden"
    assert themes["financien"]["positieve_gezondheid"] == ["K", "F"]
    assert {"iedereen", "ouderen", "wil_iets_doen"} <= {g["code"] for g in words["doelgroepen"]}
