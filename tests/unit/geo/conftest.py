"""Fixtures of the geo tests: the embedded areas, small made-up ones, and the whole country."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from socialmap.geo.area import AreaSet
from socialmap.geo.load import load_areas

ROOT = Path(__file__).parents[3]

Square = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def folder() -> Path:
    return ROOT / "data" / "wijken"


@pytest.fixture(scope="session")
def areas(folder: Path) -> AreaSet:
    return load_areas(folder)


@pytest.fixture(scope="session")
def landelijk() -> Path:
    """Folder with the boundaries of the whole country, which is not part of the project."""
    shared = Path(os.environ.get("SOCIALMAP_SHARED", ROOT.parent / "shared"))
    found = shared / "landelijk"
    if not found.is_dir():
        reason = "De landelijke grenzen ontbreken. Zet SOCIALMAP_SHARED op de map die ze bevat."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def square() -> Square:
    """Make a feature: a buurt of 0.01 by 0.01 degrees with its south-west corner at a place."""

    def make(code: str, lon: float, lat: float, **properties: object) -> dict[str, Any]:
        east, north = round(lon + 0.01, 2), round(lat + 0.01, 2)
        ring = [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]
        found = {
            "code": code,
            "naam": f"Buurt {code}",
            "wijkcode": "WK" + code[2:8],
            "gemeentecode": "GM" + code[2:6],
            "jaar": 2023,
            **properties,
        }
        return {
            "type": "Feature",
            "properties": found,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    return make


@pytest.fixture
def collect() -> Callable[[list[object]], str]:
    """Write features as the text of a GeoJSON file."""

    def write(features: list[object]) -> str:
        return json.dumps({"type": "FeatureCollection", "features": features})

    return write
