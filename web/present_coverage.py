"""Say coverage in the words of a page: verdicts, the ranked list, and how sure all of it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from socialmap.coverage.answers import say_area
from socialmap.coverage.assess import Assessment
from socialmap.coverage.facts import AreaFact
from socialmap.coverage.gaps import MISSING, Gap
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.sentences import say_asked, say_count
from socialmap.coverage.verdict import Oordeel, Toevoeging
from socialmap.domain.choices import GEVRAAGD_LABELS
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.counts import say_persons
from socialmap.domain.freshness import Versheid, freshness
from socialmap.domain.model import Gebied, Inventarisatie
from socialmap.domain.vocabulary import Vocabulary
from web.present_coverage_query import (
    LEVELS,
    CoverageChoice,
    area_address,
    page_address,
    say_time,
)
from web.present_words import join_words

#: What stands for an area without residents: it has no verdict.
NOBODY = "niemand"
#: Every state of an area with its definition, in the order of the legend.
LEGEND = {
    Oordeel.GEDEKT: ("gedekt", "3 van de 4 mensen of meer hebben iets binnen bereik"),
    Oordeel.DUN: ("dun", "1 tot 3 van de 4, of alleen aanbod voor iedereen"),
    Oordeel.GAT: ("gat", "minder dan 1 van de 4; er is gezocht"),
    Oordeel.ONBEKEND: ("onbekend", "minder dan 1 van de 4; hier keek nog niemand"),
}
#: Rows of each part of the list before somebody asks for all of them.
FIRST_ROWS = {"gaten": 10, "onbekend": 6, "zonder": 6}
_MOST_THIN = 5
#: How a count of areas is said, and how it is when they are all the same: one, and several.
_SOME_OF_THEM = {
    Oordeel.GAT: "met een gat",
    Oordeel.ONBEKEND: "waar nog niemand keek",
    Oordeel.DUN: "dun",
    Oordeel.GEDEKT: "gedekt",
}
_ALL_OF_THEM = {
    Oordeel.GAT: ("in {} is een gat", "in {} is een gat"),
    Oordeel.ONBEKEND: ("in {} keek nog niemand", "in {} keek nog niemand"),
    Oordeel.DUN: ("{} is dun", "{} zijn dun"),
    Oordeel.GEDEKT: ("{} is gedekt", "{} zijn gedekt"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict is drawn and said: `oordeel` as class of the picture, and in words."""

    oordeel: str
    verouderd: bool
    woorden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """
    One row of the list.

    Attributes
    ----------
    nummer
        Same as on the map; 0 without.
    ligt_in
        Name of the larger area; empty when it says nothing.
    personen, wie
        Persons that nothing reaches, rounded and in words, and who they are.
    samen
        How many themes are missing there.
    adres, kies
        Of the page about it, and of this page with the area chosen.
    """

    nummer: int
    code: str
    naam: str
    ligt_in: str
    merk: Mark
    zin: str
    personen: str
    wie: str
    samen: int
    adres: str
    kies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapList:
    """The rows by kind, and how many there are in all of each kind."""

    gaten: tuple[GapRow, ...]
    onbekend: tuple[GapRow, ...]
    zonder: tuple[GapRow, ...]
    dun: tuple[GapRow, ...]
    aantal: Mapping[str, int]

    @property
    def rijen(self) -> tuple[GapRow, ...]:
        """Those with a number, in order of it."""
        return (*self.gaten, *self.onbekend, *self.zonder)


def mark_of(stand: Assessment) -> Mark:
    """Give how a verdict is drawn and said."""
    if stand.oordeel is None:
        return Mark(NOBODY, False, "hier woont (bijna) niemand")
    stale = Toevoeging.VEROUDERD in stand.toevoegingen
    words = LEGEND[stand.oordeel][0]
    return Mark(
        stand.oordeel.value, stale, f"{words}, hangt af van oude gegevens" if stale else words
    )


def who(doelgroep: str, words: Vocabulary) -> str:
    """Say whom a number of persons is about."""
    return "inwoners" if doelgroep == EVERYBODY else words.label(doelgroep)


def about(thema: str, doelgroep: str, words: Vocabulary) -> str:
    """Say a theme with its group: `Contact voor ouderen`."""
    label = words.label(thema)
    return label if doelgroep == EVERYBODY else f"{label} voor {words.label(doelgroep)}"


def in_words(inventories: Iterable[Inventarisatie]) -> list[Inventarisatie]:
    """Put who was asked in words, for a sentence."""
    labels = {asked.value: label for asked, label in GEVRAAGD_LABELS.items()}
    return [
        replace(
            one,
            gevraagd_aan=tuple(labels.get(asked, asked).lower() for asked in one.gevraagd_aan),
        )
        for one in inventories
    ]


