"""What a place of OpenStreetMap is on a social map: its tags, read as the cells of an actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from socialmap.domain.codes import Soort, Status
from socialmap.domain.osm import Element, source_of
from socialmap.geo.tables import read_table

#: A value of the table that stands for every value, and a kind that is never put on a map.
_ANY, _NEVER = "*", "nooit"
_COLUMNS = ("sleutel", "waarde", "soort", "type", "themas", "doelgroepen")
#: The number of somebody's own phone: whose it is, the map does not know.
_MOBILE = re.compile(r"^(?:\+|00)?(?:31)?\D*0?\D*6")
_DUTCH_POSTCODE = re.compile(r"^([1-9][0-9]{3}) ?([A-Za-z]{2})$")


@dataclass(frozen=True, slots=True)
class OsmPlace:
    """
    An element of OpenStreetMap with a point.

    Attributes
    ----------
    lon, lat
        WGS84 degrees; of a surface a point on it. Both None when the file does not say where.
    """

    element: Element
    number: int
    tags: Mapping[str, str]
    lon: float | None
    lat: float | None

    @property
    def key(self) -> str:
        """Id of the record that is made of it; the same at every import."""
        return f"OSM-{self.element[0]}{self.number}"


@dataclass(frozen=True, slots=True)
class TagWord:
    """One row of `osm.csv`: what a tag says of a place."""

    sleutel: str
    waarde: str
    soort: str
    type: str
    themas: tuple[str, ...]
    doelgroepen: tuple[str, ...]

    def fits(self, tags: Mapping[str, str]) -> bool:
        """Tell whether a place has this tag; a tag may hold several values with `;`."""
        value = tags.get(self.sleutel, "")
        parts = [part.strip() for part in value.split(";")]
        return bool(value) and (self.waarde == _ANY or self.waarde in parts)


def read_tag_words(folder: Path) -> tuple[TagWord, ...]:
    """
    Read `osm.csv` in its order: the first row with a kind that fits says what a place is.

    Raises
    ------
    BoundaryFaults
        If the file is missing or its columns are others.
    """
    rows = [row.cells for row in read_table(folder / "osm.csv", _COLUMNS)]
    return tuple(
        TagWord(
            row["sleutel"],
            row["waarde"],
            row["soort"],
            row["type"],
            _codes(row["themas"]),
            _codes(row["doelgroepen"]),
        )
        for row in rows
    )


def keys_that_count(words: Iterable[TagWord]) -> tuple[str, ...]:
    """Name the keys of which an element needs one to be looked at."""
    known = (word.sleutel for word in words if word.soort in tuple(Soort))
    return tuple(dict.fromkeys(known))


def cells_of(place: OsmPlace, words: Sequence[TagWord]) -> dict[str, str] | None:
    """
    Give the cells of a place, without the empty ones; None when it is nothing for a social map.

    Who runs it (`operator`), mail addresses and mobile numbers are left out: they may be of a
    person. `wanneer` is the opening hours as they stand in OpenStreetMap.
    """
    fitting = [word for word in words if word.fits(place.tags)]
    kinds = [word.soort for word in fitting if word.soort]
    if not kinds or _NEVER in kinds:
        return None
    # What says more of the same kind of place comes later in the table, as the religion does.
    kind = next(word for word in fitting if word.soort)
    types = [word.type for word in fitting if word.type and not word.soort]
    tags = place.tags
    cells = {
        "id": place.key,
        "naam": " ".join(tags.get("name", "").split()),
        "soort": kind.soort,
        "type": types[0] if types else kind.type,
        "themas": _join(word.themas for word in fitting),
        "doelgroepen": _join(word.doelgroepen for word in fitting),
        "adres": _address(tags),
        "postcode": _postcode(tags.get("addr:postcode", "")),
        "plaats": tags.get("addr:city", ""),
        "lon": "" if place.lon is None else f"{place.lon:.6f}",
        "lat": "" if place.lat is None else f"{place.lat:.6f}",
        "website": _website(tags),
        "telefoon": _phone(tags),
        "zichtbaarheid": "openbaar",
        "status": Status.ACTIEF.value,
        "bron": source_of(place.element, place.number),
        "wanneer": tags.get("opening_hours", ""),
    }
    return {name: text for name, text in cells.items() if text}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _join(lists: Iterable[Sequence[str]]) -> str:
    return "|".join(dict.fromkeys(code for codes in lists for code in codes))


def _address(tags: Mapping[str, str]) -> str:
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
    return f"{street} {number}".strip() if street else ""


def _postcode(text: str) -> str:
    found = _DUTCH_POSTCODE.match(text.strip())
    return f"{found[1]} {found[2].upper()}" if found else ""


def _website(tags: Mapping[str, str]) -> str:
    found = (tags.get("website") or tags.get("contact:website") or "").split(";")[0].strip()
    return found if not found or "://" in found else f"https://{found}"


def _phone(tags: Mapping[str, str]) -> str:
    found = (tags.get("phone") or tags.get("contact:phone") or "").split(";")[0].strip()
    return "" if _MOBILE.match(found) else found
