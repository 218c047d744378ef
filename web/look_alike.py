"""Name what a proposal for something new looks like, of what this reader may see."""

from __future__ import annotations

from collections.abc import Mapping

from socialmap.domain.codes import Status
from socialmap.domain.model import Aanbod, Actor
from socialmap.editing.change import Desk
from socialmap.editing.duplicates import Place, find_like
from socialmap.store.areas import get_area
from socialmap.store.filters import RecordFilter
from socialmap.store.records import known_ids, list_aanbod, list_actors
from web.present import actor_url, offer_url

#: Records of one municipality that are looked at, of each kind.
_MOST = 5000


class LookAlike:
    """Reads the records of a municipality once, for all proposals of one page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[str, list[Actor | Aanbod]] = {}

    def links(self, cells: Mapping[str, str]) -> list[dict[str, object]]:
        """Give id, name, address and whether it stopped, the surest first; see `find_like`."""
        place = _point(cells)
        found = find_like(cells.get("naam", ""), place, self._around(place, cells))
        return [
            {
                "id": like.record.id,
                "naam": like.record.naam,
                "url": _url(like.record),
                "gestopt": like.record.status is Status.GESTOPT,
            }
            for like in found
        ]

    def _around(self, place: Place | None, cells: Mapping[str, str]) -> list[Actor | Aanbod]:
        code = self._municipality(place, cells)
        if code not in self._kept:
            conn, reader, day = self._desk.conn, self._desk.lezer, self._desk.today
            keep = RecordFilter(gebied=code)
            actors = list_actors(conn, keep, reader, day, na="", limit=_MOST).resultaten
            offers = list_aanbod(conn, keep, reader, day, na="", limit=_MOST).resultaten
            self._kept[code] = [*actors, *offers]
        return self._kept[code]

    def _municipality(self, place: Place | None, cells: Mapping[str, str]) -> str:
        """Give the municipality of a proposal; empty when it is not known."""
        codes = list(self._desk.places.locate_many([place])[0]) if place else []
        codes += [code for code in cells.get("werkgebied", "").split("|") if code][:1]
        known = known_ids(self._desk.conn, "gebied", codes)
        areas = [get_area(self._desk.conn, code) for code in codes if code in known]
        return next((area.gemeente for area in areas if area.gemeente), "")


def _point(cells: Mapping[str, str]) -> Place | None:
    if not cells.get("lon") or not cells.get("lat"):
        return None
    return float(cells["lon"]), float(cells["lat"])


def _url(record: Actor | Aanbod) -> str:
    return actor_url(record.id) if isinstance(record, Actor) else offer_url(record.id)
