"""Write a record as the interface gives it: columns of the exchange format, typed, cut by level."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer, Record, visible_fields
from socialmap.domain.write_cells import values_of


def record_json(record: Record, lezer: Lezer, *, person: bool) -> dict[str, Any]:
    """
    Give the fields of a record that the reader may see; an unknown one is null, a list empty.

    Parameters
    ----------
    record
        As the store gave it: already cut.
    lezer
        The reader.
    person
        Whether the record is, belongs to, or touches a sleutelfiguur.
    """
    seen = visible_fields(type(record), lezer, person=person)
    values = {**values_of(record), "versie": record.versie}
    return {name: _value(value) for name, value in values.items() if name in seen}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Niveau):
        return value.code
    if isinstance(value, IntEnum):
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return None if value == "" else value
