"""Questions that try to break the search: signs of query languages, control signs, and length."""

from __future__ import annotations

import random

HOSTILE = (
    '"',
    "'",
    "*",
    "NEAR(a b)",
    "naam:koffie",
    "a AND OR NOT b",
    "^koffie",
    "koffie*",
    "(((",
    "{naam omschrijving}: x",
    "'; DROP TABLE aanbod; --",
    "\x00\x01\x02",
    "\u202ekoffie\u202c",
    "\ufeff\u200b",
    "%00%0a",
    "{{7*7}}${1}",
    "<script>alert(1)</script>",
    "😀" * 50,
    "é" * 500,
    "\n\r\t",
    "SELECT * FROM toestemming",
    "aanbod_id:O001",
    "-koffie +thee",
    "\\",
    "0" * 1500,
)


def hostile_questions() -> list[str]:
    """Give 200 questions that nobody means well with: the same every time."""
    chance = random.Random(8)  # noqa: S311 - the same questions every run
    made = list(HOSTILE)
    while len(made) < 194:
        made.append(" ".join(chance.sample(HOSTILE, 3))[:2000])
    return [
        *made,
        *("x" * size for size in (1999, 2000, 2001, 10_000)),
        "a " * 5000,
        "\x00" * 10_000,
    ]
