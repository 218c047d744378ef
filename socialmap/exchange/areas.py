"""Carry areas between the store, which holds shapes as text, and geo, which measures them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from shapely.geometry import mapping, shape

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied
from socialmap.geo.area import NIVEAUS, Area, AreaSet
from socialmap.geo.locate import Locator, point_on_surface
from socialmap.geo.measure import area_m2, to_rd
from socialmap.geo.own import BRON_EIGEN
from socialmap.geo.simplify import simplify_coverage
from socialmap.store.areas import AreaShape, Geometry

#: Corners that matter less than this are left out of the shapes on a page.
PAGE_TOLERANCE_M = 10.0
_PUT_TOGETHER = (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN)


def is_own(area: Gebied) -> bool:
    """Tell whether an area came from a `gebieden.csv` and not with the map."""
    return area.bron == BRON_EIGEN


def to_shapes(areas: Iterable[Area], known: AreaSet) -> list[AreaShape]:
    """
    Give areas as the store keeps them.

    Parameters
    ----------
    areas
        To write; those of one level are simplified together, so that they share their borders.
    known
        All areas, these included.

    Returns
    -------
    shapes
        By level, small to large, and by code; geometries WGS84 (lon, lat).
    """
    listed = list(areas)
    made: list[AreaShape] = []
    for niveau in NIVEAUS:
        level = [area for area in listed if area.niveau is niveau]
        light = simplify_coverage(level, PAGE_TOLERANCE_M) if level else {}
        made += [
            AreaShape(_gebied(area, known), dict(mapping(area.shape)), dict(light[area.code]))
            for area in level
        ]
    return made


def to_area_set(shapes: Iterable[AreaShape]) -> AreaSet:
    """Give all areas of the store as geo measures them."""
    return AreaSet(_area(stored.gebied, stored.vorm) for stored in shapes)


class StoredPlaces:
    """Tells the store which areas hold a place; see `socialmap.store.indexing.Places`."""

    def __init__(self, areas: AreaSet) -> None:
        """Index the areas; an area that is added later needs a new one."""
        self._areas, self._locator = areas, Locator(areas)

    def locate_many(self, points: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
        """Give the codes of all areas that hold each place (lon, lat in WGS84 degrees)."""
        if not points:
            return []
        lonlat = np.array(points, dtype=np.float64)
        buurten = self._locator.locate_many(lonlat[:, 0], lonlat[:, 1])
        return [
            self._areas.holding(str(buurt)) if buurt else self._locator.locate(lon, lat)
            for buurt, (lon, lat) in zip(buurten, points, strict=True)
        ]


def _gebied(area: Area, known: AreaSet) -> Gebied:
    gemeenten = [code for code in area.ouders if known[code].niveau is Gebiedsniveau.GEMEENTE]
    lon, lat = point_on_surface(area)
    return Gebied(
        code=area.code,
        naam=area.naam,
        niveau=area.niveau,
        jaar=area.jaar,
        bron=area.bron,
        leden=area.leden if area.niveau in _PUT_TOGETHER else (),
        buurten=known.buurten_in(area.code),
        gemeente=gemeenten[0] if gemeenten else "",
        vrijwel_onbewoond=area.vrijwel_onbewoond,
        lon=lon,
        lat=lat,
        oppervlakte_m2=area_m2(area.shape_rd),
    )


def _area(gebied: Gebied, vorm: Geometry) -> Area:
    surface: Any = shape(vorm)
    is_buurt = gebied.niveau is Gebiedsniveau.BUURT
    return Area(
        code=gebied.code,
        naam=gebied.naam,
        niveau=gebied.niveau,
        jaar=gebied.jaar or 0,
        bron=gebied.bron,
        leden=gebied.leden or (() if is_buurt else gebied.buurten),
        ouders=(gebied.gemeente,) if gebied.gemeente else (),
        vrijwel_onbewoond=gebied.vrijwel_onbewoond,
        shape=surface,
        shape_rd=to_rd(surface),
    )
