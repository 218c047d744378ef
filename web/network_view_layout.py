"""Give every node of a picture its place: the same picture for the same network, every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from socialmap.network.ready import make_ready, same_dice

#: Width of every picture, in units of its own.
WIDTH = 1000.0
#: Units between two nodes, and from a node to the edge.
GAP, EDGE = 42.0, 60.0
#: Height of the part of a picture for the large parts of a network, and of a row of small ones.
_HEIGHT, _ROW = 760.0, 96.0
#: Radius of a picture with one ring only.
_ONE_RING = 190.0
_SEED = 4
_PUSHES = 60
#: Nodes nearer than this stand on one spot.
_TOUCH = 1e-6
#: A part this large beside the largest gets room of its own; smaller ones stand in a row below.
_OWN_ROOM, _FEWEST, _MOST_LARGE = 0.2, 7, 3

Points = dict[str, tuple[float, float]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Picture:
    """Places of nodes, and how high the picture is.

    Attributes
    ----------
    points
        By id: x to the right (0 to `WIDTH`), y down (0 to `height`).
    height
        In the same units.
    below
        y under which only small parts and nodes without a tie stand; `height` when there are none.
    rings
        Radii of the rings around the node in the middle; empty without one.
    """

    points: Mapping[str, tuple[float, float]]
    height: float
    below: float
    rings: tuple[float, ...] = ()


def place(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Picture:
    """
    Place a network: large parts in the middle, small ones and loose nodes in rows below.

    Each part by the force of Kamada and Kawai 1989 (https://doi.org/10.1016/0020-0190(89)90102-6)
    from a circle in order of id, so that nothing depends on chance or on the order of reading;
    then nodes that touch are pushed apart. O(n^2) for n nodes of the largest part.

    Parameters
    ----------
    nodes
        Ids.
    pairs
        Ids of two nodes that are tied, in any order; doubles and loops are left out.
    """
    edges = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    return _place(tuple(sorted(nodes)), tuple(edges))


def place_around(
    middle: str, steps: Mapping[str, int], pairs: Iterable[tuple[str, str]]
) -> Picture:
    """
    Place a network in rings around one node, by its steps from there.

    Parameters
    ----------
    middle
        Id of the node in the middle.
    steps
        By id; 0 for the middle.
    pairs
        As for `place`: nodes that are tied come to stand near each other on their rings.
    """
    free = place(steps, pairs).points
    last = max(1, *steps.values())
    reach = _HEIGHT / 2 - 34 if last > 1 else _ONE_RING
    radii = tuple(reach * ring / last for ring in range(1, last + 1))
    height = 2 * reach + 88
    centre = (WIDTH / 2, height / 2)
    points: Points = {middle: centre}
    for ring, radius in enumerate(radii, start=1):
        there = [key for key in sorted(steps) if steps[key] == ring]
        home = free[middle]
        there.sort(key=lambda key: _angle(home, free[key]))
        start = _angle(home, free[there[0]]) if there else 0.0
        for number, key in enumerate(there):
            turn = start + 2 * pi * number / len(there)
            points[key] = (
                round(centre[0] + radius * cos(turn), 1),
                round(centre[1] + radius * sin(turn), 1),
            )
    return Picture(points, height, height, radii)


def _angle(home: tuple[float, float], there: tuple[float, float]) -> float:
    return float(np.arctan2(there[1] - home[1], there[0] - home[0]))


@lru_cache(maxsize=64)
def _place(nodes: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> Picture:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(pairs)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=_by_size)
    if not parts:
        return Picture({}, _ROW, _ROW)
    enough = max(_FEWEST, _OWN_ROOM * len(parts[0]))
    large = [part for part in parts[:_MOST_LARGE] if len(part) >= enough]
    small = [part for part in parts[len(large) :] if len(part) > 1]
    loose = [part[0] for part in parts if len(part) == 1]
    points, below = _side_by_side(graph, large) if large else ({}, 0.0)
    lowest = _rows_of_parts(graph, small, below, points)
    lowest = _rows_of_nodes(loose, lowest, points)
    rounded = {key: (round(x, 1), round(y, 1)) for key, (x, y) in points.items()}
    return Picture(rounded, round(lowest, 1), round(below, 1))


def _by_size(part: list[str]) -> tuple[int, str]:
    return -len(part), part[0]


def _side_by_side(graph: nx.Graph[str], parts: Sequence[list[str]]) -> tuple[Points, float]:
    """Give each large part a share of the width by the root of its size."""
    total = sum(sqrt(len(part)) for part in parts)
    height = _HEIGHT * min(1.6, max(0.6, sqrt(sum(map(len, parts)) / 90)))
    points: Points = {}
    left = 0.0
    for part in parts:
        width = WIDTH * sqrt(len(part)) / total
        box = (left + EDGE, EDGE, left + width - EDGE, height - EDGE / 2)
        for key, (x, y) in zip(part, _spread(graph, part, box), strict=True):
            points[key] = (float(x), float(y))
        left += width
    return points, height


def _spread(
    graph: nx.Graph[str], part: Sequence[str], box: tuple[float, float, float, float]
) -> Floats:
    ready = make_ready(graph.subgraph(part))
    with same_dice(_SEED):
        start = ready.graph.layout_circle()
        drawn = ready.graph.layout_kamada_kawai(seed=start)
    # Turned so that its longest side lies down, as the box does.
    xy = np.array(drawn.coords, dtype=np.float64)
    xy -= xy.mean(axis=0)
    _, _, turn = np.linalg.svd(xy, full_matrices=False)
    xy = xy @ (turn * np.sign(turn[:, :1] + (turn[:, :1] == 0))).T
    west, north, east, south = box
    size = np.array([east - west, south - north])
    corner = np.array([west, north])
    if size[1] > size[0]:
        xy = xy[:, ::-1]
    # Ranks beside distances: a dense heart gets room, long arms stay long.
    even = np.argsort(np.argsort(xy, axis=0, kind="stable"), axis=0, kind="stable") / len(part)
    span = np.maximum(np.ptp(xy, axis=0), 1e-9)
    xy = corner + size * (0.6 * (xy - xy.min(axis=0)) / span + 0.4 * even)
    return _push_apart(xy, corner, corner + size)


def _push_apart(xy: Floats, low: Floats, high: Floats) -> Floats:
    """Push nodes that stand too near each other apart, inside the box."""
    room = float(np.prod(high - low)) / max(1, len(xy))
    gap = min(GAP, 0.8 * sqrt(room))
    for _ in range(_PUSHES):
        x, y = xy.T
        square = np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2
        one, other = np.nonzero(np.triu(square < (0.98 * gap) ** 2, 1))
        if not len(one):
            break
        apart = xy[other] - xy[one]
        far = np.hypot(apart[:, 0], apart[:, 1])
        # Two on one spot go apart sideways, in order.
        apart[far < _TOUCH], far[far < _TOUCH] = (1.0, 0.3), 1.0
        push = apart * (0.45 * (gap - np.minimum(far, gap)) / far)[:, None]
        moved = xy.copy()
        np.add.at(moved, other, push)
        np.subtract.at(moved, one, push)
        xy = np.clip(moved, low, high)
    return xy


def _rows_of_parts(
    graph: nx.Graph[str], parts: Sequence[list[str]], top: float, points: Points
) -> float:
    """Stand small parts in rows, each on a circle of its own; give where the last row ends."""
    left, lowest = EDGE / 2, top
    for part in parts:
        radius = max(26.0, GAP * len(part) / (2 * pi))
        wide = 2 * radius + 2 * GAP
        if left > EDGE / 2 and left + wide > WIDTH:
            left, top = EDGE / 2, lowest
        middle = (left + wide / 2, top + radius + 30)
        most = max(part, key=lambda key: (graph.degree[key], key))
        ring = [key for key in part if key != most] if len(part) > 3 else part
        for number, key in enumerate(ring):
            turn = pi + 2 * pi * number / len(ring)
            points[key] = (middle[0] + radius * cos(turn), middle[1] + radius * sin(turn))
        if len(part) > 3:
            points[most] = middle
        left += wide
        lowest = max(lowest, top + 2 * radius + 60)
    return lowest


def _rows_of_nodes(nodes: Sequence[str], top: float, points: Points) -> float:
    across = int((WIDTH - EDGE) / GAP)
    for number, key in enumerate(nodes):
        points[key] = (
            EDGE / 2 + GAP / 2 + number % across * GAP,
            top + 46 + number // across * GAP,
        )
    return top + ceil(len(nodes) / across) * GAP + (40 if nodes else 0)
