"""Keep changes and new records that wait for somebody who may make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.domain.osm import DOOR as OSM
from socialmap.store.schema_accounts import voorstel as _table


class Stand(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    AANVAARD = "aanvaard"
    AFGEWEZEN = "afgewezen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorstel:
    """
    A proposal.

    Attributes
    ----------
    tabel
        `actoren` or `aanbod`.
    sleutel
        Id of the record; empty for a new one.
    cellen
        Cells by column: those that the proposer filled in.
    versie
        Version of the record that was read; 0 for a new one.
    door
        Id of the account; empty for a visitor.
    """

    id: str
    tabel: str
    sleutel: str
    cellen: Mapping[str, str]
    versie: int
    door: str
    wanneer: datetime
    status: Stand = Stand.OPEN
    besluit_door: str = ""


def add_proposal(conn: Connection, proposal: Voorstel) -> None:
    """Keep a new proposal."""
    conn.execute(sa.insert(_table).values(**_values(proposal)))


def get_proposal(conn: Connection, proposal_id: str) -> Voorstel:
    """Read one proposal. Raises NotFoundError when it is not there."""
    found = find_proposal(conn, proposal_id)
    if found is None:
        raise NotFoundError("Voorstel", proposal_id)
    return found


def find_proposal(conn: Connection, proposal_id: str) -> Voorstel | None:
    """Read one proposal; None when it is not there."""
    row = conn.execute(sa.select(_table).where(_table.c.id == proposal_id)).mappings().first()
    return None if row is None else _read(row)


def open_proposals(conn: Connection) -> list[Voorstel]:
    """List what people propose and waits, the oldest first; drafts have a list of their own."""
    query = sa.select(_table).where(_table.c.status == Stand.OPEN.value, _table.c.door != OSM)
    rows = conn.execute(query.order_by(_table.c.wanneer, _table.c.id)).mappings()
    return [_read(row) for row in rows]


def drafts(conn: Connection) -> list[Voorstel]:
    """List what was read from OpenStreetMap, whatever became of it, in order of id."""
    query = sa.select(_table).where(_table.c.door == OSM).order_by(_table.c.id)
    return [_read(row) for row in conn.execute(query).mappings()]


def open_drafts(conn: Connection) -> list[Voorstel]:
    """List what was read from OpenStreetMap and waits, in order of id."""
    return [one for one in drafts(conn) if one.status is Stand.OPEN]


def count_open_drafts(conn: Connection) -> int:
    """Count what was read from OpenStreetMap and waits."""
    return count_open(conn, OSM)


def save_drafts(conn: Connection, made: Sequence[Voorstel]) -> None:
    """Keep drafts: one that is there already and waits gets the new cells."""
    if not made:
        return
    ids = [{"sleutel_van": one.id} for one in made]
    waits = sa.and_(_table.c.id == sa.bindparam("sleutel_van"), _table.c.status == Stand.OPEN.value)
    conn.execute(sa.delete(_table).where(waits), ids)
    conn.execute(sa.insert(_table), [_values(one) for one in made])


def count_open(conn: Connection, door: str) -> int:
    """Count what waits of one account, or of all visitors together."""
    mine = sa.and_(_table.c.status == Stand.OPEN.value, _table.c.door == door)
    return int(conn.scalar(sa.select(sa.func.count()).select_from(_table).where(mine)) or 0)


def decide(conn: Connection, proposal_id: str, stand: Stand, wie: str) -> bool:
    """Close a proposal, and forget what it held; False when somebody decided before."""
    waiting = sa.and_(_table.c.id == proposal_id, _table.c.status == Stand.OPEN.value)
    done = conn.execute(
        sa.update(_table).where(waiting).values(status=stand.value, besluit_door=wie, cellen={})
    )
    return done.rowcount == 1


def _values(proposal: Voorstel) -> dict[str, Any]:
    values = {name: getattr(proposal, name) for name in Voorstel.__slots__}
    own = {
        "cellen": dict(proposal.cellen),
        "status": proposal.status.value,
        "wanneer": proposal.wanneer.astimezone(UTC),
    }
    return values | own


def _read(row: sa.RowMapping) -> Voorstel:
    own = {name: row[name] for name in Voorstel.__slots__}
    moment = own["wanneer"]
    own["wanneer"] = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Voorstel(**own | {"status": Stand(own["status"])})
