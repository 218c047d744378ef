"""What of the records is in the network (begrippen.md, "Network figures")."""

from __future__ import annotations

from datetime import date, timedelta

import networkx as nx
import pytest
from hypothesis import given

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Status
from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import build_network
from tests.unit.network.making import actor, records, tie

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def test_stopped_actor_and_its_ties_are_out() -> None:
    gone = actor("A2", status=Status.GESTOPT)
    paused = actor("A3", status=Status.GEPAUZEERD)
    network = build_network([actor("A1"), gone, paused], [tie("A1", "A2"), tie("A1", "A3")], TODAY)
    assert list(network.lines.edges) == [("A1", "A3")]
    assert list(network.actors) == ["A1", "A3"]


def test_tie_with_an_unknown_end_makes_no_knot() -> None:
    network = build_network([actor("A1")], [tie("A1", "A9"), tie("A1", "A1")], TODAY)
    for made in (network.lines, network.wished, network.steps):
        assert list(made.nodes) == ["A1"]
        assert not made.edges


@pytest.mark.parametrize(
    ("van", "tot", "there"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY + DAY, True),
        (None, TODAY, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_tie_holds_from_its_first_day_until_its_last_date(
    van: date | None, tot: date | None, there: bool
) -> None:
    dated = tie("A1", "A2", geldig_van=van, geldig_tot=tot)
    network = build_network([actor("A1"), actor("A2")], [dated], TODAY)
    assert network.lines.has_edge("A1", "A2") is there
    assert network.steps.has_edge("A1", "A2") is there
    assert bool(network.ties) is there


def test_mutual_tie_in_both_directions_is_one_and_the_strongest() -> None:
    weak, strong = tie("A1", "A2", sterkte=1), tie("A2", "A1", sterkte=2)
    network = build_network([actor("A1"), actor("A2")], [weak, strong], TODAY)
    assert network.ties == (strong,)
    assert network.lines.number_of_edges() == 1


def test_directed_ties_in_both_directions_are_two_ties_and_one_line() -> None:
    pair = [tie(*ends, richting=Richting.GERICHT) for ends in (("A1", "A2"), ("A2", "A1"))]
    network = build_network([actor("A1"), actor("A2")], pair, TODAY)
    assert len(network.ties) == 2
    assert network.lines.number_of_edges() == 1


def test_actual_and_wished_are_apart() -> None:
    wished = tie("A1", "A3", feitelijk=Feitelijk.GEWENST)
    actors = [actor("A1"), actor("A2"), actor("A3")]
    network = build_network(actors, [tie("A1", "A2"), wished], TODAY)
    assert list(network.lines.edges) == [("A1", "A2")]
    assert list(network.wished.edges) == [("A1", "A3")]
    assert set(network.steps.edges) == {("A1", "A2"), ("A2", "A1")}


def test_wish_for_more_leaves_the_actual_tie_as_it_is() -> None:
    actual = tie("A1", "A2", sterkte=1)
    wish = tie("A2", "A1", sterkte=3, feitelijk=Feitelijk.GEWENST)
    network = build_network([actor("A1"), actor("A2")], [actual, wish], TODAY)
    assert set(network.ties) == {actual, wish}
    assert network.lines.has_edge("A1", "A2")
    assert network.wished.has_edge("A1", "A2")
    assert network.steps["A1"]["A2"]["waarde"] == 10


def test_step_is_worth_the_best_tie_that_runs_its_way() -> None:
    ties = [
        tie("A1", "A2", soort=Relatiesoort.LEIDT_TOE, richting=Richting.GERICHT),
        tie("A1", "A2", soort=Relatiesoort.KENT, sterkte=1),
    ]
    network = build_network([actor("A1"), actor("A2")], ties, TODAY)
    assert network.steps["A1"]["A2"]["waarde"] == 21  # 0.7 x 3 / 3
    assert network.steps["A2"]["A1"]["waarde"] == 10  # 1.0 x 1 / 3


def test_network_cannot_be_changed() -> None:
    network = build_network([actor("A1")], [], TODAY)
    for made in (network.lines, network.wished, network.steps):
        with pytest.raises(nx.NetworkXError):
            made.add_node("A2")


@given(records())
def test_order_of_records_changes_nothing(made: tuple[list[Actor], list[Relatie]]) -> None:
    actors, ties = made
    network = build_network(actors, ties, TODAY)
    again = build_network(reversed(actors), reversed(ties), TODAY)
    assert network.ties == again.ties
    assert list(network.actors) == list(again.actors)
    assert list(network.lines.edges) == list(again.lines.edges)
    assert list(network.steps.edges.data("waarde")) == list(again.steps.edges.data("waarde"))


@given(records())
def test_line_is_there_when_an_actual_tie_is(made: tuple[list[Actor], list[Relatie]]) -> None:
    actors, ties = made
    network = build_network(actors, ties, TODAY)
    known = {one.id for one in actors}
    for kind, drawn in ((Feitelijk.FEITELIJK, network.lines), (Feitelijk.GEWENST, network.wished)):
        assert {frozenset(pair) for pair in drawn.edges} == {
            frozenset((t.van_id, t.naar_id))
            for t in ties
            if t.feitelijk is kind and {t.van_id, t.naar_id} <= known and t.van_id != t.naar_id
        }
