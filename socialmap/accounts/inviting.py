"""Invite people, let them set what they sign in with, and let them go."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from socialmap.accounts.passwords import hash_password
from socialmap.accounts.second_factor import (
    accepted_step,
    new_recovery_codes,
    new_secret,
)
from socialmap.accounts.second_factor import fingerprint as recovery_print
from socialmap.accounts.tokens import INVITATION, fingerprint, new_token
from socialmap.domain.errors import SocialMapError
from socialmap.domain.roles import Account, Rol
from socialmap.store import accounts, mails, sessions
from socialmap.store.engine import Connection, Store

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,189}")


class AccountError(SocialMapError):
    """Something about an account cannot be so; says what to do."""


class LinkEndedError(SocialMapError):
    """A link that works once was used, or has ended."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An account with the token of the link to send; the token is shown once and kept nowhere."""

    account: Account
    token: str


def invite(store: Store, wie: str, account: Account, now: datetime) -> Invited:
    """
    Make an account and the link with which its owner sets a password.

    Parameters
    ----------
    wie
        Id of the account that invites; empty for the command line.
    account
        Its `id` is given here; `email` is put in lower case.
    now
        The real time, with zone.

    Raises
    ------
    AccountError
        When the mail address is none, or has an account already.
    """
    email = account.email.strip().casefold()
    if not _EMAIL.fullmatch(email):
        raise AccountError("Dit is geen mailadres. Schrijf het als naam@organisatie.nl.")
    if not account.naam.strip():
        raise AccountError("Vul in hoe collega's deze persoon kennen.")
    made = replace(account, id=secrets.token_hex(8), email=email, naam=account.naam.strip())
    with store.writing() as conn:
        if accounts.find_account(conn, email) is not None:
            raise AccountError("Dit mailadres heeft al een account. Verander dat account.")
        accounts.add_account(conn, made, now)
        accounts.log(conn, now, wie, "uitgenodigd", "account", made.id)
        return Invited(made, _link(conn, made, now))


def first_link(store: Store, now: datetime) -> Invited | None:
    """
    Give the link with which the first administrator begins; None when there is one who signs in.

    Each call makes a new link, and the one before works no longer.
    """
    with store.writing() as conn:
        keepers = [a for a in accounts.list_accounts(conn) if a.rol is Rol.BEHEERDER and a.actief]
        if any(accounts.read_keys(conn, keeper.id).wachtwoord for keeper in keepers):
            return None
        if keepers:
            first = keepers[0]
        else:
            first = Account(
                id=secrets.token_hex(8), email="beheer", naam="Beheerder", rol=Rol.BEHEERDER
            )
            accounts.add_account(conn, first, now)
        return Invited(first, _link(conn, first, now))


def new_link(store: Store, wie: str, account_id: str, now: datetime) -> Invited:
    """
    Give a way back for who lost the password or the phone: a link to set both anew.

    Nothing changes until the link is used.
    """
    with store.writing() as conn:
        account = accounts.get_account(conn, account_id)
        accounts.log(conn, now, wie, "nieuwe link", "account", account_id)
        return Invited(account, _link(conn, account, now))


def open_link(conn: Connection, token: str, now: datetime) -> Account:
    """
    Give the account that a link is for.

    Raises
    ------
    LinkEndedError
        When it was used, has ended, or the account is not active.
    """
    account_id = sessions.find_invitation(conn, fingerprint(token), now)
    account = accounts.get_account(conn, account_id) if account_id else None
    if account is None or not account.actief:
        raise LinkEndedError("Deze link werkt niet meer. Vraag de beheerder om een nieuwe link.")
    return account


def take_up(
    store: Store,
    token: str,
    *,
    email: str,
    password: str,
    totp: str,
    code: str,
    now: datetime,
) -> tuple[Account, Sequence[str]]:
    """
    Set password and second factor by a link that works once; every older session ends.

    Parameters
    ----------
    email
        Mail address; only the first administrator chooses it here.
    totp
        Secret that the page made for the phone; empty without a second factor.
    code
        Code that the phone made with it.

    Returns
    -------
    account, recovery_codes
        The codes are shown once and kept as fingerprints.

    Raises
    ------
    LinkEndedError, AccountError, WeakPasswordError
        Nothing is kept then, and the link still works.
    """
    with store.writing() as conn:
        account = open_link(conn, token, now)
        if not _EMAIL.fullmatch(account.email):
            account = _choose_email(conn, account, email)
        step = 0
        if account.needs_second_factor or totp:
            found = accepted_step(totp, code, now, 0) if totp else None
            if found is None:
                raise AccountError(
                    "De code van de telefoon klopt niet. Wacht op een nieuwe code en typ die over."
                )
            step = found
        keys = accounts.Keys(hash_password(password, account.email), totp, step)
        if not sessions.use_invitation(conn, fingerprint(token)):
            raise LinkEndedError("Deze link werkt niet meer. Vraag om een nieuwe link.")
        codes = new_recovery_codes() if totp else []
        accounts.save_keys(conn, account.id, keys)
        accounts.save_recovery_codes(conn, account.id, [recovery_print(one) for one in codes])
        sessions.end_all_sessions(conn, account.id)
        # What was mailed with this link is no longer needed.
        mails.use_link(conn, fingerprint(token), now)
        accounts.log(conn, now, account.id, "inloggen ingesteld")
    return account, codes


def change(store: Store, wie: str, account: Account, now: datetime) -> None:
    """
    Change role, areas or whether somebody is active; deactivation ends every session at once.

    Raises
    ------
    AccountError
        When no active administrator would be left.
    """
    with store.writing() as conn:
        before = accounts.get_account(conn, account.id)
        accounts.save_account(conn, replace(account, email=before.email))
        others = [a for a in accounts.list_accounts(conn) if a.rol is Rol.BEHEERDER and a.actief]
        if before.rol is Rol.BEHEERDER and not others:
            raise AccountError("Er moet een beheerder blijven. Maak eerst een ander beheerder.")
        if not account.actief or account.niveau < before.niveau:
            sessions.end_all_sessions(conn, account.id)
            sessions.end_all_keys(conn, account.id)
        accounts.log(conn, now, wie, "account veranderd", "account", account.id)


def new_totp() -> str:
    """Make a secret for a phone, to be shown on the page of a link."""
    return new_secret()


def _choose_email(conn: Connection, account: Account, email: str) -> Account:
    wanted = email.strip().casefold()
    if not _EMAIL.fullmatch(wanted):
        raise AccountError("Dit is geen mailadres. Schrijf het als naam@organisatie.nl.")
    if accounts.find_account(conn, wanted) is not None:
        raise AccountError("Dit mailadres heeft al een account. Kies een ander mailadres.")
    chosen = replace(account, email=wanted)
    accounts.save_account(conn, chosen)
    return chosen


def _link(conn: Connection, account: Account, now: datetime) -> str:
    token = new_token()
    sessions.add_invitation(conn, fingerprint(token), account.id, now + INVITATION)
    return token
