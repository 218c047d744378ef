"""Understand a question in ordinary Dutch: themes, groups, age, line, needs, and its parts.

Pure functions on text and the lexicon. Nothing of a question is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from socialmap.finding.age import Leeftijd, find_age
from socialmap.finding.lexicon import Lexicon, Woordsoort
from socialmap.finding.split import clauses, merge
from socialmap.finding.tokens import tokenise, tokenise_pauses
from socialmap.finding.units import EXACT, Reading, Unit, read_units

#: A question is read up to so many characters: more is no question. Danger is sought in all.
MAX_SIGNS = 1500
#: Words of one phrase may have so many other words between them in all.
_SLACK = 2
_SYNONYM = 0.7
#: A part of a question counts as a need of its own from this weight of its first theme.
_OWN_NEED = 0.5


class Weight(NamedTuple):
    """A code and how sure it is, above 0 and at most 1."""

    code: str
    gewicht: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a question asks for.

    Attributes
    ----------
    themas, doelgroepen, behoeften, lijnen, onderwerpen
        Surest first, then by code. Empty if nothing was heard.
    leeftijd
        Of the person it is about, if said.
    stems
        Stems of the words that carry meaning, in order, to search texts with.
    verwant
        Stems that mean the same as one of `stems`.
    parts
        The needs one by one, each without parts; empty if the question has one need.
    """

    themas: tuple[Weight, ...]
    doelgroepen: tuple[Weight, ...]
    behoeften: tuple[Weight, ...]
    lijnen: tuple[Weight, ...]
    onderwerpen: tuple[Weight, ...]
    leeftijd: Leeftijd | None
    stems: tuple[str, ...]
    verwant: tuple[str, ...]
    parts: tuple[Understood, ...] = ()


def understand(question: str, lexicon: Lexicon) -> Understood:
    """
    Understand a question, whole and by its needs.

    A weight joins the evidence of all words: 1 minus the product of what each leaves open. A
    phrase goes before the words in it. A question is split only where its parts ask for different
    themes ("taalles en iemand voor de tuin").
    """
    question = question[:MAX_SIGNS]
    whole = read_text(question, lexicon)
    texts = clauses(question)
    if len(texts) < 2:
        return whole
    groups = merge([_own_themes(read_text(text, lexicon)) for text in texts])
    if len(groups) < 2:
        return whole
    parts = tuple(read_text(" ".join(texts[n] for n in group), lexicon) for group in groups)
    return replace(whole, parts=parts)


def spoken_words(question: str, lexicon: Lexicon) -> dict[str, str]:
    """Give for each stem of a question the word that it came from, to show in a reason."""
    found: dict[str, str] = {}
    for word in tokenise(question[:MAX_SIGNS]):
        if word not in lexicon.stop:
            found.setdefault(lexicon.stemmer.stem(word), word)
    return found


def age_groups(leeftijd: Leeftijd | None) -> tuple[str, ...]:
    """Give the groups of one age (begrippen.md, "Need"): the age must lie wholly within them."""
    if leeftijd is None:
        return ()
    limits = {
        "kinderen": (0, 14),
        "jongeren": (12, 25),
        "jongvolwassenen": (18, 29),
        "ouderen": (65, None),
    }
    return tuple(code for code, (low, high) in limits.items() if _within(leeftijd, low, high))


def _within(leeftijd: Leeftijd, low: int, high: int | None) -> bool:
    if leeftijd.van < low:
        return False
    return high is None or (leeftijd.tot is not None and leeftijd.tot <= high)


def read_text(text: str, lexicon: Lexicon, aside: float = 1.0) -> Understood:
    """
    Read a text as one need, as `understand` does with a question that has one.

    Parameters
    ----------
    aside
        How much the words of `lexicon.aside` count for a topic; 1 in a question.
    """
    words = tokenise_pauses(text)
    reading = read_units([word for n, word in enumerate(words) if not _of_age(words, n)], lexicon)
    found = _evidence(reading, lexicon, aside)
    leeftijd = find_age(text)
    for group in age_groups(leeftijd):
        found[Woordsoort.DOELGROEP, group].append(0.9)
    onderwerpen = _weights(found, Woordsoort.ONDERWERP)
    _add_themes(found, onderwerpen, lexicon)
    stems = tuple(dict.fromkeys(unit.stem for unit in reading.units))
    near = dict.fromkeys(other for stem in stems for other in lexicon.related.get(stem, ()))
    return Understood(
        themas=_with_neighbours(_weights(found, Woordsoort.THEMA), lexicon),
        doelgroepen=_weights(found, Woordsoort.DOELGROEP),
        behoeften=_weights(found, Woordsoort.BEHOEFTE),
        lijnen=_weights(found, Woordsoort.LIJN),
        onderwerpen=onderwerpen,
        leeftijd=leeftijd,
        stems=stems,
        verwant=tuple(stem for stem in near if stem not in stems),
    )


def _of_age(words: Sequence[str], n: int) -> bool:
    """Tell whether "oud" only closes an age, as in "8 jaar oud"."""
    return words[n] == "oud" and n > 0 and words[n - 1] == "jaar"


