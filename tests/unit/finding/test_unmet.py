"""What is counted of a search without a good answer: codes only, and only where they are sure."""

from __future__ import annotations

from dataclasses import fields

import pytest

from socialmap.finding.language import Understood, Weight
from socialmap.finding.question import Vraag, Zekerheid
from socialmap.finding.unmet import unmet_need
from socialmap.store.unmet import Need

HERE = ("BU03922101", "WK039221", "swt-schalkwijk-1", "GM0392")


def _heard(themas: dict[str, float], groups: dict[str, float] | None = None) -> Understood:
    return Understood(
        themas=tuple(Weight(code, weight) for code, weight in themas.items()),
        doelgroepen=tuple(Weight(code, weight) for code, weight in (groups or {}).items()),
        behoeften=(),
        lijnen=(),
        onderwerpen=(),
        leeftijd=None,
        stems=("eenzam", "plantstraat"),
        verwant=(),
    )


LONELY = _heard({"sociaal_netwerk": 0.9, "zingeving": 0.4}, {"ouderen": 0.8})


@pytest.mark.parametrize("sure", [Zekerheid.GEEN, Zekerheid.LAAG])
def test_no_good_answer_is_counted_by_the_surest_theme_and_group(sure: Zekerheid) -> None:
    found = unmet_need(sure, Vraag(), LONELY, HERE)
    assert found == Need("sociaal_netwerk", "ouderen", "WK039221")


def test_a_good_answer_is_not_counted() -> None:
    assert unmet_need(Zekerheid.HOOG, Vraag(), LONELY, HERE) is None


def test_what_was_chosen_goes_before_what_was_heard() -> None:
    vraag = Vraag(q="plantstraat", themas=("taal",), doelgroepen=("jongeren",))
    found = unmet_need(Zekerheid.GEEN, vraag, LONELY, HERE)
    assert found == Need("taal", "jongeren", "WK039221")


def test_everybody_is_no_group() -> None:
    vraag = Vraag(doelgroepen=("iedereen",))
    found = unmet_need(Zekerheid.GEEN, vraag, _heard({"taal": 0.9}), HERE)
    assert found == Need("taal", "", "WK039221")


@pytest.mark.parametrize(
    ("understood", "gebieden"),
    [
        (LONELY, ()),
        (LONELY, ("GM0392",)),
        (LONELY, ("BU03922101",)),
        (LONELY, ("WK039221", "WK039222")),
        (_heard({}), HERE),
        (_heard({"taal": 0.29}), HERE),
    ],
)
def test_without_a_theme_or_one_wijk_nothing_is_counted(
    understood: Understood, gebieden: tuple[str, ...]
) -> None:
    assert unmet_need(Zekerheid.GEEN, Vraag(), understood, gebieden) is None


def test_there_is_no_room_for_words_or_a_place() -> None:
    assert [field.name for field in fields(Need)] == ["thema", "doelgroep", "gebied"]
