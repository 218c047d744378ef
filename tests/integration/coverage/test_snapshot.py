"""Once a month what is known of coverage is kept, as everybody may see it."""

from __future__ import annotations

import csv
import io
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from socialmap.coverage.need import SHARES
from socialmap.coverage.reading import CoverageReader
from socialmap.coverage.snapshot import RULE, keep_month, kept_groups, stand_of, year_before
from socialmap.domain.clock import Clock
from socialmap.domain.codes import Gebiedsniveau, Niveau, Soort
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange.embedded import data_folder
from socialmap.exchange.importing import import_named_bytes
from socialmap.exchange.making import Filling, make_map
from socialmap.finding import keeper as module
from socialmap.finding.find import Finder
from socialmap.finding.keeper import Keeper
from socialmap.finding.ready import make_finder
from socialmap.store.engine import Store
from socialmap.store.records import all_aanbod, all_actors
from socialmap.store.snapshots import Stand, has_month, kept_months, read_month, save_month
from socialmap.store.vocabulary import read_vocabulary

EXAMPLE = data_folder() / "voorbeeld"
TODAY = date(2026, 11, 22)
MONTH = "2026-11"


@pytest.fixture
def example(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Store]:
    """The example map, to write on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('stand') / 'kaart.db'}"
    make_map(url, clock, Filling.EXAMPLE)
    made = Store.open(url)
    yield made
    made.close()


def _add_hidden_offers(store: Store, clock: Clock) -> None:
    """Add what the example lacks: offers of a person, and of who is not for everybody."""
    with store.reading() as conn:
        actors = all_actors(conn, Lezer(Niveau.TEAM), TODAY)
    person = next(a for a in actors if a.soort is Soort.SLEUTELFIGUUR and a.lon is not None)
    closed = next(a for a in actors if a.zichtbaarheid is Niveau.PROFESSIONAL)
    with (EXAMPLE / "aanbod.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(row), delimiter=";")
    writer.writeheader()
    for key, owner in (("O901", person), ("O902", closed)):
        writer.writerow(row | {"id": key, "actor_id": owner.id})
    files = [("aanbod.csv", text.getvalue().encode())]
    assert import_named_bytes(store, files, wie="proef", clock=clock).geplaatst


def kept(store: Store, month: str = MONTH) -> list[Stand]:
    with store.reading() as conn:
        words = read_vocabulary(conn)
        return [
            stand
            for group in kept_groups(words.doelgroepen)
            for stand in read_month(conn, month, group)
        ]


def test_a_month_is_kept_once_and_as_it_was_judged(example: Store) -> None:
    assert keep_month(example, TODAY)
    stands = kept(example)
    assert not keep_month(example, date(2026, 11, 30))
    with example.reading() as conn:
        words = read_vocabulary(conn)
        coverage = CoverageReader().current(conn, OPENBAAR, TODAY)
        assert kept_months(conn) == [MONTH]
    assert {stand.doelgroep for stand in stands} == {"iedereen", *SHARES}
    assert {stand.thema for stand in stands} == set(words.themas)
    levels = (Gebiedsniveau.WIJK, Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.GEMEENTE)
    true = [
        stand_of(one)
        for group in kept_groups(words.doelgroepen)
        for thema in words.themas
        for niveau in levels
        for one in coverage.assess(niveau, thema, group)
    ]
    assert sorted(stands, key=str) == sorted(true, key=str)
    assert {stand.regel for stand in stands} == {RULE}
    assert all(isinstance(stand.bereik, int) == bool(stand.oordeel) for stand in stands)


def test_nobody_above_the_level_of_everybody_is_in_it(example: Store, clock: Clock) -> None:
    _add_hidden_offers(example, clock)
    keep_month(example, TODAY)
    ids = {key for stand in kept(example) for key in (*stand.aanbod, *stand.oud)}
    with example.reading() as conn:
        team = Lezer(Niveau.TEAM)
        owners = {actor.id: actor for actor in all_actors(conn, team, TODAY)}
        everything = all_aanbod(conn, team, TODAY)
        for_all = {offer.id for offer in all_aanbod(conn, OPENBAAR, TODAY)}
    persons = {o.id for o in everything if owners[o.actor_id].soort is Soort.SLEUTELFIGUUR}
    assert persons
    assert {offer.id for offer in everything} - for_all
    assert ids
    assert ids <= for_all - persons
    assert not ids.intersection({"O901", "O902"})


def test_a_new_month_stands_beside_the_old_one(example: Store) -> None:
    keep_month(example, TODAY)
    before = kept(example)
    assert keep_month(example, date(2026, 12, 1))
    with example.reading() as conn:
        assert kept_months(conn) == ["2026-12", MONTH]
    assert kept(example) == before


def test_a_month_that_is_kept_again_replaces_itself(example: Store) -> None:
    keep_month(example, TODAY)
    one = kept(example)[0]
    with example.writing() as conn:
        save_month(conn, MONTH, [replace(one, bereik=1)])
    assert kept(example) == [replace(one, bereik=1)]


def test_nothing_is_kept_when_it_is_stopped_or_there_are_no_areas(
    example: Store, store: Store
) -> None:
    assert not keep_month(example, TODAY, lambda: True)
    assert not keep_month(store, TODAY)
    for one in (example, store):
        with one.reading() as conn:
            assert not has_month(conn, MONTH)


def test_the_worker_keeps_the_month(
    example: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.02)
    with example.reading() as conn:
        finder: Finder = make_finder(data_folder() / "woorden", read_vocabulary(conn), None)

    def is_kept() -> bool:
        with example.reading() as conn:
            return has_month(conn, MONTH)

    keeper = Keeper(example, finder, clock)
    keeper.start()
    last = time.monotonic() + 120
    while not is_kept():
        assert time.monotonic() < last, "het kwam niet"
        threading.Event().wait(0.05)
    keeper.stop()
    assert kept(example)


@pytest.mark.parametrize(
    ("months", "day", "month"),
    [
        ([], TODAY, ""),
        (["2026-10"], TODAY, "2026-10"),
        (["2026-10", "2025-12", "2025-11", "2025-10"], TODAY, "2025-11"),
        (["2026-10", "2025-12", "2025-10"], TODAY, "2025-10"),
        (["2026-10", "2026-01"], TODAY, "2026-01"),
        (["2023-03"], date(2024, 2, 29), "2023-03"),
    ],
)
def test_a_year_before_is_the_newest_month_that_is_a_year_earlier(
    months: list[str], day: date, month: str
) -> None:
    assert year_before(months, day) == month
