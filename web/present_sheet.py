"""Say offers as a resident reads them on a sheet: what, where, when, what it costs, how to go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from socialmap.domain.codes import Status, Vorm
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.status import effective_status
from socialmap.finding.way import Way, find_way
from web.present import is_confirmed
from web.present_hours import say_hours
from web.present_words import first_sentence, join_words, say_cost, say_date, say_languages

Place = tuple[float, float]

#: From so many minutes on foot the sheet tells to look for another way.
_FAR_MINUTES = 45
#: How to join, for a sheet that must not tell what it is: own text is not copied there.
_PLAIN_WAYS = (
    (re.compile(r"\bbinnenlopen\b"), "U kunt zo binnenlopen."),
    (re.compile(r"\bafspraak\b"), "Maak eerst een afspraak."),
)


class Variant(StrEnum):
    """Which sheet: the usual one, or one that betrays nothing to who finds it at home."""

    GEWOON = "gewoon"
    NEUTRAAL = "neutraal"


#: The name of the file tells nothing, whichever sheet it is.
FILE_NAME = "afspraken-en-adressen.pdf"
TITLES = {Variant.GEWOON: "Adressen voor u", Variant.NEUTRAAL: "Afspraken en adressen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """
    One offer on the sheet, in words.

    Attributes
    ----------
    nummer
        From 1; also on the map when `plek` is known.
    naam, van, zin
        What it is and whose; empty on a neutral sheet, but for `naam`, which then is `Adres 1`.
    regels
        Label and lines, in the order to read.
    telefoon
        As to be shown; `bel` is the same to dial.
    let_op
        A warning in one sentence; empty when there is none.
    plek
        (lon, lat) in WGS84 degrees; None without a place.
    """

    nummer: int
    naam: str
    van: str
    zin: str
    regels: tuple[tuple[str, tuple[str, ...]], ...]
    telefoon: str
    let_op: str
    plek: Place | None

    @property
    def bel(self) -> str:
        """The phone number as a telephone takes it."""
        return re.sub(r"[^0-9+]", "", self.telefoon)


def sheet_items(
    chosen: Sequence[tuple[Aanbod, Actor]], start: Place | None, variant: Variant, today: date
) -> list[SheetItem]:
    """
    Put offers on a sheet, in the order chosen; those that have stopped are left out.

    Parameters
    ----------
    chosen
        Offers with their actors, cut to what everybody may see.
    start
        (lon, lat) where the way begins, WGS84 degrees; None when not said.
    variant
        Which sheet.
    today
        Day by the one clock.
    """
    usable = [
        pair for pair in chosen if effective_status(pair[0], pair[1], today) is not Status.GESTOPT
    ]
    return [
        _item(number, offer, owner, start, variant, today)
        for number, (offer, owner) in enumerate(usable, start=1)
    ]


def say_way(way: Way) -> str:
    """Say the way on foot: `Ongeveer 850 meter lopen, 11 minuten, naar het noordoosten.`"""
    if not way.richting:
        return "Dit is vlak bij het begin."
    if way.minuten > _FAR_MINUTES:
        return (
            f"Ongeveer {_say_metres(way.meter)}, naar {way.richting}. "
            "Dat is ver om te lopen: neem de fiets of de bus."
        )
    minutes = "1 minuut" if way.minuten == 1 else f"{way.minuten} minuten"
    return f"Ongeveer {_say_metres(way.meter)} lopen, {minutes}, naar {way.richting}."


def _item(
    number: int, offer: Aanbod, owner: Actor, start: Place | None, variant: Variant, today: date
) -> SheetItem:
    neutral = variant is Variant.NEUTRAAL
    place = None if offer.lon is None or offer.lat is None else (offer.lon, offer.lat)
    lines = (
        ("Waar", _where(offer, place, neutral)),
        ("Zo komt u er", _route(place, start)),
        ("Wanneer", tuple(_capital(phrase) for phrase in say_hours(offer.wanneer))),
        ("Kosten", _one(_capital(_say_price(offer)))),
        ("Zo doet u mee", _one(_join(offer, owner, neutral))),
        ("Talen", () if neutral else _other_languages(offer)),
        ("Tot wanneer", _one(f"Tot en met {say_date(offer.loopt_tot)}" if offer.loopt_tot else "")),
    )
    return SheetItem(
        nummer=number,
        naam=f"Adres {number}" if neutral else offer.naam,
        van="" if neutral else owner.naam,
        zin="" if neutral else first_sentence(offer.omschrijving),
        regels=tuple((label, said) for label, said in lines if said),
        telefoon=owner.telefoon,
        let_op=_warning(offer, owner, today),
        plek=place,
    )


def _where(offer: Aanbod, place: Place | None, neutral: bool) -> tuple[str, ...]:
    town = f"{offer.postcode} {offer.plaats}".strip()
    if offer.adres:
        return (f"{offer.adres}, {town}" if town else offer.adres,)
    if place is not None:
        return ("Zie het nummer op het kaartje.",)
    if neutral or offer.vorm is Vorm.COLLECTIEF:
        return ("Vraag eerst waar het is.",)
    return ("Er is geen vast adres: bij u thuis, per telefoon of in overleg.",)


def _route(place: Place | None, start: Place | None) -> tuple[str, ...]:
    return (say_way(find_way(start, place)),) if place and start else ()


def _say_price(offer: Aanbod) -> str:
    cost = say_cost(offer.kosten)
    return f"{cost} per keer" if cost.startswith("€") else cost


def _join(offer: Aanbod, owner: Actor, neutral: bool) -> str:
    if not neutral:
        return _sentence(offer.aanmelden)
    for pattern, words in _PLAIN_WAYS:
        if pattern.search(offer.aanmelden):
            return words
    return "Bel eerst." if owner.telefoon else ""


def _other_languages(offer: Aanbod) -> tuple[str, ...]:
    if set(offer.talen) <= {"nl"}:
        return ()
    return (_capital(join_words(say_languages(offer.talen))),)


def _warning(offer: Aanbod, owner: Actor, today: date) -> str:
    if effective_status(offer, owner, today) is Status.GEPAUZEERD:
        return "Dit is nu even gestopt. Bel eerst om te vragen wanneer het weer begint."
    if not is_confirmed(offer, today):
        return "Bel eerst: wij weten niet zeker of dit nog klopt."
    return ""


def _say_metres(metres: float) -> str:
    if metres >= 1000:
        return f"{metres / 1000:.1f} kilometer".replace(".", ",").replace(",0 ", " ")
    return f"{max(50, round(metres / 50) * 50)} meter"


def _sentence(text: str) -> str:
    said = _capital(text.strip())
    return said if not said or said[-1] in ".!?" else f"{said}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
