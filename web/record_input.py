"""Hold what a form or a program sends against the columns and rules of the exchange format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from socialmap.domain.checks import CHECKS
from socialmap.domain.errors import SocialMapError
from socialmap.domain.fields import Veld
from socialmap.domain.parse import RECORDS, CellError, read_cell, read_cells
from socialmap.store.records import aanbod_by_id, known_ids
from web.context import connection, lezer, today, vocabulary

_SEPARATOR = "|"


class InputError(SocialMapError):
    """What was sent cannot be kept.

    Attributes
    ----------
    fouten
        A sentence by field, in the order of the fields.
    """

    def __init__(self, fouten: Mapping[str, str]) -> None:
        self.fouten = dict(fouten)
        super().__init__(" ".join(f"{field}: {said}" for field, said in fouten.items()))


def read_record(table: str, sent: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """
    Read and judge one record.

    Parameters
    ----------
    table
        `inventarisaties` or `signalen`.
    sent
        Text by column; several values as a sequence.

    Returns
    -------
    dict
        Typed values by column, all of them right.

    Raises
    ------
    InputError
        With one sentence for each field that is wrong.
    """
    values, faults = read_cells(RECORDS[table][0], _cells(sent), vocabulary())
    faults += CHECKS[table](values)
    fouten: dict[str, str] = {}
    for field, said in [*faults, *_unknown(values)]:
        fouten.setdefault(field, said)
    if fouten:
        raise InputError(fouten)
    return values


def read_some(velden: Sequence[Veld], sent: Mapping[str, str]) -> dict[str, Any]:
    """Read a few fields of a form. Raises InputError as `read_record` does."""
    values: dict[str, Any] = {}
    fouten: dict[str, str] = {}
    for veld in velden:
        try:
            values[veld.naam] = read_cell(veld, sent.get(veld.naam, ""), vocabulary())
        except CellError as error:
            fouten[veld.naam] = str(error)
    if fouten:
        raise InputError(fouten)
    return values


def _cells(sent: Mapping[str, str | Sequence[str]]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else _SEPARATOR.join(value)
        for name, value in sent.items()
    }


def _unknown(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List what points at nothing, or at what this reader may not see; and days to come."""
    faults: list[tuple[str, str]] = []
    area, day = values.get("gebied"), values.get("datum")
    if area and not known_ids(connection(), "gebied", [area]):
        faults.append(("gebied", "Dit gebied is er niet. Kies een gebied van de kaart."))
    if isinstance(day, date) and day > today():
        faults.append(("datum", "Deze dag moet nog komen. Kies vandaag of een dag ervoor."))
    offers = values.get("aanbod_ids") or ()
    seen = aanbod_by_id(connection(), offers, lezer(), today())
    if any(key not in seen for key in offers):
        faults.append(("aanbod_ids", "Dit aanbod is er niet. Kies aanbod van de kaart."))
    return faults
