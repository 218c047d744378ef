"""What only one actor holds is what no colleague is tied to, and the nearest takes it over."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import Network, build_network
from socialmap.network.key_positions import find_key_positions
from socialmap.network.leaving import Handover, find_colleagues, find_leaving, find_lost
from tests.unit.network.making import actor, graphs, records, tie

TODAY = date(2026, 11, 22)


def _takes_part(van: str, naar: str) -> Relatie:
    return tie(van, naar, soort=Relatiesoort.NEEMT_DEEL, richting=Richting.GERICHT)


def _belongs(van: str, naar: str) -> Relatie:
    return tie(van, naar, soort=Relatiesoort.MOEDERORGANISATIE, richting=Richting.GERICHT)


def _shares(network: Network, one: str, other: str, *, team: bool) -> bool:
    """Tell by the definition whether two share a team (or a table)."""

    def groups(key: str) -> set[str]:
        found = {key}
        for made in network.ties:
            if made.van_id != key or made.feitelijk is Feitelijk.GEWENST:
                continue
            of_team = network.actors[made.naar_id].soort is Soort.WIJKTEAM
            mother = made.soort is Relatiesoort.MOEDERORGANISATIE
            part = made.soort is Relatiesoort.NEEMT_DEEL
            if (mother or (part and of_team)) if team else (part and not of_team):
                found.add(made.naar_id)
        return found

    return bool(groups(one) & groups(other))


@given(records(most=9), st.data())
@settings(max_examples=400)
def test_it_is_what_the_definition_says(
    made: tuple[list[Actor], list[Relatie]], data: st.DataObject
) -> None:
    network = build_network(*made, TODAY)
    gone = data.draw(st.sampled_from(sorted(network.actors)))
    others = set(network.actors) - {gone}
    colleagues = {key for key in others if _shares(network, gone, key, team=True)}
    table = {key for key in others if _shares(network, gone, key, team=False)} - colleagues
    left = network.lines.subgraph(others)
    found = find_leaving(network, gone)
    assert set(found.collegas) == colleagues
    near = set(network.lines[gone]) - colleagues
    alone = {key for key in near if not colleagues.intersection(network.lines[key])}
    assert [one.actor_id for one in found.alleen] == sorted(alone)
    assert dict(found.ook) == {
        key: tuple(sorted(colleagues.intersection(network.lines[key]))) for key in near - alone
    }
    for one in found.alleen:
        steps = nx.single_source_shortest_path_length(left, one.actor_id)
        reach = (colleagues & steps.keys()) or (table & steps.keys() - {one.actor_id})
        if not reach:
            assert one == Handover(actor_id=one.actor_id)
            continue
        assert one.door == min(reach, key=lambda key: (steps[key], key))
        assert one.collega == (one.door in colleagues)
        assert (one.weg[0], one.weg[-1]) == (one.door, one.actor_id)
        assert len(one.weg) == steps[one.door] + 1
        assert nx.is_path(left, one.weg)


@given(records(most=9))
@settings(max_examples=150)
def test_who_comes_loose_is_counted_as_for_a_key_position(
    made: tuple[list[Actor], list[Relatie]],
) -> None:
    network = build_network(*made, TODAY)
    counted = {key.actor_id: key.raakt_los for key in find_key_positions(network.lines)}
    for gone in network.actors:
        assert len(find_leaving(network, gone).raakt_los) == counted.get(gone, 0)


def test_colleagues_go_before_who_sits_at_the_same_table() -> None:
    actors = [actor("team", soort=Soort.WIJKTEAM), *map(actor, ["G", "C", "T", "tafel", "X", "Y"])]
    ties = [
        *(_takes_part(key, "team") for key in ("G", "C")),
        *(_takes_part(key, "tafel") for key in ("G", "T")),
        *(tie("G", key) for key in ("X", "Y")),
        tie("T", "X"),
        tie("C", "Y"),
    ]
    network = build_network(actors, ties, TODAY)
    assert find_colleagues(network, "G") == (
        {"team": "team", "C": "team"},
        {"tafel": "tafel", "T": "tafel"},
    )
    found = find_leaving(network, "G")
    # T knows X at first hand, but nobody of the team has a way to X.
    assert [(one.actor_id, one.door, one.weg, one.groep, one.collega) for one in found.alleen] == [
        ("X", "T", ("T", "X"), "tafel", False),
        ("tafel", "T", ("T", "tafel"), "tafel", False),
    ]
    assert found.ook == (("Y", ("C",)),)


def test_the_way_does_not_run_through_who_leaves() -> None:
    ties = [_belongs("G", "M"), _belongs("C", "M"), tie("G", "X"), tie("X", "Z"), tie("Z", "C")]
    network = build_network([actor(key) for key in "GCMXZ"], ties, TODAY)
    (one,) = find_leaving(network, "G").alleen
    assert (one.actor_id, one.door, one.weg, one.groep) == ("X", "C", ("C", "Z", "X"), "M")
    # Without Z nobody has a way: the way from M would run through G.
    network = build_network([actor(key) for key in "GCMX"], ties, TODAY)
    assert find_leaving(network, "G").alleen == (Handover(actor_id="X"),)


def test_a_mother_organisation_that_goes_is_followed_up_by_its_members() -> None:
    ties = [_belongs("lid", "M"), tie("M", "X"), tie("lid", "Y"), tie("Y", "X")]
    network = build_network([actor(key) for key in ("lid", "M", "X", "Y")], ties, TODAY)
    (one,) = find_leaving(network, "M").alleen
    assert (one.door, one.weg) == ("lid", ("lid", "Y", "X"))


def test_a_wished_tie_is_nothing_to_hand_over() -> None:
    wished = tie("G", "X", feitelijk=Feitelijk.GEWENST)
    found = find_leaving(build_network([actor("G"), actor("X")], [wished], TODAY), "G")
    assert (found.alleen, found.ook, found.raakt_los) == ((), (), ())


def test_who_is_not_in_the_network_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        find_leaving(build_network([actor("A")], [], TODAY), "X")


@given(graphs(), st.data())
@settings(max_examples=300)
def test_who_comes_loose_is_not_in_the_largest_piece_left(
    network: nx.Graph[str], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(sorted(network)))
    part = nx.node_connected_component(network, gone) - {gone}
    pieces = [sorted(piece) for piece in nx.connected_components(network.subgraph(part))]
    # Of pieces of one size the one with the first id is the rest.
    pieces.sort(key=lambda piece: (-len(piece), piece))
    assert find_lost(network, gone) == tuple(sorted(key for piece in pieces[1:] for key in piece))
