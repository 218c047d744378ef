"""Maps of one file to copy, and people with a session or a key on them."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from socialmap.accounts import inviting, keys, signing_in
from socialmap.domain.clock import Clock
from socialmap.domain.roles import Account, Rol
from socialmap.exchange.making import Filling, make_map
from socialmap.store import accounts
from socialmap.store.engine import Store

SECRET = "x" * 40


def map_file(folder: Path, filling: Filling, clock: Clock) -> Path:
    """Make a map in a folder as one file, without a write-ahead log beside it."""
    file = folder / "kaart.db"
    make_map(f"sqlite:///{file}", clock, filling)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def copy_of(file: Path, folder: Path) -> Path:
    """Copy a map of one file into another folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(file, folder / "kaart.db"))


def account_of(store: Store, rol: Rol, naam: str = "", **fields: object) -> Account:
    """Make an account that has begun, without the slow work of a real password."""
    now = datetime.now(UTC)
    asked = Account(
        id="",
        email=f"{rol}-{secrets.token_hex(4)}@wijk.example",
        naam=naam or rol.value,
        rol=rol,
        **fields,  # type: ignore[arg-type]
    )
    made = inviting.invite(store, "", asked, now).account
    with store.writing() as conn:
        # Only an account with a password has begun; this one opens for no password at all.
        accounts.save_keys(conn, made.id, accounts.Keys(wachtwoord="geen"))
    return made


def session_of(store: Store, account: Account) -> str:
    """Open a session, and give the value of its cookie."""
    token, _ = signing_in.open_session(store, SECRET, account, datetime.now(UTC))
    return token


def key_of(store: Store, account: Account) -> str:
    """Make a key with which a program reads and writes as an account."""
    return keys.make_key(store, account, "proef", 1, datetime.now(UTC), schrijven=True)
