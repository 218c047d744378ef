"""Read the ties of one actor whole, whoever may see them: for what the program must know."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Relatie
from socialmap.store import schema
from socialmap.store.rows import read_aanbod, read_relatie


def ties_of(conn: Connection, actor_id: str) -> list[Relatie]:
    """Read every tie that an actor is an end of, in order of id."""
    table = schema.relatie
    mine = sa.or_(table.c.van_id == actor_id, table.c.naar_id == actor_id)
    query = sa.select(table).where(mine).order_by(table.c.id)
    return [read_relatie(row) for row in conn.execute(query).mappings()]


def offers_of(conn: Connection, actor_id: str) -> list[Aanbod]:
    """Read every offer of an actor, in order of id."""
    table = schema.aanbod
    query = sa.select(table).where(table.c.actor_id == actor_id).order_by(table.c.id)
    return [read_aanbod(row) for row in conn.execute(query).mappings()]
