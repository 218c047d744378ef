"""Texts are read once, again when they change, and all anew when the word lists change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from socialmap.domain.codes import Soort
from socialmap.domain.model import Aanbod, Actor
from socialmap.editing.apply import Batch
from socialmap.finding.find import Finder
from socialmap.finding.reading import ReadText, read_new_texts, read_offer
from socialmap.store.data_version import read_data_version
from socialmap.store.engine import Store
from socialmap.store.search_rows import read_search_rows, read_texts, unread_ids

HOUSE = Actor(id="A", naam="Buurthuis", soort=Soort.PARTNER, omschrijving="Koffie en biljart.")
CLUB = Actor(id="B", naam="Rouwgroep", soort=Soort.BEWONERSINITIATIEF)
COFFEE = Aanbod(id="O1", actor_id="A", naam="Koffie", omschrijving="Samen koffie drinken.")
HELP = Aanbod(id="O2", actor_id="A", naam="Formulieren", omschrijving="Hulp bij schulden.")
WALK = Aanbod(id="O3", actor_id="B", naam="Wandelen", omschrijving="Wandelen na verlies.")
ALL = Batch(actoren=(HOUSE, CLUB), aanbod=(COFFEE, HELP, WALK))


def kept(store: Store) -> dict[str, str | None]:
    with store.reading() as conn:
        return {row.aanbod_id: row.woorden for row in read_search_rows(conn)}


def read_now(store: Store, finder: Finder) -> dict[str, str | None]:
    with store.reading() as conn:
        texts = read_texts(conn, ["O1", "O2", "O3"])
    return {a.id: read_offer(a, actor, finder.lexicon).write() for a, actor in texts}


def test_what_is_kept_is_what_was_read(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(ALL)
    assert kept(store) == {"O1": None, "O2": None, "O3": None}
    told: list[tuple[int, int]] = []
    assert read_new_texts(store, finder.lexicon, lambda n, of: told.append((n, of))) == 3
    assert told == [(3, 3)]
    assert kept(store) == read_now(store, finder)
    debts = ReadText.parse(kept(store)["O2"] or "")
    assert "schuld" in debts.tekst
    assert debts.begrippen["thema:financien"] > 0.5
    assert "biljart" in debts.actor
    assert read_new_texts(store, finder.lexicon) == 0


def test_only_what_changed_is_read_again(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(ALL)
    read_new_texts(store, finder.lexicon)
    write(Batch(aanbod=(replace(COFFEE, omschrijving="Samen soep eten."),)))
    with store.reading() as conn:
        assert unread_ids(conn) == ["O1"]
    assert read_new_texts(store, finder.lexicon) == 1
    # The words of an actor count for its offers.
    write(Batch(actoren=(replace(HOUSE, omschrijving="Nu ook dansen."),)))
    with store.reading() as conn:
        assert unread_ids(conn) == ["O1", "O2"]
    assert read_new_texts(store, finder.lexicon) == 2
    assert kept(store) == read_now(store, finder)
    write(Batch(actoren=(CLUB,), aanbod=(WALK,)))
    assert read_new_texts(store, finder.lexicon) == 0


def test_other_word_lists_read_every_text_anew(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(ALL)
    read_new_texts(store, finder.lexicon)
    before = kept(store)
    other = replace(finder.lexicon, fingerprint="andere woorden")
    assert read_new_texts(store, other) == 3
    assert read_new_texts(store, other) == 0
    assert kept(store) == before
    assert read_new_texts(store, finder.lexicon) == 3


def test_reading_changes_nothing_else_of_the_map(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    write(ALL)
    with store.reading() as conn:
        number, texts = read_data_version(conn), read_texts(conn, ["O1", "O2", "O3"])
    read_new_texts(store, finder.lexicon)
    with store.reading() as conn:
        assert read_data_version(conn) == number
        assert read_texts(conn, ["O1", "O2", "O3"]) == texts


def test_reading_that_is_stopped_goes_on_later(
    store: Store, write: Callable[..., None], finder: Finder
) -> None:
    offers = tuple(replace(COFFEE, id=f"P{n:04}") for n in range(501))
    write(Batch(actoren=(HOUSE,), aanbod=offers))
    told: list[tuple[int, int]] = []
    done = read_new_texts(
        store, finder.lexicon, lambda n, of: told.append((n, of)), stop=lambda: bool(told)
    )
    assert (done, told) == (500, [(500, 501)])
    assert read_new_texts(store, finder.lexicon, stop=lambda: True) == 0
    assert read_new_texts(store, finder.lexicon) == 1
