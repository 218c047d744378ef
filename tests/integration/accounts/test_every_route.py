"""Every route for every role: what `tests/gegevens/rechten.csv` says, and nothing else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from socialmap.accounts import signing_in
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht, Rol
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import SECRET, Maker
from web.app import create_app
from web.security import is_for_whole_map, is_open_before_accounts, required_of, right_of

TABLE = Path(__file__).parents[2] / "gegevens" / "rechten.csv"
COLUMNS = ("route", "methode", "niveau", "recht", "zonder_beheerder", "hele_kaart")
#: Sending somebody on to the provider of work accounts needs one; it has tests of its own.
_ELSEWHERE = frozenset({"werkaccount.naar_werk", "werkaccount.terug"})
#: Ends the session of whoever asks.
_ENDS = frozenset({"inloggen.uitloggen", "account.overal_uit"})


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def table_of(app: Flask) -> list[dict[str, str]]:
    rows = []
    for rule, method in routes(app):
        view = app.view_functions[rule.endpoint]
        level, right = required_of(view), right_of(view)
        assert level is not None, rule
        early = "ja" if is_open_before_accounts(view) else ""
        whole = "ja" if is_for_whole_map(view) else ""
        cells = (rule.rule, method, level.code, right or "", early, whole)
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return sorted(rows, key=lambda row: (row["route"], row["methode"]))


@pytest.fixture(scope="module")
def app(empty_map: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    copy = tmp_path_factory.mktemp("rechten") / "kaart.db"
    copy.write_bytes(empty_map.read_bytes())
    return create_app(Settings(database=f"sqlite:///{copy}", secret=SECRET))


def test_the_table_says_what_each_route_asks(app: Flask) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file, delimiter=";"))
    assert kept == table_of(app)


@pytest.mark.parametrize("rol", [None, *Rol])
def test_each_role_gets_what_the_table_gives(
    store: Store, address: str, person: Maker, rol: Rol | None
) -> None:
    app = create_app(Settings(database=address, secret=SECRET))
    client = app.test_client()
    account = person(rol).account if rol else None
    person(Rol.BEHEERDER, "eerste@wijk.example")

    def sign_in() -> None:
        if account is not None:
            token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
            client.set_cookie("sessie", token)

    sign_in()
    wrong = []
    for rule, method in routes(app):
        if rule.endpoint in _ELSEWHERE:
            continue
        view = app.view_functions[rule.endpoint]
        level, right = required_of(view), right_of(view)
        asks = level is not Niveau.OPENBAAR or right is not None
        may = not asks or (
            account is not None
            and level is not None
            and account.niveau >= level
            and (right is None or account.may(Recht(right)))
        )
        status = _ask(client, rule, method)
        if rule.endpoint in _ENDS:
            sign_in()
        # One's own account and the steps of signing in lead a visitor to the first step.
        own = rule.rule.startswith("/account") and account is None
        if own or rule.endpoint.startswith("inloggen."):
            continue
        refused = status in (401, 403, "inloggen")
        if refused != (not may):
            wrong.append((method, rule.rule, status, may))
    assert wrong == []


def _ask(client: FlaskClient, rule: Rule, method: str) -> int | str:
    path = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)
    path = re.sub(r"<int:\w+>", "1", path)
    path = re.sub(r"<[^>]+>", "A-nergens", path)
    headers = {"If-Match": '"x"'}
    body = {"json": {}} if path.startswith("/api/") else {"data": {}}
    if method == "GET":
        answer = client.get(path)
    else:
        answer = client.open(path, method=method, headers=headers, **body)
    if answer.status_code == 303 and answer.location.startswith("/inloggen?"):
        return "inloggen"
    return answer.status_code


def test_who_tries_the_map_alone_needs_no_account(client: FlaskClient, person: Maker) -> None:
    assert client.get("/gekeken").status_code == 200
    assert client.get("/opdrachten").status_code == 200
    assert client.get("/beheer/mensen").location.startswith("/inloggen?")
    person(Rol.BEHEERDER)
    assert client.get("/gekeken").location.startswith("/inloggen?")
    assert client.post("/api/v1/signalen", json={}).status_code == 401
