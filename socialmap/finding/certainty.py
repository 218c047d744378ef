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

#: From this sureness the answer is `hoog`, and from this one `laag` and not `geen`.
HIGH, LOW = 0.35, 0.05
#: Results below this fit are not shown beside better ones.
LEAST = 0.015
#: From this fit on an offer serves one of several needs.
SERVES = 0.3
#: So many of the first results decide how sure the answer is.
FIRST = 30
#: No result is surer than this to fit, or not to.
_NEVER = 1e-6
#: A topic that is heard less surely than this is covered in part only.
_HEARD = 0.7
#: What a word that stands in no offer would have told.
_UNKNOWN_WORD = 0.8
#: What is heard less surely is a guess beside a word that nobody here knows.
_GUESS = 0.5
#: No offer is surer than this where only guesses are left: just below `hoog`.
_GUESSED = HIGH - 0.01


class Blijk(IntEnum):
    """What shows that an offer fits, by column; the names are those of `gewichten.csv`.

    What `Kenmerk` says of it, and besides: DEKKING: part of what the words of the question tell
    that stands in the offer. ONDERWERPDEKKING: part of its topics that the offer has.
    ONBEKEND: part of its words that stand in no offer. Of the question alone: ZELDZAAM, how much
    its most telling topic tells; ONDERWERPEN, how many it has; ZONDER_ONDERWERP, 1 where it has
    none. CONSTANTE: 1.
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
    ZELDZAAM = 13
    ONDERWERPEN = 14
    ZONDER_ONDERWERP = 15
    CONSTANTE = 16


_SAME = [Kenmerk[b.name] for b in Blijk if b.name in Kenmerk.__members__]


def show(heard: Heard, features: NDArray[np.float32]) -> NDArray[np.float32]:
    """
    Give what shows that offers fit.

    Parameters
    ----------
    heard
        The question.
    features
        Shape (n, 23), columns of `Kenmerk`.

    Returns
    -------
    shown
        Shape (n, 17), columns of `Blijk`.
    """
    shown = np.zeros((len(features), len(Blijk)), np.float32)
    shown[:, : len(_SAME)] = features[:, _SAME]
    told = sum(heard.woorden.values()) + _UNKNOWN_WORD * heard.onbekend
    words = features[:, Kenmerk.WOORD] + features[:, Kenmerk.VERWANT] + features[:, Kenmerk.DEEL]
    shown[:, Blijk.DEKKING] = words / (told + 0.1)
    topics = heard.topics()
    asked = sum(max(heard.begrippen[key], _HEARD) * rare for key, rare in heard.zeldzaam.items())
    shown[:, Blijk.ONDERWERPDEKKING] = features[:, Kenmerk.KERN] / (asked + 0.05)
    shown[:, Blijk.ONBEKEND] = heard.onbekend / (len(heard.woorden) + heard.onbekend + 1)
    shown[:, Blijk.ZELDZAAM] = max(topics.values(), default=0.0)
    shown[:, Blijk.ONDERWERPEN] = len(topics)
    shown[:, Blijk.ZONDER_ONDERWERP] = not topics
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
    return np.minimum(fit, np.float32(_GUESSED)) if only_guessed(heard) else fit


def only_guessed(heard: Heard) -> bool:
    """Tell whether a word of the question is unknown, and what it is about is a guess at best."""
    about = [w for key, w in heard.begrippen.items() if key.startswith(("thema:", "onderwerp:"))]
    return heard.onbekend > 0 and max(about, default=0.0) < _GUESS


def sureness(fit: Numbers) -> float:
    """
    Tell how sure it is that one of the first results fits (0 to 1).

    The mean of the log odds, each weighing as its odds: one result that stands out counts nearly
    alone, while many that fit alike, as those do that share a theme and no more, pull each other
    down.

    Parameters
    ----------
    fit
        How certain it is that each fits, in order, shape (n,).
    """
    first = np.clip(fit[:FIRST].astype(np.float64), _NEVER, 1 - _NEVER)
    if not len(first):
        return 0.0
    odds = first / (1 - first)
    return float(1 / (1 + np.exp(-(odds @ np.log(odds)) / odds.sum())))


def judge(whole: Ranked, needs: Sequence[Ranked], *, words: bool) -> Zekerheid:
    """
    Judge the whole answer: it must hold what was asked as a whole, or for each of its needs.

    Parameters
    ----------
    whole
        For the question as one need.
    needs
        One for each need.
    words
        Whether anything was asked in words; without, every offer that passes is what was asked.
    """
    if not words:
        return Zekerheid.HOOG if len(whole.places) else Zekerheid.GEEN
    sure = max(sureness(whole.fit), min(sureness(one.fit) for one in needs))
    if sure < LOW:
        return Zekerheid.GEEN
    return Zekerheid.HOOG if sure >= HIGH else Zekerheid.LAAG


def worth_showing(merged: Sequence[Merged], limit: int) -> tuple[Merged, ...]:
    """Leave out what hardly fits, and give at most so many."""
    return tuple([one for one in merged if one.fit >= LEAST][:limit])
