"""Where the picture of the network puts each actor and its name."""

from __future__ import annotations

from typing import Any

import pytest

from web.network_view_labels import SCALES, label_all
from web.network_view_layout import WIDTH, place, place_around


def test_the_order_of_reading_changes_nothing() -> None:
    pairs = [(f"n{a}", f"n{(a * 7 + 3) % 60}") for a in range(60)]
    nodes = [f"n{a}" for a in range(64)]
    turned = [(naar, van) for van, naar in reversed(pairs)]
    assert place(nodes, pairs) == place(reversed(nodes), turned)
    spots = set(place(nodes, pairs).points.values())
    assert len(spots) == len(nodes)


def test_rings_keep_the_steps() -> None:
    steps = {"m": 0, **{f"a{n}": 1 for n in range(8)}, **{f"b{n}": 2 for n in range(20)}}
    pairs = [("m", f"a{n}") for n in range(8)] + [(f"a{n % 8}", f"b{n}") for n in range(20)]
    picture = place_around("m", steps, pairs)
    x0, y0 = picture.points["m"]
    for key, (x, y) in picture.points.items():
        far = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        wanted = 0.0 if key == "m" else picture.rings[steps[key] - 1]
        assert far == pytest.approx(wanted, abs=0.2)


def test_no_two_names_lie_over_each_other_at_any_zoom() -> None:
    nodes = [f"n{a}" for a in range(120)]
    picture = place(nodes, [(f"n{a}", f"n{a * a % 120}") for a in range(120)])
    names = {key: f"Buurthuis nummer {key}" for key in nodes}
    labels = label_all(names, picture.points, nodes, nodes[:10], (WIDTH, picture.height))
    for level, scale in enumerate(SCALES):
        shown = {key: label for key, label in labels.items() if label.vanaf <= level}
        boxes = [_box(picture.points[key], label, scale) for key, label in shown.items()]
        for number, (west, north, east, south) in enumerate(boxes):
            for other in boxes[number + 1 :]:
                assert not (
                    west < other[2] and other[0] < east and north < other[3] and other[1] < south
                )
    assert {key for key, label in labels.items() if label.vanaf <= 1} <= set(nodes[:10])
    assert sum(label.vanaf < len(SCALES) for label in labels.values()) > 100


def _box(point: tuple[float, float], label: Any, scale: float) -> tuple[float, ...]:
    wide = max(map(len, label.regels)) * 6.7 * scale
    high = len(label.regels) * 15.0 * scale
    x, y = point
    away = 15.0 * scale
    return {
        "rechts": (x + away, y - high / 2, x + away + wide, y + high / 2),
        "links": (x - away - wide, y - high / 2, x - away, y + high / 2),
        "onder": (x - wide / 2, y + away, x + wide / 2, y + away + high),
        "boven": (x - wide / 2, y - away - high, x + wide / 2, y - away),
    }[label.kant]
