"""Keep and read accounts, what they sign in with, and who did what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import Account, Rol
from socialmap.store import schema_accounts as schema
from socialmap.store.areas import municipalities_of_areas
from socialmap.store.rows import Row

_account, _recovery, _log = schema.account, schema.herstelcode, schema.logboek
_COLUMNS = tuple(name for name in Account.__slots__ if name != "gemeenten")


@dataclass(frozen=True, slots=True)
class Keys:
    """
    What an account signs in with.

    Attributes
    ----------
    wachtwoord
        argon2id hash; empty until the invitation was taken up.
    totp
        Secret of the second factor, base32; empty without one.
    totp_stap
        Time step of the last code that was accepted.
    """

    wachtwoord: str = ""
    totp: str = ""
    totp_stap: int = 0


def add_account(conn: Connection, account: Account, now: datetime) -> None:
    """Keep a new account, without keys. Its mail address is not in use."""
    conn.execute(sa.insert(_account).values(**_row(account), gemaakt=now.astimezone(UTC)))


def save_account(conn: Connection, account: Account) -> None:
    """Change everything of an account but its keys."""
    conn.execute(sa.update(_account).where(_account.c.id == account.id).values(**_row(account)))


def get_account(conn: Connection, account_id: str) -> Account:
    """Read one account. Raises NotFoundError when it is not there."""
    row = conn.execute(sa.select(_account).where(_account.c.id == account_id)).mappings().first()
    if row is None:
        raise NotFoundError("Account", account_id)
    return _read(conn, row)


def find_account(conn: Connection, email: str) -> Account | None:
    """Find the account of a mail address, in any case of letters."""
    query = sa.select(_account).where(_account.c.email == email.strip().casefold())
    row = conn.execute(query).mappings().first()
    return None if row is None else _read(conn, row)


def list_accounts(conn: Connection) -> list[Account]:
    """Read all accounts, by name and id."""
    query = sa.select(_account).order_by(_account.c.naam, _account.c.id)
    return [_read(conn, row) for row in conn.execute(query).mappings()]


def has_begun(conn: Connection, rol: Rol) -> bool:
    """Tell whether somebody with a role is active and took up the invitation."""
    found = sa.and_(_account.c.rol == rol.value, _account.c.actief, _account.c.wachtwoord != "")
    return conn.scalar(sa.select(sa.exists().where(found))) is True


def read_keys(conn: Connection, account_id: str) -> Keys:
    """Read what an account signs in with."""
    columns = [_account.c[name] for name in Keys.__slots__]
    row = conn.execute(sa.select(*columns).where(_account.c.id == account_id)).first()
    return Keys() if row is None else Keys(*row)


def save_keys(conn: Connection, account_id: str, keys: Keys) -> None:
    """Replace what an account signs in with."""
    values = {name: getattr(keys, name) for name in Keys.__slots__}
    conn.execute(sa.update(_account).where(_account.c.id == account_id).values(**values))


def accept_step(conn: Connection, account_id: str, step: int) -> bool:
    """Note the time step of an accepted code; False when another request just used it."""
    done = conn.execute(
        sa.update(_account)
        .where(_account.c.id == account_id, _account.c.totp_stap < step)
        .values(totp_stap=step)
    )
    return done.rowcount == 1


def save_recovery_codes(conn: Connection, account_id: str, prints: Sequence[str]) -> None:
    """Replace the recovery codes of an account; given are their fingerprints."""
    conn.execute(sa.delete(_recovery).where(_recovery.c.account_id == account_id))
    if prints:
        rows = [{"afdruk": one, "account_id": account_id} for one in prints]
        conn.execute(sa.insert(_recovery), rows)


def use_recovery_code(conn: Connection, account_id: str, afdruk: str) -> bool:
    """Take a recovery code out; False when it is not one of this account."""
    mine = _recovery.c.account_id == account_id
    done = conn.execute(sa.delete(_recovery).where(mine, _recovery.c.afdruk == afdruk))
    return done.rowcount == 1


def log(
    conn: Connection, now: datetime, account_id: str, wat: str, record: str = "", key: str = ""
) -> None:
    """Note who did what to which record, without contents (eisen.md, 22)."""
    conn.execute(
        sa.insert(_log).values(
            wanneer=now.astimezone(UTC),
            account_id=account_id,
            wat=wat,
            record=record,
            record_id=key,
        )
    )


def _row(account: Account) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(account, name) for name in _COLUMNS}
    return row | {"rol": account.rol.value, "gebieden": list(account.gebieden)}


def _read(conn: Connection, row: Row) -> Account:
    own = {name: row[name] for name in _COLUMNS}
    areas = tuple(own["gebieden"])
    within = frozenset[str]().union(*municipalities_of_areas(conn, areas).values())
    own |= {"rol": Rol(own["rol"]), "gebieden": areas, "gemeenten": within if areas else None}
    return Account(**own)
