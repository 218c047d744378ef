"""Read places from the JSON of Overpass, with centres, shapes, or only the points of ways."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shapely import Polygon

from socialmap.domain.osm import Element
from socialmap.exchange.osm_words import OsmPlace

_ELEMENTS: Mapping[str, Element] = {"node": "node", "way": "way", "relation": "relation"}
_SMALLEST_RING = 4
Point = tuple[float, float]


def places_of(data: bytes, keys: Sequence[str]) -> Iterator[OsmPlace]:
    """
    Give the elements that have one of the keys.

    Parameters
    ----------
    data
        An answer of Overpass (`[out:json]`).
    keys
        Such as `amenity`.

    Raises
    ------
    ValueError
        When it is no answer of Overpass, or one that Overpass broke off.
    """
    answer = json.loads(data)
    elements = answer.get("elements") if isinstance(answer, dict) else None
    if not isinstance(elements, list) or "error" in str(answer.get("remark", "")):
        raise ValueError("geen heel antwoord van Overpass")
    known = [one for one in elements if isinstance(one, dict) and _numbered(one)]
    points = {one["id"]: at for one in known if one["type"] == "node" and (at := _point(one))}
    for one in known:
        tags = one.get("tags")
        if isinstance(tags, dict) and any(key in tags for key in keys):
            said = {str(name): str(text) for name, text in tags.items()}
            lon, lat = _place(one, points) or (None, None)
            yield OsmPlace(_ELEMENTS[one["type"]], one["id"], said, lon, lat)


def _numbered(one: Mapping[str, Any]) -> bool:
    return one.get("type") in _ELEMENTS and type(one.get("id")) is int


def _place(one: Mapping[str, Any], points: Mapping[int, Point]) -> Point | None:
    """Give where an element is, by the best that the answer says of it."""
    found = _point(one) or _point(one.get("center"))
    if found:
        return found
    line = [at for part in one.get("geometry") or [] if (at := _point(part))]
    line = line or [points[node] for node in one.get("nodes") or [] if node in points]
    if line:
        return _of_line(line)
    bounds = one.get("bounds")
    if not isinstance(bounds, dict):
        return None
    low = _point({"lon": bounds.get("minlon"), "lat": bounds.get("minlat")})
    high = _point({"lon": bounds.get("maxlon"), "lat": bounds.get("maxlat")})
    return ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2) if low and high else None


def _point(part: Any) -> Point | None:
    if not isinstance(part, dict):
        return None
    lon, lat = part.get("lon"), part.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    return (float(lon), float(lat)) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _of_line(line: Sequence[Point]) -> Point:
    """Give a point on the surface of a closed line, or the middle of an open one."""
    if len(line) >= _SMALLEST_RING and line[0] == line[-1]:
        surface = Polygon(line)
        if surface.is_valid and surface.area:
            point = surface.point_on_surface()
            return point.x, point.y
    return line[len(line) // 2]
