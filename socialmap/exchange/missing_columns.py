"""Keep what is stored where a file does not have the column at all: absent is not empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from socialmap.domain.fields import TABLES
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.parse import relation_id
from socialmap.domain.write_cells import cell, values_of
from socialmap.exchange.tables import Row, Table
from socialmap.store.write import read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_CONSENT = "toestemming_"
_TIE = ("van_id", "naar_id", "soort", "feitelijk", "geldig_van")


def keep_missing_columns(conn: Connection, tables: Sequence[Table]) -> list[Table]:
    """
    Fill the columns that a table lacks from the records that are there already.

    Parameters
    ----------
    conn
        Reads the stored records.
    tables
        As read; a column that is there with an empty cell still empties the field.
    """
    return [_keep(conn, table) for table in tables]


def _keep(conn: Connection, table: Table) -> Table:
    missing = [veld.naam for veld in TABLES[table.naam] if veld.naam not in table.kolommen]
    if not missing or table.naam == "gebieden":
        return table
    name = cast(Literal["actoren", "aanbod", "relaties"], table.naam)
    keys = [_key(table.naam, row) for row in table.rijen]
    stored = read_stored_by_id(conn, name, [key for key in keys if key])
    return table.with_rows(
        [
            _fill(row, stored[key], missing) if key in stored else row
            for key, row in zip(keys, table.rijen, strict=True)
        ]
    )


def _key(naam: str, row: Row) -> str:
    if naam != "relaties":
        return row.cells.get("id", "").strip()
    return relation_id(*(row.cells.get(column, "").strip() for column in _TIE))


def _fill(row: Row, record: Actor | Aanbod | Relatie, missing: list[str]) -> Row:
    old = {column: cell(value) for column, value in values_of(record).items()}
    # Another consent begins anew: the end and level of the old one are not its own.
    same_consent = row.cells.get("toestemming_op", "").strip() == old.get("toestemming_op", "")
    filled = {
        column: old[column]
        for column in missing
        if old[column] and (same_consent or not column.startswith(_CONSENT))
    }
    return replace(row, cells={**row.cells, **filled})
