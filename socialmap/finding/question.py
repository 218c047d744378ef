"""What somebody asks of the map, and what comes back. Nothing of either is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from socialmap.finding.danger import Hulplijn


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraag:
    """A question with what was filled in beside it.

    Attributes
    ----------
    q
        Own words; may be empty when a theme or group is chosen.
    punt
        Where the person is: (lon, lat) in WGS84 degrees; None when not said.
    gebieden
        Codes of the areas that hold `punt`.
    straal_m
        Farthest walking distance in metres; None: distance only counts in the order.
    themas, doelgroepen
        Only offers with one of these; an offer for `iedereen` is for every group.
    lijn, lijn_max
        Only this line; only up to and with this line.
    gebied
        Only offers in this area, or without a place and serving it.
    talen, gratis, vorm, leeftijd, vandaag_open
        Only offers in one of these languages, free, of this form, for this age, open today.
    van
        Actor that asks: whoever knows the actor of an offer can introduce.
    limit
        Most results, 1 to 50.
    """

    q: str = ""
    punt: tuple[float, float] | None = None
    gebieden: tuple[str, ...] = ()
    straal_m: int | None = None
    themas: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    lijn: int | None = None
    lijn_max: int | None = None
    gebied: str | None = None
    talen: tuple[str, ...] = ()
    gratis: bool = False
    vorm: str | None = None
    leeftijd: int | None = None
    vandaag_open: bool = False
    van: str | None = None
    limit: int = 10


class Zekerheid(StrEnum):
    """How sure the answer is that it holds what was asked for."""

    HOOG = "hoog"
    LAAG = "laag"
    GEEN = "geen"


class Redensoort(StrEnum):
    """What a reason is about."""

    ONDERWERP = "onderwerp"
    THEMA = "thema"
    WOORDEN = "woorden"
    BETEKENIS = "betekenis"
    BEHOEFTE = "behoefte"
    DOELGROEP = "doelgroep"
    LIJN = "lijn"
    AFSTAND = "afstand"
    VERSHEID = "versheid"
    INTRODUCTIE = "introductie"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Reden:
    """One reason why an offer stands where it stands, in words."""

    soort: Redensoort
    tekst: str


class Uitsluiting(StrEnum):
    """Why an offer that fits the words was left out."""

    THEMA = "thema"
    DOELGROEP = "doelgroep"
    LEEFTIJD = "leeftijd"
    AFSTAND = "afstand"
    LIJN = "lijn"
    GEBIED = "gebied"
    TAAL = "taal"
    KOSTEN = "kosten"
    VORM = "vorm"
    NIET_OPEN = "niet_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treffer:
    """One offer that answers the question.

    Attributes
    ----------
    score
        Higher is better; only to be compared within one answer.
    afstand_m
        Walking distance in metres; None without two places.
    introductie
        Ids of actors from the one who asks to the actor of the offer; None if nobody can.
    behoefte
        Which part of a question with several needs it answers, from 0; None: all of it.
    """

    aanbod_id: str
    actor_id: str
    naam: str
    lijn: int | None
    score: float
    afstand_m: float | None
    gecontroleerd_op: date | None
    waarom: tuple[Reden, ...]
    introductie: tuple[str, ...] | None = None
    behoeften: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uitgesloten:
    """An offer that fits the words, with the one thing that keeps it out."""

    aanbod_id: str
    actor_id: str
    naam: str
    soort: Uitsluiting
    reden: str
    afstand_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Antwoord:
    """The answer to one question.

    Attributes
    ----------
    gevaar
        The fixed block that must stand above everything; empty when no danger was heard.
    zekerheid
        `geen`: nothing fits; the results are then empty and `uitgesloten` says what is nearest.
    behoeften
        The needs that were heard, in words; one when the question was not split.
    betekenis
        Whether the extra `meaning` took part.
    """

    gevaar: tuple[Hulplijn, ...]
    zekerheid: Zekerheid
    treffers: tuple[Treffer, ...]
    uitgesloten: tuple[Uitgesloten, ...]
    behoeften: tuple[str, ...]
    betekenis: bool
