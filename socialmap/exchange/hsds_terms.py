"""Find our themes and groups behind the terms of another maker, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from socialmap.domain.vocabulary import Vocabulary
from socialmap.geo.tables import read_table

#: Names that are at least this alike (0 to 100) are the same word written otherwise.
_ALIKE = 90.0

#: Terms of Open Eligibility and other lists in English, with our themes.
_ENGLISH_THEMES = {
    "food": "basisbehoeften",
    "clothing": "basisbehoeften",
    "housing": "huisvesting",
    "shelter": "huisvesting",
    "money": "financien",
    "debt": "financien",
    "financial assistance": "financien",
    "work": "werk_opleiding",
    "employment": "werk_opleiding",
    "education": "werk_opleiding",
    "transit": "vervoer",
    "transportation": "vervoer",
    "mental health": "geestelijke_gezondheid",
    "counselling": "geestelijke_gezondheid",
    "health": "lichamelijke_gezondheid",
    "sports": "lichamelijke_gezondheid",
    "addiction": "middelengebruik",
    "substance abuse": "middelengebruik",
    "legal": "recht_regelingen",
    "parenting": "opvoeden",
    "caregiver support": "mantelzorg",
    "social network": "sociaal_netwerk",
    "social isolation": "sociaal_netwerk",
    "volunteering": "participatie",
    "language": "taal",
    "digital skills": "digitaal",
    "domestic violence": "veilig_thuis",
    "grief": "zingeving",
}
_ENGLISH_GROUPS = {
    "seniors": "ouderen",
    "older people": "ouderen",
    "children": "kinderen",
    "teens": "jongeren",
    "youth": "jongeren",
    "young adults": "jongvolwassenen",
    "families": "gezinnen",
    "single parents": "alleenstaande_ouders",
    "caregivers": "mantelzorgers",
    "refugees": "statushouders",
    "homeless": "dak_thuislozen",
    "low income": "minima",
    "unemployed": "werkzoekenden",
    "everyone": "iedereen",
}


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Names of themes and groups, made equal in case and accents, with their codes."""

    themas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doelgroepen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def theme(self, name: str) -> tuple[str, ...]:
        """Give the themes that a term stands for; none where that is not sure."""
        return _look_up(name, self.themas)

    def group(self, name: str) -> tuple[str, ...]:
        """Give the groups that a term stands for; none where that is not sure."""
        return _look_up(name, self.doelgroepen)


def read_theme_words(folder: Path) -> dict[str, str]:
    """
    Read the words of `lexicon.csv` that point at one theme with full weight, with that theme.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    entries = read_table(folder / "lexicon.csv", ("woord", "soort", "code", "gewicht", "herkomst"))
    found: dict[str, set[str]] = {}
    for row in entries:
        if row.cells["soort"] == "thema" and float(row.cells["gewicht"]) >= 1:
            found.setdefault(row.cells["woord"], set()).add(row.cells["code"])
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}


def make_crosswalk(vocabulary: Vocabulary, lexicon: Mapping[str, str]) -> Crosswalk:
    """
    Gather the names.

    Parameters
    ----------
    vocabulary
        Labels and codes, and the domains of the Zelfredzaamheid-Matrix. A domain stands for a
        theme only where it is the domain of no other.
    lexicon
        Theme by word, of words that point at one theme.
    """
    themas: dict[str, tuple[str, ...]] = {_plain(w): (c,) for w, c in lexicon.items()}
    by_domain: dict[str, list[str]] = {}
    for thema in vocabulary.themas.values():
        by_domain.setdefault(thema.zrm_domein, []).append(thema.code)
    themas |= {_plain(name): (codes[0],) for name, codes in by_domain.items() if len(codes) == 1}
    themas |= {n: (c,) for n, c in _ENGLISH_THEMES.items() if c in vocabulary.themas}
    for code, thema in vocabulary.themas.items():
        themas |= {_plain(code): (code,), _plain(thema.label): (code,)}
    groups = {n: (c,) for n, c in _ENGLISH_GROUPS.items() if c in vocabulary.doelgroepen}
    for code, group in vocabulary.doelgroepen.items():
        groups |= {_plain(code): (code,), _plain(group.label): (code,)}
    themas.pop("", None)
    return Crosswalk(themas, groups)


def _look_up(name: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    plain = _plain(name[:80])
    if plain in known:
        return known[plain]
    best = process.extractOne(plain, known.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return known[best[0]] if plain and best else ()


def _plain(name: str) -> str:
    return str(utils.default_process(name.replace("_", " "))).replace("ë", "e")
