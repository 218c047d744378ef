"""Keys for programs: they read at the level of their owner, write only if they may, and end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import inviting, keys
from socialmap.domain.roles import Rol
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person
from tests.integration.accounts.test_sign_in import sign_in

Maker = Callable[..., Person]
SEARCH = {"q": "samen eten"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def make(store: Store, who: Person, *, schrijven: bool = False, days: int = 30) -> str:
    now = datetime.now(UTC)
    return keys.make_key(store, who.account, "proef", days, now, schrijven=schrijven)


def test_a_key_reads_as_its_owner(client: FlaskClient, person: Maker, store: Store) -> None:
    token = make(store, person(Rol.OPBOUWWERKER))
    answer = client.get("/privacy", headers=bearer(token))
    assert "U ziet: team" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("header", ["Bearer ", "Bearer nep", "Basic YTpi", "x"])
def test_a_wrong_key_is_refused_and_not_ignored(client: FlaskClient, header: str) -> None:
    answer = client.get("/api/v1/actoren", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.mimetype == "application/problem+json"


def test_a_key_for_reading_changes_nothing_and_may_ask(
    client: FlaskClient, person: Maker, store: Store
) -> None:
    keeper = person(Rol.BEHEERDER)
    token = make(store, keeper)
    form = {"email": "x@wijk.example", "naam": "X", "rol": "partner"}
    assert client.post("/beheer/mensen", data=form, headers=bearer(token)).status_code == 403
    asked = client.post("/api/v1/zoekvragen", json=SEARCH, headers=bearer(token))
    assert asked.status_code == 200
    writing = make(store, keeper, schrijven=True)
    assert client.post("/beheer/mensen", data=form, headers=bearer(writing)).status_code == 200


def test_a_key_ends(client: FlaskClient, person: Maker, store: Store) -> None:
    who = person(Rol.PROFESSIONAL)
    token = make(store, who, days=1)
    with store.reading() as conn:
        later = datetime.now(UTC) + timedelta(days=1)
        assert keys.account_of_key(conn, token, later) is None
        assert keys.account_of_key(conn, token, later - timedelta(minutes=1)) is not None


def test_deactivation_ends_the_keys(client: FlaskClient, person: Maker, store: Store) -> None:
    who = person(Rol.PROFESSIONAL)
    token = make(store, who)
    inviting.change(store, "", replace(who.account, actief=False), datetime.now(UTC))
    inviting.change(store, "", who.account, datetime.now(UTC))
    assert client.get("/api/v1/actoren", headers=bearer(token)).status_code == 401


def test_one_makes_and_takes_back_a_key_oneself(client: FlaskClient, person: Maker) -> None:
    sign_in(client, person(Rol.PROFESSIONAL))
    page = client.post("/account/sleutels", data={"naam": "Kaart van ons", "dagen": "30"})
    token = re.search(r"<code[^>]*>([0-9a-f]{64})</code>", page.text)
    assert token is not None
    other = client.application.test_client()
    assert other.get("/api/v1/actoren", headers=bearer(token[1])).status_code == 200
    assert token[1] not in client.get("/account").text
    print_ = re.search(r'name="afdruk" value="([0-9a-f]{64})"', page.text)
    assert print_ is not None
    client.post("/account/sleutels/weg", data={"afdruk": print_[1]})
    assert other.get("/api/v1/actoren", headers=bearer(token[1])).status_code == 401


@pytest.mark.parametrize(
    "wrong", [{"naam": " "}, {"dagen": "0"}, {"dagen": "9999"}, {"dagen": "²"}]
)
def test_a_key_that_cannot_be_is_refused(
    client: FlaskClient, person: Maker, wrong: dict[str, str]
) -> None:
    sign_in(client, person(Rol.PROFESSIONAL))
    form = {"naam": "x", "dagen": "30"} | wrong
    assert client.post("/account/sleutels", data=form).status_code == 422


def test_signing_out_everywhere(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    other = client.application.test_client()
    sign_in(client, who)
    cookie = client.get_cookie("sessie")
    assert cookie is not None
    other.set_cookie("sessie", cookie.value)
    client.post("/account/overal-uitloggen")
    assert "U ziet: openbaar" in other.get("/privacy").text
