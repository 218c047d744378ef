"""Change one record: judged by the rules of the format, against the version that was read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from socialmap.domain.checks import CHECKS
from socialmap.domain.codes import ZICHTBAARHEDEN, Niveau, Soort, Status
from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.domain.privacy import Lezer, visible_fields
from socialmap.domain.roles import Account
from socialmap.domain.vocabulary import Vocabulary
from socialmap.domain.write_cells import cell, values_of
from socialmap.editing.apply import Batch, apply
from socialmap.editing.heeding import refused_names
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import records
from socialmap.store.indexing import Places
from socialmap.store.located import readers_of
from socialmap.store.records import known_ids
from socialmap.store.stored import read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

Table = Literal["actoren", "aanbod", "relaties"]
Editable = Actor | Aanbod | Relatie
KINDS: Mapping[Table, tuple[str, type[Editable]]] = {
    "actoren": ("Actor", Actor),
    "aanbod": ("Aanbod", Aanbod),
    "relaties": ("Relatie", Relatie),
}
#: What a new record of a kind is called, before its random part.
_PREFIX = {"actoren": "A", "aanbod": "O"}
REFUSED_NAME = (
    "Een initiatief met deze naam wil niet op de kaart. Zet het er niet op. Is dit een ander, "
    "zet dan de buurt bij de naam."
)


class RecordFaultsError(SocialMapError):
    """What was sent breaks a rule of the format.

    Attributes
    ----------
    fouten
        A sentence by field.
    """

    def __init__(self, fouten: Mapping[str, str]) -> None:
        self.fouten = dict(fouten)
        super().__init__(" ".join(f"{field}: {said}" for field, said in fouten.items()))


class ConflictError(SocialMapError):
    """Somebody else was first.

    Attributes
    ----------
    nu
        The record as it is now, as the writer may see it.
    """

    def __init__(self, nu: Editable) -> None:
        self.nu = nu
        super().__init__(
            "Iemand anders heeft dit net veranderd. Kijk wat er nu staat, en doe het opnieuw."
        )


@dataclass(frozen=True)
class Desk:
    """
    Everything that a change needs.

    Attributes
    ----------
    conn
        A writing connection: checking and keeping are one transaction.
    account
        Who changes.
    today, now
        Day and moment by the one clock.
    words
        Themes and groups.
    places
        Tells which areas hold a point.
    """

    conn: Connection
    account: Account
    today: date
    now: datetime
    words: Vocabulary
    places: Places

    @property
    def lezer(self) -> Lezer:
        """What the writer may see."""
        return self.account.lezer


def read_as(desk: Desk, table: Table, key: str) -> Editable:
    """Read a record as the writer may see it. Raises NotFoundError when it is not there."""
    read: Mapping[Table, Callable[..., Editable]] = {
        "actoren": records.get_actor,
        "aanbod": records.get_aanbod,
        "relaties": records.get_relatie,
    }
    return read[table](desk.conn, key, desk.lezer, desk.today)


def create(desk: Desk, table: Table, sent: Mapping[str, str]) -> Editable:
    """
    Keep a new record.

    Parameters
    ----------
    desk
        Who writes, and where.
    table
        By its name in the exchange format.
    sent
        Cells by column; without `id` one is made.

    Raises
    ------
    RecordFaultsError, NotAllowedError
        Nothing is kept then.
    """
    cells = dict(sent)
    if table in _PREFIX and not cells.get("id"):
        cells["id"] = f"{_PREFIX[table]}-{secrets.token_hex(6)}"
    made = judge(desk, table, cells)
    if read_stored_by_id(desk.conn, table, [made.id]):
        raise RecordFaultsError(
            {"id": "Dit id is al in gebruik. Laat het leeg, of kies een ander."}
        )
    return _keep(desk, table, made)


def put(
    desk: Desk, table: Table, key: str, sent: Mapping[str, str], same: Callable[[Editable], bool]
) -> Editable:
    """
    Replace the fields of a record that the writer may see; the others stay as they are.

    Parameters
    ----------
    key
        Id of the record.
    sent
        Cells by column; a visible column that is left out becomes empty.
    same
        Tells whether the record, as the writer sees it, is the one that was read before.

    Raises
    ------
    NotFoundError, ConflictError, RecordFaultsError, NotAllowedError
        Nothing is kept then.
    """
    seen = read_as(desk, table, key)
    if not same(seen):
        raise ConflictError(seen)
    stored = _stored(desk, table, key)
    visible = visible_names(desk, stored)
    cells = {
        name: sent.get(name, "") if name in visible else cell(value)
        for name, value in values_of(stored).items()
    }
    hidden = sorted(name for name, value in sent.items() if value and name not in cells)
    unseen = sorted(
        name for name, value in sent.items() if name in cells and name not in visible and value
    )
    if hidden or unseen:
        told = "Dit veld is hier niet te veranderen. Laat het weg."
        raise RecordFaultsError(dict.fromkeys([*hidden, *unseen], told))
    # The id of a tie follows from what it connects; the others keep theirs.
    cells["id"] = key
    if table == "relaties":
        del cells["id"]
    made = judge(desk, table, cells)
    if made.id != stored.id:
        raise RecordFaultsError(
            {"van_id": "Een band met andere einden is een nieuwe band. Maak die, en stop deze."}
        )
    return _keep(desk, table, made)


def confirm(desk: Desk, table: Table, key: str) -> Editable:
    """
    Note that somebody looked today and that all of a record is still right.

    Raises
    ------
    NotFoundError, NotAllowedError
        Nothing is kept then.
    """
    read_as(desk, table, key)
    stored = _stored(desk, table, key)
    if isinstance(stored, Actor):
        by = (
            stored.gecontroleerd_door
            if stored.gecontroleerd_op == desk.today
            else desk.account.naam
        )
        return _keep(
            desk, table, replace(stored, gecontroleerd_op=desk.today, gecontroleerd_door=by)
        )
    return _keep(desk, table, replace(stored, gecontroleerd_op=desk.today))


def stop(desk: Desk, table: Table, key: str, same: Callable[[Editable], bool]) -> Editable:
    """
    Let a record end: an actor or offer is `gestopt`, a tie ends today. Nothing is deleted.

    Raises
    ------
    NotFoundError, ConflictError, NotAllowedError
        Nothing is kept then.
    """
    seen = read_as(desk, table, key)
    if not same(seen):
        raise ConflictError(seen)
    stored = _stored(desk, table, key)
    if isinstance(stored, Relatie):
        return _keep(desk, table, replace(stored, geldig_tot=desk.today))
    return _keep(desk, table, replace(stored, status=Status.GESTOPT))


def _keep(desk: Desk, table: Table, record: Editable) -> Editable:
    old = read_stored_by_id(desk.conn, table, [record.id]).get(record.id)
    free = _is_for_owner(old, record)
    for one in (old, record):
        if isinstance(one, Actor | Aanbod | Relatie) and not may_edit(
            desk.conn, desk.account, one, desk.places, for_owner=free
        ):
            raise NotAllowedError
    if old is None and isinstance(record, Actor) and refused_names(desk.conn, [record.naam]):
        raise RecordFaultsError({"naam": REFUSED_NAME})
    batch = Batch(
        actoren=(record,) if isinstance(record, Actor) else (),
        aanbod=(record,) if isinstance(record, Aanbod) else (),
        relaties=(record,) if isinstance(record, Relatie) else (),
    )
    apply(desk.conn, batch, wie=desk.account.id, now=desk.now, places=desk.places)
    return _stored(desk, table, record.id)


def _is_for_owner(old: object, record: Editable) -> bool:
    """Tell whether a change only stops a record, or only says that it was looked at."""
    if isinstance(old, Actor) and isinstance(record, Actor):
        return record in (
            *_looked_at(old, record),
            *_looked_at(replace(old, status=Status.GESTOPT), record),
        )
    if isinstance(old, Aanbod) and isinstance(record, Aanbod):
        seen = replace(old, versie=record.versie, gecontroleerd_op=record.gecontroleerd_op)
        return record in (seen, replace(seen, status=Status.GESTOPT))
    return False


def _looked_at(old: Actor, record: Actor) -> tuple[Actor, ...]:
    seen = replace(old, versie=record.versie, gecontroleerd_op=record.gecontroleerd_op)
    return seen, replace(seen, gecontroleerd_door=record.gecontroleerd_door)


def _stored(desk: Desk, table: Table, key: str) -> Editable:
    found = read_stored_by_id(desk.conn, table, [key]).get(key)
    if not isinstance(found, Actor | Aanbod | Relatie):
        raise NotFoundError(KINDS[table][0], key)
    return found


def judge(desk: Desk, table: Table, cells: Mapping[str, str]) -> Editable:
    """Read and judge cells; raises RecordFaultsError with every fault."""
    columns, build = RECORDS[table]
    unknown = sorted(set(cells) - {column.naam for column in columns})
    values, faults = read_cells(columns, {k: v for k, v in cells.items() if v}, desk.words)
    faults = [*faults, *CHECKS[table](values), *_unknown(desk, values), *_level(desk, values)]
    told = dict.fromkeys(unknown, "Dit veld is niet bekend. Haal het weg.")
    for field, said in faults:
        told.setdefault(field, said)
    if told:
        raise RecordFaultsError(told)
    made: Editable = build(values)
    return made


def _unknown(desk: Desk, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List what points at an actor or area that is not there for the writer."""
    faults = []
    ends = [name for name in ("actor_id", "van_id", "naar_id") if values.get(name)]
    seen = records.actors_by_id(desk.conn, [values[name] for name in ends], desk.lezer, desk.today)
    for name in ends:
        if values[name] not in seen:
            faults.append((name, "Deze actor is er niet. Kies een actor van de kaart."))
    areas = values.get("werkgebied") or ()
    if set(areas) - known_ids(desk.conn, "gebied", areas):
        faults.append(("werkgebied", "Dit gebied is er niet. Kies een gebied van de kaart."))
    return faults


