"""Read the text of an offer once: its words, and the themes, topics and needs they speak of.

The same word lists read the question, so both meet in the same terms. What was read is kept beside
the offer as text (`store/search_rows.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from socialmap.domain.model import Aanbod, Actor
from socialmap.finding.language import Understood, read_text
from socialmap.finding.lexicon import Lexicon
from socialmap.store.search_rows import forget_words, read_texts, save_words, unread_ids
from socialmap.store.vocabulary import read_meta, save_meta

if TYPE_CHECKING:
    from socialmap.store.engine import Store

#: Fact about the map: with which word lists its texts were read.
_WORDS_KEY = "woordenlijst"
_CHUNK = 500
#: How much a word of the text counts for a topic that tells who, where, when or how.
_ASIDE = 0.4


@dataclass(frozen=True, slots=True)
class ReadText:
    """What the text of an offer says.

    Attributes
    ----------
    naam, tekst, actor
        Stems of its name, its description, and of the name and description of its actor.
    begrippen
        Concept -> weight (0 to 1), such as `thema:taal`, `behoefte:maatje`, `onderwerp:rouw`.
    """

    naam: tuple[str, ...]
    tekst: tuple[str, ...]
    actor: tuple[str, ...]
    begrippen: dict[str, float]

    def write(self) -> str:
        """Give it as one line of text."""
        own = [self.naam, self.tekst, self.actor, self.begrippen]
        return json.dumps(own, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> ReadText:
        """Read what `write` gave."""
        naam, tekst, actor, begrippen = json.loads(text)
        return cls(tuple(naam), tuple(tekst), tuple(actor), begrippen)


def read_offer(aanbod: Aanbod, actor: Actor, lexicon: Lexicon) -> ReadText:
    """Read name and description of an offer, and the words of its actor."""
    whole = read_text(f"{aanbod.naam}. {aanbod.omschrijving}", lexicon, _ASIDE)
    name = read_text(aanbod.naam, lexicon)
    return ReadText(
        naam=name.stems,
        tekst=whole.stems,
        actor=read_text(f"{actor.naam}. {actor.omschrijving}", lexicon).stems,
        begrippen=_most(concepts(whole), concepts(name)),
    )


def _most(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return one | {key: max(weight, one.get(key, 0.0)) for key, weight in other.items()}


def concepts(understood: Understood) -> dict[str, float]:
    """Give all that a text speaks of, by `soort:code`."""
    found = {f"thema:{code}": weight for code, weight in understood.themas}
    found |= {f"behoefte:{code}": weight for code, weight in understood.behoeften}
    found |= {f"onderwerp:{code}": weight for code, weight in understood.onderwerpen}
    found |= {f"doelgroep:{code}": weight for code, weight in understood.doelgroepen}
    return {key: round(weight, 3) for key, weight in found.items()}


def read_new_texts(
    store: Store,
    lexicon: Lexicon,
    progress: Callable[[int, int], None] = lambda _n, _of: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """
    Read the text of every offer that changed since, and keep what was read.

    Parameters
    ----------
    store
        The map. Nothing else of it changes.
    lexicon
        The words. When other word lists read the map before, every text is read anew.
    progress
        Called with how many texts are read and how many there are.
    stop
        Asked after every few hundred texts whether to end early; the rest is read another time.

    Returns
    -------
    int
        How many texts were read.
    """
    with store.reading() as conn:
        same_words = read_meta(conn, _WORDS_KEY) == lexicon.fingerprint
    if not same_words:
        with store.writing() as conn:
            forget_words(conn)
            save_meta(conn, _WORDS_KEY, lexicon.fingerprint)
    with store.reading() as conn:
        waiting = unread_ids(conn)
    todo = iter(waiting)
    done = 0
    while not stop() and (chunk := list(islice(todo, _CHUNK))):
        with store.reading() as conn:
            texts = read_texts(conn, chunk)
        words = {a.id: read_offer(a, actor, lexicon).write() for a, actor in texts}
        with store.writing() as conn:
            save_words(conn, words)
        done += len(chunk)
        progress(done, len(waiting))
    return done
