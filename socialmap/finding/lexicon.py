"""What words mean: stems and phrases with the themes, groups, needs and lines they point to."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import fold, tokenise

#: Words under so many letters are left as they are: too many differ by one letter only.
SHORTEST_TYPO = 6
#: How strongly a word points to its topic, and one that is marked as a weak clue.
STRONG, WEAK = 0.9, 0.4


class Woordsoort(StrEnum):
    """What an entry of the lexicon points to."""

    THEMA = "thema"
    DOELGROEP = "doelgroep"
    BEHOEFTE = "behoefte"
    LIJN = "lijn"
    ONDERWERP = "onderwerp"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of `lexicon.csv`: a word or phrase, what it points to, and how strongly (0 to 1).

    `is_fout` tells that it is a word as it is often misspelt.
    """

    woord: str
    soort: Woordsoort
    code: str
    gewicht: float
    is_fout: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a phrase points to; a phrase with more meanings is weaker for each."""

    soort: Woordsoort
    code: str
    gewicht: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, made ready by `build_lexicon`.

    Attributes
    ----------
    meanings
        Stems of a phrase, without stop words -> what it points to. A phrase of which only one
        word would be left keeps its stop words: "geld is op" is more than "geld".
    by_stem
        Stem -> phrases of two or more stems that hold it; those may be apart and in any order.
    fixed
        First stem -> phrases that keep their stop words; those must stand as they are.
    known
        Stems that need no correction: of the lexicon and of ordinary words.
    by_sound
        Folded word -> stem, to hear a misspelling.
    by_letter
        First letter -> normalised words of the lexicon that are long enough to be heard through
        a typing error.
    stop
        Normalised words that carry no meaning of their own.
    related
        Stem -> stems that mean the same.
    neighbours
        Theme -> themes that a map may file the same offers under, with a weight (0 to 1).
    topics
        Topic -> the themes and groups that it speaks for, with a weight (0 to 1).
    topical
        Stems of single words that point to a topic.
    misspelt
        Stem of a word as it is often misspelt -> stem of the word that is meant.
    labels
        Topic -> what people call it.
    aside
        Words and phrases (as in `meanings`) that in the text of an offer tell who gives it, where,
        when or how, and little of what it is about.
    fingerprint
        Differs when any of the words differ.
    """

    stemmer: Stemmer
    meanings: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    by_stem: Mapping[str, tuple[tuple[str, ...], ...]]
    fixed: Mapping[str, tuple[tuple[str, ...], ...]]
    known: frozenset[str]
    by_sound: Mapping[str, str]
    by_letter: Mapping[str, tuple[str, ...]]
    stop: frozenset[str]
    related: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, tuple[tuple[str, float], ...]]
    topics: Mapping[str, tuple[tuple[tuple[Woordsoort, str], float], ...]]
    topical: frozenset[str]
    misspelt: Mapping[str, str]
    labels: Mapping[str, str]
    aside: frozenset[tuple[str, ...]]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of `onderwerpen.csv`: a small subject that a question and an offer can share.

    `themas` and `doelgroepen` are what it speaks for, best first; a word that begins with `~` is a
    weak clue.
    """

    code: str
    label: str
    themas: tuple[str, ...]
    doelgroepen: tuple[str, ...]
    woorden: tuple[str, ...]


def build_lexicon(
    entries: Iterable[Entry],
    *,
    topics: Sequence[Topic] = (),
    stemmer: Stemmer,
    stop: Iterable[str],
    ordinary: Iterable[str],
    synonyms: Iterable[tuple[str, ...]],
    neighbours: Mapping[str, tuple[tuple[str, float], ...]],
    aside: Iterable[str] = (),
    fingerprint: str = "",
) -> Lexicon:
    """
    Make the words ready to understand questions with; once for each start of the program.

    Parameters
    ----------
    stop, ordinary
        Words without a meaning of their own, and words that are never taken for a typing error.
    synonyms
        Sets of words that mean the same; each leads to all others.
    aside
        Words that tell little of what an offer is about.
    """
    stops = frozenset(word for line in stop for word in tokenise(line))
    phrases: dict[tuple[str, ...], dict[tuple[Woordsoort, str], float]] = defaultdict(dict)
    fixed: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    by_stem: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    words: set[str] = set()
    wrong: set[str] = set()
    for entry in [*entries, *_topic_entries(topics)]:
        tokens = tokenise(entry.woord)
        words.update(tokens)
        if entry.is_fout:
            wrong.update(tokens)
        key, is_fixed = phrase_stems(tokens, stemmer, stops)
        if is_fixed:
            fixed[key[0]][key] = None
        elif len(key) > 1:
            for stem in key:
                by_stem[stem][key] = None
        target = (entry.soort, entry.code)
        phrases[key][target] = max(entry.gewicht, phrases[key].get(target, 0.0))
    words -= stops
    plain = {word for line in ordinary for word in tokenise(line)}
    related = _related(synonyms, stemmer)
    stems = {stemmer.stem(word) for word in words | plain | stops} | set(related)
    letters: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if word.isalpha() and len(word) >= SHORTEST_TYPO:
            letters[word[0]].append(word)
    return Lexicon(
        stemmer=stemmer,
        meanings={key: _meanings(found) for key, found in phrases.items()},
        by_stem={stem: tuple(found) for stem, found in by_stem.items()},
        fixed={stem: tuple(found) for stem, found in fixed.items()},
        known=frozenset(stems),
        by_sound={fold(word): stemmer.stem(word) for word in sorted(words)},
        by_letter={letter: tuple(found) for letter, found in letters.items()},
        stop=stops,
        related=related,
        neighbours=neighbours,
        topical=frozenset(
            key[0]
            for key, found in phrases.items()
            if len(key) == 1 and any(soort is Woordsoort.ONDERWERP for soort, _ in found)
        ),
        misspelt=_misspelt(wrong, words - wrong, stemmer),
        topics={topic.code: _speaks_for(topic) for topic in topics},
        labels={topic.code: topic.label for topic in topics},
        aside=frozenset(phrase_stems(tokenise(word), stemmer, stops)[0] for word in aside),
        fingerprint=fingerprint,
    )


def _misspelt(wrong: Iterable[str], right: Iterable[str], stemmer: Stemmer) -> dict[str, str]:
    """Give for words as they are misspelt the one nearest word that is right, if there is one."""
    choices = sorted(word for word in right if len(word) >= SHORTEST_TYPO)
    found: dict[str, str] = {}
    for word in wrong:
        near = extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=None)
        least = {stemmer.stem(other) for other, distance, _ in near if distance == near[0][1]}
        if len(least) == 1:
            found[stemmer.stem(word)] = least.pop()
    return found


def _topic_entries(topics: Iterable[Topic]) -> Iterable[Entry]:
    for topic in topics:
        for word in topic.woorden:
            weight = WEAK if word.startswith("~") else STRONG
            yield Entry(word.removeprefix("~"), Woordsoort.ONDERWERP, topic.code, weight)


def _speaks_for(topic: Topic) -> tuple[tuple[tuple[Woordsoort, str], float], ...]:
    """Share out over themes: the first one most; a group as the topic itself says."""
    themes = [((Woordsoort.THEMA, code), 0.6 / (n + 1)) for n, code in enumerate(topic.themas)]
    groups = [((Woordsoort.DOELGROEP, code), 0.6) for code in topic.doelgroepen]
    return (*themes, *groups)


def phrase_stems(
    tokens: Sequence[str], stemmer: Stemmer, stop: frozenset[str]
) -> tuple[tuple[str, ...], bool]:
    """Give the stems of a phrase without stop words, or all and True if too little is left."""
    kept = [word for word in tokens if word not in stop]
    is_fixed = not kept or (len(kept) == 1 and len(tokens) > 1)
    return tuple(stemmer.stem(word) for word in (tokens if is_fixed else kept)), is_fixed


def _meanings(found: Mapping[tuple[Woordsoort, str], float]) -> tuple[Meaning, ...]:
    count = Counter(soort for soort, _ in found)
    return tuple(
        Meaning(soort, code, weight / math.sqrt(count[soort]))
        for (soort, code), weight in found.items()
    )


def _related(synonyms: Iterable[tuple[str, ...]], stemmer: Stemmer) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in synonyms:
        single = [tokenise(word) for word in row]
        stems = [stemmer.stem(tokens[0]) for tokens in single if len(tokens) == 1]
        for stem in stems:
            found[stem].update(dict.fromkeys(other for other in stems if other != stem))
    return {stem: tuple(others) for stem, others in found.items()}
