"""Draw the ground of a small town: buurten that fit together, larger areas, and key figures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import shapely
from pyproj import Transformer
from shapely.geometry import Polygon, mapping

from socialmap.domain.model import Kerncijfer

#: Cells of the grid on each side; four of them make a wijk.
SIDE = 4
JAAR = 2024
PERCENTAGES = {
    "pct_0_14": (8, 24),
    "pct_15_24": (6, 16),
    "pct_65plus": (9, 34),
    "pct_eenpersoons": (25, 60),
    "pct_sociaal_minimum": (3, 15),
    "pct_herkomst_buiten_europa": (5, 45),
}
#: Figures that some towns have nowhere: nobody knows how many people these are.
_MAY_BE_UNKNOWN = ("pct_sociaal_minimum", "pct_herkomst_buiten_europa")
_CORNER = (104_000.0, 487_000.0)
_WGS84 = Transformer.from_crs(28992, 4326, always_xy=True)


@dataclass(kw_only=True)
class Land:
    """Areas and key figures of a town; areas are their level and the buurten inside."""

    geojson: dict[str, Any]
    areas: dict[str, tuple[str, tuple[str, ...]]]
    teams: dict[str, str]
    eigen: dict[str, tuple[str, ...]]
    onbewoond: frozenset[str] = frozenset()
    kerncijfers: tuple[Kerncijfer, ...] = ()
    shapes: dict[str, Polygon] = field(default_factory=dict)

    def of_level(self, niveau: str) -> list[str]:
        """List the codes of one level."""
        return [code for code, (level, _) in self.areas.items() if level == niveau]


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Turn metres (EPSG:28992) into degrees with seven decimals."""
    lon, lat = _WGS84.transform(x, y)
    return round(lon, 7), round(lat, 7)


def draw_land(chance: random.Random) -> Land:
    """Draw areas of every level, some buurten without residents, and what is known of them."""
    gemeenten = chance.choice((1, 1, 1, 2))
    shapes = _draw_buurten(chance, gemeenten)
    land = Land(
        geojson={"type": "FeatureCollection", "features": list(_features(shapes))},
        areas={code: ("buurt", (code,)) for code in sorted(shapes)},
        teams={},
        eigen={},
        shapes=shapes,
    )
    _group(land, chance)
    marked = chance.sample(sorted(shapes), chance.choice((0, 1, 1, 2)))
    land.onbewoond = frozenset(marked)
    land.kerncijfers = tuple(_draw_figures(land, chance))
    return land


