"""The same network becomes the same one for igraph, in whatever order it was read."""

from __future__ import annotations

import random

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from socialmap.network.ready import make_ready
from tests.unit.network.making import graph, graphs


@given(graphs(), st.integers())
def test_order_of_reading_changes_nothing(network: nx.Graph[str], seed: int) -> None:
    ids, pairs = sorted(network), [tuple(sorted(pair)) for pair in network.edges]
    dice = random.Random(seed)  # noqa: S311 - no secret
    turned = [(b, a) if dice.random() < 0.5 else (a, b) for a, b in pairs]
    dice.shuffle(turned)
    found = make_ready(graph(turned, alone=dice.sample(ids, len(ids))))
    assert found.ids == tuple(ids)
    assert [tuple(found.ids[end] for end in edge.tuple) for edge in found.graph.es] == sorted(pairs)


def test_loops_are_left_out() -> None:
    assert make_ready(graph([("A", "A"), ("A", "B")])).graph.ecount() == 1
