"""Read organisations and services of HSDS 3.1 as cells of the exchange format, whoever made them.

Everything here may come from anybody: a field of another kind than HSDS says counts as empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from socialmap.exchange import hsds_words as words
from socialmap.exchange.hsds_schedule import from_schedules

Cells = dict[str, str]
Record = Mapping[str, Any]

_STATUS = {
    "active": "actief",
    "inactive": "gepauzeerd",
    "temporarily closed": "gepauzeerd",
    "defunct": "gestopt",
}


#: No price of an offer is above this; what is, is left out rather than written with all its zeros.
_DEAREST = 1_000_000


def text_of(record: Record, name: str) -> str:
    """Give a field as text; empty where it is missing or no text or number."""
    value = record.get(name)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return _number(value)


def items_of(record: Record, name: str) -> list[Record]:
    """Give the objects in a list; empty where it is missing or no list."""
    value = record.get(name)
    found = value if isinstance(value, list) else []
    return [item for item in found if isinstance(item, dict)]


def object_of(record: Record, name: str) -> Record:
    """Give an object; empty where it is missing or none."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def read_organization(record: Record) -> Cells:
    """Read an organisation as cells of `actoren`, as far as HSDS has fields for them."""
    place = (items_of(record, "locations") or [{}])[0]
    phones = [text_of(phone, "number") for phone in items_of(record, "phones")]
    return {
        "naam": text_of(record, "name"),
        "omschrijving": text_of(record, "description"),
        "email": text_of(record, "email"),
        "website": text_of(record, "website"),
        "telefoon": next(filter(None, phones), ""),
        "soort": "|".join(codes_of(record, words.SOORTEN)) or "partner",
        "status": "actief",
        **_place(place),
        **_marks(record),
    }


def read_service(record: Record) -> Cells:
    """Read a service as cells of `aanbod`, as far as HSDS has fields for them."""
    at = (items_of(record, "service_at_locations") or [{}])[0]
    schedules = items_of(record, "schedules") or items_of(at, "schedules")
    areas = items_of(record, "service_areas") or items_of(at, "service_areas")
    codes = [words.read_area(text_of(area, "uri")) for area in areas]
    spoken = [text_of(one, "code") or text_of(one, "name") for one in items_of(record, "languages")]
    return {
        "naam": text_of(record, "name"),
        "omschrijving": text_of(record, "description"),
        "status": _STATUS.get(text_of(record, "status"), "actief"),
        "aanmelden": text_of(record, "application_process"),
        "min_leeftijd": text_of(record, "minimum_age"),
        "max_leeftijd": text_of(record, "maximum_age"),
        "gecontroleerd_op": text_of(record, "assured_date")[:10],
        "wanneer": from_schedules(schedules)[0],
        "werkgebied": "|".join(dict.fromkeys(filter(None, codes))),
        "talen": "|".join(dict.fromkeys(filter(None, spoken))),
        "kosten": read_cost(record),
        **_place(object_of(at, "location")),
        **_marks(record),
    }


def read_cost(record: Record) -> str:
    """Give the one price in euro; empty where there is none, or more than one."""
    options = items_of(record, "cost_options")
    in_euro = [o for o in options if text_of(o, "currency").lower() in ("", "eur")]
    if len(options) != 1 or not in_euro:
        return ""
    try:
        amount = Decimal(text_of(in_euro[0], "amount"))
    except InvalidOperation:
        return ""
    if not amount.is_finite() or not 0 <= amount < _DEAREST:
        return ""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def attributes_of(record: Record, taxonomie: str) -> list[tuple[str, str]]:
    """Give code and value of each attribute of one of our taxonomies, in order."""
    found = []
    for attribute in items_of(record, "attributes"):
        term = object_of(attribute, "taxonomy_term")
        code = text_of(term, "code")
        # The id tells our term from one of another maker that has the same code.
        if code and text_of(term, "id") == words.term_id(taxonomie, code):
            found.append((code, text_of(attribute, "value")))
    return found


def codes_of(record: Record, taxonomie: str) -> list[str]:
    """Give the codes of the attributes of one of our taxonomies."""
    return [code for code, _ in attributes_of(record, taxonomie)]


def own_fields(record: Record) -> Cells:
    """Give the cells that stand as attributes because HSDS has no field for them."""
    return dict(attributes_of(record, words.VELDEN))


def own_key(record: Record) -> str:
    """Give the code that a record has in a social map; empty where another maker wrote it."""
    for one in items_of(record, "organization_identifiers"):
        if text_of(one, "identifier_scheme") == words.SCHEME:
            return text_of(one, "identifier")
    return own_fields(record).get("id", "")


def _marks(record: Record) -> Cells:
    return {
        "lijn": "|".join(codes_of(record, words.LIJNEN)),
        "themas": "|".join(codes_of(record, words.THEMAS)),
        "doelgroepen": "|".join(codes_of(record, words.DOELGROEPEN)),
    }


def _place(location: Record) -> Cells:
    address = _physical(items_of(location, "addresses"))
    return {
        "lon": _degrees(location, "longitude"),
        "lat": _degrees(location, "latitude"),
        "adres": text_of(address, "address_1"),
        "plaats": text_of(address, "city"),
        "postcode": text_of(address, "postal_code"),
    }


def _physical(addresses: Sequence[Record]) -> Record:
    """Give the address to go to: a post box is no place."""
    kept = [a for a in addresses if text_of(a, "address_type") != "postal"]
    return kept[0] if kept else {}


def _degrees(location: Record, name: str) -> str:
    """Write degrees as the cell of a float, so that `4.0` stays `4.0`."""
    value = location.get(name)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 360:
        return repr(float(value))
    return text_of(location, name)


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)
