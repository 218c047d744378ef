"""Every change has who, when, before and after; all of a change is kept, or none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Richting, Soort
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import Lezer
from socialmap.domain.write_cells import cell, values_of
from socialmap.editing.apply import Batch, Counts, apply
from socialmap.store import schema
from socialmap.store.engine import Connection, Store
from socialmap.store.records import all_aanbod, all_actors, all_relaties, known_ids
from socialmap.store.write import save_actors

Write = Callable[..., dict[str, Counts]]
TEAM = Lezer(Niveau.BEHEER)
CONSENT = Toestemming(op=date(2026, 5, 1), doel="vindbaar", niveau=Niveau.TEAM, door="wijkteam")
ACTOR = Actor(id="A1", naam="Iemand", soort=Soort.SLEUTELFIGUUR, toestemming=CONSENT)
OTHER = Actor(id="A2", naam="Groep", soort=Soort.PARTNER, themas=("taal", "vervoer"))
OFFER = Aanbod(id="O1", actor_id="A2", naam="Koffie", kosten=Decimal("2.50"), bereik="stadsbreed")
TIE = Relatie(
    id="R1",
    van_id="A1",
    naar_id="A2",
    soort=Relatiesoort.KENT,
    richting=Richting.GERICHT,
    sterkte=2,
    feitelijk=Feitelijk.GEWENST,
)
BATCH = Batch(actoren=(ACTOR, OTHER), aanbod=(OFFER,), relaties=(TIE,))


class Nowhere:
    """Areas of a map that has none."""

    def locate_many(self, points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
        return [() for _ in points]


@pytest.fixture
def write(store: Store, now: datetime) -> Write:
    """Apply a batch in a transaction of its own."""

    def keep(batch: Batch, wie: str = "beheerder", later: int = 0) -> dict[str, Counts]:
        moment = now + timedelta(hours=later)
        with store.writing() as conn:
            return apply(conn, batch, wie=wie, now=moment, places=Nowhere())

    return keep


def history(store: Store, record_id: str) -> list[Any]:
    table = schema.geschiedenis
    query = sa.select(table).where(table.c.record_id == record_id).order_by(table.c.id)
    with store.reading() as conn:
        return list(conn.execute(query).mappings())


def cells(record: Actor | Aanbod | Relatie) -> dict[str, str]:
    """A record as text, without what is empty."""
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}


def everything(conn: Connection) -> dict[str, list[Any]]:
    """All rows of all tables."""
    return {
        table.name: sorted(map(tuple, conn.execute(sa.select(table))), key=repr)
        for table in schema.metadata.sorted_tables
    }


def test_new_records_are_version_one_with_nothing_before(
    store: Store, write: Write, now: datetime, today: date
) -> None:
    counts = write(BATCH, "redacteur")
    assert counts == {
        "actoren": Counts(2, 0, 0),
        "aanbod": Counts(1, 0, 0),
        "relaties": Counts(1, 0, 0),
        "inventarisaties": Counts(0, 0, 0),
        "signalen": Counts(0, 0, 0),
    }
    for kind, record in (("actor", ACTOR), ("actor", OTHER), ("aanbod", OFFER), ("relatie", TIE)):
        (row,) = history(store, record.id)
        assert (row["record"], row["versie"], row["wie"]) == (kind, 1, "redacteur")
        assert row["wanneer"].replace(tzinfo=UTC) == now
        assert (row["voor"], row["na"]) == (None, cells(record))
    with store.reading() as conn:
        assert all_actors(conn, TEAM, today) == [ACTOR, OTHER]
        assert all_aanbod(conn, TEAM, today) == [OFFER]
        assert all_relaties(conn, TEAM, today) == [TIE]


def test_every_change_counts_on_and_says_what_it_was(
    store: Store, write: Write, now: datetime, today: date
) -> None:
    write(BATCH)
    named = replace(OTHER, naam="Nieuwe naam")
    counts = write(replace(BATCH, actoren=(ACTOR, named)), "ander", 1)
    assert counts == {
        "actoren": Counts(0, 1, 1),
        "aanbod": Counts(0, 0, 1),
        "relaties": Counts(0, 0, 1),
        "inventarisaties": Counts(0, 0, 0),
        "signalen": Counts(0, 0, 0),
    }
    write(Batch(actoren=(replace(named, themas=()),)), "derde", 2)
    rows = history(store, "A2")
    assert [row["versie"] for row in rows] == [1, 2, 3]
    assert [row["wie"] for row in rows] == ["beheerder", "ander", "derde"]
    assert [row["wanneer"].replace(tzinfo=UTC) - now for row in rows] == [
        timedelta(hours=hours) for hours in range(3)
    ]
    for before, after in pairwise(rows):
        assert after["voor"] == before["na"]
    assert rows[1]["na"] == cells(named)
    assert "themas" not in rows[2]["na"]
    with store.reading() as conn:
        assert {a.id: a.versie for a in all_actors(conn, TEAM, today)} == {"A1": 1, "A2": 3}


@pytest.mark.parametrize(
    "changed",
    [
        Batch(aanbod=(replace(OFFER, bereik=500),)),
        Batch(aanbod=(replace(OFFER, kosten=None),)),
        Batch(relaties=(replace(TIE, sterkte=3),)),
        Batch(actoren=(replace(ACTOR, toestemming=replace(CONSENT, doel="anders")),)),
        Batch(actoren=(replace(OTHER, themas=("vervoer", "taal")),)),
    ],
)
def test_change_of_any_one_field_is_a_change(store: Store, write: Write, changed: Batch) -> None:
    write(BATCH)
    counts = write(changed)
    assert sorted(counts.values(), key=repr)[-1] == Counts(0, 1, 0)
    records: list[Any] = [*changed.actoren, *changed.aanbod, *changed.relaties]
    for record in records:
        rows = history(store, record.id)
        assert [row["versie"] for row in rows] == [1, 2]
        assert rows[1]["na"] == cells(record)


# The version in a batch is not the writer's to choose: the store counts.
@pytest.mark.parametrize("version", [1, 7, 99])
def test_equal_write_leaves_no_trace(store: Store, write: Write, version: int) -> None:
    write(BATCH)
    with store.reading() as conn:
        before = everything(conn)
    same = Batch(
        actoren=tuple(replace(record, versie=version) for record in BATCH.actoren),
        aanbod=tuple(replace(record, versie=version) for record in BATCH.aanbod),
        relaties=tuple(replace(record, versie=version) for record in BATCH.relaties),
    )
    counts = write(same, "ander", 1)
    assert [(count.nieuw, count.gewijzigd) for count in counts.values()] == [(0, 0)] * 5
    with store.reading() as conn:
        assert everything(conn) == before


def consents(store: Store) -> list[Any]:
    table = schema.toestemming
    with store.reading() as conn:
        return list(conn.execute(sa.select(table).order_by(table.c.id)).mappings())


def test_changed_consent_keeps_the_old_one_with_the_moment_it_lapsed(
    store: Store, write: Write, now: datetime
) -> None:
    write(BATCH)
    longer = replace(CONSENT, op=date(2026, 9, 1), tot=date(2027, 2, 1))
    write(Batch(actoren=(replace(ACTOR, toestemming=longer),)), later=1)
    write(Batch(actoren=(replace(ACTOR, toestemming=longer, naam="Anders"),)), later=2)
    write(Batch(actoren=(replace(ACTOR, toestemming=None, naam="Anders"),)), later=3)
    old, new = consents(store)
    assert (old["op"], old["tot"], old["eind"]) == (CONSENT.op, None, date(2027, 5, 1))
    assert (new["op"], new["tot"], new["eind"]) == (longer.op, longer.tot, longer.tot)
    assert (old["doel"], old["niveau"], old["door"]) == ("vindbaar", 2, "wijkteam")
    assert old["vervallen_op"].replace(tzinfo=UTC) == now + timedelta(hours=1)
    assert new["vervallen_op"].replace(tzinfo=UTC) == now + timedelta(hours=3)


def test_consent_given_again_is_a_new_one(store: Store, write: Write, today: date) -> None:
    write(BATCH)
    write(Batch(actoren=(replace(ACTOR, toestemming=None),)), later=1)
    with store.reading() as conn:
        assert [actor.id for actor in all_actors(conn, TEAM, today)] == ["A2"]
    write(BATCH, later=2)
    assert [row["vervallen_op"] is None for row in consents(store)] == [False, True]
    with store.reading() as conn:
        assert all_actors(conn, TEAM, today)[0].toestemming == CONSENT


class _PulledError(Exception):
    """Something goes wrong in the middle."""


def test_fault_in_the_middle_leaves_everything_as_it_was(
    store: Store, write: Write, now: datetime
) -> None:
    write(BATCH)
    with store.reading() as conn:
        before = everything(conn)
    changed = replace(BATCH, actoren=(replace(ACTOR, naam="Anders", toestemming=None), OTHER))
    new = Batch(actoren=(replace(OTHER, id="A3"),), aanbod=(replace(OFFER, id="O2"),))

    def fail() -> None:
        with store.writing() as conn:
            for batch in (changed, new):
                apply(conn, batch, wie="x", now=now, places=Nowhere())
            assert everything(conn) != before
            raise _PulledError

    with pytest.raises(_PulledError):
        fail()
    with store.reading() as conn:
        assert everything(conn) == before


@pytest.mark.parametrize(
    "loose",
    [
        Batch(actoren=(ACTOR,), relaties=(replace(TIE, naar_id="A999"),)),
        Batch(actoren=(ACTOR,), aanbod=(replace(OFFER, actor_id="A999"),)),
    ],
)
def test_what_points_at_nothing_takes_all_of_the_batch_with_it(
    store: Store, write: Write, loose: Batch
) -> None:
    with pytest.raises(IntegrityError):
        write(loose)
    with store.reading() as conn:
        assert not any(rows for rows in everything(conn).values())


# One statement takes so many parameters; 1,201 records go in three parts.
def test_many_records_at_once(store: Store, write: Write, today: date) -> None:
    many = tuple(replace(OTHER, id=f"B{n:04}") for n in range(1201))
    assert write(Batch(actoren=many))["actoren"] == Counts(1201, 0, 0)
    assert write(Batch(actoren=many))["actoren"] == Counts(0, 0, 1201)
    ids = {actor.id for actor in many}
    with store.reading() as conn:
        assert [actor.id for actor in all_actors(conn, TEAM, today)] == sorted(ids)
        assert known_ids(conn, "actor", [*ids, "A999", "%"]) == ids
        assert known_ids(conn, "actor", []) == known_ids(conn, "gebied", ["B0001"]) == set()


def test_what_a_write_touched_is_told(store: Store, now: datetime) -> None:
    with store.writing() as conn:
        save_actors(conn, [OTHER], "x", now)
        changed = replace(OTHER, naam="Anders")
        saved = save_actors(conn, [ACTOR, changed], "x", now)
    assert saved.nieuw == (ACTOR,)
    assert saved.gewijzigd == (replace(changed, versie=2),)
    assert saved.touched == saved.nieuw + saved.gewijzigd


def test_example_is_read_back_as_it_was_written(filled: Store, batch: Batch) -> None:
    day = date(2022, 12, 1)
    with filled.reading() as conn:
        stored = all_aanbod(conn, TEAM, day)
        seen = {actor.id for actor in all_actors(conn, TEAM, day)}
    written = [offer for offer in batch.aanbod if offer.actor_id in seen]
    assert stored == sorted(written, key=lambda offer: offer.id)
