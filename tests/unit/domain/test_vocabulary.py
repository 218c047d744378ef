"""Codes of themes and groups, and the words people see instead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary, read_themes

CODES = st.lists(st.sampled_from(["taal_digitaal", "taal", "digitaal", "financien", "vervoer"]))


def test_old_code_means_both_themes() -> None:
    assert read_themes(["taal_digitaal"]) == ("taal", "digitaal")
    assert read_themes(["digitaal", "taal_digitaal"]) == ("digitaal", "taal")
    assert read_themes(["vervoer", "taal_digitaal", "taal"]) == ("vervoer", "taal", "digitaal")


@given(codes=CODES)
def test_each_theme_once_and_none_lost(codes: list[str]) -> None:
    found = read_themes(codes)
    assert len(set(found)) == len(found)
    assert "taal_digitaal" not in found
    for code in codes:
        assert set(read_themes([code])) <= set(found)
    assert read_themes(found) == found


def test_words_for_codes_and_the_code_itself_when_unknown() -> None:
    words = Vocabulary(
        themas={"vervoer": Thema(code="vervoer", label="Vervoer")},
        doelgroepen={"minima": Doelgroep(code="minima", label="mensen met weinig geld")},
    )
    assert words.labels(["minima", "vervoer", "later_toegevoegd"]) == [
        "mensen met weinig geld",
        "Vervoer",
        "later_toegevoegd",
    ]
