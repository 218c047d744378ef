"""Keep the search index in step with the map: what changed is read, never the whole again."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from socialmap.finding.index import SearchIndex
from socialmap.finding.lexicon import Lexicon
from socialmap.finding.reading import read_offer
from socialmap.store.data_version import read_data_version
from socialmap.store.search_rows import (
    SearchRow,
    count_search_rows,
    read_search_rows,
    read_texts,
)

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


class LiveIndex:
    """The search index of one map; safe to use from many threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lock = threading.Lock()
        self._number = -1
        self._rows: dict[str, SearchRow] = {}
        self._index = SearchIndex(())

    def current(self, conn: Connection) -> SearchIndex:
        """
        Give the index of what a reading connection sees.

        A change costs one reading of what changed and one ordering of all: 20 ms for a map of
        some hundred offers. Texts that nobody read yet are read here and not kept.
        """
        number = read_data_version(conn)
        if number == self._number:
            return self._index
        with self._lock:
            if number > self._number:
                self._refresh(conn, number)
            return self._index

    def _refresh(self, conn: Connection, number: int) -> None:
        changed = read_search_rows(conn, self._number)
        rows = self._rows | {row.aanbod_id: row for row in changed}
        if len(rows) != count_search_rows(conn):
            changed = read_search_rows(conn)
            rows = {row.aanbod_id: row for row in changed}
        unread = [row.aanbod_id for row in changed if row.woorden is None]
        for aanbod, actor in read_texts(conn, unread):
            words = read_offer(aanbod, actor, self._lexicon).write()
            rows[aanbod.id] = replace(rows[aanbod.id], woorden=words)
        if changed or self._number < 0 or len(rows) != self._index.size:
            self._index = SearchIndex(tuple(rows.values()))
        self._rows = rows
        self._number = number
