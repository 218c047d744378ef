"""The figures that were counted by hand on the example map, with every actor in it."""

from __future__ import annotations

import pytest

from socialmap.network.figures import find_parts
from socialmap.network.graph import Network, Places
from socialmap.network.isolated import find_isolated, find_unconnected
from socialmap.network.key_positions import find_key_positions
from socialmap.network.what_if import what_if

#: Cut vertices that alone hold a community, with those behind them; and those with a loose end.
BRIDGES = {
    "A109": {"A068", "A069"},
    "A110": {"A098", "A099"},
    "A112": {"A070", "A071"},
    "A113": {"A107"},
    "A115": {"A073", "A074"},
}
LOOSE_ENDS = {"A001", "A003", "A004", "A009", "A026", "A035", "A050", "A053", "A064"}


def test_knots_and_lines(network: Network) -> None:
    assert network.lines.number_of_nodes() == 113
    assert network.lines.number_of_edges() == 237


def test_parts(network: Network) -> None:
    assert find_parts(network.lines) == (107, 2, 1, 1, 1, 1)


def test_key_positions_are_the_ones_named(network: Network) -> None:
    found = {key.actor_id for key in find_key_positions(network.lines)}
    assert found == set(BRIDGES) | LOOSE_ENDS


@pytest.mark.parametrize(("actor_id", "behind"), BRIDGES.items())
def test_bridge_to_a_community(
    network: Network, places: Places, actor_id: str, behind: set[str]
) -> None:
    lost = {key.actor_id: key.raakt_los for key in find_key_positions(network.lines)}
    assert lost[actor_id] == len(behind)
    assert behind <= set(network.lines[actor_id])
    after = what_if(network, places, actor_id).na
    assert after.delen[0] == 107 - 1 - len(behind)


def test_alone(network: Network) -> None:
    assert find_isolated(network.lines) == ("A081", "A090", "A104", "A106")


def test_loose_pair(network: Network) -> None:
    assert set(network.lines["A080"]) == {"A103"}
    assert set(network.lines["A103"]) == {"A080"}


def test_hubs(network: Network) -> None:
    hubs = {"A002": 17, "A001": 14, "A004": 13, "A003": 11}
    assert {actor_id: network.lines.degree[actor_id] for actor_id in hubs} == hubs
    assert max(network.lines.degree, key=lambda one: one[1]) == ("A002", 17)


def test_with_wishes_everything_is_one_and_no_person_holds_it(network: Network) -> None:
    both = network.lines.copy()
    both.add_edges_from(network.wished.edges)
    assert find_parts(both) == (113,)
    persons = {a.id for a in network.actors.values() if a.soort.value == "sleutelfiguur"}
    assert not persons & {key.actor_id for key in find_key_positions(both)}


def test_who_has_no_way_to_the_team_of_its_place(network: Network, places: Places) -> None:
    found = {one.actor_id: one.teams for one in find_unconnected(network, places)}
    # A080 and A103 know each other only, and A081, A090, A104 and A106 know nobody.
    assert {i for i in ("A080", "A081", "A090", "A103", "A104", "A106") if i in places} <= set(
        found
    )
    # Who is a neighbour of the team of its own place is never on the list.
    for team in ("A005", "A006", "A007", "A008", "A009", "A010"):
        assert not [i for i in network.lines[team] if i in found and team in found[i]]