def _level(desk: Desk, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Refuse a level at which the writer would lose sight of the record."""
    level = ZICHTBAARHEDEN.get(values.get("zichtbaarheid") or "", Niveau.OPENBAAR)
    if level > desk.lezer.niveau:
        told = "Zo hoog mag u niet kiezen: u zou dit dan zelf niet meer zien."
        return [("zichtbaarheid", told)]
    return []


def visible_cells(desk: Desk, record: Editable) -> dict[str, str]:
    """Give the cells of a record that the writer may see, by column."""
    names = visible_names(desk, record)
    return {name: cell(value) for name, value in values_of(record).items() if name in names}


def visible_names(desk: Desk, record: Editable) -> frozenset[str]:
    """Name the fields of a record that the writer may see, and so may replace."""
    person, lezer = is_person(desk, record), reader_of(desk, record)
    if isinstance(record, Actor):
        return visible_fields(Actor, lezer, person=person)
    if isinstance(record, Aanbod):
        return visible_fields(Aanbod, lezer, person=person)
    return visible_fields(Relatie, lezer, person=person)


def reader_of(desk: Desk, record: Editable) -> Lezer:
    """Give who the writer is to a record: to one of another municipality a stranger."""
    return readers_of(desk.conn, desk.lezer, [record])[record.id]


def is_person(desk: Desk, record: Editable) -> bool:
    """Tell whether a record is, belongs to, or touches a sleutelfiguur."""
    if isinstance(record, Actor):
        return record.soort is Soort.SLEUTELFIGUUR
    ends = [record.actor_id] if isinstance(record, Aanbod) else [record.van_id, record.naar_id]
    owners = read_stored_by_id(desk.conn, "actoren", ends).values()
    return any(isinstance(one, Actor) and one.soort is Soort.SLEUTELFIGUUR for one in owners)
