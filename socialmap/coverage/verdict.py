"""Judge whether a theme is covered for a group in an area (begrippen.md, "Coverage")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: From this share within reach on an area is covered, and from this one thinly.
COVERED, THIN = 0.75, 0.25
#: Below this part of the gemeente's median the supply per person is tight.
TIGHT = 0.5


class Oordeel(StrEnum):
    """Verdict on one area, theme and group."""

    GEDEKT = "gedekt"
    DUN = "dun"
    GAT = "gat"
    ONBEKEND = "onbekend"


class Toevoeging(StrEnum):
    """What is said beside a verdict."""

    ALLEEN_ALGEMEEN = "alleen_algemeen_aanbod"
    VEROUDERD = "verouderd"
    KRAP = "krap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What a verdict rests on.

    Attributes
    ----------
    bereik
        Share within reach of a usable offer, 0 to 1; None: nobody lives there.
    bereik_met_oud
        The same when stale offers would count too.
    genoemd
        Whether a group was asked by name, other than `iedereen`.
    voor_groep, voor_groep_met_oud
        Whether a usable offer names that group; the same with stale offers.
    gekeken
        Whether an inventarisatie of the last 24 months found nothing more.
    verhouding, mediaan
        Places per person here, and the median of the gemeente; None when unknown.
    """

    bereik: float | None
    bereik_met_oud: float | None = None
    genoemd: bool = False
    voor_groep: bool = True
    voor_groep_met_oud: bool = True
    gekeken: bool = False
    verhouding: float | None = None
    mediaan: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with what is said beside it, in a fixed order."""

    oordeel: Oordeel
    toevoegingen: tuple[Toevoeging, ...] = ()


def judge(facts: Facts) -> Verdict | None:
    """
    Judge one area, theme and group.

    Returns
    -------
    Verdict or None
        None for an area without residents.
    """
    if facts.bereik is None:
        return None
    only_general = facts.genoemd and not facts.voor_groep
    verdict = _judge(facts.bereik, only_general=only_general, gekeken=facts.gekeken)
    found: list[Toevoeging] = []
    if only_general and facts.bereik > 0:
        found.append(Toevoeging.ALLEEN_ALGEMEEN)
    if facts.bereik_met_oud is not None:
        with_stale = _judge(
            facts.bereik_met_oud,
            only_general=facts.genoemd and not facts.voor_groep_met_oud,
            gekeken=facts.gekeken,
        )
        if with_stale is not verdict:
            found.append(Toevoeging.VEROUDERD)
    known = facts.verhouding is not None and facts.mediaan is not None
    if known and (facts.verhouding or 0.0) < TIGHT * (facts.mediaan or 0.0):
        found.append(Toevoeging.KRAP)
    return Verdict(verdict, tuple(found))


def _judge(bereik: float, *, only_general: bool, gekeken: bool) -> Oordeel:
    if bereik >= COVERED and not only_general:
        return Oordeel.GEDEKT
    if bereik >= THIN or (only_general and bereik > 0):
        return Oordeel.DUN
    return Oordeel.GAT if gekeken else Oordeel.ONBEKEND


def gap_persons(behoefte: float | None, bereik: float) -> float | None:
    """Give how many persons of the group are not reached, unrounded; None where unknown."""
    return None if behoefte is None else behoefte * (1 - bereik)
