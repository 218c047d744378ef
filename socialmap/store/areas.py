"""Keep and read areas: their shapes, what lies inside what, and their key figures."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.data_version import raise_data_version
from socialmap.store.filters import related_areas
from socialmap.store.upsert import upsert
from socialmap.store.vocabulary import save_meta

Geometry = dict[str, Any]
#: Meta key of the version of all shapes together.
AREAS_VERSION = "gebieden_versie"
#: Meta key of the version of all key figures together.
FIGURES_VERSION = "cijfers_versie"
_CHUNK = 500
_gebied, _inside = schema.gebied, schema.gebied_buurt
_ORDER = sa.case(
    {level.value: rank for rank, level in enumerate(Gebiedsniveau)}, value=_gebied.c.niveau
)


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area with its shape: GeoJSON geometry in WGS84, as published and simplified for pages."""

    gebied: Gebied
    vorm: Geometry
    vorm_pagina: Geometry


def save_areas(conn: Connection, shapes: Iterable[AreaShape]) -> None:
    """Keep areas with what lies inside them; areas of the same code are brought up to date.

    The buurten that they name are among them or there already.
    """
    listed = list(shapes)
    if not listed:
        return
    upsert(conn, _gebied, [_row(shape) for shape in listed])
    for chunk in batched([shape.gebied.code for shape in listed], _CHUNK):
        conn.execute(sa.delete(_inside).where(_inside.c.gebied.in_(chunk)))
    pairs = [
        {"gebied": shape.gebied.code, "buurt": buurt}
        for shape in listed
        for buurt in shape.gebied.buurten
    ]
    if pairs:
        conn.execute(sa.insert(_inside), pairs)
    # Pages keep shapes for long under this version; new shapes ask for another one.
    save_meta(conn, AREAS_VERSION, secrets.token_hex(6))
    raise_data_version(conn)


def list_areas(conn: Connection, niveau: Gebiedsniveau | None = None) -> list[Gebied]:
    """Read areas from small to large, and by name within a level."""
    query = sa.select(*_own_columns()).order_by(_ORDER, _gebied.c.naam, _gebied.c.code)
    if niveau is not None:
        query = query.where(_gebied.c.niveau == niveau.value)
    return _read(conn, query)


def get_area(conn: Connection, code: str) -> Gebied:
    """Read one area. Raises NotFoundError when the code is unknown."""
    found = _read(conn, sa.select(*_own_columns()).where(_gebied.c.code == code))
    if not found:
        raise NotFoundError("Gebied", code)
    return found[0]


def area_names(conn: Connection) -> dict[str, str]:
    """Read the names of all areas by code."""
    rows = conn.execute(sa.select(_gebied.c.code, _gebied.c.naam))
    return {row.code: row.naam for row in rows}


def buurten_of_areas(conn: Connection, codes: Iterable[str]) -> set[str]:
    """Give the codes of all buurten in some areas."""
    found: set[str] = set()
    for chunk in batched(sorted(set(codes)), _CHUNK):
        found |= set(conn.scalars(sa.select(_inside.c.buurt).where(_inside.c.gebied.in_(chunk))))
    return found


def municipalities_of_areas(conn: Connection, codes: Iterable[str]) -> dict[str, frozenset[str]]:
    """Give the municipalities (codes) that each area lies in, by the code of the area."""
    buurt, town = schema.gebied.alias(), Gebiedsniveau.GEMEENTE.value
    found: dict[str, set[str]] = {}
    for chunk in batched(sorted(set(codes)), _CHUNK):
        # Of a municipality nearby there may be an outline without buurten.
        itself = sa.select(_gebied.c.code, _gebied.c.code).where(
            _gebied.c.code.in_(chunk), _gebied.c.niveau == town
        )
        held = (
            sa.select(_inside.c.gebied, buurt.c.gemeente)
            .join(buurt, buurt.c.code == _inside.c.buurt)
            .where(_inside.c.gebied.in_(chunk), buurt.c.gemeente != "")
        )
        for code, municipality in conn.execute(sa.union(itself, held)):
            found.setdefault(code, set()).add(municipality)
    return {code: frozenset(held) for code, held in found.items()}


