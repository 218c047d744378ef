"""What counts as covered, rule by rule of begrippen.md, on a town of four squares."""

from __future__ import annotations

from datetime import date

import pytest

from socialmap.coverage.assess import Assessment
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.times import Tijd
from socialmap.coverage.verdict import Oordeel, Toevoeging
from socialmap.domain.codes import Gebiedsniveau, Status, Vorm
from socialmap.domain.model import STADSBREED, Inventarisatie
from tests.unit.coverage.small_map import actor, looked, offer, town

MIDDLE = (500.0, 500.0)


def stand(
    coverage: CoverageMap, code: str, doelgroep: str = "iedereen", **asked: object
) -> Assessment:
    niveau = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}[code[:2]]
    found = coverage.assess(Gebiedsniveau(niveau), "sociaal_netwerk", doelgroep, **asked)  # type: ignore[arg-type]
    return next(one for one in found if one.gebied.code == code)


def test_an_offer_in_the_middle_reaches_its_buurt_and_not_the_next_but_one() -> None:
    coverage = town([offer("O1", xy=MIDDLE)])
    here = stand(coverage, "BU1")
    assert here.oordeel is Oordeel.GEDEKT
    assert here.aanbod == ("O1",)
    # A circle of 800 / 1.3 = 615 m in a square of 1 km leaves the corners out.
    assert here.bereik == pytest.approx(0.9646, abs=0.001)
    assert stand(coverage, "BU3").bereik == 0.0
    assert stand(coverage, "BU3").oordeel is Oordeel.ONBEKEND


def test_the_question_may_set_the_reach() -> None:
    coverage = town([offer("O1", xy=MIDDLE, bereik=5000)])
    assert stand(coverage, "BU4").bereik == pytest.approx(1.0)
    assert stand(coverage, "BU4", straal_m=300.0).bereik == 0.0


def test_ouderen_walk_less_far() -> None:
    coverage = town([offer("O1", xy=MIDDLE)])
    circle = stand(coverage, "BU1", "ouderen").bereik
    assert circle == pytest.approx(3.1365 * (500 / 1.3 / 1000) ** 2, abs=0.001)


def test_what_serves_the_whole_town_covers_nothing_by_itself() -> None:
    coverage = town([offer("O1", xy=MIDDLE, bereik=STADSBREED)])
    here = stand(coverage, "BU1")
    assert (here.bereik, here.oordeel, here.stadsbreed) == (0.0, Oordeel.ONBEKEND, ("O1",))


def test_individual_help_without_a_place_reaches_its_werkgebied() -> None:
    at_home = offer("O1", vorm=Vorm.INDIVIDUEEL, werkgebied=("WK1",))
    coverage = town([at_home])
    assert stand(coverage, "BU2").bereik == 1.0
    assert stand(coverage, "BU3").bereik == 0.0
    assert stand(coverage, "GM1").bereik == pytest.approx(2000 / 6000)
    by_owner = offer("O1", vorm=Vorm.INDIVIDUEEL, actor_id="B")
    coverage = town([by_owner], actors=[actor("B", werkgebied=("BU4",))])
    assert [stand(coverage, code).bereik for code in ("BU1", "BU4")] == [0.0, 1.0]


def test_it_does_not_reach_where_somebody_looked_and_found_nothing() -> None:
    at_home = offer("O1", vorm=Vorm.INDIVIDUEEL, werkgebied=("WK1",))
    coverage = town([at_home], [looked("BU1")])
    assert stand(coverage, "BU1").oordeel is Oordeel.GAT
    assert stand(coverage, "BU2").oordeel is Oordeel.GEDEKT


def test_a_group_without_a_place_reaches_nobody_and_is_named_apart() -> None:
    coverage = town([offer("O1", werkgebied=("GM1",)), offer("O2", vorm=None, werkgebied=("GM1",))])
    here = stand(coverage, "BU1")
    assert (here.bereik, here.plek_onbekend) == (0.0, ("O1", "O2"))


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.GESTOPT},
        {"status": Status.GEPAUZEERD},
        {"loopt_tot": date(2026, 11, 23)},
        {"themas": ("taal",)},
        {"doelgroepen": ("jongeren",)},
        {"gecontroleerd_op": None, "bron": "003, 6.1 De sociale basis, 2020"},
    ],
)
def test_what_is_not_usable_counts_nowhere(fields: dict[str, object]) -> None:
    here = stand(town([offer("O1", xy=MIDDLE, **fields)]), "BU1")
    assert (here.bereik, here.aanbod, here.oud, here.toevoegingen) == (0.0, (), (), ())


def test_an_offer_takes_the_status_of_its_actor() -> None:
    stopped = actor("B", status=Status.GEPAUZEERD)
    coverage = town([offer("O1", xy=MIDDLE, actor_id="B")], actors=[stopped])
    assert stand(coverage, "BU1").aanbod == ()


def test_what_only_a_document_says_is_named_and_does_not_count() -> None:
    said = {"gecontroleerd_op": None, "bron": "003, 6.1 De sociale basis, 2020"}
    coverage = town([offer("O1", werkgebied=("WK1",), vorm=Vorm.INDIVIDUEEL, **said)])
    assert stand(coverage, "BU1").volgens_bron == ("O1",)
    assert stand(coverage, "BU1").oordeel is Oordeel.ONBEKEND
    assert stand(coverage, "BU3").volgens_bron == ()


