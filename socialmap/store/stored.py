"""Read any record whole by id, whoever may see it: for what a change leaves as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.store import inventories, signals, write
from socialmap.store.chunks import batched
from socialmap.store.saving import Kind, read_by_id

Table = Literal["actoren", "aanbod", "relaties", "inventarisaties", "signalen"]
_KINDS: dict[Table, Kind[Any]] = {
    "actoren": write.ACTOR,
    "aanbod": write.AANBOD,
    "relaties": write.RELATIE,
    "inventarisaties": inventories.KIND,
    "signalen": signals.KIND,
}
_CHUNK = 500


def read_stored_by_id(
    conn: Connection, table: Table, ids: Sequence[str]
) -> dict[str, Actor | Aanbod | Relatie | Inventarisatie | Signaal]:
    """
    Read records of one table.

    Parameters
    ----------
    table
        By its name in the exchange format.
    ids
        Those that are not there are left out.
    """
    found: dict[str, Actor | Aanbod | Relatie | Inventarisatie | Signaal] = {}
    for chunk in batched(sorted(set(ids)), _CHUNK):
        found |= {record.id: record for record in read_by_id(conn, _KINDS[table], chunk)}
    return found
