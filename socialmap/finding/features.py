"""What speaks for and against each offer: one row of numbers per candidate.

The order itself is `ranking.py`; what the numbers weigh is `data/woorden/gewichten.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from socialmap.finding.index import Mask, Numbers, Positions, Posting, SearchIndex
from socialmap.finding.language import Understood
from socialmap.finding.question import Vraag
from socialmap.finding.reading import concepts

#: Straight metres up to which an offer is near, and from which farther makes no more difference.
NEAR_M, FAR_M = 2000.0, 6000.0
_NO_LINE = 1
#: Looking up one by one is faster than spreading out where so many times fewer are looked up.
_FEW = 8


class Kenmerk(IntEnum):
    """The numbers of one candidate, by column; the names are those of `gewichten.csv`.

    THEMA: surest theme of the question that the offer is filed under. BEGRIP: themes that its text
    speaks of. ONDERWERP: topics that both speak of. KERN: the
    same, where a rare topic tells more. BEHOEFTE: what is sought (a buddy, a course).
    WOORD, VERWANT, DEEL, ACTOR: words of the question in its text, words that mean the same, parts
    of words, and words of its actor; rare words tell more. GROEP: the group asked for, by name.
    IEDEREEN: it is for everybody. ANDERE_GROEP: it is for groups that were not named.
    ZONDER_GROEP: a group was named and it is for others. LEEFTIJD: it is for another age.
    LIJN: 0, 1 or 2. DICHTBIJ and VER: distance up to 2 km in parts of it, and beyond it.
    VERS, OUD: checked at most a year ago; over two years ago or never. BRON: known from a document
    only. GEPAUZEERD: paused. INTRODUCTIE: value of the best introduction. BETEKENIS: how close in
    meaning, by the extra.
    """

    THEMA = 0
    BEGRIP = 1
    ONDERWERP = 2
    BEHOEFTE = 3
    WOORD = 4
    VERWANT = 5
    DEEL = 6
    ACTOR = 7
    GROEP = 8
    IEDEREEN = 9
    ANDERE_GROEP = 10
    ZONDER_GROEP = 11
    LEEFTIJD = 12
    LIJN = 13
    DICHTBIJ = 14
    VER = 15
    VERS = 16
    OUD = 17
    BRON = 18
    GEPAUZEERD = 19
    INTRODUCTIE = 20
    BETEKENIS = 21
    KERN = 22


@dataclass(frozen=True, slots=True)
class Heard:
    """A question in the terms of the index, with how much each tells.

    Attributes
    ----------
    begrippen
        Concept (`thema:…`, `onderwerp:…`, `behoefte:…`, `doelgroep:…`) -> weight.
    woorden, verwant, delen
        Stem -> how much it tells for this reader; the same words, others that mean the same, and
        words that share a part.
    onbekend
        How many words of the question stand in no offer.
    gekozen
        Whether a theme was chosen beside the words.
    zeldzaam
        Topic (`onderwerp:…`) -> how much it tells for this reader: 1 if at most one offer has it.
    """

    begrippen: Mapping[str, float]
    woorden: Mapping[str, float]
    verwant: Mapping[str, float]
    delen: Mapping[str, float]
    onbekend: int
    leeftijd: tuple[int, int] | None
    gekozen: bool
    zeldzaam: Mapping[str, float]

    def topics(self) -> dict[str, float]:
        """Give the topics with how much each tells: how sure it was heard, and how rare it is."""
        return {key: self.begrippen[key] * rare for key, rare in self.zeldzaam.items()}


def hear(understood: Understood, index: SearchIndex, visible: Mask, vraag: Vraag) -> Heard:
    """Bring a question into the terms of the index; what was chosen beside it counts as heard."""
    words = {stem: index.rarity(f"woord:{stem}", visible) for stem in understood.stems}
    known = {stem: weight for stem, weight in words.items() if weight > 0}
    same = {stem: index.rarity(f"woord:{stem}", visible) for stem in understood.verwant}
    parts: dict[str, float] = {}
    for stem in understood.stems:
        for word, share in index.partly(stem).items():
            if word not in known:
                told = share * index.rarity(f"woord:{word}", visible)
                parts[word] = max(told, parts.get(word, 0.0))
    age = understood.leeftijd
    begrippen = concepts(understood) | _chosen(vraag)
    topics = [key for key in begrippen if key.startswith("onderwerp:")]
    return Heard(
        begrippen=begrippen,
        woorden=known,
        verwant={stem: weight for stem, weight in same.items() if weight > 0},
        delen={stem: weight for stem, weight in parts.items() if weight > 0},
        onbekend=len(words) - len(known),
        leeftijd=None if age is None else (age.van, 200 if age.tot is None else age.tot),
        gekozen=bool(vraag.themas),
        zeldzaam={key: index.rarity(f"begrip:{key}", visible) or 1.0 for key in topics},
    )


def _chosen(vraag: Vraag) -> dict[str, float]:
    found = {f"thema:{code}": 1.0 for code in vraag.themas}
    return found | {f"doelgroep:{code}": 1.0 for code in vraag.doelgroepen}


def speaks(heard: Heard, index: SearchIndex, chosen: Positions) -> Mask:
    """Tell for some offers, in rising order, whether anything of the question speaks for them.

    Where a theme was chosen, that speaks for every offer that the gates let through.
    """
    if heard.gekozen:
        return np.ones(len(chosen), bool)
    themes = [key for key in heard.begrippen if key.startswith("thema:")]
    broad = [key for key in heard.begrippen if key.startswith(("thema:", "behoefte:"))]
    terms = [*themes, *(f"begrip:{key}" for key in broad), *_telling_terms(heard)]
    if len(chosen) * _FEW < index.size:
        return index.has_any(terms, chosen)
    return index.any_of(terms)[chosen]


def telling(heard: Heard, index: SearchIndex) -> Positions:
    """Give the offers that share a topic or word with the question, in rising order."""
    return index.places_of(_telling_terms(heard))


def _telling_terms(heard: Heard) -> list[str]:
    small = [key for key in heard.begrippen if key.startswith("onderwerp:")]
    words = {**heard.woorden, **heard.verwant, **heard.delen}
    return [*(f"begrip:{key}" for key in small), *(f"woord:{stem}" for stem in words)]


def measure(
    heard: Heard,
    index: SearchIndex,
    chosen: Positions,
    distance_m: Numbers,
    today: date,
) -> NDArray[np.float32]:
    """
    Measure what speaks for and against some offers.

    Parameters
    ----------
    heard
        The question.
    index
        All offers.
    chosen
        Positions of the offers to measure, shape (n,).
    distance_m
        Straight metres to each, NaN when unknown, shape (n,).
    today
        Day that freshness is held against.

    Returns
    -------
    features
        Shape (n, 23), one column per `Kenmerk`. INTRODUCTIE and BETEKENIS are left 0.
    """
    found = np.zeros((len(chosen), len(Kenmerk)), np.float32)
    themes = _of_kind(heard, "thema")
    groups = _of_kind(heard, "doelgroep")
    found[:, Kenmerk.THEMA] = _most(index, {f"thema:{c}": w for c, w in themes.items()}, chosen)
    for kind, column in (
        ("thema", Kenmerk.BEGRIP),
        ("onderwerp", Kenmerk.ONDERWERP),
        ("behoefte", Kenmerk.BEHOEFTE),
    ):
        terms = {f"begrip:{kind}:{code}": w for code, w in _of_kind(heard, kind).items()}
        found[:, column] = _sum(index, terms, chosen)
    rare = {f"begrip:{key}": told for key, told in heard.topics().items()}
    found[:, Kenmerk.KERN] = _sum(index, rare, chosen)
    for words, field, column in (
        (heard.woorden, "woord", Kenmerk.WOORD),
        (heard.verwant, "woord", Kenmerk.VERWANT),
        (heard.delen, "woord", Kenmerk.DEEL),
        (heard.woorden, "actor", Kenmerk.ACTOR),
    ):
        terms = {f"{field}:{stem}": weight for stem, weight in words.items()}
        found[:, column] = _sum(index, terms, chosen)
    found[:, Kenmerk.GROEP] = _most(index, {f"groep:{c}": w for c, w in groups.items()}, chosen)
    _judge_groups(found, heard, index, chosen)
    lines = index.lijn[chosen]
    found[:, Kenmerk.LIJN] = np.where(lines < 0, _NO_LINE, lines)
    _judge_distance(found, index, chosen, distance_m)
    found[:, Kenmerk.VERS], found[:, Kenmerk.OUD] = index.ageing(today, chosen)
    found[:, Kenmerk.BRON] = index.bron[chosen]
    found[:, Kenmerk.GEPAUZEERD] = index.gepauzeerd[chosen]
    return found


def _judge_groups(
    found: NDArray[np.float32], heard: Heard, index: SearchIndex, chosen: Positions
) -> None:
    everybody = index.everybody[chosen]
    named = found[:, Kenmerk.GROEP] > 0
    asked = bool(_of_kind(heard, "doelgroep"))
    found[:, Kenmerk.IEDEREEN] = everybody
    found[:, Kenmerk.ANDERE_GROEP] = ~everybody & ~named & (not asked)
    found[:, Kenmerk.ZONDER_GROEP] = ~everybody & ~named & asked
    if heard.leeftijd is not None:
        youngest, oldest = heard.leeftijd
        outside = (index.jongst[chosen] > oldest) | (index.oudst[chosen] < youngest)
        found[:, Kenmerk.LEEFTIJD] = outside


def _judge_distance(
    found: NDArray[np.float32], index: SearchIndex, chosen: Positions, distance_m: Numbers
) -> None:
    """An offer for the whole town, or of a specialist, is worth a journey."""
    travels = index.stadsbreed[chosen] | (index.lijn[chosen] == 2)
    metres = np.where(np.isnan(distance_m) | travels, 0, distance_m)
    found[:, Kenmerk.DICHTBIJ] = np.minimum(metres, NEAR_M) / NEAR_M
    found[:, Kenmerk.VER] = np.clip(metres - NEAR_M, 0, FAR_M - NEAR_M) / (FAR_M - NEAR_M)


def _of_kind(heard: Heard, kind: str) -> dict[str, float]:
    start = f"{kind}:"
    return {
        key.removeprefix(start): weight
        for key, weight in heard.begrippen.items()
        if key.startswith(start)
    }


def _sum(index: SearchIndex, terms: Mapping[str, float], chosen: Positions) -> Numbers:
    total = np.zeros(len(chosen), np.float32)
    long: list[tuple[Posting, float]] = []
    for term, weight in terms.items():
        posting = index.posting(term)
        if len(chosen) * _FEW < len(posting.places):
            total += np.float32(weight) * posting.at(chosen)
        elif len(posting.places):
            long.append((posting, weight))
    if long:
        spread = np.zeros(index.size, np.float32)
        for posting, weight in long:
            spread[posting.places] += np.float32(weight) * posting.weights
        total += spread[chosen]
    return total


def _most(index: SearchIndex, terms: Mapping[str, float], chosen: Positions) -> Numbers:
    most = np.zeros(len(chosen), np.float32)
    for term, weight in _rising(terms):
        posting = index.posting(term)
        if len(posting.places):
            most[posting.at(chosen) > 0] = np.float32(weight)
    return most


def _rising(terms: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    """Give the terms from low to high, so that what is written last is the most."""
    return sorted(terms.items(), key=lambda item: (item[1], item[0]))
