"""Draw the small picture of an area among its neighbours, as paths for an inline SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import box, contains_xy
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from socialmap.store.areas import AreaShape

#: Width of the picture in its own units; the page gives it its size.
_WIDTH = 320.0
_HEIGHT = 240.0
#: Room around the area, as a part of its own size.
_ROOM = 0.55
_MOST_POINTS = 80

Point = tuple[float, float, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMap:
    """
    Paths of one picture.

    Attributes
    ----------
    viewbox
        Of the SVG.
    eigen
        Path of the area.
    omgeving
        Paths of what lies around it.
    punten
        x, y and line of offers with a place in the area.
    """

    viewbox: str
    eigen: str
    omgeving: tuple[str, ...]
    punten: tuple[tuple[float, float, int], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where degrees come in a picture: its corner, its scale, and how much longitude shortens."""

    west: float
    north: float
    scale: float
    stretch: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Give x and y in the picture of a place in WGS84 degrees."""
        x = (lon - self.west) * self.stretch * self.scale
        return round(x, 1), round((self.north - lat) * self.scale, 1)


def small_map(own: AreaShape, around: Iterable[AreaShape], points: Iterable[Point]) -> SmallMap:
    """
    Make the picture of an area.

    Parameters
    ----------
    own
        The area; its shape for pages is used, WGS84 degrees.
    around
        Areas that may lie near it, itself left out.
    points
        Longitude, latitude and line of offers with a place; those without a line are left out.

    Returns
    -------
    SmallMap
        Degrees of longitude are shortened by the cosine of the latitude, so that shapes keep their
        proportions on this scale.
    """
    surface = shape(own.vorm_pagina)
    frame, view = frame_around(surface.bounds, (_WIDTH, _HEIGHT), _ROOM)
    near = [s for s in (shape(other.vorm_pagina) for other in around) if s.intersects(view)]
    spots = [(*frame.place(lon, lat), line) for lon, lat, line in points if line is not None]
    return SmallMap(
        viewbox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        eigen=path_of(surface, frame),
        omgeving=tuple(path_of(other.intersection(view), frame) for other in near),
        punten=tuple(dict.fromkeys(spots))[:_MOST_POINTS],
    )


def holds(own: AreaShape, points: Sequence[tuple[float, float]]) -> list[bool]:
    """Tell for each point (lon, lat) whether it lies in the area."""
    if not points:
        return []
    surface = shape(own.vorm)
    return [bool(contains_xy(surface, lon, lat)) for lon, lat in points]


def touching(own: AreaShape, around: Iterable[AreaShape]) -> list[str]:
    """Give the codes of the areas that share a border with an area, in the order given."""
    surface = shape(own.vorm)
    return [other.gebied.code for other in around if shape(other.vorm).intersects(surface)]


def frame_around(
    bounds: tuple[float, float, float, float], size: tuple[float, float], room: float
) -> tuple[Frame, BaseGeometry]:
    """
    Lay a picture around a piece of land.

    Parameters
    ----------
    bounds
        West, south, east, north in WGS84 degrees; wider than a point.
    size
        Width and height of the picture in its own units.
    room
        What is left free on each side, as a part of the piece.

    Returns
    -------
    frame, view
        Where degrees come in the picture, and the land that it shows (WGS84 degrees).
    """
    west, south, east, north = bounds
    stretch = math.cos(math.radians((south + north) / 2))
    width = (east - west) * stretch * (1 + 2 * room)
    height = (north - south) * (1 + 2 * room)
    scale = min(size[0] / width, size[1] / height)
    half_x, half_y = size[0] / scale / stretch / 2, size[1] / scale / 2
    lon, lat = (west + east) / 2, (south + north) / 2
    view = box(lon - half_x, lat - half_y, lon + half_x, lat + half_y)
    return Frame(lon - half_x, lat + half_y, scale, stretch), view


def path_of(surface: Any, frame: Frame) -> str:
    """Write the outlines of a surface (WGS84 degrees) as the path of an SVG."""
    parts = []
    for polygon in getattr(surface, "geoms", [surface]):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            corners = list(dict.fromkeys(frame.place(lon, lat) for lon, lat in ring.coords))
            if len(corners) > 2:
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z")
    return "".join(parts)
