"""Check one GeoJSON geometry, corner by corner, and turn it into a shape."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import shapely
from shapely.geometry import MultiPolygon, Polygon

from socialmap.geo.measure import Shape
from socialmap.geo.point import PointCheck, check_point

_NOT_A_SURFACE: Final = "Dit is geen vlak. Lever een Polygon of MultiPolygon aan."
_NO_NUMBERS: Final = (
    "Een hoekpunt bestaat niet uit twee gewone getallen. Vul lengtegraad en breedtegraad in."
)
_NOT_CLOSED: Final = "Een ring is niet gesloten. Laat het laatste punt gelijk zijn aan het eerste."
_TOO_SHORT: Final = "Een ring heeft minder dan vier punten. Teken het vlak opnieuw."

_POSITION_MESSAGES: Final = {
    PointCheck.VERWISSELD: "lijkt verwisseld. Zet eerst de lengtegraad, dan de breedtegraad.",
    PointCheck.RD: "lijkt in RD-meters te staan. Zet de grenzen om naar graden (WGS84).",
    PointCheck.BUITEN: "ligt buiten Nederland. Controleer de grens.",
}

# Starts of what GEOS says of an invalid polygon, in words that a reader can act on.
_REASONS: Final = (
    ("Ring Self-intersection", "de grens raakt zichzelf"),
    ("Self-intersection", "de grens kruist zichzelf"),
    ("Hole lies outside shell", "een gat ligt buiten het vlak"),
    ("Holes are nested", "een gat ligt in een ander gat"),
    ("Nested shells", "een deel ligt in een ander deel"),
    ("Interior is disconnected", "een gat snijdt het vlak in tweeën"),
    ("Duplicate Rings", "een ring staat er twee keer"),
    ("Too few points", "een ring heeft te weinig verschillende punten"),
)

Position = tuple[float, float]


class _MalformedError(Exception):
    """The nesting or the numbers are not those of a GeoJSON surface."""


def read_shape(geometry: object) -> tuple[Shape | None, tuple[str, ...]]:
    """
    Turn a decoded GeoJSON geometry into a shape, or say everything that is wrong with it.

    Checked: a Polygon or MultiPolygon (RFC 7946), finite numbers, closed rings, every corner in
    the Netherlands, and valid by the OGC rules (`shapely.is_valid_reason`). Nothing is repaired:
    a repaired border is another border.

    Parameters
    ----------
    geometry
        The value of `geometry` in a feature; WGS84 degrees, lon then lat; a third number is
        dropped.

    Returns
    -------
    shape, meldingen
        The shape and no sentences, or None and at least one Dutch sentence.
    """
    try:
        polygons = _polygons(geometry)
    except _MalformedError as wrong:
        return None, (str(wrong),)
    rings = [ring for polygon in polygons for ring in polygon]
    meldingen = [*_ring_faults(rings), *_position_faults(rings)]
    if meldingen:
        return None, tuple(meldingen)
    made = _build(polygons)
    if not made.is_valid:
        return None, (_explain(str(shapely.is_valid_reason(made))),)
    return made, ()


def _polygons(geometry: object) -> list[list[list[Position]]]:
    if not isinstance(geometry, dict):
        raise _MalformedError(_NOT_A_SURFACE)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise _MalformedError(_NOT_A_SURFACE)
    return [
        [[_position(raw) for raw in _items(ring)] for ring in _items(polygon)]
        for polygon in _items(coordinates)
    ]


def _items(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise _MalformedError(_NOT_A_SURFACE)
    return value


def _position(raw: object) -> Position:
    if not isinstance(raw, list) or len(raw) not in (2, 3):
        raise _MalformedError(_NO_NUMBERS)
    if not all(_is_number(value) for value in raw):
        raise _MalformedError(_NO_NUMBERS)
    return float(raw[0]), float(raw[1])


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number too long for a float
        return False


def _ring_faults(rings: list[list[Position]]) -> Iterator[str]:
    if any(ring[0] != ring[-1] for ring in rings):
        yield _NOT_CLOSED
    if any(len(ring) < 4 for ring in rings):
        yield _TOO_SHORT


def _position_faults(rings: list[list[Position]]) -> Iterator[str]:
    """One sentence per kind, with the first corner that has it: a file in RD is one fault."""
    told: set[PointCheck] = set()
    for ring in rings:
        for lon, lat in ring:
            check = check_point(lon, lat)
            if check is not PointCheck.OK and check not in told:
                told.add(check)
                yield f"Het punt ({lon:g}, {lat:g}) {_POSITION_MESSAGES[check]}"


def _build(polygons: list[list[list[Position]]]) -> Shape:
    parts = [Polygon(rings[0], rings[1:]) for rings in polygons]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _explain(reason: str) -> str:
    words, _, place = reason.partition("[")
    said = next((text for start, text in _REASONS if words.startswith(start)), "de vorm klopt niet")
    where = " bij ({:.5f}, {:.5f})".format(*map(float, place.rstrip("]").split())) if place else ""
    return f"De grens is niet geldig: {said}{where}. Teken dit stuk opnieuw."
