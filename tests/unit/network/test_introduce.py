"""The best introduction of at most three steps, held against every path that there is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import build_network
from socialmap.network.introduce import Introduction, find_introduction
from tests.unit.network.making import actor, records, tie

TODAY = date(2026, 11, 22)
#: Step values as begrippen.md gives them.
KIND = {
    "kent": Fraction(1),
    "werkt_samen": Fraction(8, 10),
    "ontwikkelt_samen": Fraction(8, 10),
    "leidt_toe": Fraction(7, 10),
}


def _best_tie(ties: list[Relatie], van: str, naar: str) -> Fraction:
    """Value of the best actual tie that runs from one to the other; 0 when there is none."""
    return max(
        (
            KIND.get(t.soort.value, Fraction(1, 2)) * Fraction(t.sterkte, 3)
            for t in ties
            if t.feitelijk is Feitelijk.FEITELIJK
            and (
                (t.van_id, t.naar_id) == (van, naar)
                or (t.richting is Richting.WEDERKERIG and (t.naar_id, t.van_id) == (van, naar))
            )
        ),
        default=Fraction(0),
    )


@given(records())
@settings(max_examples=300)
def test_equals_the_best_of_all_paths(made: tuple[list[Actor], list[Relatie]]) -> None:
    actors, ties = made
    ids = [one.id for one in actors]
    value = {(a, b): _best_tie(ties, a, b) for a in ids for b in ids if a != b}
    everything = nx.DiGraph(pair for pair, worth in value.items() if worth)
    everything.add_nodes_from(ids)
    steps = build_network(actors, ties, TODAY).steps
    van = ids[0]
    for naar in ids[1:]:
        ranked = []
        for path in nx.all_simple_paths(everything, van, naar, cutoff=3):
            worth = Fraction(1)
            for number, pair in enumerate(pairwise(path)):
                worth *= value[pair] * (Fraction(1, 2) if number else 1)
            ranked.append((-worth, len(path), tuple(path)))
        found = find_introduction(steps, van, naar)
        if not ranked:
            assert found is None
            continue
        worth, _, path = min(ranked)
        assert found is not None
        assert found.pad == path
        assert found.waarde == pytest.approx(float(-worth))
        assert 0 < found.waarde <= 1


def _steps(*ties: Relatie) -> nx.DiGraph[str]:
    ids = {end for one in ties for end in (one.van_id, one.naar_id)}
    return build_network([actor(one) for one in ids], ties, TODAY).steps


def test_directed_tie_runs_forwards_only() -> None:
    steps = _steps(tie("A", "B", richting=Richting.GERICHT))
    assert find_introduction(steps, "A", "B") == Introduction(pad=("A", "B"), waarde=1.0)
    assert find_introduction(steps, "B", "A") is None


def test_good_word_of_two_beats_a_weak_tie_of_ones_own() -> None:
    weak = tie("A", "C", soort=Relatiesoort.NEEMT_DEEL, sterkte=1)
    found = find_introduction(_steps(weak, tie("A", "B"), tie("B", "C")), "A", "C")
    assert found == Introduction(pad=("A", "B", "C"), waarde=0.5)


def test_equal_paths_give_fewer_steps_and_then_ids() -> None:
    half = tie("A", "C", soort=Relatiesoort.OVERLEGT)
    assert find_introduction(_steps(half, tie("A", "B"), tie("B", "C")), "A", "C") == Introduction(
        pad=("A", "C"), waarde=0.5
    )
    crossed = [tie("A", "B1"), tie("B1", "C2"), tie("C2", "D")]
    crossed += [tie("A", "B2"), tie("B2", "C1"), tie("C1", "D")]
    over = find_introduction(_steps(*crossed), "A", "D")
    assert over is not None
    assert over.pad == ("A", "B1", "C2", "D")
    both = [tie("A", "B2"), tie("B2", "C"), tie("A", "B1"), tie("B1", "C")]
    found = find_introduction(_steps(*both), "A", "C")
    assert found is not None
    assert found.pad == ("A", "B1", "C")


def test_four_steps_is_too_far() -> None:
    chain = _steps(tie("A", "B"), tie("B", "C"), tie("C", "D"), tie("D", "E"))
    assert find_introduction(chain, "A", "D") == Introduction(pad=("A", "B", "C", "D"), waarde=0.25)
    assert find_introduction(chain, "A", "E") is None


def test_nobody_needs_an_introduction_to_itself() -> None:
    assert find_introduction(_steps(tie("A", "B")), "A", "A") == Introduction(pad=("A",), waarde=1)


@pytest.mark.parametrize("pair", [("A", "X"), ("X", "A"), ("X", "X")])
def test_who_is_not_in_the_network_is_not_found(pair: tuple[str, str]) -> None:
    with pytest.raises(NotFoundError, match="Actor X is niet gevonden"):
        find_introduction(_steps(tie("A", "B")), *pair)
