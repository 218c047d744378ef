"""Places from OpenStreetMap wait as drafts until somebody of that area puts them on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socialmap.domain.osm import DOOR
from socialmap.editing.change import Desk, Editable, create
from socialmap.store.areas import buurten_of_areas
from socialmap.store.proposals import Voorstel, open_drafts

#: Not of an actor: the times of the offer that comes with it, and what it looks like.
HOURS, ALIKE = "wanneer", "lijkt_op"
#: What the offer takes over of the place.
_OF_PLACE = ("themas", "doelgroepen", "adres", "postcode", "plaats", "lon", "lat", "status", "bron")


def draft_id(key: str) -> str:
    """Give the id of the draft of a record (`OSM-n12`)."""
    return f"{DOOR}-{key.removeprefix('OSM-')}"


def actor_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of a draft that are of the actor."""
    return {name: text for name, text in cells.items() if name not in (HOURS, ALIKE)}


def alike_of(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Give the ids of records and drafts that a draft looks like."""
    return tuple(key for key in cells.get(ALIKE, "").split("|") if key)


def make_draft(desk: Desk, cells: Mapping[str, str]) -> Editable:
    """
    Put a draft on the map; with its opening hours as an offer, when it has them.

    Raises
    ------
    RecordFaultsError, NotAllowedError
        As `create`; nothing is kept then.
    """
    made = create(desk, "actoren", actor_cells(cells))
    if cells.get(HOURS):
        own = {name: cells[name] for name in _OF_PLACE if name in cells}
        name = cells.get("type", "") or cells["naam"]
        more = {"id": f"{made.id}-tijden", "actor_id": made.id, "naam": name[:1].upper() + name[1:]}
        create(desk, "aanbod", {**own, **more, HOURS: cells[HOURS]})
    return made


def drafts_for(desk: Desk) -> list[Voorstel]:
    """Give the open drafts that lie in the areas of an account, in order of name; all without."""
    waiting = open_drafts(desk.conn)
    if desk.account.gebieden:
        own = buurten_of_areas(desk.conn, desk.account.gebieden)
        around = desk.places.locate_many([_point(one.cellen) for one in waiting])
        waiting = [one for one, codes in zip(waiting, around, strict=True) if own & set(codes)]
    return sorted(waiting, key=lambda one: (one.cellen.get("naam", "").casefold(), one.id))


def _point(cells: Mapping[str, str]) -> tuple[float, float]:
    return float(cells["lon"]), float(cells["lat"])


def names_of(waiting: Sequence[Voorstel]) -> dict[str, str]:
    """Give the name of each draft by the id that its record would get."""
    return {one.cellen["id"]: one.cellen.get("naam", "") for one in waiting}
