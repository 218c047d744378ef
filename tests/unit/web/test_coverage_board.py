"""Verdicts that are kept: made once for a map and a question, and never for another map."""

from __future__ import annotations

from typing import Any

import pytest

from socialmap.domain.codes import Gebiedsniveau
from web import present_coverage_board
from web.present_coverage_board import Board, BoardKeeper, BoardQuestion


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, BoardQuestion]]:
    """Note every board that is made, instead of judging areas."""
    seen: list[tuple[Any, BoardQuestion]] = []

    def make(coverage: Any, _themas: Any, question: BoardQuestion) -> Board:
        seen.append((coverage, question))
        return Board({}, ())

    monkeypatch.setattr(present_coverage_board, "_make", make)
    return seen


def _question(straal_m: float | None = None) -> BoardQuestion:
    return BoardQuestion(Gebiedsniveau.WIJK, "iedereen", straal_m, None)


def test_the_same_question_on_the_same_map_is_made_once(made: list[Any]) -> None:
    keeper, coverage = BoardKeeper(), object()
    first = keeper.board(coverage, (), _question())  # type: ignore[arg-type]
    assert keeper.board(coverage, (), _question()) is first  # type: ignore[arg-type]
    keeper.board(coverage, (), _question(300))  # type: ignore[arg-type]
    keeper.board(object(), (), _question())  # type: ignore[arg-type]
    assert len(made) == 3


def test_what_was_asked_longest_ago_goes_first(made: list[Any]) -> None:
    keeper, coverage = BoardKeeper(), object()
    for metres in range(24):
        keeper.board(coverage, (), _question(metres))  # type: ignore[arg-type]
    keeper.board(coverage, (), _question(0))  # type: ignore[arg-type]
    keeper.board(coverage, (), _question(999))  # type: ignore[arg-type]
    assert len(made) == 25
    keeper.board(coverage, (), _question(0))  # type: ignore[arg-type]
    assert len(made) == 25
    keeper.board(coverage, (), _question(1))  # type: ignore[arg-type]
    assert len(made) == 26
