"""Put the candidates in order (begrippen.md, "Finding"): what fits best first, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from socialmap.finding.certainty import judge_fit
from socialmap.finding.features import Heard, Kenmerk, measure
from socialmap.finding.index import Numbers, Positions, SearchIndex
from socialmap.finding.weights import Weights

#: Scores are compared to so many decimals, so that noise of the arithmetic decides nothing.
_DECIMALS = 4
#: So many of the best are kept in order; nobody looks further.
DEPTH = 200
#: More than any score.
_APART = 1e4


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    The best candidates in order, at most `DEPTH`.

    Attributes
    ----------
    places
        Positions in the index, shape (n,).
    scores, fit
        Score of each, and how certain it is that it fits (0 to 1), shape (n,).
    features
        Shape (n, 23), columns of `Kenmerk`.
    distance_m
        Straight metres to each, NaN when unknown, shape (n,).
    """

    places: Positions
    scores: Numbers
    fit: Numbers
    features: NDArray[np.float32]
    distance_m: Numbers


def rank(
    heard: Heard,
    index: SearchIndex,
    chosen: Positions,
    distance_m: Numbers,
    today: date,
    weights: Weights,
    *,
    introductions: Mapping[str, float],
    closeness: Numbers | None,
) -> Ranked:
    """
    Put offers in order.

    Known from a document only comes after what people confirmed, and paused comes last. Within
    these by score; equal scores by line, distance and id.

    Parameters
    ----------
    heard, index, chosen, distance_m, today
        See `features.measure`.
    weights
        What each feature weighs.
    introductions
        Actor id -> value of the best introduction (0 to 1).
    closeness
        Closeness in meaning of every offer of the index, shape (size,); None without the extra.
    """
    features = measure(heard, index, chosen, distance_m, today)
    if introductions:
        owners = [index.rows[n].actor_id for n in chosen]
        features[:, Kenmerk.INTRODUCTIE] = [introductions.get(owner, 0.0) for owner in owners]
    if closeness is not None:
        features[:, Kenmerk.BETEKENIS] = closeness[chosen]
    scores = np.round(features @ weights.of(betekenis=closeness is not None), _DECIMALS)
    order = _order(scores, features, distance_m, chosen)
    best = features[order]
    fit = judge_fit(heard, best, weights, betekenis=closeness is not None)
    return Ranked(chosen[order], scores[order], fit, best, distance_m[order])


def _order(
    scores: Numbers, features: NDArray[np.float32], distance_m: Numbers, chosen: Positions
) -> NDArray[np.intp]:
    """Give the best `DEPTH` in order, as positions in `chosen`."""
    last = 2 * features[:, Kenmerk.GEPAUZEERD] + features[:, Kenmerk.BRON]
    among = np.arange(len(chosen))
    if len(chosen) > DEPTH:
        rough = scores.astype(np.float64) - last * _APART
        among = np.flatnonzero(rough >= np.partition(rough, -DEPTH)[-DEPTH])
    far = np.where(np.isnan(distance_m), np.float32(np.inf), distance_m)
    order = np.lexsort(
        (
            chosen[among],
            far[among],
            features[among, Kenmerk.LIJN],
            -scores[among],
            last[among],
        )
    )
    return among[order][:DEPTH]
