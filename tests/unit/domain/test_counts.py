"""Numbers of persons as they are said (eisen.md, 19)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.counts import NegativeCountError, round_persons, say_persons

PERSONS = st.floats(0, 1e7) | st.integers(0, 10_000_000)


@given(one=PERSONS, other=PERSONS)
def test_difference_of_two_said_numbers_is_nothing_or_at_least_ten(
    one: float, other: float
) -> None:
    first, second = round_persons(one), round_persons(other)
    assert first is not None
    assert second is not None
    assert first == second or abs(first - second) >= 10


@given(count=PERSONS)
def test_said_number_is_near_the_real_one(count: float) -> None:
    said = round_persons(count)
    assert said is not None
    assert said % 10 == 0
    assert said == 0 if count < 10 else abs(said - count) <= 5
    assert (say_persons(count) == "minder dan 10") == (0 < count < 10)
    assert (say_persons(count) == "geen") == (count == 0)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, "aantal onbekend"),
        (0, "geen"),
        (0.3, "minder dan 10"),
        (1, "minder dan 10"),
        (9.999, "minder dan 10"),
        (10, "10"),
        (14.99, "10"),
        (15, "20"),
        (1_995, "2.000"),
        (162_902, "162.900"),
        (1_234_567, "1.234.570"),
    ],
)
def test_words(count: float | None, words: str) -> None:
    assert say_persons(count) == words


@pytest.mark.parametrize("count", [-1, -0.01, math.nan, math.inf, -math.inf])
def test_what_is_no_number_of_persons_is_refused(count: float) -> None:
    with pytest.raises(NegativeCountError):
        say_persons(count)
