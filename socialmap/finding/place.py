"""Turn what somebody fills in for a place into a point: postcode, name of an area, or address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Gebied
from socialmap.domain.privacy import Lezer
from socialmap.finding.geocoder import GeocoderError, find_address
from socialmap.geo.point import PointCheck, check_point
from socialmap.store.areas import list_areas
from socialmap.store.postcodes import places_of_postcode
from socialmap.store.rows import search_name

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Za-z]{2})?")
_LONLAT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")
#: Longest place that is looked at.
MOST_CHARACTERS = 120
_MOST_NAMED = 6
_LEVELS = {
    Gebiedsniveau.BUURT: "buurt",
    Gebiedsniveau.WIJK: "wijk",
    Gebiedsniveau.GEMEENTE: "gemeente",
    Gebiedsniveau.TEAMGEBIED: "teamgebied",
    Gebiedsniveau.EIGEN: "gebied",
}


class Plekbron(StrEnum):
    """How a place was found."""

    PUNT = "punt"
    POSTCODE = "postcode"
    GEBIED = "gebied"
    ADRES = "adres"


class PlaceError(SocialMapError):
    """A place cannot be found; the message says what to do.

    Attributes
    ----------
    may_ask
        Whether the address service may know it, after a press on the button.
    """

    def __init__(self, message: str, *, may_ask: bool = False) -> None:
        super().__init__(message)
        self.may_ask = may_ask


@dataclass(frozen=True, slots=True)
class Plek:
    """A point (WGS84 degrees) with how it was found and what it is called."""

    lon: float
    lat: float
    bron: Plekbron
    naam: str


def find_place(
    conn: Connection, text: str, lezer: Lezer, today: date, geocoder: str | None = None
) -> Plek:
    """
    Find a place.

    Coordinates, then a postcode that records carry, then an area by its name; the address service
    only when it is given, and only for what these do not know.

    Parameters
    ----------
    conn
        A reading connection.
    text
        `lon,lat`, a postcode of four or six signs, a name, or an address.
    lezer, today
        Who reads, and the day.
    geocoder
        Address of the address service, once somebody pressed the button; else None.

    Raises
    ------
    PlaceError
        When it is not known, when more areas have this name, or when the service is away.
    """
    text = " ".join(text.split())
    if not text or len(text) > MOST_CHARACTERS:
        raise PlaceError("Vul een postcode, buurt of adres in, of kies een plek op de kaart.")
    found = _read_point(text) or _by_postcode(conn, text, lezer, today) or _by_name(conn, text)
    if found is not None:
        return found
    if geocoder is None:
        raise PlaceError(
            "Deze plek kennen wij niet. Probeer een postcode of de naam van een buurt, "
            "of kies een plek op de kaart.",
            may_ask=True,
        )
    return _ask(text, geocoder)


def require_here(lon: float, lat: float) -> None:
    """Refuse a point (WGS84 degrees) that is not in the Netherlands, or not in degrees."""
    if check_point(lon, lat) is not PointCheck.OK:
        raise PlaceError(
            "Deze plek ligt niet in Nederland. Geef eerst de lengtegraad en dan de breedtegraad, "
            "zoals 4.64,52.38."
        )


def read_postcode(text: str) -> str | None:
    """Give a postcode without space in capitals, four or six signs; None when it is none."""
    match = _POSTCODE.fullmatch(text.strip())
    return None if match is None else match[1] + (match[2] or "").upper()


def _read_point(text: str) -> Plek | None:
    match = _LONLAT.fullmatch(text)
    if match is None:
        return None
    lon, lat = float(match[1]), float(match[2])
    require_here(lon, lat)
    return Plek(lon, lat, Plekbron.PUNT, "de plek op de kaart")


def _by_postcode(conn: Connection, text: str, lezer: Lezer, today: date) -> Plek | None:
    postcode = read_postcode(text)
    if postcode is None:
        return None
    # A postcode that no record carries whole lies near the others with the same digits.
    for code in dict.fromkeys((postcode, postcode[:4])):
        points = places_of_postcode(conn, code, lezer, today)
        if points:
            lon, lat = (fmean(values) for values in zip(*points, strict=True))
            return Plek(round(lon, 6), round(lat, 6), Plekbron.POSTCODE, f"postcode {code}")
    return None


def _by_name(conn: Connection, text: str) -> Plek | None:
    wanted = search_name(text)
    areas = list_areas(conn)
    named: Mapping[str, list[Gebied]] = {
        "zo": [area for area in areas if search_name(area.naam) == wanted],
        "begin": [area for area in areas if search_name(area.naam).startswith(f"{wanted} ")],
    }
    for found in named.values():
        # Where a wijk and its buurt share a name, the smallest says best where somebody is.
        smallest = [area for area in found if area.niveau is found[0].niveau]
        if len(smallest) == 1:
            area = smallest[0]
            name = f"{_LEVELS[area.niveau]} {area.naam}"
            return Plek(area.lon, area.lat, Plekbron.GEBIED, name)
        if smallest:
            listed = ", ".join(area.naam for area in smallest[:_MOST_NAMED])
            raise PlaceError(f"Meer gebieden heten zo: {listed}. Geef een postcode.")
    return None


def _ask(text: str, geocoder: str) -> Plek:
    try:
        address = find_address(geocoder, text)
    except GeocoderError:
        raise PlaceError(
            "De adresdienst geeft nu geen antwoord. Probeer een postcode of de naam van een "
            "buurt, of kies een plek op de kaart."
        ) from None
    if address is None:
        raise PlaceError("Dit adres bestaat niet. Kijk of straat, nummer en plaats kloppen.")
    return Plek(address.lon, address.lat, Plekbron.ADRES, address.naam)