def list_related(conn: Connection, code: str) -> list[Gebied]:
    """Read the areas that share a buurt with an area, itself left out, from small to large."""
    query = (
        sa.select(*_own_columns())
        .where(_gebied.c.code.in_(related_areas(code)), _gebied.c.code != code)
        .order_by(_ORDER, _gebied.c.naam, _gebied.c.code)
    )
    return _read(conn, query)


def read_shapes(
    conn: Connection, niveau: Gebiedsniveau | None = None, codes: Sequence[str] | None = None
) -> list[AreaShape]:
    """Read areas with their shapes, from small to large; all, of one level, or of some codes."""
    query = sa.select(_gebied).order_by(_ORDER, _gebied.c.naam, _gebied.c.code)
    if niveau is not None:
        query = query.where(_gebied.c.niveau == niveau.value)
    if codes is not None:
        query = query.where(_gebied.c.code.in_(codes))
    rows = list(conn.execute(query).mappings())
    inside = _buurten_of(conn, rows)
    return [
        AreaShape(
            _area(row, inside.get(row["code"], ())),
            json.loads(row["vorm"]),
            json.loads(row["vorm_pagina"]),
        )
        for row in rows
    ]


def save_figures(conn: Connection, figures: Iterable[Kerncijfer]) -> None:
    """Keep key figures by area, year and name."""
    rows = [{name: getattr(f, name) for name in Kerncijfer.__slots__} for f in figures]
    upsert(conn, schema.kerncijfer, rows)
    save_meta(conn, FIGURES_VERSION, secrets.token_hex(6))
    raise_data_version(conn)


def all_figures(conn: Connection) -> list[Kerncijfer]:
    """Read the figures of all areas and years, by area, year and name."""
    table = schema.kerncijfer
    query = sa.select(table).order_by(table.c.gebied, table.c.jaar, table.c.naam)
    return [Kerncijfer(**row) for row in conn.execute(query).mappings()]


def read_figures(conn: Connection, codes: Sequence[str]) -> list[Kerncijfer]:
    """Read the figures of the newest year of each of some areas, by area and name."""
    table = schema.kerncijfer
    newest = (
        sa.select(table.c.gebied, sa.func.max(table.c.jaar).label("jaar"))
        .where(table.c.gebied.in_(codes))
        .group_by(table.c.gebied)
        .subquery()
    )
    same = sa.and_(table.c.gebied == newest.c.gebied, table.c.jaar == newest.c.jaar)
    query = sa.select(table).join(newest, same).order_by(table.c.gebied, table.c.naam)
    return [Kerncijfer(**row) for row in conn.execute(query).mappings()]


def _row(shape: AreaShape) -> dict[str, Any]:
    area = shape.gebied
    row = {name: getattr(area, name) for name in Gebied.__slots__ if name != "buurten"}
    return row | {
        "niveau": area.niveau.value,
        "leden": list(area.leden),
        "vorm": json.dumps(shape.vorm, separators=(",", ":")),
        "vorm_pagina": json.dumps(shape.vorm_pagina, separators=(",", ":")),
    }


def _own_columns() -> list[sa.Column[Any]]:
    return [column for column in _gebied.c if not column.name.startswith("vorm")]


def _read(conn: Connection, query: sa.Select[Any]) -> list[Gebied]:
    rows = list(conn.execute(query).mappings())
    inside = _buurten_of(conn, rows)
    return [_area(row, inside.get(row["code"], ())) for row in rows]


def _buurten_of(conn: Connection, rows: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    query = sa.select(_inside).order_by(_inside.c.gebied, _inside.c.buurt)
    if len(rows) <= _CHUNK:
        query = query.where(_inside.c.gebied.in_([row["code"] for row in rows]))
    found: dict[str, list[str]] = {}
    for area, buurt in conn.execute(query):
        found.setdefault(area, []).append(buurt)
    return {area: tuple(buurten) for area, buurten in found.items()}


def _area(row: Any, buurten: tuple[str, ...]) -> Gebied:
    own = {name: row[name] for name in Gebied.__slots__ if name != "buurten"}
    own["niveau"] = Gebiedsniveau(own["niveau"])
    own["leden"] = tuple(own["leden"])
    return Gebied(**own, buurten=buurten)
