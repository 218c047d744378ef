"""The cut in SQL is the rule of `domain/privacy.py`, for every reader on every day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Richting, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import Lezer, cut, may_see
from socialmap.editing.apply import Batch, apply
from socialmap.store.engine import Connection, Store
from socialmap.store.filters import RecordFilter
from socialmap.store.indexing import Places
from socialmap.store.map_index import find_clusters, has_places, ids_without_place, nearest_ids
from socialmap.store.records import (
    RelatieFilter,
    aanbod_by_id,
    actors_by_id,
    all_aanbod,
    all_actors,
    all_relaties,
    get_aanbod,
    get_actor,
    get_relatie,
    list_aanbod,
    list_actors,
    list_relaties,
    strongest_relaties,
)

Undone = Callable[[], AbstractContextManager[Connection]]
ALL = RecordFilter()
DAY = timedelta(days=1)
WORLD = (-180.0, -85.0, 180.0, 85.0)
LEVELS = st.sampled_from([Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


def expected(batch: Batch, lezer: Lezer, today: date) -> tuple[list[Any], list[Any], list[Any]]:
    """What the domain says that a reader sees of records that were read directly."""
    seen = {actor.id: actor for actor in batch.actoren if may_see(actor, lezer, today)}
    people = {a.id for a in batch.actoren if a.soort is Soort.SLEUTELFIGUUR}
    actors = [cut(a, lezer, person=a.id in people) for a in seen.values()]
    offers = [
        cut(o, lezer, person=o.actor_id in people) for o in batch.aanbod if o.actor_id in seen
    ]
    ties = [
        cut(r, lezer, person=bool({r.van_id, r.naar_id} & people))
        for r in batch.relaties
        if {r.van_id, r.naar_id} <= seen.keys() and r.zichtbaarheid <= lezer.niveau
    ]
    return (
        sorted(actors, key=lambda actor: actor.id),
        sorted(offers, key=lambda offer: offer.id),
        sorted(ties, key=lambda tie: tie.id),
    )


def found(conn: Connection, lezer: Lezer, today: date) -> tuple[list[Any], list[Any], list[Any]]:
    return (
        all_actors(conn, lezer, today),
        all_aanbod(conn, lezer, today),
        all_relaties(conn, lezer, today),
    )


def turning_days(batch: Batch) -> list[date]:
    """Days on which a consent of the example begins or ends, and the days before."""
    consents = [actor.toestemming for actor in batch.actoren if actor.toestemming]
    starts = {consent.op for consent in consents}
    ends = {consent.tot or months_earlier(consent.op, -12) for consent in consents}
    return sorted({day - n * DAY for day in starts | ends for n in (0, 1)})


@pytest.mark.parametrize("niveau", Niveau)
def test_example_is_cut_as_the_domain_says(
    filled: Store, batch: Batch, today: date, niveau: Niveau
) -> None:
    days = [today, *turning_days(batch)]
    assert len(days) > 30
    with filled.reading() as conn:
        for day in days:
            assert found(conn, Lezer(niveau), day) == expected(batch, Lezer(niveau), day)


@st.composite
def actors(draw: st.DrawFn, number: int) -> Actor:
    start = draw(DAYS)
    consent = Toestemming(
        op=start,
        tot=draw(st.none() | st.integers(1, 9).map(lambda days: start + days * DAY)),
        niveau=draw(st.none() | LEVELS),
    )
    return Actor(
        id=f"A{number}",
        naam=f"naam {number}",
        soort=draw(st.sampled_from([Soort.SLEUTELFIGUUR, Soort.SLEUTELFIGUUR, Soort.PARTNER])),
        zichtbaarheid=draw(LEVELS),
        toestemming=draw(st.none() | st.just(consent)),
        themas=("vervoer",),
        lon=4.6,
        lat=52.38,
    )


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    people = tuple(draw(actors(number)) for number in range(3))
    ties = tuple(
        Relatie(
            id=f"R{n}",
            van_id=people[n].id,
            naar_id=people[(n + 1) % 3].id,
            soort=Relatiesoort.KENT,
            richting=Richting.WEDERKERIG,
            sterkte=1,
            feitelijk=Feitelijk.FEITELIJK,
            zichtbaarheid=draw(LEVELS),
            toelichting="een woord",
        )
        for n in range(3)
    )
    offers = tuple(Aanbod(id=f"O{p.id}", actor_id=p.id, naam="koffie") for p in people)
    return Batch(actoren=people, aanbod=offers, relaties=ties)


@given(made=batches(), today=DAYS, niveau=st.sampled_from(Niveau))
def test_any_records_are_cut_as_the_domain_says(
    undone: Undone, places: Places, now: datetime, made: Batch, today: date, niveau: Niveau
) -> None:
    with undone() as conn:
        apply(conn, made, wie="beheerder", now=now, places=places)
        assert found(conn, Lezer(niveau), today) == expected(made, Lezer(niveau), today)
        marks = find_clusters(conn, "actor", WORLD, 12, ALL, Lezer(niveau), today)
        assert sum(m.aantal for m in marks) == len(expected(made, Lezer(niveau), today)[0])


# Every level of actor and consent for every reader: the strictest of the two wins.
def test_every_mix_of_levels_is_cut_as_the_domain_says(
    undone: Undone, places: Places, now: datetime, today: date
) -> None:
    levels = [Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM]
    mixes = list(product(levels, [None, *levels], [Soort.SLEUTELFIGUUR, Soort.PARTNER]))
    people = tuple(
        Actor(
            id=f"A{n:02}",
            naam="x",
            soort=soort,
            zichtbaarheid=level,
            toestemming=Toestemming(op=today, niveau=consent),
            lon=4.6,
            lat=52.38,
        )
        for n, (level, consent, soort) in enumerate(mixes)
    )
    made = Batch(
        actoren=people,
        aanbod=tuple(Aanbod(id=f"O{p.id}", actor_id=p.id, naam="koffie") for p in people),
    )
    with undone() as conn:
        apply(conn, made, wie="beheerder", now=now, places=places)
        for niveau in Niveau:
            lezer = Lezer(niveau)
            assert found(conn, lezer, today) == expected(made, lezer, today)
            ids = [actor.id for actor in expected(made, lezer, today)[0]]
            assert nearest_ids(conn, "actor", WORLD, ALL, lezer, today, 99)[0] == ids


# Counted from the files by hand: 103 actors stand on `openbaar`. 10 stand on `professional`, of
# whom A114 and A116 gave a consent that ended in 2023 and 2024; 4 more stand on `team`.
@pytest.mark.parametrize(
    ("niveau", "count"),
    [
        (Niveau.OPENBAAR, 103),
        (Niveau.PROFESSIONAL, 103 + 10 - 2),
        (Niveau.TEAM, 103 + 10 - 2 + 4),
        (Niveau.BEHEER, 103 + 10 - 2 + 4),
    ],
)
def test_numbers_of_the_example(
    filled: Store,
    example_rows: dict[str, list[dict[str, str]]],
    today: date,
    niveau: Niveau,
    count: int,
) -> None:
    levels = ["openbaar", "professional", "team"][: niveau + 1]
    seen = {
        row["id"]
        for row in example_rows["actoren"]
        if row["zichtbaarheid"] in levels and row["id"] not in ("A114", "A116")
    }
    assert len(seen) == count
    offers = {row["id"] for row in example_rows["aanbod"] if row["actor_id"] in seen}
    ties = [
        (row["van_id"], row["naar_id"], row["soort"], row["feitelijk"])
        for row in example_rows["relaties"]
        if row["zichtbaarheid"] in levels and {row["van_id"], row["naar_id"]} <= seen
    ]
    with filled.reading() as conn:
        now_seen, now_offers, now_ties = found(conn, Lezer(niveau), today)
    assert {actor.id for actor in now_seen} == seen
    assert {offer.id for offer in now_offers} == offers
    assert sorted((t.van_id, t.naar_id, t.soort, t.feitelijk) for t in now_ties) == sorted(ties)


# These two stand on `openbaar` in the file, while A110 and A115 are for the team: the strictest of
# actor, tie and consent wins.
@pytest.mark.parametrize(("person", "other"), [("A110", "A098"), ("A115", "A073")])
def test_tie_more_open_than_its_actor_follows_the_actor(
    filled: Store, today: date, person: str, other: str
) -> None:
    keep = RelatieFilter(actor_ids=(person,))
    with filled.reading() as conn:
        for niveau in Niveau:
            page = list_relaties(conn, keep, Lezer(niveau), today, na="", limit=500)
            pairs = {(tie.van_id, tie.naar_id): tie for tie in page.resultaten}
            if niveau < Niveau.TEAM:
                assert (pairs, page.totaal) == ({}, 0)
            else:
                assert pairs[person, other].zichtbaarheid is Niveau.OPENBAAR


def doors(conn: Connection, lezer: Lezer, today: date, tie: str) -> dict[str, bool]:
    """Tell for every way to read whether person P1, its offer or its tie comes out."""
    keep = ALL
    page: dict[str, Any] = {"na": "", "limit": 10}
    return {
        "all_actors": "P1" in [a.id for a in all_actors(conn, lezer, today)],
        "all_aanbod": "OP1" in [o.id for o in all_aanbod(conn, lezer, today)],
        "all_relaties": tie in [r.id for r in all_relaties(conn, lezer, today)],
        "actors_by_id": "P1" in actors_by_id(conn, ["P1", "B1"], lezer, today),
        "aanbod_by_id": "OP1" in aanbod_by_id(conn, ["OP1"], lezer, today),
        "list_actors": list_actors(conn, keep, lezer, today, **page).totaal == 2,
        "list_aanbod": list_aanbod(conn, keep, lezer, today, **page).totaal == 1,
        "list_relaties": list_relaties(conn, RelatieFilter(), lezer, today, **page).totaal == 1,
        "strongest": strongest_relaties(conn, "B1", lezer, today, limit=9).totaal == 1,
        "get_actor": is_there(get_actor, conn, "P1", lezer, today),
        "get_aanbod": is_there(get_aanbod, conn, "OP1", lezer, today),
        "get_relatie": is_there(get_relatie, conn, tie, lezer, today),
        "clusters": bool(find_clusters(conn, "actor", WORLD, 12, keep, lezer, today)),
        "nearest": nearest_ids(conn, "actor", WORLD, keep, lezer, today, 9)[:2] == (["P1"], 1),
        "without": ids_without_place(conn, "aanbod", WORLD, keep, lezer, today, 9) == ["OP1"],
        "areas": bool(find_clusters(conn, "aanbod", WORLD, 12, keep, lezer, today)),
        "has_places": has_places(conn, "actor", lezer, today),
    }


def is_there(
    read: Callable[..., object], conn: Connection, key: str, lezer: Lezer, today: date
) -> bool:
    try:
        read(conn, key, lezer, today)
    except NotFoundError:
        return False
    return True


@pytest.mark.parametrize("niveau", [Niveau.PROFESSIONAL, Niveau.TEAM, Niveau.BEHEER])
def test_consent_that_ends_tomorrow_hides_from_that_day_at_every_door(
    undone: Undone, places: Places, now: datetime, today: date, niveau: Niveau
) -> None:
    person = Actor(
        id="P1",
        naam="Iemand",
        soort=Soort.SLEUTELFIGUUR,
        zichtbaarheid=Niveau.PROFESSIONAL,
        toestemming=Toestemming(op=today - 9 * DAY, tot=today + DAY),
        lon=4.6,
        lat=52.38,
        werkgebied=("WK039218",),
    )
    group = Actor(id="B1", naam="Groep", soort=Soort.PARTNER)
    offer = Aanbod(id="OP1", actor_id="P1", naam="Koffie")
    tie = Relatie(
        id="R1",
        van_id="B1",
        naar_id="P1",
        soort=Relatiesoort.KENT,
        richting=Richting.GERICHT,
        sterkte=1,
        feitelijk=Feitelijk.FEITELIJK,
    )
    made = Batch(actoren=(person, group), aanbod=(offer,), relaties=(tie,))
    lezer = Lezer(niveau)
    with undone() as conn:
        apply(conn, made, wie="beheerder", now=now, places=places)
        for day, there in ((-10, False), (-9, True), (0, True), (1, False), (400, False)):
            open_doors = doors(conn, lezer, today + day * DAY, "R1")
            assert open_doors == dict.fromkeys(open_doors, there)
        withdrawn = Batch(actoren=(replace(person, toestemming=None),))
        apply(conn, withdrawn, wie="beheerder", now=now, places=places)
        open_doors = doors(conn, lezer, today, "R1")
        assert open_doors == dict.fromkeys(open_doors, False)
