"""Split a question into needs: only where its parts ask for different themes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = re.compile(
    r"[.!?;\n]+(?:\s+|$)|(?:,?\s+(?:en|ook|daarnaast|bovendien|verder|tevens|plus)\b)+\s+",
    re.IGNORECASE,
)


def clauses(question: str) -> tuple[str, ...]:
    """Give the parts between sentences and words like "en" and "ook", without empty ones."""
    return tuple(part.strip() for part in _BETWEEN.split(question) if part and part.strip())


def merge(themes: Sequence[frozenset[str]]) -> tuple[tuple[int, ...], ...]:
    """
    Join parts that belong to one need.

    Parameters
    ----------
    themes
        The themes that each part surely asks for; empty where it asks for none.

    Returns
    -------
    groups
        Positions of parts, one tuple for each need, in order. A part without themes goes with
        the need before it, or with the first one. Parts that share a theme are one need.
    """
    groups: list[list[int]] = []
    shared: list[frozenset[str]] = []
    waiting: list[int] = []
    for n, own in enumerate(themes):
        if not own:
            (groups[-1] if groups else waiting).append(n)
            continue
        same = next((g for g, held in enumerate(shared) if held & own), None)
        if same is None:
            groups.append([*waiting, n])
            shared.append(own)
            waiting = []
        else:
            groups[same].append(n)
            shared[same] |= own
    return tuple(tuple(group) for group in groups)
