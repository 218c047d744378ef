"""What a council is told of coverage: how much is known, in a few sentences, with what is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from socialmap.coverage.gaps import Gap
from socialmap.coverage.sentences import say_count
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.counts import FEW, NONE, say_persons
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.snapshots import Stand


@dataclass(frozen=True, slots=True)
class Known:
    """
    How many themes of an area are known.

    Attributes
    ----------
    bekend
        Judged on data that somebody checked in time, or somebody looked.
    verouderd
        The verdict hangs on data that are too old.
    onbekend
        Nothing is known to reach enough people, and nobody looked.
    """

    bekend: int = 0
    verouderd: int = 0
    onbekend: int = 0

    @property
    def totaal(self) -> int:
        """All themes of areas where somebody lives."""
        return self.bekend + self.verouderd + self.onbekend


@dataclass(frozen=True, slots=True)
class Groups:
    """Informal groups with a known place, those within two steps of their team, and the others."""

    met_plek: int
    verbonden: int
    zonder_plek: int


def count_known(stands: Iterable[Stand]) -> Known:
    """Count how many cells are known, ageing and unknown; where nobody lives is left out."""
    known = ageing = unknown = 0
    for stand in stands:
        if not stand.oordeel:
            continue
        if stand.verouderd:
            ageing += 1
        elif stand.oordeel == Oordeel.ONBEKEND:
            unknown += 1
        else:
            known += 1
    return Known(known, ageing, unknown)


def say_council(
    naam: str, dag: str, known: Known, first: Gap | None, groups: Groups, words: Vocabulary
) -> list[str]:
    """
    Say three sentences that can be pasted in a paper.

    Parameters
    ----------
    naam, dag
        Name of the area, and the day in words.
    known
        Cells of wijk and theme.
    first
        The gap that comes first; None where nothing is missing.
    groups
        Informal groups.
    words
        Labels of themes.
    """
    return [
        _say_known(naam, dag, known),
        _say_first(naam, known, first, words),
        _say_groups(groups),
    ]


def say_unknown(known: Known, groups: Groups, geschat: bool) -> list[str]:
    """Say what is not known, so that nobody reads the sentences as more than they are."""
    said = []
    if known.onbekend:
        said.append(
            f"Van {known.onbekend} van de {known.totaal} combinaties van wijk en thema weten wij "
            "niet of er iets is: er is niets bekend dat genoeg mensen bereikt, en niemand heeft "
            "gekeken. Dat is iets anders dan: er is niets."
        )
    if known.verouderd:
        said.append(
            f"Bij {known.verouderd} hangt het oordeel af van gegevens die langer dan twee jaar "
            "niet zijn nagekeken."
        )
    if groups.zonder_plek:
        said.append(
            f"Van {say_count(groups.zonder_plek)} informele groepen kennen wij de plek niet. Die "
            "tellen bij de derde zin niet mee."
        )
    if geschat:
        said.append("Waar een buurt geen eigen cijfers heeft, zijn inwoners geschat.")
    said.append(
        "Lopen is de rechte lijn keer 1,3. Aanbod voor de hele stad telt niet mee: of "
        "mensen erheen gaan, weten wij niet."
    )
    return said


def _say_known(naam: str, dag: str, known: Known) -> str:
    if not known.totaal:
        return f"Van {naam} is op {dag} nog niets te zeggen: er zijn geen wijken met inwoners."
    said = (
        f"Op {dag} is in {naam} bij {known.bekend} van de {known.totaal} combinaties van wijk en "
        f"thema bekend of bewoners iets binnen bereik hebben"
    )
    if known.verouderd:
        said += f"; bij {known.verouderd} zijn de gegevens te oud"
    return f"{said}; bij {known.onbekend} weten wij het niet."


def _say_first(naam: str, known: Known, first: Gap | None, words: Vocabulary) -> str:
    if not known.totaal:
        return f"Waar in {naam} iets ontbreekt, is ook niet te zeggen."
    if first is None:
        return f"In {naam} is voor elk thema in elke wijk wel iets binnen bereik."
    stand = first.stand
    about, place = words.label(stand.thema), stand.gebied.naam
    if stand.oordeel is Oordeel.GAT:
        said = f"{about} in {place} is een gat: {_say_persons(first)}"
    else:
        said = f"Van {about} in {place} is niet bekend of er iets is: {_say_persons(first)}"
    if first.samen < 2:
        return f"{said}."
    return f"{said}; daar zijn {say_count(first.samen)} thema's tegelijk een gat of onbekend."


def _say_persons(gap: Gap) -> str:
    stand = gap.stand
    number = say_persons(stand.personen)
    if stand.personen is None:
        return "om hoeveel mensen het gaat is niet bekend"
    years = sorted({figure.jaar for figure in stand.behoefte.cijfers})
    source = f" (CBS {' en '.join(map(str, years))})" if years else ""
    if number in (FEW, NONE):
        return f"{number} inwoners hebben niets binnen bereik{source}"
    return f"ongeveer {number} inwoners hebben niets binnen bereik{source}"


def _say_groups(groups: Groups) -> str:
    if not groups.met_plek:
        return "Van geen enkele informele groep is een plek bekend."
    return (
        f"Van de {groups.met_plek} informele groepen met een bekende plek "
        f"{'staat' if groups.verbonden == 1 else 'staan'} er {groups.verbonden} hoogstens twee "
        "stappen van hun wijkteam af."
    )


def first_gap(gaps: Sequence[Gap]) -> Gap | None:
    """Give the gap to name: one where somebody looked goes before one that is unknown."""
    looked = [gap for gap in gaps if gap.stand.oordeel is Oordeel.GAT]
    return next(iter([*looked, *gaps]), None)