@pytest.mark.parametrize("checked", [date(2024, 11, 23), None])
def test_stale_offers_do_not_count_and_that_is_said(checked: date | None) -> None:
    here = stand(town([offer("O1", xy=MIDDLE, gecontroleerd_op=checked)]), "BU1")
    assert here.oordeel is Oordeel.ONBEKEND
    assert here.toevoegingen == (Toevoeging.VEROUDERD,)
    assert here.oud == ("O1",)


def test_checked_24_months_ago_still_counts() -> None:
    here = stand(town([offer("O1", xy=MIDDLE, gecontroleerd_op=date(2024, 11, 24))]), "BU1")
    assert here.oordeel is Oordeel.GEDEKT


def test_a_named_group_with_only_general_offers_is_thin() -> None:
    coverage = town([offer("O1", xy=MIDDLE)])
    here = stand(coverage, "BU1", "ggz")
    assert here.oordeel is Oordeel.DUN
    assert here.toevoegingen == (Toevoeging.ALLEEN_ALGEMEEN,)
    named = town([offer("O1", xy=MIDDLE), offer("O2", xy=MIDDLE, doelgroepen=("ggz",))])
    assert stand(named, "BU1", "ggz").oordeel is Oordeel.GEDEKT


def test_a_time_keeps_what_is_open_then() -> None:
    coverage = town(
        [
            offer("O1", xy=MIDDLE, wanneer="Mo 10:00-12:00"),
            offer("O2", xy=(3500.0, 500.0), wanneer="Su 19:00-21:00"),
            offer("O3", xy=(1500.0, 500.0)),
        ]
    )
    sunday = [stand(coverage, code, tijd=Tijd(dag=6)).aanbod for code in ("BU1", "BU2", "BU4")]
    assert sunday == [(), (), ("O2",)]
    evening = stand(coverage, "BU4", tijd=Tijd(dagdeel="avond"))
    assert evening.oordeel is Oordeel.GEDEKT
    assert stand(coverage, "BU4", tijd=Tijd(dag=6, dagdeel="middag")).aanbod == ()


@pytest.mark.parametrize(
    ("inventory", "verdict"),
    [
        (looked("BU1"), Oordeel.GAT),
        (looked("GM1"), Oordeel.GAT),
        (looked("BU1", doelgroep="ouderen"), Oordeel.GAT),
        (looked("BU1", gevraagd_aan=("kerk",), uitkomst="deels"), Oordeel.GAT),
        (looked("BU1", gevraagd_aan=("kerk",)), Oordeel.ONBEKEND),
        (looked("BU1", gevraagd_aan=("kerk", "kerk")), Oordeel.ONBEKEND),
        (looked("BU1", datum=date(2024, 11, 23)), Oordeel.ONBEKEND),
        (looked("BU1", datum=date(2026, 11, 25)), Oordeel.ONBEKEND),
        (looked("BU1", doelgroep="jongeren"), Oordeel.ONBEKEND),
        (looked("BU1", thema="taal"), Oordeel.ONBEKEND),
        (looked("BU2"), Oordeel.ONBEKEND),
    ],
)
def test_a_gap_is_where_somebody_looked(inventory: Inventarisatie, verdict: Oordeel) -> None:
    assert stand(town(inventories=[inventory]), "BU1", "ouderen").oordeel is verdict


def test_a_larger_area_is_looked_at_when_three_quarters_of_its_persons_are() -> None:
    assert stand(town(inventories=[looked("BU4")]), "WK2").oordeel is Oordeel.GAT
    assert stand(town(inventories=[looked("BU3")]), "WK2").oordeel is Oordeel.ONBEKEND
    assert stand(town(inventories=[looked("WK2")]), "GM1").oordeel is Oordeel.ONBEKEND


def test_the_size_of_a_gap_is_who_is_not_reached() -> None:
    coverage = town([offer("O1", xy=MIDDLE)])
    wijk = stand(coverage, "WK1")
    assert wijk.behoefte.personen == 2000
    assert wijk.bereik is not None
    assert wijk.personen == pytest.approx(2000 * (1 - wijk.bereik))
    assert stand(coverage, "BU3", "ggz").personen is None


def test_places_per_person_and_what_is_tight() -> None:
    plenty = [
        offer(f"O{n}", xy=(n * 1000 + 500, 500), capaciteit=200, bereik=700) for n in range(3)
    ]
    few = offer("O9", xy=(3500, 500), capaciteit=30, bereik=700)
    coverage = town([*plenty, few])
    assert stand(coverage, "BU1").verhouding == pytest.approx(0.2)
    last = stand(coverage, "BU4")
    assert last.verhouding == pytest.approx(0.01)
    assert (last.oordeel, last.toevoegingen) == (Oordeel.GEDEKT, (Toevoeging.KRAP,))
    assert last.capaciteit_bekend == 1.0
    unknown = town([offer("O1", xy=MIDDLE)])
    assert stand(unknown, "BU1").verhouding is None
    assert stand(unknown, "BU1").capaciteit_bekend == 0.0


def test_help_at_home_adds_its_capacity_over_its_werkgebied() -> None:
    at_home = offer("O1", vorm=Vorm.INDIVIDUEEL, werkgebied=("GM1",), capaciteit=60)
    coverage = town([at_home])
    assert stand(coverage, "BU1").verhouding == pytest.approx(60 / 6000)
    assert stand(coverage, "GM1").verhouding == pytest.approx(60 / 6000)
