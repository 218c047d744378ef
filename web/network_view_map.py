"""Give the network for the map: actors at their place or area, ties as lines, bundled when many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Actor
from socialmap.network.reading import Seen
from web.network_view import MOST_NODES, Part
from web.network_view_groups import NOWHERE, Group, bundle_ties, group_actors
from web.network_view_picture import Drawing, Line, say_area

#: Above so many lines the map shows how many run between areas, and only the selection one by one.
MOST_LINES = 100
_ROUND = 5

Json = dict[str, Any]


def map_json(seen: Seen, part: Part, drawing: Drawing) -> Json:
    """
    Give marks and lines for the map.

    Parameters
    ----------
    seen
        The network of one reader, for the points of its areas.
    part, drawing
        What is in view.

    Returns
    -------
    json
        `actoren` with WGS84 degrees (`vast` is false where only the area is known) and `banden`
        between them; with many lines also `gebieden` and `bundels`. `niet_op_kaart` counts actors
        of whom neither place nor area is known.
    """
    single = len(part.actors) <= MOST_NODES
    found = {actor.id: _spot(seen, actor) for actor in part.actors.values()}
    spots = {key: spot for key, spot in found.items() if spot is not None}
    answer: Json = {
        "actoren": [_mark(part.actors[key], spot) for key, spot in spots.items()] if single else [],
        "banden": [_line(line) for line in drawing.lijnen] if single else [],
        "gebieden": [],
        "bundels": [],
        "niet_op_kaart": len(found) - len(spots),
    }
    if single and len(drawing.lijnen) <= MOST_LINES:
        return answer
    return answer | _bundled(seen, part)


def _bundled(seen: Seen, part: Part) -> Json:
    groups = group_actors(seen, part.actors.values(), Gebiedsniveau.WIJK, by_kind=False)
    if len(groups) > MOST_NODES:
        groups = group_actors(seen, part.actors.values(), Gebiedsniveau.GEMEENTE, by_kind=False)
    known: Mapping[str, Group] = {g.id: g for g in groups if g.code != NOWHERE}
    bundles = [
        bundle
        for bundle in bundle_ties(groups, part.ties)
        if bundle.van != bundle.naar and bundle.van in known and bundle.naar in known
    ]
    most = max((len(bundle.ties) for bundle in bundles), default=1)
    return {
        "gebieden": [
            {
                "id": group.id,
                "code": group.code,
                "naam": say_area(seen, group.code),
                "lon": round(seen.areas[group.code].lon, _ROUND),
                "lat": round(seen.areas[group.code].lat, _ROUND),
                "aantal": len(group.actor_ids),
                "delen": Counter(part.actors[key].soort.value for key in group.actor_ids),
            }
            for group in known.values()
        ],
        "bundels": [
            {
                "van": bundle.van,
                "naar": bundle.naar,
                "gewenst": bundle.gewenst,
                "aantal": len(bundle.ties),
                "dikte": 1 + (2 * len(bundle.ties) - 1) // most,
            }
            for bundle in bundles
        ],
    }


def _spot(seen: Seen, actor: Actor) -> tuple[float, float, bool] | None:
    if actor.lon is not None and actor.lat is not None:
        return actor.lon, actor.lat, True
    area = next((seen.areas[code] for code in actor.werkgebied if code in seen.areas), None)
    return None if area is None else (area.lon, area.lat, False)


def _mark(actor: Actor, spot: tuple[float, float, bool]) -> Json:
    return {
        "id": actor.id,
        "naam": actor.naam,
        "soort": actor.soort.value,
        "lon": round(spot[0], _ROUND),
        "lat": round(spot[1], _ROUND),
        "vast": spot[2],
    }


def _line(line: Line) -> Json:
    return {"van": line.van, "naar": line.naar, "dikte": line.dikte, "gewenst": line.gewenst}
