"""Where postcodes lie, as far as the records tell that a reader may see."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.visible import actor_visible, is_person


def places_of_postcode(
    conn: Connection, postcode: str, lezer: Lezer, today: date
) -> list[tuple[float, float]]:
    """
    Read the places of records with a postcode.

    Parameters
    ----------
    conn
        A reading connection.
    postcode
        Four digits, or four digits and two capitals without a space.
    lezer, today
        Who reads, and the day. Places of sleutelfiguren do not count.

    Returns
    -------
    list of (lon, lat)
        WGS84 degrees, in order; one for each record.
    """
    found: list[tuple[float, float]] = []
    owner = schema.actor
    for table in (schema.actor, schema.aanbod):
        plain = sa.func.replace(table.c.postcode, " ", "")
        query = sa.select(table.c.lon, table.c.lat).where(
            plain.like(f"{postcode}%"),
            table.c.lon.is_not(None),
            sa.not_(is_person(owner)),
            actor_visible(owner, lezer, today),
        )
        if table is schema.aanbod:
            query = query.join(owner, owner.c.id == table.c.actor_id)
        found += [(lon, lat) for lon, lat in conn.execute(query)]
    return sorted(found)
