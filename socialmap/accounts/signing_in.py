"""Sign in: a password, then a second factor; wrong tries make the next one wait (eisen.md, 10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from socialmap.accounts.passwords import hash_password, is_password, needs_new_hash
from socialmap.accounts.second_factor import accepted_step
from socialmap.accounts.second_factor import fingerprint as recovery_print
from socialmap.accounts.tokens import (
    DEVICE,
    HALF,
    IDLE,
    NOTED,
    SESSION,
    fingerprint,
    name_print,
    new_token,
)
from socialmap.domain.errors import SocialMapError
from socialmap.domain.roles import Account
from socialmap.store import accounts, sessions
from socialmap.store.engine import Connection, Store
from socialmap.store.sessions import Houder

#: So many tries are free; after that the wait doubles, up to the longest.
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
_LENGTH = {Houder.SESSIE: SESSION, Houder.HALF: HALF, Houder.APPARAAT: DEVICE}


class SignInError(SocialMapError):
    """Signing in was refused; the sentence is the same whether the account is there or not."""


def check_password(store: Store, secret: str, email: str, password: str, now: datetime) -> Account:
    """
    Find the account of a mail address and password.

    Parameters
    ----------
    store
        Where accounts are; a wrong try is counted there.
    secret
        Of the installation.
    email, password
        As typed.
    now
        The real time, with zone.

    Raises
    ------
    SignInError
        Wrong, not active, or too many tries; equal for names that are not known.
    """
    name = name_print(secret, email)
    count_try(store, name, now)
    with store.reading() as conn:
        account = accounts.find_account(conn, email)
        keys = accounts.read_keys(conn, account.id) if account else accounts.Keys()
    right = is_password(keys.wachtwoord, password)
    if account is None or not account.actief or not right:
        raise SignInError("Dit mailadres en dit wachtwoord horen niet bij elkaar. Kijk ze na.")
    if needs_new_hash(keys.wachtwoord):
        with store.writing() as conn:
            fresh = replace(keys, wachtwoord=hash_password(password, account.email))
            accounts.save_keys(conn, account.id, fresh)
    return account


def check_code(store: Store, secret: str, account: Account, code: str, now: datetime) -> None:
    """
    Accept a code of the phone, or one of the printed codes for when it is lost.

    Raises
    ------
    SignInError
        Wrong, used before, or too many tries.
    """
    count_try(store, name_print(secret, account.email), now)
    with store.writing() as conn:
        keys = accounts.read_keys(conn, account.id)
        step = accepted_step(keys.totp, code, now, keys.totp_stap) if keys.totp else None
        if step is not None:
            accepted = accounts.accept_step(conn, account.id, step)
        else:
            accepted = accounts.use_recovery_code(conn, account.id, recovery_print(code))
    if not accepted:
        raise SignInError("Deze code klopt niet. Wacht op een nieuwe code en typ die over.")


def open_session(
    store: Store, secret: str, account: Account, now: datetime, *, remember: bool = False
) -> tuple[str, str]:
    """
    Begin a session after everything was checked.

    Parameters
    ----------
    remember
        Whether this device may leave out the second factor for 30 days.

    Returns
    -------
    session, device
        Tokens for the browser; `device` is empty when it is not remembered.
    """
    with store.writing() as conn:
        sessions.delete_ended(conn, now)
        sessions.forget_tries(conn, name_print(secret, account.email))
        session = _add(conn, account, Houder.SESSIE, now)
        device = _add(conn, account, Houder.APPARAAT, now) if remember else ""
        accounts.log(conn, now, account.id, "ingelogd")
    return session, device


def open_half(store: Store, account: Account, now: datetime) -> str:
    """Give a token for the step between password and second factor."""
    with store.writing() as conn:
        return _add(conn, account, Houder.HALF, now)


def account_of(conn: Connection, token: str, soort: Houder, now: datetime) -> Account | None:
    """Give the account of a token that counts; None when it does not, or is deactivated."""
    seen_after = now - IDLE if soort is Houder.SESSIE else datetime.min.replace(tzinfo=UTC)
    found = sessions.find_session(conn, fingerprint(token), soort, now, seen_after)
    if found is None:
        return None
    account = accounts.get_account(conn, found[0])
    return account if account.actief else None


def note_use(store: Store, token: str, now: datetime) -> None:
    """Note that a session is in use, at most once in five minutes."""
    afdruk = fingerprint(token)
    with store.reading() as conn:
        found = sessions.find_session(conn, afdruk, Houder.SESSIE, now, now - IDLE)
    if found is not None and now - found[1] > NOTED:
        with store.writing() as conn:
            sessions.touch_session(conn, afdruk, now)


def close(store: Store, token: str) -> None:
    """End a session at once."""
    with store.writing() as conn:
        sessions.end_session(conn, fingerprint(token))


def close_everywhere(store: Store, account: Account, now: datetime) -> None:
    """End every session of an account, and forget its devices."""
    with store.writing() as conn:
        sessions.end_all_sessions(conn, account.id)
        accounts.log(conn, now, account.id, "overal uitgelogd")


def count_try(store: Store, name: str, now: datetime) -> None:
    """Count a try before it is judged, so that many at once do not slip through; success forgets.

    Raises SignInError while the wait for the tries before lasts.
    """
    with store.writing() as conn:
        number, wait_until = sessions.read_tries(conn, name)
        if now < wait_until:
            seconds = int((wait_until - now).total_seconds()) + 1
            told = f"{seconds} seconden" if seconds < 60 else f"{-(-seconds // 60)} minuten"
            raise SignInError(f"Dit ging vaak mis. Wacht {told} en probeer het dan nog eens.")
        over = number + 1 - FREE_TRIES
        wait = timedelta(seconds=2.0 ** min(over, 20)) if over >= 0 else timedelta()
        sessions.save_tries(conn, name, number + 1, now + min(wait, LONGEST_WAIT))


def _add(conn: Connection, account: Account, soort: Houder, now: datetime) -> str:
    token = new_token()
    sessions.add_session(conn, fingerprint(token), account.id, soort, now, now + _LENGTH[soort])
    return token
