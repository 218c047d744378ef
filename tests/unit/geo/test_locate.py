"""Where a place lies."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from socialmap.geo.area import AreaSet
from socialmap.geo.errors import MetresError
from socialmap.geo.locate import Locator, point_on_surface
from socialmap.geo.measure import point_rd
from socialmap.geo.own import own_area

# Around Haarlem and Zandvoort, sea and neighbours included.
LON = st.floats(4.45, 4.72)
LAT = st.floats(52.30, 52.45)


@pytest.fixture(scope="module")
def locator(areas: AreaSet) -> Locator:
    return Locator(areas)


def test_point_on_surface_of_every_buurt_lies_in_that_buurt(
    areas: AreaSet, locator: Locator
) -> None:
    buurten = areas.of_level("buurt")
    places = [point_on_surface(buurt) for buurt in buurten]
    assert [locator.locate(*place)[0] for place in places] == [buurt.code for buurt in buurten]
    found = locator.locate_many([lon for lon, _ in places], [lat for _, lat in places])
    assert found.tolist() == [buurt.code for buurt in buurten]


def test_point_on_surface_of_every_area_lies_in_that_area(areas: AreaSet, locator: Locator) -> None:
    for area in areas:
        place = point_on_surface(area)
        assert area.shape_rd.contains(point_rd(*place))
        if not area.is_outline:
            assert area.code in locator.locate(*place)


@given(lon=LON, lat=LAT)
def test_place_lies_in_the_areas_that_cover_it(
    lon: float, lat: float, areas: AreaSet, locator: Locator
) -> None:
    point = point_rd(lon, lat)
    covering = [buurt.code for buurt in areas.of_level("buurt") if buurt.shape_rd.covers(point)]
    found = locator.locate(lon, lat)
    assert locator.locate_many([lon], [lat])[0] == (min(covering) if covering else "")
    if covering:
        assert found == areas.holding(min(covering))
        assert all(areas[code].shape_rd.distance(point) < 1e-6 for code in found)
    else:
        outlines = [area.code for area in areas if area.is_outline]
        touched = [code for code in outlines if areas[code].shape_rd.covers(point)]
        assert found == tuple(touched[:1])


def test_shared_corner_lies_in_the_buurt_with_the_smallest_code(
    areas: AreaSet, locator: Locator
) -> None:
    owners: dict[tuple[float, ...], set[str]] = {}
    for buurt in areas.of_level("buurt"):
        for corner in shapely.get_coordinates(buurt.shape):
            owners.setdefault(tuple(corner), set()).add(buurt.code)
    shared = {corner: codes for corner, codes in owners.items() if len(codes) > 1}
    assert len(shared) > 300
    found = locator.locate_many([c[0] for c in shared], [c[1] for c in shared])
    assert found.tolist() == [min(codes) for codes in shared.values()]


# Haarlem station, the circuit of Zandvoort, Hilversum (known by its outline), Amsterdam (not).
@pytest.mark.parametrize(
    ("lon", "lat", "codes"),
    [
        (4.6383, 52.3876, ("BU03920101", "WK039201", "swt-centrum", "GM0392")),
        (4.5410, 52.3888, ("BU04730106", "WK047301", "swt-zandvoort", "GM0473")),
        (5.17, 52.22, ("GM0402",)),
        (4.9, 52.37, ()),
    ],
)
def test_known_places(lon: float, lat: float, codes: tuple[str, ...], locator: Locator) -> None:
    assert locator.locate(lon, lat) == codes


def test_own_area_is_named_last(areas: AreaSet) -> None:
    own = own_area("EG-SCHALKWIJK", "Schalkwijk", "eigen", ["WK039218", "WK039220"], areas)
    locator = Locator(areas.with_own([own]))
    place = point_on_surface(areas["WK039220"])
    assert locator.locate(*place)[-1] == "EG-SCHALKWIJK"
    elsewhere = point_on_surface(areas["WK039221"])
    assert "EG-SCHALKWIJK" not in locator.locate(*elsewhere)


def test_place_that_is_not_known_lies_nowhere(locator: Locator) -> None:
    nan, inf = math.nan, math.inf
    assert locator.locate(nan, 52.38) == ()
    found = locator.locate_many([4.6383, nan, 4.6383, 0.0, inf], [52.3876, 52.4, nan, 0.0, 52.4])
    assert found.tolist() == ["BU03920101", "", "", "", ""]
    assert locator.locate_many([], []).tolist() == []


def test_metres_are_refused(locator: Locator) -> None:
    with pytest.raises(MetresError):
        locator.locate(103_979, 487_444)
    with pytest.raises(MetresError) as caught:
        locator.locate_many(np.array([4.63, 103_979]), np.array([52.38, 487_444]))
    assert (caught.value.lon, caught.value.lat) == (103_979, 487_444)
