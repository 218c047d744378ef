"""Betweenness equals that of networkx; a sample says how far it can be off."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from socialmap.network import bridging
from socialmap.network.bridging import (
    exact_bridging,
    find_bridging,
    sampled_bridging,
)
from socialmap.network.ready import make_ready
from tests.unit.network.making import graph, graphs


@given(graphs(most=25))
@settings(max_examples=200)
def test_equals_networkx(network: nx.Graph[str]) -> None:
    found = find_bridging(network)
    assert {one.actor_id: one.waarde for one in found} == pytest.approx(
        nx.betweenness_centrality(network), abs=1e-12
    )
    assert {one.fout for one in found} == {0.0}


def test_middle_of_a_star_stands_between_all() -> None:
    star = graph([("M", "A"), ("M", "B"), ("M", "C")])
    assert [(one.actor_id, one.waarde) for one in find_bridging(star)] == [
        ("M", 1.0),
        ("A", 0.0),
        ("B", 0.0),
        ("C", 0.0),
    ]


def _town(count: int) -> nx.Graph[str]:
    """Make a network with hubs, as towns have, and some actors without ties."""
    made = nx.barabasi_albert_graph(count, 2, seed=7)
    made.add_nodes_from(range(count, count + 20))
    return nx.relabel_nodes(made, lambda number: f"A{number:05}")


def test_interval_of_the_sample_holds_the_exact_value() -> None:
    ready = make_ready(_town(3000))
    exact = {one.actor_id: one.waarde for one in exact_bridging(ready)}
    sampled = sampled_bridging(ready)
    right = [abs(one.waarde - exact[one.actor_id]) <= one.fout for one in sampled]
    assert sum(right) / len(right) >= 0.95
    leaders = [one for one in sampled if exact[one.actor_id] > 0.05]
    assert len(leaders) >= 3
    assert all(abs(one.waarde - exact[one.actor_id]) <= one.fout for one in leaders)
    top = sampled[0]
    assert 0 < top.fout < 0.25 * top.waarde
    assert sampled == sampled_bridging(ready)


def test_more_than_the_limit_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    network = _town(1080)
    assert {one.fout for one in find_bridging(network)} == {0.0}
    monkeypatch.setattr(bridging, "EXACT_TO", 1099)
    assert max(one.fout for one in find_bridging(network)) > 0
    assert find_bridging(network) == sampled_bridging(make_ready(network))
