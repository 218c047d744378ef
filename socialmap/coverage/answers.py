"""Answer questions about coverage as JSON: the interface and the commands give the same.

Here persons are rounded to tens and shares to whole per cents, and nowhere before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from socialmap.coverage.assess import Assessment
from socialmap.coverage.facts import AreaFact, facts_about, teams_without_place
from socialmap.coverage.gaps import Gap, find_gaps
from socialmap.coverage.need import EVERYBODY, Need
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.sentences import say_assessment, say_missing_together
from socialmap.coverage.times import Tijd
from socialmap.coverage.verdict import Toevoeging
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.counts import round_persons, say_persons
from socialmap.domain.vocabulary import Vocabulary

Json = dict[str, Any]
#: A ratio with more digits would tell the number of persons that it was made of.
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What coverage is asked for.

    Attributes
    ----------
    niveau, gebied
        Level of the areas, and the area that they share a buurt with; empty for all.
    themas
        Codes, in the order of the answer.
    doelgroep, straal_m, tijd
        As in `CoverageMap.assess`.
    """

    niveau: Gebiedsniveau = Gebiedsniveau.WIJK
    gebied: str = ""
    themas: tuple[str, ...] = ()
    doelgroep: str = EVERYBODY
    straal_m: float | None = None
    tijd: Tijd | None = None


def coverage_json(coverage: CoverageMap, words: Vocabulary, asked: Asked) -> Json:
    """Give the verdict on each theme in each area, by theme as asked and then by name of area."""
    return {
        "gebieden": [
            _area(coverage, words, asked, stand)
            for thema in asked.themas
            for stand in assess_asked(coverage, asked, thema)
        ]
    }


def assess_asked(coverage: CoverageMap, asked: Asked, thema: str) -> tuple[Assessment, ...]:
    """Judge one theme as it was asked."""
    return coverage.assess(
        asked.niveau, thema, asked.doelgroep, asked.straal_m, asked.tijd, asked.gebied
    )


def gaps_json(
    coverage: CoverageMap, words: Vocabulary, asked: Asked, facts: Sequence[AreaFact]
) -> Json:
    """Give the gaps in their order; those without a known number of persons come last."""
    return {
        "gaten": [
            {
                "code": gap.stand.gebied.code,
                "naam": gap.stand.gebied.naam,
                "thema": gap.stand.thema,
                "doelgroep": gap.stand.doelgroep,
                "personen": round_persons(gap.stand.personen),
                "personen_tekst": say_persons(gap.stand.personen),
                "oordeel": gap.stand.oordeel,
                "verouderd": Toevoeging.VEROUDERD in gap.stand.toevoegingen,
                "samen": gap.samen,
                "redenen": say_reasons(coverage, words, gap, facts, asked.straal_m),
                "vergelijkbaar": [
                    {
                        "code": like.gebied.code,
                        "naam": like.gebied.naam,
                        "aanbod": list(like.aanbod),
                    }
                    for like in gap.vergelijkbaar
                ],
            }
            for gap in gaps_asked(coverage, words, asked)
        ]
    }


def gaps_asked(coverage: CoverageMap, words: Vocabulary, asked: Asked) -> tuple[Gap, ...]:
    """List the gaps as they were asked."""
    return find_gaps(
        coverage,
        asked.niveau,
        asked.themas,
        asked.doelgroep,
        alle_themas=tuple(words.themas),
        straal_m=asked.straal_m,
        tijd=asked.tijd,
        gebied=asked.gebied,
    )


def say_reasons(
    coverage: CoverageMap,
    words: Vocabulary,
    gap: Gap,
    facts: Sequence[AreaFact],
    straal_m: float | None = None,
) -> list[str]:
    """Say why something is a gap: what is known of it, and what is said of the area itself."""
    stand = gap.stand
    inventories = coverage.inventories_about(stand.gebied, stand.thema, stand.doelgroep)
    said = say_assessment(stand, words, inventories, straal_m)
    together = say_missing_together(gap.samen)
    said += [together] if together else []
    return said + say_area(coverage, stand, facts)


def say_area(coverage: CoverageMap, stand: Assessment, facts: Sequence[AreaFact]) -> list[str]:
    """Say what documents state of an area, and which wijkteam has no place there."""
    ground, area = coverage.ground, stand.gebied
    said = [str(fact) for fact in facts_about(facts, area, ground)]
    for team in teams_without_place(ground, area, coverage.actors, coverage.offers):
        said.append(f"{area.naam} valt onder {team.naam}. Van dat team is hier geen plek bekend.")
    return said


def _area(coverage: CoverageMap, words: Vocabulary, asked: Asked, stand: Assessment) -> Json:
    inventories = coverage.inventories_about(stand.gebied, stand.thema, stand.doelgroep)
    return {
        "code": stand.gebied.code,
        "naam": stand.gebied.naam,
        "niveau": stand.gebied.niveau,
        "thema": stand.thema,
        "doelgroep": stand.doelgroep,
        "straal_m": asked.straal_m or default_reach_m(stand.doelgroep),
        "behoefte": round_persons(stand.behoefte.personen),
        "bereik": None if stand.bereik is None else round(stand.bereik, 2),
        "verhouding": _round_ratio(stand.verhouding),
        "capaciteit_bekend": (
            None if stand.capaciteit_bekend is None else round(stand.capaciteit_bekend, 2)
        ),
        "oordeel": stand.oordeel,
        "verouderd": Toevoeging.VEROUDERD in stand.toevoegingen,
        "toevoegingen": list(stand.toevoegingen),
        "personen": round_persons(stand.personen),
        "gekeken": stand.gekeken,
        "aanbod": list(stand.aanbod),
        "oud": list(stand.oud),
        "stadsbreed": list(stand.stadsbreed),
        "plek_onbekend": list(stand.plek_onbekend),
        "volgens_bron": list(stand.volgens_bron),
        "cijfers": figures_json(stand.behoefte),
        "zin": " ".join(say_assessment(stand, words, inventories, asked.straal_m)),
    }


def figures_json(need: Need) -> Json:
    """Say on which figures a number of persons rests, with their year and area."""
    return {
        "gebruikt": [
            {"naam": one.naam, "jaar": one.jaar, "gebied": one.gebied} for one in need.cijfers
        ],
        "geschat": need.geschat,
        "afstand": "rechte lijn x 1,3",
    }


def _round_ratio(ratio: float | None) -> float | None:
    return None if ratio is None else float(f"{ratio:.{_DIGITS}g}")
