"""The network is read once, until the map, the day or the reader is another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Actor
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.editing.apply import Batch, apply
from socialmap.network import reading
from socialmap.network.figures import measure
from socialmap.network.reading import NetworkReader, Seen, read_network
from socialmap.store.engine import Store
from socialmap.store.indexing import Places

from .conftest import MakeMap

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

TEAM = Lezer(Niveau.TEAM)


def test_places_are_those_of_the_points(whole: Store, places: Places, today: date) -> None:
    with whole.reading() as conn:
        seen = read_network(conn, TEAM, today)
    points = {
        a.id: (a.lon, a.lat)
        for a in seen.network.actors.values()
        if a.lon is not None and a.lat is not None
    }
    held = dict(zip(points, places.locate_many(list(points.values())), strict=True))
    assert {key: sorted(codes) for key, codes in held.items() if codes} == {
        key: sorted(codes) for key, codes in seen.places.items()
    }
    assert len(seen.places) > 60


def test_figures_are_those_of_measure(whole: Store, today: date) -> None:
    with whole.reading() as conn:
        seen = read_network(conn, TEAM, today)
    made = measure(seen.network, seen.places)
    assert seen.key_positions == made.sleutelposities
    assert seen.bridging == made.brugfunctie
    assert seen.meeting == made.formeel_informeel
    assert (seen.isolated, seen.unconnected) == (made.geisoleerd, made.niet_verbonden)
    assert (seen.communities, seen.core) == (made.groepen, made.kern)


def test_it_is_kept_until_the_map_changes(
    make_map: MakeMap, batch: Batch, places: Places, today: date, now: datetime
) -> None:
    store, reader = make_map(batch), NetworkReader()
    with store.reading() as old:
        first = reader.current(old, TEAM, today)
        assert reader.current(old, TEAM, today) is first
        assert reader.current(old, OPENBAAR, today) is not first
        assert reader.current(old, TEAM, today) is first
        added = Batch(
            actoren=(Actor(id="A900", naam="Nieuw", soort=Soort.PARTNER),), aanbod=(), relaties=()
        )
        with store.writing() as conn:
            apply(conn, added, wie="beheerder", now=now, places=places)
        with store.reading() as conn:
            second = reader.current(conn, TEAM, today)
            assert second.network.actors.keys() - first.network.actors.keys() == {"A900"}
            # The connection that began before still sees its own moment, and keeps the newer.
            assert "A900" not in reader.current(old, TEAM, today).network.actors
            assert reader.current(conn, TEAM, today) is second


def test_another_day_is_another_network(whole: Store, today: date) -> None:
    reader = NetworkReader()
    with whole.reading() as conn:
        first = reader.current(conn, TEAM, today)
        later = reader.current(conn, TEAM, today + timedelta(days=4000))
    assert later is not first
    # Every consent has ended by then.
    kinds = {actor.soort for actor in later.network.actors.values()}
    assert Soort.SLEUTELFIGUUR not in kinds
    assert Soort.SLEUTELFIGUUR in {actor.soort for actor in first.network.actors.values()}


def test_many_threads_get_one_network(whole: Store, today: date) -> None:
    reader = NetworkReader()

    def read(_: int) -> Seen:
        with whole.reading() as conn:
            return reader.current(conn, TEAM, today)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(32)))
    assert len({id(one) for one in found}) == 1


def test_what_was_asked_is_ready_before_it_is_asked_again(
    make_map: MakeMap,
    batch: Batch,
    places: Places,
    today: date,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, reader = make_map(batch), NetworkReader()
    made: list[Lezer] = []

    def counting(conn: Connection, lezer: Lezer, day: date) -> Seen:
        made.append(lezer)
        return read_network(conn, lezer, day)

    def change(name: str) -> None:
        added = Actor(id="A900", naam=name, soort=Soort.PARTNER)
        with store.writing() as conn:
            apply(conn, Batch(actoren=(added,)), wie="beheerder", now=now, places=places)
        with store.reading() as conn:
            reader.refresh(conn, today)

    monkeypatch.setattr(reading, "read_network", counting)
    change("Een")
    assert made == []
    with store.reading() as conn:
        reader.current(conn, TEAM, today)
    change("Twee")
    assert made == [TEAM, TEAM]
    with store.reading() as conn:
        seen = reader.current(conn, TEAM, today)
    assert made == [TEAM, TEAM]
    assert seen.network.actors["A900"].naam == "Twee"
    assert {"key_positions", "bridging", "unconnected", "ties_of"} <= vars(seen).keys()
    change("Drie")
    change("Vier")
    # Nobody looked after the third change, so the fourth made nothing.
    assert made == [TEAM, TEAM, TEAM]
