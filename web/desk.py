"""Bring a change of a request to the editing floor: who writes, the day, the words, the places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.exceptions import Unauthorized

from socialmap.domain.roles import VISITOR, Account
from socialmap.editing.change import Desk
from socialmap.store.engine import Connection
from socialmap.store.vocabulary import read_vocabulary
from web.context import connection, services, today
from web.session import current_account


@contextmanager
def open_desk(*, visitor: bool = False) -> Iterator[Desk]:
    """
    Open a transaction for the account of this request; all of it is kept, or none.

    Parameters
    ----------
    visitor
        Whether somebody without an account may come to it, to propose.
    """
    account = _account(visitor=visitor)
    with services().store.writing() as conn:
        yield _desk(conn, account)


def reading_desk(*, visitor: bool = False) -> Desk:
    """Give a desk that only reads, for the account of this request; see `open_desk`."""
    return _desk(connection(), _account(visitor=visitor))


def _desk(conn: Connection, account: Account) -> Desk:
    here = services()
    return Desk(
        conn=conn,
        account=account,
        today=today(),
        now=here.settings.clock.now(),
        words=read_vocabulary(conn),
        places=here.finder.here.places(conn),
    )


def _account(*, visitor: bool) -> Account:
    account = current_account()
    if account is None and visitor:
        return VISITOR
    if account is None:
        raise Unauthorized
    return account
