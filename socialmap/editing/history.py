"""What a record was before, cut to what the reader may see, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from socialmap.domain.codes import Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor
from socialmap.domain.privacy import visible_fields
from socialmap.editing.change import (
    KINDS,
    Desk,
    Editable,
    Table,
    put,
    read_as,
    visible_cells,
    visible_names,
)
from socialmap.store.history import Change, read_history
from socialmap.store.merging import LOST_TIE, MERGED

_NAMES: dict[Table, str] = {"actoren": "actor", "aanbod": "aanbod", "relaties": "relatie"}
#: Consent is given by a person, not by a button: no undo brings it back (eisen.md, 18).
_CONSENT = "toestemming_"
#: What a merge says beside the columns.
_MARKS = frozenset({MERGED, LOST_TIE})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one column held before and after, as text."""

    veld: str
    voor: str
    na: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record as a reader may see it."""

    versie: int
    wanneer: datetime
    wie: str
    velden: tuple[FieldChange, ...]


def history_of(desk: Desk, table: Table, key: str) -> list[Version]:
    """
    List the versions of a record, newest first.

    A version in which nothing changed that the reader may see is left out.

    Raises
    ------
    NotFoundError
        When the record is not there for this reader.
    """
    seen = read_as(desk, table, key)
    now = visible_names(desk, seen)
    versions = []
    for change in read_history(desk.conn, _NAMES[table], key):
        names = _visible_then(desk, table, change, now)
        fields = tuple(
            FieldChange(name, change.voor.get(name, ""), change.na.get(name, ""))
            for name in sorted({*change.voor, *change.na} & (names | _MARKS))
            if change.voor.get(name, "") != change.na.get(name, "")
        )
        if fields:
            versions.append(Version(change.versie, change.wanneer, change.wie, fields))
    return versions


def turn_back(
    desk: Desk, table: Table, key: str, versie: int, same: Callable[[Editable], bool]
) -> Editable:
    """
    Make a record what it was after a version; that is a change too.

    Fields that the writer may not see stay as they are, and so does consent.

    Raises
    ------
    NotFoundError
        When the record or that version is not there.
    ConflictError, RecordFaultsError, NotAllowedError
        As `put`.
    """
    seen = read_as(desk, table, key)
    found = [c for c in read_history(desk.conn, _NAMES[table], key) if c.versie == versie]
    if not found:
        raise NotFoundError(f"Versie van {KINDS[table][0].lower()}", str(versie))
    then = found[0].na
    cells = {
        name: text if name.startswith(_CONSENT) else then.get(name, "")
        for name, text in visible_cells(desk, seen).items()
    }
    return put(desk, table, key, cells, same)


def _visible_then(desk: Desk, table: Table, change: Change, now: frozenset[str]) -> frozenset[str]:
    """Cut a version by the stricter of what the record is and what it was: it may be a person."""
    person = Soort.SLEUTELFIGUUR.value
    if table == "actoren" and person in (change.voor.get("soort"), change.na.get("soort")):
        return now & visible_fields(Actor, desk.lezer, person=True)
    return now
