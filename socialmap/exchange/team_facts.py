"""Read what documents say of the wijkteams: hours for each function, and facts in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from socialmap.geo.errors import BoundaryFaults, Fault
from socialmap.geo.tables import Row, read_table

_COLUMNS = ("teamgebied", "functie", "fte", "jaar", "bron")
_FACT = "Feit: "


@dataclass(frozen=True, slots=True)
class TeamFunction:
    """A function in a team: `fte` in full-time posts, None where the document gives no hours."""

    naam: str
    fte: Decimal | None
    jaar: int
    bron: str


@dataclass(frozen=True, slots=True)
class TeamFact:
    """A fact in words, without a full stop: `jaar` is when it held, `bron` where it stands."""

    tekst: str
    jaar: int
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """What documents say of the teams.

    Attributes
    ----------
    basis
        Functions of the basic set-up, those with hours, in the order of the file.
    later
        Functions that were added since, without hours.
    per_team
        Functions of one team with the hours that a source gives, by code of its teamgebied.
    feiten
        By code of a teamgebied; the empty code is for all teams.
    """

    basis: tuple[TeamFunction, ...]
    later: tuple[TeamFunction, ...]
    per_team: Mapping[str, tuple[TeamFunction, ...]]
    feiten: Mapping[str, tuple[TeamFact, ...]]


def read_team_facts(folder: Path) -> TeamFacts:
    """
    Read `teams.csv`; its columns are explained in the README of its folder.

    Raises
    ------
    BoundaryFaults
        If the file is missing, its columns are others, or a number is none.
    """
    own: dict[str, list[TeamFunction]] = {}
    facts: dict[str, list[TeamFact]] = {}
    for row in read_table(folder / "teams.csv", _COLUMNS):
        code, words = row.cells["teamgebied"], row.cells["functie"]
        if words.startswith(_FACT):
            fact = TeamFact(words.removeprefix(_FACT), _year(row), row.cells["bron"])
            facts.setdefault(code, []).append(fact)
        else:
            made = TeamFunction(words, _fte(row), _year(row), row.cells["bron"])
            own.setdefault(code, []).append(made)
    every = own.pop("", [])
    return TeamFacts(
        basis=tuple(one for one in every if one.fte is not None),
        later=tuple(one for one in every if one.fte is None),
        per_team={code: tuple(found) for code, found in own.items()},
        feiten={code: tuple(found) for code, found in facts.items()},
    )


def _year(row: Row) -> int:
    if row.cells["jaar"].isdecimal():
        return int(row.cells["jaar"])
    raise BoundaryFaults([_fault(row, "Het jaar moet een getal zijn, zoals 2014.")])


def _fte(row: Row) -> Decimal | None:
    text = row.cells["fte"]
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise BoundaryFaults([_fault(row, "De fte moet een getal zijn, zoals 0.5.")]) from None


def _fault(row: Row, melding: str) -> Fault:
    return row.fault(row.cells["teamgebied"], melding)
