"""Signing in: password, second factor, sessions that end on the server, and slow guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from socialmap.accounts import inviting, signing_in
from socialmap.accounts.passwords import WeakPasswordError, hash_password, is_password
from socialmap.accounts.tokens import IDLE, SESSION
from socialmap.domain.roles import Account, Rol
from socialmap.store.engine import Store
from socialmap.store.sessions import Houder
from tests.integration.accounts.conftest import PASSWORD, SECRET, Person

Maker = Callable[..., Person]


def give_password(
    client: FlaskClient, email: str, password: str = PASSWORD, onward: str = "/"
) -> TestResponse:
    return client.post("/inloggen", data={"email": email, "wachtwoord": password, "verder": onward})


def sign_in(client: FlaskClient, who: Person, **more: str) -> TestResponse:
    give_password(client, who.account.email)
    return client.post("/inloggen/code", data={"code": who.code(), "verder": "/kaart", **more})


def reads_as(client: FlaskClient) -> str:
    found = re.search(r"U ziet: (\w+)", client.get("/privacy").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("rol", "level"),
    [
        (Rol.PARTNER, "openbaar"),
        (Rol.TOEZICHT, "openbaar"),
        (Rol.PROFESSIONAL, "professional"),
        (Rol.GEBIEDSMANAGER, "professional"),
        (Rol.OPBOUWWERKER, "team"),
        (Rol.BEHEERDER, "beheer"),
    ],
)
def test_each_role_reads_at_its_level(
    client: FlaskClient, person: Maker, rol: Rol, level: str
) -> None:
    assert reads_as(client) == "openbaar"
    answer = sign_in(client, person(rol))
    assert (answer.status_code, answer.location) == (303, "/kaart")
    assert reads_as(client) == level


def test_a_professional_in_a_wijkteam_reads_what_the_team_reads(
    client: FlaskClient, person: Maker
) -> None:
    sign_in(client, person(Rol.PROFESSIONAL, team="A005"))
    assert reads_as(client) == "team"


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, person: Maker) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER))
    cookie = client.get_cookie("sessie")
    assert cookie is not None
    client.post("/uitloggen")
    client.set_cookie("sessie", cookie.value)
    assert reads_as(client) == "openbaar"


def test_deactivation_ends_every_session_at_once(
    client: FlaskClient, person: Maker, store: Store
) -> None:
    who = person(Rol.OPBOUWWERKER)
    sign_in(client, who)
    inviting.change(store, "", replace(who.account, actief=False), datetime.now(UTC))
    assert reads_as(client) == "openbaar"
    assert give_password(client, who.account.email).status_code == 422


def test_each_sign_in_begins_a_new_session(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.OPBOUWWERKER)
    client.set_cookie("sessie", "van een ander")
    sign_in(client, who)
    first = client.get_cookie("sessie")
    assert first is not None
    assert first.value != "van een ander"


def test_a_session_ends_by_itself(person: Maker, store: Store) -> None:
    account = person(Rol.OPBOUWWERKER).account
    now = datetime.now(UTC)
    token, _ = signing_in.open_session(store, SECRET, account, now)
    with store.reading() as conn:
        for later, there in ((timedelta(), True), (IDLE, False), (SESSION, False)):
            found = signing_in.account_of(conn, token, Houder.SESSIE, now + later)
            assert (found is not None) == there


def test_use_keeps_a_session_until_its_longest_time(person: Maker, store: Store) -> None:
    account = person(Rol.OPBOUWWERKER).account
    now = datetime.now(UTC)
    token, _ = signing_in.open_session(store, SECRET, account, now)
    for hours in (3, 6, 9, 12):
        signing_in.note_use(store, token, now + timedelta(hours=hours))
    with store.reading() as conn:
        at = {
            hours: signing_in.account_of(conn, token, Houder.SESSIE, now + timedelta(hours=hours))
            for hours in (13, 15)
        }
    assert at[13] is not None
    assert at[15] is None


def test_a_password_alone_opens_nothing(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    answer = give_password(client, who.account.email)
    assert answer.location.startswith("/inloggen/code")
    assert reads_as(client) == "openbaar"


def test_a_code_counts_once(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    code = who.code()
    give_password(client, who.account.email)
    assert client.post("/inloggen/code", data={"code": code}).status_code == 303
    client.post("/uitloggen")
    give_password(client, who.account.email)
    assert client.post("/inloggen/code", data={"code": code}).status_code == 422


def test_a_kept_code_opens_once_when_the_phone_is_lost(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    for expected in (303, 422):
        give_password(client, who.account.email)
        typed = f" {who.codes[0].upper()} "
        answer = client.post("/inloggen/code", data={"code": typed})
        assert answer.status_code == expected
        client.post("/uitloggen")


def test_a_known_device_leaves_out_the_second_factor(client: FlaskClient, person: Maker) -> None:
    who, other = person(Rol.PROFESSIONAL), person(Rol.OPBOUWWERKER)
    sign_in(client, who, onthoud="ja")
    client.post("/uitloggen")
    assert give_password(client, who.account.email, onward="/kaart").location == "/kaart"
    client.post("/uitloggen")
    assert give_password(client, other.account.email).location.startswith("/inloggen/code")


def test_unknown_names_get_the_same_answer(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    known = [give_password(client, who.account.email, "fout").text for _ in range(7)]
    unknown = [give_password(client, "niemand@wijk.example", "fout").text for _ in range(7)]

    def said(page: str) -> str:
        found = re.search(r'id="fout">([^<]+)<', page)
        assert found is not None
        return found[1]

    assert [said(page) for page in known] == [said(page) for page in unknown]
    assert "Wacht" in said(known[-1])


def test_the_right_password_waits_too(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.PROFESSIONAL)
    for _ in range(8):
        give_password(client, who.account.email, "fout")
    assert give_password(client, who.account.email).status_code == 422


def test_many_guesses_at_once_do_not_slip_through(person: Maker, store: Store) -> None:
    who = person(Rol.PROFESSIONAL)
    now = datetime.now(UTC)

    def guess(_number: int) -> str:
        try:
            signing_in.check_password(store, SECRET, who.account.email, "fout", now)
        except signing_in.SignInError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guess, range(20)))
    assert sum("horen niet bij elkaar" in answer for answer in answers) == signing_in.FREE_TRIES


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://kwaad.example/",
        "//kwaad.example",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "\n/x",
    ],
)
def test_after_signing_in_one_stays_on_this_site(
    client: FlaskClient, person: Maker, elsewhere: str
) -> None:
    who = person(Rol.PROFESSIONAL)
    give_password(client, who.account.email, onward=elsewhere)
    answer = client.post("/inloggen/code", data={"code": who.code(), "verder": elsewhere})
    assert answer.location == "/"


def test_another_site_cannot_sign_anybody_in(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/inloggen", data={}, headers=headers).status_code == 403
    assert client.post("/uitloggen", headers=headers).status_code == 403


def test_what_a_signed_in_reader_sees_is_kept_nowhere(client: FlaskClient, person: Maker) -> None:
    sign_in(client, person(Rol.OPBOUWWERKER))
    for path in ("/kaart", "/api/v1/actoren", "/api/v1/kaart/gebieden?niveau=wijk"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert {"Cookie", "Authorization"} <= set(answer.vary)


def test_the_cookie_is_out_of_reach(client: FlaskClient, person: Maker) -> None:
    who = person(Rol.OPBOUWWERKER)
    base = {"base_url": "https://kaart.example"}
    client.post("/inloggen", data={"email": who.account.email, "wachtwoord": PASSWORD}, **base)
    answer = client.post("/inloggen/code", data={"code": who.code()}, **base)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-sessie="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_an_invitation_opens_once_and_looking_uses_nothing(
    client: FlaskClient, store: Store
) -> None:
    asked = Account(id="", email="nieuw@wijk.example", naam="Nieuw", rol=Rol.PROFESSIONAL)
    link = f"/uitnodiging/{inviting.invite(store, '', asked, datetime.now(UTC)).token}"
    for _ in range(3):
        page = client.get(link)
    assert "Log uit" not in page.text
    totp = re.search(r'name="totp" value="([A-Z2-7]+)"', page.text)
    assert totp is not None
    form = {"totp": totp[1], "wachtwoord": PASSWORD, "nogmaals": PASSWORD}
    assert client.post(link, data=form | {"code": "000000"}).status_code == 422
    assert client.post(link, data=form | {"nogmaals": "anders"}).status_code == 422
    code = pyotp.TOTP(totp[1]).now()
    done = client.post(link, data=form | {"code": code})
    assert done.status_code == 200
    assert len(re.findall(r"<li><code>", done.text)) == 10
    assert reads_as(client) == "professional"
    assert client.get(link).status_code == 410
    assert client.post(link, data=form | {"code": code}).status_code == 410


def test_a_new_link_makes_the_older_one_void(client: FlaskClient, store: Store) -> None:
    now = datetime.now(UTC)
    asked = Account(id="", email="nieuw@wijk.example", naam="Nieuw", rol=Rol.PROFESSIONAL)
    first = inviting.invite(store, "", asked, now)
    second = inviting.new_link(store, "", first.account.id, now)
    assert client.get(f"/uitnodiging/{first.token}").status_code == 410
    assert client.get(f"/uitnodiging/{second.token}").status_code == 200


def test_the_first_administrator_chooses_a_mail_address(client: FlaskClient, store: Store) -> None:
    first = inviting.first_link(store, datetime.now(UTC))
    assert first is not None
    link = f"/uitnodiging/{first.token}"
    totp = re.search(r'name="totp" value="([A-Z2-7]+)"', client.get(link).text)
    assert totp is not None
    form = {
        "totp": totp[1],
        "code": pyotp.TOTP(totp[1]).now(),
        "wachtwoord": PASSWORD,
        "nogmaals": PASSWORD,
    }
    assert client.post(link, data=form | {"email": "geen adres"}).status_code == 422
    assert client.post(link, data=form | {"email": "Beheer@Wijk.example"}).status_code == 200
    assert reads_as(client) == "beheer"
    assert inviting.first_link(store, datetime.now(UTC)) is None


def test_an_administrator_stays(person: Maker, store: Store) -> None:
    who = person(Rol.BEHEERDER).account
    with pytest.raises(inviting.AccountError, match="Er moet een beheerder blijven"):
        inviting.change(store, "", replace(who, actief=False), datetime.now(UTC))
    with store.reading() as conn:
        assert inviting.accounts.get_account(conn, who.id).actief


@pytest.mark.parametrize("password", ["kort", "aaaaaaaaaaaaaaa", "opbouwwerker2026", "x" * 201])
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        hash_password(password, "opbouwwerker@wijk.example")


def test_a_password_is_kept_as_argon2id() -> None:
    kept = hash_password(PASSWORD, "a@wijk.example")
    assert kept.startswith("$argon2id$")
    assert is_password(kept, PASSWORD)
    assert not is_password(kept, PASSWORD + "x")
    assert not is_password("", PASSWORD)
