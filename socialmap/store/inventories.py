"""Keep and read what somebody looked for in an area, also when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Inventarisatie
from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.filters import related_areas
from socialmap.store.records import Page, aanbod_by_id
from socialmap.store.saving import Kind, Saved, plain_row, read_all, read_by_id, read_plain, save

_table = schema.inventarisatie
KIND: Kind[Inventarisatie] = Kind(
    "inventarisatie",
    _table,
    lambda: sa.select(_table),
    partial(read_plain, Inventarisatie, cast(Sequence[str], Inventarisatie.__slots__)),
    plain_row,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryFilter:
    """Which to keep: of an area and those that share a buurt with it, of themes, of an outcome."""

    gebied: str = ""
    themas: tuple[str, ...] = ()
    uitkomsten: tuple[str, ...] = ()


def all_inventories(conn: Connection) -> list[Inventarisatie]:
    """Read every inventarisatie whole, in order of id; ids of offers are not cut for a reader."""
    return read_all(conn, KIND)


def get_inventory(conn: Connection, inventory_id: str, lezer: Lezer, today: date) -> Inventarisatie:
    """Read one. Raises NotFoundError when it is not there."""
    found = read_by_id(conn, KIND, [inventory_id])
    if not found:
        raise NotFoundError("Inventarisatie", inventory_id)
    return cut_offers(conn, found, lezer, today)[0]


def list_inventories(
    conn: Connection, keep: InventoryFilter, lezer: Lezer, today: date, *, na: str, limit: int
) -> Page[Inventarisatie]:
    """
    Read a page in order of id.

    Parameters
    ----------
    keep
        What to keep; an empty field keeps everything.
    lezer, today
        Who reads, and the day: offers that this reader may not see are left out.
    na
        Id to go on after; empty for the first page.
    limit
        Most on the page, at least 1.
    """
    where = _conditions(keep)
    total = conn.scalar(sa.select(sa.func.count()).select_from(_table).where(*where)) or 0
    query = KIND.select().where(*where, _table.c.id > na).order_by(_table.c.id).limit(limit + 1)
    found = [KIND.read(row) for row in conn.execute(query).mappings()]
    kept = tuple(cut_offers(conn, found[:limit], lezer, today))
    return Page(kept, kept[-1].id if len(found) > limit else None, total)


def save_inventories(
    conn: Connection, inventories: Iterable[Inventarisatie], wie: str, now: datetime
) -> Saved[Inventarisatie]:
    """Keep inventarisaties of areas and themes that are there; see `saving.save`."""
    return save(conn, inventories, KIND, wie, now)


def change_offers(
    conn: Connection,
    inventory_id: str,
    aanbod_ids: Iterable[str],
    lezer: Lezer,
    today: date,
    *,
    wie: str,
    now: datetime,
) -> Inventarisatie:
    """
    Say which offers were found; those that this reader may not see stay as they were.

    Raises
    ------
    NotFoundError
        When it is not there.
    """
    found = read_by_id(conn, KIND, [inventory_id])
    if not found:
        raise NotFoundError("Inventarisatie", inventory_id)
    hidden = hidden_offers(conn, found[0].aanbod_ids, lezer, today)
    ids = tuple(dict.fromkeys([*aanbod_ids, *hidden]))
    saved = save_inventories(conn, [replace(found[0], aanbod_ids=ids)], wie, now)
    return cut_offers(conn, [*saved.touched, *saved.gelijk], lezer, today)[0]


def cut_offers(
    conn: Connection, inventories: Sequence[Inventarisatie], lezer: Lezer, today: date
) -> list[Inventarisatie]:
    """Leave out the ids of offers that this reader may not see."""
    ids = {one for inventory in inventories for one in inventory.aanbod_ids}
    seen = aanbod_by_id(conn, ids, lezer, today)
    return [
        replace(one, aanbod_ids=tuple(key for key in one.aanbod_ids if key in seen))
        for one in inventories
    ]


def hidden_offers(
    conn: Connection, aanbod_ids: Sequence[str], lezer: Lezer, today: date
) -> tuple[str, ...]:
    """Give those among ids of offers that this reader may not see."""
    seen = aanbod_by_id(conn, aanbod_ids, lezer, today)
    return tuple(key for key in aanbod_ids if key not in seen)


def _conditions(keep: InventoryFilter) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if keep.gebied:
        same = _table.c.gebied == keep.gebied
        where.append(sa.or_(same, _table.c.gebied.in_(related_areas(keep.gebied))))
    if keep.themas:
        where.append(_table.c.thema.in_(keep.themas))
    if keep.uitkomsten:
        where.append(_table.c.uitkomst.in_(keep.uitkomsten))
    return where
