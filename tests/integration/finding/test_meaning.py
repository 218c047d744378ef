"""Vectors of offers with a small model of our own: made on change, kept, and never told on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.editing.apply import Batch
from socialmap.finding.find import Finder
from socialmap.finding.index import SearchIndex
from socialmap.finding.meaning import DIMENSIONS, Meaning, nearest
from socialmap.finding.question import Antwoord, Vraag
from socialmap.store.engine import Store
from socialmap.store.search_vectors import read_vectors

HOUSE = Actor(id="A", naam="Buurthuis", soort=Soort.PARTNER)
HIDDEN = Actor(id="H", naam="Team", soort=Soort.PARTNER, zichtbaarheid=Niveau.TEAM)
COFFEE = Aanbod(id="O1", actor_id="A", naam="Koffie", themas=("sociaal_netwerk",))
SOUP = Aanbod(id="O2", actor_id="A", naam="Soep", themas=("sociaal_netwerk",))
SECRET = Aanbod(id="O0", actor_id="H", naam="Koffie", themas=("sociaal_netwerk",))
MAP = Batch(actoren=(HOUSE,), aanbod=(COFFEE, SOUP))


class HashingModel:
    """
    Puts a text where its words lie, and all texts near each other, as a real model does.

    Each word gives a direction by its hash; a text is a common direction and a little of those.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.passages: list[str] = []

    def query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return self._place(text)

    def passage(self, text: str) -> NDArray[np.float32]:
        self.passages.append(text)
        return self._place(text)

    def _place(self, text: str) -> NDArray[np.float32]:
        place = np.full(DIMENSIONS, 0.11)
        for word in text.casefold().replace(".", " ").replace(",", " ").split():
            number = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            place += 0.04 * np.random.default_rng(number).standard_normal(DIMENSIONS)
        found: NDArray[np.float32] = (place / np.linalg.norm(place)).astype(np.float32)
        return found


@pytest.fixture
def model() -> HashingModel:
    return HashingModel()


@pytest.fixture
def meaning(model: HashingModel) -> Meaning:
    return Meaning(model, {"sociaal_netwerk": "Contact"})


def index_of(store: Store, finder: Finder) -> SearchIndex:
    with store.reading() as conn:
        return finder.live.current(conn)


def test_vectors_are_made_once_and_again_after_a_change(
    store: Store, write: Callable[..., None], model: HashingModel, meaning: Meaning
) -> None:
    write(MAP)
    assert meaning.refresh(store) == 2
    assert model.passages == ["Koffie.  Contact", "Soep.  Contact"]
    assert meaning.refresh(store) == 0
    write(Batch(aanbod=(replace(SOUP, omschrijving="Met brood."),)))
    assert meaning.refresh(store) == 1
    assert model.passages[2:] == ["Soep. Met brood. Contact"]
    # A change that the text does not tell of costs nothing.
    write(Batch(aanbod=(replace(COFFEE, capaciteit=9),)))
    assert meaning.refresh(store) == 0
    # Nor does a start of the program.
    assert Meaning(model, {"sociaal_netwerk": "Contact"}).refresh(store) == 0
    assert len(model.passages) == 3


def test_what_is_filed_otherwise_is_read_again(
    store: Store, write: Callable[..., None], model: HashingModel, meaning: Meaning
) -> None:
    write(MAP)
    meaning.refresh(store)
    assert Meaning(model, {"sociaal_netwerk": "Mensen ontmoeten"}).refresh(store) == 2


def test_a_stop_keeps_what_was_made_and_goes_on_later(
    store: Store, write: Callable[..., None], model: HashingModel, meaning: Meaning
) -> None:
    offers = tuple(replace(COFFEE, id=f"P{n:02}", naam=f"Koffie {n}") for n in range(40))
    write(Batch(actoren=(HOUSE,), aanbod=offers))
    assert meaning.refresh(store, lambda: len(model.passages) >= 16) == 16
    with store.reading() as conn:
        assert len(read_vectors(conn)) == 16
    assert meaning.refresh(store) == 24
    assert len(set(model.passages)) == len(model.passages) == 40


