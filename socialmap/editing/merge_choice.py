"""Hold two records beside each other: what differs, and which of both is better known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from socialmap.domain.model import Relatie, Toestemming
from socialmap.domain.privacy import consent_end
from socialmap.editing.change import Editable
from socialmap.store.merging import cells_of

Side = Literal["dit", "ander"]
SIDES: tuple[Side, Side] = ("dit", "ander")
#: What is chosen together: half of one address with half of another is no place.
TOGETHER = {
    "plek": ("adres", "postcode", "plaats", "lon", "lat"),
    "wachttijd": ("wachttijd_dagen", "wachttijd_op"),
}
#: Nobody chooses these: they follow from both records.
FOLLOWS = frozenset(
    {"id", "actor_id", "zichtbaarheid", "gecontroleerd_op", "gecontroleerd_door", "bron"}
    | {f"toestemming_{name}" for name in ("op", "tot", "doel", "niveau", "door")}
)
_JOIN = "; "


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What differs between two records, to choose one of.

    Attributes
    ----------
    naam
        A column, or a name of `TOGETHER`.
    dit, ander
        Cells by column of the record that is kept, and of the one that goes into it.
    voorkeur
        The better filled; of two as well filled, the one that was checked last.
    """

    naam: str
    dit: Mapping[str, str]
    ander: Mapping[str, str]
    voorkeur: Side


def choices_of(kept: Editable, other: Editable) -> list[Choice]:
    """List what differs between two records of one kind, in the order of their columns."""
    mine, theirs = cells_of(kept), cells_of(other)
    newer: Side = "ander" if _checked(other) > _checked(kept) else "dit"
    found = []
    for name, columns in _groups(kept).items():
        dit = {column: mine.get(column, "") for column in columns}
        ander = {column: theirs.get(column, "") for column in columns}
        if dit == ander:
            continue
        less, more = _filled(dit), _filled(ander)
        better: Side = newer if less == more else "ander" if more > less else "dit"
        found.append(Choice(name, dit, ander, better))
    return found


def chosen_cells(kept: Editable, other: Editable, kies: Mapping[str, Side]) -> dict[str, str]:
    """Give the cells of the kept record with what was chosen; unchosen is the better known."""
    cells = cells_of(kept)
    for choice in choices_of(kept, other):
        side = kies.get(choice.naam, choice.voorkeur)
        cells |= choice.ander if side == "ander" else choice.dit
    return cells


def join_texts(one: str, other: str) -> str:
    """Give two sources or remarks after each other, each once."""
    parts = [part for text in (one, other) for part in text.split(_JOIN) if part]
    return _JOIN.join(dict.fromkeys(parts))


def join_ties(one: Relatie, other: Relatie) -> Relatie:
    """Give one tie for two between the same actors: the strongest, with both sources."""
    strong = max((one, other), key=lambda tie: (tie.sterkte, tie.gecontroleerd_op or date.min))
    open_end = one.geldig_tot is None or other.geldig_tot is None
    ends = [tie.geldig_tot for tie in (one, other) if tie.geldig_tot is not None]
    checks = [tie.gecontroleerd_op for tie in (one, other) if tie.gecontroleerd_op is not None]
    return replace(
        one,
        sterkte=strong.sterkte,
        richting=strong.richting,
        gecontroleerd_op=max(checks) if checks else None,
        # What was told in confidence stays so.
        zichtbaarheid=max(one.zichtbaarheid, other.zichtbaarheid),
        toelichting=join_texts(one.toelichting, other.toelichting),
        bron=join_texts(one.bron, other.bron),
        geldig_tot=None if open_end else max(ends),
    )


def strictest_consent(one: Toestemming | None, other: Toestemming | None) -> Toestemming | None:
    """
    Give the consent that both gave: the least of either, or none when one gave none.

    The purposes are those of the one that holds for fewer readers, or was given last; what only
    one of both allowed is said beside it.
    """
    if one is None or other is None:
        return None
    levels = [given.niveau for given in (one, other) if given.niveau is not None]
    last = max((one, other), key=lambda given: (given.niveau or 0, given.op))
    op, tot = max(one.op, other.op), min(consent_end(one), consent_end(other))
    if tot <= op:
        return None
    return Toestemming(
        op=op,
        tot=tot,
        doel=_purposes(one.doel, other.doel) or last.doel,
        niveau=max(levels) if levels else None,
        door=join_texts(one.door, other.door),
    )


def _purposes(one: str, other: str) -> str:
    """Say `ja` only where both said so, when both were written by the same form."""
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return ""
    said = []
    for mine, theirs in zip(left, right, strict=True):
        if mine == theirs:
            said.append(mine)
        elif {mine.strip(",."), theirs.strip(",.")} == {"ja", "nee"}:
            said.append(mine if mine.startswith("nee") else theirs)
        else:
            return ""
    return " ".join(said)


def _groups(record: Editable) -> dict[str, tuple[str, ...]]:
    """Give what is chosen by name: single columns, and those that belong together."""
    from_column = {column: name for name, columns in TOGETHER.items() for column in columns}
    groups: dict[str, tuple[str, ...]] = {}
    for column in record.__slots__:
        if column in FOLLOWS or column in ("versie", "toestemming"):
            continue
        name = from_column.get(column, column)
        groups[name] = TOGETHER.get(name, (column,))
    # A waiting time is of offers only; so is not every column of a group.
    here = set(record.__slots__)
    return {name: columns for name, columns in groups.items() if set(columns) <= here}


def _filled(cells: Mapping[str, str]) -> int:
    """Count what is filled in; a list counts its parts."""
    return sum(len(text.split("|")) for text in cells.values() if text)


def _checked(record: Editable) -> date:
    return record.gecontroleerd_op or date.min
