"""Hear acute danger in a question, and give the fixed block that then stands above everything.

Pure functions on text and patterns. Missing no danger matters more than one alarm too many, so a
denial ("niet", "geen") never silences a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from socialmap.finding.listener import Listener
from socialmap.finding.tokens import fold, tokenise

#: Words that may stand between two parts of a pattern, for `..` and `...`.
_GAPS = {"..": 4, "...": 12}
_LONG_WORD = 9


class Gevaarsoort(StrEnum):
    """Kinds of acute danger (begrippen.md, "Danger comes first")."""

    GEWELD = "geweld"
    ZELFDODING = "zelfdoding"
    KIND = "kind"
    SLAAPPLEK = "slaapplek"
    MEDISCH = "medisch"


#: Kind of a pattern that is an innocent expression: its words are taken out first.
GEEN = "geen"


@dataclass(frozen=True, slots=True)
class Hulplijn:
    """One line of the fixed block: who, which number (may be empty), and when to call."""

    wie: str
    nummer: str
    wanneer: str


#: The fixed block of begrippen.md; it is always shown whole and in this order.
HULPLIJNEN = (
    Hulplijn("112", "112", "Is er nu gevaar, of is iemand er heel slecht aan toe? Bel meteen."),
    Hulplijn(
        "Veilig Thuis",
        "0800-2000",
        "Is het thuis niet veilig voor u, een kind of iemand anders? Dag en nacht, gratis.",
    ),
    Hulplijn(
        "113 Zelfmoordpreventie",
        "0800-0113",
        "Denkt u of iemand anders aan zelfmoord? Dag en nacht, gratis. U kunt ook 113 bellen.",
    ),
    Hulplijn(
        "Huisarts of huisartsenpost",
        "",
        "Is het dringend, maar is er geen levensgevaar? "
        "Bel de eigen huisarts, en 's avonds of in het weekend de huisartsenpost.",
    ),
)


@dataclass(frozen=True, slots=True)
class DangerPattern:
    """One row of `data/woorden/gevaar.csv`, not yet compiled.

    Attributes
    ----------
    patroon
        Parts separated by spaces. `a|b` is a choice, `*` stands for any letters at the end or
        inside, `~` before a word allows a typing error, `..` and `...` allow at most 4 and 12
        words between. Pieces joined by `&` must all be there, in any order and at any distance.
    soort
        A `Gevaarsoort`, or `geen` for an innocent expression.
    """

    patroon: str
    soort: str


@dataclass(frozen=True, slots=True)
class DangerPatterns:
    """All patterns, made ready by `compile_patterns`."""

    gevaar: tuple[tuple[Gevaarsoort, re.Pattern[str]], ...]
    onschuldig: tuple[re.Pattern[str], ...]
    met_typefout: tuple[str, ...]
    luisteraar: Listener | None = None


def compile_patterns(
    patterns: Iterable[DangerPattern], luisteraar: Listener | None = None
) -> DangerPatterns:
    """Make patterns ready to search with, beside a listener; once for each start."""
    rows = list(patterns)
    fuzzy = {
        fold(word[1:].rstrip("*"))
        for row in rows
        for part in row.patroon.split()
        for word in part.split("|")
        if word.startswith("~")
    }
    return DangerPatterns(
        gevaar=tuple(
            (Gevaarsoort(row.soort), _compile(row.patroon)) for row in rows if row.soort != GEEN
        ),
        onschuldig=tuple(_compile(row.patroon) for row in rows if row.soort == GEEN),
        met_typefout=tuple(sorted(fuzzy)),
        luisteraar=luisteraar,
    )


def find_danger(text: str, patterns: DangerPatterns) -> tuple[Gevaarsoort, ...]:
    """
    Give the kinds of acute danger that a text speaks of, in the order of `Gevaarsoort`.

    Words that sound alike are equal, so `mishandelt` and `mishandeld` are one. The whole text is
    searched, however long.

    Returns
    -------
    soorten
        Empty if no pattern fits and the listener hears nothing.
    """
    words = " ".join(_correct(fold(word), patterns.met_typefout) for word in tokenise(text))
    for innocent in patterns.onschuldig:
        words = innocent.sub(" ", words)
    found = {soort for soort, pattern in patterns.gevaar if pattern.search(words)}
    if not found and patterns.luisteraar and (heard := patterns.luisteraar.hears(text)):
        found.add(Gevaarsoort(heard))
    return tuple(soort for soort in Gevaarsoort if soort in found)


def danger_block(text: str, patterns: DangerPatterns) -> tuple[Hulplijn, ...]:
    """Give the fixed block if a text speaks of acute danger, else nothing."""
    return HULPLIJNEN if find_danger(text, patterns) else ()


def _correct(word: str, targets: Iterable[str]) -> str:
    """Give the word that was meant, where one or (in a long word) two letters are wrong."""
    for target in targets:
        allowed = 2 if len(target) >= _LONG_WORD else 1
        head = word[: len(target)]
        if word[:1] == target[:1] and OSA.distance(head, target, score_cutoff=allowed) <= allowed:
            return target
    return word


def _compile(patroon: str) -> re.Pattern[str]:
    pieces = [_sequence(piece) for piece in patroon.split(" & ")]
    if len(pieces) == 1:
        return re.compile(pieces[0])
    return re.compile("^" + "".join(f"(?=.*?{piece})" for piece in pieces))


def _sequence(patroon: str) -> str:
    expression = r"\b"
    gap = ""
    for position, part in enumerate(patroon.split()):
        if part in _GAPS:
            gap = rf" (?:[a-z0-9]+ ){{0,{_GAPS[part]}}}?"
            continue
        if position:
            expression += gap or " "
        expression += f"(?:{'|'.join(_word(word) for word in part.split('|'))})"
        gap = ""
    return expression + r"\b"


def _word(word: str) -> str:
    whole = not word.endswith("*")
    pieces = word.removeprefix("~").split("*")
    folded = [fold(piece, whole=whole and n == len(pieces) - 1) for n, piece in enumerate(pieces)]
    return "[a-z0-9]*".join(folded)
