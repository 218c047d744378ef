"""The search index follows the map: new, changed, stopped, hidden from a day on."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.model import Aanbod, Actor, Toestemming
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.editing.apply import Batch
from socialmap.finding.find import Finder
from socialmap.finding.index import SearchIndex
from socialmap.finding.live_index import LiveIndex
from socialmap.finding.reading import read_new_texts
from socialmap.store import schema
from socialmap.store.data_version import raise_data_version
from socialmap.store.engine import Store
from socialmap.store.search_rows import unread_ids

HOUSE = Actor(id="A", naam="Buurthuis", soort=Soort.PARTNER)
COFFEE = Aanbod(id="O1", actor_id="A", naam="Koffie", themas=("sociaal_netwerk",))
SOUP = Aanbod(id="O2", actor_id="A", naam="Soep")
DAY = timedelta(days=1)


def current(store: Store, finder: Finder) -> SearchIndex:
    with store.reading() as conn:
        return finder.live.current(conn)


def seen(index: SearchIndex, lezer: Lezer, day: date) -> set[str]:
    return {index.rows[n].aanbod_id for n in np.flatnonzero(index.visible(lezer, day))}


def with_word(index: SearchIndex, stem: str) -> set[str]:
    return {index.rows[n].aanbod_id for n in index.posting(f"woord:{stem}").places}


def test_a_new_and_a_changed_offer_are_found_at_once(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    assert current(store, finder).size == 0
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    first = current(store, finder)
    assert [row.aanbod_id for row in first.rows] == ["O1"]
    assert with_word(first, "koffie") == {"O1"}
    assert current(store, finder) is first
    write(Batch(aanbod=(SOUP, replace(COFFEE, naam="Biljart"))))
    second = current(store, finder)
    assert [row.aanbod_id for row in second.rows] == ["O1", "O2"]
    assert with_word(second, "koffie") == set()
    assert with_word(second, "biljart") == {"O1"}
    # Who still reads with the first index sees it as it was.
    assert with_word(first, "koffie") == {"O1"}


def test_a_stopped_offer_or_actor_is_found_no_more(
    store: Store, write: Callable[..., None], finder: Finder, today: date
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE, SOUP)))
    assert seen(current(store, finder), OPENBAAR, today) == {"O1", "O2"}
    write(Batch(aanbod=(replace(COFFEE, status=Status.GESTOPT),)))
    assert seen(current(store, finder), OPENBAAR, today) == {"O2"}
    write(Batch(actoren=(replace(HOUSE, status=Status.GESTOPT),)))
    assert seen(current(store, finder), OPENBAAR, today) == set()
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    assert seen(current(store, finder), OPENBAAR, today) == {"O1", "O2"}


def test_an_offer_that_is_taken_out_of_the_map_is_found_no_more(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE, SOUP)))
    assert current(store, finder).size == 2
    with store.writing() as conn:
        conn.execute(sa.delete(schema.zoekrij).where(schema.zoekrij.c.aanbod_id == "O1"))
        raise_data_version(conn)
    assert [row.aanbod_id for row in current(store, finder).rows] == ["O2"]


def test_an_offer_is_found_until_its_last_day(
    store: Store, write: Callable[..., None], finder: Finder, today: date
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(replace(COFFEE, loopt_tot=today),)))
    index = current(store, finder)
    assert seen(index, OPENBAAR, today) == {"O1"}
    assert seen(index, OPENBAAR, today + DAY) == set()


@pytest.mark.parametrize("niveau", Niveau)
def test_consent_that_runs_out_hides_the_offer_that_day(
    store: Store, write: Callable[..., None], finder: Finder, today: date, niveau: Niveau
) -> None:
    consent = Toestemming(op=today - 9 * DAY, tot=today + DAY)
    person = Actor(id="P", naam="Iemand", soort=Soort.SLEUTELFIGUUR, toestemming=consent)
    write(Batch(actoren=(person,), aanbod=(replace(COFFEE, actor_id="P"),)))
    index, lezer = current(store, finder), Lezer(niveau)
    there = {"O1"} if niveau >= Niveau.TEAM else set()
    assert seen(index, lezer, today - 10 * DAY) == set()
    assert seen(index, lezer, today) == there
    # The same index, without any change of the map.
    assert current(store, finder) is index
    assert seen(index, lezer, today + DAY) == set()
    write(Batch(actoren=(replace(person, toestemming=None),)))
    assert seen(current(store, finder), lezer, today) == set()


def test_a_stricter_level_holds_at_once(
    store: Store, write: Callable[..., None], finder: Finder, today: date
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE,)))
    assert seen(current(store, finder), OPENBAAR, today) == {"O1"}
    write(Batch(actoren=(replace(HOUSE, zichtbaarheid=Niveau.TEAM),)))
    index = current(store, finder)
    assert seen(index, OPENBAAR, today) == set()
    assert seen(index, Lezer(Niveau.TEAM), today) == {"O1"}


def test_texts_that_nobody_read_are_read_and_not_kept(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(Batch(actoren=(HOUSE,), aanbod=(COFFEE, SOUP)))
    unread = current(store, finder)
    assert with_word(unread, "soep") == {"O2"}
    with store.reading() as conn:
        assert unread_ids(conn) == ["O1", "O2"]
    read_new_texts(store, finder.lexicon)
    with store.reading() as conn:
        assert LiveIndex(finder.lexicon).current(conn).rows == unread.rows


# What follows changes step by step is the same as what is read whole.
@pytest.mark.parametrize("seed", range(5))
def test_any_changes_come_to_the_index_of_a_fresh_start(
    store: Store, write: Callable[..., None], finder: Finder, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same changes every run
    names = ("Koffie", "Soep", "Wandelen", "Taalles", "Rouwgroep")
    for _ in range(15):
        actors = [
            replace(HOUSE, id=key, zichtbaarheid=chance.choice((Niveau.OPENBAAR, Niveau.TEAM)))
            for key in ("A", "B")
        ]
        offers = {
            f"O{chance.randrange(12)}": Aanbod(
                id="O",
                actor_id=chance.choice("AB"),
                naam=chance.choice(names),
                status=chance.choice(tuple(Status)),
            )
            for _ in range(chance.randrange(1, 4))
        }
        made = tuple(replace(offer, id=key) for key, offer in offers.items())
        write(Batch(actoren=tuple(actors), aanbod=made))
        if chance.random() < 0.3:
            read_new_texts(store, finder.lexicon)
        if chance.random() < 0.7:
            current(store, finder)
    followed = current(store, finder)
    with store.reading() as conn:
        fresh = LiveIndex(finder.lexicon).current(conn)
    assert followed.rows == fresh.rows
    assert followed.postings.keys() == fresh.postings.keys()
    for term, posting in fresh.postings.items():
        assert followed.posting(term).places.tolist() == posting.places.tolist()
