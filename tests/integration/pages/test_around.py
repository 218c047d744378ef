"""The page of an actor with more ties than a list can hold, made without the whole network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.making import Filling, make_map
from socialmap.network import reading
from socialmap.settings import Settings
from socialmap.store.areas import read_shapes
from socialmap.store.engine import Store
from tests.integration.pages.conftest import look
from web.app import create_app

CLOCK = Clock(date(2026, 11, 22))
MANY = 340


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a map where one actor knows very many, the last of them best."""
    folder: Path = tmp_path_factory.mktemp("veel")
    url = f"sqlite:///{folder / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EMPTY)
    store = Store.open(url)
    with store.reading() as conn:
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    actors = [
        Actor(id=f"V{n:03}", naam=f"Groep nummer {n}", soort=Soort.PARTNER) for n in range(MANY + 1)
    ]
    ties = [
        Relatie(
            id=f"R{n:03}",
            van_id="V000",
            naar_id=f"V{n:03}",
            soort=Relatiesoort.KENT,
            richting=Richting.GERICHT,
            sterkte=3 if n > MANY - 10 else 1,
            feitelijk=Feitelijk.FEITELIJK,
        )
        for n in range(1, MANY + 1)
    ]
    with store.writing() as conn:
        batch = Batch(actoren=tuple(actors), relaties=tuple(ties))
        apply(conn, batch, wie="proef", now=CLOCK.now(), places=places)
    store.close()
    return create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client()


def test_the_strongest_ties_are_there_and_it_says_how_many_there_are(client: FlaskClient) -> None:
    page = look(client, "/actor/V000")
    assert f"Hier staan de 300 sterkste van {MANY} banden." in page.text
    assert "Hier staan de 36 met de sterkste band op." in page.text
    drawn = {a.get("data-id") for a in page.tree.iter("{http://www.w3.org/2000/svg}a")}
    assert len(drawn) == 37
    assert {f"V{n:03}" for n in range(MANY - 9, MANY + 1)} <= drawn
    assert f"Groep nummer {MANY}" in page.text


def test_who_has_few_ties_has_them_all(client: FlaskClient) -> None:
    text = look(client, "/actor/V001").text
    assert "sterkste van" not in text
    assert "Groep nummer 0" in text


def test_the_page_of_an_actor_needs_no_whole_network(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError("het hele netwerk is gelezen")

    monkeypatch.setattr(reading, "read_network", refuse)
    assert client.get("/actor/V002").status_code == 200
    # This shows that the refusal stands in the way of who does read it.
    assert client.get("/netwerk").status_code == 500
