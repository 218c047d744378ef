"""A signed-in administrator on a map of its own, and files of the exchange format."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from socialmap.domain.fields import TABLES
from tests.integration.admin.conftest import (  # noqa: F401 -- fixtures
    address,
    admin,
    client,
    empty_map,
    person,
    sign,
    store,
)

ACTOR = {"soort": "partner", "zichtbaarheid": "openbaar", "status": "actief"}


def table(
    naam: str, rows: Sequence[Mapping[str, str]], names: Mapping[str, str] | None = None
) -> tuple[str, bytes]:
    """Write a table whole, with columns that do not belong under other names."""
    columns = [veld.naam for veld in TABLES[naam] if not veld.extra]
    columns += sorted({name for row in rows for name in row} - set(columns))
    lines = [";".join((names or {}).get(name, name) for name in columns)]
    lines += [";".join(row.get(name, "") for name in columns) for row in rows]
    return f"{naam}.csv", "\n".join(lines).encode()


def actors(*rows: Mapping[str, str], names: Mapping[str, str] | None = None) -> tuple[str, bytes]:
    """Write actors, each with an id and a name at least."""
    return table("actoren", [{**ACTOR, **row} for row in rows], names)


def form(*files: tuple[str, bytes], bron: str = "Welzijn Noord") -> dict[str, object]:
    """Write what a browser sends."""
    return {"bron": bron, "bestanden": [(io.BytesIO(data), name) for name, data in files]}
