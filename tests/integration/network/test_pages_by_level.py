"""No page about an area, the teams or a departure tells of what a reader may not see.

For each level every page is the same, byte for byte, as on a map that never held it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch
from socialmap.settings import Settings
from socialmap.store.engine import Store
from web.app import create_app

from .conftest import MakeMap, hidden_of, without_hidden

LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
AREAS = (
    "WK039221",
    "WK039220",
    "WK039201",
    "WK047301",
    "swt-schalkwijk-1",
    "swt-zandvoort",
    "GM0392",
    "EG-SCHALKWIJK",
)
#: In Meerwijk, tied to the team, to an initiative that has nobody else, and to a closed table.
PLANTED = Actor(
    id="A900",
    naam="Gepland Geheim",
    soort=Soort.SLEUTELFIGUUR,
    lijn=None,
    lon=4.65959,
    lat=52.35623,
    werkgebied=("WK039221",),
    zichtbaarheid=Niveau.BEHEER,
)
TIES = tuple(
    Relatie(
        id=f"R-A900-{other}-{soort.value}",
        van_id="A900",
        naar_id=other,
        soort=soort,
        richting=Richting.GERICHT,
        sterkte=3,
        feitelijk=feitelijk,
        zichtbaarheid=Niveau.BEHEER,
    )
    for other, soort, feitelijk in (
        ("A005", Relatiesoort.NEEMT_DEEL, Feitelijk.FEITELIJK),
        ("A001", Relatiesoort.MOEDERORGANISATIE, Feitelijk.FEITELIJK),
        ("A104", Relatiesoort.KENT, Feitelijk.FEITELIJK),
        ("A055", Relatiesoort.NEEMT_DEEL, Feitelijk.FEITELIJK),
        ("A024", Relatiesoort.KENT, Feitelijk.GEWENST),
    )
)


@dataclass(frozen=True)
class Two:
    """Clients of the whole map and of one from which the hidden were deleted."""

    whole: FlaskClient
    bare: FlaskClient
    hidden: frozenset[str]
    names: frozenset[str]
    everybody: tuple[str, ...]


@pytest.fixture(scope="module")
def planted(batch: Batch) -> Batch:
    """The example with somebody in it whom no reader of these levels may see."""
    return replace(batch, actoren=(*batch.actoren, PLANTED), relaties=(*batch.relaties, *TIES))


@pytest.fixture(scope="module")
def full(make_map: MakeMap, planted: Batch) -> Store:
    return make_map(planted)


@pytest.fixture(params=LEVELS, ids=lambda level: level.code)
def two(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    full: Store,
    bare_maps: dict[Niveau, Store],
    planted: Batch,
    today: date,
) -> Two:
    niveau = request.param
    monkeypatch.setattr("web.context.current_lezer", lambda: Lezer(niveau))
    hidden = frozenset(hidden_of(planted, niveau, today))
    return Two(
        _client(full, today),
        _client(bare_maps[niveau], today),
        hidden,
        frozenset(one.naam for one in planted.actoren if one.id in hidden),
        tuple(one.id for one in planted.actoren),
    )


@pytest.fixture(scope="module")
def bare_maps(make_map: MakeMap, planted: Batch, today: date) -> dict[Niveau, Store]:
    return {niveau: make_map(without_hidden(planted, niveau, today)) for niveau in LEVELS}


def _client(store: Store, today: date) -> FlaskClient:
    url = str(store._engine.url)
    return create_app(Settings(database=url, clock=Clock(today), secret="x" * 32)).test_client()


def _addresses(two: Two) -> Iterator[str]:
    yield "/netwerk/teams"
    for code in AREAS:
        yield f"/netwerk/profiel/{code}"
    for actor_id in two.everybody:
        yield f"/netwerk/vertrek/{actor_id}"


def test_pages_are_those_of_a_map_without_the_hidden(two: Two) -> None:
    assert "A900" in two.hidden
    asked = missing = 0
    for address in _addresses(two):
        ours, bare = two.whole.get(address), two.bare.get(address)
        assert ours.status_code == bare.status_code, address
        assert ours.data == bare.data, address
        asked += 1
        missing += ours.status_code == 404
        if ours.status_code == 200:
            assert not set(re.findall(r"\bA\d{3}\b", ours.text)) & two.hidden
            assert not [name for name in two.names if name in ours.text]
    assert asked > 120
    assert len(two.hidden) <= missing < 30


def test_the_notice_holds_what_everybody_may_know(two: Two, today: date, planted: Batch) -> None:
    closed = hidden_of(planted, Niveau.OPENBAAR, today)
    names = {one.naam for one in planted.actoren if one.id in closed}
    said = 0
    for actor_id in two.everybody:
        page = two.whole.get(f"/netwerk/vertrek/{actor_id}")
        for notice in re.findall(r"<pre.*?</pre>", page.text, re.DOTALL):
            said += 1
            assert not [name for name in names if name in notice]
            assert "mailto" not in notice
        if actor_id in closed:
            assert "<pre" not in page.text
    assert said > 90


def test_levels_differ_so_the_comparison_can_fail(
    full: Store, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = set()
    for niveau in LEVELS:
        monkeypatch.setattr("web.context.current_lezer", lambda level=niveau: Lezer(level))
        client = _client(full, today)
        made.add(client.get("/netwerk/profiel/WK039221").data)
    assert len(made) == len(LEVELS)
