"""Hear danger in words that no pattern knows: a sum of weights learned from many phrases.

Pure functions on text and weights; the weights are data (`data/woorden/gevaar_gewichten.csv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import fold, tokenise

#: A longer text is heard in pieces of so many words, each half overlapping the one before, so
#: that much harmless text cannot drown one sentence.
PIECE = 30
#: Two words form a pair if at most so many words stand between.
_BETWEEN = 2
_SIZES = (3, 4, 5)
_SHORT_WORD = 4


class Sound(NamedTuple):
    """What one feature weighs: for danger at all, and for each kind in the order of `soorten`."""

    gevaar: float
    soorten: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Listener:
    """Learned weights, made ready to hear with.

    Attributes
    ----------
    stemmer
        The same one as the weights were learned with.
    soorten
        Codes of the kinds of danger, in the order of `Sound.soorten`.
    sounds
        Weight by feature, see `features`. A feature that is not there weighs nothing.
    begin
        Added to every sum.
    grens
        A piece of text with a sum from here on speaks of danger.
    """

    stemmer: Stemmer
    soorten: tuple[str, ...]
    sounds: Mapping[str, Sound]
    begin: Sound
    grens: float

    def hears(self, text: str) -> str | None:
        """Give the likeliest kind of danger that a text speaks of, or nothing."""
        gevaar, soort = max(
            (self.weigh(piece) for piece in pieces(tokenise(text))),
            key=lambda found: found[0],
            default=(self.grens - 1, ""),
        )
        return soort if gevaar >= self.grens else None

    def weigh(self, words: Sequence[str]) -> tuple[float, str]:
        """Give the sum for danger, and the likeliest kind, of one piece that has words."""
        heard = features(words, self.stemmer)
        share = 1 / len(heard) ** 0.5
        known = [self.sounds[name] for name in heard if name in self.sounds]
        gevaar = self.begin.gevaar + share * sum(sound.gevaar for sound in known)
        kinds = [
            self.begin.soorten[n] + share * sum(sound.soorten[n] for sound in known)
            for n in range(len(self.soorten))
        ]
        return gevaar, self.soorten[kinds.index(max(kinds))]


def pieces(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut words into overlapping pieces of at most `PIECE`; none if there are no words."""
    for start in range(0, max(len(words) - PIECE // 2, min(len(words), 1)), PIECE // 2):
        yield words[start : start + PIECE]


def features(words: Sequence[str], stemmer: Stemmer) -> tuple[str, ...]:
    """
    Give what is heard in words, each feature once, in a fixed order.

    Parameters
    ----------
    words
        Normalised words, see `tokenise`.

    Returns
    -------
    features
        Stems in one spelling (`sla`), pairs of stems close together in their order (`sla mij`),
        and pieces of 3 to 5 letters of a word with `_` at its ends (`~_sla`), which are still
        there when a word holds a typing error. Every number is `0`.
    """
    folded = ["0" if word.isdigit() else fold(word) for word in words]
    stems = ["0" if word.isdigit() else fold(stemmer.stem(word), whole=True) for word in words]
    found = dict.fromkeys(stems)
    for place, stem in enumerate(stems):
        for other in stems[place + 1 : place + 2 + _BETWEEN]:
            found[f"{stem} {other}"] = None
    for word in folded:
        if len(word) < _SHORT_WORD:
            continue
        whole = f"_{word}_"
        for size in _SIZES:
            for start in range(len(whole) - size + 1):
                found[f"~{whole[start : start + size]}"] = None
    return tuple(found)
