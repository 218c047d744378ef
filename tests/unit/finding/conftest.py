"""The words that come with the program, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialmap.finding.lexicon import Lexicon
from socialmap.finding.words import read_lexicon

WORDS = Path(__file__).parents[3] / "data" / "woorden"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return read_lexicon(WORDS)
