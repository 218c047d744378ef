"""Keep what is computed in step with the map, in the background: texts, network, months."""

from __future__ import annotations

import logging
import threading
from datetime import date
from typing import TYPE_CHECKING

from socialmap.coverage.snapshot import keep_month
from socialmap.domain.clock import Clock
from socialmap.finding.find import Finder
from socialmap.finding.reading import read_new_texts
from socialmap.store.data_version import read_data_version

if TYPE_CHECKING:
    from socialmap.store.engine import Store

_LOG = logging.getLogger("socialmap.finding")
#: Seconds between two looks at whether the map changed, or the day.
_PAUSE = 5.0


class Keeper:
    """
    Works beside the server until it is stopped; a search never waits for it.

    Parameters
    ----------
    store, finder
        The map, and what answers questions on it.
    clock
        Tells the day.
    """

    def __init__(self, store: Store, finder: Finder, clock: Clock) -> None:
        self._store, self._finder, self._clock = store, finder, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="zoeken-bijhouden", daemon=True)

    def start(self) -> None:
        """Begin; in the process that serves, not in one that forks it."""
        self._thread.start()

    def stop(self) -> None:
        """End after the few texts or vectors that are being made."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        seen: tuple[int, date] | None = None
        while not self._stop.is_set():
            try:
                with self._store.reading() as conn:
                    stamp = read_data_version(conn), self._clock.today()
                if stamp != seen:
                    self._catch_up()
                    seen = stamp
            except Exception:
                # The disk may be full or the database away: nothing is lost, it is tried again.
                # Without this thread new offers would be slow to find for as long as it serves.
                _LOG.warning("het zoeken kon niet worden bijgewerkt", exc_info=True)
            self._stop.wait(_PAUSE)

    def _catch_up(self) -> None:
        read_new_texts(self._store, self._finder.words.base, stop=self._stop.is_set)
        with self._store.reading() as conn:
            self._finder.networks.refresh(conn, self._clock.today())
        if self._finder.meaning is not None:
            self._finder.meaning.refresh(self._store, self._stop.is_set)
        keep_month(self._store, self._clock.today(), self._stop.is_set)
