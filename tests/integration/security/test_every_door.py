"""What holds for every address: no other site writes, reading writes nothing, headers, own host."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import signing_in
from socialmap.accounts.passwords import hash_password
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Rol
from socialmap.settings import SettingError, Settings
from socialmap.store import accounts
from socialmap.store.engine import Store
from tests.integration.security.conftest import Grow, World
from tests.integration.security.doors import fill, rules
from tests.integration.security.test_canaries import Asker
from tests.integration.security.world import SECRET, account_of, session_of
from web.app import create_app
from web.security import CONTENT_SECURITY_POLICY

WRITES = ("POST", "PUT", "PATCH", "DELETE")
#: How a browser tells that another site sent something.
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://kwaad.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.kwaad.example"},
    {"Origin": "http://localhost:81"},
)
#: What reading may leave: when a session was last used, which record was looked at by whom, and
#: how often somebody guessed.
_MAY_CHANGE = frozenset({"sessie", "logboek", "poging"})
HOSTILE = (
    "https://kwaad.example/",
    "//kwaad.example/",
    "///kwaad.example/",
    "/\\kwaad.example/",
    "\\\\kwaad.example/",
    "/\t/kwaad.example/",
    "/%09/kwaad.example",
    "\t//kwaad.example",
    " https://kwaad.example",
    "https:kwaad.example",
    "https:/kwaad.example",
    "http://localhost@kwaad.example/",
    "http://kwaad.example#@localhost/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//localhost.kwaad.example",
    "/\r\nLocation: https://kwaad.example/",
    "/%0d%0aSet-Cookie:%20x=1",
    "//%2Fkwaad.example",
    "/.//kwaad.example",
    "/..//kwaad.example",
    "?x=//kwaad.example",
    "\u2215\u2215kwaad.example",
    "//[::1]/",
    "//kwaad%E3%80%82example",
)
_NEXT = ("verder", "next", "terug", "url", "return", "redirect", "naar", "volgende")


@pytest.fixture(scope="module")
def world(grow: Grow) -> World:
    return grow()


def contents(file: Path) -> dict[str, str]:
    """Give a hash of every table."""
    found = {}
    with closing(sqlite3.connect(file)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        for name in names:
            digest = hashlib.sha256()
            rows = raw.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            for row in sorted(rows, key=repr):
                digest.update(repr(row).encode())
            found[name] = digest.hexdigest()
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_nothing_is_written_for_another_site(world: World, today: date) -> None:
    ids = Asker(world, Niveau.BEHEER, today).ids() | {"actor_id": ("K-a0",), "sleutel": ("K-a0",)}
    client = world.reader(Niveau.BEHEER)
    before = contents(world.file)
    let_in, asked = [], 0
    for method in WRITES:
        for rule in rules(world.app, method):
            path = next(fill(world.app, rule, ids))
            for headers in FOREIGN:
                sent: Any = {"json": {}} if path.startswith("/api/") else {"data": {}}
                tag = {"If-Match": "*"}
                status = client.open(path, method=method, headers=headers | tag, **sent).status_code
                asked += 1
                if status != 403:
                    let_in.append((method, path, headers, status))
    assert let_in == []
    assert changed(before, contents(world.file)) <= {"sessie"}
    assert asked > 300


def test_reading_writes_nothing(world: World, today: date) -> None:
    asker = Asker(world, Niveau.BEHEER, today)
    before = contents(world.file)
    for client in (world.reader(Niveau.BEHEER), world.reader(Niveau.OPENBAAR)):
        for path in (*asker.paths(), "/account", "/beheer/gezondheid"):
            for method in ("GET", "HEAD"):
                client.open(path, method=method).close()
            client.options(path).close()
    assert changed(before, contents(world.file)) <= _MAY_CHANGE
    # The session is still there: no page signs anybody out.
    assert world.reader(Niveau.BEHEER).get("/beheer/mensen").status_code == 200


def test_every_answer_has_the_headers(world: World, today: date) -> None:
    ids = Asker(world, Niveau.BEHEER, today).ids()
    bare = []
    paths = {next(fill(world.app, rule, ids)) for rule in rules(world.app, "GET")}
    paths |= {"/niets", "/api/v1/niets", "/static/js/basis.js", "/static/niets.css", "/kaart?wat=x"}
    for client in (world.reader(Niveau.BEHEER), world.reader(Niveau.OPENBAAR)):
        for path in sorted(paths):
            for method in ("GET", "POST"):
                with client.open(path, method=method, base_url="https://localhost") as answer:
                    held = answer.headers
                policy = held.get("Content-Security-Policy", "")
                if (
                    "unsafe" in policy
                    or "default-src 'none'" not in policy
                    or "frame-ancestors 'none'" not in policy
                    or held.get("X-Content-Type-Options") != "nosniff"
                    or held.get("Referrer-Policy") != "same-origin"
                    or "max-age=" not in held.get("Strict-Transport-Security", "")
                    or held.get("X-Frame-Options") != "DENY"
                ):
                    bare.append((method, path, answer.status_code))
    assert bare == []
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_no_address_leads_to_another_host(world: World, today: date) -> None:
    client = world.reader(Niveau.OPENBAAR)
    ids = Asker(world, Niveau.OPENBAAR, today).ids()
    away = []
    for rule in rules(world.app, "GET"):
        path = next(fill(world.app, rule, ids))
        if client.get(path).status_code not in (301, 302, 303, 307, 308) and "inloggen" not in path:
            continue
        for elsewhere in HOSTILE:
            asked = dict.fromkeys(_NEXT, elsewhere)
            answer = client.get(path, query_string=asked)
            if not _is_own(answer.headers.get("Location", "/")):
                away.append((path, elsewhere, answer.location))
            if "kwaad" in "".join(re_found for re_found in _targets(answer.text)):
                away.append((path, elsewhere, "in the page"))
    assert away == []


def _is_own(location: str) -> bool:
    parts = urlsplit(location)
    plain = location.startswith("/") and not location.startswith(("//", "/\\"))
    return (plain or parts.netloc == "localhost") and "\r" not in location


def _targets(page: str) -> list[str]:
    found = [part.split('"')[0] for part in page.split('href="')[1:]]
    return [one for one in found if not _is_own(one) and not one.startswith(("#", "?"))]


@pytest.mark.parametrize("elsewhere", HOSTILE)
def test_signing_in_leads_to_no_other_host(world: World, elsewhere: str) -> None:
    store = Store.open(f"sqlite:///{world.file}")
    account = account_of(store, Rol.PARTNER)
    with store.writing() as conn:
        accounts.save_keys(conn, account.id, accounts.Keys(wachtwoord=_HASH))
    store.close()
    form = {"email": account.email, "wachtwoord": _WORDS, "verder": elsewhere}
    answer = world.app.test_client().post("/inloggen", data=form)
    assert answer.status_code == 303
    assert _is_own(answer.location), answer.location


_WORDS = "vier losse woorden hier"
_HASH = hash_password(_WORDS, "iemand@wijk.example")


def test_a_session_that_somebody_chose_is_not_taken_over(world: World) -> None:
    store = Store.open(f"sqlite:///{world.file}")
    account = account_of(store, Rol.PARTNER)
    with store.writing() as conn:
        accounts.save_keys(conn, account.id, accounts.Keys(wachtwoord=_HASH))
    older = session_of(store, account)
    store.close()
    for chosen in ("a" * 43, older):
        client = world.app.test_client()
        client.set_cookie("sessie", chosen)
        client.post("/inloggen", data={"email": account.email, "wachtwoord": _WORDS})
        given = client.get_cookie("sessie")
        assert given is not None
        assert given.value != chosen
    # What was chosen opens nothing after somebody signed in with it.
    other = world.app.test_client()
    other.set_cookie("sessie", "a" * 43)
    assert other.get("/bijwerken").status_code == 303


def test_unknown_names_cost_as_much_time(world: World) -> None:
    store = Store.open(f"sqlite:///{world.file}")
    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(5):
        account = account_of(store, Rol.PARTNER)
        with store.writing() as conn:
            accounts.save_keys(conn, account.id, accounts.Keys(wachtwoord=_HASH))
        for known, email in ((True, account.email), (False, f"niemand{turn}@wijk.example")):
            begin = perf_counter()
            with pytest.raises(signing_in.SignInError):
                signing_in.check_password(store, SECRET, email, "fout", datetime.now(UTC))
            took[known].append(perf_counter() - begin)
    store.close()
    # Without the work of a hash an unknown name would be answered at least ten times sooner.
    assert 1 / 3 < median(took[True]) / median(took[False]) < 3


def test_no_secret_is_made_up(tmp_path: Path, world: World) -> None:
    with pytest.raises(SettingError, match="SOCIALMAP_SECRET"):
        create_app(Settings(database=f"sqlite:///{world.file}"))
    one, other = (
        create_app(Settings(database=f"sqlite:///{world.file}", secret=secret)).test_client()
        for secret in (SECRET, "y" * 40)
    )
    path = "/api/v1/actoren/K-a0"
    assert one.get(path).headers["ETag"] != other.get(path).headers["ETag"]
    assert world.app.secret_key == SECRET


def test_nobody_has_a_password_from_the_start(world: World) -> None:
    with closing(sqlite3.connect(world.file)) as raw:
        kept = {row[0] for row in raw.execute("SELECT wachtwoord FROM account")}
    guesses = (
        "admin",
        "beheer",
        "beheerder",
        "wachtwoord",
        "welkom01",
        "socialmap",
        "",
        "changeme",
    )
    client: FlaskClient = world.app.test_client()
    for name in ("admin", "beheer", "beheerder", "beheer@wijk.example"):
        for guess in guesses[:2]:
            client.post("/inloggen", data={"email": name, "wachtwoord": guess})
            assert client.get("/bijwerken").status_code == 303
    assert kept <= {"", "geen", _HASH}
