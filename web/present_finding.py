"""Say the answer to a question in the words of a page: results, near misses, who could know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from socialmap.domain.codes import Soort, Status, Vorm
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.status import effective_status
from socialmap.finding.place import Plek, Plekbron
from socialmap.finding.question import (
    Antwoord,
    Reden,
    Redensoort,
    Treffer,
    Uitgesloten,
    Zekerheid,
)
from socialmap.geo.measure import WALKING_FACTOR
from web.present import actor_url, badge, offer_url, say_today_of
from web.present_hours import say_hours_briefly
from web.present_words import first_sentence, say_ages, say_cost, say_number

#: What the card says in a place of its own is not said again as a reason.
_SAID_ELSEWHERE = (Redensoort.AFSTAND, Redensoort.VERSHEID, Redensoort.INTRODUCTIE)
_ROUND_M = 10
_KILOMETRE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    One offer in the list.

    Attributes
    ----------
    lon, lat
        WGS84 degrees of its place; None without one.
    vandaag
        Whether it is open today, and the words; None without hours.
    praktisch
        Icon and text.
    redenen
        `soort` and `tekst`, as macro `chips` takes them.
    via
        Kind and name of who can introduce, from the one who asks to the actor; None: nobody known.
    """

    nummer: int
    id: str
    url: str
    naam: str
    lijn: int | None
    soort: str
    van: str
    van_url: str
    zin: str
    lon: float | None
    lat: float | None
    vandaag: tuple[bool, str] | None
    praktisch: tuple[tuple[str, str], ...]
    versheid: tuple[str, str]
    redenen: tuple[dict[str, str], ...]
    via: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    The whole answer, ready for the page.

    Attributes
    ----------
    behoeften
        The needs heard when the question was split; empty otherwise.
    bijna
        Name, address and reason of each offer that was left out.
    weten
        Address and name of the wijkteams that could know.
    plek
        Longitude, latitude, straight metres of the reach (None: no bound) and name of the place.
    """

    gevaar: bool
    zekerheid: str
    treffers: tuple[Result, ...]
    behoeften: tuple[str, ...]
    bijna: tuple[tuple[str, str, str], ...]
    weten: tuple[tuple[str, str], ...]
    plek: tuple[float, float, int | None, str] | None
    vaag: bool


@dataclass(frozen=True, slots=True)
class Records:
    """Offers and actors by id, each as the reader may see them, and the day."""

    offers: Mapping[str, Aanbod]
    actors: Mapping[str, Actor]
    today: date


def present_answer(
    found: Antwoord,
    records: Records,
    plek: Plek | None,
    straal_m: int | None,
    knowers: Sequence[Actor],
    *,
    along: bool,
) -> Answer:
    """
    Put an answer in the words of the page.

    Parameters
    ----------
    found, plek
        From `finding_input.answer`.
    records
        All offers, their actors and all introducers of the answer.
    straal_m
        Farthest walking metres asked for.
    knowers
        Wijkteams that work where the question was asked from.
    along
        Whether the resident looks along: then no introductions and no private persons.
    """
    shown = [one for one in found.treffers if _may_show(one.aanbod_id, records, along=along)]
    left_out = [one for one in found.uitgesloten if _may_show(one.aanbod_id, records, along=along)]
    split = found.behoeften if len(found.behoeften) > 1 else ()
    reach = None if straal_m is None else round(straal_m / WALKING_FACTOR)
    return Answer(
        gevaar=bool(found.gevaar),
        zekerheid=(found.zekerheid if shown else Zekerheid.GEEN).value,
        treffers=tuple(
            _result(number, one, records, along=along) for number, one in enumerate(shown, start=1)
        ),
        behoeften=split,
        bijna=tuple(_near_miss(one) for one in left_out),
        weten=tuple((actor_url(actor.id), actor.naam) for actor in knowers),
        plek=None if plek is None else (plek.lon, plek.lat, reach, plek.naam),
        vaag=plek is not None and plek.bron in (Plekbron.GEBIED, Plekbron.POSTCODE),
    )


def _may_show(aanbod_id: str, records: Records, *, along: bool) -> bool:
    offer = records.offers.get(aanbod_id)
    if offer is None or offer.actor_id not in records.actors:
        return False
    return not along or records.actors[offer.actor_id].soort is not Soort.SLEUTELFIGUUR


def _result(number: int, one: Treffer, records: Records, *, along: bool) -> Result:
    offer, day = records.offers[one.aanbod_id], records.today
    owner = records.actors[offer.actor_id]
    status = effective_status(offer, owner, day)
    hours = say_today_of(offer, status, day)
    return Result(
        nummer=number,
        id=offer.id,
        url=offer_url(offer.id),
        naam=offer.naam,
        lijn=None if offer.lijn is None else int(offer.lijn),
        soort=owner.soort.value,
        van=owner.naam,
        van_url=actor_url(owner.id),
        zin=first_sentence(offer.omschrijving),
        lon=offer.lon,
        lat=offer.lat,
        vandaag=None if hours is None else (hours.open, hours.tekst),
        praktisch=_practical(offer, status, one.afstand_m, said_today=hours is not None),
        versheid=badge(offer, day),
        redenen=tuple(_chip(why) for why in one.waarom if why.soort not in _SAID_ELSEWHERE),
        via=None if along else _introduction(one, records),
    )


def _practical(
    offer: Aanbod, status: Status, distance_m: float | None, *, said_today: bool
) -> tuple[tuple[str, str], ...]:
    hours = say_hours_briefly(offer.wanneer) if status is Status.ACTIEF and not said_today else ""
    rows = (
        ("klok", hours),
        ("lopen", say_walk(distance_m)),
        ("huis", _say_without_place(offer)),
        ("euro", say_cost(offer.kosten) or "kosten niet bekend"),
        ("mensen", say_ages(offer.min_leeftijd, offer.max_leeftijd)),
    )
    return tuple((icon, text) for icon, text in rows if text)


def say_walk(distance_m: float | None) -> str:
    """Say a walking distance in metres: `320 m lopen`, `1,7 km lopen`; nothing when unknown."""
    if distance_m is None:
        return ""
    rounded = max(_ROUND_M, int(round(distance_m / _ROUND_M) * _ROUND_M))
    if rounded < _KILOMETRE:
        return f"{say_number(rounded)} m lopen"
    return f"{distance_m / _KILOMETRE:.1f}".replace(".", ",") + " km lopen"


def _say_without_place(offer: Aanbod) -> str:
    if offer.lon is not None:
        return ""
    return "zonder vaste plek" if offer.vorm is Vorm.INDIVIDUEEL else "plek niet bekend"


def _chip(why: Reden) -> dict[str, str]:
    kind = "let_op" if why.soort is Redensoort.STATUS else "voor"
    return {
        "soort": "neutraal" if why.soort is Redensoort.LIJN else kind,
        "tekst": why.tekst.removesuffix("."),
    }


def _introduction(one: Treffer, records: Records) -> tuple[tuple[str, str], ...] | None:
    """Give the path; whole or not at all, so that no hidden actor shows by its gap."""
    path = one.introductie
    if path is None or any(key not in records.actors for key in path):
        return None
    return tuple((records.actors[key].soort.value, records.actors[key].naam) for key in path)


def _near_miss(one: Uitgesloten) -> tuple[str, str, str]:
    return one.naam, offer_url(one.aanbod_id), one.reden
