"""Read in which areas the actors lie that a reader may see: from the index, without measuring."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.visible import actor_visible


def actor_areas(conn: Connection, lezer: Lezer, today: date) -> dict[str, tuple[str, ...]]:
    """
    Give the codes of all areas that hold the place of each actor.

    Parameters
    ----------
    conn
        A reading connection.
    lezer, today
        Who reads, and on which day; actors that are not for this reader are not in it.

    Returns
    -------
    areas
        By `Actor.id` in order, codes in order; an actor without place, or outside every area, is
        not in it.
    """
    mark, actor = schema.kenmerk, schema.actor
    query = (
        sa.select(mark.c.record_id, mark.c.code)
        .join(actor, actor.c.id == mark.c.record_id)
        .where(
            mark.c.record == "actor",
            mark.c.veld == "ligging",
            actor_visible(actor, lezer, today),
        )
        .order_by(mark.c.record_id, mark.c.code)
    )
    found: dict[str, list[str]] = {}
    for actor_id, code in conn.execute(query):
        found.setdefault(actor_id, []).append(code)
    return {actor_id: tuple(codes) for actor_id, codes in found.items()}
