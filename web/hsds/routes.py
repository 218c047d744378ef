"""The calls of HSDS 3.1: lists with pages by number, and each record by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.privacy import OPENBAAR
from socialmap.exchange import hsds_words as words
from socialmap.exchange.areas import is_own
from socialmap.store.areas import list_areas
from socialmap.store.filters import RecordFilter, RecordName
from socialmap.store.open_lists import OpenQuestion, last_changes, open_page
from socialmap.store.records import get_aanbod, get_actor
from socialmap.store.rows import search_name
from web.api.answers import answer_reader
from web.context import connection, today, vocabulary
from web.filters_query import BadFilterError
from web.hsds.answers import answer_page, open_to_all, refuse_filter, refuse_unknown
from web.hsds.lookup import code_of, need_code, service_at
from web.hsds.question import (
    Paging,
    check_offered,
    read_flag,
    read_paging,
    read_question,
    read_text,
)
from web.hsds.writing import write_organizations, write_places, write_services
from web.security import permission

hsds = APIBlueprint("hsds", __name__, url_prefix="/hsds", enable_openapi=False)
hsds.after_request(open_to_all)
hsds.register_error_handler(BadFilterError, refuse_filter)
hsds.register_error_handler(NotFoundError, refuse_unknown)

_PROFILE = "https://docs.openreferral.org/en/v3.1.0/hsds/"
_OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json"
#: Ids and times only are light enough to give all of them at once.
_ALL = 1_000_000

Json = dict[str, Any]


@hsds.get("/", strict_slashes=False)
@permission(Niveau.OPENBAAR)
def about() -> Response:
    """Say which version of HSDS this is."""
    return answer_reader({"version": words.VERSION, "profile": _PROFILE, "openapi_url": _OPENAPI})


@hsds.get("/services")
@permission(Niveau.OPENBAAR)
def list_services() -> Response:
    """List offers as services."""
    minimal, full = (read_flag(request.args, name) for name in ("minimal", "full"))
    at_once = minimal and "per_page" not in request.args
    paging = Paging(1, _ALL) if at_once else read_paging(request.args, full=full)
    ids, total = _ids("aanbod", _offers_asked(), paging)
    if minimal:
        changed = last_changes(connection(), "aanbod", ids)
        made: Sequence[Json] = [
            {
                "id": words.hsds_id("service", key),
                **({"last_modified": changed[key].isoformat()} if key in changed else {}),
            }
            for key in ids
        ]
    else:
        made = write_services(ids, full=full)
    return answer_page(made, total, paging)


@hsds.get("/services/<service_id>")
@permission(Niveau.OPENBAAR)
def give_service(service_id: str) -> Response:
    """Give one offer as a service, with all that hangs on it."""
    found = get_aanbod(connection(), need_code("aanbod", service_id), OPENBAAR, today())
    (made,) = write_services([found.id], full=True)
    return answer_reader(made)


@hsds.get("/organizations")
@permission(Niveau.OPENBAAR)
def list_organizations() -> Response:
    """List actors as organisations."""
    whole = read_flag(request.args, "full_service")
    full = read_flag(request.args, "full") or whole
    paging = read_paging(request.args, full=full)
    question = read_question(request.args, vocabulary(), owners=True)
    ids, total = _ids("actor", question, paging)
    made = write_organizations(ids, full=full)
    if full:
        made = [_with_services(one, key, whole=whole) for one, key in zip(made, ids, strict=True)]
    return answer_page(made, total, paging)


@hsds.get("/organizations/<organization_id>")
@permission(Niveau.OPENBAAR)
def give_organization(organization_id: str) -> Response:
    """Give one actor as an organisation, with its services."""
    found = get_actor(connection(), need_code("actor", organization_id), OPENBAAR, today())
    (made,) = write_organizations([found.id], full=True)
    whole = read_flag(request.args, "full_service")
    return answer_reader(_with_services(made, found.id, whole=whole))


@hsds.get("/service_at_locations")
@permission(Niveau.OPENBAAR)
def list_places() -> Response:
    """List the places of offers."""
    full = read_flag(request.args, "full")
    paging = read_paging(request.args, full=full)
    ids, total = _ids("aanbod", _offers_asked(met_plek=True), paging)
    return answer_page(write_places(ids, full=full), total, paging)


@hsds.get("/service_at_locations/<place_id>")
@permission(Niveau.OPENBAAR)
def give_place(place_id: str) -> Response:
    """Give one place of an offer."""
    found = get_aanbod(connection(), service_at(place_id), OPENBAAR, today())
    (made,) = write_places([found.id], full=True)
    return answer_reader(made)


@hsds.get("/taxonomies")
@permission(Niveau.OPENBAAR)
def list_taxonomies() -> Response:
    """List the taxonomies."""
    check_offered(request.args)
    return _answer_some(_searched(words.taxonomies()))


@hsds.get("/taxonomies/<taxonomy_id>")
@permission(Niveau.OPENBAAR)
def give_taxonomy(taxonomy_id: str) -> Response:
    """Give one taxonomy."""
    return answer_reader(_one(words.taxonomies(), taxonomy_id, "taxonomy"))


@hsds.get("/taxonomy_terms")
@permission(Niveau.OPENBAAR)
def list_terms() -> Response:
    """List the terms; none has a parent, so that all of them are at the top."""
    check_offered(request.args)
    read_flag(request.args, "top_only")
    wanted, parent = (read_text(request.args, n) for n in ("taxonomy_id", "parent_id"))
    terms = [
        term for term in _terms() if not parent and wanted in ("", term["taxonomy_detail"]["id"])
    ]
    return _answer_some(_searched(terms))


@hsds.get("/taxonomy_terms/<term_id>")
@permission(Niveau.OPENBAAR)
def give_term(term_id: str) -> Response:
    """Give one term."""
    return answer_reader(_one(_terms(), term_id, "taxonomy_term"))


def _offers_asked(*, met_plek: bool = False) -> OpenQuestion | None:
    uuid = read_text(request.args, "organization_id")
    actor_id = code_of("actor", uuid) if uuid else None
    question = read_question(
        request.args, vocabulary(), owners=False, actor_id=actor_id, met_plek=met_plek
    )
    return None if uuid and actor_id is None else question


def _ids(
    record: RecordName, question: OpenQuestion | None, paging: Paging
) -> tuple[list[str], int]:
    if question is None:
        return [], 0
    return open_page(
        connection(), record, question, today(), offset=paging.offset, limit=paging.size
    )


def _with_services(made: Json, actor_id: str, *, whole: bool) -> Json:
    """Add the services of an organisation: their ids, or all of them."""
    question = OpenQuestion(keeps=(RecordFilter(actor_id=actor_id),))
    ids, _ = _ids("aanbod", question, Paging(1, _ALL))
    if not whole:
        return {**made, "services": [{"id": words.hsds_id("service", key)} for key in ids]}
    services = write_services(ids, full=True)
    for service in services:
        del service["organization"]
    return {**made, "services": services}


def _terms() -> list[Json]:
    own = [area for area in list_areas(connection()) if is_own(area)]
    return [words.term_json(term) for term in words.all_terms(vocabulary(), own)]


def _searched(found: Sequence[Json]) -> list[Json]:
    asked = search_name(read_text(request.args, "search")).split()
    return [one for one in found if all(word in search_name(one["name"]) for word in asked)]


def _answer_some(found: Sequence[Json]) -> Response:
    paging = read_paging(request.args)
    page = found[paging.offset : paging.offset + paging.size]
    return answer_page(page, len(found), paging)


def _one(found: Sequence[Json], key: str, what: str) -> Json:
    for one in found:
        if one["id"] == key:
            return one
    raise NotFoundError(what, key[:80])
