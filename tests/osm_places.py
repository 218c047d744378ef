"""Places of OpenStreetMap for tests: invented, written to a file by the library itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import osmium
from osmium.osm import mutable

Spot = tuple[float, float, Mapping[str, str]]
TWIN_EACH = 20
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
    """Give so many places, the same ones each time; each twentieth is the one before it again."""
    random = Random(20261124)  # noqa: S311 -- places, no secrets
    west, south, east, north = HAARLEM
    spots: list[Spot] = []
    for at in range(number):
        if at % TWIN_EACH == TWIN_EACH - 1:
            lon, lat, tags = spots[-1]
            spots.append((lon + 1e-4, lat, tags))
            continue
        words = [random.choice(part) for part in (_FIRST, _LAST, _FIRST, _LAST)]
        name = f"{''.join(words[:2])} {''.join(words[2:])} {at}"
        lon, lat = random.uniform(west, east), random.uniform(south, north)
        spots.append((lon, lat, {"name": name, **_KINDS[at % len(_KINDS)]}))
    return spots
