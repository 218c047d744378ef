"""A key position is an actor whose departure splits its part of the network."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from socialmap.network.errors import EmptyNetworkError
from socialmap.network.key_positions import (
    KeyPosition,
    cut_vertices_of,
    find_key_positions,
)
from socialmap.network.ready import make_ready
from tests.unit.network.making import graph, graphs


def _lost_by_taking_away(network: nx.Graph[str], actor_id: str) -> int:
    """Count by the definition: who of its part is not in the largest piece that is left."""
    part = nx.node_connected_component(network, actor_id) - {actor_id}
    pieces = nx.connected_components(network.subgraph(part))
    return len(part) - max(map(len, pieces), default=0)


@given(graphs())
@settings(max_examples=400)
def test_actor_is_listed_if_and_only_if_its_departure_splits(network: nx.Graph[str]) -> None:
    listed = {key.actor_id: key.raakt_los for key in find_key_positions(network)}
    for actor_id in network:
        lost = _lost_by_taking_away(network, actor_id)
        assert listed.get(actor_id, 0) == lost
        assert (actor_id in listed) == (lost > 0)
    assert set(cut_vertices_of(make_ready(network))) == set(listed)


@given(graphs(most=40))
@settings(max_examples=100)
def test_larger_networks(network: nx.Graph[str]) -> None:
    listed = {key.actor_id: key.raakt_los for key in find_key_positions(network)}
    assert listed == {i: lost for i in network if (lost := _lost_by_taking_away(network, i))}


def test_smaller_part_is_measured_against_itself() -> None:
    ring = [("B1", "B2"), ("B2", "B3"), ("B3", "B4"), ("B4", "B1")]
    assert find_key_positions(graph([*ring, ("A1", "A2"), ("A2", "A3")])) == (
        KeyPosition(actor_id="A2", raakt_los=1),
    )


def test_most_lost_comes_first_then_id() -> None:
    chain = graph([("A", "B"), ("B", "C"), ("C", "D"), ("D", "E")])
    assert [(key.actor_id, key.raakt_los) for key in find_key_positions(chain)] == [
        ("C", 2),
        ("B", 1),
        ("D", 1),
    ]


def test_long_chain_needs_no_deep_stack() -> None:
    count = 20_001
    chain = nx.relabel_nodes(nx.path_graph(count), lambda number: f"A{number:06}")
    found = find_key_positions(chain)
    assert len(found) == count - 2
    assert found[0] == KeyPosition(actor_id="A010000", raakt_los=10_000)


def test_network_without_actors_says_what_to_do() -> None:
    with pytest.raises(EmptyNetworkError, match="Kies een groter gebied"):
        find_key_positions(graph([]))
