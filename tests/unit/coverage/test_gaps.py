"""Which gap comes first, what like areas do about it, and how it is said."""

from __future__ import annotations

import pytest

from socialmap.coverage.answers import Asked, coverage_json, gaps_json
from socialmap.coverage.facts import AreaFact, facts_about, teams_without_place
from socialmap.coverage.gaps import find_gaps
from socialmap.coverage.sentences import say_assessment
from socialmap.domain.codes import Gebiedsniveau, Soort
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from tests.unit.coverage.small_map import actor, figure, looked, offer, town

THEMES = ("sociaal_netwerk", "taal")
WORDS = Vocabulary(
    {
        "sociaal_netwerk": Thema(code="sociaal_netwerk", label="Contact"),
        "taal": Thema(code="taal", label="Taal"),
    },
    {
        "iedereen": Doelgroep(code="iedereen", label="iedereen"),
        "ouderen": Doelgroep(code="ouderen", label="ouderen"),
        "ggz": Doelgroep(code="ggz", label="mensen met psychische kwetsbaarheid"),
    },
)
MIDDLE = (500.0, 500.0)
BUURT = Gebiedsniveau.BUURT


def order(*args: object, **more: object) -> list[tuple[str, str]]:
    gaps = find_gaps(*args, alle_themas=THEMES, **more)  # type: ignore[arg-type]
    return [(gap.stand.gebied.code, gap.stand.thema) for gap in gaps]


def test_more_themes_together_come_first_then_size_then_code() -> None:
    coverage = town([offer("O1", xy=MIDDLE, bereik=1000)])
    assert order(coverage, BUURT, THEMES) == [
        ("BU4", "sociaal_netwerk"),
        ("BU4", "taal"),
        ("BU2", "taal"),
        ("BU3", "sociaal_netwerk"),
        ("BU3", "taal"),
        ("BU2", "sociaal_netwerk"),
        ("BU1", "taal"),
    ]


def test_an_area_keeps_its_own_gaps_and_one_theme_its_rank() -> None:
    coverage = town([offer("O1", xy=MIDDLE, bereik=1000)])
    assert order(coverage, BUURT, ("taal",), gebied="WK1") == [("BU2", "taal"), ("BU1", "taal")]


def test_without_a_number_of_persons_there_is_no_size() -> None:
    gaps = gaps_json(town(), WORDS, Asked(niveau=BUURT, themas=THEMES, doelgroep="ggz"), ())
    assert [gap["personen"] for gap in gaps["gaten"]] == [None] * 8
    assert gaps["gaten"][0]["personen_tekst"] == "aantal onbekend"
    assert [gap["code"] for gap in gaps["gaten"]][:2] == ["BU1", "BU1"]


def test_like_areas_are_those_where_it_is_covered() -> None:
    shares = [
        figure(code, name, value)
        for code, values in {
            "BU1": (10, 11, 12),
            "BU2": (30, 31, 32),
            "BU3": (10, 11, 13),
            "BU4": (29, 31, 32),
        }.items()
        for name, value in zip(("pct_0_14", "pct_15_24", "pct_eenpersoons"), values, strict=True)
    ]
    coverage = town(
        [offer("O1", xy=MIDDLE, bereik=900), offer("O2", xy=(1500, 500), bereik=900)],
        figures=shares,
    )
    found = find_gaps(coverage, BUURT, ("sociaal_netwerk",), alle_themas=THEMES)
    like = {gap.stand.gebied.code: [one.gebied.code for one in gap.vergelijkbaar] for gap in found}
    assert like == {"BU3": ["BU1", "BU2"], "BU4": ["BU2", "BU1"]}
    assert found[0].vergelijkbaar[0].aanbod == ("O1", "O2")


def test_a_verdict_in_sentences() -> None:
    stale = offer("O2", xy=MIDDLE, gecontroleerd_op=None)
    coverage = town([offer("O1", xy=(500, 0), doelgroepen=("ouderen",)), stale], [looked("BU1")])
    stand = next(
        one
        for one in coverage.assess(BUURT, "sociaal_netwerk", "ouderen")
        if one.gebied.code == "BU1"
    )
    inventories = coverage.inventories_about(stand.gebied, "sociaal_netwerk", "ouderen")
    assert say_assessment(stand, WORDS, inventories) == [
        "Contact voor ouderen in BU1 is een gat.",
        "Ongeveer 150 van de 200 ouderen hebben niets binnen 500 meter lopen (CBS 2024).",
        "Er is één aanbod. Eén is te lang niet nagekeken.",
        "Dit hangt af van gegevens die te oud zijn: kijk die eerst na.",
        "Laatst gevraagd in september 2026: bewoners en kerk; niets gevonden.",
    ]


def test_persons_are_rounded_and_the_ratio_does_not_tell_them() -> None:
    coverage = town([offer("O1", xy=MIDDLE, capaciteit=7)])
    found = coverage_json(coverage, WORDS, Asked(niveau=BUURT, themas=("sociaal_netwerk",)))
    for area in found["gebieden"]:
        assert area["behoefte"] % 10 == 0
        assert area["personen"] % 10 == 0
        assert area["bereik"] == round(area["bereik"], 2)
        assert area["verhouding"] is None or len(f"{area['verhouding']:g}".lstrip("0.")) <= 2


def test_a_document_speaks_of_an_area_and_of_what_lies_in_it() -> None:
    coverage = town()
    fact = AreaFact(gebied="WK1", tekst="Er is hier niets.", bron="003, 5.1 Iets, 2020", jaar=2020)
    areas = coverage.ground.areas
    held = {code for code in areas if facts_about([fact], areas[code], coverage.ground)}
    assert held == {"BU1", "BU2", "WK1", "GM1"}
    assert str(fact) == "Er is hier niets. (volgens bron uit 2020: 003, 5.1 Iets, 2020)"


@pytest.mark.parametrize(("place", "silent"), [((500, 500), ["WK2"]), ((2500, 500), ["WK1"])])
def test_a_team_without_a_place_in_a_wijk_is_said(
    place: tuple[float, float], silent: list[str]
) -> None:
    team = actor("T", soort=Soort.WIJKTEAM, werkgebied=("GM1",))
    coverage = town([offer("O1", actor_id="T", xy=place)], actors=[team])
    wijken = coverage.ground.of_level(Gebiedsniveau.WIJK)
    found = [
        wijk.code
        for wijk in wijken
        if teams_without_place(coverage.ground, wijk, coverage.actors, coverage.offers)
    ]
    assert found == silent


def test_a_team_of_which_no_place_is_known_is_not_reproached() -> None:
    team = actor("T", soort=Soort.WIJKTEAM, werkgebied=("GM1",))
    coverage = town(actors=[team])
    wijk = coverage.ground.areas["WK1"]
    assert teams_without_place(coverage.ground, wijk, coverage.actors, coverage.offers) == []
