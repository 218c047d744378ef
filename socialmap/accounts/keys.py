"""Keys for programs: what they may do, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from socialmap.accounts.tokens import fingerprint, new_token
from socialmap.domain.errors import SocialMapError
from socialmap.domain.roles import Account
from socialmap.store import accounts, sessions
from socialmap.store.engine import Connection, Store
from socialmap.store.sessions import Sleutel

MOST_DAYS = 365
MOST_KEYS = 20
_NAME = 80


class ProgramKeyError(SocialMapError):
    """A key cannot be made so; says what to do."""


def make_key(
    store: Store, account: Account, naam: str, days: int, now: datetime, *, schrijven: bool
) -> str:
    """
    Make a key with which a program reads as an account, and changes things if it may.

    Parameters
    ----------
    naam
        What it is for, in the words of its owner.
    days
        How long it counts, 1 to `MOST_DAYS`.
    schrijven
        Whether it may change anything; without, it only reads.

    Returns
    -------
    token
        For `Authorization: Bearer`; shown once.

    Raises
    ------
    ProgramKeyError
        Without a name, for too long, or when there are too many already.
    """
    name = naam.strip()[:_NAME]
    if not name:
        raise ProgramKeyError("Schrijf waar de sleutel voor is.")
    if not 1 <= days <= MOST_DAYS:
        raise ProgramKeyError(f"Kies een duur van 1 tot en met {MOST_DAYS} dagen.")
    token = new_token()
    with store.writing() as conn:
        if len(sessions.list_keys(conn, account.id)) >= MOST_KEYS:
            raise ProgramKeyError(f"U hebt al {MOST_KEYS} sleutels. Haal er eerst een weg.")
        key = Sleutel(
            fingerprint(token), account.id, name, schrijven, now, now + timedelta(days=days)
        )
        sessions.add_key(conn, key)
        accounts.log(conn, now, account.id, "sleutel gemaakt")
    return token


def account_of_key(conn: Connection, token: str, now: datetime) -> tuple[Account, bool] | None:
    """Give the account of a key and whether it may change anything; None when it does not count."""
    key = sessions.find_key(conn, fingerprint(token), now)
    if key is None:
        return None
    account = accounts.get_account(conn, key.account_id)
    return (account, key.schrijven) if account.actief else None


def take_back(store: Store, account: Account, afdruk: str, now: datetime) -> None:
    """Let a key of an account count no longer."""
    with store.writing() as conn:
        if sessions.delete_key(conn, account.id, afdruk):
            accounts.log(conn, now, account.id, "sleutel ingetrokken")
