"""Judge how certain it is that an answer holds what was asked, so that it can also say no."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from socialmap.finding.features import Heard, Kenmerk
from socialmap.finding.index import Numbers
from socialmap.finding.question import Zekerheid

if TYPE_CHECKING:
    from socialmap.finding.merge import Merged
    from socialmap.finding.ranking import Ranked
    from socialmap.finding.weights import Weights

#: From this fit of the best result the answer is `hoog`, and from this one `laag` and not `geen`.
HIGH, LOW = 0.45, 0.03
#: Results below this fit are not shown beside better ones.
LEAST = 0.015
#: From this fit on an offer serves one of several needs.
SERVES = 0.3
#: What a word that stands in no offer would have told.
_UNKNOWN_WORD = 0.8


class Blijk(IntEnum):
    """What shows that an offer fits, by column; the names are those of `gewichten.csv`.

    What `Kenmerk` says of it, and besides: DEKKING: part of what the words of the question tell
    that stands in the offer. ONDERWERPDEKKING: part of its topics that the offer has.
    ONBEKEND: part of its words that stand in no offer. CONSTANTE: 1.
    """

    THEMA = 0
    BEGRIP = 1
    ONDERWERP = 2
    BEHOEFTE = 3
    WOORD = 4
    GROEP = 5
    ZONDER_GROEP = 6
    LEEFTIJD = 7
    VER = 8
    BETEKENIS = 9
    DEKKING = 10
    ONDERWERPDEKKING = 11
    ONBEKEND = 12
    CONSTANTE = 13


_SAME = [Kenmerk[b.name] for b in Blijk if b.name in Kenmerk.__members__]


def show(heard: Heard, features: NDArray[np.float32]) -> NDArray[np.float32]:
    """
    Give what shows that offers fit.

    Parameters
    ----------
    heard
        The question.
    features
        Shape (n, 22), columns of `Kenmerk`.

    Returns
    -------
    shown
        Shape (n, 14), columns of `Blijk`.
    """
    shown = np.zeros((len(features), len(Blijk)), np.float32)
    shown[:, : len(_SAME)] = features[:, _SAME]
    told = sum(heard.woorden.values()) + _UNKNOWN_WORD * heard.onbekend
    words = features[:, Kenmerk.WOORD] + features[:, Kenmerk.VERWANT] + features[:, Kenmerk.DEEL]
    shown[:, Blijk.DEKKING] = words / (told + 0.1)
    topics = sum(w for key, w in heard.begrippen.items() if key.startswith("onderwerp:"))
    shown[:, Blijk.ONDERWERPDEKKING] = features[:, Kenmerk.ONDERWERP] / (topics + 0.1)
    shown[:, Blijk.ONBEKEND] = heard.onbekend / (len(heard.woorden) + heard.onbekend + 1)
    shown[:, Blijk.CONSTANTE] = 1
    return shown


def judge_fit(
    heard: Heard, features: NDArray[np.float32], weights: Weights, *, betekenis: bool
) -> Numbers:
    """
    Give how certain it is that each offer fits (0 to 1): a logistic model of what shows it.

    See `show` for the shapes; the weights are fitted on judged questions (`fitting.py`).
    """
    sums = show(heard, features) @ weights.fit(betekenis=betekenis)
    fit: Numbers = (1 / (1 + np.exp(-sums))).astype(np.float32)
    return fit


def judge(rankings: Sequence[Ranked], *, words: bool) -> Zekerheid:
    """
    Judge the whole answer by its best result, whichever of several needs that serves.

    Parameters
    ----------
    rankings
        One for each need.
    words
        Whether anything was asked in words; without, every offer that passes is what was asked.
    """
    if not words:
        return Zekerheid.HOOG if any(len(one.places) for one in rankings) else Zekerheid.GEEN
    best = [float(one.fit.max()) if len(one.fit) else 0.0 for one in rankings]
    if max(best) < LOW:
        return Zekerheid.GEEN
    return Zekerheid.HOOG if max(best) >= HIGH else Zekerheid.LAAG


def worth_showing(merged: Sequence[Merged], limit: int) -> tuple[Merged, ...]:
    """Leave out what hardly fits, and give at most so many."""
    return tuple([one for one in merged if one.fit >= LEAST][:limit])
