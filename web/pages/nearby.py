"""On foot: what lies around the corner and was not looked at for longest, with one tap "klopt"."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from socialmap.domain.codes import Niveau, Status
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.roles import Recht
from socialmap.editing import change
from socialmap.editing.change import Desk
from socialmap.editing.nearby import WALK_M, Around, around
from socialmap.editing.rights import may_edit
from socialmap.finding.place import PlaceError
from socialmap.geo.measure import straight_reach_m
from socialmap.geo.point import PointCheck, check_point
from socialmap.store.filters import RecordFilter, RecordName
from socialmap.store.map_index import nearest_ids
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.area_choice import area_choices, chosen_area
from web.desk import open_desk, reading_desk
from web.present import actor_url, badge, offer_url
from web.security import permission

pages = Blueprint("omdehoek", __name__)
#: Records of each kind that are looked at, and rows that are shown.
_MOST, _SHOWN = 400, 30
_METRES_PER_DEGREE = 111_320.0
#: Some ten metres: enough to walk by, and no more of where somebody is.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class _Spot:
    """From where somebody looks around; `naam` is empty for the place of a phone."""

    lon: float
    lat: float
    naam: str = ""
    code: str = ""


@pages.get("/bijwerken/om-de-hoek")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def vraag() -> Response:
    """Ask from where: the phone may tell, or a buurt is typed."""
    return _page(reading_desk(), None)


@pages.post("/bijwerken/om-de-hoek")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def toon() -> Response:
    """
    List what lies around, and note first what somebody looked at.

    The place is in the form only: it stands in no address, is not kept and not logged.
    """
    said = ""
    try:
        spot = _spot()
    except PlaceError as error:
        return _page(reading_desk(), None, str(error), 422)
    checked = request.form.get("klopt", "")
    if not checked:
        return _page(reading_desk(), spot)
    table, _, key = checked.partition(":")
    with open_desk() as desk:
        done = change.confirm(desk, "aanbod" if table == "aanbod" else "actoren", key)
        said = f"{getattr(done, 'naam', '')} staat op vandaag nagekeken."
        return _page(desk, spot, gezegd=said)


def _spot() -> _Spot:
    """Read from where somebody looks; raises PlaceError, that says what to do."""
    code, words = request.form.get("gebied", ""), request.form.get("plek", "")
    if code or words.strip():
        area = chosen_area(code, words)
        if area is not None:
            return _Spot(area.lon, area.lat, area.naam, area.code)
    try:
        lon, lat = (round(float(request.form[name]), _DECIMALS) for name in ("lon", "lat"))
    except (KeyError, ValueError):
        raise PlaceError("Tik op Gebruik mijn plek, of typ een buurt of postcode.") from None
    if check_point(lon, lat) is not PointCheck.OK:
        raise PlaceError("Deze plek ligt niet in Nederland. Typ een buurt of postcode.")
    return _Spot(lon, lat)


def _page(
    desk: Desk, spot: _Spot | None, fout: str = "", status: int = 200, gezegd: str = ""
) -> Response:
    found = [] if spot is None else around(_records(desk, spot), spot.lon, spot.lat, desk.today)
    page = render_template(
        "om_de_hoek.html",
        plek=spot,
        getypt=request.form.get("plek", "")[:120],
        namen=area_choices(),
        meter=WALK_M,
        totaal=len(found),
        rijen=[_row(desk, one) for one in found[:_SHOWN]],
        fout=fout,
        gezegd=gezegd,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _records(desk: Desk, spot: _Spot) -> list[Actor | Aanbod]:
    """Read what lies in a square around a place, from the index of the map."""
    up = straight_reach_m(WALK_M) / _METRES_PER_DEGREE
    wide = up / math.cos(math.radians(spot.lat))
    box = (spot.lon - wide, spot.lat - up, spot.lon + wide, spot.lat + up)
    keep = RecordFilter(statussen=(Status.ACTIEF, Status.GEPAUZEERD))

    def ids(name: RecordName) -> list[str]:
        return nearest_ids(desk.conn, name, box, keep, desk.lezer, desk.today, _MOST)[0]

    actors = actors_by_id(desk.conn, ids("actor"), desk.lezer, desk.today)
    offers = aanbod_by_id(desk.conn, ids("aanbod"), desk.lezer, desk.today)
    return [*actors.values(), *offers.values()]


def _row(desk: Desk, one: Around) -> dict[str, object]:
    record = one.record
    actor = isinstance(record, Actor)
    return {
        "tabel": "actoren" if actor else "aanbod",
        "id": record.id,
        "naam": record.naam,
        "url": actor_url(record.id) if actor else offer_url(record.id),
        "versheid": badge(record, desk.today),
        "meters": one.meters,
        "mag": may_edit(desk.conn, desk.account, record, desk.places, for_owner=True),
    }
