"""The pages to change a record: who was first, what is wrong, and one tap that it is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.codes import Soort, Status
from socialmap.domain.model import Actor
from socialmap.domain.roles import Rol
from socialmap.editing.attention import needs_attention
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_sign_in import sign_in

Maker = Callable[..., Person]
FORM = {
    "gevraagd": ["naam", "omschrijving", "themas", "status"],
    "naam": "Soepbus",
    "omschrijving": "Elke donderdag soep.\r\nOok om mee te nemen.",
    "themas": ["basisbehoeften"],
    "status": "actief",
}


@pytest.fixture
def writer(client: FlaskClient, person: Maker) -> FlaskClient:
    sign_in(client, person(Rol.OPBOUWWERKER))
    return client


@pytest.fixture
def made(api: Callable[..., Api]) -> dict[str, Any]:  # noqa: F811
    body = NEW | {"telefoon": "023-0000001", "gecontroleerd_op": "2020-01-01"}
    found: dict[str, Any] = api(Rol.BEHEERDER).make(body).json
    return found


def tag_in(page: str) -> str:
    found = re.search(r'name="gelezen" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


def read(client: FlaskClient, key: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/actoren/{key}").json
    return found


def test_a_change_keeps_what_was_not_asked(writer: FlaskClient, made: dict[str, Any]) -> None:
    where = f"/bijwerken/actoren/{made['id']}"
    tag = tag_in(writer.get(where).text)
    answer = writer.post(where, data=FORM | {"gelezen": tag})
    assert (answer.status_code, answer.location) == (303, f"/actor/{made['id']}")
    after = read(writer, made["id"])
    assert after["naam"] == "Soepbus"
    assert after["telefoon"] == "023-0000001"
    assert (after["lon"], after["themas"]) == (NEW["lon"], ["basisbehoeften"])
    assert after["gecontroleerd_op"] == datetime.now(UTC).date().isoformat()


def test_who_was_second_sees_both_and_chooses(writer: FlaskClient, made: dict[str, Any]) -> None:
    where = f"/bijwerken/actoren/{made['id']}"
    tag = tag_in(writer.get(where).text)
    writer.post(where, data=FORM | {"naam": "Van een ander", "gelezen": tag})
    second = writer.post(where, data=FORM | {"gelezen": tag})
    assert second.status_code == 412
    assert "Iemand was u voor" in second.text
    assert "<td>Van een ander</td><td>Soepbus</td>" in second.text
    assert read(writer, made["id"])["naam"] == "Van een ander"
    chosen = writer.post(where, data=FORM | {"gelezen": tag_in(second.text)})
    assert chosen.status_code == 303
    assert read(writer, made["id"])["naam"] == "Soepbus"


def test_what_is_wrong_stands_at_its_field(writer: FlaskClient, made: dict[str, Any]) -> None:
    where = f"/bijwerken/actoren/{made['id']}"
    tag = tag_in(writer.get(where).text)
    answer = writer.post(where, data=FORM | {"naam": "", "gelezen": tag})
    assert answer.status_code == 422
    assert 'id="naam-bij"' in answer.text
    assert "Ook om mee te nemen." in answer.text
    assert read(writer, made["id"])["naam"] == NEW["naam"]


def test_one_tap_says_that_it_is_right(writer: FlaskClient, made: dict[str, Any]) -> None:
    listed = writer.get("/bijwerken").text
    assert NEW["naam"] in listed
    writer.post(f"/bijwerken/actoren/{made['id']}/klopt", data={"terug": "lijst"})
    assert read(writer, made["id"])["gecontroleerd_op"] == datetime.now(UTC).date().isoformat()
    assert NEW["naam"] not in writer.get("/bijwerken").text


def test_a_visitor_changes_nothing(client: FlaskClient, made: dict[str, Any]) -> None:
    where = f"/bijwerken/actoren/{made['id']}"
    assert client.get("/bijwerken").location == "/inloggen?verder=/bijwerken"
    assert client.post(f"{where}/klopt").status_code == 401
    tag = tag_in(client.get(where).text)
    assert client.post(where, data=FORM | {"gelezen": tag}).location == "/bijwerken/dank"
    assert read(client, made["id"])["naam"] == NEW["naam"]


def test_who_may_only_propose_confirms_nothing(
    client: FlaskClient, person: Maker, made: dict[str, Any]
) -> None:
    sign_in(client, person(Rol.PROFESSIONAL))
    assert client.post(f"/bijwerken/actoren/{made['id']}/klopt").status_code == 403
    assert read(client, made["id"])["gecontroleerd_op"] == "2020-01-01"


def actor(key: str, checked: date | None, status: Status = Status.ACTIEF) -> Actor:
    return Actor(id=key, naam=key, soort=Soort.PARTNER, gecontroleerd_op=checked, status=status)


def test_age_times_place_in_the_network() -> None:
    today = date(2026, 11, 24)
    records = [
        actor("vers", date(2025, 11, 24)),
        actor("oud", date(2024, 11, 24)),
        actor("spil", date(2025, 10, 24)),
        actor("nooit", None),
        actor("weg", None, Status.GESTOPT),
    ]
    found = needs_attention(records, {"spil": 9}, today)
    assert [(one.record.id, one.gewicht) for one in found] == [
        ("spil", 130),
        ("nooit", 36),
        ("oud", 24),
    ]
