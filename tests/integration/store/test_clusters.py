"""What a map shows: nothing is lost, no two marks overlap, and the order never changes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations, pairwise
from typing import Literal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch, apply
from socialmap.geo.area import AreaSet
from socialmap.store.areas import AreaShape
from socialmap.store.engine import Connection, Store
from socialmap.store.filters import RecordFilter
from socialmap.store.indexing import Places
from socialmap.store.map_index import (
    FINGER_PIXELS,
    Box,
    Cluster,
    find_clusters,
    ids_without_place,
    nearest_ids,
)
from socialmap.store.records import all_aanbod, all_actors

Undone = Callable[[], AbstractContextManager[Connection]]
Kind = Literal["actor", "aanbod"]
Point = tuple[float, float]
KINDS: list[Kind] = ["actor", "aanbod"]
ALL = RecordFilter()
TEAM = Lezer(Niveau.TEAM)
WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
#: Places are kept as whole numbers of which one is 0.15 m at the equator, in degrees.
STEP = 2 * 360 / 2**28
HERE = (4.6368, 52.3812)


def pixels(lon: float, lat: float, zoom: int) -> Point:
    """Where a web map draws a place, from its north-west corner (EPSG:3857, 256-pixel tiles)."""
    size = 256 * 2**zoom
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return (lon + 180) / 360 * size, (1 - y / math.pi) / 2 * size


def inside(point: Point, box: Box, slack: float) -> bool:
    west, south, east, north = box
    return west - slack <= point[0] <= east + slack and south - slack <= point[1] <= north + slack


def nearest_two(marks: Sequence[Cluster], zoom: int) -> float:
    """Fewest pixels between two marks, across or down, whichever is more."""
    spots = [pixels(mark.lon, mark.lat, zoom) for mark in marks]
    return min(
        (max(abs(a - c), abs(b - d)) for (a, b), (c, d) in combinations(spots, 2)),
        default=math.inf,
    )


def placed(marks: Sequence[Cluster]) -> list[Cluster]:
    return [mark for mark in marks if mark.gebied is None]


def save(conn: Connection, points: Sequence[Point], places: Places, now: datetime) -> None:
    """Write one actor at each point, of two kinds in turn."""
    kinds = [Soort.PARTNER, Soort.BEWONERSINITIATIEF]
    actors = tuple(
        Actor(id=f"A{n:04}", naam="x", soort=kinds[n % 2], lon=lon, lat=lat)
        for n, (lon, lat) in enumerate(points)
    )
    apply(conn, Batch(actoren=actors), wie="x", now=now, places=places)


def chain(count: int, step: float) -> list[Point]:
    """Places in a slanting row, each a number of pixels from the next at zoom 14."""
    degree = step * 360 / (256 * 2**14)
    return [(HERE[0] + n * degree, HERE[1] + n * degree / 3) for n in range(count)]


def scatter(seed: int, count: int) -> list[Point]:
    """Places spread at random over some 500 by 500 pixels at zoom 14."""
    draw = random.Random(seed)  # noqa: S311 - chance that can be repeated
    return [
        (HERE[0] + draw.uniform(-0.02, 0.02), HERE[1] + draw.uniform(-0.012, 0.012))
        for _ in range(count)
    ]


SCATTERED = st.builds(scatter, st.integers(0, 10**6), st.integers(1, 150))
BOXES = st.tuples(
    st.floats(4.4, 4.8), st.floats(52.2, 52.5), st.floats(4.4, 4.8), st.floats(52.2, 52.5)
).map(lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])))
ZOOMS = st.integers(0, 20)


# A row of places that are each just near enough to the next: joining two moves their middle, and
# may bring it too near to a third that was far enough before.
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(points=SCATTERED, zoom=st.integers(9, 18))
@example(points=chain(30, 43.0), zoom=14)
@example(points=chain(30, 33.0), zoom=14)
@example(points=chain(60, 65.0), zoom=14)
@example(points=[HERE] * 5, zoom=20)
def test_marks_hold_everything_and_never_overlap(
    undone: Undone, places: Places, now: datetime, today: date, points: list[Point], zoom: int
) -> None:
    with undone() as conn:
        save(conn, points, places, now)
        marks = find_clusters(conn, "actor", WORLD, zoom, ALL, TEAM, today)
    assert sum(mark.aantal for mark in marks) == len(points)
    assert nearest_two(marks, zoom) >= FINGER_PIXELS - 1e-3
    spots = [pixels(lon, lat, zoom) for lon, lat in points]
    middles = [(pixels(mark.lon, mark.lat, zoom), mark.aantal) for mark in marks]
    for axis in (0, 1):
        total = sum(spot[axis] for spot in spots)
        assert sum(middle[axis] * n for middle, n in middles) == pytest.approx(total, rel=1e-6)
    for mark in marks:
        assert sum(mark.delen.values()) == mark.aantal
        assert (mark.record_id is not None) == (mark.aantal == 1)
        if mark.record_id is not None:
            assert (mark.lon, mark.lat) == pytest.approx(points[int(mark.record_id[1:])], abs=STEP)
    assert sum(mark.delen.get("partner", 0) for mark in marks) == (len(points) + 1) // 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(points=SCATTERED, data=st.data(), zoom=st.integers(9, 18))
def test_marks_do_not_depend_on_the_order_of_writing(
    undone: Undone,
    places: Places,
    now: datetime,
    today: date,
    points: list[Point],
    data: st.DataObject,
    zoom: int,
) -> None:
    found = []
    for listed in (points, data.draw(st.permutations(points))):
        with undone() as conn:
            save(conn, listed, places, now)
            marks = find_clusters(conn, "actor", WORLD, zoom, ALL, TEAM, today)
        found.append([(mark.lon, mark.lat, mark.aantal) for mark in marks])
    assert found[0] == found[1]
    order = [(-lat, lon) for lon, lat, _ in found[0]]
    assert order == sorted(order)


@pytest.mark.parametrize("kind", KINDS)
@given(box=BOXES, zoom=ZOOMS, niveau=st.sampled_from(Niveau))
def test_numbers_in_a_box_are_those_of_the_records_in_it(
    filled: Store, today: date, kind: Kind, box: Box, zoom: int, niveau: Niveau
) -> None:
    lezer = Lezer(niveau)
    with filled.reading() as conn:
        marks = placed(find_clusters(conn, kind, box, zoom, ALL, lezer, today))
        again = placed(find_clusters(conn, kind, box, zoom, ALL, lezer, today))
        ids, total, _ = nearest_ids(conn, kind, box, ALL, lezer, today, 1000)
        listed: list[Actor] | list[Aanbod] = (
            all_actors(conn, lezer, today) if kind == "actor" else all_aanbod(conn, lezer, today)
        )
    points = {r.id: (r.lon, r.lat) for r in listed if r.lon is not None and r.lat is not None}
    certain = {key for key, point in points.items() if inside(point, box, -STEP)}
    possible = {key for key, point in points.items() if inside(point, box, STEP)}
    assert sum(mark.aantal for mark in marks) == total == len(ids)
    assert certain <= set(ids) <= possible
    assert marks == again
    assert nearest_two(marks, zoom) >= FINGER_PIXELS - 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_far_out_all_are_one_mark_and_close_by_each_address_is_one(
    filled: Store, today: date, kind: Kind
) -> None:
    with filled.reading() as conn:
        far = placed(find_clusters(conn, kind, WORLD, 0, ALL, TEAM, today))
        near = placed(find_clusters(conn, kind, WORLD, 20, ALL, TEAM, today))
        listed: list[Actor] | list[Aanbod] = (
            all_actors(conn, TEAM, today) if kind == "actor" else all_aanbod(conn, TEAM, today)
        )
    addresses = {(record.lon, record.lat) for record in listed if record.lon is not None}
    assert len(far) == 1
    assert len(near) == len(addresses)


@given(box=BOXES, limit=st.integers(1, 30))
def test_nearest_to_the_middle_come_first(filled: Store, today: date, box: Box, limit: int) -> None:
    with filled.reading() as conn:
        ids, total, _ = nearest_ids(conn, "aanbod", box, ALL, TEAM, today, limit)
        offers = {offer.id: offer for offer in all_aanbod(conn, TEAM, today)}
    assert len(ids) == min(limit, total)
    west, north = pixels(box[0], box[3], 20)
    east, south = pixels(box[2], box[1], 20)
    away = []
    for key in ids:
        x, y = pixels(offers[key].lon or 0, offers[key].lat or 0, 20)
        away.append(math.hypot(x - (west + east) / 2, y - (north + south) / 2))
    assert all(a <= b + 4 for a, b in pairwise(away))


# 41 offers of the example have no address: at home, by telephone, or kept secret. They are shown
# with the areas that they serve.
def test_offers_without_a_place_are_counted_by_area(
    filled: Store, areas: AreaSet, shapes: list[AreaShape], today: date
) -> None:
    centres = {shape.gebied.code: (shape.gebied.lon, shape.gebied.lat) for shape in shapes}
    with filled.reading() as conn:
        marks = [m for m in find_clusters(conn, "aanbod", WORLD, 12, ALL, TEAM, today) if m.gebied]
        actors = {actor.id: actor for actor in all_actors(conn, TEAM, today)}
        offers = [o for o in all_aanbod(conn, TEAM, today) if o.lon is None]
        without = nearest_ids(conn, "aanbod", WORLD, ALL, TEAM, today, 1)[2]
        listed = ids_without_place(conn, "aanbod", WORLD, ALL, TEAM, today, 1000)
    served: dict[str, int] = {}
    for offer in offers:
        for code in offer.werkgebied or actors[offer.actor_id].werkgebied:
            served[code] = served.get(code, 0) + 1
    assert {mark.gebied: mark.aantal for mark in marks} == served
    assert [mark.gebied for mark in marks] == sorted(served)
    assert without == len(listed) == len(set(listed)) == len(offers)
    for mark in marks:
        assert (mark.lon, mark.lat) == pytest.approx(centres[str(mark.gebied)], abs=STEP)
        assert sum(mark.delen.values()) == mark.aantal
        assert (mark.record_id is not None) == (mark.aantal == 1)


def test_index_follows_the_record(
    undone: Undone, places: Places, now: datetime, today: date
) -> None:
    def where(conn: Connection, keep: RecordFilter = ALL) -> list[Point]:
        marks = placed(find_clusters(conn, "aanbod", WORLD, 12, keep, TEAM, today))
        return [(round(mark.lon, 4), round(mark.lat, 4)) for mark in marks]

    def write(conn: Connection, actor: Actor, offer: Aanbod) -> None:
        batch = Batch(actoren=(actor,), aanbod=(offer,))
        apply(conn, batch, wie="x", now=now, places=places)

    lon, lat = HERE
    actor = Actor(id="A1", naam="x", soort=Soort.PARTNER)
    offer = Aanbod(id="O1", actor_id="A1", naam="y", lon=lon, lat=lat, themas=("vervoer",))
    moved = replace(offer, lon=4.65, themas=("taal",))
    asked = RecordFilter(themas=("vervoer",), gebied="GM0392")
    with undone() as conn:
        write(conn, actor, offer)
        assert where(conn) == where(conn, asked) == [HERE]
        write(conn, actor, moved)
        assert (where(conn), where(conn, asked)) == ([(4.65, lat)], [])
        # An offer takes the level of its actor, also when only the actor changes.
        write(conn, replace(actor, zichtbaarheid=Niveau.BEHEER), moved)
        assert where(conn) == []
        write(conn, actor, replace(moved, lon=None, lat=None))
        assert where(conn) == []
