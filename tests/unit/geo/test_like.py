"""Like areas: nearest in standardised figures, and figures of a team area from its wijken."""

from __future__ import annotations

import math
from statistics import pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.geo.like import LEAST_FIGURES, MOST_LIKE, figures_of, find_like

NAMES = ("inwoners", "pct_65plus", "pct_0_14", "pct_eenpersoons")


def _wijk(code: str, **values: object) -> Gebied:
    return Gebied(**{"code": code, "naam": code, "niveau": Gebiedsniveau.WIJK} | values)  # type: ignore[arg-type]


def _figure(area: str, name: str, value: float, unit: str) -> Kerncijfer:
    return Kerncijfer(
        gebied=area, jaar=2024, naam=name, label=name, waarde=value, eenheid=unit, bron="test"
    )


def _nearest(code: str, figures: dict[str, dict[str, float]]) -> tuple[str, ...]:
    """Find the like areas in the plainest way there is."""
    spread = {
        name: pstdev([own[name] for own in figures.values() if name in own])
        for name in {name for own in figures.values() for name in own}
    }
    ranked = []
    for other, theirs in figures.items():
        names = [n for n in theirs if n in figures[code] and spread[n] > 0]
        if other == code or len(names) < LEAST_FIGURES:
            continue
        squares = [((theirs[n] - figures[code][n]) / spread[n]) ** 2 for n in names]
        ranked.append((round(math.sqrt(sum(squares) / len(squares)), 9), other))
    return tuple(other for _, other in sorted(ranked)[:MOST_LIKE])


@given(
    st.dictionaries(
        st.sampled_from([f"WK{number:02}" for number in range(12)]),
        st.dictionaries(st.sampled_from(NAMES), st.integers(0, 40).map(float)),
        min_size=1,
    )
)
@settings(max_examples=200)
def test_equals_the_plain_way(figures: dict[str, dict[str, float]]) -> None:
    found = find_like([_wijk(code) for code in reversed(figures)], figures)
    assert list(found) == sorted(figures)
    assert found == {code: _nearest(code, figures) for code in figures}


def test_the_nearest_comes_first() -> None:
    figures = {
        code: dict.fromkeys(NAMES, value)
        for code, value in (("A", 1.0), ("B", 2.0), ("C", 4.0), ("D", 8.0), ("E", 16.0))
    }
    found = find_like([_wijk(code) for code in figures], figures)
    assert found["A"] == ("B", "C", "D")
    assert found["E"] == ("D", "C", "B")


def _town() -> tuple[dict[str, Gebied], dict[str, list[Kerncijfer]]]:
    """Two wijken of two buurten each, and a team area of one wijk and a part of the other."""
    buurten = [
        Gebied(code="BU1", naam="1", niveau=Gebiedsniveau.BUURT, oppervlakte_m2=100),
        Gebied(code="BU2", naam="2", niveau=Gebiedsniveau.BUURT, oppervlakte_m2=300),
        Gebied(code="BU3", naam="3", niveau=Gebiedsniveau.BUURT, oppervlakte_m2=100),
        Gebied(
            code="BU4",
            naam="4",
            niveau=Gebiedsniveau.BUURT,
            oppervlakte_m2=900,
            vrijwel_onbewoond=True,
        ),
    ]
    wijken = [_wijk("WK1", buurten=("BU1", "BU2")), _wijk("WK2", buurten=("BU3", "BU4"))]
    team = Gebied(code="T", naam="T", niveau=Gebiedsniveau.TEAMGEBIED, buurten=("BU1", "BU3"))
    residents = {
        "WK1": [_figure("WK1", "inwoners", 4000, "personen"), _figure("WK1", "oud", 10, "%")],
        "WK2": [_figure("WK2", "inwoners", 1000, "personen"), _figure("WK2", "oud", 30, "%")],
    }
    return {area.code: area for area in [*buurten, *wijken, team]}, residents


def test_a_team_area_has_the_inhabited_part_of_its_wijken() -> None:
    areas, residents = _town()
    # A quarter of the 4,000 by surface, and all of the 1,000: nobody lives in the other buurt.
    assert figures_of(areas["T"], areas, residents) == {
        "inwoners": 2000,
        "oud": pytest.approx((10 * 1000 + 30 * 1000) / 2000),
    }
    assert figures_of(areas["WK1"], areas, residents) == {"inwoners": 4000, "oud": 10}


def test_what_one_wijk_lacks_is_not_known_of_the_whole() -> None:
    areas, residents = _town()
    residents["WK2"] = residents["WK2"][:1]
    assert figures_of(areas["T"], areas, residents) == {"inwoners": 2000}
    residents["WK2"] = []
    assert figures_of(areas["T"], areas, residents) == {}
    del areas["WK2"]
    assert figures_of(areas["T"], areas, residents) == {}
