"""The words that questions are read with: those of the program, and those of the municipality."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from socialmap.finding.lexicon import Entry, Lexicon, Woordsoort, build_lexicon, phrase_stems
from socialmap.finding.reasons import Labels
from socialmap.finding.tokens import tokenise
from socialmap.store.admin_words import EigenWoord, Soort, read_words, words_version

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_POINTS_TO = {
    Soort.THEMA: Woordsoort.THEMA,
    Soort.GROEP: Woordsoort.DOELGROEP,
    Soort.DOELGROEP: Woordsoort.DOELGROEP,
}
_Value = TypeVar("_Value")
#: What a word is taken for that carries no meaning of its own.
ORDINARY = "gewoon"


class QuestionWords:
    """
    Words and labels that are in step with what a municipality adds; safe for many threads.

    Parameters
    ----------
    base, labels
        Those of the program. Texts of offers are read with `base` only: an added word says what
        residents mean by it, and needs no text to be read anew.
    """

    def __init__(self, base: Lexicon, labels: Labels) -> None:
        self.base = base
        self._labels = labels
        self._lock = threading.Lock()
        self._number = 0
        self._now = base, labels

    @property
    def lexicon(self) -> Lexicon:
        """Words for a question."""
        return self._now[0]

    @property
    def labels(self) -> Labels:
        """What themes, groups and needs are called."""
        return self._now[1]

    def refresh(self, conn: Connection) -> None:
        """Take over what was added or stopped since; one small look when nothing was."""
        number = words_version(conn)
        if number == self._number:
            return
        with self._lock:
            own = read_words(conn, only_active=True)
            groups = {w.code: w.woord for w in own if w.soort is Soort.DOELGROEP}
            labels = replace(self._labels, doelgroepen={**self._labels.doelgroepen, **groups})
            self._now = with_own_words(self.base, own), labels
            self._number = number

    def meaning_of(self, words: str) -> str:
        """
        Say what the program itself takes a word or phrase for.

        Returns
        -------
        str
            A label; empty when it knows no meaning of it, and `gewoon` when it is made of words
            that carry none.
        """
        tokens = tokenise(words)
        if all(word in self.base.stop for word in tokens):
            return ORDINARY
        key, _ = phrase_stems(tokens, self.base.stemmer, self.base.stop)
        found = self.base.meanings.get(key, ())
        names = (
            self._labels.onderwerpen,
            self._labels.themas,
            self._labels.doelgroepen,
            self._labels.behoeften,
        )
        said = [table[one.code] for one in found for table in names if one.code in table]
        return said[0] if said else "".join(one.code for one in found[:1])


def with_own_words(base: Lexicon, own: Sequence[EigenWoord]) -> Lexicon:
    """
    Add words to a lexicon. What the lexicon says already stays as it is: nothing is redefined.

    Parameters
    ----------
    base
        Not modified.
    own
        Active words of a municipality.
    """
    if not own:
        return base
    extra = build_lexicon(
        (Entry(w.woord, _POINTS_TO[w.soort], w.code, 1.0) for w in own if w.soort in _POINTS_TO),
        stemmer=base.stemmer,
        stop=base.stop,
        ordinary=(),
        synonyms=[(w.woord, w.code) for w in own if w.soort is Soort.SYNONIEM],
        neighbours={},
    )
    return replace(
        base,
        meanings={**extra.meanings, **base.meanings},
        by_stem=_joined(base.by_stem, extra.by_stem),
        fixed=_joined(base.fixed, extra.fixed),
        known=base.known | extra.known,
        by_sound={**extra.by_sound, **base.by_sound},
        by_letter=_joined(base.by_letter, extra.by_letter),
        related=_joined(base.related, extra.related),
    )


def _joined(
    one: Mapping[str, tuple[_Value, ...]], other: Mapping[str, tuple[_Value, ...]]
) -> dict[str, tuple[_Value, ...]]:
    """Put two tables together; what both have stands once, the first table's before."""
    keys = [*one, *(key for key in other if key not in one)]
    return {key: tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ())))) for key in keys}
