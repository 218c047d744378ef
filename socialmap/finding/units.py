"""Turn the words of a question into stems that the lexicon knows.

A word is taken as it is, as a diminutive, by its sound, as a typing error, or as a compound, in
that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from socialmap.finding.lexicon import SHORTEST_TYPO, Lexicon
from socialmap.finding.tokens import fold

#: How far a word may be trusted: as written, joined, by its sound, as a part, as a typing error,
#: and as a part of which the rest is unknown.
EXACT, JOINED, SOUND, PART, TYPO, HALF = 1.0, 0.95, 0.9, 0.85, 0.8, 0.5
_SHORTEST_PART = 3
#: Places that a pause counts for, so that no phrase is heard across it.
PAUSE = 3
#: Shortest part that is heard where the rest of a word is unknown.
_SHORTEST_END = 4
_SHORTEST_SOUND = 5
_LONG = 8
_LONGEST_COMPOUND = 40
_DIMINUTIVES = ("tje", "pje", "je")
_LINKS = ("", "s", "en", "e", "n")


@dataclass(frozen=True, slots=True)
class Unit:
    """One stem of a question: its place among the words that carry meaning, and its trust."""

    place: int
    stem: str
    trust: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a question: units that carry meaning, and all stems as they stand.

    Attributes
    ----------
    row
        Stem and place of every word; the place is None for a stop word.
    """

    units: tuple[Unit, ...]
    row: tuple[tuple[str, int | None], ...]


def read_units(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """
    Give the stems of normalised words in order.

    A compound gives its parts at places of their own; two words that belong together also give
    the stem of both at the place of the first.
    """
    units: list[Unit] = []
    row: list[tuple[str, int | None]] = []
    seen: dict[str, list[tuple[str, float]]] = {}
    place = 0
    previous: tuple[str, int] | None = None
    for word in words:
        if not word:
            row.append(("", None))
            place += PAUSE
            previous = None
            continue
        if word in lexicon.stop:
            row.append((lexicon.stemmer.stem(word), None))
            continue
        if previous is not None:
            joined = lexicon.stemmer.stem(previous[0] + word)
            if (joined,) in lexicon.meanings:
                units.append(Unit(previous[1], joined, JOINED))
        previous = (word, place)
        if word not in seen:
            seen[word] = _stems(word, lexicon)
        found = seen[word]
        row.append((found[0][0], place))
        for stem, trust in found:
            units.append(Unit(place, stem, trust))
            place += 1
    return Reading(tuple(units), tuple(row))


def _stems(word: str, lexicon: Lexicon) -> list[tuple[str, float]]:
    stem = lexicon.stemmer.stem(word)
    if stem in lexicon.known or not word.isalpha():
        return [(stem, EXACT), *_topical(word, stem, lexicon)]
    small = _without_diminutive(word, lexicon)
    if small is not None:
        return [(small, EXACT)]
    sound = lexicon.by_sound.get(fold(word))
    if sound is not None and len(word) >= _SHORTEST_SOUND:
        return [(sound, SOUND)]
    near = _nearest(word, lexicon, 1)
    if near is not None:
        return [(near, TYPO)]
    parts = split_compound(word, lexicon)
    if parts:
        return [(stem, EXACT), *((part, PART) for part in parts)]
    end = _known_end(word, lexicon)
    if end:
        return [(stem, EXACT), *((part, HALF) for part in end)]
    near = _nearest(word, lexicon, 2) if len(word) >= _LONG else None
    return [(near, TYPO)] if near is not None else [(stem, EXACT)]


def _topical(word: str, stem: str, lexicon: Lexicon) -> list[tuple[str, float]]:
    """Give what a known word without a topic is made of, where that has one.

    "administratiehulp" has a theme of its own, and "administratie" in it has a topic.
    """
    if stem in lexicon.topical or (stem,) not in lexicon.meanings or not word.isalpha():
        return []
    small = _without_diminutive(word, lexicon)
    meant = lexicon.misspelt.get(stem)
    parts = [part for part in split_compound(word, lexicon) if len(part) >= _SHORTEST_END]
    others = [*(one for one in (small, meant) if one is not None), *parts]
    found = [(other, PART) for other in others if other in lexicon.topical and other != stem]
    near = None if found else _nearest(word, lexicon, 1, among=lexicon.topical)
    return found if near is None else [(near, TYPO)]


def _known_end(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Give the longest beginning or end of a word that has a topic, where the rest is unknown."""
    if len(word) > _LONGEST_COMPOUND:
        return ()
    for length in range(len(word) - _SHORTEST_PART, _SHORTEST_END - 1, -1):
        for stem in _without_link(word[:length], lexicon):
            if stem in lexicon.topical:
                return (stem,)
        end = lexicon.stemmer.stem(word[-length:])
        if length > _SHORTEST_END and end in lexicon.topical:
            return (end,)
    return ()


def _without_diminutive(word: str, lexicon: Lexicon) -> str | None:
    """Give the stem of the word that a diminutive comes from: "baantje" from "baan"."""
    singular = word.removesuffix("s")
    for ending in _DIMINUTIVES:
        if singular.endswith(ending) and len(singular) - len(ending) >= _SHORTEST_PART:
            stem = lexicon.stemmer.stem(singular.removesuffix(ending))
            if stem in lexicon.known:
                return stem
    return None


def _nearest(
    word: str, lexicon: Lexicon, allowed: int, among: frozenset[str] | None = None
) -> str | None:
    """Give the stem of the nearest word of the lexicon within so many errors, if it is one only.

    Short words are left alone: too many of them differ by one letter and mean something else.
    """
    if not SHORTEST_TYPO <= len(word) <= _LONGEST_COMPOUND:
        return None
    near = extract(
        word,
        lexicon.by_letter.get(word[0], ()),
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=None,
    )
    if not near:
        return None
    least = near[0][1]
    found = {lexicon.stemmer.stem(other) for other, distance, _ in near if distance == least}
    if among is not None:
        found &= among
    return found.pop() if len(found) == 1 else None


def split_compound(word: str, lexicon: Lexicon, depth: int = 2) -> tuple[str, ...]:
    """
    Give the stems of the known parts of a compound, longest last part first; empty if none.

    "energiekostenhulp" gives `energie`, `kost`, `hulp`. Parts of under three letters do not count.
    """
    if len(word) > _LONGEST_COMPOUND:
        return ()
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        left = _left_part(word[:cut], lexicon)
        if left is None:
            continue
        right = lexicon.stemmer.stem(word[cut:])
        if right in lexicon.known:
            return left, right
        if depth > 1:
            rest = split_compound(word[cut:], lexicon, depth - 1)
            if rest:
                return left, *rest
    return ()


def _left_part(text: str, lexicon: Lexicon) -> str | None:
    return next((stem for stem in _without_link(text, lexicon) if stem in lexicon.known), None)


def _without_link(text: str, lexicon: Lexicon) -> Iterator[str]:
    for link in _LINKS:
        if text.endswith(link) and len(text) - len(link) >= _SHORTEST_PART:
            part = text[: len(text) - len(link)]
            yield lexicon.stemmer.stem(part)
            if not link:
                # A verb stands first without its ending: "poetshulp", "wandelgroep".
                yield lexicon.stemmer.stem(part + "en")
