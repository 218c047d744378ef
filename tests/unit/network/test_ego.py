"""The view from one actor, against distances that networkx finds."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Feitelijk
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie
from socialmap.network.ego import find_ego
from socialmap.network.graph import build_network
from socialmap.network.reading import Seen
from tests.unit.network.making import actor, records, tie

TODAY = date(2026, 11, 22)


@given(records(), st.data())
@settings(max_examples=150)
def test_equals_the_distances_of_networkx(
    made: tuple[list[Actor], list[Relatie]], data: st.DataObject
) -> None:
    network = build_network(*made, TODAY)
    if not network.actors:
        return
    chosen = data.draw(st.sampled_from(sorted(network.actors)))
    ego = find_ego(network, Seen(network, {}, {}, {}).ties_of, chosen)
    assert ego.stappen == nx.single_source_shortest_path_length(network.lines, chosen, cutoff=2)
    assert list(ego.stappen) == sorted(ego.stappen)
    assert ego.ties == tuple(
        one for one in network.ties if one.van_id in ego.stappen and one.naar_id in ego.stappen
    )


def test_a_wished_tie_is_shown_and_no_step() -> None:
    ties = [tie("a", "b"), tie("b", "c"), tie("c", "d")]
    wished = [
        tie("a", "c", feitelijk=Feitelijk.GEWENST),
        tie("a", "e", feitelijk=Feitelijk.GEWENST),
    ]
    network = build_network([actor(key) for key in "abcde"], [*ties, *wished], TODAY)
    ego = find_ego(network, Seen(network, {}, {}, {}).ties_of, "a")
    assert ego.stappen == {"a": 0, "b": 1, "c": 2}
    assert {(one.van_id, one.naar_id) for one in ego.ties} == {("a", "b"), ("b", "c"), ("a", "c")}


def test_an_actor_that_is_not_there_is_not_found() -> None:
    network = build_network([actor("a")], [], TODAY)
    with pytest.raises(NotFoundError):
        find_ego(network, {}, "z")
