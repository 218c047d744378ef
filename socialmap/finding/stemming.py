"""Bring a Dutch word back to its stem, so that "schuld" and "schulden" are one."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import snowballstemmer  # type: ignore[import-untyped]

#: One stemmer keeps its word while it works, so two threads may not use it at once.
_lock = threading.Lock()
_porter = snowballstemmer.stemmer("dutch_porter")


@dataclass(frozen=True, slots=True)
class Stemmer:
    """The Dutch stemmer of Snowball (`dutch_porter`), with exceptions of our own.

    Attributes
    ----------
    exceptions
        Normalised word -> stem, where the algorithm goes wrong or parts what belongs together.
    """

    exceptions: Mapping[str, str] = field(default_factory=dict)

    def stem(self, word: str) -> str:
        """Give the stem of one normalised word."""
        known = self.exceptions.get(word)
        if known is not None:
            return known
        with _lock:
            return str(_porter.stemWord(word))
