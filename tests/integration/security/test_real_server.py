"""A real server process: many writers at once, and a person who is erased from all it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from socialmap.domain.clock import Clock
from socialmap.domain.roles import Rol
from socialmap.exchange.making import Filling
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.browser.serving import served
from tests.integration.accounts.test_changes import NEW
from tests.integration.accounts.test_consent import FORM
from tests.integration.accounts.test_erase import CANARIES, export_everything, left_in
from tests.integration.security.doors import fill, rules, words_of
from tests.integration.security.world import SECRET, account_of, key_of, map_file, session_of
from web.app import create_app

WRITERS = 20
#: What a person gave, as `test_consent.FORM` has it, and what was written about it later.
WORDS = tuple(word for word in CANARIES if word in f"{FORM} {FORM['naam'].lower()}")
LATER = "Kanarieverleden"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return map_file(tmp_path, Filling.EMPTY, Clock())


@pytest.fixture
def people(file: Path) -> tuple[str, str]:
    """Give the session and the key of an opbouwwerker, beside a beheerder."""
    store = Store.open(f"sqlite:///{file}")
    account_of(store, Rol.BEHEERDER)
    keeper = account_of(store, Rol.OPBOUWWERKER)
    given = session_of(store, keeper), key_of(store, keeper)
    store.close()
    return given


@pytest.fixture
def site(file: Path, people: tuple[str, str]) -> Iterator[str]:
    with served(file, SOCIALMAP_SECRET=SECRET, SOCIALMAP_ADRESDIENST="uit") as address:
        yield address


def test_of_twenty_writers_one_wins_and_nobody_overwrites(
    site: str, people: tuple[str, str]
) -> None:
    headers = {"Authorization": f"Bearer {people[1]}"}
    made = requests.post(f"{site}/api/v1/actoren", json=NEW, headers=headers, timeout=30)
    where = f"{site}/api/v1/actoren/{made.json()['id']}"
    tag = requests.get(where, headers=headers, timeout=30).headers["ETag"]

    def write(number: int) -> tuple[int, int, str]:
        body = made.json() | {"naam": f"Schrijver {number}"}
        match = headers | {"If-Match": tag}
        answer = requests.put(where, json=body, headers=match, timeout=60)
        return answer.status_code, number, answer.text

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(write, range(WRITERS)))
    assert sorted(status for status, _, _ in answers) == [200] + [412] * (WRITERS - 1)
    winner = next(number for status, number, _ in answers if status == 200)
    now = requests.get(where, headers=headers, timeout=30).json()
    assert (now["naam"], now["versie"]) == (f"Schrijver {winner}", 2)
    past = requests.get(f"{where}/geschiedenis", headers=headers, timeout=30).json()
    assert [one["versie"] for one in past["resultaten"]] == [2, 1]
    # Who was second reads what stands there now.
    assert all(f"Schrijver {winner}" in text for status, _, text in answers if status == 412)


def test_an_erased_person_is_in_nothing_that_the_server_holds(
    site: str, file: Path, people: tuple[str, str], tmp_path: Path
) -> None:
    browser = requests.Session()
    browser.cookies.set("sessie", people[0])
    card = browser.post(f"{site}/toestemming/nieuw", data=FORM, timeout=30).text
    key = re.findall(r'href="/actor/([^"]+)"', card)[0]
    code = re.findall(r'kaart__code">([A-Z0-9-]+)<', card)[0]
    offer = _write_more(site, people[1], key)
    words = (*WORDS, LATER, "Kanarieaanbod", key, offer)
    for text in (*_doors(browser, site, file, key, offer), *_questions(browser, site)):
        assert text
    own = f"{site}/toestemming/{code}"
    assert "Kanarienaam" in requests.get(own, timeout=30).text
    kept = {word for hits in left_in(tmp_path, words).values() for word in hits}
    assert kept == set(words)
    where = f"{site}/bijwerken/toestemming/{key}/wissen"
    gone = browser.post(where, data={"zeker": "ja"}, timeout=60)
    assert gone.status_code == 200
    for text in (*_doors(browser, site, file, key, offer), *_questions(browser, site)):
        found = [word for word in (*WORDS, LATER, "Kanarieaanbod") if word in text]
        assert found == []
    assert requests.get(own, timeout=30).status_code == 404
    store = Store.open(f"sqlite:///{file}")
    export_everything(store, tmp_path / "uit", Clock())
    store.close()
    # The log of the server stands in the same folder, with the addresses that were asked above.
    assert left_in(tmp_path, (*WORDS, LATER, "Kanarieaanbod")) == {}
    names = {path.name for path in tmp_path.iterdir()}
    assert {"kaart.db", "kaart.db-wal", "kaart.log"} <= names
    data = b"".join(path.read_bytes() for path in tmp_path.glob("kaart.db*"))
    assert key.encode() not in data
    assert offer.encode() not in data


def _write_more(site: str, token: str, key: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    where = f"{site}/api/v1/actoren/{key}"
    for text in (LATER, "Iets anders"):
        read = requests.get(where, headers=headers, timeout=30)
        sent = requests.put(
            where,
            json=read.json() | {"omschrijving": text, "telefoon": FORM["telefoon"]},
            headers=headers | {"If-Match": read.headers["ETag"]},
            timeout=30,
        )
        assert sent.status_code == 200, sent.text
    offer: dict[str, Any] = {
        "actor_id": key,
        "naam": "Kanarieaanbod",
        "gecontroleerd_op": datetime.now(UTC).date().isoformat(),
        "vorm": "collectief",
        "lijn": 0,
        "status": "actief",
        "themas": ["taal"],
        "lon": 4.64351,
        "lat": 52.36087,
    }
    made = requests.post(f"{site}/api/v1/aanbod", json=offer, headers=headers, timeout=30)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def _doors(browser: requests.Session, site: str, file: Path, key: str, offer: str) -> Iterator[str]:
    app = create_app(Settings(database=f"sqlite:///{file}", secret=SECRET))
    ids = {
        **dict.fromkeys(("actor_id", "organization_id"), (key,)),
        **dict.fromkeys(("aanbod_id", "service_id", "place_id"), (offer,)),
        "sleutel": (key, offer),
        "code": ("WK039218",),
        "gebied": ("WK039218",),
        "naam": ("aanbod",),
    }
    for rule in rules(app, "GET"):
        if rule.rule.startswith("/tegels"):
            continue
        for path in fill(app, rule, {"": ("niets",), **ids}):
            yield words_of(browser.get(f"{site}{path}", timeout=30).content) or "leeg"
    for path in ("/kaart?wat=actoren&soort=sleutelfiguur", "/api/v1/aanbod?q=koffie&limit=200"):
        yield browser.get(f"{site}{path}", timeout=30).text


def _questions(browser: requests.Session, site: str) -> Iterator[str]:
    for text in ("taal leren", "samen oefenen met lezen"):
        asked = {"q": text, "gebied": "WK039218", "limit": 50}
        yield browser.post(f"{site}/api/v1/zoekvragen", json=asked, timeout=30).text
