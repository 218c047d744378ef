"""A place on the example map: names, postcodes, and that nothing hidden moves a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Any

import pytest

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor, Toestemming
from socialmap.domain.privacy import OPENBAAR, Lezer, cut, may_see
from socialmap.editing.apply import Batch, apply
from socialmap.finding.place import PlaceError, Plekbron, find_place
from socialmap.store.engine import Connection, Store
from socialmap.store.indexing import Places
from socialmap.store.postcodes import point_of_postcode

Undone = Callable[[], AbstractContextManager[Connection]]
TEAM = Lezer(Niveau.TEAM)
WHERE = (4.6401, 52.3601)
ELSEWHERE = (4.6499, 52.3699)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "naam"),
    [
        ("Molenwijk", "wijk Molenwijk"),
        ("molenwyk", "wijk Molenwijk"),
        ("Waardepolder", "buurt Waarderpolder"),
        ("noord 1", "teamgebied Noord 1"),
        ("oost", "gebied Oost"),
        ("zandvoort", "teamgebied Zandvoort"),
        ("bomenbuurt oost", "buurt Bomenbuurt-oost"),
        ("vijfhoek", "buurt Vijfhoek"),
    ],
)
def test_an_area_is_found_by_name(filled: Store, today: date, text: str, naam: str) -> None:
    with filled.reading() as conn:
        found = find_place(conn, text, OPENBAAR, today)
    assert (found.bron, found.naam) == (Plekbron.GEBIED, naam)
    assert 4.4 < found.lon < 4.8
    assert 52.3 < found.lat < 52.5


@pytest.mark.parametrize("text", ["noord", "Molen", "bomenbuurt", "oud"])
def test_more_areas_are_a_sentence_with_choices(filled: Store, today: date, text: str) -> None:
    with filled.reading() as conn, pytest.raises(PlaceError, match="Meer gebieden heten zo") as e:
        find_place(conn, text, OPENBAAR, today)
    assert str(e.value).count(",") >= 1


@pytest.mark.parametrize("text", ["Plantstraat 77", "9999 ZZ", "9999", "%%%% %%", "____"])
def test_what_is_not_known_may_be_asked_of_the_service(
    filled: Store, today: date, text: str
) -> None:
    with filled.reading() as conn, pytest.raises(PlaceError) as caught:
        find_place(conn, text, TEAM, today)
    assert caught.value.may_ask
    assert text not in str(caught.value)


@pytest.mark.parametrize("text", ["", "  ", "x" * 121, "52.38,4.64", "0,0"])
def test_what_is_no_place_may_not(filled: Store, today: date, text: str) -> None:
    with filled.reading() as conn, pytest.raises(PlaceError) as caught:
        find_place(conn, text, TEAM, today, "http://127.0.0.1:1")
    assert not caught.value.may_ask


def test_a_service_that_is_away_is_one_sentence_without_the_address(
    filled: Store, today: date
) -> None:
    with filled.reading() as conn, pytest.raises(PlaceError) as caught:
        find_place(conn, "Plantstraat 77", TEAM, today, "http://127.0.0.1:1")
    assert "geen antwoord" in str(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def expected(batch: Batch, lezer: Lezer, today: date) -> dict[str, tuple[float, float]]:
    """Point by postcode as the domain says: counted from the records themselves."""
    seen = {a.id: a for a in batch.actoren if may_see(a, lezer, today)}
    owners = {key: a for key, a in seen.items() if a.soort is not Soort.SLEUTELFIGUUR}
    records: list[Any] = [cut(a, lezer, person=False) for a in owners.values()]
    records += [cut(o, lezer, person=False) for o in batch.aanbod if o.actor_id in owners]
    whole = defaultdict(list)
    for record in records:
        if record.postcode and record.lon is not None:
            whole[record.postcode.replace(" ", "").upper()].append((record.lon, record.lat))
    points = {code: mean(places) for code, places in whole.items() if len(code) == 6}
    short = defaultdict(list)
    for code, point in points.items():
        short[code[:4]].append(point)
    return points | {code: mean(places) for code, places in short.items()}


def mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return fmean(lon for lon, _ in points), fmean(lat for _, lat in points)


@pytest.mark.parametrize("niveau", Niveau)
def test_every_postcode_of_the_example_lies_where_the_domain_says(
    filled: Store, batch: Batch, today: date, niveau: Niveau
) -> None:
    lezer = Lezer(niveau)
    wanted = expected(batch, lezer, today)
    assert len(wanted) > 50
    records: list[Any] = [*batch.actoren, *batch.aanbod]
    carried = {record.postcode.replace(" ", "") for record in records if record.postcode}
    with filled.reading() as conn:
        for code in carried | {code[:4] for code in carried}:
            found = point_of_postcode(conn, code, lezer, today)
            if code in wanted:
                assert found == pytest.approx(wanted[code], abs=1e-9)
            else:
                assert found is None


def consent(today: date, niveau: Niveau | None = None) -> Toestemming:
    return Toestemming(op=today - DAY, niveau=niveau)


def hidden_actors(today: date) -> list[Actor]:
    person = Actor(id="H", naam="Iemand", soort=Soort.SLEUTELFIGUUR)
    group = Actor(id="H", naam="Groep", soort=Soort.PARTNER)
    levels = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
    return [
        *(replace(group, zichtbaarheid=level) for level in levels),
        *(replace(person, zichtbaarheid=level, toestemming=consent(today)) for level in levels),
        *(replace(person, toestemming=consent(today, level)) for level in levels),
        person,
    ]


@pytest.mark.parametrize("niveau", Niveau)
@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("of_offer", [False, True])
def test_a_hidden_place_never_moves_the_point(
    undone: Undone,
    places: Places,
    now: datetime,
    today: date,
    niveau: Niveau,
    number: int,
    of_offer: bool,
) -> None:
    actor, lezer = hidden_actors(today)[number], Lezer(niveau)
    here: dict[str, Any] = {"postcode": "2036 XY", "lon": WHERE[0], "lat": WHERE[1]}
    there: dict[str, Any] = {"postcode": "2036 XY", "lon": ELSEWHERE[0], "lat": ELSEWHERE[1]}
    known = Actor(id="K", naam="Buurthuis", soort=Soort.PARTNER, **here)
    offers: tuple[Aanbod, ...] = ()
    if of_offer:
        offers = (Aanbod(id="O", actor_id="H", naam="Koffie", **there),)
    else:
        actor = replace(actor, **there)
    with undone() as conn:
        made = Batch(actoren=(known, actor), aanbod=offers)
        apply(conn, made, wie="beheerder", now=now, places=places)
        found = [point_of_postcode(conn, code, lezer, today) for code in ("2036XY", "2036")]
    counts = may_see(actor, lezer, today) and actor.soort is not Soort.SLEUTELFIGUUR
    point = mean([WHERE, ELSEWHERE]) if counts else WHERE
    assert found == [pytest.approx(point), pytest.approx(point)]


def test_four_digits_are_the_mean_of_whole_postcodes(
    undone: Undone, places: Places, now: datetime, today: date
) -> None:
    at = [("2036 XA", 4.60), ("2036XA", 4.62), ("2036 xa", 4.64), ("2036 XB", 4.70), ("2036", 4.9)]
    actors = tuple(
        Actor(id=f"A{n}", naam="x", soort=Soort.PARTNER, postcode=code, lon=lon, lat=52.36)
        for n, (code, lon) in enumerate([*at, ("2037 AA", 4.5), ("3036", 4.8)])
    )
    with undone() as conn:
        apply(conn, Batch(actoren=actors), wie="beheerder", now=now, places=places)
        assert point_of_postcode(conn, "2036XA", TEAM, today) == pytest.approx((4.62, 52.36))
        assert point_of_postcode(conn, "2036", TEAM, today) == pytest.approx((4.66, 52.36))
        assert point_of_postcode(conn, "3036", TEAM, today) == pytest.approx((4.8, 52.36))
        for sign in ("____", "%", "2036%", "2036X_", "_036", ""):
            assert point_of_postcode(conn, sign, TEAM, today) is None
        found = find_place(conn, "2036 zz", TEAM, today)
        assert (found.bron, found.naam) == (Plekbron.POSTCODE, "postcode 2036")
        assert (found.lon, found.lat) == (4.66, 52.36)
