"""An offer that runs until a day has stopped the day after, in lists and on the map alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest

from socialmap.domain.codes import Soort, Status
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR
from socialmap.editing.apply import Batch, apply
from socialmap.store.engine import Connection
from socialmap.store.filters import RecordFilter
from socialmap.store.indexing import Places
from socialmap.store.map_index import find_clusters
from socialmap.store.records import list_aanbod

Undone = Callable[[], AbstractContextManager[Connection]]
LAST = date(2026, 11, 22)
BOX = (4.6, 52.3, 4.7, 52.4)


@pytest.mark.parametrize(
    ("day", "holds"), [(LAST, Status.ACTIEF), (LAST + timedelta(days=1), Status.GESTOPT)]
)
def test_it_stops_after_its_last_day(
    undone: Undone, places: Places, now: datetime, day: date, holds: Status
) -> None:
    actor = Actor(id="L1", naam="Zomerschool", soort=Soort.PARTNER)
    offer = Aanbod(id="L2", actor_id="L1", naam="Les", lon=4.66, lat=52.356, loopt_tot=LAST)
    with undone() as conn:
        batch = Batch(actoren=(actor,), aanbod=(offer,))
        apply(conn, batch, wie="test", now=now, places=places)
        for status in Status:
            keep = RecordFilter(statussen=(status,))
            listed = list_aanbod(conn, keep, OPENBAAR, day, na="", limit=5).totaal
            shown = find_clusters(conn, "aanbod", BOX, 14, keep, OPENBAAR, day)
            assert listed == (1 if status is holds else 0)
            assert sum(mark.aantal for mark in shown) == listed
