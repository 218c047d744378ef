"""What changed in coverage between two dates, and why (begrippen.md, "Coverage")."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from socialmap.coverage.verdict import Oordeel
from socialmap.store.snapshots import Stand


class Soort(StrEnum):
    """What kind of change it is."""

    DICHT = "dicht"
    BETER = "beter"
    OPEN = "open"
    MINDER = "minder"
    GEZIEN = "gezien"
    VERGETEN = "vergeten"


class Reden(StrEnum):
    """Why a verdict changed; `anders`: the offers themselves, borders or figures did."""

    REGEL = "regel"
    NIEUW = "nieuw"
    GEVONDEN = "gevonden"
    NAGEKEKEN = "nagekeken"
    WEG = "weg"
    VEROUDERD = "verouderd"
    GEKEKEN = "gekeken"
    NIET_MEER_GEKEKEN = "niet_meer_gekeken"
    ANDERS = "anders"


#: Which reasons can make a verdict better, or worse: what else happened did not do it.
_FOR = {
    Soort.DICHT: (Reden.NIEUW, Reden.GEVONDEN, Reden.NAGEKEKEN),
    Soort.BETER: (Reden.NIEUW, Reden.GEVONDEN, Reden.NAGEKEKEN),
    Soort.OPEN: (Reden.WEG, Reden.VEROUDERD),
    Soort.MINDER: (Reden.WEG, Reden.VEROUDERD),
    Soort.GEZIEN: (Reden.GEKEKEN,),
    Soort.VERGETEN: (Reden.NIET_MEER_GEKEKEN,),
}
_LOOKED = (Reden.GEKEKEN, Reden.NIET_MEER_GEKEKEN)
#: How good a verdict is; of equal ones the one is no better than the other.
_GOOD = {Oordeel.GEDEKT: 2, Oordeel.DUN: 1, Oordeel.GAT: 0, Oordeel.ONBEKEND: 0}


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, and the ids of the offers that it is about, in order."""

    reden: Reden
    aanbod: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that changed, and why."""

    van: Stand
    tot: Stand
    soort: Soort
    redenen: tuple[Because, ...]


def find_changes(
    van: Iterable[Stand], tot: Iterable[Stand], gevonden: Collection[str] = ()
) -> tuple[Change, ...]:
    """
    Find the verdicts that differ between two dates.

    A cell that is on one side only, or where nobody lives on one side, is left out: a new border is
    no change in the wijk.

    Parameters
    ----------
    van, tot
        What was known at both dates, of one group.
    gevonden
        Ids of offers that somebody found while looking (inventarisatie).

    Returns
    -------
    changes
        By kind in the order of `Soort`, then by area and theme.
    """
    before = {_key(stand): stand for stand in van if stand.oordeel}
    changes = []
    for stand in tot:
        was = before.get(_key(stand))
        if stand.oordeel and was is not None and was.oordeel != stand.oordeel:
            kind = _kind(was, stand)
            changes.append(Change(was, stand, kind, _why(was, stand, kind, gevonden)))
    order = list(Soort)
    return tuple(sorted(changes, key=lambda one: (order.index(one.soort), *_key(one.tot))))


def _key(stand: Stand) -> tuple[str, str, str]:
    return stand.gebied, stand.thema, stand.doelgroep


def _kind(van: Stand, tot: Stand) -> Soort:
    before, after = _GOOD[Oordeel(van.oordeel)], _GOOD[Oordeel(tot.oordeel)]
    if before == after:
        return Soort.GEZIEN if tot.oordeel == Oordeel.GAT else Soort.VERGETEN
    if after > before:
        return Soort.BETER if before else Soort.DICHT
    return Soort.MINDER if after else Soort.OPEN


def _why(van: Stand, tot: Stand, soort: Soort, gevonden: Collection[str]) -> tuple[Because, ...]:
    """Give the reasons that work in the direction of the change; a new rule comes first."""
    was, now = set(van.aanbod), set(tot.aanbod)
    fresh = now.difference(was, van.oud)
    happened = {
        Reden.NIEUW: fresh.difference(gevonden),
        Reden.GEVONDEN: fresh.intersection(gevonden),
        Reden.NAGEKEKEN: now.intersection(van.oud),
        Reden.WEG: was.difference(now, tot.oud),
        Reden.VEROUDERD: was.intersection(tot.oud),
    }
    reasons = [Because(Reden.REGEL)] if van.regel != tot.regel else []
    for reden in _FOR[soort]:
        if happened.get(reden):
            reasons.append(Because(reden, tuple(sorted(happened[reden]))))
        elif reden in _LOOKED and van.gekeken != tot.gekeken:
            reasons.append(Because(reden))
    return tuple(reasons) or (Because(Reden.ANDERS),)