def _evidence(
    reading: Reading, lexicon: Lexicon, aside: float
) -> dict[tuple[Woordsoort, str], list[float]]:
    found: dict[tuple[Woordsoort, str], list[float]] = defaultdict(list)
    covered: dict[Woordsoort, set[int]] = defaultdict(set)
    for key, places, trust in _phrases(reading, lexicon):
        for meaning in lexicon.meanings[key]:
            if places and places <= covered[meaning.soort]:
                continue
            share = aside if key in lexicon.aside and meaning.soort is Woordsoort.ONDERWERP else 1.0
            found[meaning.soort, meaning.code].append(meaning.gewicht * trust * 0.9 * share)
        for soort in {meaning.soort for meaning in lexicon.meanings[key]}:
            covered[soort] |= places
    return found


def _phrases(
    reading: Reading, lexicon: Lexicon
) -> list[tuple[tuple[str, ...], frozenset[int], float]]:
    """Give phrases and words that are there: longest first, then as they stand."""
    places: dict[str, list[Unit]] = defaultdict(list)
    for unit in reading.units:
        places[unit.stem].append(unit)
    found = _fixed(reading, lexicon)
    keys = dict.fromkeys(key for stem in places for key in lexicon.by_stem.get(stem, ()))
    for key in keys:
        if all(stem in places for stem in key):
            used = _closest(key, places)
            if used:
                found[key, frozenset(unit.place for unit in used)] = min(u.trust for u in used)
    for stem, here in places.items():
        for key, share in _words_of(stem, lexicon):
            for unit in here[:1]:
                found[key, frozenset([unit.place])] = unit.trust * share
    ordered = sorted(found.items(), key=lambda item: (-len(item[0][0]), sorted(item[0][1])))
    return [(key, where, trust) for (key, where), trust in ordered]


def _fixed(
    reading: Reading, lexicon: Lexicon
) -> dict[tuple[tuple[str, ...], frozenset[int]], float]:
    found: dict[tuple[tuple[str, ...], frozenset[int]], float] = {}
    stems = tuple(stem for stem, _ in reading.row)
    for start, stem in enumerate(stems):
        for key in lexicon.fixed.get(stem, ()):
            end = start + len(key)
            if stems[start:end] == key:
                used = [place for _, place in reading.row[start:end] if place is not None]
                found[key, frozenset(used)] = EXACT
    return found


def _words_of(stem: str, lexicon: Lexicon) -> Iterable[tuple[tuple[str, ...], float]]:
    if (stem,) in lexicon.meanings:
        return [((stem,), 1.0)]
    others = [(other,) for other in lexicon.related.get(stem, ()) if (other,) in lexicon.meanings]
    return [(key, _SYNONYM) for key in others[:1]]


def _closest(key: tuple[str, ...], places: Mapping[str, Sequence[Unit]]) -> list[Unit]:
    """Give units of a phrase that stand close together, in any order; empty if there are none."""
    for start in places[key[0]]:
        used = [start]
        for stem in key[1:]:
            free = [unit for unit in places[stem] if unit not in used]
            if not free:
                break
            used.append(min(free, key=lambda unit: abs(unit.place - start.place)))
        where = [unit.place for unit in used]
        if len(used) == len(key) and max(where) - min(where) < len(key) + _SLACK:
            return used
    return []


def _weights(
    found: Mapping[tuple[Woordsoort, str], Sequence[float]], soort: Woordsoort
) -> tuple[Weight, ...]:
    weights = []
    for (kind, code), values in found.items():
        if kind is soort:
            left = 1.0
            for value in values:
                left *= 1 - value
            weights.append(Weight(code, round(1 - left, 6)))
    return tuple(sorted(weights, key=lambda weight: (-weight.gewicht, weight.code)))


def _with_neighbours(themas: tuple[Weight, ...], lexicon: Lexicon) -> tuple[Weight, ...]:
    """Add the themes that a map may file the same offers under; never above what was heard."""
    found: dict[tuple[Woordsoort, str], list[float]] = defaultdict(list)
    for code, weight in themas:
        found[Woordsoort.THEMA, code].append(weight)
        for other, share in lexicon.neighbours.get(code, ()):
            found[Woordsoort.THEMA, other].append(weight * share)
    return _weights(found, Woordsoort.THEMA)


def _add_themes(
    found: dict[tuple[Woordsoort, str], list[float]],
    onderwerpen: Iterable[Weight],
    lexicon: Lexicon,
) -> None:
    """Let topics speak for the themes and groups that they belong to."""
    for code, weight in onderwerpen:
        for thing, share in lexicon.topics.get(code, ()):
            found[thing].append(weight * share)


def _own_themes(piece: Understood) -> frozenset[str]:
    """Give the themes that a part surely asks for: those near its first one."""
    if not piece.themas or piece.themas[0].gewicht < _OWN_NEED:
        return frozenset()
    first = piece.themas[0].gewicht
    return frozenset(weight.code for weight in piece.themas if weight.gewicht >= 0.6 * first)