def say_answer(
    stands: Sequence[Assessment], choice: CoverageChoice, thema: str, words: Vocabulary
) -> str:
    """Say in one or two sentences how it stands with a theme in the areas that were asked."""
    counted = Counter(stand.oordeel for stand in stands)
    one, several = LEVELS[choice.niveau]
    lived_in = len(stands) - counted[None]
    time = say_time(choice)
    subject = about(thema, choice.doelgroep, words) + (f" {time}" if time else "")
    if not stands:
        return f"{subject}: van dit gebied staan er geen {several} op deze kaart."
    if not lived_in:
        return f"{subject}: hier is geen {one} waar mensen wonen."
    stale = sum(Toevoeging.VEROUDERD in stand.toevoegingen for stand in stands)
    more = ""
    if stale:
        hangs = "hangt het" if stale == 1 else "hangt het oordeel"
        more = f" Bij {say_count(stale)} {hangs} af van oude gegevens."
    whole = next((v for v in _ALL_OF_THEM if counted[v] == lived_in), None)
    if whole is not None:
        noun = f"de {one}" if lived_in == 1 else f"alle {say_count(lived_in)} {several}"
        return f"{subject}: {_ALL_OF_THEM[whole][lived_in > 1].format(noun)}.{more}"
    said = [f"{say_count(counted[v])} {word}" for v, word in _SOME_OF_THEM.items() if counted[v]]
    return f"{subject}: van {say_count(lived_in)} {several} zijn er {join_words(said)}.{more}"


def make_list(
    gaps: Sequence[Gap],
    stands: Sequence[Assessment],
    choice: CoverageChoice,
    coverage: CoverageMap,
    words: Vocabulary,
    facts: Sequence[AreaFact],
) -> GapList:
    """
    Make the list: gaps first, then what nobody looked at, then what has no known size.

    Parameters
    ----------
    gaps
        Of one theme, in the order of `find_gaps`.
    stands
        Verdicts on that theme, for what is thin.
    facts
        What documents state of areas.
    """
    sized = [gap for gap in gaps if gap.stand.personen is not None]
    parts = {
        "gaten": [gap for gap in sized if gap.stand.oordeel is Oordeel.GAT],
        "onbekend": [gap for gap in sized if gap.stand.oordeel is Oordeel.ONBEKEND],
        "zonder": sorted(
            (gap for gap in gaps if gap.stand.personen is None),
            key=lambda gap: gap.stand.oordeel is not Oordeel.GAT,
        ),
    }
    rows: dict[str, tuple[GapRow, ...]] = {}
    number = 0
    above = _above(coverage, choice.niveau)
    for name, found in parts.items():
        shown = found if choice.toon else found[: FIRST_ROWS[name]]
        rows[name] = tuple(
            _row(gap.stand, number + place, gap.samen, choice, coverage, words, above, facts)
            for place, gap in enumerate(shown, 1)
        )
        number += len(shown)
    thin = [stand for stand in stands if stand.oordeel is Oordeel.DUN]
    thin.sort(key=lambda stand: (-(stand.personen or 0.0), stand.gebied.code))
    return GapList(
        **rows,
        dun=tuple(_row(s, 0, 0, choice, coverage, words, above, facts) for s in thin[:_MOST_THIN]),
        aantal={**{name: len(found) for name, found in parts.items()}, "dun": len(thin)},
    )


def say_row(stand: Assessment, coverage: CoverageMap, facts: Sequence[AreaFact]) -> str:
    """Say in one sentence why an area stands in the list: who was asked, else what is known."""
    inventories = coverage.inventories_about(stand.gebied, stand.thema, stand.doelgroep)
    if stand.gekeken and inventories:
        return say_asked(inventories[:1])
    if stand.oud and not stand.aanbod:
        number = len(stand.oud)
        return f"{_things(number)} hier, maar te lang niet nagekeken."
    if stand.aanbod:
        return f"{_things(len(stand.aanbod))}, voor een deel van het gebied."
    said = say_area(coverage, stand, facts)
    if said:
        return said[-1]
    citywide = len(stand.stadsbreed)
    if citywide:
        verb = _is_are(citywide)
        return f"Hier is niets bekend. Voor de hele stad {verb} er {say_count(citywide)}."
    return "Er is geen aanbod bekend dat hier komt."


