"""What a council is told: known, ageing and unknown, and what is not known."""

from __future__ import annotations

from dataclasses import replace

from socialmap.coverage.council import Groups, Known, count_known, say_council, say_unknown
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.snapshots import Stand

STAND = Stand(
    gebied="WK1",
    thema="taal",
    doelgroep="iedereen",
    oordeel="gedekt",
    bereik=80,
    verouderd=False,
    gekeken=False,
    aanbod=("O1",),
    oud=(),
    regel=1,
)
NO_WORDS = Vocabulary({}, {})
GROUPS = Groups(met_plek=5, verbonden=1, zonder_plek=3)


def test_a_cell_is_known_ageing_or_unknown() -> None:
    unknown = replace(STAND, oordeel="onbekend")
    cells = [
        STAND,
        replace(STAND, oordeel="gat"),
        replace(STAND, verouderd=True),
        replace(unknown, verouderd=True),
        unknown,
        replace(STAND, oordeel=""),
    ]
    assert count_known(cells) == Known(bekend=2, verouderd=2, onbekend=1)
    assert count_known(cells).totaal == 5


def test_three_sentences_say_what_is_known() -> None:
    said = say_council("Haarlem", "1 mei 2026", Known(2, 1, 4), None, GROUPS, NO_WORDS)
    assert said == [
        "Op 1 mei 2026 is in Haarlem bij 2 van de 7 combinaties van wijk en thema bekend of "
        "bewoners iets binnen bereik hebben; bij 1 zijn de gegevens te oud; bij 4 weten wij het "
        "niet.",
        "In Haarlem is voor elk thema in elke wijk wel iets binnen bereik.",
        "Van de 5 informele groepen met een bekende plek staat er 1 hoogstens twee stappen van "
        "hun wijkteam af.",
    ]


def test_an_empty_map_says_so() -> None:
    said = say_council("Ergens", "1 mei 2026", Known(), None, Groups(0, 0, 0), NO_WORDS)
    assert "nog niets te zeggen" in said[0]
    assert said[1] == "Waar in Ergens iets ontbreekt, is ook niet te zeggen."
    assert said[2] == "Van geen enkele informele groep is een plek bekend."


def test_what_is_not_known_stands_beside_it() -> None:
    said = say_unknown(Known(2, 1, 4), GROUPS, geschat=True)
    assert [line.split(" ", 2)[:2] for line in said] == [
        ["Van", "4"],
        ["Bij", "1"],
        ["Van", "drie"],
        ["Waar", "een"],
        ["Lopen", "is"],
    ]
    assert len(say_unknown(Known(2, 0, 0), Groups(5, 1, 0), geschat=False)) == 1
