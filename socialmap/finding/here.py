"""Tell in which areas a place lies, without measuring all borders anew for each question."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.store.areas import AREAS_VERSION, read_shapes
from socialmap.store.vocabulary import read_meta

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


class Here:
    """The areas of one map, in step with its borders; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[str | None, StoredPlaces] | None = None

    def areas(self, conn: Connection, lon: float, lat: float) -> tuple[str, ...]:
        """Give the codes of all areas that hold a place (WGS84 degrees), from small to large."""
        return self.places(conn).locate_many([(lon, lat)])[0]

    def places(self, conn: Connection) -> StoredPlaces:
        """Give what tells the areas of places, for a connection that reads or writes."""
        version = read_meta(conn, AREAS_VERSION)
        with self._lock:
            if self._kept is None or self._kept[0] != version:
                self._kept = version, StoredPlaces(to_area_set(read_shapes(conn)))
            return self._kept[1]
