"""Fit the weights of order and certainty to questions with judged answers.

Run by `scripts/gewichten`; nothing of this runs while somebody searches.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

#: Results that count in nDCG.
DEPTH = 10
_STEPS, _RATE = 400, 0.1
_SURE_STEPS, _SURE_RATE = 250, 0.05
#: A column that differs less says nothing.
_FLAT = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """
    The candidates of one question with their judgements.

    Attributes
    ----------
    ids
        Of the candidates, length n.
    features
        Shape (n, columns of `Kenmerk`).
    grades
        Of all offers that were judged to fit: id -> 1 or 2.
    """

    ids: tuple[str, ...]
    features: Matrix
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The first results of one search, to learn certainty from.

    Attributes
    ----------
    shown
        Shape (n, columns of `Blijk`), n at least 1.
    grades
        0, 1 or 2 of each, shape (n,).
    """

    shown: Matrix
    grades: Vector


def fit_order(
    questions: Sequence[Judged], fixed: Mapping[int, float], shrink: float = 0.02
) -> Vector:
    """
    Fit the weights of the order.

    Softmax cross-entropy between the gains (2^grade - 1) and the scores of each question (ListNet,
    Cao et al. 2007, https://doi.org/10.1145/1273496.1273513), shrunk to 0, by Adam (Kingma and Ba
    2015). The same questions give the same weights.

    Parameters
    ----------
    questions
        Those without a fitting candidate do not count.
    fixed
        Column -> weight that is set by definition and not fitted.
    shrink
        How strongly weights are drawn to 0.
    """
    pairs = [(one.features, _gains(one)) for one in questions]
    pairs = [(rows, gains) for rows, gains in pairs if gains.sum() > 0]
    columns = pairs[0][0].shape[1]
    weights = np.zeros(columns)
    for column, weight in fixed.items():
        weights[column] = weight
    free = np.array([column not in fixed for column in range(columns)])
    first, second = np.zeros(columns), np.zeros(columns)
    for step in range(1, _STEPS + 1):
        slope = shrink * weights
        for rows, gains in pairs:
            scores = rows @ weights
            share = np.exp(scores - scores.max())
            slope = slope + rows.T @ (share / share.sum() - gains / gains.sum()) / len(pairs)
        slope[~free] = 0
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        move = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = weights - _RATE * move
    return weights


def fit_certainty(answers: Sequence[Answer], old: Vector, shrink: float = 0.02) -> Vector:
    """
    Fit the weights of certainty: how sure is it that one of the first results fits.

    Logistic regression on whole answers, by Adam. The log odds of an answer are those of its
    results, each weighing as its odds (`certainty.sureness`). It starts from the results one by one
    (see `_fit_each`) and is drawn back to that.

    Parameters
    ----------
    answers
        With and without what fits, so that it learns to tell these apart.
    old
        Weights with the right shape; their values do not count.
    shrink
        How strongly weights are drawn back.
    """
    longest = max(len(one.shown) for one in answers)
    columns = len(old)
    rows = np.zeros((len(answers), longest, columns))
    there = np.zeros((len(answers), longest), bool)
    for n, one in enumerate(answers):
        rows[n, : len(one.shown)], there[n, : len(one.shown)] = one.shown, True
    holds = np.array([one.grades.any() for one in answers], np.float64)
    spread = rows[there].std(axis=0)
    spread[spread < _FLAT] = 1.0
    rows = rows / spread
    start = _fit_each(answers) * spread
    weights = start.copy()
    first, second = np.zeros(columns), np.zeros(columns)
    for step in range(1, _SURE_STEPS + 1):
        sums = np.where(there, rows @ weights, -np.inf)
        share = np.exp(sums - sums.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        together = (share * np.where(there, sums, 0)).sum(axis=1)
        off = 1 / (1 + np.exp(-together)) - holds
        slope = np.einsum("q,qr,qrc->c", off, share, rows) / len(answers)
        slope += shrink * (weights - start)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        move = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = weights - _SURE_RATE * move
    fitted: Vector = weights / spread
    return fitted


def _fit_each(answers: Sequence[Answer], shrink: float = 0.05) -> Vector:
    """Fit logistic regression of "graded 1 or 2" to single results, by Newton's method."""
    rows = np.concatenate([one.shown for one in answers])
    fits = np.concatenate([one.grades > 0 for one in answers]).astype(np.float64)
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (sure - fits) + shrink * weights
        curve = (rows * (sure * (1 - sure))[:, None]).T @ rows + shrink * np.eye(len(weights))
        move = np.linalg.solve(curve, slope)
        weights = weights - move
        if np.abs(move).max() < 1e-6:
            break
    return weights


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """
    Give the normalised discounted cumulative gain at 10 (Järvelin and Kekäläinen 2002).

    Gain 2^grade - 1, discount log2(place + 1); the ideal order is over all judgements.
    """
    gained = sum(
        (2 ** grades.get(key, 0) - 1) / math.log2(place + 2)
        for place, key in enumerate(ranked[:DEPTH])
    )
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    ideal = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best))
    return float(gained / ideal)


def _gains(one: Judged) -> Vector:
    return np.array([2.0 ** one.grades.get(key, 0) - 1 for key in one.ids])
