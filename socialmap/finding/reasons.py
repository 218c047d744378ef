"""Say in plain words why an offer stands where it stands, and why another was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from socialmap.domain.codes import Lijn, Status
from socialmap.domain.freshness import boundaries
from socialmap.finding.features import Heard, Kenmerk
from socialmap.finding.index import SearchIndex
from socialmap.finding.question import Reden, Redensoort, Uitsluiting, Vraag
from socialmap.finding.reading import ReadText
from socialmap.geo.measure import WALKING_FACTOR
from socialmap.network.introduce import Introduction

_MOST_TOPICS = 2
_MOST_WORDS = 3
#: A word that stands in half of all offers explains nothing.
_TELLING = 0.3
_LINES = {
    Lijn.BEWONERS: "Van bewoners en vrijwilligers.",
    Lijn.WIJK: "In de wijk, zonder indicatie.",
    Lijn.SPECIALIST: "Met verwijzing of indicatie.",
}
_CLOSE = 0.35


@dataclass(frozen=True, slots=True)
class Labels:
    """What people see instead of codes."""

    themas: Mapping[str, str]
    doelgroepen: Mapping[str, str]
    behoeften: Mapping[str, str]
    onderwerpen: Mapping[str, str]


def say_why(
    heard: Heard,
    index: SearchIndex,
    place: int,
    features: NDArray[np.float32],
    distance_m: float | None,
    spoken: Mapping[str, str],
    labels: Labels,
    today: date,
) -> tuple[Reden, ...]:
    """
    Give the reasons for one result, most telling first.

    Parameters
    ----------
    heard, index
        The question, and all offers.
    place
        Position of the offer.
    features
        Its row, shape (22,).
    distance_m
        Straight metres; None when unknown.
    spoken
        Stem -> the word of the question that it came from.
    labels
        Words for codes.
    today
        Day that freshness is held against.
    """
    row = index.rows[place]
    reasons: list[Reden] = []
    read = ReadText.parse(row.woorden) if row.woorden else ReadText((), (), (), {})
    shared = _shared(heard, read, "onderwerp")
    if shared:
        named = [labels.onderwerpen.get(code, code) for code in shared[:_MOST_TOPICS]]
        reasons.append(Reden(Redensoort.ONDERWERP, f"Gaat over {', en over '.join(named)}."))
    themes = [key.removeprefix("thema:") for key in _strongest(heard, "thema")]
    filed = [code for code in themes if code in row.themas]
    if filed and not shared:
        label = labels.themas.get(filed[0], filed[0])
        reasons.append(Reden(Redensoort.THEMA, f"Hoort bij het thema {label}."))
    needs = _shared(heard, read, "behoefte")
    if needs:
        label = labels.behoeften.get(needs[0], needs[0])
        reasons.append(Reden(Redensoort.BEHOEFTE, f"Hier is: {label}."))
    stems = {*read.naam, *read.tekst}
    words = [
        spoken[stem]
        for stem, told in heard.woorden.items()
        if told >= _TELLING and stem in stems and stem in spoken
    ]
    if words:
        quoted = _join([f"“{word}”" for word in dict.fromkeys(words)][:_MOST_WORDS])
        reasons.append(Reden(Redensoort.WOORDEN, f"In de tekst staat {quoted}."))
    if features[Kenmerk.BETEKENIS] >= _CLOSE and not reasons:
        reasons.append(Reden(Redensoort.BETEKENIS, "De tekst lijkt op wat u vraagt."))
    groups = [code for code in _strongest(heard, "doelgroep") if code[10:] in row.doelgroepen]
    if groups:
        label = labels.doelgroepen.get(groups[0][10:], groups[0][10:])
        reasons.append(Reden(Redensoort.DOELGROEP, f"Voor {label}."))
    if row.lijn is not None:
        reasons.append(Reden(Redensoort.LIJN, _LINES[Lijn(row.lijn)]))
    if distance_m is not None:
        reasons.append(Reden(Redensoort.AFSTAND, say_distance(distance_m * WALKING_FACTOR)))
    return (*reasons, *_warnings(index, place, today))


def _warnings(index: SearchIndex, place: int, today: date) -> list[Reden]:
    row = index.rows[place]
    found: list[Reden] = []
    if row.status == Status.GEPAUZEERD:
        found.append(Reden(Redensoort.STATUS, "Ligt nu stil. Vraag na wanneer het weer begint."))
    fresh, ageing = (day.toordinal() for day in boundaries(today))
    if row.gedocumenteerd:
        found.append(Reden(Redensoort.VERSHEID, "Bekend uit een document, niet nagekeken."))
    elif row.gecontroleerd is None:
        found.append(Reden(Redensoort.VERSHEID, "Nooit nagekeken. Bel eerst."))
    elif row.gecontroleerd < ageing:
        found.append(Reden(Redensoort.VERSHEID, "Lang niet nagekeken. Bel eerst."))
    elif row.gecontroleerd >= fresh:
        found.append(Reden(Redensoort.VERSHEID, "Het laatste jaar nagekeken."))
    return found


_OUT = {
    Uitsluiting.THEMA: "Hoort bij een ander thema dan u koos.",
    Uitsluiting.DOELGROEP: "Is voor een andere groep dan u koos.",
    Uitsluiting.LEEFTIJD: "Is voor een andere leeftijd.",
    Uitsluiting.LIJN: "Is een andere lijn dan u koos.",
    Uitsluiting.GEBIED: "Is niet in het gebied dat u koos.",
    Uitsluiting.TAAL: "Wordt niet in de gekozen taal gegeven.",
    Uitsluiting.KOSTEN: "Is niet gratis, of de kosten zijn onbekend.",
    Uitsluiting.VORM: "Heeft een andere vorm: alleen in plaats van in een groep, of andersom.",
    Uitsluiting.NIET_OPEN: "Is vandaag niet open, of de tijden zijn onbekend.",
}


def say_left_out(why: Uitsluiting, vraag: Vraag, distance_m: float | None) -> str:
    """Say what keeps an offer out that fits the words."""
    if why is not Uitsluiting.AFSTAND:
        return _OUT[why]
    if distance_m is None:
        return "Werkt niet in dit deel van de stad."
    away = say_distance(distance_m * WALKING_FACTOR).rstrip(".")
    if vraag.straal_m is None:
        return f"{away}: te ver."
    return f"{away}: verder dan de {vraag.straal_m} meter die u koos."


def say_introduction(introduction: Introduction | None) -> tuple[Reden, ...]:
    """Say how many others stand between the one who asks and the actor of an offer."""
    if introduction is None:
        return ()
    between = len(introduction.pad) - 2
    if between < 0:
        text = "Dit is van uw eigen organisatie."
    elif between == 0:
        text = "U hebt zelf contact met deze aanbieder."
    else:
        text = f"U kunt worden voorgesteld, via {'één ander' if between == 1 else 'twee anderen'}."
    return (Reden(Redensoort.INTRODUCTIE, text),)


def say_distance(walking_m: float) -> str:
    """Say a walking distance: to tens of metres, from 1 km on to tenths of a kilometre."""
    if walking_m < 995:
        return f"Ongeveer {max(10, round(walking_m / 10) * 10)} meter lopen."
    return f"Ongeveer {walking_m / 1000:.1f}".replace(".", ",") + " km lopen."


def _shared(heard: Heard, read: ReadText, kind: str) -> list[str]:
    """Give the codes of a kind that question and text share, strongest first."""
    start = f"{kind}:"
    both = {
        key.removeprefix(start): weight * read.begrippen[key]
        for key, weight in heard.begrippen.items()
        if key.startswith(start) and key in read.begrippen
    }
    return sorted(both, key=lambda code: (-both[code], code))


def _strongest(heard: Heard, kind: str) -> list[str]:
    own = {key: weight for key, weight in heard.begrippen.items() if key.startswith(f"{kind}:")}
    return sorted(own, key=lambda key: (-own[key], key))


def _join(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"
