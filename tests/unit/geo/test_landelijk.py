"""The whole country: 14,421 buurten, read where they lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from socialmap.geo.area import AreaSet
from socialmap.geo.boundary import Boundary, parse_buurten
from socialmap.geo.dissolve import build_areas, dissolve
from socialmap.geo.errors import BoundaryFaults
from socialmap.geo.locate import Locator, point_on_surface
from socialmap.geo.measure import area_m2, to_rd

Features = list[dict[str, Any]]


def read(path: Path) -> Features:
    found: Features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def as_buurten(features: Features) -> str:
    """The same boundaries with the property names of the project."""
    made = []
    for feature in features:
        old = feature["properties"]
        properties = {
            "code": old["statcode"],
            "naam": old["statnaam"],
            "wijkcode": old["wk_code"],
            "gemeentecode": old["gm_code"],
            "jaar": old["jaar"],
        }
        made.append({"properties": properties, "geometry": feature["geometry"]})
    return json.dumps({"features": made})


@pytest.fixture(scope="module")
def features(landelijk: Path) -> Features:
    return read(landelijk / "nl_buurten_2023.geojson")


@pytest.fixture(scope="module")
def refusal(features: Features) -> BoundaryFaults:
    with pytest.raises(BoundaryFaults) as caught:
        parse_buurten(as_buurten(features), "nl_buurten_2023.geojson")
    return caught.value


@pytest.fixture(scope="module")
def sound(features: Features, refusal: BoundaryFaults) -> tuple[Boundary, ...]:
    """What is left when every buurt that was named is taken away."""
    named = {fault.code for fault in refusal.faults}
    kept = [feature for feature in features if feature["properties"]["statcode"] not in named]
    return parse_buurten(as_buurten(kept), "nl_buurten_2023.geojson")


def test_exactly_the_invalid_buurten_and_the_overlaps_are_named(
    features: Features, refusal: BoundaryFaults
) -> None:
    invalid = {
        feature["properties"]["statcode"]
        for feature in features
        if not shape(feature["geometry"]).is_valid
    }
    named = {fault.code for fault in refusal.faults if "niet geldig" in fault.melding}
    assert len(invalid) == 15
    assert named == invalid
    others = [fault for fault in refusal.faults if fault.code not in invalid]
    assert all("overlap" in fault.melding for fault in others)
    for fault in refusal.faults:
        assert features[fault.nummer - 1]["properties"]["statcode"] == fault.code


def test_wijken_are_as_large_as_their_buurten(sound: tuple[Boundary, ...]) -> None:
    wijken = dissolve(sound, {buurt.code: buurt.wijkcode for buurt in sound})
    parts = dict.fromkeys(wijken, 0.0)
    for buurt in sound:
        parts[buurt.wijkcode] += area_m2(to_rd(buurt.shape))
    assert len(wijken) > 3300
    for code, whole in wijken.items():
        assert whole.is_valid
        assert area_m2(to_rd(whole)) == pytest.approx(parts[code], abs=1)


def test_wijken_agree_with_those_the_cbs_published(
    landelijk: Path, sound: tuple[Boundary, ...], refusal: BoundaryFaults
) -> None:
    wijken = dissolve(sound, {buurt.code: buurt.wijkcode for buurt in sound})
    broken = {"WK" + fault.code[2:8] for fault in refusal.faults}
    compared = 0
    for feature in read(landelijk / "nl_wijken_2023.geojson"):
        code, published = feature["properties"]["statcode"], shape(feature["geometry"])
        if code in broken or not published.is_valid:
            continue
        made = wijken[code]
        # Both were generalised apart: the worst is 0.964, the mean 0.996.
        assert made.intersection(published).area / made.union(published).area > 0.96, code
        compared += 1
    assert compared > 3300


def test_every_buurt_of_the_country_is_found_at_its_point_on_surface(
    sound: tuple[Boundary, ...],
) -> None:
    codes = {code for buurt in sound for code in (buurt.wijkcode, buurt.gemeentecode)}
    areas = AreaSet(build_areas(sound, (), {}, dict.fromkeys(codes, "naam"), frozenset()))
    buurten = areas.of_level("buurt")
    places = shapely.points([point_on_surface(buurt) for buurt in buurten])
    found = Locator(areas).locate_many(shapely.get_x(places), shapely.get_y(places))
    assert found.tolist() == [buurt.code for buurt in buurten]
