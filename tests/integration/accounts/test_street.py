"""Something new on the street: kept once, named beside what it looks like, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.store.engine import Store
from socialmap.store.proposals import open_proposals
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_sign_in import sign_in

Maker = Callable[..., Person]
KEY = "a" * 32
HERE = f"/bijwerken/nieuw/{KEY}"
FORM = {
    "eigen": KEY,
    "naam": "Soep op donderdg",
    "soort": "bewonersinitiatief",
    "themas": "sociaal_netwerk",
    "lon": "4.64351",
    "lat": "52.36087",
}


def send(client: FlaskClient, **more: str) -> Any:
    return client.post("/bijwerken/nieuw", data=FORM | more)


def waiting(store: Store) -> list[Any]:
    with store.reading() as conn:
        return open_proposals(conn)


def test_what_is_sent_twice_is_one(client: FlaskClient, store: Store) -> None:
    assert [send(client).location for _ in range(2)] == [HERE, HERE]
    by_script = client.post("/bijwerken/nieuw", data=FORM, headers={"Accept": "application/json"})
    assert by_script.json == {"adres": HERE}
    kept = waiting(store)
    assert [one.id for one in kept] == [KEY]
    assert "gecontroleerd_op" not in kept[0].cellen
    assert send(client, naam="Iets anders").status_code == 409


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"soort": "sleutelfiguur"}, "soort"),
        ({"naam": ""}, "naam"),
        ({"themas": "gezelligheid"}, "themas"),
        ({"lon": "", "lat": ""}, "plek"),
        ({"lon": "x"}, "plek"),
        ({"lon": "6.5", "lat": "53.2"}, "plek"),
        ({"lon": "", "lat": "", "plek": "Nergensbuurt"}, "plek"),
        ({"omschrijving": "x" * 201}, "omschrijving"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: FlaskClient, store: Store, wrong: dict[str, str], field: str
) -> None:
    answer = client.post(
        "/bijwerken/nieuw", data=FORM | wrong, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, list(answer.json["fouten"])) == (422, [field])
    assert send(client, **wrong).status_code == 422
    assert waiting(store) == []


def test_a_visitor_takes_back_with_the_value_in_the_page(client: FlaskClient, store: Store) -> None:
    send(client)
    assert client.post(f"{HERE}/terug", data={"bewijs": "x"}).status_code == 404
    found = re.search(r'name="bewijs" value="([^"]+)"', client.get(HERE).text)
    assert found is not None
    assert client.post(f"{HERE}/terug", data={"bewijs": found[1]}).status_code == 303
    assert waiting(store) == []
    assert "Weggehaald" in client.get(HERE).text
    assert client.post(f"{HERE}/terug", data={"bewijs": found[1]}).status_code == 409


def test_who_may_edit_puts_it_on_the_map(client: FlaskClient, person: Maker, store: Store) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER))
    send(client)
    assert "gecontroleerd_op" in waiting(store)[0].cellen
    stranger = client.application.test_client()
    assert stranger.get(HERE).status_code == 404
    assert stranger.post(f"{HERE}/terug").status_code == 404
    made = client.post(f"{HERE}/zet")
    assert made.status_code == 303
    assert FORM["naam"] in client.get(made.location).text


def test_only_what_the_writer_may_see_is_named(
    client: FlaskClient,
    person: Maker,
    api: Callable[..., Api],  # noqa: F811
) -> None:
    hidden = NEW | {"naam": "Soep op donderdag zaal", "zichtbaarheid": "team"}
    writer = api(Rol.BEHEERDER)
    writer.make(NEW)
    writer.make(hidden)
    send(client)
    page = client.get(HERE).text
    assert "Lijkt op" in page
    assert NEW["naam"] in page
    assert hidden["naam"] not in page
    keeper = client.application.test_client()
    sign_in(keeper, person(Rol.OPBOUWWERKER))
    listed = keeper.get("/voorstellen").text
    assert "Lijkt op" in listed
    assert hidden["naam"] in listed


def test_enforcement_keeps_nothing(client: FlaskClient, person: Maker, store: Store) -> None:
    sign_in(client, person(Rol.TOEZICHT))
    assert send(client).status_code == 403
    assert waiting(store) == []
