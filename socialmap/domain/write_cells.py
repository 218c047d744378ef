"""Write records as cells of text: the way back of `parse.py`."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal, Wijkopdracht


def cell(value: Any) -> str:
    """Write one value as the text that `parse.read_cell` reads back equal."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, Niveau):
        return value.code
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return str(value)


def values_of(
    record: Actor | Aanbod | Relatie | Inventarisatie | Signaal | Wijkopdracht,
) -> dict[str, Any]:
    """Give the values of a record by column name of the exchange format, without `versie`."""
    values = {name: getattr(record, name) for name in record.__slots__ if name != "versie"}
    if isinstance(record, Actor):
        consent = values.pop("toestemming")
        for name in ("op", "tot", "doel", "niveau", "door"):
            values[f"toestemming_{name}"] = getattr(consent, name) if consent else None
    return values
