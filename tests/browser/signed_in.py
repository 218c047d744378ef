"""Somebody with an account and a session, for pages that ask one."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyotp

from socialmap.accounts import inviting, signing_in
from socialmap.domain.roles import Account, Rol
from socialmap.store.engine import Store

#: Of the servers that these tests start; nobody else's.
SECRET = "browserproef " * 4


def administrator_of(file: Path) -> str:
    """Make an administrator on a map, and give the token of a session."""
    now = datetime.now(UTC)
    with closing(Store.open(f"sqlite:///{file}")) as store:
        asked = Account(id="", email="b@wijk.example", naam="Proef", rol=Rol.BEHEERDER)
        invited = inviting.invite(store, "", asked, now)
        secret = inviting.new_totp()
        account, _ = inviting.take_up(
            store,
            invited.token,
            email="",
            password="vier losse woorden hier",  # noqa: S106 -- of nobody
            totp=secret,
            code=pyotp.TOTP(secret).at(now),
            now=now,
        )
        token, _ = signing_in.open_session(store, SECRET, account, now)
    return token
