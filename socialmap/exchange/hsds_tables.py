"""The tables of an HSDS 3.1 data package: from nested objects to rows, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
Rows = dict[str, list[Json]]

#: Files of the package and their columns, as far as a social map fills them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": (
        "id",
        "name",
        "description",
        "email",
        "website",
        "parent_organization_id",
    ),
    "organization_identifiers": (
        "id",
        "organization_id",
        "identifier_scheme",
        "identifier_type",
        "identifier",
    ),
    "services": (
        "id",
        "organization_id",
        "name",
        "description",
        "status",
        "application_process",
        "fees_description",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "assured_date",
    ),
    "locations": ("id", "location_type", "organization_id", "name", "latitude", "longitude"),
    "addresses": (
        "id",
        "location_id",
        "address_1",
        "city",
        "state_province",
        "postal_code",
        "country",
        "address_type",
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "phones": ("id", "organization_id", "number"),
    "schedules": (
        "id",
        "service_id",
        "valid_to",
        "freq",
        "interval",
        "wkst",
        "byday",
        "opens_at",
        "closes_at",
        "description",
    ),
    "service_areas": ("id", "service_id", "name", "uri"),
    "languages": ("id", "service_id", "name", "code"),
    "cost_options": ("id", "service_id", "option", "currency", "amount"),
    "attributes": (
        "id",
        "link_id",
        "taxonomy_term_id",
        "link_type",
        "link_entity",
        "value",
        "label",
    ),
    "taxonomies": ("id", "name", "description", "version"),
    "taxonomy_terms": ("id", "code", "name", "description", "taxonomy", "language", "taxonomy_id"),
}
#: Every table that the standard has for what hangs on an organisation or a service.
TABLES = frozenset(COLUMNS) | {
    "accessibility",
    "contacts",
    "funding",
    "programs",
    "required_documents",
    "service_capacity",
    "url",
}
_OF_ORGANIZATION = ("organization_identifiers", "phones", "locations", "funding", "contacts")
_OF_SERVICE = (
    "phones",
    "schedules",
    "service_areas",
    "languages",
    "cost_options",
    "funding",
    "contacts",
    "required_documents",
)


def to_rows(organizations: Sequence[Json], services: Sequence[Json]) -> Rows:
    """
    Spread nested objects over tables.

    Parameters
    ----------
    organizations, services
        As `hsds_write.Writer` makes them.

    Returns
    -------
    rows
        By table, in the order of `COLUMNS`; keys to other tables are filled in.
    """
    rows: Rows = {name: [] for name in COLUMNS}
    for record in organizations:
        rows["organizations"].append(record)
        key = record["id"]
        for name in ("organization_identifiers", "phones"):
            rows[name] += [{**child, "organization_id": key} for child in record.get(name, ())]
        for place in record.get("locations", ()):
            _add_place(rows, {**place, "organization_id": key})
        _add_attributes(rows, record)
    for record in services:
        rows["services"].append(record)
        key = record["id"]
        for name in ("schedules", "service_areas", "languages", "cost_options"):
            rows[name] += [{**child, "service_id": key} for child in record.get(name, ())]
        for at in record.get("service_at_locations", ()):
            place = at["location"]
            _add_place(rows, place)
            link = {"id": at["id"], "service_id": key, "location_id": place["id"]}
            rows["service_at_location"].append(link)
        _add_attributes(rows, record)
    return rows


def from_rows(rows: Mapping[str, Sequence[Json]]) -> tuple[list[Json], list[Json]]:
    """
    Put rows together as nested objects.

    Parameters
    ----------
    rows
        By table; a table that is missing counts as empty. Not modified.

    Returns
    -------
    organizations, services
        In the order of their files, with what the rows of other tables hang on them.
    """
    terms = {row.get("id"): row for row in rows.get("taxonomy_terms", ())}
    attributes = [
        {**row, "taxonomy_term": terms.get(row.get("taxonomy_term_id"), {})}
        for row in rows.get("attributes", ())
    ]
    marks = _group(attributes, "link_id")
    addresses = _group(rows.get("addresses", ()), "location_id")
    access = _group(rows.get("accessibility", ()), "location_id")
    places = [
        {
            **row,
            "addresses": addresses.get(row.get("id"), []),
            "accessibility": access.get(row.get("id"), []),
        }
        for row in rows.get("locations", ())
    ]
    hung = {**rows, "locations": places}
    organizations = [
        {**row, "attributes": marks.get(row.get("id"), [])} for row in rows.get("organizations", ())
    ]
    _hang(organizations, hung, _OF_ORGANIZATION, "organization_id")
    services = [
        {**row, "attributes": marks.get(row.get("id"), [])} for row in rows.get("services", ())
    ]
    _hang(services, hung, _OF_SERVICE, "service_id")
    by_id = {place.get("id"): place for place in places}
    links = [
        {**row, "location": by_id.get(row.get("location_id"), {})}
        for row in rows.get("service_at_location", ())
    ]
    at = _group(links, "service_id")
    for service in services:
        service["service_at_locations"] = at.get(service.get("id"), [])
    return organizations, services


def _add_place(rows: Rows, place: Json) -> None:
    rows["locations"].append(place)
    rows["addresses"] += [
        {**address, "location_id": place["id"]} for address in place.get("addresses", ())
    ]


def _add_attributes(rows: Rows, record: Json) -> None:
    rows["attributes"] += [
        {**attribute, "taxonomy_term_id": attribute["taxonomy_term"]["id"]}
        for attribute in record["attributes"]
    ]


def _hang(
    records: Sequence[Json], rows: Mapping[str, Sequence[Json]], names: Sequence[str], key: str
) -> None:
    for name in names:
        by_record = _group(rows.get(name, ()), key)
        for record in records:
            record[name] = by_record.get(record.get("id"), [])


def _group(rows: Sequence[Json], key: str) -> dict[Any, list[Json]]:
    found: defaultdict[Any, list[Json]] = defaultdict(list)
    for row in rows:
        if row.get(key):
            found[row[key]].append(row)
    return found
