"""Keep what is stored where a file does not have the column at all: absent is not empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.fields import TABLES
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.domain.parse import relation_id
from socialmap.domain.privacy import Lezer
from socialmap.domain.write_cells import cell, values_of
from socialmap.exchange.tables import Row, Table
from socialmap.store.inventories import hidden_offers
from socialmap.store.stored import Table as StoredTable
from socialmap.store.stored import read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_CONSENT = "toestemming_"
#: Exports for import are made at this level.
_WHOLE = Lezer(Niveau.TEAM)
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


def keep_hidden_offers(
    conn: Connection, inventories: Iterable[Inventarisatie], clock: Clock
) -> Iterator[Inventarisatie]:
    """Keep the offers at stored inventarisaties that no export could hold, such as of a lapsed one.

    Parameters
    ----------
    conn
        Reads the stored records.
    inventories
        As read from a file.
    clock
        Gives the day.
    """
    given = list(inventories)
    stored = read_stored_by_id(conn, "inventarisaties", [one.id for one in given])
    for one in given:
        old = stored.get(one.id)
        if isinstance(old, Inventarisatie):
            hidden = hidden_offers(conn, old.aanbod_ids, _WHOLE, clock.today())
            # In their old place, so that what is equal stays equal.
            keep = [i for i in old.aanbod_ids if i in hidden or i in one.aanbod_ids]
            one = replace(one, aanbod_ids=tuple(dict.fromkeys([*keep, *one.aanbod_ids])))
        yield one


def _keep(conn: Connection, table: Table) -> Table:
    missing = [veld.naam for veld in TABLES[table.naam] if veld.naam not in table.kolommen]
    if not missing or table.naam == "gebieden":
        return table
    name = cast(StoredTable, table.naam)
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


def _fill(
    row: Row, record: Actor | Aanbod | Relatie | Inventarisatie | Signaal, missing: list[str]
) -> Row:
    old = {column: cell(value) for column, value in values_of(record).items()}
    # Another consent begins anew: the end and level of the old one are not its own.
    given = row.cells.get("toestemming_op", "").strip()
    same_consent = "toestemming_op" in missing or given == old.get("toestemming_op", "")
    filled = {
        column: old[column]
        for column in missing
        if old[column] and (same_consent or not column.startswith(_CONSENT))
    }
    return replace(row, cells={**row.cells, **filled})
