"""Find in which areas a place lies."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from socialmap.domain.codes import Gebiedsniveau
from socialmap.geo.area import Area, AreaSet
from socialmap.geo.errors import MetresError
from socialmap.geo.measure import lonlat_to_xy, to_wgs84
from socialmap.geo.point import NEDERLAND

_NONE: Final = -1


class Locator:
    """Answers in which areas a place lies; made once, asked often.

    A place on a common border lies in the area with the smallest code, always. The outlines of
    gemeenten are coarse and run over their neighbours: they are asked only outside every buurt.
    """

    def __init__(self, areas: AreaSet) -> None:
        """
        Index the buurten and the outlines in RD.

        Parameters
        ----------
        areas
            Not modified; a later `AreaSet.with_own` needs a new locator.
        """
        self._areas = areas
        self._buurten = areas.of_level(Gebiedsniveau.BUURT)
        gemeenten = areas.of_level(Gebiedsniveau.GEMEENTE)
        self._outlines = tuple(area for area in gemeenten if area.is_outline)
        self._buurt_tree = STRtree([area.shape_rd for area in self._buurten])
        self._outline_tree = STRtree([area.shape_rd for area in self._outlines])
        self._buurt_codes = np.array([*(area.code for area in self._buurten), ""], dtype=np.str_)
        self._outline_holders = {area.code: self._holders_of(area) for area in self._outlines}

    def locate(self, lon: float, lat: float) -> tuple[str, ...]:
        """
        List the areas that hold a place.

        Parameters
        ----------
        lon, lat
            WGS84 degrees.

        Returns
        -------
        codes
            In the order of `AreaSet`: buurt, wijk, team areas, gemeente, own areas. Outside
            every buurt: the gemeente of which only the outline is known. Empty outside all,
            and for nan or infinite.

        Raises
        ------
        MetresError
            If the numbers are finite but cannot be degrees.
        """
        xy = _to_xy([lon], [lat])
        buurt = _first_hit(self._buurt_tree, xy)[0]
        if buurt != _NONE:
            return self._areas.holding(self._buurten[buurt].code)
        outline = _first_hit(self._outline_tree, xy)[0]
        if outline != _NONE:
            return self._outline_holders[self._outlines[outline].code]
        return ()

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.str_]:
        """
        Give the buurt of each place. O(n log b) for n places and b buurten.

        Parameters
        ----------
        lons, lats
            Shape (n,) each, WGS84 degrees; nan where the place is not known.

        Returns
        -------
        codes
            Shape (n,), codes of buurten; '' outside every buurt and for nan or infinite.

        Raises
        ------
        MetresError
            If numbers are finite but cannot be degrees; names the first.
        """
        codes: NDArray[np.str_] = self._buurt_codes[
            _first_hit(self._buurt_tree, _to_xy(lons, lats))
        ]
        return codes

    def _holders_of(self, outline: Area) -> tuple[str, ...]:
        """The gemeente and the team areas and own areas that were put together with it."""
        return tuple(
            area.code
            for area in self._areas
            if area.code == outline.code or outline.code in area.leden
        )


def point_on_surface(area: Area) -> tuple[float, float]:
    """
    Give a place that surely lies inside an area, also where its centre of gravity does not.

    Returns
    -------
    lon, lat
        WGS84 degrees; found in EPSG:28992.
    """
    point = to_wgs84(area.shape_rd.representative_point())
    return float(point.x), float(point.y)


def _to_xy(lons: ArrayLike, lats: ArrayLike) -> NDArray[np.float64]:
    """RD metres, nan for what lies outside the Netherlands or is not finite."""
    lonlat = np.column_stack(
        [np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)]
    )
    metres = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat) > (180.0, 90.0)).any(axis=1)
    if metres.any():
        lon, lat = lonlat[int(np.argmax(metres))]
        raise MetresError(float(lon), float(lat))
    west, south, east, north = NEDERLAND
    inside = ((lonlat >= (west, south)) & (lonlat <= (east, north))).all(axis=1)
    xy = np.full(lonlat.shape, np.nan)
    xy[inside] = lonlat_to_xy(lonlat[inside])
    return xy


def _first_hit(tree: STRtree, xy: NDArray[np.float64]) -> NDArray[np.intp]:
    """Smallest index in the tree of what holds or touches each point; `_NONE` where nothing."""
    hits = np.full(len(xy), len(tree.geometries), dtype=np.intp)
    known = np.flatnonzero(~np.isnan(xy[:, 0]))
    points, found = tree.query(shapely.points(xy[known]), predicate="intersects")
    np.minimum.at(hits, known[points], found)
    hits[hits == len(tree.geometries)] = _NONE
    return hits
