"""How many residents a group has: the rules of begrippen.md, "Need", on figures small enough to
follow by hand, and on the real ones."""

from __future__ import annotations

import pytest

from socialmap.coverage.need import PERSONS_PER_HOUSEHOLD, FigureUsed, Needs
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer

AREAS = [
    Gebied(
        code="BU1", naam="Een", niveau=Gebiedsniveau.BUURT, buurten=("BU1",), oppervlakte_m2=300
    ),
    Gebied(
        code="BU2", naam="Twee", niveau=Gebiedsniveau.BUURT, buurten=("BU2",), oppervlakte_m2=100
    ),
    Gebied(
        code="BU3",
        naam="Duin",
        niveau=Gebiedsniveau.BUURT,
        buurten=("BU3",),
        oppervlakte_m2=900,
        vrijwel_onbewoond=True,
    ),
    Gebied(
        code="BU4", naam="Vier", niveau=Gebiedsniveau.BUURT, buurten=("BU4",), oppervlakte_m2=400
    ),
    Gebied(
        code="WK1",
        naam="Wijk",
        niveau=Gebiedsniveau.WIJK,
        buurten=("BU1", "BU2", "BU3"),
        gemeente="GM1",
    ),
    Gebied(code="WK2", naam="Ander", niveau=Gebiedsniveau.WIJK, buurten=("BU4",), gemeente="GM1"),
    Gebied(
        code="GM1",
        naam="Gemeente",
        niveau=Gebiedsniveau.GEMEENTE,
        buurten=("BU1", "BU2", "BU3", "BU4"),
    ),
    Gebied(code="TG", naam="Team", niveau=Gebiedsniveau.TEAMGEBIED, buurten=("BU2", "BU4")),
]


def figure(gebied: str, jaar: int, naam: str, waarde: float) -> Kerncijfer:
    return Kerncijfer(
        gebied=gebied, jaar=jaar, naam=naam, label=naam, waarde=waarde, eenheid="", bron="CBS"
    )


FIGURES = [
    figure("WK1", 2024, "inwoners", 800),
    figure("WK1", 2021, "inwoners", 700),
    figure("WK1", 2024, "pct_65plus", 25),
    figure("WK1", 2024, "huishoudens", 500),
    figure("WK1", 2024, "pct_eenpersoons", 40),
    figure("GM1", 2021, "inwoners", 1600),
    figure("GM1", 2021, "pct_65plus", 20),
    figure("GM1", 2021, "pct_sociaal_minimum", 5),
]


@pytest.fixture
def needs() -> Needs:
    return Needs(AREAS, FIGURES)


def test_a_wijk_with_figures_counts_its_own_of_the_newest_year(needs: Needs) -> None:
    found = needs.of("WK1", "ouderen")
    assert found.personen == 200
    assert not found.geschat
    assert found.cijfers == (
        FigureUsed("inwoners", 2024, "WK1"),
        FigureUsed("pct_65plus", 2024, "WK1"),
    )


def test_a_buurt_gets_its_part_of_the_surface_that_people_live_on(needs: Needs) -> None:
    assert needs.of("BU1", "iedereen").personen == 600
    assert needs.of("BU2", "iedereen").personen == 200
    assert needs.of("BU3", "iedereen").personen == 0
    assert needs.of("BU1", "iedereen").geschat
    # The wijk of BU4 has no figures: its part of the gemeente, 400 of 800 m2.
    assert needs.of("BU4", "iedereen").personen == 800


def test_a_share_comes_from_the_next_larger_area_that_has_one(needs: Needs) -> None:
    found = needs.of("WK1", "minima")
    assert found.personen == 40
    assert FigureUsed("pct_sociaal_minimum", 2021, "GM1") in found.cijfers
    assert needs.of("BU4", "ouderen").personen == 160


def test_households_are_counted_or_follow_from_inhabitants(needs: Needs) -> None:
    assert needs.of("WK1", "alleenstaanden").personen == 200
    # 300 of the 400 m2 that are lived on: 375 of the 500 households of its wijk, 40% of one person.
    assert needs.of("BU1", "alleenstaanden").personen == pytest.approx(150)
    inside = sum(needs.of(code, "alleenstaanden").personen or 0.0 for code in ("BU1", "BU2", "BU3"))
    assert inside == pytest.approx(200)
    uncounted = Needs(AREAS, [f for f in FIGURES if f.naam != "huishoudens"])
    expected = 600 / PERSONS_PER_HOUSEHOLD * 0.4
    assert uncounted.of("BU1", "alleenstaanden").personen == pytest.approx(expected)


def test_a_team_area_adds_its_buurten(needs: Needs) -> None:
    found = needs.of("TG", "iedereen")
    assert found.personen == 1000
    assert found.geschat


def test_a_group_without_a_figure_is_unknown_and_not_zero(needs: Needs) -> None:
    assert needs.of("WK1", "lhbti").personen is None
    assert needs.of("TG", "dementie").personen is None
    assert needs.of("GM1", "alleenstaanden").personen is None


def test_the_buurten_of_a_wijk_add_up_to_it(needs: Needs) -> None:
    parts = [needs.of(code, "ouderen").personen for code in ("BU1", "BU2", "BU3")]
    assert sum(part or 0 for part in parts) == pytest.approx(needs.of("WK1", "ouderen").personen)
