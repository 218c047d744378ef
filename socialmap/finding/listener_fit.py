"""Learn the weights of the listener from phrases: logistic regression with a penalty on size.

Pure functions; the same phrases give the same weights. Only `scripts/gevaar_leren` uses this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialmap.finding.listener import Listener, Sound, features, pieces
from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import tokenise

GEEN = "geen"
#: Features in fewer phrases say too little.
_MIN_PHRASES = 2
#: So many features are kept, by weight: more makes the file large and hears hardly better.
_KEEP = 12000
_PENALTY = 0.05
_STEPS = 6
_FOLDS = 5
#: Phrases that stand together in the file are alike, so they go into one fold together.
_TOGETHER = 10
_DIGITS = 2

_Matrix = npt.NDArray[np.float64]


class Phrase(NamedTuple):
    """A phrase and its kind of danger, or `geen`."""

    zin: str
    soort: str


def fit_listener(
    phrases: Sequence[Phrase], soorten: tuple[str, ...], stemmer: Stemmer, grens: float
) -> Listener:
    """Learn from phrases; rounded as in the file, so that what is measured is what is shipped."""
    phrases = (*phrases, *_longer(phrases))
    heard = [features(tokenise(phrase.zin), stemmer) for phrase in phrases]
    counts = Counter(name for names in heard for name in names)
    names = sorted(name for name, count in counts.items() if count >= _MIN_PHRASES)
    rows = _matrix(heard, {name: place for place, name in enumerate(names)})
    kernel = rows @ rows.T + 1.0
    danger = _solve(kernel, np.array([float(phrase.soort != GEEN) for phrase in phrases]))
    signs = np.array(
        [[1.0 if phrase.soort == soort else -1.0 for soort in soorten] for phrase in phrases]
    )
    kinds = np.linalg.solve(kernel + np.eye(len(phrases)), signs)
    alpha = np.column_stack([danger, kinds])
    table = np.vstack([rows.T @ alpha, alpha.sum(axis=0)])
    table = np.round(table, _DIGITS)
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


def _longer(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Put two harmless phrases after each other, so that length alone is no sign of danger."""
    harmless = [phrase.zin for phrase in phrases if phrase.soort == GEEN]
    half = len(harmless) // 2
    return [
        Phrase(f"{zin} {harmless[(n + half) % len(harmless)]}", GEEN)
        for n, zin in enumerate(harmless)
    ]


def _matrix(heard: Sequence[Sequence[str]], places: dict[str, int]) -> _Matrix:
    """Give phrases by features: 1 / sqrt(features of the phrase) where it has the feature."""
    rows = np.zeros((len(heard), len(places)))
    for n, names in enumerate(heard):
        rows[n, [places[name] for name in names if name in places]] = len(names) ** -0.5
    return rows


def _solve(kernel: _Matrix, wanted: _Matrix) -> _Matrix:
    """Fit by Newton steps in the space of the phrases; the penalty is on the size of weights."""
    alpha: _Matrix = np.zeros(len(wanted))
    for _ in range(_STEPS):
        total = kernel @ alpha
        chance = 1 / (1 + np.exp(-total))
        spread = np.maximum(chance * (1 - chance), 1e-6)
        target = total + (wanted - chance) / spread
        step = np.linalg.solve(kernel + np.diag(_PENALTY / spread), target)
        alpha = np.asarray(step, dtype=np.float64)
    return alpha


def _sound(row: _Matrix) -> Sound:
    return Sound(float(row[0]), tuple(float(value) for value in row[1:]))
