"""What a reader may not see is in no network and in no figure (eisen.md, 20)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer, may_see
from socialmap.editing.apply import Batch
from socialmap.network.figures import Figures, measure
from socialmap.network.graph import Network, Places, build_network
from socialmap.network.introduce import find_introduction
from socialmap.network.what_if import what_if
from socialmap.store.engine import Store
from socialmap.store.indexing import Places as Locating
from socialmap.store.records import all_actors, all_relaties

LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM, Niveau.BEHEER)
#: Knots and lines that each reader has, counted on the practice data.
SIZES = {
    Niveau.OPENBAAR: (99, 154),
    Niveau.PROFESSIONAL: (107, 213),
    Niveau.TEAM: (111, 231),
    Niveau.BEHEER: (111, 231),
}
TEAMS = ("A005", "A006", "A007", "A008", "A009", "A010")


@dataclass(frozen=True)
class Seen:
    """What one reader is shown."""

    niveau: Niveau
    network: Network
    places: Places
    figures: Figures


@pytest.fixture(scope="module", params=LEVELS, ids=lambda level: level.code)
def seen(request: pytest.FixtureRequest, filled: Store, places: Locating, today: date) -> Seen:
    lezer = Lezer(request.param)
    with filled.reading() as conn:
        actors = all_actors(conn, lezer, today)
        network = build_network(actors, all_relaties(conn, lezer, today), today)
    return _measured(request.param, network, places)


def _measured(niveau: Niveau, network: Network, places: Locating) -> Seen:
    points = {
        a.id: (a.lon, a.lat)
        for a in network.actors.values()
        if a.lon is not None and a.lat is not None
    }
    held = places.locate_many(list(points.values()))
    areas: Places = dict(zip(points, held, strict=True))
    return Seen(niveau, network, areas, measure(network, areas))


def _ids_in(value: object) -> set[str]:
    """Every id of an actor that stands anywhere in what is shown."""
    return set(re.findall(r"\bA\d{3}\b", repr(value)))


def _hidden(seen: Seen, batch: Batch, today: date) -> set[str]:
    lezer = Lezer(seen.niveau)
    return {one.id for one in batch.actoren if not may_see(one, lezer, today)}


def test_size_by_level(seen: Seen) -> None:
    assert (seen.figures.knopen, seen.figures.lijnen) == SIZES[seen.niveau]


def test_no_hidden_id_is_in_network_or_figures(seen: Seen, batch: Batch, today: date) -> None:
    hidden = _hidden(seen, batch, today)
    assert {"A114", "A116"} <= hidden
    assert seen.niveau is not Niveau.OPENBAAR or len(hidden) == 14
    ties = [(tie.van_id, tie.naar_id) for tie in seen.network.ties]
    shown = _ids_in(seen.figures) | _ids_in(ties)
    for made in (seen.network.lines, seen.network.wished, seen.network.steps):
        shown |= _ids_in(list(made.nodes)) | _ids_in(list(made.edges(data=True)))
    assert len(shown) == seen.figures.knopen
    assert not shown & hidden


def test_figures_equal_those_of_a_map_that_never_held_the_hidden(
    seen: Seen, batch: Batch, places: Locating, today: date
) -> None:
    hidden = _hidden(seen, batch, today)
    never = build_network(
        [one for one in batch.actoren if one.id not in hidden],
        [one for one in batch.relaties if one.zichtbaarheid <= seen.niveau],
        today,
    )
    assert _measured(seen.niveau, never, places).figures == seen.figures


def test_no_hidden_id_is_in_an_introduction(seen: Seen, batch: Batch, today: date) -> None:
    hidden = _hidden(seen, batch, today)
    found = [
        find_introduction(seen.network.steps, team, actor_id)
        for team in TEAMS
        for actor_id in seen.network.actors
    ]
    assert sum(one is not None for one in found) > 100
    assert not _ids_in(found) & hidden


def test_no_hidden_id_is_in_a_what_if(seen: Seen, batch: Batch, today: date) -> None:
    hidden = _hidden(seen, batch, today)
    for actor_id in ("A001", "A002", "A003"):
        after = what_if(seen.network, seen.places, actor_id)
        assert after.geraakt
        assert not _ids_in(after) & hidden
        assert actor_id not in _ids_in(after.na)


def test_bridges_that_are_persons_are_named_to_who_may_see_them_only(seen: Seen) -> None:
    named = {key.actor_id for key in seen.figures.sleutelposities}
    persons = named & {f"A{number}" for number in range(108, 118)}
    expected = {
        Niveau.OPENBAAR: set(),
        Niveau.PROFESSIONAL: {"A109", "A112"},
        Niveau.TEAM: {"A109", "A110", "A112", "A113", "A115"},
        Niveau.BEHEER: {"A109", "A110", "A112", "A113", "A115"},
    }
    assert persons == expected[seen.niveau]
