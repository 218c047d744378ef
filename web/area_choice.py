"""Let somebody say which area is meant: by a postcode, by its name, or by a link."""

from __future__ import annotations

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied
from socialmap.finding.place import MOST_CHARACTERS, PlaceError, find_by_name, find_place
from socialmap.finding.place import read_postcode as is_postcode
from socialmap.store.areas import get_area, list_areas
from socialmap.store.records import known_ids
from web.context import connection, lezer, services, today

#: With more areas than this a list of names is too long to send along.
_MOST_NAMES = 1000


def chosen_area(gebied: str, plek: str) -> Gebied | None:
    """
    Give the area that a form or link means.

    Parameters
    ----------
    gebied
        Code of an area; goes before the words.
    plek
        A postcode, of which the buurt is meant, or the name of an area.

    Returns
    -------
    Gebied or None
        None when nothing was filled in.

    Raises
    ------
    PlaceError
        When there is no such area; says what to do.
    """
    if gebied:
        if not known_ids(connection(), "gebied", [gebied[:80]]):
            raise PlaceError(
                "Dit gebied is er niet. Vul een postcode in, of de naam van een buurt."
            )
        return get_area(connection(), gebied)
    words = " ".join(plek.split())[: MOST_CHARACTERS + 1]
    if not words:
        return None
    if is_postcode(words):
        return _around(words)
    found = find_by_name(list_areas(connection()), words)
    if found is None:
        raise PlaceError(
            "Dit gebied kennen wij niet. Vul een postcode in, of de naam van een buurt of wijk."
        )
    return found


def area_choices() -> list[str]:
    """List names to choose from while typing: wijken and what is larger first, then buurten."""
    areas = list_areas(connection())
    if len(areas) > _MOST_NAMES:
        areas = [area for area in areas if area.niveau is not Gebiedsniveau.BUURT]
    small = [area.naam for area in areas if area.niveau is Gebiedsniveau.BUURT]
    large = [area.naam for area in areas if area.buurten and area.naam not in small]
    return list(dict.fromkeys([*large, *small]))[:_MOST_NAMES]


def _around(postcode: str) -> Gebied:
    place = find_place(connection(), postcode, lezer(), today())
    codes = services().finder.here.areas(connection(), place.lon, place.lat)
    if not codes:
        raise PlaceError(
            "Deze postcode ligt in geen gebied van deze kaart. Kies een buurt of wijk."
        )
    return get_area(connection(), codes[0])
