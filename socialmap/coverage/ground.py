"""The ground that coverage is measured on: buurten in metres, what holds them, who lives there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import shape

from socialmap.coverage.need import EVERYBODY, Need, Needs
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.geo.measure import lonlat_to_xy, to_rd
from socialmap.store.areas import AreaShape

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indexes = NDArray[np.intp]


@dataclass(frozen=True)
class Ground:
    """
    Areas and residents; made once for each state of borders and figures.

    Attributes
    ----------
    areas
        All areas by code, from small to large.
    buurten
        Codes of the buurten, in the order of every array below, n of them.
    shapes
        Shape (n,): polygons in EPSG:28992, metres.
    points
        Shape (n, 2): a point on the surface of each, EPSG:28992 metres, x then y.
    surface
        Shape (n,): square metres.
    inhabited
        Shape (n,): whether anybody lives there, as far as known.
    members
        For each area with buurten, their places in the arrays.
    needs
        How many residents of a group an area has.
    figures
        All key figures, of the newest year for each area and name.
    """

    areas: Mapping[str, Gebied]
    buurten: tuple[str, ...]
    shapes: NDArray[np.object_]
    points: Floats
    surface: Floats
    inhabited: Bools
    members: Mapping[str, Indexes]
    needs: Needs
    figures: tuple[Kerncijfer, ...]
    tree: STRtree
    _need: dict[tuple[str, str], Need] = field(default_factory=dict)
    _persons: dict[str, Floats] = field(default_factory=dict)
    _of_group: dict[str, Floats] = field(default_factory=dict)
    _weights: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def need(self, code: str, doelgroep: str) -> Need:
        """Give the need of an area of any level for a group; see `Needs.of`."""
        key = code, doelgroep
        if key not in self._need:
            self._need[key] = self.needs.of(code, doelgroep)
        return self._need[key]

    def persons(self, doelgroep: str) -> Floats:
        """Give the need of each buurt, shape (n,), persons unrounded; nan where it is unknown."""
        if doelgroep not in self._persons:
            found = [self.need(code, doelgroep).personen for code in self.buurten]
            self._persons[doelgroep] = np.array(
                [np.nan if one is None else one for one in found], dtype=np.float64
            )
        return self._persons[doelgroep]

    def weights(self, doelgroep: str) -> Floats:
        """
        Give what each buurt counts for in a larger area, shape (n,).

        Its need; its inhabited surface where the need of none of all buurten is known. See
        `weights_in` for one area.
        """
        if doelgroep not in self._of_group:
            known = np.nan_to_num(self.persons(doelgroep))
            self._of_group[doelgroep] = np.where(self.inhabited, known, 0.0)
        return self._of_group[doelgroep]

    def weights_in(self, code: str, doelgroep: str) -> Floats:
        """Give what the buurten of an area count for, in the order of `members`."""
        key = code, doelgroep
        if key not in self._weights:
            own = self.members[code]
            weights = self.weights(doelgroep)[own]
            if not weights.sum() > 0:
                weights = np.where(self.inhabited[own], self.surface[own], 0.0)
            self._weights[key] = weights
        return self._weights[key]

    def of_level(self, niveau: Gebiedsniveau, gebied: str = "") -> list[Gebied]:
        """
        List the areas of a level that have buurten, by name and code.

        Parameters
        ----------
        gebied
            Keeps the areas that share a buurt with this one; empty for all.
        """
        within = set(self.areas[gebied].buurten) if gebied in self.areas else set()
        found = [
            area
            for area in self.areas.values()
            if area.niveau is niveau
            and area.code in self.members
            and (not gebied or within.intersection(area.buurten))
        ]
        return sorted(found, key=lambda area: (area.naam.casefold(), area.code))


def make_ground(
    areas: Iterable[Gebied], shapes: Sequence[AreaShape], figures: Iterable[Kerncijfer]
) -> Ground:
    """
    Make the ground from what the store keeps.

    Parameters
    ----------
    areas
        All areas.
    shapes
        The buurten, with shapes in WGS84 (lon, lat).
    figures
        Key figures of any years.
    """
    by_code = {area.code: area for area in areas}
    listed = sorted(shapes, key=lambda one: one.gebied.code)
    codes = tuple(one.gebied.code for one in listed)
    place = {code: number for number, code in enumerate(codes)}
    surfaces = np.array([to_rd(shape(one.vorm)) for one in listed], dtype=object)
    figures = tuple(figures)
    needs = Needs(by_code.values(), figures)
    members = {
        area.code: np.array([place[code] for code in area.buurten if code in place], dtype=np.intp)
        for area in by_code.values()
    }
    return Ground(
        areas=by_code,
        buurten=codes,
        shapes=surfaces,
        points=_points(listed),
        surface=np.array(shapely.area(surfaces), dtype=np.float64).reshape(len(codes)),
        inhabited=np.array([_is_inhabited(needs, one.gebied) for one in listed], dtype=np.bool_),
        members={code: own for code, own in members.items() if len(own)},
        needs=needs,
        figures=figures,
        tree=STRtree(surfaces),
    )


def _points(listed: Sequence[AreaShape]) -> Floats:
    lonlat = np.array([(one.gebied.lon, one.gebied.lat) for one in listed], dtype=np.float64)
    return lonlat_to_xy(lonlat.reshape(-1, 2))


def _is_inhabited(needs: Needs, buurt: Gebied) -> bool:
    residents = needs.of(buurt.code, EVERYBODY).personen
    return not buurt.vrijwel_onbewoond if residents is None else residents > 0
