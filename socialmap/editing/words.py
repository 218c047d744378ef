"""Add words to the vocabulary: what is there already is never redefined."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from socialmap.domain.errors import SocialMapError
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.admin_words import EigenWoord, Soort, get_word, read_words, save_word

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

LONGEST = 60
#: More is a vocabulary of its own.
MOST = 500
_SHAPE = re.compile(r"[^\W_](?:[^\W_]|[ '’./-])*", re.UNICODE)
_CODE = re.compile(r"[a-z][a-z0-9_]{2,39}")


class WordError(SocialMapError):
    """A word cannot be added; `veld` is the field of the form."""

    def __init__(self, veld: str, melding: str) -> None:
        self.veld = veld
        super().__init__(melding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What somebody filled in.

    Attributes
    ----------
    woord
        Word or phrase; the label of a group.
    code
        Theme, group or other word that it stands for; empty for a group.
    """

    soort: Soort
    woord: str
    code: str = ""


def add_word(
    conn: Connection,
    asked: Asked,
    words: Vocabulary,
    meaning_of: Callable[[str], str],
    *,
    wie: str,
    now: datetime,
) -> EigenWoord:
    """
    Add a word.

    Parameters
    ----------
    conn
        A writing connection.
    words
        Themes and groups as they are.
    meaning_of
        Says what finding takes a word for already; empty when for nothing.
    wie, now
        Who adds it and when, for the history.

    Raises
    ------
    WordError
        When the word has no good form, is there already, or means something else already.
    """
    woord = " ".join(asked.woord.split())
    if not (2 <= len(woord) <= LONGEST and _SHAPE.fullmatch(woord)):
        raise WordError(
            "woord",
            f"Schrijf een woord of een paar woorden, van 2 tot {LONGEST} letters, zonder tekens.",
        )
    own = read_words(conn)
    if len(own) >= MOST:
        raise WordError("woord", f"Er staan al {MOST} woorden. Meer kan niet.")
    if any(word.woord.casefold() == woord.casefold() for word in own):
        raise WordError("woord", "Dit woord hebt u al. Zoek het op in de lijst.")
    if asked.soort is Soort.DOELGROEP:
        code = _own_code(woord, words, own)
    else:
        code = _known_code(asked, woord, words, meaning_of)
    made = EigenWoord(id=secrets.token_hex(8), soort=asked.soort, woord=woord, code=code)
    save_word(conn, made, wie, now)
    return made


def set_active(conn: Connection, word_id: str, actief: bool, *, wie: str, now: datetime) -> None:
    """
    Stop a word, or take it up again; nothing is thrown away.

    Raises
    ------
    NotFoundError
        When the word is not there.
    """
    word = get_word(conn, word_id)
    if word.actief is not actief:
        save_word(conn, replace(word, actief=actief), wie, now)


def _own_code(woord: str, words: Vocabulary, own: list[EigenWoord]) -> str:
    labels = {thema.label.casefold(): thema.label for thema in words.themas.values()}
    labels |= {groep.label.casefold(): groep.label for groep in words.doelgroepen.values()}
    if woord.casefold() in labels:
        raise WordError("woord", f"‘{labels[woord.casefold()]}’ staat al in de lijst.")
    code = re.sub(r"[^a-z0-9]+", "_", woord.casefold()).strip("_")[:40]
    if not _CODE.fullmatch(code):
        raise WordError("woord", "Begin met een letter, en schrijf minstens drie letters.")
    taken = {*words.themas, *words.doelgroepen, *(word.code for word in own)}
    if code in taken:
        raise WordError("woord", f"De code {code} is al van een ander woord. Kies een andere naam.")
    return code


def _known_code(
    asked: Asked, woord: str, words: Vocabulary, meaning_of: Callable[[str], str]
) -> str:
    heard = meaning_of(woord)
    if heard:
        raise WordError(
            "woord",
            f"Dit woord kent het zoeken al ({heard}). Wat er staat, kunt u niet anders maken.",
        )
    code = " ".join(asked.code.split())
    if asked.soort is Soort.THEMA and code not in words.themas:
        raise WordError("thema", "Kies een thema uit de lijst.")
    if asked.soort is Soort.GROEP and code not in words.doelgroepen:
        raise WordError("groep", "Kies een groep uit de lijst.")
    if asked.soort is Soort.SYNONIEM:
        if " " in woord or " " in code:
            raise WordError(
                "ander", "Een ander woord voor hetzelfde kan hier alleen één woord zijn."
            )
        if not meaning_of(code):
            raise WordError("ander", "Dat andere woord kent het zoeken niet. Kies een thema.")
    return code
