"""Measure the ground of a small town the slow and obvious way: metres, and persons by group.

Nothing here comes from the program but its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import Point, shape

from tests.towns_land import Land

FIGURE = {
    "ouderen": "pct_65plus",
    "kinderen": "pct_0_14",
    "jongeren": "pct_15_24",
    "alleenstaanden": "pct_eenpersoons",
    "minima": "pct_sociaal_minimum",
    "migratieachtergrond": "pct_herkomst_buiten_europa",
}
#: Places in degrees, each with its reach in metres on foot.
Spots = tuple[tuple[float, float, float], ...]
_RD = Transformer.from_crs(4326, 28992, always_xy=True)


def to_metres(lon: float, lat: float) -> Point:
    """Give a place in EPSG:28992."""
    return Point(_RD.transform(lon, lat))


def total(parts: Iterable[float | None]) -> float | None:
    """Add up, unless one is not known."""
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known) if len(known) == len(found) else None


class Ground:
    """Surfaces in metres and persons by group of every area of a town."""

    def __init__(self, land: Land) -> None:
        self.areas, self.onbewoond = land.areas, land.onbewoond
        self.shapes = {
            feature["properties"]["code"]: shapely.transform(shape(feature["geometry"]), _to_rd)
            for feature in land.geojson["features"]
        }
        self.surface = {code: float(surface.area) for code, surface in self.shapes.items()}
        self.points = {code: s.representative_point() for code, s in self.shapes.items()}
        self._figures = land.kerncijfers
        self._needs: dict[tuple[str, str], float | None] = {}
        self._weights: dict[tuple[str, str], dict[str, float]] = {}
        self._shares: dict[tuple[str, Spots], float] = {}
        self._walks: dict[tuple[float, float, str], float] = {}

    def larger(self, code: str) -> list[str]:
        """List an area itself, then the wijk and the gemeente that hold it."""
        level, buurten = self.areas[code]
        chain = {"buurt": ["wijk", "gemeente"], "wijk": ["gemeente"]}.get(level, [])
        return [code] + [
            other
            for wanted in chain
            for other, (niveau, inside) in self.areas.items()
            if niveau == wanted and set(buurten) <= set(inside)
        ]

    def gemeente_of(self, code: str) -> str:
        """Give the gemeente that holds an area."""
        buurt = self.areas[code][1][0]
        return self.larger(buurt)[2]

    def figure(self, code: str, naam: str) -> float | None:
        """Give a figure of the newest year of an area."""
        own = [f for f in self._figures if f.gebied == code]
        newest = max((f.jaar for f in own), default=0)
        return next((f.waarde for f in own if f.jaar == newest and f.naam == naam), None)

    def count(self, code: str, naam: str) -> float | None:
        """Count inhabitants or households: its own, its share by surface, or those inside it."""
        own = self.figure(code, naam)
        if own is not None:
            return own
        level, buurten = self.areas[code]
        if level == "buurt":
            return self._share(code, naam)
        return total(self.count(buurt, naam) for buurt in buurten)

    def _share(self, buurt: str, naam: str) -> float | None:
        if buurt in self.onbewoond:
            return 0.0
        for area in self.larger(buurt)[1:]:
            total = self.figure(area, naam)
            if total is not None:
                inside = [b for b in self.areas[area][1] if b not in self.onbewoond]
                return total * self.surface[buurt] / sum(self.surface[b] for b in inside)
        return None

    def need(self, code: str, groep: str) -> float | None:
        """Count the persons of a group in an area; None when nobody knows."""
        key = (code, groep)
        if key not in self._needs:
            self._needs[key] = self._count_need(code, groep)
        return self._needs[key]

    def _count_need(self, code: str, groep: str) -> float | None:
        level, buurten = self.areas[code]
        if level != "buurt" and self.figure(code, "inwoners") is None:
            return total(self.need(buurt, groep) for buurt in buurten)
        persons = self.count(code, "inwoners")
        if groep == "iedereen" or persons is None:
            return persons
        if groep not in FIGURE:
            return None
        shares = [self.figure(area, FIGURE[groep]) for area in self.larger(code)]
        share = next((s for s in shares if s is not None), None)
        if share is None:
            return None
        if groep == "alleenstaanden":
            households = self.count(code, "huishoudens")
            known = any(f.naam == "huishoudens" for f in self._figures)
            persons = households if known and households is not None else persons / 2.07
        return persons * share / 100

    def is_inhabited(self, buurt: str) -> bool:
        """Tell whether people live in a buurt; yes where nobody counted, unless it is marked."""
        return self.need(buurt, "iedereen") != 0

    def weights(self, code: str, groep: str) -> dict[str, float]:
        """Weigh the buurten of an area: by persons, or by inhabited surface."""
        if (code, groep) not in self._weights:
            self._weights[code, groep] = self._weigh(self.areas[code][1], groep)
        return self._weights[code, groep]

    def _weigh(self, buurten: Sequence[str], groep: str) -> dict[str, float]:
        needs = {buurt: self.need(buurt, groep) or 0.0 for buurt in buurten}
        if sum(needs.values()) > 0:
            return needs
        return {b: self.surface[b] if self.is_inhabited(b) else 0.0 for b in buurten}

    def walk(self, lon: float, lat: float, buurt: str) -> float:
        """Give the metres on foot from a place to the point on surface of a buurt."""
        key = (lon, lat, buurt)
        if key not in self._walks:
            self._walks[key] = 1.3 * float(to_metres(lon, lat).distance(self.points[buurt]))
        return self._walks[key]

    def share_within(self, buurt: str, spots: Sequence[tuple[float, float, float]]) -> float:
        """Give the part of a buurt within reach of a place: each a lon, lat and metres on foot."""
        key = (buurt, tuple(spots))
        if key not in self._shares:
            circles = [to_metres(x, y).buffer(reach / 1.3, quad_segs=16) for x, y, reach in spots]
            within = shapely.union_all(circles).intersection(self.shapes[buurt])
            self._shares[key] = float(within.area) / self.surface[buurt]
        return self._shares[key]


def _to_rd(lonlat: Any) -> Any:
    return np.column_stack(_RD.transform(lonlat[:, 0], lonlat[:, 1]))
