"""Betweenness equals that of networkx; a sample says how far it can be off."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from socialmap.network import bridging
from socialmap.network.bridging import (
    EXACT_TO,
    exact_bridging,
    find_bridging,
    sample_size,
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


def test_just_over_the_limit_the_exact_value_lies_within_the_stated_error() -> None:
    ready = make_ready(_town(EXACT_TO))
    assert len(ready.ids) > EXACT_TO
    exact = {one.actor_id: one.waarde for one in exact_bridging(ready)}
    found = bridging.bridging_of(ready)
    assert all(one.fout > 0 for one in found)
    off = {one.actor_id: abs(one.waarde - exact[one.actor_id]) / one.fout for one in found}
    assert sum(value <= 1 for value in off.values()) / len(off) >= 0.95
    # The error is no excuse: who leads is told from who does not.
    told = [one for one in found if one.waarde > one.fout]
    assert len(told) >= 20
    assert sum(off[one.actor_id] <= 1 for one in told) / len(told) >= 0.9
    assert sum(one.fout < one.waarde / 4 for one in told) >= 5


@pytest.mark.parametrize("many", [12, 20, 50])
def test_a_smaller_sample_holds_the_exact_value_as_well(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = make_ready(_town(2500))
    exact = {one.actor_id: one.waarde for one in exact_bridging(ready)}
    monkeypatch.setattr(bridging, "MOST_PER_BATCH", many)
    found = sampled_bridging(ready)
    right = [abs(one.waarde - exact[one.actor_id]) <= one.fout for one in found]
    assert sum(right) / len(right) >= 0.95
    assert min(one.fout for one in found) == pytest.approx(3 / (20 * many))


def test_the_sample_is_as_large_as_the_work_allows() -> None:
    assert sample_size(5_001, 15_000) == 1000
    assert sample_size(100_000, 300_000) == 240
    assert 0 < sample_size(10**9, 10**10) == 20


def test_more_than_the_limit_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    network = _town(1080)
    assert {one.fout for one in find_bridging(network)} == {0.0}
    monkeypatch.setattr(bridging, "EXACT_TO", 1099)
    assert max(one.fout for one in find_bridging(network)) > 0
    assert find_bridging(network) == sampled_bridging(make_ready(network))
