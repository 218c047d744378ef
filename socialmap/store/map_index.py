"""Answer what a map shows in a viewport: places that lie close together are counted as one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Status
from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.filters import (
    RecordFilter,
    RecordName,
    freshness_in,
    index_conditions,
    status_in,
)
from socialmap.store.mercator import WORLD_BITS, to_degrees, to_mercator, units_per_pixel
from socialmap.store.rows import search_name
from socialmap.store.visible import Condition, punt_visible, sees_persons_whole

#: Places within a square of this many pixels are counted together.
CELL_PIXELS = 64
#: Least pixels between the middles of two marks, across or down: a finger needs that.
FINGER_PIXELS = 44
_punt = schema.punt

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Cluster:
    """
    Records that are shown as one mark.

    Attributes
    ----------
    lon, lat
        Their middle, WGS84 degrees.
    aantal
        How many.
    delen
        How many of each line (for offers) or kind (for actors); key as text, `""` is unknown.
    record_id
        Id of the record when it is one alone.
    gebied
        Code of the area when these records have no place of their own.
    """

    lon: float
    lat: float
    aantal: int
    delen: dict[str, int] = field(default_factory=dict)
    record_id: str | None = None
    gebied: str | None = None


def find_clusters(
    conn: Connection,
    record: RecordName,
    box: Box,
    zoom: int,
    keep: RecordFilter,
    lezer: Lezer,
    today: date,
) -> list[Cluster]:
    """
    Count the records in a viewport by cells of `CELL_PIXELS`, and those without a place by area.

    Parameters
    ----------
    record
        `actor` or `aanbod`.
    box
        West, south, east, north in WGS84 degrees.
    zoom
        Zoom level of the web map, 0 to 20.
    keep
        The filter that is set.
    lezer, today
        Who reads, and the day.

    Returns
    -------
    list of Cluster
        In a stable order: north to south, west to east; areas last, by code. One scan of the index
        within the box: O(records in the box).
    """
    part = _punt.c.lijn if record == "aanbod" else _punt.c.soort
    where = [*punt_conditions(record, keep, lezer, today), *_within(box)]
    shift = max(0, round(math.log2(CELL_PIXELS * units_per_pixel(zoom))))
    # Row and column in one number: grouping by it is a third faster than by two.
    row = sa.cast(_punt.c.my, sa.BigInteger).op(">>")(shift)
    cell = row.op("<<")(WORLD_BITS).op("|")(_punt.c.mx.op(">>")(shift)).label("cel")
    query = (
        sa.select(
            cell,
            part.label("deel"),
            sa.func.count().label("aantal"),
            sa.func.sum(_punt.c.mx).label("mx"),
            sa.func.sum(_punt.c.my).label("my"),
            sa.func.min(_punt.c.record_id).label("een"),
        )
        .where(*where, _punt.c.gebied == "")
        .group_by(cell, part)
        .order_by(cell, part)
    )
    cells = _add_up(conn.execute(query))
    return _merge(cells, FINGER_PIXELS * units_per_pixel(zoom)) + _by_area(conn, part, where)


def nearest_ids(
    conn: Connection,
    record: RecordName,
    box: Box,
    keep: RecordFilter,
    lezer: Lezer,
    today: date,
    limit: int,
) -> tuple[list[str], int, int]:
    """
    List the records with a place in a viewport, nearest to its middle first.

    Returns
    -------
    ids, total, without_place
        At most `limit` ids; how many there are in the box; and how many records that pass the
        filter have no place of their own (anywhere).
    """
    where = punt_conditions(record, keep, lezer, today)
    west, north = to_mercator(box[0], box[3])
    east, south = to_mercator(box[2], box[1])
    # Squares of these do not fit the whole numbers that the columns hold.
    mx, my = sa.cast(_punt.c.mx, sa.BigInteger), sa.cast(_punt.c.my, sa.BigInteger)
    dx, dy = mx - (west + east) // 2, my - (north + south) // 2
    placed = [*where, *_within(box), _punt.c.gebied == ""]
    query = (
        sa.select(_punt.c.record_id)
        .where(*placed)
        .order_by(dx * dx + dy * dy, _punt.c.record_id)
        .limit(limit)
    )
    ids = list(conn.scalars(query))
    total = conn.scalar(sa.select(sa.func.count()).where(*placed)) or 0
    distinct = sa.func.count(_punt.c.record_id.distinct())
    elsewhere = conn.scalar(sa.select(distinct).where(*where, _punt.c.gebied > "")) or 0
    return ids, total, elsewhere


def ids_without_place(
    conn: Connection,
    record: RecordName,
    box: Box,
    keep: RecordFilter,
    lezer: Lezer,
    today: date,
    limit: int,
) -> list[str]:
    """List records that are shown with an area; those with its middle in the box come first."""
    where = punt_conditions(record, keep, lezer, today)
    outside = sa.func.min(sa.case((sa.and_(*_within(box)), 0), else_=1))
    query = (
        sa.select(_punt.c.record_id)
        .where(*where, _punt.c.gebied > "")
        .group_by(_punt.c.record_id)
        .order_by(outside, _punt.c.record_id)
        .limit(limit)
    )
    return list(conn.scalars(query))


def count_records(
    conn: Connection, record: RecordName, keep: RecordFilter, lezer: Lezer, today: date
) -> int:
    """Count the records that pass a filter, wherever they are."""
    where = punt_conditions(record, keep, lezer, today)
    return conn.scalar(sa.select(sa.func.count(_punt.c.record_id.distinct())).where(*where)) or 0


def has_records(
    conn: Connection, record: RecordName, keep: RecordFilter, lezer: Lezer, today: date
) -> bool:
    """Tell whether any record passes a filter, wherever it is."""
    where = punt_conditions(record, keep, lezer, today)
    return conn.scalar(sa.select(_punt.c.record_id).where(*where).limit(1)) is not None


def has_places(conn: Connection, record: RecordName, lezer: Lezer, today: date) -> bool:
    """Tell whether any record of a kind stands at a place of its own for this reader."""
    where = punt_conditions(record, RecordFilter(), lezer, today)
    query = sa.select(_punt.c.record_id).where(*where, _punt.c.gebied == "").limit(1)
    return conn.scalar(query) is not None


def punt_conditions(
    record: RecordName, keep: RecordFilter, lezer: Lezer, today: date
) -> list[Condition]:
    """Say the cut and the filter on the map index; the same answer as on the records."""
    conditions = [_punt.c.record == record, punt_visible(record, _punt, lezer, today)]
    if keep.soorten:
        conditions.append(_punt.c.soort.in_([soort.value for soort in keep.soorten]))
    if keep.lijnen:
        conditions.append(_punt.c.lijn.in_(keep.lijnen))
    if keep.statussen:
        over = sa.case((_punt.c.loopt_tot < today, Status.GESTOPT.value), else_=_punt.c.status)
        conditions.append(status_in(over, keep.statussen))
    person = _punt.c.zichtbaar_van.is_not(None)
    if keep.versheid:
        documented: Condition = _punt.c.gedocumenteerd
        if not sees_persons_whole(lezer):
            documented = sa.and_(documented, sa.not_(person))
        conditions.append(freshness_in(_punt.c.gecontroleerd_op, documented, keep.versheid, today))
    conditions += index_conditions(record, _punt.c.record_id, keep)
    if keep.q:
        table = schema.metadata.tables[record]
        words = [table.c.zoeknaam.contains(w, autoescape=True) for w in search_name(keep.q).split()]
        conditions.append(_punt.c.record_id.in_(sa.select(table.c.id).where(*words)))
    if keep.actor_id:
        table = schema.metadata.tables[record]
        owner = table.c.id if record == "actor" else table.c.actor_id
        owned = sa.select(table.c.id).where(owner == keep.actor_id)
        conditions.append(_punt.c.record_id.in_(owned))
    if (keep.q or keep.themas or keep.doelgroepen) and not sees_persons_whole(lezer):
        conditions.append(sa.not_(person))
    return conditions


def _within(box: Box) -> list[Condition]:
    west, north = to_mercator(box[0], box[3])
    east, south = to_mercator(box[2], box[1])
    return [_punt.c.my.between(north, south), _punt.c.mx.between(west, east)]


@dataclass(slots=True)
class _Cell:
    """Sums of one cell, on the plane."""

    mx: float
    my: float
    aantal: int
    delen: dict[str, int]
    one: str


def _add_up(rows: Iterable[Any]) -> list[_Cell]:
    cells: dict[int, _Cell] = {}
    for key, part, count, mx, my, one in rows:
        cell = cells.setdefault(key, _Cell(0, 0, 0, {}, str(one)))
        cell.mx += mx
        cell.my += my
        cell.aantal += count
        cell.delen["" if part is None else str(part)] = count
    return list(cells.values())


def _merge(cells: list[_Cell], near: float) -> list[Cluster]:
    """Join cells whose middles are nearer than this, until no two are. O(cells)."""
    # A square of `near` wide holds one cell at most, so only the squares around it can be near.
    kept: dict[tuple[int, int], _Cell] = {}
    for cell in cells:
        while (other := _find_near(kept, cell, near)) is not None:
            _join(cell, kept.pop(other))
        kept[_square(cell, near)] = cell
    ordered = sorted(kept.values(), key=lambda c: (c.my / c.aantal, c.mx / c.aantal))
    clusters = []
    for cell in ordered:
        lon, lat = to_degrees(cell.mx / cell.aantal, cell.my / cell.aantal)
        alone = cell.one if cell.aantal == 1 else None
        clusters.append(Cluster(lon, lat, cell.aantal, dict(sorted(cell.delen.items())), alone))
    return clusters


def _square(cell: _Cell, near: float) -> tuple[int, int]:
    return int(cell.mx / cell.aantal // near), int(cell.my / cell.aantal // near)


def _find_near(
    kept: dict[tuple[int, int], _Cell], cell: _Cell, near: float
) -> tuple[int, int] | None:
    """Give the square of a cell whose middle is too near, first from the north-west."""
    column, row = _square(cell, near)
    x, y = cell.mx / cell.aantal, cell.my / cell.aantal
    for square in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
        other = kept.get(square)
        if other is None:
            continue
        ox, oy = other.mx / other.aantal, other.my / other.aantal
        if abs(ox - x) < near and abs(oy - y) < near:
            return square
    return None


def _join(cell: _Cell, other: _Cell) -> None:
    cell.mx += other.mx
    cell.my += other.my
    cell.aantal += other.aantal
    for part, count in other.delen.items():
        cell.delen[part] = cell.delen.get(part, 0) + count


def _by_area(
    conn: Connection, part: sa.ColumnElement[object], where: list[Condition]
) -> list[Cluster]:
    query = (
        sa.select(
            _punt.c.gebied,
            part,
            sa.func.count(),
            sa.func.min(_punt.c.mx),
            sa.func.min(_punt.c.my),
            sa.func.min(_punt.c.record_id),
        )
        .where(*where, _punt.c.gebied > "", _punt.c.gebied != schema.NOWHERE)
        .group_by(_punt.c.gebied, part)
        .order_by(_punt.c.gebied, part)
    )
    found: dict[str, Cluster] = {}
    for code, value, count, mx, my, one in conn.execute(query):
        if code not in found:
            lon, lat = to_degrees(mx, my)
            found[code] = Cluster(lon, lat, 0, record_id=one, gebied=code)
        cluster = found[code]
        cluster.aantal += count
        cluster.delen["" if value is None else str(value)] = count
        if cluster.aantal > 1:
            cluster.record_id = None
    return list(found.values())
