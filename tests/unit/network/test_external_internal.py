"""E-I index of formal and informal actors, per area."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Lijn
from socialmap.domain.model import Actor, Relatie
from socialmap.network.external_internal import LEAST_LINES, find_meeting
from socialmap.network.graph import Network, Places, build_network
from tests.unit.network.making import actor, placed, records, tie

TODAY = date(2026, 11, 22)


def _group(kind: str, count: int, lijn: Lijn | None) -> list[Actor]:
    return [actor(f"{kind}{number:02}", lijn=lijn) for number in range(count)]


def _check_by_counting(network: Network, places: Places) -> int:
    """Hold every index against counts over pairs; give the number of areas that have one."""
    lijn = {one.id: one.lijn for one in network.actors.values() if one.lijn is not None}

    def index(pairs: list[tuple[str, str]]) -> float:
        between = sum((lijn[a] == 0) != (lijn[b] == 0) for a, b in pairs)
        return (between - (len(pairs) - between)) / len(pairs)

    shown = 0
    for found in find_meeting(network, places):

        def counts(a: str, b: str, area: str = found.gebied) -> bool:
            here = area in (*places.get(a, ()), *places.get(b, ()))
            return a in lijn and b in lijn and here

        lines = [(a, b) for a, b in network.lines.edges if counts(a, b)]
        assert found.lijnen == len(lines)
        if len(lines) < LEAST_LINES:
            assert (found.waarde, found.verwacht, found.tussen) == (None, None, None)
            continue
        assert found.waarde == pytest.approx(index(lines))
        assert -1 <= index(lines) <= 1
        could_be = [(a, b) for a, b in combinations(sorted(lijn), 2) if counts(a, b)]
        assert found.verwacht == pytest.approx(index(could_be))
        shown += 1
    return shown


@given(records(most=9), st.data())
@settings(max_examples=200)
def test_index_and_expected_value_by_counting(
    made: tuple[list[Actor], list[Relatie]], data: st.DataObject
) -> None:
    actors, ties = made
    _check_by_counting(build_network(actors, ties, TODAY), data.draw(placed(actors)))


def test_every_area_of_the_example_by_counting(network: Network, places: Places) -> None:
    assert _check_by_counting(network, places) > 20


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
def test_bounds(between: int, formal: int, informal: int) -> None:
    assume(between + formal + informal >= LEAST_LINES)
    actors = _group("F", 8, Lijn.WIJK) + _group("I", 8, Lijn.BEWONERS)
    ties = [tie(f"F{n:02}", f"I{n:02}") for n in range(between)]
    ties += [tie(f"F{n:02}", f"F{n + 1:02}") for n in range(formal)]
    ties += [tie(f"I{n:02}", f"I{n + 1:02}") for n in range(informal)]
    network = build_network(actors, ties, TODAY)
    (found,) = find_meeting(network, {one.id: ("WK1",) for one in actors})
    assert found.tussen == between
    assert found.waarde is not None
    assert -1 <= found.waarde <= 1
    assert (found.waarde == 1) == (formal + informal == 0)
    assert (found.waarde == -1) == (between == 0)


@pytest.mark.parametrize(("lines", "shown"), [(LEAST_LINES - 1, False), (LEAST_LINES, True)])
def test_too_few_lines_give_no_index(lines: int, shown: bool) -> None:
    actors = _group("F", 12, Lijn.SPECIALIST) + _group("I", 12, Lijn.BEWONERS)
    ties = [tie(f"F{n:02}", f"I{n:02}") for n in range(lines)]
    (found,) = find_meeting(
        build_network(actors, ties, TODAY),
        {"F00": ("WK1",)} | {f"F{n:02}": ("WK1",) for n in range(12)},
    )
    assert found.lijnen == lines
    assert (found.waarde == 1.0) is shown
    assert (found.verwacht is not None) is shown


def test_actor_without_a_line_counts_nowhere() -> None:
    actors = _group("F", 12, Lijn.WIJK) + _group("N", 12, None)
    ties = [tie(f"F{n:02}", f"N{n:02}") for n in range(12)]
    (found,) = find_meeting(
        build_network(actors, ties, TODAY), {one.id: ("WK1",) for one in actors}
    )
    assert found.lijnen == 0
