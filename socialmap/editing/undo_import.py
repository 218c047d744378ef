"""Undo a placed import: what it changed is what it was, what it added is stopped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeGuard, cast

from socialmap.domain.codes import Niveau, Status
from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie, Signaal
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.domain.roles import Account
from socialmap.domain.vocabulary import Vocabulary
from socialmap.domain.write_cells import cell, values_of
from socialmap.editing.apply import Batch, apply
from socialmap.editing.rights import may_edit
from socialmap.store import accounts
from socialmap.store.imports import (
    Cells,
    Key,
    Trace,
    cells_at,
    get_import,
    mark_undone,
    traces_of,
)
from socialmap.store.indexing import Places
from socialmap.store.owning import owners_of
from socialmap.store.records import known_ids
from socialmap.store.stored import Table, read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

One = Actor | Aanbod | Relatie | Inventarisatie | Signaal
UNDONE = "import teruggedraaid"
_TABLES: tuple[Table, ...] = ("actoren", "aanbod", "relaties", "inventarisaties", "signalen")
_ENDS = ("actor_id", "van_id", "naar_id")


class UndoneError(SocialMapError):
    """The import was undone already."""

    def __init__(self) -> None:
        super().__init__("Deze import is al teruggedraaid.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """
    What undoing came to.

    Attributes
    ----------
    hersteld, gestopt
        How many records are what they were, and how many that were added have ended.
    gelaten
        Table and id of records that are left as they are: changed since by somebody, gone into
        another, or of a kind that cannot be stopped.
    """

    hersteld: int
    gestopt: int
    gelaten: tuple[Key, ...]


def undo_import(
    conn: Connection,
    key: str,
    *,
    account: Account,
    words: Vocabulary,
    places: Places,
    today: date,
    now: datetime,
) -> Undone:
    """
    Undo an import; every record gets a version of its own for it.

    Consent never comes back: a record that had another consent before the import has none after
    this. Own areas stay.

    Parameters
    ----------
    conn
        A writing connection.
    key
        Id of the import.
    account
        Who undoes it: what it may not change is left as it is.

    Raises
    ------
    NotFoundError
        When there is no such import.
    UndoneError
        When it was undone before.
    """
    if get_import(conn, key).terug_op is not None:
        raise UndoneError
    changed = [one for one in traces_of(conn, key) if one.versie_voor != one.versie_na]
    past = cells_at(conn, {(one.tabel, one.record_id): one.versie_na for one in changed})
    there = _stored(conn, changed)
    kept = _kept_by_others(conn, account, there.values())
    back: list[tuple[str, One]] = []
    stopped = 0
    left: list[Key] = []
    for one in changed:
        place = one.tabel, one.record_id
        now_there, then = there.get(place), past.get(place)
        made = None
        if now_there is not None and then is not None and _cells_of(now_there) == then[1]:
            made = _before(now_there, one, then[0], words, today)
        if made is None or not _may(conn, account, (now_there, made), kept, places):
            left.append(place)
            continue
        back.append((one.tabel, made))
        stopped += one.versie_voor == 0
    known = known_ids(conn, "actor", {end for _, one in back for end in _ends(one)})
    lost = {(tabel, one.id) for tabel, one in back if set(_ends(one)) - known}
    apply(
        conn,
        _batch(one for tabel, one in back if (tabel, one.id) not in lost),
        wie=account.id,
        now=now,
        places=places,
    )
    mark_undone(conn, key, account.id, now)
    accounts.log(conn, now, account.id, UNDONE, "invoer", key)
    return Undone(
        hersteld=len(back) - stopped - len(lost),
        gestopt=stopped,
        gelaten=tuple(sorted([*left, *lost])),
    )


def _stored(conn: Connection, traces: Sequence[Trace]) -> dict[Key, One]:
    found: dict[Key, One] = {}
    for tabel in _TABLES:
        ids = [one.record_id for one in traces if one.tabel == tabel]
        found |= {(tabel, key): one for key, one in read_stored_by_id(conn, tabel, ids).items()}
    return found


def _before(one: One, trace: Trace, cells: Cells, words: Vocabulary, today: date) -> One | None:
    """Give a record as it was before the import, or stopped; None where it cannot be."""
    if trace.versie_voor == 0:
        if isinstance(one, Relatie):
            return replace(one, geldig_tot=today)
        return replace(one, status=Status.GESTOPT) if isinstance(one, Actor | Aanbod) else None
    made = _build(trace.tabel, cells, words)
    if isinstance(made, Actor) and isinstance(one, Actor):
        same = made.toestemming == one.toestemming
        return replace(made, toestemming=one.toestemming if same else None)
    return made if made is not None and made.id == one.id else None


def _build(tabel: str, cells: Cells, words: Vocabulary) -> One | None:
    """Make a record of cells that the program wrote itself: no rule is asked again."""
    columns, build = RECORDS[tabel]
    names = {column.naam for column in columns}
    given = {name: text for name, text in cells.items() if name in names}
    hidden = given.get("zichtbaarheid") == Niveau.BEHEER.code
    if hidden:
        given["zichtbaarheid"] = Niveau.TEAM.code
    values, faults = read_cells(columns, given, words)
    if faults:
        return None
    made = cast("One", build(values))
    if hidden and isinstance(made, Actor | Relatie):
        return replace(made, zichtbaarheid=Niveau.BEHEER)
    return made


def _may(
    conn: Connection, account: Account, both: Sequence[One | None], kept: set[str], places: Places
) -> bool:
    """Tell whether an account may change a record; `kept` are the actors of other contacts."""
    own = [one for one in both if isinstance(one, Actor | Aanbod | Relatie)]
    of = {one.id if isinstance(one, Actor) else one.actor_id for one in own if _has_keeper(one)}
    if of & kept:
        return False
    # One question for all of the map, instead of some for each record.
    return not account.gebieden or all(may_edit(conn, account, one, places) for one in own)


def _kept_by_others(conn: Connection, account: Account, records: Iterable[One]) -> set[str]:
    ids = {
        one.id if isinstance(one, Actor) else one.actor_id for one in records if _has_keeper(one)
    }
    owners = owners_of(conn, ids).values()
    return {one.actor_id for one in owners if one.account_id != account.id}


def _has_keeper(one: One) -> TypeGuard[Actor | Aanbod]:
    return isinstance(one, Actor | Aanbod)


def _ends(one: One) -> list[str]:
    return [getattr(one, name) for name in _ENDS if hasattr(one, name)]


def _batch(records: Iterable[One]) -> Batch:
    listed = list(records)
    return Batch(
        actoren=tuple(one for one in listed if isinstance(one, Actor)),
        aanbod=tuple(one for one in listed if isinstance(one, Aanbod)),
        relaties=tuple(one for one in listed if isinstance(one, Relatie)),
        inventarisaties=tuple(one for one in listed if isinstance(one, Inventarisatie)),
        signalen=tuple(one for one in listed if isinstance(one, Signaal)),
    )


def _cells_of(record: One) -> Mapping[str, str]:
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}
