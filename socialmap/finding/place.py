"""Turn what somebody fills in for a place into a point: postcode, name of an area, or address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Gebied
from socialmap.domain.privacy import Lezer
from socialmap.finding.geocoder import Address, GeocoderError, find_address
from socialmap.geo.point import PointCheck, check_point
from socialmap.store.areas import list_areas
from socialmap.store.postcodes import point_of_postcode
from socialmap.store.rows import search_name

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Za-z]{2})?", re.ASCII)
_LONLAT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
#: Longest place that is looked at.
MOST_CHARACTERS = 120
_MOST_NAMED = 6
#: Letters that the beginning of a name must have, and a name with a typing error.
_SHORTEST_START, _SHORTEST_MISSPELT = 3, 6
#: How alike (0 to 100) a name with a typing error must be, and how far the next must stay behind.
_ALIKE, _APART = 87.0, 4.0
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
        point = point_of_postcode(conn, code, lezer, today)
        if point is not None:
            lon, lat = (round(value, 6) for value in point)
            return Plek(lon, lat, Plekbron.POSTCODE, f"postcode {code}")
    return None


def _by_name(conn: Connection, text: str) -> Plek | None:
    area = find_by_name(list_areas(conn), text)
    if area is None:
        return None
    return Plek(area.lon, area.lat, Plekbron.GEBIED, f"{_LEVELS[area.niveau]} {area.naam}")


def find_by_name(areas: Sequence[Gebied], text: str) -> Gebied | None:
    """
    Find an area by what somebody calls it.

    The whole name, then a name that holds these words, then one that begins like this, then one
    with a typing error; a later way only counts when an earlier one gives nothing.

    Parameters
    ----------
    areas
        From small to large.
    text
        What was filled in.

    Raises
    ------
    PlaceError
        When more areas are meant; names them.
    """
    wanted = _fold(text)
    named = [(_fold(area.naam), area) for area in areas]
    ways: list[Callable[[str], bool]] = [
        lambda name: name == wanted,
        lambda name: f" {wanted} " in f" {name} ",
        lambda name: len(wanted) >= _SHORTEST_START and name.startswith(wanted),
    ]
    if not wanted:
        return None
    for fits in ways:
        if found := [area for name, area in named if fits(name)]:
            return _only(found, areas)
    return _only(_misspelt(wanted, named), areas)


def _fold(text: str) -> str:
    """Fold a name; "ij" and "y" sound the same, and a hyphen is a space."""
    return " ".join(search_name(text).replace("-", " ").replace("ij", "y").split())


def _misspelt(wanted: str, named: Sequence[tuple[str, Gebied]]) -> list[Gebied]:
    if len(wanted) < _SHORTEST_MISSPELT:
        return []
    scores = {name: fuzz.ratio(wanted, name) for name, _ in named if _digits(name, wanted)}
    best = max(scores.values(), default=0.0)
    if best < _ALIKE:
        return []
    return [area for name, area in named if scores.get(name, 0.0) > best - _APART]


def _digits(name: str, other: str) -> bool:
    """Tell whether two names hold the same digits: "Noord 1" is no typing error of "Noord 2"."""
    return re.findall(r"\d", name) == re.findall(r"\d", other)


def _only(found: Sequence[Gebied], areas: Sequence[Gebied]) -> Gebied | None:
    """Give the smallest where the others lie around it, such as a buurt in the wijk of its name."""
    if not found:
        return None
    smallest, *others = found
    alike = all(_fold(area.naam) == _fold(smallest.naam) for area in others)
    if alike and all(_holds(area, smallest) for area in others):
        return smallest
    listed = [_describe(area, areas) for area in found[:_MOST_NAMED]]
    more = "" if len(found) <= _MOST_NAMED else " en nog meer"
    raise PlaceError(
        f"Meer gebieden heten zo: {', '.join(listed)}{more}. Geef de hele naam of een postcode."
    )


def _holds(large: Gebied, small: Gebied) -> bool:
    return large.niveau is not small.niveau and set(small.buurten) <= set(large.buurten)


def _describe(area: Gebied, areas: Sequence[Gebied]) -> str:
    """Name an area; with its gemeente where another one has the same name."""
    said = f"{_LEVELS[area.niveau]} {area.naam}"
    if sum(_fold(other.naam) == _fold(area.naam) for other in areas) < 2:
        return said
    around = [a for a in areas if a.niveau is Gebiedsniveau.GEMEENTE and _holds(a, area)]
    return f"{said} in {around[0].naam}" if around else said


def _ask(text: str, geocoder: str) -> Plek:
    address: Address | None = None
    answered = False
    with suppress(GeocoderError):
        address = find_address(geocoder, text)
        answered = True
    if not answered:
        raise PlaceError(
            "De adresdienst geeft nu geen antwoord. Probeer een postcode of de naam van een "
            "buurt, of kies een plek op de kaart."
        )
    if address is None:
        raise PlaceError("Dit adres bestaat niet. Kijk of straat, nummer en plaats kloppen.")
    return Plek(address.lon, address.lat, Plekbron.ADRES, address.naam)
