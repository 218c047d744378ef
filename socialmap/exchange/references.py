"""Check what rows point at: it must be in the database or in the same import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from socialmap.domain.codes import Status
from socialmap.domain.errors import Fout
from socialmap.editing.heeding import refused_names
from socialmap.exchange.rows import Built
from socialmap.exchange.tables import Findings
from socialmap.store.chunks import batched
from socialmap.store.merging import kept_ids
from socialmap.store.owning import refusals_of
from socialmap.store.records import known_ids
from socialmap.store.write import read_stored_actors

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_CHUNK = 500
#: Table of the import and of the store, and the columns that hold its ids.
_POINTERS: tuple[tuple[str, Literal["actor", "aanbod", "gebied"], tuple[str, ...], str], ...] = (
    (
        "actoren",
        "actor",
        ("actor_id", "van_id", "naar_id"),
        "De actor {} is niet bekend. Voeg hem toe aan actoren, of verbeter het id.",
    ),
    (
        "aanbod",
        "aanbod",
        ("aanbod_ids",),
        "Het aanbod {} is niet bekend. Voeg het toe aan aanbod, of haal het hier weg.",
    ),
    (
        "gebieden",
        "gebied",
        ("werkgebied", "gebied"),
        "Het gebied {} is niet bekend. Gebruik een CBS-code, of voeg het toe aan gebieden.",
    ),
)


def check_references(conn: Connection, built: Sequence[Built], findings: Findings) -> None:
    """
    Check ids and codes of areas, and warn of offers that their actor no longer gives.

    Parameters
    ----------
    conn
        Any connection.
    built
        All rows of the import; members of own areas are judged where the area is made.
    findings
        Gets a fault for each id that is nowhere, with its row and column.
    """
    for tabel, stored, columns, melding in _POINTERS:
        pointers = list(_pointers(built, columns))
        here = {row.key for row in built if row.tabel == tabel}
        asked = {key for _, _, key in pointers} - here
        # What went into another record is known by its old id too.
        known = here | known_ids(conn, stored, asked) | kept_ids(conn, asked).keys()
        findings.fouten += [
            row.fault(column, melding.format(key))
            for row, column, key in pointers
            if key not in known
        ]
    findings.waarschuwingen += _stopped(conn, built)
    findings.waarschuwingen += _unlisted(conn, built)


def _unlisted(conn: Connection, built: Sequence[Built]) -> Iterator[Fout]:
    """Warn of initiatives that do not want to be listed: they are kept out of sight."""
    actors = [row for row in built if row.tabel == "actoren"]
    refused = refusals_of(conn, [row.key for row in actors])
    names = refused_names(conn, [str(row.values.get("naam") or "") for row in actors])
    for row in actors:
        if row.key in refused or row.values.get("naam") in names:
            yield row.fault(
                "naam", "Dit initiatief wil niet op de kaart. Niemand krijgt het te zien."
            )


def _pointers(built: Sequence[Built], columns: Sequence[str]) -> Iterator[tuple[Built, str, str]]:
    for row in built:
        for column in columns:
            value = row.values.get(column) or ()
            for key in (value,) if isinstance(value, str) else value:
                yield row, column, key


def _stopped(conn: Connection, built: Sequence[Built]) -> Iterator[Fout]:
    offers = [
        row for row in built if row.tabel == "aanbod" and row.values.get("status") == Status.ACTIEF
    ]
    status = _stored_status(conn, {str(row.values.get("actor_id", "")) for row in offers})
    for row in built:
        if row.tabel == "actoren" and "status" in row.values:
            status[row.key] = row.values["status"]
    for row in offers:
        actor_id = row.values.get("actor_id", "")
        if status.get(actor_id) == Status.GESTOPT:
            yield row.fault(
                "status",
                f"Dit aanbod staat op actief, maar actor {actor_id} is gestopt. Het wordt bewaard "
                "en is niet te gebruiken.",
            )


def _stored_status(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    return {
        actor.id: actor.status
        for chunk in batched(sorted(ids), _CHUNK)
        for actor in read_stored_actors(conn, chunk)
    }