def test_closeness_is_that_of_the_model(
    store: Store,
    write: Callable[..., None],
    model: HashingModel,
    meaning: Meaning,
    finder: Finder,
) -> None:
    write(MAP)
    assert meaning.closeness("koffie", index_of(store, finder)) is None
    meaning.refresh(store)
    index = index_of(store, finder)
    close = meaning.closeness("koffie", index)
    assert close is not None
    for n, text in enumerate(("Koffie.  Contact", "Soep.  Contact")):
        cosine = float(model._place(text) @ model._place("koffie"))
        # Kept in whole numbers of one byte: 384 roundings of at most half a 127th.
        assert close[n] == pytest.approx((cosine - 0.83) / 0.05, abs=0.15)
    assert close[0] > close[1]
    again = meaning.closeness("koffie", index)
    assert again is not None
    assert again.tolist() == close.tolist()


def test_a_question_is_not_kept_and_not_read_without_end(
    store: Store, write: Callable[..., None], model: HashingModel, meaning: Meaning, finder: Finder
) -> None:
    write(MAP)
    meaning.refresh(store)
    meaning.closeness("zeldzaamwoordx " * 1000, index_of(store, finder))
    assert [len(text) for text in model.asked] == [400]
    assert "zeldzaamwoordx" not in repr(vars(meaning))


def test_a_new_offer_without_a_vector_is_at_zero(
    store: Store, write: Callable[..., None], meaning: Meaning, finder: Finder
) -> None:
    write(MAP)
    meaning.refresh(store)
    write(Batch(aanbod=(replace(COFFEE, id="O9"),)))
    index = index_of(store, finder)
    close = meaning.closeness("koffie", index)
    assert close is not None
    assert close[index.position["O9"]] == 0
    assert close[index.position["O1"]] != 0
    meaning.load(store)
    again = meaning.closeness("koffie", index)
    assert again is not None
    assert again.tolist() == close.tolist()
    meaning.refresh(store)
    close = meaning.closeness("koffie", index)
    assert close is not None
    assert close[index.position["O9"]] == close[index.position["O1"]]


def ask(store: Store, finder: Finder, q: str, lezer: Lezer, now: datetime) -> Antwoord:
    with store.reading() as conn:
        return finder.find(conn, Vraag(q=q), lezer, now)


@pytest.mark.parametrize("q", ["koffie", "soep", "samen eten", "ik ben alleen"])
def test_a_hidden_offer_changes_nothing_for_who_may_not_see_it(
    store: Store,
    write: Callable[..., None],
    meaning: Meaning,
    finder: Finder,
    now: datetime,
    q: str,
) -> None:
    write(MAP)
    with_extra = replace(finder, meaning=meaning)
    meaning.refresh(store)
    before: Any = ask(store, with_extra, q, OPENBAAR, now)
    close = meaning.closeness(q, index_of(store, finder))
    assert close is not None
    many = tuple(replace(SECRET, id=f"O0{n:02}", naam=f"Koffie soep {n}") for n in range(40))
    write(Batch(actoren=(HIDDEN,), aanbod=(SECRET, *many)))
    for _ in range(2):
        assert ask(store, with_extra, q, OPENBAAR, now) == before
        index = index_of(store, finder)
        after = meaning.closeness(q, index)
        assert after is not None
        assert [after[index.position[key]] for key in ("O1", "O2")] == close.tolist()
        meaning.refresh(store)
    whole = ask(store, with_extra, q, Lezer(Niveau.TEAM), now)
    assert whole.betekenis


def test_a_hidden_vector_alone_does_not_tell_that_it_is_there(
    store: Store, write: Callable[..., None], meaning: Meaning, finder: Finder, now: datetime
) -> None:
    write(Batch(actoren=(HIDDEN,), aanbod=(SECRET,)))
    meaning.refresh(store)
    write(MAP)
    with_extra = replace(finder, meaning=meaning)
    assert ask(store, with_extra, "koffie", OPENBAAR, now) == ask(
        store, finder, "koffie", OPENBAAR, now
    )


def test_nearest_counts_only_who_may_be_seen_and_has_a_vector() -> None:
    closeness = np.array([*np.linspace(1, 2, 50), *np.zeros(50)], np.float32)
    visible = np.array([*[False] * 45, *[True] * 55], bool)
    assert nearest(None, visible) is None
    found = nearest(closeness, visible)
    assert found is not None
    assert np.flatnonzero(found).tolist() == [45, 46, 47, 48, 49]
    found = nearest(closeness, np.ones(100, bool))
    assert found is not None
    assert np.flatnonzero(found).tolist() == list(range(20, 50))
