"""Make everything ready that answering a question needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from socialmap.domain.vocabulary import Vocabulary
from socialmap.finding.find import Finder
from socialmap.finding.here import Here
from socialmap.finding.live_index import LiveIndex
from socialmap.finding.meaning import Meaning
from socialmap.finding.question_words import QuestionWords
from socialmap.finding.reasons import Labels
from socialmap.finding.words import read_danger, read_lexicon, read_needs, read_weights
from socialmap.network.reading import NetworkReader


def make_finder(folder: Path, words: Vocabulary, model: Any | None = None) -> Finder:
    """
    Read the word lists once for each start of the program; half a second.

    Parameters
    ----------
    folder
        The folder `data/woorden`.
    words
        Themes and groups of the map.
    model
        What `meaning.load_model` gave.
    """
    lexicon = read_lexicon(folder)
    labels = Labels(
        themas={code: thema.label for code, thema in words.themas.items()},
        doelgroepen={code: groep.label for code, groep in words.doelgroepen.items()},
        behoeften=read_needs(folder),
        onderwerpen=lexicon.labels,
    )
    return Finder(
        words=QuestionWords(lexicon, labels),
        danger=read_danger(folder),
        weights=read_weights(folder),
        live=LiveIndex(lexicon),
        here=Here(),
        networks=NetworkReader(),
        meaning=None if model is None else Meaning(model, {**labels.themas, **labels.doelgroepen}),
    )
