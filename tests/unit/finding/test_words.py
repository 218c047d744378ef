"""The files with words: complete, of known codes, and not copied from the practice questions."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from socialmap.finding.lexicon import Lexicon, Woordsoort
from socialmap.finding.tokens import tokenise
from socialmap.finding.words import read_danger, read_lexicon
from socialmap.geo.errors import BoundaryFaults

ROOT = Path(__file__).parents[3]
WORDS = ROOT / "data" / "woorden"


def rows(name: str) -> list[dict[str, str]]:
    with (WORDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def codes(name: str) -> set[str]:
    return {row["code"] for row in rows(name)}


def test_the_lexicon_is_rich_and_reaches_every_theme_and_group() -> None:
    lexicon = rows("lexicon.csv")
    assert len({row["woord"] for row in lexicon}) >= 900
    found = {soort: {r["code"] for r in lexicon if r["soort"] == soort} for soort in Woordsoort}
    assert found[Woordsoort.THEMA] == codes("themas.csv")
    assert found[Woordsoort.DOELGROEP] == codes("doelgroepen.csv") - {"iedereen"}
    assert found[Woordsoort.BEHOEFTE] == codes("behoeften.csv")
    assert found[Woordsoort.LIJN] == {"0", "1", "2"}


def test_every_entry_has_a_weight_and_an_origin_and_stands_once() -> None:
    lexicon = rows("lexicon.csv")
    assert all(0 < float(row["gewicht"]) <= 1 for row in lexicon)
    origins = {"bewoner", "vak", "afkorting", "jongeren", "fout"}
    assert {row["herkomst"] for row in lexicon} == origins
    seen = Counter((row["woord"].lower(), row["soort"], row["code"]) for row in lexicon)
    assert max(seen.values()) == 1


def test_neighbours_are_themes() -> None:
    themes = codes("themas.csv")
    for row in rows("themaburen.csv"):
        assert {row["thema"], row["buur"]} <= themes
        assert row["thema"] != row["buur"]
        assert 0 < float(row["gewicht"]) < 1


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.csv")), ids=lambda path: path.stem)
def test_no_row_shares_four_words_in_a_row_with_a_practice_question(path: Path) -> None:
    text = (ROOT / "tests" / "gegevens" / "zoekvragen.jsonl").read_text(encoding="utf-8")
    fours = set()
    for line in text.splitlines():
        words = tokenise(json.loads(line)["q"])
        fours |= {words[n : n + 4] for n in range(len(words) - 3)}
    for row in path.read_text(encoding="utf-8").splitlines():
        for cell in row.replace("|", ";").split(";"):
            words = tokenise(cell)
            assert not fours & {words[n : n + 4] for n in range(len(words) - 3)}, row


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryFaults, match=r"gevaar\.csv|ontbreekt"):
        read_danger(tmp_path)
    with pytest.raises(BoundaryFaults):
        read_lexicon(tmp_path)


def test_a_single_word_is_found_by_its_own_entry(lexicon: Lexicon) -> None:
    for row in rows("lexicon.csv"):
        words = tokenise(row["woord"])
        if len(words) == 1 and words[0] not in lexicon.stop:
            key = (lexicon.stemmer.stem(words[0]),)
            targets = {(meaning.soort, meaning.code) for meaning in lexicon.meanings[key]}
            assert (row["soort"], row["code"]) in targets


def test_what_stands_beside_is_of_a_known_kind_and_stands_once() -> None:
    kinds = {"wie", "waar", "wanneer", "hoe", "erbij", "voor wie"}
    assert {row["soort"] for row in rows("bijzaken.csv")} == kinds
    words = [row["woord"] for row in rows("bijzaken.csv")]
    assert len(words) == len(set(words))
