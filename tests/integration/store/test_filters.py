"""A filter keeps what it says, on records and on the map index alike, and tells nothing hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, Literal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Lijn, Niveau, Relatiesoort, Soort, Status
from socialmap.domain.freshness import Versheid, freshness
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch, apply
from socialmap.geo.area import AreaSet
from socialmap.store import schema
from socialmap.store.engine import Connection, Store
from socialmap.store.filters import RecordFilter
from socialmap.store.indexing import Places
from socialmap.store.map_index import punt_conditions
from socialmap.store.records import (
    RelatieFilter,
    all_aanbod,
    all_actors,
    all_relaties,
    list_aanbod,
    list_actors,
    list_relaties,
    strongest_relaties,
)

Undone = Callable[[], AbstractContextManager[Connection]]
Kind = Literal["actor", "aanbod"]
LIST: dict[Kind, Callable[..., Any]] = {"actor": list_actors, "aanbod": list_aanbod}
STRICT = [Status.ACTIEF, Status.GEPAUZEERD, Status.GESTOPT]


def fold(text: str) -> str:
    """Lower case without accents and without what nobody sees."""
    apart = unicodedata.normalize("NFD", text.lower()).replace("ß", "ss")
    return "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cc", "Cf", "Cs"))


@dataclass(frozen=True)
class Reading:
    """All that one reader sees of the example: the filters are held against this."""

    conn: Connection
    areas: AreaSet
    places: Places
    lezer: Lezer
    today: date

    def owners(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in all_actors(self.conn, self.lezer, self.today)}

    def records(self, kind: Kind) -> list[tuple[Actor | Aanbod, Actor]]:
        owners = self.owners()
        if kind == "actor":
            return [(actor, actor) for actor in owners.values()]
        offers = all_aanbod(self.conn, self.lezer, self.today)
        return [(offer, owners[offer.actor_id]) for offer in offers]

    def matching(self, kind: Kind, keep: RecordFilter) -> list[str]:
        """Ids that pass a filter, by what each word of it means and by what this reader sees."""
        records = self.records(kind)
        return sorted(thing.id for thing, owner in records if self._passes(thing, owner, keep))

    def _passes(self, thing: Actor | Aanbod, owner: Actor, keep: RecordFilter) -> bool:
        hidden = owner.soort is Soort.SLEUTELFIGUUR and self.lezer.niveau < Niveau.TEAM
        status = max(thing.status, owner.status, key=STRICT.index)
        stand = freshness(thing.gecontroleerd_op, thing.bron, self.today)
        name = fold(thing.naam)
        return all(
            (
                not keep.q or (not hidden and all(w in name for w in fold(keep.q).split())),
                not keep.soorten or owner.soort in keep.soorten,
                not keep.themas or bool(set(keep.themas) & set(thing.themas)),
                not keep.doelgroepen or bool(set(keep.doelgroepen) & set(thing.doelgroepen)),
                not keep.lijnen or thing.lijn in keep.lijnen,
                not keep.statussen or status in keep.statussen,
                not keep.versheid or stand in keep.versheid,
                not keep.actor_id or owner.id == keep.actor_id,
                not keep.gebied or self._in_area(thing, owner, keep.gebied),
            )
        )

    def _in_area(self, thing: Actor | Aanbod, owner: Actor, code: str) -> bool:
        held: tuple[str, ...] = ()
        works_in = thing.werkgebied
        if thing.lon is not None and thing.lat is not None:
            held = self.places.locate_many([(thing.lon, thing.lat)])[0]
        else:
            works_in = works_in or owner.werkgebied
        own = set(self.areas.buurten_in(code))
        shares = any(own & set(self.areas.buurten_in(area)) for area in works_in)
        return code in held or code in works_in or shares

    def walk(self, kind: Kind, keep: RecordFilter, limit: int) -> list[str]:
        """Ids page by page."""
        ids: list[str] = []
        after: str | None = ""
        totals = set()
        while after is not None:
            page = LIST[kind](self.conn, keep, self.lezer, self.today, na=after, limit=limit)
            assert len(page.resultaten) <= limit
            ids += [record.id for record in page.resultaten]
            after = page.volgende
            assert after is None or after == ids[-1]
            totals.add(page.totaal)
        assert totals == {len(ids)}
        return ids

    def on_map(self, kind: Kind, keep: RecordFilter) -> set[str]:
        where = punt_conditions(kind, keep, self.lezer, self.today)
        return set(self.conn.scalars(sa.select(schema.punt.c.record_id).where(*where)))

    def with_somewhere(self, kind: Kind, ids: list[str]) -> set[str]:
        """Those that a map can show: at a place, or in the areas that they or their actor serve."""
        records = {thing.id: (thing, owner) for thing, owner in self.records(kind)}
        found = set()
        for key in ids:
            thing, owner = records[key]
            if thing.lon is not None or thing.werkgebied or owner.werkgebied:
                found.add(key)
        return found


KINDS: list[Kind] = ["actor", "aanbod"]
THEMES = ["taal", "digitaal", "sociaal_netwerk", "financien", "zelfzorg", "justitie"]
GROUPS = ["iedereen", "ouderen", "minima", "statushouders", "gezinnen"]
AREAS = ["GM0392", "GM0473", "WK039218", "BU03921804", "EG-OOST", "EG-SCHALKWIJK", "GM0453"]
WORDS = ["buurt", "Café", "KOFFIE", "é", "a e", "%", "_", "fatiha", "Sleutelfiguur", "portiek"]


def some(values: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FILTERS = st.builds(
    RecordFilter,
    q=st.just("") | st.sampled_from(WORDS),
    gebied=st.just("") | st.sampled_from(AREAS),
    soorten=some(list(Soort)),
    themas=some(THEMES),
    doelgroepen=some(GROUPS),
    lijnen=some([int(lijn) for lijn in Lijn]),
    statussen=some(list(Status)),
    versheid=some(list(Versheid)),
    actor_id=st.sampled_from(["", "", "", "A001", "A093", "A111"]),
)
EACH = [
    RecordFilter(),
    *(RecordFilter(q=word) for word in WORDS),
    *(RecordFilter(gebied=code) for code in AREAS),
    *(RecordFilter(soorten=(soort,)) for soort in Soort),
    *(RecordFilter(themas=(thema,)) for thema in THEMES),
    *(RecordFilter(doelgroepen=(groep,)) for groep in GROUPS),
    *(RecordFilter(lijnen=(int(lijn),)) for lijn in Lijn),
    *(RecordFilter(statussen=(status,)) for status in Status),
    *(RecordFilter(versheid=(stand,)) for stand in Versheid),
    RecordFilter(actor_id="A001"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("niveau", Niveau)
def test_each_filter_gives_the_same_on_records_and_map(
    filled: Store, areas: AreaSet, places: Places, today: date, kind: Kind, niveau: Niveau
) -> None:
    counts = []
    with filled.reading() as conn:
        reading = Reading(conn, areas, places, Lezer(niveau), today)
        for keep in EACH:
            ids = reading.matching(kind, keep)
            assert reading.walk(kind, keep, 1000) == ids, keep
            assert reading.on_map(kind, keep) == reading.with_somewhere(kind, ids), keep
            counts.append(len(ids))
    assert sum(count > 0 for count in counts) > len(EACH) / 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(keep=FILTERS, niveau=st.sampled_from(Niveau), kind=st.sampled_from(KINDS))
def test_filters_together_are_and_values_of_one_are_or(
    filled: Store,
    areas: AreaSet,
    places: Places,
    today: date,
    keep: RecordFilter,
    niveau: Niveau,
    kind: Kind,
) -> None:
    with filled.reading() as conn:
        reading = Reading(conn, areas, places, Lezer(niveau), today)
        ids = reading.matching(kind, keep)
        assert reading.walk(kind, keep, 3) == ids
        assert reading.on_map(kind, keep) == reading.with_somewhere(kind, ids)


@pytest.mark.parametrize("limit", [1, 2, 7, 50, 1000])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_give_every_record_once_and_in_order(
    filled: Store, areas: AreaSet, places: Places, today: date, kind: Kind, limit: int
) -> None:
    with filled.reading() as conn:
        reading = Reading(conn, areas, places, Lezer(Niveau.TEAM), today)
        ids = reading.walk(kind, RecordFilter(), limit)
        assert ids == sorted(thing.id for thing, _ in reading.records(kind))


@pytest.mark.parametrize("limit", [1, 10, 1000])
def test_pages_of_ties(filled: Store, today: date, limit: int) -> None:
    lezer = Lezer(Niveau.TEAM)
    ids: list[str] = []
    after: str | None = ""
    with filled.reading() as conn:
        while after is not None:
            page = list_relaties(conn, RelatieFilter(), lezer, today, na=after, limit=limit)
            ids += [tie.id for tie in page.resultaten]
            after = page.volgende
        assert ids == [tie.id for tie in all_relaties(conn, lezer, today)]
    assert page.totaal == len(ids)


@pytest.mark.parametrize("limit", [1, 5, 1000])
@pytest.mark.parametrize("niveau", Niveau)
def test_strongest_ties_come_first_and_all_are_counted(
    filled: Store, today: date, niveau: Niveau, limit: int
) -> None:
    lezer = Lezer(niveau)
    with filled.reading() as conn:
        for key in ("A001", "A005", "A024", "A110", "Z999"):
            own = [t for t in all_relaties(conn, lezer, today) if key in (t.van_id, t.naar_id)]
            page = strongest_relaties(conn, key, lezer, today, limit=limit)
            assert page.totaal == len(own)
            own.sort(key=lambda tie: (-tie.sterkte, tie.id))
            assert list(page.resultaten) == own[:limit]


@pytest.mark.parametrize(
    "keep",
    [
        RelatieFilter(soorten=(Relatiesoort.KENT, Relatiesoort.FINANCIERT)),
        RelatieFilter(actor_ids=("A001", "A110")),
        RelatieFilter(ends=RecordFilter(soorten=(Soort.SLEUTELFIGUUR,))),
        RelatieFilter(ends=RecordFilter(themas=("zelfzorg",))),
        RelatieFilter(ends=RecordFilter(q="portiek")),
        RelatieFilter(ends=RecordFilter(gebied="EG-OOST")),
    ],
)
@pytest.mark.parametrize("niveau", Niveau)
def test_tie_is_kept_when_one_of_its_ends_passes(
    filled: Store,
    areas: AreaSet,
    places: Places,
    today: date,
    keep: RelatieFilter,
    niveau: Niveau,
) -> None:
    lezer = Lezer(niveau)

    def passes(tie: Relatie) -> bool:
        ends = {tie.van_id, tie.naar_id}
        kind = not keep.soorten or tie.soort in keep.soorten
        return kind and bool(ends & passing) and (not keep.actor_ids or bool(ends & named))

    with filled.reading() as conn:
        passing = set(Reading(conn, areas, places, lezer, today).matching("actor", keep.ends))
        named = set(keep.actor_ids)
        expected = [tie for tie in all_relaties(conn, lezer, today) if passes(tie)]
        page = list_relaties(conn, keep, lezer, today, na="", limit=1000)
    assert list(page.resultaten) == expected
    assert page.totaal == len(expected)


def test_freshness_turns_on_the_same_day_in_the_store_as_in_the_domain(
    undone: Undone, places: Places, now: datetime, today: date
) -> None:
    days = [
        months_earlier(today, months) - timedelta(days=n) for months in (0, 12, 24) for n in (0, 1)
    ]
    sources = ["", "wijkgesprek", "003, 6.1 De sociale basis, 2020"]
    actors = tuple(
        Actor(
            id=f"A{n:02}",
            naam="x",
            soort=Soort.PARTNER,
            gecontroleerd_op=day,
            bron=bron,
            werkgebied=("GM0392",),
        )
        for n, (day, bron) in enumerate(product([None, *days], sources))
    )
    with undone() as conn:
        apply(conn, Batch(actoren=actors), wie="x", now=now, places=places)
        for stand in Versheid:
            keep = RecordFilter(versheid=(stand,))
            wanted = [a.id for a in actors if freshness(a.gecontroleerd_op, a.bron, today) is stand]
            page = list_actors(conn, keep, Lezer(), today, na="", limit=99)
            where = punt_conditions("actor", keep, Lezer(), today)
            on_map = conn.scalars(sa.select(schema.punt.c.record_id).where(*where))
            assert [actor.id for actor in page.resultaten] == sorted(on_map) == wanted != []


# O132 still stands on `actief` while its actor A093 has stopped (README of the example).
def test_active_offer_of_a_stopped_actor_is_stopped(
    filled: Store, areas: AreaSet, places: Places, today: date
) -> None:
    with filled.reading() as conn:
        reading = Reading(conn, areas, places, Lezer(), today)
        for status, there in ((Status.ACTIEF, False), (Status.GESTOPT, True)):
            keep = RecordFilter(statussen=(status,))
            assert ("O132" in reading.walk("aanbod", keep, 1000)) == there
            assert ("O132" in reading.on_map("aanbod", keep)) == there


# A109 is for professionals, who may know that somebody is there but not who: neither the name nor
# a theme or group that would tell it may be tried out by filtering.
@pytest.mark.parametrize(
    "keep",
    [
        RecordFilter(q="Yonas"),
        RecordFilter(q="y"),
        RecordFilter(q="sleutelfiguur"),
        RecordFilter(themas=("werk_opleiding",)),
        RecordFilter(doelgroepen=("statushouders",)),
        RecordFilter(versheid=(Versheid.BRON,)),
    ],
)
def test_professional_finds_nobody_by_what_is_hidden(
    filled: Store, areas: AreaSet, places: Places, today: date, keep: RecordFilter
) -> None:
    with filled.reading() as conn:
        team = Reading(conn, areas, places, Lezer(Niveau.TEAM), today)
        professional = Reading(conn, areas, places, Lezer(Niveau.PROFESSIONAL), today)
        person = RecordFilter(soorten=(Soort.SLEUTELFIGUUR,))
        assert "A109" in professional.walk("actor", person, 1000)
        both = replace(keep, soorten=person.soorten)
        assert professional.walk("actor", both, 1000) == []
        assert professional.on_map("actor", both) == set()
        if keep.q in ("Yonas", "y") or keep.themas or keep.doelgroepen:
            assert "A109" in team.walk("actor", both, 1000)
            assert "A109" in team.on_map("actor", both)


# A source that names a document shows freshness `bron`; the source of a person is hidden below
# `team`, so there the person counts as never checked.
def test_hidden_source_of_a_person_does_not_show_in_its_freshness(
    undone: Undone, places: Places, now: datetime, today: date
) -> None:
    person = Actor(
        id="P1",
        naam="Iemand",
        soort=Soort.SLEUTELFIGUUR,
        bron="003, 5.1 Dragers, 2020",
        toestemming=Toestemming(op=today),
        werkgebied=("GM0392",),
    )
    with undone() as conn:
        apply(conn, Batch(actoren=(person,)), wie="x", now=now, places=places)
        for niveau, stand in (
            (Niveau.PROFESSIONAL, Versheid.NOOIT),
            (Niveau.TEAM, Versheid.BRON),
        ):
            for asked in Versheid:
                keep = RecordFilter(versheid=(asked,))
                page = list_actors(conn, keep, Lezer(niveau), today, na="", limit=9)
                where = punt_conditions("actor", keep, Lezer(niveau), today)
                on_map = conn.scalars(sa.select(schema.punt.c.record_id).where(*where)).all()
                assert (page.totaal == 1) == bool(on_map) == (asked is stand)
