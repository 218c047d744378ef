"""Who stands alone, and who has no way to the team of its place."""

from __future__ import annotations

from datetime import date

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Feitelijk, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import build_network
from socialmap.network.isolated import Unconnected, find_isolated, find_unconnected
from tests.unit.network.making import actor, placed, records, tie

TODAY = date(2026, 11, 22)


def test_only_actual_ties_take_somebody_out_of_isolation() -> None:
    wish = tie("A1", "A2", feitelijk=Feitelijk.GEWENST)
    actors = [actor("A1"), actor("A2"), actor("A3"), actor("A4")]
    network = build_network(actors, [wish, tie("A3", "A4")], TODAY)
    assert find_isolated(network.lines) == ("A1", "A2")


def test_two_steps_is_near_enough_and_three_is_not() -> None:
    team = actor("T", soort=Soort.WIJKTEAM, werkgebied=("WK1",))
    chain = [tie("T", "A1"), tie("A1", "A2"), tie("A2", "A3")]
    network = build_network([team, actor("A1"), actor("A2"), actor("A3")], chain, TODAY)
    places = {"A1": ("BU11", "WK1"), "A2": ("BU11", "WK1"), "A3": ("BU12", "WK1")}
    assert find_unconnected(network, places) == (Unconnected(actor_id="A3", teams=("T",)),)


def test_team_of_another_place_does_not_help() -> None:
    team = actor("T", soort=Soort.WIJKTEAM, werkgebied=("WK2",))
    network = build_network([team, actor("A1")], [tie("T", "A1")], TODAY)
    assert find_unconnected(network, {"A1": ("WK1",)}) == (Unconnected(actor_id="A1", teams=()),)


def test_who_has_no_known_place_is_not_listed() -> None:
    team = actor("T", soort=Soort.WIJKTEAM, werkgebied=("WK1",))
    assert find_unconnected(build_network([team, actor("A1")], [], TODAY), {}) == ()


@given(records(), st.data())
@settings(max_examples=200)
def test_by_definition(made: tuple[list[Actor], list[Relatie]], data: st.DataObject) -> None:
    actors, ties = made
    places = data.draw(placed(actors))
    network = build_network(actors, ties, TODAY)
    listed = {one.actor_id for one in find_unconnected(network, places)}
    for one in actors:
        own = [
            team.id
            for team in actors
            if team.soort is Soort.WIJKTEAM and set(team.werkgebied) & set(places.get(one.id, ()))
        ]
        near = any(
            len(path) - 1 <= 2
            for team in own
            for path in nx.all_simple_paths(network.lines, one.id, team, cutoff=2)
        )
        expected = one.soort is not Soort.WIJKTEAM and one.id in places and not near
        assert (one.id in listed) == expected
