"""Places of OpenStreetMap for tests: invented, written to a file by the library itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import osmium
from osmium.osm import mutable

Spot = tuple[float, float, Mapping[str, str]]
#: Within the areas of every map: degrees west, south, east, north.
HAARLEM = (4.632, 52.376, 4.655, 52.394)
_KINDS = (
    {"amenity": "community_centre"},
    {"amenity": "library", "opening_hours": "Mo-Fr 10:00-17:00"},
    {"amenity": "place_of_worship", "religion": "christian"},
    {"amenity": "social_facility", "social_facility": "food_bank"},
    {"leisure": "sports_centre"},
    {"club": "sport"},
)
_FIRST = ("Linde", "Eik", "Beuk", "Wilg", "Iep", "Berk", "Els", "Den", "Spar", "Olm", "Vlier")
_LAST = ("hof", "huis", "poort", "plein", "kamp", "dam", "brug", "stee", "zaal", "kring", "veld")


def write_osm(path: Path, nodes: Sequence[Spot]) -> None:
    """Write nodes, numbered from 1; the ending of the name says which kind of file."""
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (lon, lat, tags) in enumerate(nodes, 1):
            writer.add_node(mutable.Node(id=number, location=(lon, lat), tags=dict(tags)))


def many_spots(number: int) -> list[Spot]:
    """Give so many places with names of their own, the same ones each time."""
    random = Random(20261124)  # noqa: S311 -- places, no secrets
    west, south, east, north = HAARLEM
    return [
        (
            random.uniform(west, east),
            random.uniform(south, north),
            {
                "name": f"{random.choice(_FIRST)}{random.choice(_LAST)} "
                f"{random.choice(_FIRST)}{random.choice(_LAST)} {at}",
                **_KINDS[at % len(_KINDS)],
            },
        )
        for at in range(number)
    ]
