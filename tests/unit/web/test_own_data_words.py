"""What is kept about a person is read in words, not in codes."""

from __future__ import annotations

from socialmap.domain.vocabulary import Thema, Vocabulary
from socialmap.editing.held import Held
from web.own_data_words import in_words

WORDS = Vocabulary({"taal": Thema(code="taal", label="Taal leren")})


def test_codes_become_words_and_a_day_is_said() -> None:
    cells = {
        "naam": "Gastvrouw",
        "soort": "sleutelfiguur",
        "themas": "taal",
        "werkgebied": "WK1|BU1",
        "zichtbaarheid": "team",
        "gecontroleerd_op": "2026-11-22",
    }
    held = Held(
        record=cells,
        toestemmingen=(),
        aanbod=(),
        banden=({"soort": "werkt_samen", "naar_id": "A1"},),
        geschiedenis=(),
        voorstellen=(),
        logboek=(),
        post=(),
    )
    said = in_words(held, WORDS, {"WK1": "Molenwijk", "BU1": "De Dreef"})
    assert said.record == {
        "naam": "Gastvrouw",
        "soort": "Sleutelfiguur",
        "themas": "Taal leren",
        "werkgebied": "Molenwijk, De Dreef",
        "zichtbaarheid": "Alleen het wijkteam en opbouwwerkers",
        "gecontroleerd_op": "22 november 2026",
    }
    assert said.banden == ({"soort": "werkt samen", "naar_id": "A1"},)
