"""Draw the map of a sheet: borders and names of buurten, and a number at each place. No tiles."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from shapely.geometry import shape

from socialmap.store.areas import AreaShape
from web.present_map import Frame, frame_around, path_of

Place = tuple[float, float]
Bounds = tuple[float, float, float, float]

_SIZE = (480.0, 330.0)
_ROOM = 0.22
#: What the map shows at least from west to east, in degrees: about 1,600 metres here.
_LEAST_WIDE = 0.0235
#: Marks nearer than this share one, in units of the picture.
_APART = 24.0
_MOST_NAMES = 9
#: Room that one letter of a name takes.
_LETTER = 6.2
#: The word under the mark of the start.
_WORD_UNDER = 25.0
_LETTERS = 'font-family=\'"Source Sans 3", "Segoe UI", sans-serif\''


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered place: x and y in the picture, and the numbers that stand there."""

    x: float
    y: float
    woord: str


def bounds_of(places: Sequence[Place]) -> Bounds:
    """Give west, south, east and north (WGS84 degrees) of what a map of these places shows."""
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    middle = (min(lons) + max(lons)) / 2
    half = max((max(lons) - min(lons)) / 2, _LEAST_WIDE / 2)
    centre = (min(lats) + max(lats)) / 2
    high = max((max(lats) - min(lats)) / 2, _LEAST_WIDE / 6)
    return middle - half, centre - high, middle + half, centre + high


def draw_map(
    areas: Iterable[AreaShape], numbered: Sequence[tuple[int, Place]], start: Place | None
) -> str:
    """
    Draw the map of a sheet.

    Parameters
    ----------
    areas
        Buurten that may lie in sight, WGS84 degrees.
    numbered
        The number of each place and where it is: (lon, lat) in WGS84 degrees. At least one.
    start
        Where the way begins, without a number; None when not said.

    Returns
    -------
    str
        An SVG of its own: no script, no address of anything outside it.
    """
    places = [place for _, place in numbered]
    shown = [*places, start] if start else places
    frame, view = frame_around(bounds_of(shown), _SIZE, _ROOM)
    near = [(area, shape(area.vorm_pagina)) for area in areas]
    seen = [(area, found) for area, found in near if found.intersects(view)]
    marks = _marks(numbered, frame)
    begin = frame.place(*start) if start else None
    taken = [(mark.x, mark.y) for mark in marks]
    if begin:
        taken += [begin, (begin[0], begin[1] + _WORD_UNDER)]
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_SIZE[0]:g} {_SIZE[1]:g}'"
        f" width='{_SIZE[0]:g}' height='{_SIZE[1]:g}'>",
        f"<rect width='{_SIZE[0]:g}' height='{_SIZE[1]:g}' fill='#eef1ee'/>",
    ]
    for _, found in seen:
        path = path_of(found.intersection(view), frame)
        parts.append(f"<path d='{path}' fill='#f9f5ec' stroke='#9d917d' stroke-width='1.2'/>")
    parts += _names(
        [(area.gebied.naam, frame.place(area.gebied.lon, area.gebied.lat)) for area, _ in seen],
        taken,
    )
    if begin:
        parts.append(_start_mark(*begin))
    parts += [_number_mark(mark) for mark in marks]
    return "".join([*parts, "</svg>"])


def as_image(svg: str) -> str:
    """Give a picture as an address that holds all of it, for the page and for the PDF alike."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _marks(numbered: Sequence[tuple[int, Place]], frame: Frame) -> list[Mark]:
    groups: list[tuple[float, float, list[int]]] = []
    for number, place in numbered:
        x, y = frame.place(*place)
        for near_x, near_y, numbers in groups:
            if math.hypot(near_x - x, near_y - y) < _APART:
                numbers.append(number)
                break
        else:
            groups.append((x, y, [number]))
    return [Mark(x, y, ", ".join(map(str, numbers))) for x, y, numbers in groups]


def _number_mark(mark: Mark) -> str:
    width = max(24.0, 11.0 + 7.0 * len(mark.woord))
    return (
        f"<rect x='{mark.x - width / 2:g}' y='{mark.y - 12:g}' width='{width:g}' height='24'"
        " rx='12' fill='#0a434a' stroke='#ffffff' stroke-width='2'/>"
        f"<text x='{mark.x:g}' y='{mark.y + 5:g}' text-anchor='middle' {_LETTERS}"
        f" font-size='14' font-weight='700' fill='#ffffff'>{mark.woord}</text>"
    )


def _start_mark(x: float, y: float) -> str:
    return (
        f"<path d='M{x:g} {y - 10:g}l10 10-10 10-10-10z' fill='#ffffff' stroke='#22303a'"
        " stroke-width='2.5'/>" + _word(x, y + _WORD_UNDER, "begin", 13, "#22303a")
    )


def _word(x: float, y: float, word: str, size: int, colour: str) -> str:
    """Write a word with a light edge under it: first the edge, as not every reader can order."""
    where = f"x='{x:g}' y='{y:g}' text-anchor='middle' {_LETTERS} font-size='{size}'"
    shown = escape(word)
    return (
        f"<text {where} fill='none' stroke='#f9f5ec' stroke-width='3.5'>{shown}</text>"
        f"<text {where} fill='{colour}'>{shown}</text>"
    )


def _names(named: Sequence[tuple[str, Place]], taken: Sequence[Place]) -> list[str]:
    """Write the names that stand clear of the edge, of marks and of each other."""
    placed: list[tuple[float, float, float]] = []
    parts = []
    for name, (x, y) in named:
        half = len(name) * _LETTER / 2
        inside = half + 4 < x < _SIZE[0] - half - 4 and 16 < y < _SIZE[1] - 8
        clear = all(abs(x - a) > half + 18 or abs(y - b) > 24 for a, b in taken)
        apart = all(abs(x - a) > half + other + 6 or abs(y - b) > 16 for a, b, other in placed)
        if inside and clear and apart and len(placed) < _MOST_NAMES:
            placed.append((x, y, half))
            parts.append(_word(x, y, name, 12, "#5b5142"))
    return parts
