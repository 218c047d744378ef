"""What is read aloud when consent is asked, in each language of `data/toestemming`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from socialmap.editing.consent import Doel
from socialmap.exchange.embedded import data_folder

#: In the order in which they are offered.
LANGUAGES = ("nl", "tr", "ar", "pl", "en", "uk")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """
    The text in one language.

    Attributes
    ----------
    code
        ISO 639-1.
    naam
        The language in its own words.
    richting
        `ltr` or `rtl`.
    controle
        Says that a native speaker must still check it; empty for the original.
    vragen
        Question by purpose.
    """

    code: str
    naam: str
    richting: str
    controle: str
    titel: str
    uitleg: tuple[str, ...]
    vragen: Mapping[Doel, str]
    team: str
    professional: str
    ja: str
    nee: str
    eind: str
    terug: str


@cache
def consent_text(code: str) -> ConsentText:
    """Read the text in a language. Raises KeyError for a language that is not there."""
    if code not in LANGUAGES:
        raise KeyError(code)
    file = data_folder() / "toestemming" / f"{code}.txt"
    pairs = [
        (key, text.strip())
        for key, _, text in (
            line.partition(":") for line in file.read_text(encoding="utf-8").splitlines()
        )
    ]
    said = dict(pairs)
    return ConsentText(
        code=code,
        naam=said["taal"],
        richting=said["richting"],
        controle=said["controle"],
        titel=said["titel"],
        uitleg=tuple(text for key, text in pairs if key == "uitleg"),
        vragen={doel: said[doel.value] for doel in Doel},
        team=said["team"],
        professional=said["professional"],
        ja=said["ja"],
        nee=said["nee"],
        eind=said["eind"],
        terug=said["terug"],
    )
