"""The number of the map's contents: it goes up with every transaction that changes something.

What is computed from the map (a network, a search index) is kept with this number, and made anew
when it differs.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema
from socialmap.store.upsert import upsert

_KEY = "stand"


def read_data_version(conn: Connection) -> int:
    """Give the number of what this connection sees; 0 before the first write."""
    found = conn.scalar(sa.select(schema.meta.c.waarde).where(schema.meta.c.sleutel == _KEY))
    return int(found or 0)


def raise_data_version(conn: Connection) -> None:
    """Count what this writing connection does as a change; writers come one by one."""
    number = read_data_version(conn) + 1
    upsert(conn, schema.meta, [{"sleutel": _KEY, "waarde": str(number)}])
