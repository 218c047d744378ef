"""Which records a contact of their own keeps, and which do not want to be listed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Niveau
from socialmap.store.rows import search_name
from socialmap.store.schema_accounts import account
from socialmap.store.schema_merging import eigenaar as _owner
from socialmap.store.schema_merging import weigering as _refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Eigenaar:
    """The account that keeps a record, since when, and who said so."""

    actor_id: str
    account_id: str
    sinds: date
    door: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigering:
    """A record that does not want to be listed; `niveau` is what it goes back to."""

    actor_id: str
    afdruk: str
    niveau: Niveau
    dag: date
    door: str


def owners_of(conn: Connection, ids: Iterable[str]) -> dict[str, Eigenaar]:
    """Give the owners of those among actors that have one."""
    asked = set(ids)
    rows = conn.execute(sa.select(_owner).order_by(_owner.c.actor_id)).mappings()
    return {row["actor_id"]: Eigenaar(**row) for row in rows if row["actor_id"] in asked}


def owned_by(conn: Connection, account_id: str) -> list[str]:
    """List the actors that an account keeps, in order of id."""
    query = sa.select(_owner.c.actor_id).where(_owner.c.account_id == account_id)
    return list(conn.scalars(query.order_by(_owner.c.actor_id)))


def save_owner(conn: Connection, one: Eigenaar) -> None:
    """Let an account keep an actor; who kept it before does so no longer."""
    conn.execute(sa.delete(_owner).where(_owner.c.actor_id == one.actor_id))
    conn.execute(sa.insert(_owner).values(**asdict(one)))
    mine = account.c.id == one.account_id
    conn.execute(sa.update(account).where(mine).values(actor_id=one.actor_id))


def forget_owner(conn: Connection, actor_id: str) -> None:
    """Let nobody keep an actor as its own."""
    found = owners_of(conn, [actor_id]).get(actor_id)
    conn.execute(sa.delete(_owner).where(_owner.c.actor_id == actor_id))
    if found is not None:
        its = sa.and_(account.c.id == found.account_id, account.c.actor_id == actor_id)
        conn.execute(sa.update(account).where(its).values(actor_id=""))


def name_print(naam: str) -> str:
    """Give what is kept of a name: capitals, accents, signs and spaces do not count."""
    plain = "".join(sign for sign in search_name(naam) if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def refusals_of(conn: Connection, ids: Iterable[str]) -> dict[str, Weigering]:
    """Give the refusals of those among actors that do not want to be listed."""
    asked = set(ids)
    return {one.actor_id: one for one in all_refusals(conn) if one.actor_id in asked}


def all_refusals(conn: Connection) -> list[Weigering]:
    """List all refusals, in order of id."""
    rows = conn.execute(sa.select(_refused).order_by(_refused.c.actor_id)).mappings()
    return [_read(row) for row in rows]


def is_refused_name(conn: Connection, naam: str) -> bool:
    """Tell whether a record of this name does not want to be listed."""
    same = sa.select(_refused.c.actor_id).where(_refused.c.afdruk == name_print(naam)).limit(1)
    return bool(naam) and conn.scalar(same) is not None


def add_refusal(conn: Connection, one: Weigering) -> None:
    """Note that a record does not want to be listed."""
    conn.execute(sa.insert(_refused).values(**asdict(one) | {"niveau": int(one.niveau)}))


def forget_refusal(conn: Connection, actor_id: str) -> None:
    """Note that a record wants to be listed again."""
    conn.execute(sa.delete(_refused).where(_refused.c.actor_id == actor_id))


def _read(row: sa.RowMapping) -> Weigering:
    return Weigering(**dict(row) | {"niveau": Niveau(row["niveau"])})
