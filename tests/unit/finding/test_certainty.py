"""How sure an answer is: of several results together, of several needs, and what it learns from."""

from __future__ import annotations

import numpy as np
import pytest

from socialmap.finding.certainty import (
    FIRST,
    HIGH,
    LOW,
    Blijk,
    judge,
    judge_fit,
    only_guessed,
    sureness,
)
from socialmap.finding.features import Heard, Kenmerk
from socialmap.finding.fitting import Answer, fit_certainty
from socialmap.finding.question import Zekerheid
from socialmap.finding.ranking import Ranked
from socialmap.finding.weights import Weights


def ranked(*fit: float) -> Ranked:
    n = len(fit)
    return Ranked(
        np.arange(n, dtype=np.int32),
        np.zeros(n, np.float32),
        np.array(fit, np.float32),
        np.zeros((n, len(Kenmerk)), np.float32),
        np.zeros(n, np.float32),
    )


def sure(*fit: float) -> float:
    return sureness(np.array(fit, np.float32))


def test_one_result_is_as_sure_as_it_fits() -> None:
    assert sure(0.7) == pytest.approx(0.7)
    assert sure() == 0


def test_a_result_that_stands_out_is_surer_than_one_of_many_alike() -> None:
    alone = sure(0.9, *[0.05] * 20)
    crowd = sure(0.9, *[0.5] * 20)
    assert sure(0.9) > alone > crowd
    assert alone > 0.8


def test_only_the_first_results_count() -> None:
    assert sure(*[0.1] * FIRST, 0.99) == pytest.approx(0.1)


@pytest.mark.parametrize("fit", [0.0, 1.0])
def test_a_fit_at_its_end_stays_a_number(fit: float) -> None:
    assert 0 <= sure(fit, fit) <= 1


@pytest.mark.parametrize(
    ("fit", "zekerheid"),
    [
        (HIGH + 0.01, Zekerheid.HOOG),
        (HIGH - 0.01, Zekerheid.LAAG),
        (LOW + 0.01, Zekerheid.LAAG),
        (LOW - 0.01, Zekerheid.GEEN),
    ],
)
def test_the_limits_give_the_words(fit: float, zekerheid: Zekerheid) -> None:
    assert judge(ranked(fit), [ranked(fit)], words=True) is zekerheid


def test_each_of_several_needs_must_be_served_or_the_whole() -> None:
    good, bad = ranked(0.9), ranked(0.01)
    assert judge(bad, [good, good], words=True) is Zekerheid.HOOG
    assert judge(bad, [good, bad], words=True) is Zekerheid.GEEN
    assert judge(good, [good, bad], words=True) is Zekerheid.HOOG


@pytest.mark.parametrize(
    ("about", "onbekend", "guessed"),
    [
        ({"thema:financien": 0.45, "doelgroep:minima": 0.9}, 1, True),
        ({}, 1, True),
        ({"thema:financien": 0.45}, 0, False),
        ({"thema:financien": 0.6}, 1, False),
        ({"thema:financien": 0.45, "onderwerp:schulden": 0.7}, 1, False),
    ],
)
def test_an_unknown_word_beside_a_guess_is_never_sure(
    about: dict[str, float], onbekend: int, guessed: bool
) -> None:
    heard = Heard(about, {"gratis": 0.9}, {}, {}, onbekend, None, gekozen=False, zeldzaam={})
    assert only_guessed(heard) is guessed
    rows = np.zeros((1, len(Kenmerk)), np.float32)
    rows[0, [Kenmerk.THEMA, Kenmerk.BEGRIP, Kenmerk.GROEP]] = 5
    weights = Weights(np.ones((2, len(Kenmerk))), np.ones((2, len(Blijk))))
    fit = judge_fit(heard, rows, weights, betekenis=False)
    assert bool(fit[0] < HIGH) is guessed


def test_without_words_all_that_passes_was_asked() -> None:
    assert judge(ranked(0.01), [ranked(0.01)], words=False) is Zekerheid.HOOG
    assert judge(ranked(), [ranked()], words=False) is Zekerheid.GEEN


def test_it_learns_what_tells_a_good_answer_from_one_without() -> None:
    chance = np.random.default_rng(7)
    answers = []
    for n in range(60):
        shown = chance.uniform(0, 0.3, (8, len(Blijk)))
        shown[:, Blijk.CONSTANTE] = 1
        grades = np.zeros(8)
        if n % 2:
            shown[3, Blijk.ONDERWERP], grades[3] = 1.0, 2.0
        answers.append(Answer(shown, grades))
    weights = fit_certainty(answers, np.zeros(len(Blijk)))
    assert weights[Blijk.ONDERWERP] == max(weights)
    found = [sure(*(1 / (1 + np.exp(-one.shown @ weights)))) for one in answers]
    assert min(found[1::2]) > max(found[::2])
