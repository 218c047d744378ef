"""Actors, offers and ties: a list of each with filters, and each one by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.store import records
from socialmap.store.filters import RecordFilter
from socialmap.store.located import readers_of
from web.api import models
from web.api.answers import API_PREFIX, answer_reader
from web.api.paging import KEY, read_paging, write_cursor
from web.api.questions import RecordQuestion, RelatieQuestion, takes
from web.api.record_json import record_json
from web.context import connection, lezer, today, vocabulary
from web.filters_query import (
    BadFilterError,
    read_codes,
    read_filter,
    read_one,
    require_area,
    values_of,
)
from web.security import permission

actoren = APIBlueprint("api_actoren", __name__, tag="Actoren", url_prefix=API_PREFIX)
aanbod = APIBlueprint("api_aanbod", __name__, tag="Aanbod", url_prefix=API_PREFIX)
relaties = APIBlueprint("api_relaties", __name__, tag="Relaties", url_prefix=API_PREFIX)


@actoren.get("/actoren")
@actoren.output(models.Actoren)
@takes(RecordQuestion)
@permission(Niveau.OPENBAAR)
def list_actoren() -> Response:
    """Lijst van actoren, met filters."""
    keep, paging = _filter(), read_paging(request.args)
    page = records.list_actors(
        connection(), keep, lezer(), today(), na=paging.na, limit=paging.limit
    )
    return _answer_page(page, lambda actor: person_of(actor, ()))


@actoren.get("/actoren/<actor_id>")
@actoren.output(models.Actor)
@permission(Niveau.OPENBAAR)
def get_actor(actor_id: str) -> Response:
    """Eén actor."""
    found = records.get_actor(connection(), _key("Actor", actor_id), lezer(), today())
    return _answer_one(found, person=person_of(found, ()))


@aanbod.get("/aanbod")
@aanbod.output(models.AanbodLijst)
@takes(RecordQuestion)
@permission(Niveau.OPENBAAR)
def list_aanbod() -> Response:
    """Lijst van aanbod, met filters."""
    keep, paging = _filter(), read_paging(request.args)
    page = records.list_aanbod(
        connection(), keep, lezer(), today(), na=paging.na, limit=paging.limit
    )
    persons = _persons(offer.actor_id for offer in page.resultaten)
    return _answer_page(page, lambda offer: person_of(offer, persons))


@aanbod.get("/aanbod/<aanbod_id>")
@aanbod.output(models.Aanbod)
@permission(Niveau.OPENBAAR)
def get_aanbod(aanbod_id: str) -> Response:
    """Eén aanbod."""
    found = records.get_aanbod(connection(), _key("Aanbod", aanbod_id), lezer(), today())
    persons = _persons([found.actor_id])
    return _answer_one(found, person=person_of(found, persons))


@relaties.get("/relaties")
@relaties.output(models.Relaties)
@takes(RelatieQuestion)
@permission(Niveau.OPENBAAR)
def list_relaties() -> Response:
    """
    Lijst van relaties, met filters.

    De filters op soort, thema, gebied en zo meer gelden voor de actoren: een relatie blijft staan
    als ten minste een van beide past.
    """
    keep = records.RelatieFilter(
        actor_ids=_actor_ids(),
        soorten=read_codes(request.args, "relatiesoort", list(Relatiesoort), Relatiesoort),
        feitelijk=_feitelijk(),
        ends=_filter(),
    )
    paging = read_paging(request.args)
    page = records.list_relaties(
        connection(), keep, lezer(), today(), na=paging.na, limit=paging.limit
    )
    persons = _persons(end for tie in page.resultaten for end in (tie.van_id, tie.naar_id))
    return _answer_page(page, lambda tie: person_of(tie, persons))


@relaties.get("/relaties/<relatie_id>")
@relaties.output(models.Relatie)
@permission(Niveau.OPENBAAR)
def get_relatie(relatie_id: str) -> Response:
    """Eén relatie."""
    found = records.get_relatie(connection(), _key("Relatie", relatie_id), lezer(), today())
    persons = _persons([found.van_id, found.naar_id])
    return _answer_one(found, person=person_of(found, persons))


def person_of(record: Actor | Aanbod | Relatie, persons: Iterable[str]) -> bool:
    """Tell whether a record is, belongs to, or touches one of these private persons."""
    if isinstance(record, Actor):
        return record.soort is Soort.SLEUTELFIGUUR
    if isinstance(record, Aanbod):
        return record.actor_id in persons
    return record.van_id in persons or record.naar_id in persons


def _persons(actor_ids: Iterable[str]) -> frozenset[str]:
    """Name the private persons among actors that the reader may see."""
    if lezer().niveau is Niveau.OPENBAAR:
        return frozenset()
    found = records.actors_by_id(connection(), actor_ids, lezer(), today())
    return frozenset(a.id for a in found.values() if a.soort is Soort.SLEUTELFIGUUR)


def _answer_one(found: Any, *, person: bool) -> Response:
    reader = readers_of(connection(), lezer(), [found])[found.id]
    return answer_reader(record_json(found, reader, person=person))


def _answer_page(page: records.Page[Any], is_person: Callable[[Any], bool]) -> Response:
    readers = readers_of(connection(), lezer(), page.resultaten)
    return answer_reader(
        {
            "resultaten": [
                record_json(record, readers[record.id], person=is_person(record))
                for record in page.resultaten
            ],
            "volgende": write_cursor(page.volgende),
            "totaal": page.totaal,
        }
    )


def _filter() -> RecordFilter:
    keep = read_filter(request.args, vocabulary())
    require_area(connection(), keep.gebied)
    return keep


def _actor_ids() -> tuple[str, ...]:
    ids = values_of(request.args, "actor")
    if not all(KEY.fullmatch(actor_id) for actor_id in ids):
        raise BadFilterError("actor", "Dit is geen code van een actor, zoals A001.")
    return ids


def _feitelijk() -> Feitelijk | None:
    code = read_one(request.args, "feitelijk", list(Feitelijk))
    return Feitelijk(code) if code else None


def _key(what: str, given: str) -> str:
    """Give an id that can be one; anything else is simply not there."""
    if not KEY.fullmatch(given):
        raise NotFoundError(what, given[:80])
    return given
