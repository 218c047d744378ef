"""Keep where the text of each offer lies in meaning, beside the text that it was made from."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema
from socialmap.store.upsert import upsert

_table = schema.zoekvector


def read_vectors(conn: Connection) -> dict[str, tuple[str, bytes]]:
    """Read by offer, in order of id: what text it was made from, and the vector."""
    query = sa.select(_table.c.aanbod_id, _table.c.tekst, _table.c.vector)
    rows = conn.execute(query.order_by(_table.c.aanbod_id))
    return {key: (text, vector) for key, text, vector in rows}


def read_text_marks(conn: Connection) -> dict[str, str]:
    """Read by offer what text its vector was made from."""
    rows = conn.execute(sa.select(_table.c.aanbod_id, _table.c.tekst))
    return {row.aanbod_id: row.tekst for row in rows}


def save_vectors(conn: Connection, vectors: Mapping[str, tuple[str, bytes]]) -> None:
    """Keep vectors by offer, each with a mark of its text."""
    upsert(
        conn,
        _table,
        [
            {"aanbod_id": key, "tekst": text, "vector": vector}
            for key, (text, vector) in vectors.items()
        ],
    )
