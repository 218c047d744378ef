"""A copy from before an erasure is put back in place of the file: it happens again at the start."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from socialmap.domain.errors import DatabaseUnusableError
from socialmap.domain.roles import Rol
from socialmap.editing.consent import find_person
from socialmap.editing.erase import erase
from socialmap.settings import Settings
from socialmap.store.engine import Store
from socialmap.store.erasing import list_erasures, person_ids
from tests.integration.accounts.conftest import SECRET
from tests.integration.accounts.test_consent import ask
from tests.integration.admin.conftest import Signer
from web.app import create_app


@pytest.fixture
def site(sign: Signer) -> FlaskClient:
    return sign(Rol.OPBOUWWERKER)


def file_of(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def copy_to(address: str, to: Path) -> None:
    with closing(sqlite3.connect(file_of(address))) as raw, closing(sqlite3.connect(to)) as other:
        raw.backup(other)


def put_back(address: str, copy: Path, *running: FlaskClient) -> None:
    """Stop what runs, and put the copy where the map was."""
    for one in running:
        one.application.extensions["socialmap"].store.close()
    file = file_of(address)
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    shutil.copy(copy, file)


def test_an_erasure_happens_again_before_anything_is_served(
    site: FlaskClient, store: Store, address: str, tmp_path: Path
) -> None:
    key, _ = ask(site)
    copy = tmp_path / "elders.bak"
    copy_to(address, copy)
    erase(store, SECRET, key, wie="", now=datetime.now(UTC))
    store.close()
    put_back(address, copy, site)
    assert key.encode() in file_of(address).read_bytes()
    create_app(Settings(database=address, secret=SECRET))
    with store.reading() as conn:
        assert person_ids(conn) == []
        assert [one.soort for one in list_erasures(conn)] == ["gewist"]
    beside = [path for path in tmp_path.glob("kaart.db*") if key.encode() in path.read_bytes()]
    assert beside == []


def test_a_withdrawal_happens_again_and_consent_given_anew_stays(
    site: FlaskClient, client: FlaskClient, store: Store, address: str, tmp_path: Path
) -> None:
    key, code = ask(site)
    copy = tmp_path / "elders.bak"
    copy_to(address, copy)
    assert client.post(f"/toestemming/{code}/intrekken").status_code in (200, 303)
    store.close()
    put_back(address, copy, site, client)
    create_app(Settings(database=address, secret=SECRET))
    with store.reading() as conn:
        assert find_person(conn, key).toestemming is None
    ask(site, actor=key)
    create_app(Settings(database=address, secret=SECRET))
    with store.reading() as conn:
        assert find_person(conn, key).toestemming is not None


def test_a_list_that_cannot_be_read_keeps_the_server_from_starting(
    address: str, store: Store
) -> None:
    file = file_of(address)
    file.with_name(file.name + ".wissingen").write_text("{stuk", encoding="utf-8")
    with pytest.raises(DatabaseUnusableError, match="wissingen"):
        create_app(Settings(database=address, secret=SECRET))


def test_nothing_is_listed_of_a_change_that_was_rolled_back(
    site: FlaskClient, store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = ask(site)
    beside = file_of(address).with_name("kaart.db.wissingen")
    before = beside.read_text(encoding="utf-8") if beside.exists() else ""

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("socialmap.editing.erase.accounts.log", fail)
    with pytest.raises(RuntimeError):
        erase(store, SECRET, key, wie="", now=datetime.now(UTC))
    after = beside.read_text(encoding="utf-8") if beside.exists() else ""
    assert after == before
    with store.reading() as conn:
        assert person_ids(conn) == [key]
