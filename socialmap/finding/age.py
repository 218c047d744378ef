"""Hear in a question how old the person is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socialmap.finding.tokens import normalise

_UNITS = (
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
)
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
_NUMBERS = {word: n for n, word in enumerate(_UNITS, start=1)} | _TENS
_NUMBERS |= {
    f"{unit}en{ten}": n + value
    for n, unit in enumerate(_UNITS[:9], start=1)
    for ten, value in _TENS.items()
}
_OLDEST = 110
_N = rf"(\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_PERSON = (
    "zoon|zoontje|dochter|dochtertje|kind|jongen|meisje|man|vrouw|moeder|vader|oma|opa|puber"
    "|broertje|zusje|kleinzoon|kleindochter|mevrouw|meneer|client|buurvrouw|buurman|dame|heer"
    "|jongere|student|leerling|tiener|vriend|vriendin|broer|zus|partner"
)
#: Ways to say an age, surest first; "al 9 jaar getrouwd" and "na 3 jaar" are none.
_EXACT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_N}[ -]?jaar oud\b",
        rf"\b{_N}[ -]?jarige?\b",
        rf"\b(?:ik ben|ben ik|hij is|zij is|ze is|wordt|word) (?:al |nu |pas |net )*{_N}\b"
        r"(?! (?:keer|dagen|weken|maanden|uur|kilo|euro|jaar (?:geleden|getrouwd|weduwe|ziek)))",
        rf"\b(?:{_PERSON}),? (?:van |is |\()?(?:al |nu |pas |net |bijna )*{_N}\b"
        r"(?! (?:keer|dagen|weken|maanden|uur|kilo|euro|kinderen))",
        rf"(?<!al )(?<!na )(?<!sinds )\b{_N} jr\b",
    )
)
_FROM = re.compile(
    rf"\b{_N}[ -]?(?:\+|plus(?:sers?)?\b)|\b{_N} jaar (?:en|of) ouder\b|\bboven de {_N}\b"
)
_UNDER = re.compile(rf"\b(?:onder de|jonger dan) {_N}\b")
_AROUND = re.compile(rf"\b(?:rond|tegen) de {_N}\b")
_DECADE = re.compile(rf"\b(?:(?:{'|'.join(_TENS)})ers?)\b")


@dataclass(frozen=True, slots=True)
class Leeftijd:
    """Ages in whole years, both ends included; `tot` is None where there is no end."""

    van: int
    tot: int | None


def find_age(text: str) -> Leeftijd | None:
    """
    Give the age that a question speaks of, or None.

    "Mijn zoon van 15" gives 15 to 15, "75+" gives 75 and older, "een twintiger" 20 to 29,
    "rond de vijftig" 45 to 55. Of several ages the surest way of saying counts.
    """
    plain = " ".join(normalise(text).split())
    since = _first(_FROM, plain)
    if since is not None:
        return Leeftijd(since, None)
    for pattern in _EXACT:
        exact = _first(pattern, plain)
        if exact is not None:
            return Leeftijd(exact, exact)
    under = _first(_UNDER, plain)
    if under:
        return Leeftijd(0, under - 1)
    around = _first(_AROUND, plain)
    if around is not None:
        return Leeftijd(max(0, around - 5), around + 5)
    decade = _DECADE.search(plain)
    if decade:
        start = _TENS[re.sub(r"ers?$", "", decade.group())]
        return Leeftijd(start, start + 9)
    return None


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    for match in pattern.finditer(text):
        word = next(group for group in match.groups() if group is not None)
        value = int(word) if word.isdigit() else _NUMBERS[word]
        if value <= _OLDEST:
            return value
    return None
