"""Make, change and stop actors, offers and ties; two writers never overwrite each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel
from werkzeug.datastructures import ETags
from werkzeug.exceptions import BadRequest, PreconditionRequired

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.roles import Recht
from socialmap.editing import change
from socialmap.editing.change import ConflictError, Desk, Editable, RecordFaultsError, Table
from socialmap.editing.history import history_of, turn_back
from socialmap.store.accounts import list_accounts
from web.api import models
from web.api.answers import API_PREFIX, ASK_AGAIN, JSON, write_json
from web.api.change_models import Geschiedenis
from web.api.etag import tag_of
from web.api.paging import KEY
from web.api.questions import sends
from web.api.record_json import record_json
from web.context import services
from web.desk import open_desk, reading_desk
from web.security import permission

wijzigen = APIBlueprint("api_wijzigen", __name__, tag="Wijzigen", url_prefix=API_PREFIX)


def _routes(tabel: Table, sleutel: str, gives: type[BaseModel]) -> None:
    """Put the calls on one kind of record in the interface; `sleutel` names it in the address."""
    place = f"/{tabel}/<{sleutel}>"

    @wijzigen.post(f"/{tabel}", endpoint=f"maak_{tabel}")
    @wijzigen.output(gives, status_code=201)
    @sends("Velden")
    @permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
    def maak() -> Response:
        """Maak een nieuw record, met de velden van het uitwisselformaat."""
        sent = _cells()
        with open_desk() as desk:
            return answer_with(desk, change.create(desk, tabel, sent), 201)

    @wijzigen.put(place, endpoint=f"vervang_{tabel}")
    @wijzigen.output(gives)
    @sends("Velden")
    @permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
    def vervang(**keys: str) -> Response:
        """
        Vervang de velden die u mag zien; de andere blijven zoals ze zijn.

        Stuur in `If-Match` de ETag mee van wat u las. Zonder: 428. Was iemand anders eerst: 412,
        met wat er nu staat.
        """
        tags, sent, key = match_of(), _cells(), read_key(keys[sleutel])
        return _change(tags, lambda desk, same: change.put(desk, tabel, key, sent, same))

    @wijzigen.delete(place, endpoint=f"stop_{tabel}")
    @wijzigen.output(gives)
    @permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
    def stop(**keys: str) -> Response:
        """Stop een record. Er wordt niets weggegooid. Met `If-Match`, zoals bij vervangen."""
        tags, key = match_of(), read_key(keys[sleutel])
        return _change(tags, lambda desk, same: change.stop(desk, tabel, key, same))

    @wijzigen.get(f"{place}/geschiedenis", endpoint=f"geschiedenis_{tabel}")
    @wijzigen.output(Geschiedenis)
    @permission(Niveau.PROFESSIONAL)
    def geschiedenis(**keys: str) -> Response:
        """Wie veranderde wat, en wanneer; de nieuwste eerst."""
        return _history(tabel, read_key(keys[sleutel]))

    @wijzigen.post(f"{place}/terugdraaien", endpoint=f"terugdraaien_{tabel}")
    @wijzigen.output(gives)
    @sends("Versiekeuze")
    @permission(Niveau.OPENBAAR, Recht.BEWERKEN)
    def terugdraaien(**keys: str) -> Response:
        """
        Maak een record weer wat het na een versie was. Ook dat is een verandering.

        Met `If-Match`, zoals bij vervangen. Toestemming komt nooit terug.
        """
        tags, versie, key = match_of(), _version(), read_key(keys[sleutel])
        return _change(tags, lambda desk, same: turn_back(desk, tabel, key, versie, same))


_routes("actoren", "actor_id", models.Actor)
_routes("aanbod", "aanbod_id", models.Aanbod)
_routes("relaties", "relatie_id", models.Relatie)


def _change(tags: ETags, make: Callable[[Desk, Callable[[Editable], bool]], Editable]) -> Response:
    with open_desk() as desk:
        try:
            return answer_with(desk, make(desk, same_as(desk, tags)))
        except ConflictError as error:
            return conflict_with(desk, error)


def _history(tabel: Table, key: str) -> Response:
    desk = reading_desk()
    names = {one.id: one.naam for one in list_accounts(desk.conn)}
    told = [
        {
            "versie": version.versie,
            "wanneer": version.wanneer.isoformat(),
            "wie": names.get(version.wie, version.wie),
            "velden": [asdict(field) for field in version.velden],
        }
        for version in history_of(desk, tabel, key)
    ]
    response = Response(write_json({"resultaten": told}), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _version() -> int:
    sent = request.get_json(silent=True)
    versie = sent.get("versie") if isinstance(sent, Mapping) else None
    if not isinstance(versie, int) or isinstance(versie, bool):
        raise RecordFaultsError({"versie": "Stuur het nummer van de versie, zoals 3."})
    return versie


def tag_for(desk: Desk, record: Editable) -> str:
    """Give the tag of a record as the writer sees it: the same as reading it gives."""
    return tag_of(_body(desk, record), desk.lezer.niveau, services().settings.secret)


def same_as(desk: Desk, tags: ETags) -> Callable[[Editable], bool]:
    """Give what tells whether a record is one of those that were read before."""
    # A tag is of what was sent before it was made smaller on the way: that makes it weak or adds
    # how it was made smaller (`:br`), and it is still the same record.
    known = {tag.partition(":")[0] for tag in tags.as_set(include_weak=True)}
    return lambda record: tags.star_tag or tag_for(desk, record) in known


def conflict_with(desk: Desk, error: ConflictError) -> Response:
    """Say that somebody was first, with the record as it is now and the tag to try again with."""
    told = {
        "type": "about:blank",
        "title": "Iemand was u voor",
        "status": 412,
        "detail": str(error),
        "nu": json.loads(_body(desk, error.nu)),
    }
    response = Response(write_json(told), 412, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.set_etag(tag_for(desk, error.nu))
    return response


def answer_with(desk: Desk, record: Editable, status: int = 200) -> Response:
    """
    Answer with a record as the writer sees it, and the tag to change it again with.

    What nobody sees any more, such as a person whose consent was taken away, is kept: 204.
    """
    try:
        seen = change.read_as(desk, _table_of(record), record.id)
    except NotFoundError:
        return Response(status=204)
    response = Response(_body(desk, seen), status, mimetype=JSON)
    response.headers["Cache-Control"] = ASK_AGAIN
    response.set_etag(tag_for(desk, seen))
    if status == 201:
        response.headers["Location"] = f"{API_PREFIX}/{_table_of(record)}/{record.id}"
    return response


def _body(desk: Desk, record: Editable) -> bytes:
    reader, person = change.reader_of(desk, record), change.is_person(desk, record)
    if isinstance(record, Actor):
        return write_json(record_json(record, reader, person=person))
    if isinstance(record, Aanbod):
        return write_json(record_json(record, reader, person=person))
    return write_json(record_json(record, reader, person=person))


def _table_of(record: Editable) -> Table:
    return next(table for table, (_, kind) in change.KINDS.items() if isinstance(record, kind))


def match_of() -> ETags:
    """Read the tags of what was read before; without them the call is refused (428)."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    return request.if_match


def read_key(given: str) -> str:
    """Give an id that can be one; anything else is refused."""
    if not KEY.fullmatch(given):
        raise RecordFaultsError({"id": "Dit id kan niet. Gebruik letters, cijfers en streepjes."})
    return given


def _cells() -> dict[str, str]:
    """Turn the JSON object that was sent into cells, as a file would hold them."""
    sent: Any = request.get_json(silent=True)
    if not isinstance(sent, Mapping):
        raise BadRequest("Stuur een JSON-object met de velden van het uitwisselformaat.")
    fouten: dict[str, str] = {}
    cells: dict[str, str] = {}
    for name, value in sent.items():
        if name == "versie":
            continue
        try:
            cells[name] = _cell(value)
        except TypeError:
            fouten[name] = "Stuur tekst, een getal, een lijst van teksten, of null."
    if fouten:
        raise RecordFaultsError(fouten)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        raise TypeError
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        if any("|" in part for part in value):
            raise TypeError
        return "|".join(value)
    raise TypeError
