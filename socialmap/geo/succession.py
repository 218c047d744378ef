"""Tell in which new areas the old ones went up, by surface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shapely import STRtree

from socialmap.geo.area import Area
from socialmap.geo.measure import area_m2

#: A smaller part of the old surface comes of borders that were drawn a little differently.
LEAST_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True, order=True)
class Successor:
    """Part of an old area that lies in a new one; `deel` is a share of the old surface, 0 to 1."""

    oud: str
    nieuw: str
    deel: float


def find_successors(old: Iterable[Area], new: Sequence[Area]) -> dict[str, tuple[Successor, ...]]:
    """
    Find for each old area the new ones that hold at least `LEAST_SHARE` of its surface.

    Parameters
    ----------
    old, new
        Areas of one level, with their shapes in EPSG:28992 metres.

    Returns
    -------
    successors
        By code of the old area, the largest part first, then by code. An old area that lies in
        none has an empty tuple.
    """
    tree = STRtree([area.shape_rd for area in new])
    found: dict[str, tuple[Successor, ...]] = {}
    for area in old:
        whole = area_m2(area.shape_rd)
        near = [new[number] for number in tree.query(area.shape_rd, predicate="intersects")]
        parts = [
            Successor(area.code, one.code, area.shape_rd.intersection(one.shape_rd).area / whole)
            for one in near
        ]
        kept = [part for part in parts if part.deel >= LEAST_SHARE]
        found[area.code] = tuple(sorted(kept, key=lambda part: (-round(part.deel, 9), part.nieuw)))
    return found
