"""What is typed in a search box is letters: it can break nothing and ask nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Actor
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch, apply
from socialmap.store import schema
from socialmap.store.engine import Connection, Store
from socialmap.store.filters import RecordFilter
from socialmap.store.indexing import Places
from socialmap.store.map_index import punt_conditions
from socialmap.store.records import list_actors

Undone = Callable[[], AbstractContextManager[Connection]]


def fold(text: str) -> str:
    """Lower case without accents and without what nobody sees."""
    apart = unicodedata.normalize("NFD", text.lower()).replace("ß", "ss")
    return "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cc", "Cf", "Cs"))


NAMES = [
    "Taart 100% zelf",
    "Naam_met_streep",
    r"Terug\schuin",
    "Schuin/deel",
    "Zeg 'hallo' en \"dag\"",
    "* alles *",
    "naam: OR 1=1 --",
    "Café Zoë",
    "STRASSE Straße",
    "NEAR(een, twee) AND NOT drie^",
    "{{7*7}} [x-z]",
]
ODD = ["%", "_", "\\", "/", "%%", "a%b", "__", "\\%", "*", '"', "'", "naam:", "^", "-", "[a-z]"]
ODD += [";", "ta\x00art", "ta\u00adart", "\ud800", "TAART"]
ODD += ["OR 1=1", "NEAR(een, twee)", "AND NOT", "{{7*7}}", "' OR ''='", "\x00", "café", "CAFE", "ß"]
ODD += ["100%", "d_m", "p\\s", "n/d", "straße", "strasse", "😀", "a" * 200, "a " * 100]


@pytest.mark.parametrize("q", ODD)
def test_odd_search_words_are_letters_and_nothing_more(
    undone: Undone, places: Places, now: datetime, today: date, q: str
) -> None:
    words = fold(q).split()
    named = tuple(
        Actor(id=f"N{n:02}", naam=name, soort=Soort.PARTNER, werkgebied=("GM0392",))
        for n, name in enumerate(NAMES)
    )
    expected = [actor.id for actor in named if all(word in fold(actor.naam) for word in words)]
    with undone() as conn:
        apply(conn, Batch(actoren=named), wie="x", now=now, places=places)
        keep = RecordFilter(q=q)
        page = list_actors(conn, keep, Lezer(), today, na="", limit=100)
        assert [actor.id for actor in page.resultaten] == expected
        where = punt_conditions("actor", keep, Lezer(), today)
        on_map = conn.scalars(sa.select(schema.punt.c.record_id).where(*where))
        assert sorted(on_map) == expected


def test_unknown_codes_find_nothing(filled: Store, today: date) -> None:
    with filled.reading() as conn:
        for keep in (
            RecordFilter(gebied="GM9999"),
            RecordFilter(themas=("' OR 1=1 --",)),
            RecordFilter(doelgroepen=("%",)),
            RecordFilter(actor_id="%"),
        ):
            page = list_actors(conn, keep, Lezer(Niveau.TEAM), today, na="", limit=5)
            assert (page.resultaten, page.volgende, page.totaal) == ((), None, 0)
