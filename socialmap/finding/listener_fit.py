"""Learn the weights of the listener from phrases: logistic regression with a penalty on size.

Pure functions; the same phrases give the same weights. Only `scripts/gevaar_leren` uses this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialmap.finding.listener import PIECE, Listener, Sound, features, pieces
from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import tokenise

GEEN = "geen"
#: Features in fewer phrases say too little.
_MIN_PHRASES = 2
#: So many features are kept, by weight: more makes the file large and hears hardly better.
_KEEP = 16000
_PENALTY = 0.05
_STEPS = 6
#: A system is solved when so small a share of it is left, or after so many tries.
_CLOSE = 0.02
_TRIES = 60
_FOLDS = 5
#: Phrases that stand together in the file are alike, so they go into one fold together.
_TOGETHER = 10
_DIGITS = 2
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")

_Vector = npt.NDArray[np.float64]
_Places = npt.NDArray[np.int64]


class Phrase(NamedTuple):
    """A phrase and its kind of danger, or `geen`."""

    zin: str
    soort: str


def fit_listener(
    phrases: Sequence[Phrase], soorten: tuple[str, ...], stemmer: Stemmer, grens: float
) -> Listener:
    """Learn from phrases; rounded as in the file, so that what is measured is what is shipped."""
    examples = [example for phrase in phrases for example in _examples(phrase)]
    examples += _longer(phrases)
    heard = [features(words, stemmer) for words, _ in examples]
    counts = Counter(name for names in heard for name in names)
    names = sorted(name for name, count in counts.items() if count >= _MIN_PHRASES)
    rows = _rows(heard, {name: place for place, name in enumerate(names)})
    columns = [_solve(rows, np.array([float(soort != GEEN) for _, soort in examples]))]
    for kind in soorten:
        signs = np.array([1.0 if soort == kind else -1.0 for _, soort in examples])
        columns.append(_conjugate(lambda v: rows.back(rows.times(v)) + v, rows.back(signs)))
    table = np.round(np.column_stack(columns), _DIGITS)
    kept = sorted(np.argsort(-np.abs(table[:-1, 0]), kind="stable")[:_KEEP])
    return Listener(
        stemmer=stemmer,
        soorten=soorten,
        sounds={names[n]: _sound(table[n]) for n in kept if table[n].any()},
        begin=_sound(table[-1]),
        grens=grens,
    )


def unheard_scores(
    phrases: Sequence[Phrase], soorten: tuple[str, ...], stemmer: Stemmer
) -> tuple[float, ...]:
    """Give for each phrase the sum of a listener that learned without it and its neighbours."""
    folds = [n // _TOGETHER % _FOLDS for n in range(len(phrases))]
    scores = [0.0] * len(phrases)
    for fold in range(_FOLDS):
        known = [phrase for phrase, own in zip(phrases, folds, strict=True) if own != fold]
        listener = fit_listener(known, soorten, stemmer, 0.0)
        for n, phrase in enumerate(phrases):
            if folds[n] == fold:
                scores[n] = score(listener, phrase.zin)
    return tuple(scores)


def score(listener: Listener, text: str) -> float:
    """Give the highest sum of the pieces of a text; a text without words has the lowest."""
    return max(
        (listener.weigh(piece)[0] for piece in pieces(tokenise(text))), default=float("-inf")
    )


def _examples(phrase: Phrase) -> list[tuple[Sequence[str], str]]:
    """
    Give what to learn: a phrase of danger as a whole, and a harmless one in pieces.

    A sentence of a harmless story is harmless too; of a story of danger one sentence may not be.
    """
    words = tokenise(phrase.zin)
    if phrase.soort != GEEN:
        return [(words, phrase.soort)]
    sentences = [tokenise(part) for part in _SENTENCE_END.split(phrase.zin)]
    cut = [*pieces(words), *(part for part in sentences if len(part) < len(words))]
    return [(piece, GEEN) for piece in cut]


def _longer(phrases: Sequence[Phrase]) -> list[tuple[Sequence[str], str]]:
    """Put two harmless phrases after each other, so that length alone is no sign of danger."""
    harmless = [tokenise(phrase.zin) for phrase in phrases if phrase.soort == GEEN]
    short = [words for words in harmless if len(words) <= PIECE // 2]
    half = len(short) // 2
    return [((*short[n], *short[n + half]), GEEN) for n in range(half)]


class _Rows(NamedTuple):
    """Phrases by features, 1 / sqrt(features of the phrase) where it has one; the last is 1."""

    phrases: _Places
    features: _Places
    shares: _Vector
    shape: tuple[int, int]

    def times(self, weights: _Vector) -> _Vector:
        """Give the sum of each phrase, shape (phrases,)."""
        found = self.shares * weights[self.features]
        return np.bincount(self.phrases, found, self.shape[0]).astype(np.float64)

    def back(self, values: _Vector) -> _Vector:
        """Give the sum of values of phrases for each feature, shape (features,)."""
        found = self.shares * values[self.phrases]
        return np.bincount(self.features, found, self.shape[1]).astype(np.float64)


def _rows(heard: Sequence[Sequence[str]], places: dict[str, int]) -> _Rows:
    start = len(places)
    cells = [
        (n, places[name], len(names) ** -0.5)
        for n, names in enumerate(heard)
        for name in names
        if name in places
    ]
    cells += [(n, start, 1.0) for n in range(len(heard))]
    rows, columns, shares = zip(*cells, strict=True)
    return _Rows(np.array(rows), np.array(columns), np.array(shares), (len(heard), start + 1))


def _solve(rows: _Rows, wanted: _Vector) -> _Vector:
    """Fit by Newton steps; the penalty is on the size of the weights."""
    weights: _Vector = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows.times(weights)))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        uphill = rows.back(wanted - chance) - _PENALTY * weights

        def bend(v: _Vector, spread: _Vector = spread) -> _Vector:
            return rows.back(spread * rows.times(v)) + _PENALTY * v

        weights = weights + _conjugate(bend, uphill)
    return weights


def _conjugate(bend: Callable[[_Vector], _Vector], wanted: _Vector) -> _Vector:
    """Solve `bend(x) = wanted` by conjugate gradients, for a symmetric positive `bend`."""
    found: _Vector = np.zeros(len(wanted))
    left = wanted.copy()
    way = left.copy()
    size = float(left @ left)
    goal = size * _CLOSE**2
    for _ in range(_TRIES):
        if size <= goal:
            break
        bent = bend(way)
        step = size / float(way @ bent)
        found = found + step * way
        left = left - step * bent
        size, before = float(left @ left), size
        way = left + size / before * way
    return found


def _sound(row: _Vector) -> Sound:
    return Sound(float(row[0]), tuple(float(value) for value in row[1:]))
