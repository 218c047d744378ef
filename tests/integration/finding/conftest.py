"""A small map to write on, and everything that answering needs, read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.apply import Batch, apply
from socialmap.finding.find import Finder
from socialmap.finding.live_index import LiveIndex
from socialmap.finding.ready import make_finder
from socialmap.store.engine import Store

WORDS = Path(__file__).parents[3] / "data" / "woorden"
Write = Callable[..., None]


class _Nowhere:
    """Knows no areas: where these offers lie is not asked."""

    def locate_many(self, points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
        return [() for _ in points]


@pytest.fixture
def write(store: Store, now: datetime) -> Write:
    """Give what keeps records on the map in one transaction."""

    def keep(batch: Batch) -> None:
        with store.writing() as conn:
            apply(conn, batch, wie="beheerder", now=now, places=_Nowhere())

    return keep


@pytest.fixture(scope="session")
def words_read(words: Vocabulary) -> Finder:
    return make_finder(WORDS, words)


@pytest.fixture
def finder(words_read: Finder) -> Finder:
    """Answers on one map only: its index is new."""
    return replace(words_read, live=LiveIndex(words_read.lexicon))
