"""Who may not change a record proposes; an opbouwwerker accepts it or does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.editing.propose import MOST_OF_VISITORS
from socialmap.store.engine import Store
from socialmap.store.proposals import open_proposals
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_editing_pages import FORM, read, tag_in
from tests.integration.accounts.test_sign_in import sign_in

Maker = Callable[..., Person]


@pytest.fixture
def made(api: Callable[..., Api]) -> dict[str, Any]:  # noqa: F811
    found: dict[str, Any] = api(Rol.BEHEERDER).make(NEW | {"gecontroleerd_op": "2020-01-01"}).json
    return found


@pytest.fixture
def keeper(client: FlaskClient, person: Maker) -> FlaskClient:
    other = client.application.test_client()
    sign_in(other, person(Rol.OPBOUWWERKER))
    return other


def propose(client: FlaskClient, key: str, **fields: str) -> Any:
    where = f"/bijwerken/actoren/{key}"
    return client.post(where, data=FORM | fields | {"gelezen": tag_in(client.get(where).text)})


def waiting(store: Store) -> list[str]:
    with store.reading() as conn:
        return [one.id for one in open_proposals(conn)]


def test_a_visitor_proposes_and_an_opbouwwerker_accepts(
    client: FlaskClient, keeper: FlaskClient, made: dict[str, Any], store: Store
) -> None:
    page = client.get(f"/bijwerken/actoren/{made['id']}").text
    assert "Stuur mijn voorstel" in page
    assert propose(client, made["id"]).location == "/bijwerken/dank"
    assert read(client, made["id"])["naam"] == NEW["naam"]
    listed = keeper.get("/voorstellen").text
    assert f"<td>{NEW['naam']}</td><td>Soepbus</td>" in listed
    assert "een bezoeker" in listed
    assert "1 voorstel wacht" in keeper.get("/bijwerken").text
    key = waiting(store)[0]
    assert keeper.post(f"/voorstellen/{key}/aanvaard").status_code == 303
    after = read(client, made["id"])
    assert (after["naam"], after["gecontroleerd_op"]) == ("Soepbus", "2020-01-01")
    assert keeper.post(f"/voorstellen/{key}/aanvaard").status_code == 409
    assert waiting(store) == []


def test_what_others_changed_meanwhile_stays(
    client: FlaskClient, keeper: FlaskClient, made: dict[str, Any], store: Store
) -> None:
    propose(client, made["id"], omschrijving="")
    where = f"/bijwerken/actoren/{made['id']}"
    keeper.post(
        where,
        data={
            "gevraagd": ["telefoon"],
            "telefoon": "023-0000002",
            "gelezen": tag_in(keeper.get(where).text),
        },
    )
    keeper.post(f"/voorstellen/{waiting(store)[0]}/aanvaard")
    after = read(client, made["id"])
    assert (after["naam"], after["telefoon"]) == ("Soepbus", "023-0000002")


def test_a_refused_proposal_changes_nothing_and_leaves_no_text(
    client: FlaskClient, keeper: FlaskClient, made: dict[str, Any], store: Store
) -> None:
    propose(client, made["id"], omschrijving="kanarie-voorstel")
    keeper.post(f"/voorstellen/{waiting(store)[0]}/afwijzen")
    assert read(client, made["id"])["naam"] == NEW["naam"]
    with store.reading() as conn:
        kept = conn.exec_driver_sql("SELECT cellen FROM voorstel").scalars().all()
    assert "kanarie" not in "".join(map(str, kept))


def test_a_professional_proposes(client: FlaskClient, person: Maker, made: dict[str, Any]) -> None:
    sign_in(client, person(Rol.PROFESSIONAL))
    assert propose(client, made["id"]).location == "/bijwerken/dank"
    assert client.get("/voorstellen").status_code == 403


def test_enforcement_does_not_propose(
    client: FlaskClient, person: Maker, made: dict[str, Any]
) -> None:
    sign_in(client, person(Rol.TOEZICHT))
    assert propose(client, made["id"]).status_code == 403


def test_what_breaks_a_rule_or_changes_nothing_is_not_sent(
    client: FlaskClient, made: dict[str, Any], store: Store
) -> None:
    assert propose(client, made["id"], naam="").status_code == 422
    same = {"naam": NEW["naam"], "omschrijving": "", "status": "actief"}
    where = f"/bijwerken/actoren/{made['id']}"
    data = {"gevraagd": list(same), "gelezen": tag_in(client.get(where).text)} | same
    answer = client.post(where, data=data)
    assert answer.status_code == 422
    assert re.search("U hebt niets veranderd", answer.text)
    assert waiting(store) == []


def test_visitors_cannot_fill_the_table(
    client: FlaskClient, made: dict[str, Any], store: Store
) -> None:
    with store.writing() as conn:
        for number in range(MOST_OF_VISITORS):
            conn.exec_driver_sql(
                "INSERT INTO voorstel (id, tabel, sleutel, cellen, versie, door, wanneer, status) "
                "VALUES (?, 'actoren', '', '{}', 0, '', '2026-01-01 00:00:00', 'open')",
                (f"v{number}",),
            )
    assert propose(client, made["id"]).status_code == 422
    assert len(waiting(store)) == MOST_OF_VISITORS


def test_a_proposal_is_read_in_words(
    client: FlaskClient, keeper: FlaskClient, made: dict[str, Any]
) -> None:
    key = str(made["id"])
    changed: dict[str, Any] = {
        "gevraagd": [*FORM["gevraagd"], "werkgebied"],
        "themas": ["financien"],
        "werkgebied": ["WK039201"],
    }
    propose(client, key, **changed)
    listed = keeper.get("/voorstellen").text
    main = listed[listed.index("<main") : listed.index("</main>")]
    assert "Geld en schulden" in main
    assert "Oude Stad" in main
    for code in ("financien", "WK039201", "sociaal_netwerk", "WK039218", "bewonersinitiatief<"):
        assert code not in main
