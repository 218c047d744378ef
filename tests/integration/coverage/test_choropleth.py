"""A map of a thousand real buurten: light enough for a phone, and without slivers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from flask.testing import FlaskClient
from shapely.geometry import shape

from socialmap.domain.clock import Clock
from socialmap.exchange.areas import to_shapes
from socialmap.exchange.making import Filling, make_map
from socialmap.geo.area import AreaSet
from socialmap.geo.boundary import parse_buurten
from socialmap.geo.dissolve import build_areas
from socialmap.geo.errors import BoundaryFaults
from socialmap.settings import Settings
from socialmap.store.areas import save_areas
from socialmap.store.engine import Store
from web.app import create_app

AREAS = 1000
MOST_BYTES = 150_000
#: The middle of the country: a thousand buurten around it touch each other.
MIDDLE = (5.12, 52.09)
#: The towns of the embedded borders, which come with every map.
OWN = ("GM0392", "GM0473")
_OWN_BUURTEN = tuple(code.replace("GM", "BU") for code in OWN)


def _features(shared: Path) -> list[dict[str, object]]:
    text = (shared / "landelijk" / "nl_buurten_2023.geojson").read_text(encoding="utf-8")
    found = [one for one in json.loads(text)["features"] if one["properties"]["gm_code"] not in OWN]
    points = shapely.get_coordinates(shapely.centroid([shape(one["geometry"]) for one in found]))
    order = np.argsort(((points - MIDDLE) ** 2).sum(axis=1), kind="stable")
    return [_named(found[number]) for number in order[: AREAS + 100]]


def _named(feature: dict[str, dict[str, object]]) -> dict[str, object]:
    old = feature["properties"]
    return {
        "properties": {
            "code": old["statcode"],
            "naam": old["statnaam"],
            "wijkcode": old["wk_code"],
            "gemeentecode": old["gm_code"],
            "jaar": old["jaar"],
        },
        "geometry": feature["geometry"],
    }


@pytest.fixture(scope="module")
def client(shared: Path, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Serve a map with a thousand buurten more than it comes with."""
    features = _features(shared)
    try:
        parse_buurten(json.dumps({"features": features}), "buurten")
    except BoundaryFaults as refused:
        wrong = {fault.code for fault in refused.faults}
        features = [one for one in features if one["properties"]["code"] not in wrong]  # type: ignore[index]
    buurten = parse_buurten(json.dumps({"features": features[:AREAS]}), "buurten")
    larger = {
        str(one["properties"][name]): "Wijk of gemeente"  # type: ignore[index]
        for one in features
        for name in ("wijkcode", "gemeentecode")
    }
    known = AreaSet(build_areas(buurten, (), {}, larger, frozenset()))
    url = f"sqlite:///{tmp_path_factory.mktemp('duizend') / 'kaart.db'}"
    make_map(url, clock, Filling.EMPTY)
    store = Store.open(url)
    with store.writing() as conn:
        save_areas(conn, to_shapes(known, known))
    store.close()
    return create_app(Settings(database=url, secret="x" * 32, clock=clock)).test_client()


def _packed(client: FlaskClient, path: str) -> tuple[int, dict[str, list[dict[str, object]]]]:
    answer = client.get(path)
    assert answer.status_code == 200
    return len(gzip.compress(answer.data, 6)), answer.get_json()


def test_a_thousand_areas_with_their_verdicts_are_light(client: FlaskClient) -> None:
    shapes, areas = _packed(client, "/api/v1/kaart/gebieden?niveau=buurt")
    verdicts, found = _packed(client, "/dekking/oordelen?niveau=buurt&thema=taal")
    assert len(areas["features"]) >= AREAS
    assert len(found["gebieden"]) >= AREAS
    assert shapes + verdicts <= MOST_BYTES, (shapes, verdicts)


def test_there_are_no_slivers_between_them(client: FlaskClient) -> None:
    _, areas = _packed(client, "/api/v1/kaart/gebieden?niveau=buurt")
    new = [
        one
        for one in areas["features"]
        if not one["properties"]["code"].startswith(_OWN_BUURTEN)  # type: ignore[index]
    ]
    shapes = [shape(one["geometry"]) for one in new]  # type: ignore[arg-type]
    assert len(shapes) >= AREAS
    assert shapely.coverage_is_valid(shapes)
