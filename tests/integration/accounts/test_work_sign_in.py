"""Signing in with a work account, against a provider that runs as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from werkzeug.serving import make_server

from socialmap.accounts import inviting
from socialmap.domain.roles import Rol
from socialmap.settings import SettingError, Settings, WorkSignIn, read_settings
from socialmap.store.engine import Store
from tests.free_port import free_port
from tests.integration.accounts.conftest import SECRET, Person
from web.app import create_app

Maker = Callable[..., Person]
PEOPLE = [
    {"sub": "een", "email": "Opbouw@Wijk.example", "email_verified": True},
    {"sub": "twee", "email": "niet.bekend@wijk.example", "email_verified": True},
    {"sub": "drie", "email": "opbouw@wijk.example", "email_verified": False},
]
_PATIENCE = 60.0


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Start a provider with three people, and give its address."""
    port = free_port()
    known = [part for who in PEOPLE for part in ("--user-claims", json.dumps(who))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"]
    with subprocess.Popen(
        [*command, "--port", str(port), *known],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None, "the provider stopped"
                assert time.monotonic() < until, "the provider does not answer"
        yield address
        process.terminate()


@pytest.fixture
def site(address: str, provider: str) -> Iterator[str]:
    """Serve the map with that provider, and give its address."""
    asked = WorkSignIn(issuer=provider, client="kaart", secret=SECRET)
    app = create_app(Settings(database=address, secret=SECRET, work_sign_in=asked))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def go(site: str, sub: str, onward: str = "/privacy") -> requests.Response:
    """Follow the way of a browser: to the provider, sign in there, and back."""
    browser = requests.Session()
    there = browser.get(f"{site}/inloggen/werk", params={"verder": onward}, timeout=20)
    assert "code_challenge_method=S256" in there.url
    return browser.post(there.url, data={"sub": sub}, timeout=20)


def test_who_has_an_account_comes_in_without_a_password(site: str, person: Maker) -> None:
    person(Rol.OPBOUWWERKER, "opbouw@wijk.example")
    answer = go(site, "een")
    assert answer.url == f"{site}/privacy"
    assert "U ziet: team" in answer.text


@pytest.mark.parametrize("sub", ["twee", "drie"])
def test_who_has_none_or_no_checked_address_does_not(site: str, person: Maker, sub: str) -> None:
    person(Rol.OPBOUWWERKER, "opbouw@wijk.example")
    answer = go(site, sub)
    assert answer.status_code == 403
    assert "nog geen account" in answer.text


def test_who_was_let_go_does_not(site: str, person: Maker, store: Store) -> None:
    who = person(Rol.OPBOUWWERKER, "opbouw@wijk.example")
    inviting.change(store, "", replace(who.account, actief=False), datetime.now(UTC))
    assert go(site, "een").status_code == 403


def test_one_stays_on_this_site(site: str, person: Maker) -> None:
    person(Rol.OPBOUWWERKER, "opbouw@wijk.example")
    assert go(site, "een", "https://kwaad.example/").url == f"{site}/"


def test_an_answer_that_was_not_asked_for_is_refused(site: str, provider: str) -> None:
    answer = requests.get(
        f"{site}/inloggen/werk/terug", params={"code": "x", "state": "y"}, timeout=20
    )
    assert answer.status_code == 403
    assert "Begin opnieuw" in answer.text


def test_a_provider_that_does_not_answer_is_said(address: str) -> None:
    asked = WorkSignIn(issuer=f"http://127.0.0.1:{free_port()}", client="x", secret=SECRET)
    app = create_app(Settings(database=address, secret=SECRET, work_sign_in=asked))
    answer = app.test_client().get("/inloggen/werk")
    assert answer.status_code == 502
    assert "antwoordt niet" in answer.text


def test_without_a_provider_there_is_no_such_page(address: str) -> None:
    client = create_app(Settings(database=address, secret=SECRET)).test_client()
    assert client.get("/inloggen/werk").status_code == 404
    assert "werkaccount" not in client.get("/inloggen").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"SOCIALMAP_OIDC_ADRES": "https://inlog.example"},
        {
            "SOCIALMAP_OIDC_ADRES": "http://inlog.example",
            "SOCIALMAP_OIDC_CLIENT": "a",
            "SOCIALMAP_OIDC_GEHEIM": "b",
        },
    ],
)
def test_a_half_or_unsafe_setting_is_refused(wrong: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        read_settings(wrong)
