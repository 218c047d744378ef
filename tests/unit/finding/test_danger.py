"""Danger comes first: no phrase of danger may be missed, and harmless ones seldom raise alarm."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from socialmap.finding.danger import (
    HULPLIJNEN,
    DangerPattern,
    DangerPatterns,
    Gevaarsoort,
    compile_patterns,
    danger_block,
    find_danger,
)
from socialmap.finding.words import read_danger

ROOT = Path(__file__).parents[3]
GEGEVENS = ROOT / "tests" / "gegevens"
#: Practice questions that hold danger, by judgement: a locked door out of fear, no bed tonight.
HOLD_DANGER = {"Q08", "Q17"}


@pytest.fixture(scope="module")
def patterns() -> DangerPatterns:
    return read_danger(ROOT / "data" / "woorden")


def phrases() -> list[dict[str, str]]:
    with (GEGEVENS / "gevaar.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def questions() -> list[dict[str, str]]:
    text = (GEGEVENS / "zoekvragen.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


DANGEROUS = [row["zin"] for row in phrases() if row["soort"] != "geen"]
HARMLESS = [row["zin"] for row in phrases() if row["soort"] == "geen"]


def test_there_are_enough_phrases() -> None:
    assert len(set(DANGEROUS)) >= 90
    assert len(set(HARMLESS)) >= 60
    assert {row["soort"] for row in phrases()} == {*Gevaarsoort, "geen"}


@pytest.mark.parametrize("phrase", DANGEROUS)
def test_no_danger_is_missed(phrase: str, patterns: DangerPatterns) -> None:
    assert danger_block(phrase, patterns) == HULPLIJNEN


@pytest.mark.parametrize("phrase", DANGEROUS)
def test_capitals_signs_and_hidden_marks_hide_no_danger(
    phrase: str, patterns: DangerPatterns
) -> None:
    hidden = phrase.upper().replace("A", "A\u200b").replace(" ", " \u202e")
    assert find_danger(f"Goedemiddag.\n{hidden}!!!", patterns)


@pytest.mark.parametrize("phrase", DANGEROUS[::10])
def test_a_long_text_before_it_hides_no_danger(phrase: str, patterns: DangerPatterns) -> None:
    assert find_danger("kunt u mij verder helpen? " * 400 + phrase, patterns)


def test_at_most_two_harmless_phrases_raise_alarm(patterns: DangerPatterns) -> None:
    alarms = [phrase for phrase in HARMLESS if find_danger(phrase, patterns)]
    assert len(alarms) <= 2, alarms


def test_at_most_two_practice_questions_without_danger_raise_alarm(
    patterns: DangerPatterns,
) -> None:
    alarms = [
        row["q"]
        for row in questions()
        if row["id"] not in HOLD_DANGER and find_danger(row["q"], patterns)
    ]
    assert len(alarms) <= 2, alarms


def test_practice_questions_that_hold_danger_raise_alarm(patterns: DangerPatterns) -> None:
    alarms = {row["id"] for row in questions() if find_danger(row["q"], patterns)}
    assert alarms >= HOLD_DANGER


def test_the_block_is_the_fixed_one() -> None:
    numbers = [(line.wie, line.nummer) for line in HULPLIJNEN]
    assert numbers == [
        ("112", "112"),
        ("Veilig Thuis", "0800-2000"),
        ("113 Zelfmoordpreventie", "0800-0113"),
        ("Huisarts of huisartsenpost", ""),
    ]
    assert all(line.wanneer.endswith(".") for line in HULPLIJNEN)


def test_a_denial_never_silences_danger(patterns: DangerPatterns) -> None:
    assert find_danger("ik heb geen zelfmoordgedachten", patterns) == (Gevaarsoort.ZELFDODING,)
    assert find_danger("hij slaat me niet", patterns) == (Gevaarsoort.GEWELD,)


def test_what_the_signs_of_a_pattern_mean() -> None:
    made = compile_patterns(
        [
            DangerPattern("rood|blauw .. huis", "geweld"),
            DangerPattern("water* & vuur", "medisch"),
            DangerPattern("~olifantje", "kind"),
            DangerPattern("rood waterhuis", "geen"),
        ]
    )
    assert find_danger("een blauw en heel oud huis", made) == (Gevaarsoort.GEWELD,)
    assert not find_danger("blauw een twee drie vier vijf huis", made)
    assert not find_danger("huis rood", made)
    assert find_danger("vuur bij de waterkant", made) == (Gevaarsoort.MEDISCH,)
    assert find_danger("een olifamtje", made) == (Gevaarsoort.KIND,)
    assert not find_danger("rood waterhuis vuur", made)


def test_words_that_sound_alike_are_one(patterns: DangerPatterns) -> None:
    assert find_danger("mishandelt", patterns) == find_danger("mishandeld", patterns)


def test_an_empty_question_holds_no_danger(patterns: DangerPatterns) -> None:
    assert danger_block("", patterns) == ()
    assert danger_block(" \x00 ?!", patterns) == ()


def test_no_pattern_is_copied_from_a_practice_question() -> None:
    text = (ROOT / "data" / "woorden" / "gevaar.csv").read_text(encoding="utf-8")
    rows = [row.split(";")[0] for row in text.splitlines()]
    for question in questions():
        words = question["q"].lower().split()
        for start in range(len(words) - 3):
            four = " ".join(words[start : start + 4])
            assert not any(four in row for row in rows), four
