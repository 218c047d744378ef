"""Cells that a spreadsheet program could run, and the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.fields import AANBOD, ACTOREN
from socialmap.exchange.cells import make_harmless, undo_harmless, write_cell

_VELD = {veld.naam: veld for veld in (*ACTOREN, *AANBOD)}


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@naam", "\tx", "\rx", "'=1", "''@x"])
def test_text_that_looks_like_a_formula_gets_one_apostrophe(text: str) -> None:
    assert make_harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "naam", "1-2", "'s Avonds", "' =1", "\n=1", "''"])
def test_other_text_stays_as_it_is_both_ways(text: str) -> None:
    assert make_harmless(text) == text
    assert undo_harmless(text) == text


@given(st.text(alphabet="'=+-@\t\ra ", max_size=6))
def test_the_way_back_gives_every_text_again(text: str) -> None:
    assert undo_harmless(make_harmless(text)) == text
    assert not make_harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_are_not_text_and_get_no_apostrophe() -> None:
    assert write_cell(_VELD["lon"], -0.5) == "-0.5"
    assert write_cell(_VELD["kosten"], Decimal("2.50")) == "2.50"
    assert write_cell(_VELD["talen"], ("=x", "nl")) == "'=x|nl"
    assert write_cell(_VELD["email"], "+a@b.example") == "'+a@b.example"
