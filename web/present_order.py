"""Say in words what decides the order of results, from the weights that the search uses itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socialmap.finding.features import Kenmerk

#: At least so large a weight is said like this.
_STRENGTHS = ((1.5, "heel veel"), (0.9, "veel"), (0.4, "een beetje"), (0.0, "bij gelijke stand"))

_WORDS = {
    Kenmerk.THEMA: "Het hoort bij het thema van uw vraag",
    Kenmerk.BEGRIP: "De tekst gaat over dat thema",
    Kenmerk.ONDERWERP: "Het gaat over hetzelfde onderwerp, zoals schulden oplossen",
    Kenmerk.KERN: "Het gaat over hetzelfde onderwerp, en daar is weinig van",
    Kenmerk.BEHOEFTE: "Het is de soort hulp die u zoekt, zoals een maatje of een cursus",
    Kenmerk.WOORD: "Uw woorden staan in de tekst",
    Kenmerk.VERWANT: "Er staan woorden in de tekst die hetzelfde betekenen",
    Kenmerk.DEEL: "Een deel van uw woorden staat in de tekst",
    Kenmerk.ACTOR: "Uw woorden staan bij de organisatie of groep",
    Kenmerk.GROEP: "Het is voor de groep die u noemt",
    Kenmerk.IEDEREEN: "Het is voor iedereen",
    Kenmerk.ANDERE_GROEP: "Het is voor een groep die u niet noemt",
    Kenmerk.ZONDER_GROEP: "U noemt een groep, en het is voor een andere",
    Kenmerk.LEEFTIJD: "Het is voor een andere leeftijd",
    Kenmerk.LIJN: "Er is een verwijzing nodig. Bewoners en vrijwilligers gaan voor",
    Kenmerk.DICHTBIJ: "Het is verder lopen, tot 2 kilometer",
    Kenmerk.VER: "Het is verder weg dan 2 kilometer",
    Kenmerk.VERS: "Het laatste jaar heeft iemand het nagekeken",
    Kenmerk.OUD: "Het is lang niet of nooit nagekeken",
    Kenmerk.BRON: "Het is alleen bekend uit een document",
    Kenmerk.GEPAUZEERD: "Het ligt nu stil",
    Kenmerk.INTRODUCTIE: "Iemand die u kent, kan u voorstellen",
    Kenmerk.BETEKENIS: "De tekst lijkt op uw vraag, ook met andere woorden",
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """One thing that decides the order: what, whether it speaks for, and how much."""

    wat: str
    voor: bool
    hoeveel: str


def say_order(weights: Sequence[float]) -> tuple[Deciding, ...]:
    """
    Say what decides the order.

    Parameters
    ----------
    weights
        Weights by column of `Kenmerk`, one for each.

    Returns
    -------
    tuple of Deciding
        What weighs most first; what weighs nothing is left out.
    """
    weighed = [(float(weights[feature]), feature) for feature in Kenmerk if weights[feature]]
    weighed.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return tuple(
        Deciding(_WORDS[feature], weight > 0, _say_strength(weight)) for weight, feature in weighed
    )


def _say_strength(weight: float) -> str:
    return next(words for least, words in _STRENGTHS if abs(weight) >= least)
