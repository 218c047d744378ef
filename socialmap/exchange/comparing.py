"""Hold what a file says against the map: what is new, changed, equal, or newer on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from socialmap.domain.codes import Soort
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.domain.write_cells import cell, values_of
from socialmap.editing.apply import Batch
from socialmap.editing.heeding import (
    follow_actors,
    follow_inventories,
    follow_offers,
    follow_ties,
)
from socialmap.exchange.rows import Built
from socialmap.store.erasing import person_ids
from socialmap.store.imports import Key, cells_at
from socialmap.store.owning import owners_of
from socialmap.store.stored import Table, read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

One = Actor | Aanbod | Relatie | Inventarisatie | Signaal
_TABLES: tuple[Table, ...] = ("actoren", "aanbod", "relaties", "inventarisaties", "signalen")


class Uitkomst(StrEnum):
    """What placing does with a record; the last three leave it alone."""

    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    GELIJK = "gelijk"
    NIEUWER = "nieuwer"
    VERANDERD = "veranderd"
    EIGEN = "eigen"


#: Left alone: edited since the last import, edited since somebody looked, kept by its contact.
LEFT = (Uitkomst.NIEUWER, Uitkomst.VERANDERD, Uitkomst.EIGEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verschil:
    """
    One record of a file beside the one on the map.

    Attributes
    ----------
    bestand, rij
        Where it stood; empty and 0 for a tie of a record that went into another.
    versie
        Of the record on the map; 0 when it is not there.
    velden
        Column, on the map, in the file: what differs. Of a person without the values.
    """

    tabel: str
    id: str
    naam: str
    bestand: str
    rij: int
    uitkomst: Uitkomst
    versie: int
    velden: tuple[tuple[str, str, str], ...]

    @property
    def key(self) -> Key:
        """Table and id."""
        return self.tabel, self.id


def compare(
    conn: Connection,
    batch: Batch,
    built: Sequence[Built],
    *,
    left: Mapping[Key, int],
    account_id: str,
    seen: Mapping[Key, int] | None = None,
) -> list[Verschil]:
    """
    Say of every record what placing would do; nothing is written.

    Parameters
    ----------
    batch, built
        What the file holds, and the rows that it stood in.
    left
        Version that the last import of the same source left behind: what was edited since is newer.
    account_id
        Who imports: a record that another contact keeps is left alone.
    seen
        Versions that somebody looked at before choosing to place; None when nobody did.
    """
    rows = {(row.tabel, row.key): row for row in built}
    there = _stored(conn, batch)
    edited = _edited(conn, there, left)
    persons = _persons(conn, batch)
    owned = _owned(conn, batch, account_id)
    found = []
    for tabel, one in _records(follow(conn, batch)):
        key = tabel, one.id
        old, row = there.get(key), rows.get((tabel, one.id))
        fields = () if old is None else _fields(old, one)
        if old is None:
            outcome = Uitkomst.NIEUW
        elif not fields:
            outcome = Uitkomst.GELIJK
        elif owned & _touches(one, actors=False):
            outcome = Uitkomst.EIGEN
        elif seen is not None and seen.get(key) != old.versie:
            outcome = Uitkomst.VERANDERD
        else:
            outcome = Uitkomst.NIEUWER if key in edited else Uitkomst.GEWIJZIGD
        hidden = bool(persons & _touches(one, actors=True))
        found.append(
            Verschil(
                tabel=tabel,
                id=one.id,
                naam=_name(one),
                bestand=row.bestand if row else "",
                rij=row.rij if row else 0,
                uitkomst=outcome,
                versie=0 if old is None else old.versie,
                velden=tuple((name, "", "") for name, _, _ in fields) if hidden else fields,
            )
        )
    return found


def follow(conn: Connection, batch: Batch) -> Batch:
    """Give a batch as it will be kept: what went into another record is kept there."""
    return Batch(
        actoren=follow_actors(conn, batch.actoren),
        aanbod=follow_offers(conn, batch.aanbod),
        relaties=follow_ties(conn, batch.relaties),
        inventarisaties=follow_inventories(conn, batch.inventarisaties),
        signalen=batch.signalen,
    )


def without(conn: Connection, batch: Batch, keys: Iterable[Key]) -> Batch:
    """Leave records out of a batch, by table and id."""
    out = set(keys)
    kept = follow(conn, batch)
    return Batch(
        actoren=tuple(one for one in kept.actoren if ("actoren", one.id) not in out),
        aanbod=tuple(one for one in kept.aanbod if ("aanbod", one.id) not in out),
        relaties=tuple(one for one in kept.relaties if ("relaties", one.id) not in out),
        inventarisaties=tuple(
            one for one in kept.inventarisaties if ("inventarisaties", one.id) not in out
        ),
        signalen=tuple(one for one in kept.signalen if ("signalen", one.id) not in out),
    )


def versions_of(conn: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """Give the versions of the records that are there."""
    asked = list(keys)
    found: dict[Key, int] = {}
    for tabel in _TABLES:
        ids = [key for name, key in asked if name == tabel]
        stored = read_stored_by_id(conn, tabel, ids)
        found |= {(tabel, key): one.versie for key, one in stored.items()}
    return found


def _records(batch: Batch) -> Iterable[tuple[Table, One]]:
    for tabel in _TABLES:
        for one in cast("tuple[One, ...]", getattr(batch, tabel)):
            yield tabel, one


def _stored(conn: Connection, batch: Batch) -> dict[Key, One]:
    found: dict[Key, One] = {}
    for tabel in _TABLES:
        ids = [one.id for name, one in _records(follow(conn, batch)) if name == tabel]
        found |= {(tabel, key): one for key, one in read_stored_by_id(conn, tabel, ids).items()}
    return found


def _edited(conn: Connection, there: Mapping[Key, One], left: Mapping[Key, int]) -> set[Key]:
    """Name what is no longer as an import left it; a change that was undone is none."""
    later = {
        key: left[key] for key, one in there.items() if key in left and left[key] != one.versie
    }
    then = cells_at(conn, later)
    return {key for key in later if key not in then or then[key][1] != cells_of(there[key])}


def _persons(conn: Connection, batch: Batch) -> frozenset[str]:
    given = [one.id for one in batch.actoren if one.soort is Soort.SLEUTELFIGUUR]
    return frozenset(person_ids(conn)) | frozenset(given)


def _owned(conn: Connection, batch: Batch, account_id: str) -> frozenset[str]:
    ids = {one.id for one in batch.actoren} | {one.actor_id for one in batch.aanbod}
    owners = owners_of(conn, ids).values()
    return frozenset(one.actor_id for one in owners if one.account_id != account_id)


def _touches(one: One, *, actors: bool) -> frozenset[str]:
    """Name the actors that a record is or is of; with `actors` also the ends of a tie."""
    if isinstance(one, Actor):
        return frozenset([one.id])
    if isinstance(one, Aanbod):
        return frozenset([one.actor_id])
    return frozenset([one.van_id, one.naar_id]) if actors and isinstance(one, Relatie) else _NONE


_NONE: frozenset[str] = frozenset()


def _fields(old: One, new: One) -> tuple[tuple[str, str, str], ...]:
    if replace(new, versie=old.versie) == old:
        return ()
    before, after = values_of(old), values_of(new)
    texts = ((name, cell(before[name]), cell(after[name])) for name in after)
    return tuple((name, was, now) for name, was, now in texts if was != now)


def cells_of(record: One) -> dict[str, str]:
    """Give the cells of a record that hold something, as the history keeps them."""
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}


def _name(one: One) -> str:
    if isinstance(one, Actor | Aanbod):
        return one.naam
    return f"{one.van_id} – {one.naar_id}" if isinstance(one, Relatie) else one.id