def how_sure(
    coverage: CoverageMap, stands: Sequence[Assessment], choice: CoverageChoice, thema: str
) -> list[str]:
    """Say how sure the page is: freshness, capacity, figures, and how distance was measured."""
    table = coverage.table
    numbers = table.by_theme.get(thema, np.array([], dtype=np.intp))
    said = []
    if len(numbers):
        said.append(_say_fresh(len(numbers), int(table.fresh[numbers].sum())))
        known = int(np.isfinite(table.capacity[numbers]).sum())
        said.append(
            f"Van {say_count(known)} weten wij hoeveel mensen erbij kunnen."
            if known
            else "Van geen enkel aanbod weten wij hoeveel mensen erbij kunnen."
        )
    documented = sum(
        thema in offer.themas
        and freshness(offer.gecontroleerd_op, offer.bron, coverage.today) is Versheid.BRON
        for offer in coverage.offers
    )
    if documented:
        noun = "staat" if documented == 1 else "staan"
        said.append(
            f"Nog {say_count(documented)} {noun} alleen in een document. "
            "Zolang niemand dat nakijkt, telt het niet mee."
        )
    said.append(_say_figures(stands))
    metres = choice.straal_m or f"{default_reach_m(choice.doelgroep):.0f}"
    own = "" if choice.straal_m else ", tenzij het aanbod zelf iets anders zegt"
    said.append(
        f"Bereik is {metres} meter lopen{own}. Lopen rekenen wij als de rechte lijn x 1,3: "
        "water en spoor tellen nog niet mee."
    )
    said.append("Wij doen alsof mensen gelijk over hun buurt verspreid wonen.")
    if choice.tijd is not None:
        said.append("Aanbod zonder bekende tijden telt nu niet mee.")
    return said


def choropleth(stands: Iterable[Assessment]) -> list[dict[str, object]]:
    """Give what the map needs to colour areas; the shapes come from the interface."""
    found: list[dict[str, object]] = []
    for stand in stands:
        mark = mark_of(stand)
        one: dict[str, object] = {
            "code": stand.gebied.code,
            "oordeel": mark.oordeel,
            "label": f"{stand.gebied.naam}: {mark.woorden}",
        }
        if mark.verouderd:
            one["verouderd"] = True
        found.append(one)
    return found


def missing_in(stands: Mapping[str, Mapping[str, Assessment]]) -> Counter[str]:
    """Count for each area how many themes are missing there."""
    return Counter(
        code
        for by_area in stands.values()
        for code, stand in by_area.items()
        if stand.oordeel in MISSING
    )


def _row(
    stand: Assessment,
    number: int,
    together: int,
    choice: CoverageChoice,
    coverage: CoverageMap,
    words: Vocabulary,
    above: Mapping[str, str],
    facts: Sequence[AreaFact],
) -> GapRow:
    code = stand.gebied.code
    larger = above.get(code, "")
    return GapRow(
        nummer=number,
        code=code,
        naam=stand.gebied.naam,
        ligt_in="" if larger == stand.gebied.naam else larger,
        merk=mark_of(stand),
        zin=say_row(stand, coverage, facts),
        personen=say_persons(stand.personen),
        wie=who(stand.doelgroep, words),
        samen=together,
        adres=area_address(choice, code, stand.thema),
        kies=page_address(choice, thema=stand.thema, gekozen=code) + "#keuze",
    )


def _above(coverage: CoverageMap, niveau: Gebiedsniveau) -> Mapping[str, str]:
    """Give the name of the wijk of each buurt, and of the gemeente of each other area."""
    areas = coverage.ground.areas
    if niveau is not Gebiedsniveau.BUURT:
        return {
            code: areas[area.gemeente].naam
            for code, area in areas.items()
            if area.gemeente in areas and area.gemeente != code
        }
    wijken: list[Gebied] = coverage.ground.of_level(Gebiedsniveau.WIJK)
    return {buurt: wijk.naam for wijk in wijken for buurt in wijk.buurten}


def _say_figures(stands: Sequence[Assessment]) -> str:
    years = sorted({figure.jaar for stand in stands for figure in stand.behoefte.cijfers})
    if not years:
        return "Over hoeveel mensen het gaat is geen cijfer bekend."
    when = join_words([str(year) for year in years])
    estimated = sum(stand.behoefte.geschat for stand in stands)
    start = f"Aantallen mensen komen van het CBS ({when}), afgerond op tien."
    if not estimated:
        return start
    if estimated == len(stands):
        return f"{start} Zij zijn geschat naar oppervlakte."
    return f"{start} In {say_count(estimated)} gebieden zijn zij geschat naar oppervlakte."


def _say_fresh(number: int, fresh: int) -> str:
    """Say how many offers were confirmed lately."""
    if number == 1:
        yes = "" if fresh else "niet "
        return f"Bij dit thema is één aanbod bekend. Het is de laatste twee jaar {yes}nagekeken."
    return (
        f"Van de {say_count(number)} soorten aanbod bij dit thema {_is_are(fresh)} er "
        f"{say_count(fresh)} de laatste twee jaar nagekeken ({_percent(fresh / number)}). "
        "Alleen die tellen mee."
    )


def _things(number: int) -> str:
    return "Er is één aanbod" if number == 1 else f"Er zijn {say_count(number)} soorten aanbod"


def _is_are(number: int) -> str:
    return "is" if number == 1 else "zijn"


def _percent(share: float) -> str:
    return f"{share:.0%}"
