"""Read everything that is kept about one sleutelfiguur, whoever may see it: for that person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Niveau
from socialmap.store import schema, schema_accounts
from socialmap.store.chunks import batched
from socialmap.store.rows import Row

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class KeptConsent:
    """
    One consent, also one that counts no longer.

    Attributes
    ----------
    eind
        First day that it no longer holds by itself.
    vervallen_op
        When it was replaced or withdrawn; None while it stands.
    """

    op: date
    eind: date
    doel: str
    niveau: str
    door: str
    vervallen_op: datetime | None
    ingetrokken: bool


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who did what, from the log: id of an account, empty for the person itself."""

    wanneer: datetime
    account_id: str
    wat: str


def consents_of(conn: Connection, actor_id: str) -> list[KeptConsent]:
    """Read every consent that a person gave, newest first."""
    table = schema.toestemming
    query = sa.select(table).where(table.c.actor_id == actor_id).order_by(table.c.id.desc())
    return [
        KeptConsent(
            op=row["op"],
            eind=row["eind"],
            doel=row["doel"],
            niveau="" if row["niveau"] is None else Niveau(row["niveau"]).code,
            door=row["door"],
            vervallen_op=_aware(row["vervallen_op"]),
            ingetrokken=row["ingetrokken"],
        )
        for row in conn.execute(query).mappings()
    ]


def log_of(conn: Connection, actor_id: str) -> list[LogLine]:
    """Read who did what to the record of a person, newest first."""
    table = schema_accounts.logboek
    mine = sa.and_(table.c.record == "actor", table.c.record_id == actor_id)
    query = sa.select(table).where(mine).order_by(table.c.wanneer.desc(), table.c.id.desc())
    return [
        LogLine(_utc(row["wanneer"]), row["account_id"], row["wat"])
        for row in conn.execute(query).mappings()
    ]


def proposals_of(conn: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Read proposals about these records: `tabel`, `sleutel`, `cellen`, `wanneer`, `status`."""
    table = schema_accounts.voorstel
    names = ("tabel", "sleutel", "cellen", "wanneer", "status")
    found: list[Row] = []
    for chunk in batched(ids, _CHUNK):
        query = sa.select(*(table.c[name] for name in names)).where(table.c.sleutel.in_(chunk))
        found += conn.execute(query.order_by(table.c.wanneer, table.c.id)).mappings().all()
    return [{**row, "wanneer": _utc(row["wanneer"])} for row in found]


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
