"""Read places from a file of OpenStreetMap: `.osm.pbf`, `.osm`, or the JSON of Overpass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import osmium
import shapely
from osmium import filter as osm_filter
from osmium import osm

from socialmap.domain.errors import SocialMapError
from socialmap.domain.osm import Element
from socialmap.exchange.osm_overpass import places_of
from socialmap.exchange.osm_words import OsmPlace

_PBF, _XML, _JSON = ".pbf", ".osm", ".json"
#: Bytes of a file that are still read; all points of it stay in memory while it is read.
_MOST_BYTES = {_PBF: 400_000_000, _XML: 400_000_000, _JSON: 100_000_000}
#: Overpass says what it is at the head of its answer.
_HEAD, _MARK = 4096, b'"elements"'


class OsmFileError(SocialMapError):
    """A file that says it is of OpenStreetMap and cannot be read; says what to do."""


def is_osm_file(path: Path) -> bool:
    """Tell whether a file is of OpenStreetMap: by its name, or by the head of Overpass JSON."""
    ending = path.suffix.lower()
    if ending in (_PBF, _XML):
        return True
    if ending != _JSON or not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_HEAD)


def read_osm(path: Path, keys: Sequence[str]) -> list[OsmPlace]:
    """
    Read the elements that have one of the keys.

    Parameters
    ----------
    path
        A file for which `is_osm_file` holds.
    keys
        Such as `amenity`.

    Returns
    -------
    places
        In order of the file, each element once; lon and lat in WGS84 degrees.

    Raises
    ------
    OsmFileError
        When the file is too big, damaged, or something else.
    """
    ending = path.suffix.lower()
    if path.stat().st_size > _MOST_BYTES[ending]:
        most = _MOST_BYTES[ending] // 1_000_000
        raise OsmFileError(
            f"{path.name} is groter dan {most} MB. Haal een kleiner gebied op, zoals één gemeente."
        )
    try:
        found = places_of(path.read_bytes(), keys) if ending == _JSON else _elements(path, keys)
        places = {(one.element, one.number): one for one in found}
    except (RuntimeError, ValueError, RecursionError) as error:
        raise OsmFileError(
            f"{path.name} is niet te lezen als bestand van OpenStreetMap. Haal het opnieuw op; "
            "misschien is het ophalen afgebroken."
        ) from error
    return list(places.values())


def _elements(path: Path, keys: Sequence[str]) -> Iterator[OsmPlace]:
    """Give nodes, ways and relations; a surface comes after its way, and replaces it."""
    wanted = osm_filter.KeyFilter(*keys)
    kind = "pbf" if path.suffix.lower() == _PBF else "xml"
    file = osmium.io.File(str(path), kind)
    shapes = osmium.geom.WKBFactory()
    for one in osmium.FileProcessor(file).with_areas(wanted).with_filter(wanted):
        tags = {tag.k: tag.v for tag in one.tags}
        if isinstance(one, osm.Node) and one.location.valid():
            yield OsmPlace("node", one.id, tags, one.location.lon, one.location.lat)
        elif isinstance(one, osm.Way):
            yield OsmPlace("way", one.id, tags, *_middle(one))
        elif isinstance(one, osm.Relation):
            yield OsmPlace("relation", one.id, tags, None, None)
        elif isinstance(one, osm.Area):
            point = shapely.from_wkb(shapes.create_multipolygon(one)).point_on_surface()
            element: Element = "way" if one.from_way() else "relation"
            yield OsmPlace(element, one.orig_id(), tags, point.x, point.y)


def _middle(way: osm.Way) -> tuple[float, float] | tuple[None, None]:
    """Give the middle of a line; nothing when its points are not in the file."""
    known = [node.location for node in way.nodes if node.location.valid()]
    if not known:
        return None, None
    west, east = min(one.lon for one in known), max(one.lon for one in known)
    south, north = min(one.lat for one in known), max(one.lat for one in known)
    return (west + east) / 2, (south + north) / 2