def _draw_buurten(chance: random.Random, gemeenten: int) -> dict[str, Polygon]:
    size = chance.uniform(450, 850)
    node = {
        (i, j): (
            _CORNER[0] + size * (i + chance.uniform(-0.2, 0.2)),
            _CORNER[1] + size * (j + chance.uniform(-0.2, 0.2)),
        )
        for i in range(SIDE + 1)
        for j in range(SIDE + 1)
    }
    shapes: dict[str, Polygon] = {}
    for number in range(4):
        left, low = 2 * (number // 2), 2 * (number % 2)
        cells = [(left, low), (left + 1, low), (left + 1, low + 1), (left, low + 1)]
        gemeente = 9001 + (number // 2 if gemeenten == 2 else 0)
        groups = chance.choice(([1, 1, 1, 1], [1, 1, 1, 1], [2, 1, 1], [3, 1], [1, 1, 2]))
        for order, count in enumerate(groups, start=1):
            taken, cells = cells[:count], cells[count:]
            code = f"BU{gemeente}{number + 1:02d}{order:02d}"
            joined: Any = shapely.coverage_union_all([_cell(node, *at) for at in taken])
            shapes[code] = joined
    return shapes


def _cell(node: dict[tuple[int, int], tuple[float, float]], i: int, j: int) -> Polygon:
    return Polygon([node[i, j], node[i + 1, j], node[i + 1, j + 1], node[i, j + 1]])


def _features(shapes: dict[str, Polygon]) -> Iterator[dict[str, Any]]:
    for code, surface in sorted(shapes.items()):
        degrees = Polygon([lonlat(x, y) for x, y in surface.exterior.coords])
        yield {
            "type": "Feature",
            "properties": {
                "code": code,
                "naam": f"Buurt {code[6:]}",
                "wijkcode": "WK" + code[2:8],
                "gemeentecode": "GM" + code[2:6],
                "jaar": 2023,
            },
            "geometry": mapping(degrees),
        }


def _group(land: Land, chance: random.Random) -> None:
    buurten = land.of_level("buurt")
    held: dict[tuple[str, str], list[str]] = {}
    for buurt in buurten:
        gemeente = "GM" + buurt[2:6]
        land.teams[buurt] = f"team-{gemeente[-1]}{chance.choice('ab')}"
        held.setdefault(("wijk", "WK" + buurt[2:8]), []).append(buurt)
        held.setdefault(("teamgebied", land.teams[buurt]), []).append(buurt)
        held.setdefault(("gemeente", gemeente), []).append(buurt)
    for (niveau, code), inside in sorted(held.items()):
        land.areas[code] = (niveau, tuple(inside))
    first, second = land.of_level("wijk")[:2]
    land.eigen["EG-1"] = (first, land.areas[second][1][0])
    land.areas["EG-1"] = ("eigen", (*land.areas[first][1], land.areas[second][1][0]))


def _draw_figures(land: Land, chance: random.Random) -> Iterator[Kerncijfer]:
    unknown = chance.choice(((), (), _MAY_BE_UNKNOWN[:1], _MAY_BE_UNKNOWN))
    names = [name for name in PERCENTAGES if name not in unknown]
    counted = chance.random() < 0.85
    households = chance.random() < 0.5
    for gemeente in land.of_level("gemeente"):
        persons = chance.randrange(9_000, 20_000) if counted else None
        yield from _figures(gemeente, 2021, persons, names, chance, households)
    for wijk in land.of_level("wijk"):
        persons = chance.randrange(2_000, 6_000) if counted and chance.random() < 0.7 else None
        some = [name for name in names if chance.random() < 0.6]
        yield from _figures(wijk, JAAR, persons, some, chance, households)
        if persons is not None and chance.random() < 0.3:
            yield from _figures(wijk, 2019, 1_000, (), chance, households)
        if counted and chance.random() < 0.4:
            yield from _buurt_figures(land.areas[wijk][1], names, chance, households)


def _buurt_figures(
    buurten: tuple[str, ...], names: list[str], chance: random.Random, households: bool
) -> Iterator[Kerncijfer]:
    for buurt in buurten:
        persons = chance.choice((0, 40, *(chance.randrange(500, 2_500) for _ in range(8))))
        some = [name for name in names if chance.random() < 0.4]
        yield from _figures(buurt, JAAR, persons, some, chance, households)


def _figures(
    code: str,
    jaar: int,
    persons: int | None,
    names: list[str] | tuple[str, ...],
    chance: random.Random,
    households: bool,
) -> Iterator[Kerncijfer]:
    if persons is not None:
        yield _figure(code, jaar, "inwoners", persons, "personen")
        if households:
            share = chance.uniform(0.4, 0.55)
            yield _figure(code, jaar, "huishoudens", round(persons * share), "huishoudens")
    for name in names:
        low, high = PERCENTAGES[name]
        is_none = code.startswith("WK") and chance.random() < 0.06
        yield _figure(code, jaar, name, 0.0 if is_none else chance.randint(low, high), "%")


def _figure(code: str, jaar: int, naam: str, waarde: float, eenheid: str) -> Kerncijfer:
    return Kerncijfer(
        gebied=code,
        jaar=jaar,
        naam=naam,
        label=naam,
        waarde=float(waarde),
        eenheid=eenheid,
        bron="verzonnen",
    )
