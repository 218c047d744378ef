"""An application on a map of its own, with people who can sign in."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient

from socialmap.accounts import inviting
from socialmap.domain.clock import Clock
from socialmap.domain.roles import Account, Rol
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from web.app import create_app

Maker = Callable[..., "Person"]
PASSWORD = "vier losse woorden hier"  # noqa: S105 -- of people who are not there
SECRET = "x" * 40


@dataclass(frozen=True)
class Person:
    """An account whose invitation was taken up, with the secret of its phone."""

    account: Account
    totp: str
    codes: tuple[str, ...]

    def code(self) -> str:
        return pyotp.TOTP(self.totp).now()


@pytest.fixture(scope="session")
def empty_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("leeg") / "kaart.db"
    make_map(f"sqlite:///{file}", Clock(), Filling.EMPTY)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def address(empty_map: Path, tmp_path: Path) -> str:
    copy = tmp_path / "kaart.db"
    shutil.copy(empty_map, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store.open(address)
    yield opened
    opened.close()


@pytest.fixture
def client(address: str) -> FlaskClient:
    return create_app(Settings(database=address, secret=SECRET)).test_client()


@pytest.fixture
def person(store: Store) -> Callable[..., Person]:
    """Give a maker of people: `person(Rol.PROFESSIONAL, "a@wijk.example")`."""

    def make(rol: Rol, email: str = "", **fields: object) -> Person:
        now = datetime.now(UTC)
        asked = Account(
            id="",
            email=email or f"{rol}@wijk.example",
            naam=rol.value,
            rol=rol,
            **fields,  # type: ignore[arg-type]
        )
        invited = inviting.invite(store, "", asked, now)
        secret = inviting.new_totp()
        # A code of the step before, so that the one of now can still be used to sign in.
        code = pyotp.TOTP(secret).at(int(now.timestamp()) - 30)
        account, codes = inviting.take_up(
            store,
            invited.token,
            email="",
            password=PASSWORD,
            totp=secret,
            code=code,
            now=now,
        )
        return Person(account, secret, tuple(codes))

    return make
