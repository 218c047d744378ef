"""Every verdict against the sentence of begrippen.md that it follows from."""

from __future__ import annotations

import pytest

from socialmap.coverage.verdict import Facts, Oordeel, Toevoeging, gap_persons, judge


@pytest.mark.parametrize(
    ("facts", "oordeel"),
    [
        (Facts(bereik=0.75), Oordeel.GEDEKT),
        (Facts(bereik=0.7499), Oordeel.DUN),
        (Facts(bereik=0.25), Oordeel.DUN),
        (Facts(bereik=0.2499), Oordeel.ONBEKEND),
        (Facts(bereik=0.2499, gekeken=True), Oordeel.GAT),
        (Facts(bereik=0.0, gekeken=True), Oordeel.GAT),
        (Facts(bereik=0.9, genoemd=True, voor_groep=False), Oordeel.DUN),
        (Facts(bereik=0.1, genoemd=True, voor_groep=False), Oordeel.DUN),
        (Facts(bereik=0.0, genoemd=True, voor_groep=False), Oordeel.ONBEKEND),
        (Facts(bereik=0.9, genoemd=True, voor_groep=True), Oordeel.GEDEKT),
    ],
)
def test_the_verdict_follows_from_the_share(facts: Facts, oordeel: Oordeel) -> None:
    verdict = judge(facts)
    assert verdict is not None
    assert verdict.oordeel is oordeel


def test_an_area_without_residents_has_no_verdict() -> None:
    assert judge(Facts(bereik=None)) is None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Facts(bereik=0.9, genoemd=True, voor_groep=False), {Toevoeging.ALLEEN_ALGEMEEN}),
        (Facts(bereik=0.5, bereik_met_oud=0.8), {Toevoeging.VEROUDERD}),
        (Facts(bereik=0.5, bereik_met_oud=0.6), set()),
        (Facts(bereik=0.9, verhouding=0.04, mediaan=0.1), {Toevoeging.KRAP}),
        (Facts(bereik=0.9, verhouding=0.05, mediaan=0.1), set()),
        (Facts(bereik=0.9, verhouding=None, mediaan=0.1), set()),
        (
            Facts(
                bereik=0.9,
                bereik_met_oud=0.9,
                genoemd=True,
                voor_groep=False,
                voor_groep_met_oud=True,
            ),
            {Toevoeging.ALLEEN_ALGEMEEN, Toevoeging.VEROUDERD},
        ),
    ],
)
def test_what_is_said_beside_it(facts: Facts, said: set[Toevoeging]) -> None:
    verdict = judge(facts)
    assert verdict is not None
    assert set(verdict.toevoegingen) == said


def test_the_size_of_a_gap() -> None:
    assert gap_persons(2000, 0.6) == 800
    assert gap_persons(None, 0.6) is None
