"""The page where an administrator invites people, changes what they may, and lets them go."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Account, Rol
from socialmap.store import accounts
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_sign_in import reads_as, sign_in

Maker = Callable[..., Person]
INVITED = {"email": "Nieuw@Wijk.example", "naam": "Opbouw Oost", "rol": "opbouwwerker"}


def only(store: Store, email: str) -> Account:
    with store.reading() as conn:
        found = accounts.find_account(conn, email)
    assert found is not None
    return found


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: FlaskClient, person: Maker) -> None:
    answer = client.get("/beheer/mensen")
    assert (answer.status_code, answer.location) == (303, "/inloggen?verder=/beheer/mensen")


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEERDER])
def test_nobody_else_manages_people(client: FlaskClient, person: Maker, rol: Rol) -> None:
    sign_in(client, person(rol))
    assert client.get("/beheer/mensen").status_code == 403
    assert client.post("/beheer/mensen", data=INVITED).status_code == 403


def test_an_invitation_gives_a_link_that_works(
    client: FlaskClient, person: Maker, store: Store
) -> None:
    sign_in(client, person(Rol.BEHEERDER))
    page = client.post("/beheer/mensen", data=INVITED).text
    link = re.search(r"http://localhost(/uitnodiging/[0-9a-f]{64})", page)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    made = only(store, "nieuw@wijk.example")
    assert (made.naam, made.rol, made.niveau) == ("Opbouw Oost", Rol.OPBOUWWERKER, Niveau.TEAM)
    assert "Nog niet begonnen" in client.get("/beheer/mensen").text


@pytest.mark.parametrize(
    "wrong",
    [{"email": "geen"}, {"naam": " "}, {"rol": "baas"}, {"gebieden": "WK999999"}, {"team": "A1"}],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    client: FlaskClient, person: Maker, store: Store, wrong: dict[str, str]
) -> None:
    sign_in(client, person(Rol.BEHEERDER))
    answer = client.post("/beheer/mensen", data=INVITED | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with store.reading() as conn:
        assert len(accounts.list_accounts(conn)) == 1


def test_letting_go_signs_out_at_once(client: FlaskClient, person: Maker, store: Store) -> None:
    leaving = person(Rol.OPBOUWWERKER)
    other = client.application.test_client()
    sign_in(other, leaving)
    assert reads_as(other) == "team"
    sign_in(client, person(Rol.BEHEERDER))
    where = f"/beheer/mensen/{leaving.account.id}"
    client.post(where, data={"naam": "Opbouw", "rol": "opbouwwerker"})
    assert not only(store, leaving.account.email).actief
    assert reads_as(other) == "openbaar"


def test_areas_and_team_are_kept(client: FlaskClient, person: Maker, store: Store) -> None:
    who = person(Rol.PROFESSIONAL)
    sign_in(client, person(Rol.BEHEERDER))
    form = {"naam": "Pro", "rol": "professional", "actief": "ja", "gebieden": ["WK039201"]}
    client.post(f"/beheer/mensen/{who.account.id}", data=form)
    assert only(store, who.account.email).gebieden == ("WK039201",)


def test_every_act_is_in_the_log(client: FlaskClient, person: Maker, store: Store) -> None:
    keeper = person(Rol.BEHEERDER)
    sign_in(client, keeper)
    client.post("/beheer/mensen", data=INVITED)
    made = only(store, "nieuw@wijk.example")
    client.post(f"/beheer/mensen/{made.id}/link")
    with store.reading() as conn:
        rows = conn.exec_driver_sql(
            "SELECT account_id, wat, record_id FROM logboek ORDER BY id"
        ).all()
    assert (keeper.account.id, "ingelogd", "") in rows
    assert (keeper.account.id, "uitgenodigd", made.id) in rows
    assert (keeper.account.id, "nieuwe link", made.id) in rows
