"""A team is held against its wijk by what documents and key figures say, and by nothing else."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from socialmap.coverage.need import Needs
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.exchange.team_facts import TeamFact, TeamFunction, read_team_facts
from socialmap.geo.errors import BoundaryFaults
from web.present_team import (
    NORM_RESIDENTS,
    NORM_SOURCE,
    function_rows,
    residents_of,
    say_document,
    say_facts,
    say_size,
)

DATA = Path(__file__).parents[3] / "data" / "netwerk"
HEADER = "teamgebied;functie;fte;jaar;bron\n"


def _area(code: str, niveau: Gebiedsniveau, buurten: tuple[str, ...]) -> Gebied:
    return Gebied(
        code=code,
        naam=code.lower(),
        niveau=niveau,
        gemeente="GM1",
        lon=4.6,
        lat=52.4,
        oppervlakte_m2=1000.0 * len(buurten),
        buurten=buurten,
        bron="",
    )


def _people(code: str, count: float, year: int = 2024) -> Kerncijfer:
    return Kerncijfer(
        gebied=code,
        jaar=year,
        naam="inwoners",
        label="Inwoners",
        waarde=count,
        eenheid="personen",
        bron="CBS",
    )


#: Two wijken of two buurten each; `swt` has one wijk and half of the other.
AREAS = {
    area.code: area
    for area in (
        *(_area(code, Gebiedsniveau.BUURT, (code,)) for code in ("B1", "B2", "B3", "B4")),
        _area("WK1", Gebiedsniveau.WIJK, ("B1", "B2")),
        _area("WK2", Gebiedsniveau.WIJK, ("B3", "B4")),
        _area("swt", Gebiedsniveau.TEAMGEBIED, ("B1", "B2", "B3")),
        _area("swt-heel", Gebiedsniveau.TEAMGEBIED, ("B1", "B2", "B3", "B4")),
        _area("GM1", Gebiedsniveau.GEMEENTE, ("B1", "B2", "B3", "B4")),
    )
}


def test_whole_wijken_are_counted_and_only_the_rest_is_estimated() -> None:
    figures = [_people("WK1", 6000), _people("WK2", 3000), _people("GM1", 9100, 2021)]
    needs = Needs(AREAS.values(), figures)
    part = residents_of(needs, AREAS, "swt")
    assert part.personen == pytest.approx(6000 + 1500)
    assert part.geschat
    whole = residents_of(needs, AREAS, "swt-heel")
    assert (whole.personen, whole.geschat) == (9100, False)
    assert say_size(whole, AREAS, 0).uitleg == "Cijfer van 2021 over gm1."
    assert say_size(part, AREAS, 0).uitleg.endswith("over wk1 en wk2, geschat naar oppervlakte.")


def test_an_area_without_figures_is_not_nought() -> None:
    size = say_size(residents_of(Needs(AREAS.values(), []), AREAS, "swt"), AREAS, 0)
    assert (size.tekst, size.stip) == ("aantal onbekend", None)
    assert size.uitleg == "Er is geen cijfer over bewoners."


def test_a_number_is_rounded_once_in_words_and_picture() -> None:
    needs = Needs(AREAS.values(), [_people("WK1", 6003.0), _people("WK2", 0.0)])
    size = say_size(residents_of(needs, AREAS, "swt"), AREAS, 0)
    assert size.tekst == "6.000"
    assert size.stip == size.van


def test_the_norm_is_that_of_the_document() -> None:
    facts = read_team_facts(DATA)
    (norm,) = (one for one in facts.feiten[""] if one.bron == NORM_SOURCE)
    said = [int(number.replace(".", "")) for number in re.findall(r"\d+\.\d+", norm.tekst)]
    assert tuple(said) == NORM_RESIDENTS
    assert sum(one.fte for one in facts.basis if one.fte) == Decimal("3.5")
    assert any("norm van 3,5 fte" in one.tekst for one in facts.feiten[""])
    assert all(one.jaar > 2014 for one in facts.later)


def test_hours_of_a_team_stand_beside_the_basic_set_up(tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text(
        HEADER
        + ";Opbouwwerker;0.5;2014;000, 5 Functionaliteiten, 2014\n"
        + ";Ambulante ggz;;2017;003, 7.3 De samenstelling van de teams, 2020\n"
        + "swt-a;Opbouwwerker;1.25;2021;wijkgesprek\n"
        + "swt-b;Kwartiermaker;0.4;2022;wijkgesprek\n"
        + "swt-b;Feit: klein begonnen;;2022;wijkgesprek\n",
        encoding="utf-8",
    )
    facts = read_team_facts(tmp_path)
    rows = {row.naam: row for row in function_rows(facts, ["swt-a", "swt-b"])}
    assert rows["Opbouwwerker"].fte == "0,5"
    assert rows["Opbouwwerker"].teams == ("1,25", "niet bekend")
    assert rows["Ambulante ggz"].fte == "onbekend"
    # A function that only one team has is no part of the basic set-up.
    assert (rows["Kwartiermaker"].fte, rows["Kwartiermaker"].teams[1]) == ("onbekend", "0,4")
    assert facts.feiten == {"swt-b": (TeamFact("klein begonnen", 2022, "wijkgesprek"),)}
    assert facts.per_team["swt-a"] == (
        TeamFunction("Opbouwwerker", Decimal("1.25"), 2021, "wijkgesprek"),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Opbouwwerker;half;2014;bron", "De fte moet een getal zijn"),
        (";Opbouwwerker;0.5;vorig jaar;bron", "Het jaar moet een getal zijn"),
    ],
)
def test_what_is_no_number_is_refused(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "teams.csv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(BoundaryFaults, match=said):
        read_team_facts(tmp_path)


def test_a_fact_carries_its_document_and_year() -> None:
    made = TeamFact("gestart in juni 2013", 2013, "000, 1 Inleiding, 2014")
    (fact,) = say_facts([made], {})
    assert fact.zin == "Gestart in juni 2013."
    assert fact.bron == "Document 000 (2014), deel 1 Inleiding"
    assert say_document("wijkgesprek", {}) == "wijkgesprek"
