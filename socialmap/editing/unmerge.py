"""Undo a merge: both records are there again, and what was changed since stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.parse import RECORDS, read_cells
from socialmap.editing.apply import Batch, apply
from socialmap.editing.change import ConflictError, Desk, Editable, Table, read_as
from socialmap.editing.merge import MergeError, Same
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import accounts, merging
from socialmap.store.merging import Mergeable, cells_of
from socialmap.store.owning import refusals_of
from socialmap.store.stored import read_stored_by_id

_HIDDEN = Niveau.BEHEER.code


def unmerge(desk: Desk, tabel: Mergeable, keep: str, went: str, same: Same) -> Editable:
    """
    Make two records of one again.

    Offers and ties go back to where they were. A column or tie of the kept record that somebody
    changed since stays as it is now; consent that changed since is of the kept record only.

    Parameters
    ----------
    desk
        Who does it, with a writing connection.
    keep, went
        Id of the record that is there, and of the one that went into it.
    same
        Tells whether the kept record, as the writer sees it, is the one that was read.

    Returns
    -------
    Editable
        The record that is there again, whole.

    Raises
    ------
    NotFoundError
        When the one did not go into the other.
    ConflictError, NotAllowedError, MergeError
        Nothing is changed then.
    """
    seen = read_as(desk, tabel, keep)
    found = merging.get_merge(desk.conn, went)
    if found is None or found.nieuw_id != keep or found.tabel != tabel:
        raise NotFoundError("Samenvoeging", went)
    if not same(seen):
        raise ConflictError(seen)
    now = _stored(desk, tabel, keep)
    if not may_edit(desk.conn, desk.account, now, desk.places):
        raise NotAllowedError
    if refusals_of(desk.conn, [keep]):
        raise MergeError("Dit initiatief wil niet op de kaart. Haal het niet uit elkaar.")
    steps = found.terug
    kept, back = _split(desk, now, steps)
    restored, gone = _ties(desk, steps) if tabel == "actoren" else ([], [])
    if not may_edit(desk.conn, desk.account, back, desk.places):
        raise NotAllowedError
    # Nothing is refused from here on: what refuses, refuses before anything is changed.
    merging.forget_merge(desk.conn, went)
    _keep(desk, steps["aanbod"], kept, back, restored)
    if tabel == "actoren":
        merging.move_consent_back(desk.conn, found)
    for tie in gone:
        merging.take_out(desk.conn, tie, desk.account.id, desk.now)
    merging.move_pointers_back(desk.conn, tabel, steps, went, keep)
    if tabel == "aanbod":
        merging.move_experiences_back(desk.conn, steps["ervaringen"], went, keep)
    name = "actor" if tabel == "actoren" else "aanbod"
    accounts.log(desk.conn, desk.now, desk.account.id, "uit elkaar gehaald", name, keep)
    return _stored(desk, tabel, went)


def _split(
    desk: Desk, now: Actor | Aanbod, steps: Mapping[str, Any]
) -> tuple[Actor | Aanbod, Actor | Aanbod]:
    """Give what both were; a column that was changed since the merge stays."""
    current, after, before = cells_of(now), steps["na"], steps["voor"]
    cells = {
        name: before.get(name, "")
        if current.get(name, "") == after.get(name, "")
        else current.get(name, "")
        for name in {*current, *after, *before}
    }
    other = dict(steps["ander"])
    if any(
        current.get(name, "") != after.get(name, "")
        for name in {*current, *after}
        if name.startswith("toestemming_")
    ):
        # What somebody said since holds for both: it said it about one person.
        mine = {name: text for name, text in current.items() if name.startswith("toestemming_")}
        gone = {name for name in cells if name.startswith("toestemming_")}
        cells = {name: text for name, text in cells.items() if name not in gone} | mine
        other = {n: text for n, text in other.items() if not n.startswith("toestemming_")}
    table: Table = "actoren" if isinstance(now, Actor) else "aanbod"
    kept, back = _build(desk, table, cells), _build(desk, table, other)
    assert isinstance(kept, Actor | Aanbod)  # noqa: S101 -- by its table
    assert isinstance(back, Actor | Aanbod)  # noqa: S101
    return kept, back


def _keep(
    desk: Desk,
    offers: Sequence[str],
    kept: Actor | Aanbod,
    back: Actor | Aanbod,
    restored: Sequence[Relatie],
) -> None:
    if isinstance(kept, Aanbod) and isinstance(back, Aanbod):
        _apply(desk, Batch(aanbod=(kept, back)))
    elif isinstance(kept, Actor) and isinstance(back, Actor):
        stored = read_stored_by_id(desk.conn, "aanbod", offers).values()
        moved = [
            replace(one, actor_id=back.id)
            for one in stored
            if isinstance(one, Aanbod) and one.actor_id == kept.id
        ]
        batch = Batch(actoren=(kept, back), aanbod=tuple(moved), relaties=tuple(restored))
        _apply(desk, batch)
    for one in (back, *restored):
        merging.go_on_counting(desk.conn, one)


def _ties(desk: Desk, steps: Mapping[str, Any]) -> tuple[list[Relatie], list[Relatie]]:
    """Give the ties to bring back, and those that only the merge made."""
    made, before = _by_id(desk, steps["banden_na"]), _by_id(desk, steps["banden_voor"])
    there = read_stored_by_id(desk.conn, "relaties", list(made))
    untouched = {
        key
        for key, tie in made.items()
        if (now := there.get(key)) is not None
        and isinstance(now, Relatie)
        and cells_of(now) == cells_of(tie)
    }
    restored = [tie for key, tie in before.items() if key in untouched]
    restored += _by_id(desk, steps["banden_weg"]).values()
    gone = [
        now for key in sorted(untouched - before.keys()) if isinstance(now := there[key], Relatie)
    ]
    return restored, gone


def _by_id(desk: Desk, listed: Iterable[Mapping[str, str]]) -> dict[str, Relatie]:
    found = {}
    for cells in listed:
        made = _build(desk, "relaties", cells)
        assert isinstance(made, Relatie)  # noqa: S101 -- by its table
        found[made.id] = made
    return found


def _build(desk: Desk, table: Table, cells: Mapping[str, str]) -> Editable:
    """Make a record of cells that the program wrote itself: no rule is asked again."""
    columns, build = RECORDS[table]
    hidden = cells.get("zichtbaarheid") == _HIDDEN
    names = {column.naam for column in columns}
    given = {name: text for name, text in cells.items() if text and name in names}
    if hidden:
        given["zichtbaarheid"] = Niveau.TEAM.code
    values, faults = read_cells(columns, given, desk.words)
    if faults:
        raise MergeError("Dit is niet meer uit elkaar te halen. Maak het oude record opnieuw.")
    made: Editable = build(values)
    return _hide(made) if hidden else made


def _hide(made: Editable) -> Editable:
    return made if isinstance(made, Aanbod) else replace(made, zichtbaarheid=Niveau.BEHEER)


def _apply(desk: Desk, batch: Batch) -> None:
    apply(desk.conn, batch, wie=desk.account.id, now=desk.now, places=desk.places)


def _stored(desk: Desk, tabel: Mergeable, key: str) -> Actor | Aanbod:
    found = read_stored_by_id(desk.conn, tabel, [key]).get(key)
    if not isinstance(found, Actor | Aanbod):
        raise NotFoundError("Record", key)
    return found
