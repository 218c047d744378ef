"""Put words in the place of codes in what is kept about a sleutelfiguur."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.held import Held
from web.cell_words import cell_words


def in_words(held: Held, words: Vocabulary, areas: Mapping[str, str]) -> Held:
    """
    Give the same with a label for each code and a day in words.

    Parameters
    ----------
    held
        Cells as in the exchange format.
    words
        Labels of themes and groups.
    areas
        Name by code.
    """
    say = cell_words(words, areas)

    return replace(
        held,
        record=say(held.record),
        aanbod=tuple(say(one) for one in held.aanbod),
        banden=tuple(say(one) for one in held.banden),
        geschiedenis=tuple(
            replace(one, voor=say(one.voor), na=say(one.na)) for one in held.geschiedenis
        ),
        voorstellen=tuple({**one, "cellen": say(one["cellen"])} for one in held.voorstellen),
    )
