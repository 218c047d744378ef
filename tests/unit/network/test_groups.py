"""Communities, core and density."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given

from socialmap.network.communities import find_communities
from socialmap.network.core import find_core
from socialmap.network.density import areas_of, find_densities, kinds_of
from socialmap.network.graph import Network, Places
from tests.unit.network.making import graph, graphs


def _clique(letter: str, count: int) -> list[tuple[str, str]]:
    return list(combinations([f"{letter}{number}" for number in range(count)], 2))


def test_two_close_groups_with_one_line_between_are_two_communities() -> None:
    pairs = [*_clique("A", 5), *_clique("B", 4), ("A0", "B0")]
    found = find_communities(graph(pairs, alone=["C"]))
    assert found.groepen == (
        ("A0", "A1", "A2", "A3", "A4"),
        ("B0", "B1", "B2", "B3"),
        ("C",),
    )


@given(graphs())
def test_communities_divide_everybody_and_say_their_modularity(network: nx.Graph[str]) -> None:
    found = find_communities(network)
    assert sorted(i for group in found.groepen for i in group) == sorted(network)
    assert list(found.groepen) == sorted(found.groepen, key=lambda group: (-len(group), group))
    lines = network.number_of_edges()
    expected = nx.community.modularity(network, found.groepen) if lines else 0.0
    assert found.modulariteit == pytest.approx(expected, abs=1e-9)


@given(graphs())
def test_no_community_falls_apart(network: nx.Graph[str]) -> None:
    for group in find_communities(network).groepen:
        assert nx.is_connected(network.subgraph(group))


def test_same_network_gives_the_same_communities(network: Network) -> None:
    first = find_communities(network.lines)
    other_order = nx.Graph()
    other_order.add_nodes_from(reversed(list(network.lines)))
    other_order.add_edges_from((b, a) for a, b in reversed(list(network.lines.edges)))
    assert all(find_communities(other_order) == first for _ in range(5))
    assert first.modulariteit > 0.4


@given(graphs())
def test_depth_equals_networkx_and_core_is_the_deepest(network: nx.Graph[str]) -> None:
    found = find_core(network)
    depth = nx.core_number(network)
    assert dict(found.diepte) == depth
    highest = max(depth.values())
    deepest = {i for i in network if depth[i] == highest and highest >= 2}
    assert set(found.kern) == deepest
    assert set(found.rand) == set(network) - deepest
    assert found.k == (highest if deepest else 0)


def test_star_has_no_core() -> None:
    found = find_core(graph([("M", "A"), ("M", "B"), ("M", "C")]))
    assert (found.k, found.kern) == (0, ())
    assert found.rand == ("A", "B", "C", "M")


@given(graphs())
def test_density_by_counting_pairs(network: nx.Graph[str]) -> None:
    ids = sorted(network)
    group_of = {one: f"G{index % 3}" for index, one in enumerate(ids) if index % 5 != 4}
    listed = {(one.van, one.naar): one for one in find_densities(network, group_of)}
    codes = sorted(set(group_of.values()))
    for van, naar in [*combinations(codes, 2), *((code, code) for code in codes)]:
        pairs = [
            (a, b)
            for a, b in combinations(sorted(group_of), 2)
            if sorted((group_of[a], group_of[b])) == [van, naar]
        ]
        lines = sum(network.has_edge(*pair) for pair in pairs)
        if (van, naar) not in listed:
            assert lines == 0
            assert van != naar
            continue
        one = listed[van, naar]
        assert (one.lijnen, one.mogelijk) == (lines, len(pairs))
        assert one.dichtheid == (lines / len(pairs) if pairs else None)


def test_densities_of_kinds_count_every_line_once(network: Network) -> None:
    found = find_densities(network.lines, kinds_of(network))
    assert sum(one.lijnen for one in found) == 237
    assert sum(one.mogelijk for one in found if one.van == one.naar) < 113 * 112 / 2


def test_actors_are_grouped_by_the_area_of_one_level(network: Network, places: Places) -> None:
    wijken = {area for areas in places.values() for area in areas if area.startswith("WK")}
    group_of = areas_of(places, wijken)
    assert group_of
    assert all(wijk in places[actor_id] for actor_id, wijk in group_of.items())
    found = find_densities(network.lines, group_of)
    inside = [pair for pair in network.lines.edges if all(end in group_of for end in pair)]
    assert sum(one.lijnen for one in found) == len(inside) > 100
    assert areas_of({"A1": ("BU1", "WK1"), "A2": ("BU2",)}, ["WK1"]) == {"A1": "WK1"}
