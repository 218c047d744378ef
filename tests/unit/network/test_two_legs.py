"""A member of a team has one leg in the team and one in the organisation that it belongs to."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting
from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import build_network
from socialmap.network.two_legs import find_two_legs
from tests.unit.network.making import actor, records, tie

TODAY = date(2026, 11, 22)


def _tie(van: str, naar: str, soort: Relatiesoort, **values: object) -> Relatie:
    return tie(van, naar, soort=soort, richting=Richting.GERICHT, **values)


@given(records(most=8))
@settings(max_examples=300)
def test_it_is_what_the_definition_says(made: tuple[list[Actor], list[Relatie]]) -> None:
    network = build_network(*made, TODAY)
    pairs = {
        kind: {
            (t.van_id, t.naar_id)
            for t in network.ties
            if t.soort is kind and t.feitelijk is Feitelijk.FEITELIJK
        }
        for kind in Relatiesoort
    }
    part, mother = pairs[Relatiesoort.NEEMT_DEEL], pairs[Relatiesoort.MOEDERORGANISATIE]
    everybody = list(network.actors)
    found = find_two_legs(network, everybody)
    assert list(found) == everybody
    for team, legs in found.items():
        above = {key for key in everybody if (team, key) in mother}
        assert legs.koepels == tuple(sorted(above))
        own = [key for key in everybody if (key, team) in part]
        assert [one.lid for one in legs.leden] == own
        wide = [
            k for k in everybody if k not in (*own, team) and any((k, a) in part for a in above)
        ]
        assert [one.lid for one in legs.breed] == wide
        for one in (*legs.leden, *legs.breed):
            homes = [k for k in everybody if (one.lid, k) in mother and k not in above | {team}]
            assert list(one.moeders) == homes
            assert one.band.van_id == one.lid


def test_a_function_stands_in_the_team_and_in_its_department() -> None:
    ties = [
        _tie("consulent", "team", Relatiesoort.NEEMT_DEEL),
        _tie("consulent", "gemeente", Relatiesoort.MOEDERORGANISATIE),
        _tie("welzijn", "netwerk", Relatiesoort.NEEMT_DEEL),
        _tie("team", "netwerk", Relatiesoort.MOEDERORGANISATIE),
        _tie("cjg", "team", Relatiesoort.NEEMT_DEEL, feitelijk=Feitelijk.GEWENST),
    ]
    ids = ["cjg", "consulent", "gemeente", "netwerk", "team", "welzijn"]
    legs = find_two_legs(build_network(map(actor, ids), ties, TODAY), ["team"])["team"]
    assert [(one.lid, one.moeders) for one in legs.leden] == [("consulent", ("gemeente",))]
    assert [(one.lid, one.moeders) for one in legs.breed] == [("welzijn", ())]
    assert legs.koepels == ("netwerk",)


def test_a_team_of_nobody_has_no_members() -> None:
    legs = find_two_legs(build_network([actor("team")], [], TODAY), ["team"])["team"]
    assert (legs.leden, legs.koepels, legs.breed) == ((), (), ())
