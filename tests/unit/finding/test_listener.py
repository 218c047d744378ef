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
from socialmap.finding.listener_fit import GEEN, Phrase, fit_listener, score, unheard_scores
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


def blind() -> list[dict[str, str]]:
    with (GEGEVENS / "gevaar_blind3.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_what_is_reached_on_phrases_not_seen_before(patterns: DangerPatterns) -> None:
    asked = Counter(row["soort"] for row in blind())
    missed = Counter(row["soort"] for row in blind() if not find_danger(row["zin"], patterns))
    assert asked == {**dict.fromkeys(Gevaarsoort, 20), GEEN: 100}
    assert missed["geweld"] <= 1
    assert missed["zelfdoding"] <= 2
    assert missed["kind"] == 0
    assert missed["slaapplek"] <= 3
    assert missed["medisch"] <= 1
    assert asked[GEEN] - missed[GEEN] <= 16


def test_the_listener_hears_what_the_patterns_miss(patterns: DangerPatterns) -> None:
    alone = replace(patterns, luisteraar=None)
    missed = [
        row["zin"] for row in blind() if row["soort"] != GEEN and not find_danger(row["zin"], alone)
    ]
    assert len(missed) <= 14
    assert sum(bool(find_danger(zin, patterns)) for zin in missed) >= 7


def test_no_phrase_to_learn_from_is_one_to_measure_with() -> None:
    learned = {tokenise(phrase.zin) for phrase in read_phrases(WORDS)}
    assert not learned & {tokenise(row["zin"]) for row in blind()}


def test_phrases_left_out_are_told_from_harmless_ones() -> None:
    part = [phrase for n, phrase in enumerate(read_phrases(WORDS)) if n // 10 % 6 == 0]
    scores = unheard_scores(part, tuple(Gevaarsoort), read_listener(WORDS).stemmer)
    pairs = list(zip(scores, part, strict=True))
    danger = sorted(total for total, phrase in pairs if phrase.soort != GEEN)
    harmless = sorted(total for total, phrase in pairs if phrase.soort == GEEN)
    assert danger[len(danger) // 2] > harmless[len(harmless) * 9 // 10]


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
    assert (WORDS / name).stat().st_size < 450_000


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


def test_words_that_mean_much_the_same_sound_alike() -> None:
    heard = [
        {name for name in features(tokenise(text), Stemmer()) if name.startswith("@")}
        for text in ("mijn vriend stompt mij", "mijn man schopt mij", "de molen draait")
    ]
    assert heard[0] == heard[1]
    assert "@geweld partner" in heard[0]
    assert heard[2] == set()


def test_one_sentence_of_a_harmless_story_is_harmless_to_learn_from() -> None:
    story = Phrase("Ik ben moe. Wie drinkt koffie met mij?", GEEN)
    made = [
        fit_listener([*SMALL, row], ("geweld", "slaapplek"), Stemmer(), 0.0)
        for row in (story, Phrase(story.zin.replace(".", ""), GEEN))
    ]
    assert score(made[0], "ik ben moe") < score(made[1], "ik ben moe")
