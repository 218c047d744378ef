"""Write actors and offers as organisations and services of HSDS 3.1, so that nothing is lost.

What a reader of HSDS would not read back equal goes along as an attribute: the writer reads its
own work with `hsds_read.py`, and adds what differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from socialmap.domain.codes import SOORT_LABELS, VORM_LABELS, Niveau, Status
from socialmap.domain.field_levels import AANBOD as AANBOD_LEVELS
from socialmap.domain.field_levels import ACTOR as ACTOR_LEVELS
from socialmap.domain.fields import AANBOD, ACTOREN, RELATIES, Veld
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.vocabulary import Vocabulary
from socialmap.domain.write_cells import cell, values_of
from socialmap.exchange import hsds_words as words
from socialmap.exchange.hsds_read import Cells, read_organization, read_service
from socialmap.exchange.hsds_schedule import to_schedules

Json = dict[str, Any]

STATUS = {
    Status.ACTIEF: "active",
    Status.GEPAUZEERD: "temporarily closed",
    Status.GESTOPT: "defunct",
}
#: Stands at the record itself, or follows from the level: every record here is for everybody.
_APART = frozenset({"id", "actor_id", "zichtbaarheid"})


def open_columns(
    velden: Sequence[Veld], levels: Mapping[str, tuple[Niveau, Niveau]]
) -> tuple[str, ...]:
    """Name the columns of a table that everybody may see."""
    return tuple(v.naam for v in velden if levels[v.naam][0] is Niveau.OPENBAAR)


ACTOR_COLUMNS = open_columns(ACTOREN, ACTOR_LEVELS)
AANBOD_COLUMNS = open_columns(AANBOD, AANBOD_LEVELS)


@dataclass(frozen=True, slots=True)
class Writer:
    """What writing needs besides the record.

    Attributes
    ----------
    vocabulary
        Themes and groups.
    terms
        All terms by taxonomy and code.
    area_names
        Names of areas by code.
    ties
        Ties by their left actor; empty where they are not asked for.
    parents
        Id of the organisation that an actor belongs to.
    """

    vocabulary: Vocabulary
    terms: Mapping[tuple[str, str], words.Term]
    area_names: Mapping[str, str] = field(default_factory=dict)
    ties: Mapping[str, Sequence[Relatie]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def organization(self, actor: Actor) -> Json:
        """Write an actor as an organisation with all that belongs to it."""
        made = self.short_organization(actor)
        key = made["id"]
        made["organization_identifiers"] = [
            {
                "id": words.child_id("organization_identifier", actor.id),
                "identifier_scheme": words.SCHEME,
                "identifier_type": "Code in de sociale kaart",
                "identifier": actor.id,
            }
        ]
        if actor.telefoon:
            number = {"id": words.child_id("phone", actor.id), "number": actor.telefoon}
            made["phones"] = [number]
        place = _location("organization", actor)
        if place:
            made["locations"] = [place]
        marks = [
            (words.SOORTEN, actor.soort.value),
            *self._common(actor),
        ]
        made["attributes"] = self._attributes("organization", key, marks)
        self._add_rest(made, "organization", actor, ACTOR_COLUMNS, read_organization)
        made["attributes"] += [self._tie(key, tie) for tie in self.ties.get(actor.id, ())]
        return made

    def short_organization(self, actor: Actor) -> Json:
        """Write an actor as an organisation, one-to-one fields only."""
        parent = self.parents.get(actor.id)
        return _filled(
            {
                "id": words.hsds_id("organization", actor.id),
                "name": actor.naam,
                "description": actor.omschrijving or SOORT_LABELS[actor.soort],
                "email": actor.email,
                "website": actor.website,
                "parent_organization_id": parent and words.hsds_id("organization", parent),
            }
        )

    def service(self, offer: Aanbod) -> Json:
        """Write an offer as a service with all that belongs to it, without its organisation."""
        made = self.short_service(offer)
        key = made["id"]
        schedules = self._children("schedule", key, to_schedules(offer.wanneer))
        for schedule in schedules:
            schedule |= {"valid_to": cell(offer.loopt_tot)} if offer.loopt_tot else {}
        areas = [self._area(key, code) for code in offer.werkgebied]
        place = _location("service", offer)
        made |= _filled(
            {
                "schedules": schedules,
                "service_areas": areas,
                "service_at_locations": place and [_at(key, place, schedules, areas)],
                "languages": [
                    {"id": words.child_id("language", f"{key}:{code}"), "name": code, "code": code}
                    for code in offer.talen
                ],
                "cost_options": _cost(key, offer),
            }
        )
        made["attributes"] = self._attributes("service", key, [*self._common(offer)])
        made["attributes"].append(self._field("service", key, "id", offer.id))
        self._add_rest(made, "service", offer, AANBOD_COLUMNS, read_service)
        return made

    def short_service(self, offer: Aanbod) -> Json:
        """Write an offer as a service, one-to-one fields only."""
        groups = [self.terms[words.DOELGROEPEN, code].naam for code in offer.doelgroepen]
        kind = VORM_LABELS[offer.vorm] if offer.vorm else "Aanbod in de wijk"
        return _filled(
            {
                "id": words.hsds_id("service", offer.id),
                "organization_id": words.hsds_id("organization", offer.actor_id),
                "name": offer.naam,
                "description": offer.omschrijving or kind,
                "status": STATUS[offer.status],
                "application_process": offer.aanmelden,
                "fees_description": "Gratis" if offer.kosten == 0 else "",
                "eligibility_description": ", ".join(groups),
                "minimum_age": offer.min_leeftijd,
                "maximum_age": offer.max_leeftijd,
                "assured_date": cell(offer.gecontroleerd_op),
            }
        )

    def _common(self, record: Actor | Aanbod) -> list[tuple[str, str]]:
        lijn = [(words.LIJNEN, cell(int(record.lijn)))] if record.lijn is not None else []
        themas = [(words.THEMAS, code) for code in record.themas]
        groups = [(words.DOELGROEPEN, code) for code in record.doelgroepen]
        return [*lijn, *themas, *self._domains(record.themas), *groups]

    def _domains(self, themas: Sequence[str]) -> list[tuple[str, str]]:
        """Give the domains of the Zelfredzaamheid-Matrix that themes belong to."""
        names = (self.vocabulary.themas[code].zrm_domein for code in themas)
        return list(dict.fromkeys((words.ZRM, words.zrm_code(name)) for name in names if name))

    def _attributes(self, entity: str, key: str, marks: Sequence[tuple[str, str]]) -> list[Json]:
        return [
            self._attribute(entity, key, taxonomie, code, self.terms[taxonomie, code].naam)
            for taxonomie, code in marks
        ]

    def _field(self, entity: str, key: str, column: str, text: str) -> Json:
        return self._attribute(entity, key, words.VELDEN, column, text)

    def _tie(self, key: str, tie: Relatie) -> Json:
        values = values_of(tie)
        cells = {veld.naam: cell(values[veld.naam]) for veld in RELATIES}
        kept = {name: text for name, text in cells.items() if text and name not in _TIE_APART}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        made = self._attribute("organization", key, words.RELATIES, tie.soort.value, text)
        return {**made, "id": words.child_id("attribute", tie.id)}

    def _attribute(self, entity: str, key: str, taxonomie: str, code: str, value: str) -> Json:
        term = self.terms[taxonomie, code]
        return {
            "id": words.child_id("attribute", f"{key}:{taxonomie}:{code}"),
            "link_id": key,
            "link_entity": entity,
            "link_type": taxonomie,
            "label": term.naam,
            "value": value,
            "taxonomy_term": words.short_term(term),
        }

    def _add_rest(
        self,
        made: Json,
        entity: str,
        record: Actor | Aanbod,
        columns: Sequence[str],
        read: Callable[[Mapping[str, Any]], Cells],
    ) -> None:
        """Add each field that a reader of what was written so far would not have."""
        back, values = read(made), values_of(record)
        for column in columns:
            text = cell(values[column])
            if column not in _APART and text != back.get(column, ""):
                made["attributes"].append(self._field(entity, made["id"], column, text))

    def _children(self, kind: str, key: str, made: Sequence[Json]) -> list[Json]:
        return [
            {"id": words.child_id(kind, f"{key}:{number}"), **child}
            for number, child in enumerate(made)
        ]

    def _area(self, key: str, code: str) -> Json:
        return {
            "id": words.child_id("service_area", f"{key}:{code}"),
            "name": self.area_names.get(code, code),
            "uri": words.area_uri(code),
        }


_TIE_APART = frozenset({"van_id", "soort", "zichtbaarheid"})


def _filled(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _location(kind: str, record: Actor | Aanbod) -> Json | None:
    written = record.adres or record.postcode or record.plaats
    if not written and record.lon is None:
        return None
    made: Json = {
        "id": words.child_id(f"{kind}_location", record.id),
        "location_type": "physical",
        "name": record.adres or record.plaats or record.naam,
    }
    if record.lon is not None:
        made |= {"latitude": record.lat, "longitude": record.lon}
    if written:
        made["addresses"] = [
            {
                "id": words.child_id(f"{kind}_address", record.id),
                "address_1": record.adres,
                "city": record.plaats,
                # The map does not know the province.
                "state_province": "",
                "postal_code": record.postcode,
                "country": "NL",
                "address_type": "physical",
            }
        ]
    return made


def _at(key: str, place: Json, schedules: list[Json], areas: list[Json]) -> Json:
    link = words.child_id("service_at_location", key)
    return {"id": link, "location": place} | _filled(
        {"schedules": schedules, "service_areas": areas}
    )


def _cost(key: str, offer: Aanbod) -> list[Json]:
    if offer.kosten is None:
        return []
    return [
        {
            "id": words.child_id("cost_option", f"{key}:keer"),
            "option": "per keer",
            "currency": "eur",
            "amount": float(offer.kosten),
        }
    ]
