"""Choose which names fit in a picture at each zoom, so that none lies over another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Units of the picture per pixel of the screen, per level: a phone, a desk, and zoomed in.
SCALES = (2.9, 1.5, 1.15, 0.86, 0.57, 0.38, 0.25)
#: Levels up to here name only who is named `first`.
FIRST_LEVELS = 2
#: So many of those first are named at a desk, even over the mark of another.
_FORCED = 5
#: Pixels: width of a letter, height of a line, and from the middle of a node to its name.
_LETTER, _LINE, _BESIDE = 6.7, 15.0, 15.0
#: A mark is about this wide on both sides of its middle.
_MARK = 9.0
_LONGEST, _LINES = 20, 2

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a node as it is drawn.

    Attributes
    ----------
    regels
        One or two lines.
    kant
        On which side: `rechts`, `links`, `onder` or `boven`.
    vanaf
        The first level at which it fits; `len(SCALES)` when it never does.
    """

    regels: tuple[str, ...]
    kant: str
    vanaf: int


def break_name(name: str) -> tuple[str, ...]:
    """Break a name over at most two lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LONGEST or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:_LINES]
    if len(lines) > _LINES:
        kept[-1] += "…"
    return tuple(line if len(line) <= _LONGEST + 4 else line[: _LONGEST + 3] + "…" for line in kept)


def label_all(
    names: Mapping[str, str],
    points: Mapping[str, tuple[float, float]],
    order: Sequence[str],
    first: Sequence[str],
    size: tuple[float, float],
) -> dict[str, Label]:
    """
    Give each node its label and the level from which it is shown.

    Parameters
    ----------
    names
        By id.
    points
        By id: x to the right, y down.
    order
        Ids, who matters most first.
    first
        Ids that may be named before somebody zooms in.
    size
        Width and height of the picture: no name runs over its sides.
    """
    spots = tuple((key, names[key], points[key]) for key in order)
    return dict(_label_all(spots, tuple(first), size))


@lru_cache(maxsize=64)
def _label_all(
    spots: tuple[tuple[str, str, tuple[float, float]], ...],
    first: tuple[str, ...],
    size: tuple[float, float],
) -> Mapping[str, Label]:
    order = [key for key, _, _ in spots]
    points = {key: point for key, _, point in spots}
    broken = {key: break_name(name) for key, name, _ in spots}
    found: dict[str, Label] = {}
    early, forced = set(first), set(first[:_FORCED])
    for level, scale in enumerate(SCALES):
        marks = _Grid()
        for key, (x, y) in points.items():
            half = _MARK * scale
            marks.add(key, (x - half, y - half, x + half, y + half))
        taken = _Grid()
        for key, label in found.items():
            taken.add(key, _box(points[key], label.regels, label.kant, scale))
        for key in order:
            if key in found or (level < FIRST_LEVELS and key not in early):
                continue
            grids = (marks, taken)
            side = _free_side(key, broken[key], points[key], scale, grids, size)
            if not side and level == FIRST_LEVELS - 1 and key in forced:
                # Better a name over a lesser mark than no name for who matters most.
                side = _free_side(key, broken[key], points[key], scale, (taken,), size)
            if side:
                found[key] = Label(broken[key], side, level)
                taken.add(key, _box(points[key], broken[key], side, scale))
    missing = {key: Label(broken[key], "rechts", len(SCALES)) for key in order if key not in found}
    return found | missing


def _free_side(
    key: str,
    lines: tuple[str, ...],
    point: tuple[float, float],
    scale: float,
    grids: tuple[_Grid, ...],
    size: tuple[float, float],
) -> str:
    for side in _SIDES:
        box = _box(point, lines, side, scale)
        inside = min(box[:2]) >= 0 and box[2] <= size[0] and box[3] <= size[1]
        if inside and not any(grid.hits(box, key) for grid in grids):
            return side
    return ""


def _right(wide: float, high: float) -> Box:
    return _BESIDE, -high / 2, _BESIDE + wide, high / 2


def _left(wide: float, high: float) -> Box:
    return -_BESIDE - wide, -high / 2, -_BESIDE, high / 2


def _below(wide: float, high: float) -> Box:
    return -wide / 2, _BESIDE, wide / 2, _BESIDE + high


def _above(wide: float, high: float) -> Box:
    return -wide / 2, -_BESIDE - high, wide / 2, -_BESIDE


_SIDES: dict[str, Callable[[float, float], Box]] = {
    "rechts": _right,
    "links": _left,
    "onder": _below,
    "boven": _above,
}


def _box(point: tuple[float, float], lines: tuple[str, ...], side: str, scale: float) -> Box:
    wide = max(map(len, lines), default=0) * _LETTER
    west, north, east, south = _SIDES[side](wide, len(lines) * _LINE)
    x, y = point
    return x + west * scale, y + north * scale, x + east * scale, y + south * scale


class _Grid:
    """Boxes by the cells that they lie in, so that only near ones are compared."""

    _CELL = 80.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, Box]]] = {}

    def add(self, key: str, box: Box) -> None:
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append((key, box))

    def hits(self, box: Box, own: str) -> bool:
        """Tell whether a box lies over that of another."""
        return any(
            key != own
            and box[0] < other[2]
            and other[0] < box[2]
            and box[1] < other[3]
            and other[1] < box[3]
            for cell in self._over(box)
            for key, other in self._cells.get(cell, ())
        )

    def _over(self, box: Box) -> list[tuple[int, int]]:
        west, north, east, south = (int(side // self._CELL) for side in box)
        return [(x, y) for x in range(west, east + 1) for y in range(north, south + 1)]
