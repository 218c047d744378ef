"""The work beside the server: it starts, follows changes, survives faults and stops."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Soort
from socialmap.domain.errors import StorageError
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR
from socialmap.editing.apply import Batch
from socialmap.finding import keeper as module
from socialmap.finding.find import Finder
from socialmap.finding.keeper import Keeper
from socialmap.finding.reading import read_new_texts
from socialmap.store.engine import Store
from socialmap.store.search_rows import unread_ids

HOUSE = Actor(id="A", naam="Buurthuis", soort=Soort.PARTNER)
COFFEE = Aanbod(id="O1", actor_id="A", naam="Koffie")
NAME = "zoeken-bijhouden"
CLOCK = Clock(date(2026, 11, 22))


def until(condition: Callable[[], bool]) -> None:
    """Wait for what must come; how long is no question here."""
    last = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < last, "het kwam niet"
        threading.Event().wait(0.01)


def running() -> bool:
    return any(thread.name == NAME for thread in threading.enumerate())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.02)


@pytest.fixture
def keeper(store: Store, finder: Finder) -> Iterator[Keeper]:
    made = Keeper(store, finder, CLOCK)
    yield made
    if running():
        made.stop()


def waiting(store: Store) -> list[str]:
    with store.reading() as conn:
        return unread_ids(conn)


def test_it_reads_what_is_there_and_what_comes(
    store: Store, write: Callable[..., None], keeper: Keeper
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    assert waiting(store) == ["O1"]
    assert not running()
    keeper.start()
    until(lambda: waiting(store) == [])
    write(Batch(aanbod=(replace(COFFEE, naam="Soep"), replace(COFFEE, id="O2"))))
    until(lambda: waiting(store) == [])
    keeper.stop()
    assert not running()
    write(Batch(aanbod=(replace(COFFEE, naam="Thee"),)))
    assert waiting(store) == ["O1"]


def test_it_looks_only_when_the_map_changed(
    store: Store, write: Callable[..., None], keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[str] = []
    looks = threading.Semaphore(0)

    def read(*_args: Any, **_options: Any) -> int:
        rounds.append("gelezen")
        return 0

    def version(_conn: Any) -> int:
        looks.release()
        return len(changes)

    changes = ["een"]
    monkeypatch.setattr(module, "read_new_texts", read)
    monkeypatch.setattr(module, "read_data_version", version)
    keeper.start()
    for _ in range(5):
        assert looks.acquire(timeout=20)
    assert len(rounds) == 1
    changes.append("twee")
    until(lambda: len(rounds) == 2)
    keeper.stop()


@pytest.mark.parametrize("fault", [StorageError(), RuntimeError("weg")])
def test_a_fault_is_logged_and_tried_again(
    store: Store,
    write: Callable[..., None],
    keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    faults = [fault]

    def read(*args: Any, **options: Any) -> int:
        if faults:
            raise faults.pop()
        return read_new_texts(*args, **options)

    monkeypatch.setattr(module, "read_new_texts", read)
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    with caplog.at_level(logging.WARNING, "socialmap.finding"):
        keeper.start()
        until(lambda: waiting(store) == [])
    assert [record.message for record in caplog.records] == [
        "het zoeken kon niet worden bijgewerkt"
    ]


def test_it_makes_vectors_where_the_extra_is(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    made = threading.Event()

    class Counting:
        def refresh(self, _store: Store, _stop: Callable[[], bool]) -> int:
            made.set()
            return 0

    with_extra = Keeper(store, replace(finder, meaning=Counting()), CLOCK)  # type: ignore[arg-type]
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    with_extra.start()
    assert made.wait(20)
    with_extra.stop()
    assert waiting(store) == []


def test_it_makes_the_network_anew_that_somebody_reads(
    store: Store,
    write: Callable[..., None],
    finder: Finder,
    keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    with store.reading() as conn:
        finder.networks.current(conn, OPENBAAR, CLOCK.today())
    days: list[date] = []
    monkeypatch.setattr(finder.networks, "refresh", lambda _conn, day: days.append(day))
    keeper.start()
    until(lambda: days == [CLOCK.today()])
    write(Batch(actoren=(replace(HOUSE, naam="Huis"),)))
    until(lambda: len(days) == 2)
    keeper.stop()


def test_stopping_waits_for_no_pause(
    keeper: Keeper, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSE", 600.0)
    keeper.start()
    began = time.monotonic()
    keeper.stop()
    assert time.monotonic() - began < 60
    assert not running()
