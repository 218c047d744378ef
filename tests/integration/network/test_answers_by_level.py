"""No answer about the network tells of what a reader may not see.

For each level every answer is the same, byte for byte, as on a map that never held it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch
from socialmap.network import answers
from socialmap.network.profile import PROFILED
from socialmap.network.reading import Seen, read_network
from socialmap.network.what_if import Als
from socialmap.store.engine import Store

from .conftest import MakeMap, hidden_of, without_hidden

LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
TEAMS = ("A005", "A006", "A007", "A008", "A009", "A010")


@dataclass(frozen=True)
class Two:
    """What a reader sees of the whole map, and of one from which the hidden were deleted."""

    seen: Seen
    bare: Seen
    hidden: frozenset[str]
    names: frozenset[str]
    everybody: tuple[str, ...]


def _read(store: Store, niveau: Niveau, today: date) -> Seen:
    with store.reading() as conn:
        return read_network(conn, Lezer(niveau), today)


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: level.code)
def two(
    request: pytest.FixtureRequest, whole: Store, make_map: MakeMap, batch: Batch, today: date
) -> Two:
    niveau = request.param
    bare = make_map(without_hidden(batch, niveau, today))
    hidden = frozenset(hidden_of(batch, niveau, today))
    names = frozenset(one.naam for one in batch.actoren if one.id in hidden)
    everybody = tuple(one.id for one in batch.actoren)
    seen = _read(whole, niveau, today)
    return Two(seen, _read(bare, niveau, today), hidden, names, everybody)


def _networks(seen: Seen) -> Iterator[Any]:
    yield answers.network_json(seen, answers.Keep())
    for code in seen.areas:
        yield answers.network_json(seen, answers.Keep(gebied=code))
    for soort in Soort:
        yield answers.network_json(seen, answers.Keep(soorten=(soort,)))
    for kind in Relatiesoort:
        yield answers.network_json(seen, answers.Keep(relatiesoorten=(kind,)))
    for real in Feitelijk:
        yield answers.network_json(seen, answers.Keep(feitelijk=real))


def _figures(seen: Seen) -> Iterator[Any]:
    yield answers.isolated_json(seen)
    yield answers.key_positions_json(seen)
    yield answers.profile_json(seen)
    for area in seen.areas.values():
        yield answers.key_positions_json(seen, area.code)
        if area.niveau in PROFILED:
            yield answers.profile_json(seen, area.code)


def _or_missing(ask: Any) -> Any:
    try:
        return ask()
    except NotFoundError as error:
        return {"niet gevonden": str(error)}


def _of_each(seen: Seen, everybody: tuple[str, ...]) -> Iterator[Any]:
    for actor_id in everybody:
        yield _or_missing(lambda key=actor_id: answers.ego_json(seen, key))
        for team in TEAMS:
            yield _or_missing(lambda a=team, b=actor_id: answers.path_json(seen, a, b))
            yield _or_missing(lambda a=actor_id, b=team: answers.path_json(seen, a, b))


def _what_ifs(seen: Seen, everybody: tuple[str, ...]) -> Iterator[Any]:
    for actor_id in everybody:
        yield _or_missing(lambda key=actor_id: answers.leaving_json(seen, key))
        for als in Als:
            yield _or_missing(lambda a=actor_id, b=als: answers.what_if_json(seen, a, b))


def _bytes(found: Iterator[Any]) -> list[bytes]:
    return [json.dumps(one, ensure_ascii=False, allow_nan=False).encode() for one in found]


def _check(two: Two, ours: list[bytes], bare: list[bytes], least: int) -> None:
    assert len(ours) >= least
    assert ours == bare
    for line in ours:
        text = line.decode()
        if text.startswith('{"niet gevonden"'):
            continue
        assert not set(re.findall(r"\bA\d{3}\b", text)) & two.hidden
        assert not [name for name in two.names if name in text]


def test_the_levels_hide_something(two: Two) -> None:
    assert {"A114", "A116"} <= two.hidden
    assert len(two.seen.network.actors) > 90


def test_the_network_is_that_of_a_map_without_the_hidden(two: Two) -> None:
    _check(two, _bytes(_networks(two.seen)), _bytes(_networks(two.bare)), 100)


def test_the_figures_are_those_of_a_map_without_the_hidden(two: Two) -> None:
    _check(two, _bytes(_figures(two.seen)), _bytes(_figures(two.bare)), 100)


def test_paths_and_ego_views_are_those_of_a_map_without_the_hidden(two: Two) -> None:
    ours = _bytes(_of_each(two.seen, two.everybody))
    _check(two, ours, _bytes(_of_each(two.bare, two.everybody)), 1000)
    # Each hidden actor is asked for, and is as absent as one that never was.
    missing = [one for one in ours if one.startswith(b'{"niet gevonden"')]
    assert len(missing) >= 13 * len(two.hidden)


def test_what_if_is_that_of_a_map_without_the_hidden(two: Two) -> None:
    _check(
        two,
        _bytes(_what_ifs(two.seen, two.everybody)),
        _bytes(_what_ifs(two.bare, two.everybody)),
        300,
    )


def test_levels_differ_so_the_comparison_can_fail(whole: Store, today: date) -> None:
    made = [_bytes(_figures(_read(whole, niveau, today))) for niveau in LEVELS]
    assert len({tuple(one) for one in made}) == len(LEVELS)
