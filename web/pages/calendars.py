"""Files for a calendar and an address book: what everybody may see, whoever asks."""

from __future__ import annotations

from flask import Blueprint, Response, request

from socialmap.domain.codes import Niveau, Status
from socialmap.domain.errors import NotFoundError
from socialmap.domain.privacy import OPENBAAR
from socialmap.domain.status import effective_status
from socialmap.exchange.agenda import has_events, make_agenda
from socialmap.exchange.vcard import make_vcard
from socialmap.store.areas import get_area
from socialmap.store.filters import RecordFilter
from socialmap.store.open_lists import OpenQuestion, open_page
from socialmap.store.records import aanbod_by_id, get_aanbod, get_actor
from web.context import connection, today, vocabulary
from web.security import permission

pages = Blueprint("agenda", __name__)

_IN_USE = (Status.ACTIEF,)
_EVERY = 1_000_000


@pages.get("/aanbod/<aanbod_id>.ics")
@permission(Niveau.OPENBAAR)
def aanbod(aanbod_id: str) -> Response:
    """Give the times of one offer."""
    offer = get_aanbod(connection(), aanbod_id, OPENBAAR, today())
    owner = get_actor(connection(), offer.actor_id, OPENBAAR, today())
    in_use = effective_status(offer, owner, today()) is Status.ACTIEF
    if not in_use or not has_events(offer.wanneer):
        raise NotFoundError("Agenda van aanbod", offer.id)
    data = make_agenda(offer.naam, [offer], today())
    return _answer(data, "text/calendar", f"{offer.id}.ics")


@pages.get("/gebied/<code>.ics")
@permission(Niveau.OPENBAAR)
def gebied(code: str) -> Response:
    """Give the times of everything in use in an area."""
    area = get_area(connection(), code)
    keep = RecordFilter(gebied=area.code, statussen=_IN_USE)
    ids, _ = open_page(
        connection(), "aanbod", OpenQuestion(keeps=(keep,)), today(), offset=0, limit=_EVERY
    )
    found = aanbod_by_id(connection(), ids, OPENBAAR, today())
    data = make_agenda(f"Te doen in {area.naam}", found.values(), today())
    return _answer(data, "text/calendar", f"{area.code}.ics")


@pages.get("/actor/<actor_id>.vcf")
@permission(Niveau.OPENBAAR)
def actor(actor_id: str) -> Response:
    """Give the contact of an actor."""
    found = get_actor(connection(), actor_id, OPENBAAR, today())
    return _answer(make_vcard(found, vocabulary()), "text/vcard", f"{found.id}.vcf")


def _answer(data: bytes, mimetype: str, name: str) -> Response:
    response = Response(data, content_type=f"{mimetype}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
