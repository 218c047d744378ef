"""The two monthly counts: what came of referrals, and searches without a good answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from socialmap.domain.model import Aanbod
from socialmap.editing.apply import Batch, apply
from socialmap.store import schema
from socialmap.store.engine import Connection, Store
from socialmap.store.experiences import (
    MonthlyCount,
    Uitkomst,
    count_experience,
    in_doubt,
    read_experiences,
)
from socialmap.store.indexing import Places
from socialmap.store.unmet import (
    LEAST,
    Need,
    UnmetCount,
    count_unmet,
    delete_small,
    has_small,
    read_unmet,
)

Undone = Callable[[], AbstractContextManager[Connection]]

NEED = Need("sociaal_netwerk", "ouderen", "WK039221")
OTHER = Need("sociaal_netwerk", "", "WK039221")


def _offer(conn: Connection, batch: Batch, places: Places, now: datetime) -> Aanbod:
    """Put one actor with one offer on the map."""
    offer = batch.aanbod[0]
    owner = next(actor for actor in batch.actoren if actor.id == offer.actor_id)
    owner = replace(owner, werkgebied=())
    apply(conn, Batch(actoren=(owner,), aanbod=(offer,)), wie="p", now=now, places=places)
    return offer


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store.reading() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_experiences_are_counted_by_month_and_outcome(
    undone: Undone, batch: Batch, places: Places, now: datetime
) -> None:
    with undone() as conn:
        offer = _offer(conn, batch, places, now)
        for day, outcome, times in (
            (date(2026, 8, 31), Uitkomst.DICHT, 2),
            (date(2026, 9, 1), Uitkomst.PASTE_NIET, 1),
            (date(2026, 11, 1), Uitkomst.KON_TERECHT, 3),
            (date(2026, 11, 30), Uitkomst.VOL, 1),
        ):
            for _ in range(times):
                count_experience(conn, offer.id, outcome, day)
        assert read_experiences(conn, offer.id, date(2026, 11, 30)) == [
            MonthlyCount("2026-11", {Uitkomst.KON_TERECHT: 3, Uitkomst.VOL: 1}),
            MonthlyCount("2026-09", {Uitkomst.PASTE_NIET: 1}),
        ]
        columns = {column.name for column in schema.ervaring.c}
        assert columns == {"aanbod_id", "maand", "uitkomst", "aantal"}


@pytest.mark.parametrize(
    ("outcome", "checked", "doubt"),
    [
        (Uitkomst.VOL, None, True),
        (Uitkomst.DICHT, date(2026, 9, 30), True),
        (Uitkomst.DICHT, date(2026, 10, 31), True),
        (Uitkomst.DICHT, date(2026, 11, 1), False),
        (Uitkomst.KON_TERECHT, None, False),
        (Uitkomst.PASTE_NIET, None, False),
    ],
)
def test_full_or_closed_after_the_last_check_raises_doubt(
    outcome: Uitkomst, checked: date | None, doubt: bool
) -> None:
    assert in_doubt([MonthlyCount("2026-10", {outcome: 1})], checked) is doubt


def test_an_experience_never_changes_the_day_of_the_check(
    undone: Undone, batch: Batch, places: Places, now: datetime
) -> None:
    with undone() as conn:
        offer = _offer(conn, batch, places, now)
        before = conn.execute(sa.select(schema.aanbod)).all()
        count_experience(conn, offer.id, Uitkomst.DICHT, date(2026, 11, 30))
        assert conn.execute(sa.select(schema.aanbod)).all() == before


def test_a_month_is_not_read_before_it_has_ended(undone: Undone) -> None:
    with undone() as conn:
        for _ in range(LEAST):
            count_unmet(conn, NEED, date(2026, 11, 1))
        assert read_unmet(conn, date(2026, 11, 30)) == []
        assert read_unmet(conn, date(2026, 12, 1)) == [UnmetCount("2026-11", NEED, LEAST)]


def test_what_was_counted_less_than_five_times_is_never_read_and_goes_when_the_month_ends(
    undone: Undone,
) -> None:
    with undone() as conn:
        for _ in range(LEAST - 1):
            count_unmet(conn, OTHER, date(2026, 11, 30))
        for _ in range(LEAST):
            count_unmet(conn, NEED, date(2026, 11, 30))
        assert not has_small(conn, date(2026, 11, 30))
        assert delete_small(conn, date(2026, 11, 30)) == 0
        first = date(2026, 12, 1)
        assert read_unmet(conn, first) == [UnmetCount("2026-11", NEED, LEAST)]
        assert has_small(conn, first)
        assert delete_small(conn, first) == 1
        assert not has_small(conn, first)
        kept = conn.execute(sa.select(schema.onvervuld)).all()
        assert [(row.maand, row.doelgroep, row.aantal) for row in kept] == [
            ("2026-11", "ouderen", LEAST)
        ]


def test_counts_of_two_months_are_not_added_up(undone: Undone) -> None:
    with undone() as conn:
        for day in (date(2026, 10, 31), date(2026, 11, 1)):
            for _ in range(LEAST - 1):
                count_unmet(conn, NEED, day)
        assert read_unmet(conn, date(2027, 1, 1)) == []
