"""What the map shows adds up to what the lists hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.api.conftest import Get

WHOLE = "4.40,52.20,4.80,52.50"
IN_USE = "actief,gepauzeerd"


def _points(get: Get, **args: Any) -> list[dict[str, Any]]:
    asked = {"bbox": WHOLE, "zoom": 12, **args}
    collection = get("/kaart/punten", **asked)
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])


def _placed(features: list[dict[str, Any]]) -> int:
    return sum(f["properties"]["aantal"] for f in features if "zonder_plek" not in f["properties"])


def _in_use(get_all: Get, wat: str, **keep: Any) -> list[dict[str, Any]]:
    """Records that run or pause; an offer takes the status of its actor where that is stricter."""
    return list(get_all(f"/{wat}", **{"status": IN_USE, **keep}))


@pytest.mark.parametrize("wat", ["aanbod", "actoren"])
@pytest.mark.parametrize("zoom", [0, 8, 10, 12, 14])
def test_points_add_up_to_the_records_with_a_place(
    get: Get, get_all: Get, wat: str, zoom: int
) -> None:
    placed = [r for r in _in_use(get_all, wat) if r["lon"] is not None]
    assert _placed(_points(get, wat=wat, zoom=zoom)) == len(placed) > 50


@pytest.mark.parametrize(
    "keep",
    [
        {"thema": "sociaal_netwerk"},
        {"doelgroep": "ouderen", "lijn": "0,1"},
        {"soort": "bewonersinitiatief"},
        {"versheid": "oud,nooit"},
        {"gebied": "WK039218"},
        {"q": "taal"},
        {"status": "gestopt"},
    ],
)
@pytest.mark.parametrize("wat", ["aanbod", "actoren"])
def test_filters_mean_the_same_on_map_and_list(
    get: Get, get_all: Get, wat: str, keep: dict[str, str]
) -> None:
    listed = _in_use(get_all, wat, **keep)
    features = _points(get, wat=wat, **keep)
    assert _placed(features) == sum(r["lon"] is not None for r in listed)
    without = {r["id"] for r in listed if r["lon"] is None}
    alone = {
        f["properties"]["id"]
        for f in features
        if "zonder_plek" in f["properties"] and "id" in f["properties"]
    }
    assert alone <= without


def test_stopped_records_show_only_when_asked(get: Get, get_all: Get) -> None:
    stopped = [r for r in get_all("/actoren", status="gestopt") if r["lon"] is not None]
    assert stopped
    every = _placed(_points(get, wat="actoren", status=f"{IN_USE},gestopt"))
    assert every == _placed(_points(get, wat="actoren")) + len(stopped)


def test_a_mark_counts_its_parts_and_one_alone_has_a_name(get: Get) -> None:
    features = _points(get, zoom=14)
    alone = [f["properties"] for f in features if "id" in f["properties"]]
    assert alone
    for properties in (f["properties"] for f in features):
        assert sum(properties["delen"].values()) == properties["aantal"]
        assert ("id" in properties) == (properties["aantal"] == 1)
        assert None not in properties.values()
    for properties in alone:
        offer = get(f"/aanbod/{properties['id']}")
        owner = get(f"/actoren/{offer['actor_id']}")
        assert properties["naam"] == offer["naam"]
        assert properties.get("lijn") == offer["lijn"]
        assert properties["soort"] == owner["soort"]


def test_what_has_no_place_stands_with_its_area(get: Get, get_all: Get) -> None:
    areas = {a["code"]: a["naam"] for a in get_all("/gebieden", limit=200)}
    found = [f["properties"] for f in _points(get) if "zonder_plek" in f["properties"]]
    assert found
    assert all(p["zonder_plek"] is True for p in found)
    assert all(areas[p["gebied"]] == p["gebied_naam"] for p in found)


def test_coordinates_are_short_and_within_the_box(get: Get) -> None:
    box = "4.62,52.36,4.68,52.40"
    features = _points(get, bbox=box, zoom=14)
    assert features
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"]
        assert 4.62 <= lon <= 4.68
        assert 52.36 <= lat <= 52.40
        assert (round(lon, 5), round(lat, 5)) == (lon, lat)


def test_a_box_elsewhere_is_empty(get: Get) -> None:
    assert _points(get, bbox="6.0,50.8,6.1,50.9") == []


def test_a_page_may_send_its_own_state_along(get: Get) -> None:
    assert _points(get, kaart="12/52.38/4.63") == _points(get)
