"""Taking something away gives the same figures as a network in which it never was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Relatiesoort, Richting
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie
from socialmap.network.errors import EmptyNetworkError
from socialmap.network.figures import measure
from socialmap.network.graph import build_network
from socialmap.network.what_if import Als, take_away, what_if
from tests.unit.network.making import actor, placed, records, tie

TODAY = date(2026, 11, 22)


def _directed(van: str, naar: str, soort: Relatiesoort) -> Relatie:
    return tie(van, naar, soort=soort, richting=Richting.GERICHT)


@given(records(), st.data())
@settings(max_examples=150)
def test_equals_recomputation_without_the_actor(
    made: tuple[list[Actor], list[Relatie]], data: st.DataObject
) -> None:
    actors, ties = made
    places = data.draw(placed(actors))
    gone = data.draw(st.sampled_from([one.id for one in actors]))
    network = build_network(actors, ties, TODAY)
    found = what_if(network, places, gone)
    never = build_network(
        [one for one in actors if one.id != gone],
        [one for one in ties if gone not in (one.van_id, one.naar_id)],
        TODAY,
    )
    assert found.voor == measure(network, places)
    assert found.na == measure(never, places)
    assert found.geraakt == tuple(sorted(network.lines[gone]))


@pytest.mark.parametrize(
    ("als", "kind", "end"),
    [
        (Als.GELDGEVER, Relatiesoort.FINANCIERT, "van_id"),
        (Als.GEBOUW, Relatiesoort.GEBRUIKT_RUIMTE, "naar_id"),
    ],
)
@given(made=records(), data=st.data())
@settings(max_examples=100)
def test_equals_recomputation_without_the_money_or_the_room(
    als: Als,
    kind: Relatiesoort,
    end: str,
    made: tuple[list[Actor], list[Relatie]],
    data: st.DataObject,
) -> None:
    actors, ties = made
    role = data.draw(st.sampled_from([one.id for one in actors]))
    network = build_network(actors, ties, TODAY)
    left = [t for t in network.ties if not (t.soort is kind and getattr(t, end) == role)]
    only_that = len(left) < len(network.ties) and not any(
        role in (t.van_id, t.naar_id) for t in left
    )
    never = build_network(
        [one for one in actors if not only_that or one.id != role],
        left,
        TODAY,
    )
    assert measure(take_away(network, role, als), {}) == measure(never, {})


def test_funder_takes_its_money_along_and_stays_for_the_rest() -> None:
    ties = [
        _directed("G", "A", Relatiesoort.FINANCIERT),
        _directed("G", "B", Relatiesoort.FINANCIERT),
        _directed("F", "B", Relatiesoort.FINANCIERT),
        tie("G", "C"),
    ]
    network = build_network([actor(i) for i in "ABCFG"], ties, TODAY)
    found = what_if(network, {}, "G", Als.GELDGEVER)
    assert (found.voor.lijnen, found.na.lijnen) == (4, 2)
    assert found.na.knopen == 5
    assert found.geraakt == ("A", "B")
    assert found.zonder_geld == ("A",)
    assert found.na.geisoleerd == ("A",)


def test_who_is_gone_is_not_among_those_who_lose() -> None:
    ties = [
        _directed("G", "A", Relatiesoort.FINANCIERT),
        _directed("A", "H", Relatiesoort.GEBRUIKT_RUIMTE),
    ]
    found = what_if(build_network([actor(i) for i in "AGH"], ties, TODAY), {}, "A")
    assert found.geraakt == ("G", "H")
    assert (found.zonder_geld, found.zonder_ruimte) == ((), ())


def test_building_that_is_only_a_building_goes_with_its_room() -> None:
    ties = [
        _directed("A", "H", Relatiesoort.GEBRUIKT_RUIMTE),
        _directed("B", "H", Relatiesoort.GEBRUIKT_RUIMTE),
        tie("A", "C"),
    ]
    network = build_network([actor(i) for i in "ABCH"], ties, TODAY)
    found = what_if(network, {}, "H", Als.GEBOUW)
    assert found.na.knopen == 3
    assert found.zonder_ruimte == ("A", "B")
    assert found.na.geisoleerd == ("B",)


def test_who_gives_no_money_changes_nothing_as_a_funder() -> None:
    network = build_network([actor("A"), actor("B"), actor("C")], [tie("A", "B")], TODAY)
    for actor_id in "ABC":
        found = what_if(network, {}, actor_id, Als.GELDGEVER)
        assert found.na == found.voor
        assert found.geraakt == ()


def test_who_is_not_in_the_network_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        what_if(build_network([actor("A")], [], TODAY), {}, "X")


def test_last_actor_leaves_no_network() -> None:
    with pytest.raises(EmptyNetworkError):
        what_if(build_network([actor("A")], [], TODAY), {}, "A")
