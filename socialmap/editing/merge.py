"""Make one record of two: every tie, offer, source and count is kept, and the old id leads on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from socialmap.domain.codes import Niveau, Richting, Soort
from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.write_cells import values_of
from socialmap.editing.apply import Batch, apply
from socialmap.editing.change import (
    ConflictError,
    Desk,
    Editable,
    RecordFaultsError,
    judge,
    read_as,
    visible_names,
)
from socialmap.editing.heeding import repoint
from socialmap.editing.merge_choice import (
    Side,
    choices_of,
    chosen_cells,
    join_texts,
    join_ties,
    strictest_consent,
)
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import accounts, merging
from socialmap.store.merging import Merge, Mergeable, cells_of
from socialmap.store.owning import refusals_of
from socialmap.store.stored import read_stored_by_id
from socialmap.store.ties import offers_of, ties_of

Same = Callable[[Editable], bool]
_LONGEST_SOURCE = 1000


class MergeError(SocialMapError):
    """Two records cannot become one; says why."""


@dataclass(frozen=True, slots=True)
class _Ties:
    """What becomes of the ties: those that go, those that come or change, and what is lost."""

    weg: list[Relatie] = field(default_factory=list)
    nieuw: list[Relatie] = field(default_factory=list)
    vervallen: list[Relatie] = field(default_factory=list)


def pair_for(desk: Desk, tabel: Mergeable, keep: str, go: str) -> tuple[Editable, Editable]:
    """
    Read two records that this writer may make one.

    Raises
    ------
    NotFoundError
        When one of both is not there for the writer.
    NotAllowedError
        When the writer may not change both.
    MergeError
        When they cannot become one.
    """
    if keep == go:
        raise MergeError("Dit is hetzelfde record. Kies een ander.")
    both = []
    for key in (keep, go):
        seen = read_as(desk, tabel, key)
        whole = read_stored_by_id(desk.conn, tabel, [key])[key]
        assert isinstance(whole, Actor | Aanbod)  # noqa: S101 -- by the table that was asked
        if not may_edit(desk.conn, desk.account, whole, desk.places):
            raise NotAllowedError
        if set(values_of(whole)) - visible_names(desk, seen):
            raise MergeError(
                "U ziet niet alles van deze twee. Vraag een opbouwwerker die dat wel ziet."
            )
        both.append(whole)
    _fit(desk, both[0], both[1])
    return both[0], both[1]


def merge(
    desk: Desk, tabel: Mergeable, keep: str, go: str, kies: Mapping[str, Side], same: Same
) -> Editable:
    """
    Make one record of two.

    Parameters
    ----------
    desk
        Who does it, with a writing connection: all of it is kept, or nothing.
    tabel
        `actoren`, or `aanbod` of one actor.
    keep, go
        Id of the record that stays, and of the one that goes into it.
    kies
        `dit` or `ander` by name of `merge_choice.choices_of`; what is missing is the better known.
    same
        Tells whether a record, as the writer sees it, is the one that was read: asked of both.

    Returns
    -------
    Editable
        The record that stayed, whole.

    Raises
    ------
    ConflictError
        When somebody changed one of both.
    NotFoundError, NotAllowedError, MergeError, RecordFaultsError
        Nothing is changed then.
    """
    kept, other = pair_for(desk, tabel, keep, go)
    for key in (keep, go):
        seen = read_as(desk, tabel, key)
        if not same(seen):
            raise ConflictError(seen)
    known = {choice.naam for choice in choices_of(kept, other)}
    if strange := sorted(set(kies) - known):
        raise RecordFaultsError(dict.fromkeys(strange, "Dit verschilt niet. Haal het weg."))
    made = _made(desk, tabel, kept, other, kies)
    ties = _ties(desk, made, other) if isinstance(made, Actor) else _Ties()
    before = {"voor": cells_of(kept), "ander": cells_of(other)}
    steps: dict[str, Any] = {
        **before,
        "aanbod": [offer.id for offer in offers_of(desk.conn, go)] if tabel == "actoren" else [],
        "banden_weg": [cells_of(tie) for tie in ties.weg],
        "banden_voor": _as_they_were(desk, ties),
        **_move(desk, tabel, keep, go),
    }
    _keep(desk, made, other, ties)
    found = read_stored_by_id(desk.conn, tabel, [keep])[keep]
    assert isinstance(found, Actor | Aanbod)  # noqa: S101 -- it was just kept
    marks = {merging.MERGED: go}
    if ties.vervallen:
        marks[merging.LOST_TIE] = "|".join(tie.soort.value for tie in ties.vervallen)
    merging.note_merge(desk.conn, found, marks, desk.account.id, desk.now)
    steps["na"] = cells_of(found)
    steps["banden_na"] = [cells_of(tie) for tie in ties.nieuw]
    merging.add_merge(
        desk.conn,
        Merge(
            oud_id=go,
            tabel=tabel,
            nieuw_id=keep,
            wanneer=desk.now,
            wie=desk.account.id,
            kaart=steps.get("kaart", "") if steps.get("naast") else "",
            terug=steps,
        ),
    )
    name = "actor" if tabel == "actoren" else "aanbod"
    accounts.log(desk.conn, desk.now, desk.account.id, "samengevoegd", name, keep)
    return found


def _fit(desk: Desk, kept: Editable, other: Editable) -> None:
    if isinstance(kept, Aanbod) and isinstance(other, Aanbod):
        if kept.actor_id != other.actor_id:
            raise MergeError("Dit aanbod is van twee verschillende organisaties.")
        return
    persons = [isinstance(one, Actor) and one.soort is Soort.SLEUTELFIGUUR for one in (kept, other)]
    if persons[0] != persons[1]:
        raise MergeError(
            "Een sleutelfiguur en een organisatie worden nooit één: een mens is geen organisatie."
        )
    if refusals_of(desk.conn, [kept.id, other.id]):
        raise MergeError("Een van deze twee wil niet op de kaart. Voeg ze niet samen.")


def _made(
    desk: Desk, tabel: Mergeable, kept: Editable, other: Editable, kies: Mapping[str, Side]
) -> Actor | Aanbod:
    """Give the record that both become, judged by the rules of the format."""
    made = judge(desk, tabel, chosen_cells(kept, other, kies))
    fresh = max((kept, other), key=lambda one: one.gecontroleerd_op or date.min)
    source = join_texts(kept.bron, other.bron)[:_LONGEST_SOURCE]
    if isinstance(made, Aanbod):
        return replace(made, gecontroleerd_op=fresh.gecontroleerd_op, bron=source)
    assert isinstance(made, Actor)  # noqa: S101 -- of the table that was asked
    assert isinstance(kept, Actor)  # noqa: S101
    assert isinstance(other, Actor)  # noqa: S101
    assert isinstance(fresh, Actor)  # noqa: S101
    consent = None
    if made.soort is Soort.SLEUTELFIGUUR:
        consent = strictest_consent(kept.toestemming, other.toestemming)
    silent = consent is not None and "bellen nee" in consent.doel.split(".")[0]
    return replace(
        made,
        zichtbaarheid=max(kept.zichtbaarheid, other.zichtbaarheid),
        gecontroleerd_op=fresh.gecontroleerd_op,
        gecontroleerd_door=fresh.gecontroleerd_door,
        bron=source,
        toestemming=consent,
        telefoon="" if silent else made.telefoon,
        email="" if silent else made.email,
    )


def _ties(desk: Desk, made: Actor, other: Actor | Aanbod | Relatie) -> _Ties:
    """Let the ties of both be of one: two to the same actor become one, one between them goes."""
    theirs = ties_of(desk.conn, other.id)
    mine = {tie.id: tie for tie in ties_of(desk.conn, made.id) if other.id not in _ends(tie)}
    after = dict(mine)
    found = _Ties(weg=theirs, vervallen=[tie for tie in theirs if made.id in _ends(tie)])
    for tie in theirs:
        if made.id in _ends(tie):
            continue
        moved = repoint(tie, {other.id: made.id})
        twin = next((one for one in after.values() if _is_twin(one, moved, desk.today)), moved)
        after[twin.id] = moved if twin is moved else join_ties(twin, moved)
    least = _least_level(made)
    for key, tie in after.items():
        kept = replace(tie, zichtbaarheid=max(tie.zichtbaarheid, least))
        if mine.get(key) != kept:
            found.nieuw.append(kept)
    return found


def _ends(tie: Relatie) -> tuple[str, str]:
    return tie.van_id, tie.naar_id


def _is_twin(one: Relatie, other: Relatie, today: date) -> bool:
    if one.id == other.id:
        return True
    over = any(tie.geldig_tot is not None and tie.geldig_tot <= today for tie in (one, other))
    if over or (one.soort, one.feitelijk) != (other.soort, other.feitelijk):
        return False
    mutual = one.richting is other.richting is Richting.WEDERKERIG
    return _ends(one) == _ends(other) or (mutual and set(_ends(one)) == set(_ends(other)))


def _least_level(made: Actor) -> Niveau:
    """Give the least level of ties of a person, by what it allowed."""
    if made.toestemming is None:
        return Niveau.OPENBAAR
    said = [part.strip() for part in made.toestemming.doel.split(".")]
    refused = {part.partition(":")[0] for part in said if "banden nee" in part}
    if "Wijkteam" in refused:
        return Niveau.BEHEER
    return Niveau.TEAM if "Professionals" in refused else Niveau.OPENBAAR


def _as_they_were(desk: Desk, ties: _Ties) -> list[dict[str, str]]:
    there = read_stored_by_id(desk.conn, "relaties", [tie.id for tie in ties.nieuw])
    return [cells_of(one) for one in there.values() if isinstance(one, Relatie)]


def _move(desk: Desk, tabel: Mergeable, keep: str, go: str) -> dict[str, Any]:
    steps = merging.move_pointers(desk.conn, tabel, go, keep)
    if tabel == "aanbod":
        return steps | {"ervaringen": merging.move_experiences(desk.conn, go, keep)}
    return steps | merging.move_consent(desk.conn, go, keep, desk.now)


def _keep(desk: Desk, made: Actor | Aanbod, other: Editable, ties: _Ties) -> None:
    if isinstance(made, Aanbod):
        batch = Batch(aanbod=(made,))
    else:
        moved = tuple(replace(offer, actor_id=made.id) for offer in offers_of(desk.conn, other.id))
        batch = Batch(actoren=(made,), aanbod=moved, relaties=tuple(ties.nieuw))
    apply(desk.conn, batch, wie=desk.account.id, now=desk.now, places=desk.places)
    for tie in ties.nieuw:
        merging.go_on_counting(desk.conn, tie)
    for tie in ties.weg:
        merging.take_out(desk.conn, tie, desk.account.id, desk.now)
    merging.take_out(desk.conn, other, desk.account.id, desk.now)
