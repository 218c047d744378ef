"""The listener beside the patterns: what it reached on phrases that its makers had not seen."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from socialmap.finding.danger import DangerPatterns, Gevaarsoort, find_danger
from socialmap.finding.listener import PIECE, features, pieces
from socialmap.finding.listener_fit import GEEN, Phrase, fit_listener, score
from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import tokenise
from socialmap.finding.words import read_danger, read_listener, read_phrases, write_listener

ROOT = Path(__file__).parents[3]
WORDS = ROOT / "data" / "woorden"
GEGEVENS = ROOT / "tests" / "gegevens"
SMALL = [
    Phrase("hij slaat mij vaak", "geweld"),
    Phrase("zij slaat mij weer", "geweld"),
    Phrase("ik slaap vannacht buiten", "slaapplek"),
    Phrase("wij slapen vannacht buiten", "slaapplek"),
    Phrase("samen koffie drinken", GEEN),
    Phrase("samen koffie zetten", GEEN),
]


@pytest.fixture(scope="module")
def patterns() -> DangerPatterns:
    return read_danger(WORDS)


@pytest.mark.parametrize(
    ("name", "heard", "by_patterns", "alarms"),
    [("gevaar_blind", 127, 116, 9), ("gevaar_blind2", 55, 45, 5)],
)
def test_what_is_reached_on_phrases_not_seen_before(
    name: str, heard: int, by_patterns: int, alarms: int, patterns: DangerPatterns
) -> None:
    alone = replace(patterns, luisteraar=None)
    found: Counter[str] = Counter()
    with (GEGEVENS / f"{name}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            kind = "geen" if row["soort"] == GEEN else "gevaar"
            found[kind] += bool(find_danger(row["zin"], patterns))
            found[f"{kind} patronen"] += bool(find_danger(row["zin"], alone))
    assert found["gevaar"] >= heard
    assert found["gevaar patronen"] >= by_patterns
    assert found["geen"] <= alarms


def test_no_phrase_to_learn_from_is_one_to_measure_with() -> None:
    learned = {tokenise(phrase.zin) for phrase in read_phrases(WORDS)}
    for name in ("gevaar_blind", "gevaar_blind2"):
        with (GEGEVENS / f"{name}.csv").open(encoding="utf-8") as file:
            measured = {tokenise(row["zin"]) for row in csv.DictReader(file, delimiter=";")}
        assert not learned & measured


def test_no_phrase_to_learn_from_shares_four_words_with_a_practice_question() -> None:
    text = (GEGEVENS / "zoekvragen.jsonl").read_text(encoding="utf-8")
    asked = [tokenise(json.loads(line)["q"]) for line in text.splitlines() if line]
    fours = {words[n : n + 4] for words in asked for n in range(len(words) - 3)}
    for phrase in read_phrases(WORDS):
        words = tokenise(phrase.zin)
        assert not fours & {words[n : n + 4] for n in range(len(words) - 3)}, phrase.zin


def test_the_phrases_to_learn_from_are_many_and_of_every_kind() -> None:
    counts = Counter(phrase.soort for phrase in read_phrases(WORDS))
    assert set(counts) == {*(soort.value for soort in Gevaarsoort), GEEN}
    assert min(counts.values()) >= 100
    assert len(set(read_phrases(WORDS))) == sum(counts.values())


def test_the_same_phrases_give_the_same_weights_and_hear_what_they_learned() -> None:
    made = [fit_listener(SMALL, ("geweld", "slaapplek"), Stemmer(), 0.0) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].hears("hij slaat mij") == "geweld"
    assert made[0].hears("zij slaapt buiten vannacht") == "slaapplek"
    assert made[0].hears("koffie samen") is None
    assert made[0].hears(" ?! ") is None


def test_weights_written_are_weights_read(tmp_path: Path) -> None:
    (tmp_path / "stammen.csv").write_bytes((WORDS / "stammen.csv").read_bytes())
    kept = read_listener(WORDS)
    write_listener(tmp_path, kept)
    name = "gevaar_gewichten.csv"
    assert (tmp_path / name).read_bytes() == (WORDS / name).read_bytes()
    assert (WORDS / name).stat().st_size < 400_000


def test_harmless_text_around_it_drowns_no_danger() -> None:
    listener = read_listener(WORDS)
    phrase = max((row.zin for row in read_phrases(WORDS)), key=lambda zin: score(listener, zin))
    filler = "waar kan ik koffie drinken en een taalles volgen " * 100
    assert listener.hears(phrase)
    assert score(listener, f"{filler}{phrase} {filler}") > score(listener, filler)


def test_pieces_hold_every_word() -> None:
    words = [str(n) for n in range(100)]
    cut = list(pieces(words))
    assert {word for piece in cut for word in piece} == set(words)
    assert max(len(piece) for piece in cut) == PIECE
    assert list(pieces([])) == []


def test_what_is_heard_in_words() -> None:
    heard = features(("vier", "8"), Stemmer())
    assert heard[:3] == ("fier", "0", "fier 0")
    assert "~_fi" in heard
