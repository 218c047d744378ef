"""Cut text into plain words, and give words that sound alike one spelling.

Pure functions on text. No files.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_PAUSE = re.compile(r"[.,;:!?()\[\]\u2013\u2014\n]+(?:\s+|$)|\s[-\u2013\u2014]\s")
_REPEAT = re.compile(r"([a-z])\1{2,}")
_DOUBLE = re.compile(r"([a-z])\1")
_SOFT_C = re.compile(r"c(?=[eiy])")
#: Spellings that sound alike in Dutch; the order matters.
_ALIKE = (
    ("ij", "y"),
    ("ei", "y"),
    ("au", "ou"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("ch", "g"),
)


def normalise(text: str) -> str:
    """
    Give lower case without accents, apostrophes and invisible signs; other text stays as it is.

    "M'n cliënt" becomes "mn client". Signs that steer the direction of text or have no width are
    dropped, so that they cannot hide a word; control signs become a space.
    """
    lowered = unicodedata.normalize("NFKD", text.casefold())
    kept = []
    for sign in lowered:
        category = unicodedata.category(sign)
        if category in ("Mn", "Cf") or sign in "'’‘`´":
            continue
        kept.append(" " if category == "Cc" else sign)
    return "".join(kept)


def tokenise(text: str) -> tuple[str, ...]:
    """Give the words and numbers of a text in order, normalised; a letter drawn out is cut short.

    "Heeeel erg" becomes `("heel", "erg")`.
    """
    return tuple(_REPEAT.sub(r"\1\1", word) for word in _WORD.findall(normalise(text)))


def tokenise_pauses(text: str) -> tuple[str, ...]:
    """Give the words as `tokenise`, with an empty word for each pause, such as a comma."""
    found: list[str] = []
    for part in _PAUSE.split(text):
        found.extend([*tokenise(part), ""])
    return tuple(found[:-1])


def fold(word: str, *, whole: bool = True) -> str:
    """
    Give one spelling to words that sound alike: `mantelzorch` and `mantelzorg` are equal.

    Parameters
    ----------
    word
        One normalised word.
    whole
        False for the beginning of a word: what is heard only at the end is left alone then.
    """
    for written, heard in _ALIKE:
        word = word.replace(written, heard)
    word = _SOFT_C.sub("s", word).replace("c", "k").replace("z", "s").replace("v", "f")
    if whole:
        word = re.sub(r"d?t$|d$", "t", word)
    return _DOUBLE.sub(r"\1", word)
