"""Import HSDS 3.1, of a social map or of anybody else: as tables that the import reads further."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialmap.domain.errors import Fout
from socialmap.domain.fields import AANBOD, ACTOREN, RELATIES, Veld
from socialmap.domain.parse import CellError, read_cell
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange import hsds_words as words
from socialmap.exchange.convert import decimal_point
from socialmap.exchange.hsds_files import Found, Records
from socialmap.exchange.hsds_read import (
    Cells,
    attributes_of,
    items_of,
    object_of,
    own_fields,
    own_key,
    read_cost,
    read_organization,
    read_service,
    text_of,
)
from socialmap.exchange.hsds_schedule import from_schedules
from socialmap.exchange.hsds_terms import Crosswalk, make_crosswalk, read_theme_words
from socialmap.exchange.hsds_write import AANBOD_COLUMNS, ACTOR_COLUMNS
from socialmap.exchange.tables import Findings, Row, Table, count_rows
from socialmap.geo.point import PointCheck, check_point
from socialmap.store.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: What everybody may see of a tie, except its level: that stays as the map has it.
_TIE_COLUMNS = tuple(veld.naam for veld in RELATIES if veld.naam != "zichtbaarheid")
#: Columns that HSDS of another maker can fill; the rest of a record stays as it is.
_FOREIGN_ACTOR = "id naam omschrijving email website telefoon adres plaats postcode lon lat"
_FOREIGN_OFFER = (
    "id actor_id naam omschrijving status aanmelden min_leeftijd max_leeftijd gecontroleerd_op "
    "wanneer werkgebied talen kosten adres plaats postcode lon lat themas "
    "doelgroepen"
)
#: Fields of HSDS that a social map has no place for.
_UNKNOWN_OF_ACTOR = (
    "alternate_name year_incorporated legal_status logo uri parent_organization_id funding "
    "contacts programs additional_websites tax_status tax_id"
)
_UNKNOWN_OF_OFFER = (
    "alternate_name url email additional_urls interpretation_services fees_description "
    "accreditations alert wait_time fees licenses assurer_email eligibility_description phones "
    "funding program required_documents contacts capacities"
)
_MOST_TERMS = 10


@dataclass(slots=True)
class _Notes:
    """What of another maker could not be kept: how often, and where first."""

    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], Found] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    first_unknown: list[Found] = field(default_factory=list)
    terms: dict[str, Found] = field(default_factory=dict)

    def add_unknown(self, found: Found, names: Iterable[str]) -> None:
        """Count the fields of one record that a social map has no place for."""
        filled = [name for name in names if found.record.get(name)]
        self.unknown.update(filled)
        self.first_unknown += [found] if filled else []

    def add(self, found: Found, name: str, melding: str) -> None:
        """Count one record of which a field is not kept."""
        self.count[name, melding] += 1
        self.first.setdefault((name, melding), found)

    def warnings(self) -> Iterable[Fout]:
        """Say each kind once."""
        for (name, melding), found in self.first.items():
            rows = count_rows(self.count[name, melding])
            yield Fout(found.bestand, found.rij, name, f"Bij {rows}: {melding}")
        if self.unknown:
            counted = ", ".join(f"{name} ({n} keer)" for name, n in sorted(self.unknown.items()))
            found = self.first_unknown[0]
            yield Fout(found.bestand, found.rij, "", f"De kaart heeft geen veld voor {counted}.")
        if self.terms:
            shown = ", ".join(list(self.terms)[:_MOST_TERMS])
            more = len(self.terms) - _MOST_TERMS
            tail = f" en nog {more}" if more > 0 else ""
            found = next(iter(self.terms.values()))
            melding = f"Geen thema of doelgroep van de kaart: {shown}{tail}. Voeg zelf thema’s toe."
            yield Fout(found.bestand, found.rij, "attributes", melding)


def read_hsds(conn: Connection, records: Records, findings: Findings) -> list[Table]:
    """Turn records of HSDS into tables for this map; see `to_tables`."""
    # What is embedded comes in by an import itself.
    from socialmap.exchange.embedded import data_folder

    vocabulary = read_vocabulary(conn)
    crosswalk = make_crosswalk(vocabulary, read_theme_words(data_folder() / "woorden"))
    return to_tables(records, vocabulary, crosswalk, findings)


def to_tables(
    records: Records, vocabulary: Vocabulary, crosswalk: Crosswalk, findings: Findings
) -> list[Table]:
    """
    Turn records of HSDS into tables of the exchange format.

    Parameters
    ----------
    records
        As `hsds_files.split_files` found them.
    vocabulary, crosswalk
        Themes and groups of the map, and their names elsewhere.
    findings
        Gets one warning for each kind of thing that is not kept. Of another maker, a cell that
        the map cannot hold is left empty with a warning; of a social map it is a fault later on.

    Returns
    -------
    tables
        A column that is not in a table keeps what the map has.
    """
    notes = _Notes()
    keys = {text_of(found.record, "id"): own_key(found.record) for found in records.organizations}
    tables: list[Table] = [
        *_areas(records.terms),
        *_actors(records.organizations, vocabulary, notes),
        *_offers(records.services, keys, vocabulary, crosswalk, notes),
        *_ties(records.organizations),
    ]
    findings.waarschuwingen += notes.warnings()
    return tables


def _actors(organizations: Sequence[Found], vocabulary: Vocabulary, notes: _Notes) -> list[Table]:
    own, foreign = [], []
    for found in organizations:
        cells = {veld.naam: "" for veld in ACTOREN} | read_organization(found.record)
        # Only of what is new: the map keeps the level of what it has.
        cells["zichtbaarheid"] = "openbaar"
        key = own_key(found.record)
        if key:
            own.append((found, cells | _own(found.record, ACTOR_COLUMNS) | {"id": key}))
            continue
        cells["id"] = text_of(found.record, "id")
        notes.add_unknown(found, _UNKNOWN_OF_ACTOR.split())
        foreign.append((found, _fitting(found, cells, ACTOREN, vocabulary, notes)))
    return [
        *_tables("actoren", [c for c in ACTOR_COLUMNS if c != "zichtbaarheid"], own),
        *_tables("actoren", _FOREIGN_ACTOR.split(), foreign),
    ]


def _offers(
    services: Sequence[Found],
    keys: Mapping[str, str],
    vocabulary: Vocabulary,
    crosswalk: Crosswalk,
    notes: _Notes,
) -> list[Table]:
    own, foreign = [], []
    for found in services:
        record = found.record
        owner = text_of(record, "organization_id") or text_of(
            object_of(record, "organization"), "id"
        )
        cells = {veld.naam: "" for veld in AANBOD} | read_service(record)
        cells["actor_id"] = keys.get(owner) or own_key(object_of(record, "organization")) or owner
        key = own_key(record)
        if key:
            own.append((found, cells | _own(record, AANBOD_COLUMNS) | {"id": key}))
            continue
        cells["id"] = text_of(record, "id")
        _add_terms(found, cells, crosswalk, notes)
        notes.add_unknown(found, _UNKNOWN_OF_OFFER.split())
        _note_service(found, notes)
        foreign.append((found, _fitting(found, cells, AANBOD, vocabulary, notes)))
    return [
        *_tables("aanbod", AANBOD_COLUMNS, own),
        *_tables("aanbod", _FOREIGN_OFFER.split(), foreign),
    ]


def _own(record: Mapping[str, Any], columns: Sequence[str]) -> Cells:
    """Give the cells of a social map, of columns that everybody may see."""
    apart = ("actor_id", "zichtbaarheid")
    fields = own_fields(record).items()
    return {name: text for name, text in fields if name in columns and name not in apart}


def _ties(organizations: Sequence[Found]) -> list[Table]:
    rows = []
    for found in organizations:
        for soort, text in attributes_of(found.record, words.RELATIES):
            cells = {veld.naam: "" for veld in RELATIES} | _read_tie(text)
            cells |= {"van_id": own_key(found.record), "soort": soort, "zichtbaarheid": "openbaar"}
            rows.append((found, cells))
    return _tables("relaties", _TIE_COLUMNS, rows)


def _read_tie(text: str) -> Cells:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: text_of(read, name) for name in _TIE_COLUMNS if name in read}


def _areas(terms: Sequence[Found]) -> list[Table]:
    rows = []
    for found in terms:
        record, code = found.record, text_of(found.record, "code")
        if text_of(record, "id") == words.term_id(words.GEBIEDEN, code):
            niveau, _, leden = text_of(record, "description").partition(": ")
            cells = {"id": code, "naam": text_of(record, "name"), "niveau": niveau, "leden": leden}
            rows.append((found, cells))
    return _tables("gebieden", ("id", "naam", "niveau", "leden"), rows)


def _tables(naam: str, columns: Sequence[str], rows: Sequence[tuple[Found, Cells]]) -> list[Table]:
    """Make one table for each file, so that a fault names the file and the row."""
    by_file: dict[str, list[Row]] = {}
    for found, cells in rows:
        by_file.setdefault(found.bestand, []).append(Row(found.rij, cells))
    return [
        Table(naam, bestand, tuple(columns), tuple(found)) for bestand, found in by_file.items()
    ]


def _add_terms(found: Found, cells: Cells, crosswalk: Crosswalk, notes: _Notes) -> None:
    """Add the themes and groups that terms of another maker stand for."""
    themas = [cells["themas"]] if cells["themas"] else []
    groups = [cells["doelgroepen"]] if cells["doelgroepen"] else []
    for attribute in items_of(found.record, "attributes"):
        term = object_of(attribute, "taxonomy_term")
        name = text_of(term, "name") or text_of(attribute, "value")
        meant, who = crosswalk.theme(name), crosswalk.group(name)
        themas += meant
        groups += who
        if name and not meant and not who:
            notes.terms.setdefault(name[:80], found)
    cells["themas"] = "|".join(dict.fromkeys(themas))
    cells["doelgroepen"] = "|".join(dict.fromkeys(groups))


def _note_service(found: Found, notes: _Notes) -> None:
    record = found.record
    places = items_of(record, "service_at_locations")
    schedules = items_of(record, "schedules") or [
        one for at in places[:1] for one in items_of(at, "schedules")
    ]
    if from_schedules(schedules)[1]:
        melding = "deze tijden passen niet in openingstijden; ze zijn niet overgenomen."
        notes.add(found, "schedules", melding)
    if len(places) > 1:
        melding = "er zijn meer plekken; alleen de eerste is overgenomen."
        notes.add(found, "service_at_locations", melding)
    if items_of(record, "cost_options") and not read_cost(record):
        melding = "dit is niet één prijs in euro per keer; hij is niet overgenomen."
        notes.add(found, "cost_options", melding)
    if any(items_of(object_of(at, "location"), "accessibility") for at in places):
        melding = "hier heeft de kaart geen veld voor; het is niet overgenomen."
        notes.add(found, "accessibility", melding)
    areas = items_of(record, "service_areas")
    if any(not words.read_area(text_of(area, "uri")) for area in areas):
        melding = "dit gebied heeft geen CBS-code; het is niet overgenomen."
        notes.add(found, "service_areas", melding)


def _fitting(
    found: Found,
    cells: Cells,
    velden: Sequence[Veld],
    vocabulary: Vocabulary,
    notes: _Notes,
) -> Cells:
    """Empty what a record of another maker has and the map cannot hold, and say so."""
    kept = dict(cells)
    for veld in velden:
        text = kept.get(veld.naam, "")
        if veld.nodig or not text:
            continue
        if len(text) > veld.langst:
            kept[veld.naam] = text = text[: veld.langst]
            notes.add(found, veld.naam, f"te lang; afgebroken na {veld.langst} tekens.")
        if not _reads(veld, text, vocabulary):
            kept[veld.naam] = ""
            notes.add(found, veld.naam, "dit past niet in de kaart; het veld is leeg gelaten.")
    if kept["lon"] and kept["lat"] and not _in_reach(kept["lon"], kept["lat"]):
        kept |= {"lon": "", "lat": ""}
        notes.add(found, "lon/lat", "de plek ligt niet in Nederland; hij is niet overgenomen.")
    return kept if kept["lon"] and kept["lat"] else kept | {"lon": "", "lat": ""}


def _reads(veld: Veld, text: str, vocabulary: Vocabulary) -> bool:
    try:
        read_cell(veld, text, vocabulary)
    except CellError:
        return False
    return True


def _in_reach(lon: str, lat: str) -> bool:
    check: Any = check_point(float(decimal_point(lon)), float(decimal_point(lat)))
    return check is PointCheck.OK
