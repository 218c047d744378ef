"""Points for a map: what lies in a viewport, close ones counted together for the zoom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.datastructures import MultiDict

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor
from socialmap.store.filters import RecordName
from socialmap.store.map_index import Box, Cluster, find_clusters
from socialmap.store.mercator import to_mercator, units_per_pixel
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.api import models
from web.api.answers import API_PREFIX, GEOJSON, answer_reader
from web.api.areas import DECIMALS
from web.api.paging import read_number
from web.api.questions import PointQuestion, takes
from web.context import area_names, connection, lezer, today, vocabulary
from web.filters_query import BadFilterError, in_use, read_filter, read_one, require_area
from web.security import permission

punten = APIBlueprint("api_punten", __name__, tag="Kaart", url_prefix=API_PREFIX)

#: A viewport is not wider or higher than this; more would be asking for every point at once.
MOST_PIXELS = 8192
HIGHEST_ZOOM = 20
_KINDS: dict[str, RecordName] = {"aanbod": "aanbod", "actoren": "actor"}
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
_BOX_FORM = "Geef west, zuid, oost en noord in graden, met komma’s ertussen: 4.55,52.33,4.70,52.43."


@punten.get("/kaart/punten")
@punten.output(models.Merken, content_type=GEOJSON)
@takes(PointQuestion)
@permission(Niveau.OPENBAAR)
def list_points() -> Response:
    """
    Plekken in een stuk kaart (GeoJSON).

    Wat dicht bij elkaar ligt, is samen één merk. Wat geen vaste plek heeft, staat bij zijn gebied.
    Zonder `status` ziet u wat loopt of even stilligt.
    """
    zoom = read_number(request.args, "zoom", 0, HIGHEST_ZOOM)
    box = read_box(request.args, zoom)
    record = _KINDS[read_one(request.args, "wat", list(_KINDS)) or "aanbod"]
    keep = in_use(read_filter(request.args, vocabulary()))
    require_area(connection(), keep.gebied)
    clusters = find_clusters(connection(), record, box, zoom, keep, lezer(), today())
    names = _read_names(record, clusters)
    return answer_reader(
        {"type": "FeatureCollection", "features": [_feature(c, names) for c in clusters]}, GEOJSON
    )


def read_box(args: MultiDict[str, str], zoom: int) -> Box:
    """
    Read a viewport from `bbox`.

    Returns
    -------
    west, south, east, north
        WGS84 degrees.

    Raises
    ------
    BadFilterError
        When it is not four numbers, lies off the earth, is turned round, or is larger than any
        screen at this zoom.
    """
    parts = ",".join(args.getlist("bbox")).split(",")
    if len(parts) != 4 or not all(_DEGREES.fullmatch(part.strip()) for part in parts):
        raise BadFilterError("bbox", _BOX_FORM)
    west, south, east, north = (float(part) for part in parts)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadFilterError(
            "bbox", f"West ligt voor oost en zuid voor noord, en alles op aarde. {_BOX_FORM}"
        )
    left, top = to_mercator(west, north)
    right, bottom = to_mercator(east, south)
    if max(right - left, bottom - top) > MOST_PIXELS * units_per_pixel(zoom):
        raise BadFilterError("bbox", "Dit stuk kaart is te groot voor deze zoom. Kies minder.")
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class _Names:
    """What the reader may see of single records, and the names of areas."""

    alone: dict[str, dict[str, Any]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)


def _read_names(record: RecordName, clusters: list[Cluster]) -> _Names:
    ids = [cluster.record_id for cluster in clusters if cluster.record_id]
    if record == "actor":
        actors = actors_by_id(connection(), ids, lezer(), today())
        alone = {key: _alone(actor, actor) for key, actor in actors.items()}
    else:
        offers = aanbod_by_id(connection(), ids, lezer(), today())
        owners = [offer.actor_id for offer in offers.values()]
        actors = actors_by_id(connection(), owners, lezer(), today())
        alone = {key: _alone(offer, actors[offer.actor_id]) for key, offer in offers.items()}
    if not any(cluster.gebied for cluster in clusters):
        return _Names(alone)
    return _Names(alone, area_names())


def _alone(thing: Actor | Aanbod, owner: Actor) -> dict[str, Any]:
    line = {} if thing.lijn is None else {"lijn": int(thing.lijn)}
    return {"id": thing.id, "naam": thing.naam, **line, "soort": owner.soort.value}


def _feature(cluster: Cluster, names: _Names) -> dict[str, Any]:
    properties: dict[str, Any] = {"aantal": cluster.aantal, "delen": cluster.delen}
    if cluster.record_id:
        properties |= names.alone[cluster.record_id]
    if cluster.gebied:
        properties |= {
            "gebied": cluster.gebied,
            "gebied_naam": names.areas[cluster.gebied],
            "zonder_plek": True,
        }
    place = [round(cluster.lon, DECIMALS), round(cluster.lat, DECIMALS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": properties,
    }
