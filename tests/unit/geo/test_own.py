"""Own areas, as in `gebieden.csv` of the exchange format."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from socialmap.geo.area import AreaSet
from socialmap.geo.errors import OwnAreaFaults
from socialmap.geo.locate import Locator, point_on_surface
from socialmap.geo.measure import area_m2
from socialmap.geo.own import own_area

SCHALKWIJK = ("WK039218", "WK039219", "WK039220", "WK039221")


def test_schalkwijk_is_its_four_wijken(areas: AreaSet) -> None:
    made = own_area("EG-SCHALKWIJK", "Schalkwijk", "eigen", SCHALKWIJK, areas)
    assert made.leden == SCHALKWIJK
    assert made.ouders == ("GM0392",)
    assert (made.niveau, made.jaar, made.vrijwel_onbewoond) == ("eigen", 2023, False)
    assert made.shape.geom_type == "Polygon"
    assert area_m2(made.shape_rd) == pytest.approx(
        sum(area_m2(areas[code].shape_rd) for code in SCHALKWIJK), abs=1
    )


@given(data=st.data())
def test_each_buurt_counts_once_however_members_lie_in_each_other(
    data: st.DataObject, areas: AreaSet
) -> None:
    codes = [area.code for area in areas if area.niveau != "teamgebied" and not area.is_outline]
    leden = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=12, unique=True))
    made = own_area("EG-PROEF", "Proef", "eigen", leden, areas)
    buurten = {buurt for lid in leden for buurt in areas.buurten_in(lid)}
    assert made.shape.is_valid
    assert area_m2(made.shape_rd) == pytest.approx(
        sum(area_m2(areas[buurt].shape_rd) for buurt in buurten), abs=1
    )
    together = areas.with_own([made])
    assert together.buurten_in("EG-PROEF") == tuple(sorted(buurten))
    for buurt in areas.of_level("buurt"):
        assert ("EG-PROEF" in together.holding(buurt.code)) == (buurt.code in buurten)
    assert made.vrijwel_onbewoond == all(areas[buurt].vrijwel_onbewoond for buurt in buurten)
    gemeenten = {areas[buurt].ouders[-1] for buurt in buurten}
    assert made.ouders == (tuple(gemeenten) if len(gemeenten) == 1 else ())


def test_gemeente_known_by_outline_can_be_a_member(areas: AreaSet) -> None:
    made = own_area("EG-IJMOND", "IJmond", "eigen", ["GM0453", "GM0375", "GM0396"], areas)
    outlines = [areas[code].shape for code in made.leden]
    assert made.shape.symmetric_difference(shapely.union_all(outlines)).area < 1e-12
    assert made.ouders == ()
    assert not made.vrijwel_onbewoond
    together = areas.with_own([made])
    place = point_on_surface(areas["GM0396"])
    assert Locator(together).locate(*place) == ("GM0396", "EG-IJMOND")


def test_team_area_of_the_exchange_format_stands_among_the_team_areas(areas: AreaSet) -> None:
    made = own_area("T-1", "Team Bentveld", "teamgebied", ["WK047303"], areas)
    together = areas.with_own([made])
    assert made in together.of_level("teamgebied")
    assert together.holding("BU04730301") == (
        "BU04730301",
        "WK047303",
        "T-1",
        "swt-zandvoort",
        "GM0473",
    )
    assert len(areas) == len(together) - 1


def test_every_fault_is_told_at_once(areas: AreaSet) -> None:
    leden = ["WK039218", "XX", "swt-oost-1", "WK039218"]
    with pytest.raises(OwnAreaFaults) as caught:
        own_area("GM0392", " ", "wijk", leden, areas)
    assert caught.value.code == "GM0392"
    assert [melding.split(".")[0] for melding in caught.value.meldingen] == [
        "Deze id bestaat al",
        "De naam ontbreekt",
        "Het niveau wijk kan hier niet",
        "Het lid WK039218 staat er 2 keer",
        "Het lid XX is niet bekend",
        "Het lid swt-oost-1 is zelf een eigen indeling",
    ]
    assert str(caught.value).startswith("Gebied GM0392 kan niet worden gemaakt. Deze id")


def test_area_without_members_or_id_is_refused(areas: AreaSet) -> None:
    with pytest.raises(OwnAreaFaults) as caught:
        own_area("", "Proef", "eigen", [], areas)
    assert len(caught.value.meldingen) == 2


def test_two_areas_with_one_code_cannot_be_in_a_set(areas: AreaSet) -> None:
    made = own_area("EG-1", "Proef", "eigen", ["WK039218"], areas)
    with pytest.raises(ValueError, match="same code"):
        areas.with_own([made, made])
