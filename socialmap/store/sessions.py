"""Keep sessions, remembered devices, links that work once, and wrong tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema_accounts as schema
from socialmap.store.upsert import upsert

_session, _invite, _try = schema.sessie, schema.uitnodiging, schema.poging
_key = schema.sleutel


@dataclass(frozen=True, slots=True)
class Sleutel:
    """What a program shows instead of signing in, without the part that is secret."""

    afdruk: str
    account_id: str
    naam: str
    schrijven: bool
    gemaakt: datetime
    eind: datetime


class Houder(StrEnum):
    """What a token of a browser is good for."""

    SESSIE = "sessie"
    HALF = "half"
    APPARAAT = "apparaat"


def add_session(
    conn: Connection, afdruk: str, account_id: str, soort: Houder, now: datetime, eind: datetime
) -> None:
    """Keep the fingerprint of a new token until its end."""
    conn.execute(
        sa.insert(_session).values(
            afdruk=afdruk,
            account_id=account_id,
            soort=soort.value,
            gemaakt=now.astimezone(UTC),
            gezien=now.astimezone(UTC),
            eind=eind.astimezone(UTC),
        )
    )


def find_session(
    conn: Connection, afdruk: str, soort: Houder, now: datetime, seen_after: datetime
) -> tuple[str, datetime] | None:
    """
    Find the account of a token.

    Parameters
    ----------
    afdruk
        Fingerprint of the token.
    soort
        What it must be good for.
    now
        The real time, with zone: it must not have ended.
    seen_after
        It must have been used since.

    Returns
    -------
    tuple or None
        Id of the account, and when the token was last noted as used.
    """
    row = conn.execute(
        sa.select(_session.c.account_id, _session.c.gezien).where(
            _session.c.afdruk == afdruk,
            _session.c.soort == soort.value,
            _session.c.eind > now.astimezone(UTC),
            _session.c.gezien > seen_after.astimezone(UTC),
        )
    ).first()
    return None if row is None else (row.account_id, _aware(row.gezien))


def touch_session(conn: Connection, afdruk: str, now: datetime) -> None:
    """Note that a session is in use."""
    conn.execute(
        sa.update(_session).where(_session.c.afdruk == afdruk).values(gezien=now.astimezone(UTC))
    )


def end_session(conn: Connection, afdruk: str) -> None:
    """Let a token count no longer."""
    conn.execute(sa.delete(_session).where(_session.c.afdruk == afdruk))


def end_all_sessions(conn: Connection, account_id: str) -> None:
    """Let every token of an account count no longer, remembered devices included."""
    conn.execute(sa.delete(_session).where(_session.c.account_id == account_id))


def delete_ended(conn: Connection, now: datetime) -> None:
    """Delete what has ended: tokens, links, and waits for wrong tries."""
    moment = now.astimezone(UTC)
    conn.execute(sa.delete(_session).where(_session.c.eind <= moment))
    conn.execute(sa.delete(_invite).where(_invite.c.eind <= moment))
    conn.execute(sa.delete(_key).where(_key.c.eind <= moment))


def add_invitation(conn: Connection, afdruk: str, account_id: str, eind: datetime) -> None:
    """Keep the fingerprint of a link that works once; an earlier one of the account is void."""
    conn.execute(sa.delete(_invite).where(_invite.c.account_id == account_id))
    conn.execute(
        sa.insert(_invite).values(afdruk=afdruk, account_id=account_id, eind=eind.astimezone(UTC))
    )


def find_invitation(conn: Connection, afdruk: str, now: datetime) -> str | None:
    """Find the account that a link is for; None when it was used or has ended."""
    found: str | None = conn.scalar(
        sa.select(_invite.c.account_id).where(
            _invite.c.afdruk == afdruk, _invite.c.eind > now.astimezone(UTC)
        )
    )
    return found


def use_invitation(conn: Connection, afdruk: str) -> bool:
    """Take a link out; False when another request was first."""
    return conn.execute(sa.delete(_invite).where(_invite.c.afdruk == afdruk)).rowcount == 1


def add_key(conn: Connection, key: Sleutel) -> None:
    """Keep the fingerprint of a new key."""
    values = {name: getattr(key, name) for name in Sleutel.__slots__}
    moments = {name: values[name].astimezone(UTC) for name in ("gemaakt", "eind")}
    conn.execute(sa.insert(_key).values(**values | moments))


def find_key(conn: Connection, afdruk: str, now: datetime) -> Sleutel | None:
    """Find a key that has not ended."""
    mine = _key.c.afdruk == afdruk
    row = conn.execute(sa.select(_key).where(mine, _key.c.eind > now.astimezone(UTC))).first()
    return None if row is None else _read_key(row)


def list_keys(conn: Connection, account_id: str) -> list[Sleutel]:
    """List the keys of an account, newest first."""
    query = sa.select(_key).where(_key.c.account_id == account_id)
    rows = conn.execute(query.order_by(_key.c.gemaakt.desc(), _key.c.afdruk))
    return [_read_key(row) for row in rows]


def delete_key(conn: Connection, account_id: str, afdruk: str) -> bool:
    """Let a key of an account count no longer; False when it is not there."""
    mine = _key.c.account_id == account_id
    return conn.execute(sa.delete(_key).where(mine, _key.c.afdruk == afdruk)).rowcount == 1


def end_all_keys(conn: Connection, account_id: str) -> None:
    """Let every key of an account count no longer."""
    conn.execute(sa.delete(_key).where(_key.c.account_id == account_id))


def read_tries(conn: Connection, afdruk: str) -> tuple[int, datetime]:
    """Give how many wrong tries there were, and until when to wait."""
    row = conn.execute(sa.select(_try).where(_try.c.afdruk == afdruk)).first()
    if row is None:
        return 0, datetime.min.replace(tzinfo=UTC)
    return row.aantal, _aware(row.wacht_tot)


def save_tries(conn: Connection, afdruk: str, number: int, wait_until: datetime) -> None:
    """Note the number of wrong tries, and until when to wait."""
    wait = wait_until.astimezone(UTC)
    upsert(conn, _try, [{"afdruk": afdruk, "aantal": number, "wacht_tot": wait}])


def forget_tries(conn: Connection, afdruk: str) -> None:
    """Start counting anew."""
    conn.execute(sa.delete(_try).where(_try.c.afdruk == afdruk))


def _read_key(row: sa.Row[tuple[object, ...]]) -> Sleutel:
    own = {name: getattr(row, name) for name in Sleutel.__slots__}
    return Sleutel(**own | {name: _aware(own[name]) for name in ("gemaakt", "eind")})


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
