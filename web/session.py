"""Who is behind a request: the session of a browser, kept on the server and ended there."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import current_app, g, request
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from socialmap.accounts import signing_in
from socialmap.accounts.keys import account_of_key
from socialmap.accounts.tokens import DEVICE, HALF, SESSION
from socialmap.domain.errors import StorageError
from socialmap.domain.roles import Account, Rol
from socialmap.store.accounts import has_begun
from socialmap.store.engine import Store
from socialmap.store.sessions import Houder

_LENGTH = {Houder.SESSIE: SESSION, Houder.HALF: HALF, Houder.APPARAAT: DEVICE}


def current_account() -> Account | None:
    """Give the account of this request; None for a visitor. Read once a request."""
    if "account" not in g and "Authorization" in request.headers:
        g.account, g.may_write = _by_key()
    elif "account" not in g:
        g.account, g.may_write = _account(Houder.SESSIE), True
        if g.account is not None:
            # A full disk must not sign anybody out.
            with suppress(StorageError):
                signing_in.note_use(_store(), token_of(Houder.SESSIE), real_time())
    return cast("Account | None", g.account)


def may_write() -> bool:
    """Tell whether this request may change anything: a key for a program may be for reading."""
    current_account()
    return bool(g.may_write)


def has_administrator() -> bool:
    """Tell whether an administrator has begun: from then on writing asks for an account."""
    with _store().reading() as conn:
        return has_begun(conn, Rol.BEHEERDER)


def half_account() -> Account | None:
    """Give the account whose password was right and whose second factor is still asked."""
    return _account(Houder.HALF)


def device_account() -> Account | None:
    """Give the account whose second factor is remembered on this device."""
    return _account(Houder.APPARAAT)


def token_of(soort: Houder) -> str:
    """Give the token of a kind that the browser sent; empty without one."""
    return request.cookies.get(_name(soort), "")


def hand_over(response: Response, soort: Houder, token: str) -> None:
    """Give the browser a token that scripts cannot read and other sites do not send along."""
    response.set_cookie(
        _name(soort),
        token,
        max_age=int(_LENGTH[soort] / timedelta(seconds=1)),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def take_back(response: Response, soort: Houder) -> None:
    """Let the browser forget a token."""
    response.delete_cookie(
        _name(soort), secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )


def real_time() -> datetime:
    """Give the real time: a stopped clock is for dates of the map, not for sessions."""
    return datetime.now(UTC)


def _account(soort: Houder) -> Account | None:
    token = token_of(soort)
    if not token:
        return None
    with _store().reading() as conn:
        return signing_in.account_of(conn, token, soort, real_time())


def _by_key() -> tuple[Account | None, bool]:
    """Give the account of the key that a program sent; a wrong key is refused, not ignored."""
    kind, _, token = request.headers["Authorization"].partition(" ")
    if kind.casefold() == "bearer":
        with _store().reading() as conn:
            found = account_of_key(conn, token.strip(), real_time())
        if found is not None:
            return found
    g.account, g.may_write = None, False
    raise Unauthorized


def _name(soort: Houder) -> str:
    # The prefix lets a browser refuse what another host of the same domain sets.
    return f"__Host-{soort.value}" if request.is_secure else soort.value


def _store() -> Store:
    return cast(Store, current_app.extensions["socialmap"].store)
