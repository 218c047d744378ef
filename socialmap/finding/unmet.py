"""Tell what a search without a good answer was about: theme, group and wijk, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from socialmap.finding.language import Understood
from socialmap.finding.question import Vraag, Zekerheid
from socialmap.store.unmet import Need

#: A theme that was heard less surely than this is a guess, and not counted.
_SURE = 0.3
_EVERYBODY = "iedereen"
_WIJK = "WK"


def unmet_need(
    zekerheid: Zekerheid, vraag: Vraag, understood: Understood, gebieden: Sequence[str]
) -> Need | None:
    """
    Say in codes what had no good answer.

    Parameters
    ----------
    zekerheid
        Of the answer.
    vraag
        What was chosen beside the words goes before what was heard in them.
    understood
        What was heard in the words.
    gebieden
        Codes of the areas that hold the place of the question.

    Returns
    -------
    Need or None
        None when the answer was good, no theme was heard, or the wijk is not known: then there is
        nothing to count.
    """
    wijken = [code for code in gebieden if code.startswith(_WIJK)]
    themas = [*vraag.themas, *(t.code for t in understood.themas if t.gewicht >= _SURE)]
    if zekerheid is Zekerheid.HOOG or len(wijken) != 1 or not themas:
        return None
    groups = [*vraag.doelgroepen, *(g.code for g in understood.doelgroepen if g.gewicht >= _SURE)]
    named = [code for code in groups if code != _EVERYBODY]
    return Need(thema=themas[0], doelgroep=named[0] if named else "", gebied=wijken[0])
