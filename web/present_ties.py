"""Say the ties of one actor in words, seen from that actor: actual and wished apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from socialmap.domain.codes import (
    RELATIE_LABELS,
    STERKTE_LABELS,
    Feitelijk,
    Relatiesoort,
    Richting,
    Status,
)
from socialmap.domain.freshness import read_source
from socialmap.domain.model import Actor, Relatie
from web.present import actor_url, badge
from web.present_words import say_date

#: A document tells that a tie is firm or close, never how often people speak (README of the data).
_DOCUMENTED = {
    1: "kennen elkaar volgens het document",
    2: "vaste band volgens het document",
    3: "nauwe band volgens het document",
}
_DOCUMENTED_WISH = "gewenst volgens het document"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieLine:
    """One tie: the other actor, how strong the tie is, and how sure we are of it."""

    naam: str
    url: str
    soort: str
    sterkte: str
    versheid: tuple[str, str]
    toelichting: str
    let_op: str


@dataclass(frozen=True, slots=True)
class TieGroup:
    """Ties that read the same, such as `werkt samen met`."""

    woorden: str
    banden: tuple[TieLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """The ties of one actor."""

    feitelijk: tuple[TieGroup, ...]
    gewenst: tuple[TieGroup, ...]
    voorbij: tuple[TieGroup, ...]

    @property
    def aantal(self) -> int:
        """How many ties there are now."""
        return sum(len(group.banden) for group in self.feitelijk)


def present_ties(
    actor_id: str, ties: Iterable[Relatie], others: Mapping[str, Actor], today: date
) -> Ties:
    """
    Group the ties of an actor by how they read.

    Parameters
    ----------
    actor_id
        Whose ties: each has this actor at one end.
    ties
        Cut to the reader.
    others
        Actors at the other ends, by id; a tie to an actor that is not in it is left out.
    today
        The day by the one clock: a tie that has ended stands apart.

    Returns
    -------
    Ties
        Groups in the order of `Relatiesoort`, from the left first; ties by strength and name. A tie
        that both ends recorded is one tie (begrippen.md, "Things").
    """
    seen = [tie for tie in _once(ties) if _other(tie, actor_id) in others]
    over = [tie for tie in seen if tie.geldig_tot is not None and tie.geldig_tot <= today]
    now = [tie for tie in seen if tie not in over]
    return Ties(
        feitelijk=_group(actor_id, now, others, today, Feitelijk.FEITELIJK),
        gewenst=_group(actor_id, now, others, today, Feitelijk.GEWENST),
        voorbij=_group(actor_id, over, others, today, None),
    )


def other_ends(actor_id: str, ties: Iterable[Relatie]) -> set[str]:
    """Give the ids of the actors at the other ends."""
    return {_other(tie, actor_id) for tie in ties}


def _other(tie: Relatie, actor_id: str) -> str:
    return tie.naar_id if tie.van_id == actor_id else tie.van_id


def _once(ties: Iterable[Relatie]) -> list[Relatie]:
    kept: dict[object, Relatie] = {}
    for tie in ties:
        mutual = tie.richting is Richting.WEDERKERIG
        ends = frozenset((tie.van_id, tie.naar_id)) if mutual else (tie.van_id, tie.naar_id)
        key = (tie.soort, tie.feitelijk, ends)
        if key not in kept or _weight(tie) > _weight(kept[key]):
            kept[key] = tie
    return list(kept.values())


def _weight(tie: Relatie) -> tuple[bool, date, int, str]:
    return (
        tie.geldig_tot is None,
        tie.gecontroleerd_op or date.min,
        tie.sterkte,
        tie.id,
    )


def _group(
    actor_id: str,
    ties: list[Relatie],
    others: Mapping[str, Actor],
    today: date,
    kind: Feitelijk | None,
) -> tuple[TieGroup, ...]:
    groups: dict[tuple[int, str], list[tuple[int, str, str, TieLine]]] = {}
    order = list(Relatiesoort)
    for tie in ties:
        if kind is not None and tie.feitelijk is not kind:
            continue
        from_left = tie.van_id == actor_id or tie.richting is Richting.WEDERKERIG
        words = RELATIE_LABELS[tie.soort][0 if from_left else 1]
        other = others[_other(tie, actor_id)]
        line = _line(tie, other, today)
        place = 2 * order.index(tie.soort) + (0 if from_left else 1)
        sort_key = (-tie.sterkte, other.naam.casefold(), tie.id, line)
        groups.setdefault((place, words), []).append(sort_key)
    return tuple(
        TieGroup(words, tuple(line for *_, line in sorted(found, key=lambda item: item[:3])))
        for (_, words), found in sorted(groups.items(), key=lambda item: item[0])
    )


def _line(tie: Relatie, other: Actor, today: date) -> TieLine:
    notes = []
    if other.status is not Status.ACTIEF:
        notes.append("even gestopt" if other.status is Status.GEPAUZEERD else "is gestopt")
    if tie.geldig_van is not None and tie.geldig_van > today:
        notes.append(f"vanaf {say_date(tie.geldig_van)}")
    if tie.geldig_tot is not None:
        notes.append(f"tot {say_date(tie.geldig_tot)}")
    return TieLine(
        naam=other.naam,
        url=actor_url(other.id),
        soort=other.soort.value,
        sterkte=_say_strength(tie),
        versheid=badge(tie, today),
        toelichting=tie.toelichting,
        let_op=", ".join(notes),
    )


def _say_strength(tie: Relatie) -> str:
    if read_source(tie.bron) is None:
        return STERKTE_LABELS[tie.sterkte]
    return _DOCUMENTED_WISH if tie.feitelijk is Feitelijk.GEWENST else _DOCUMENTED[tie.sterkte]
