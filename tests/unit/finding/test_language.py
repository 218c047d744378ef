"""Understanding a question: what each step means, on words of our own and on the real ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.finding.age import Leeftijd, find_age
from socialmap.finding.language import Understood, Weight, age_groups, understand
from socialmap.finding.lexicon import Entry, Lexicon, Woordsoort, build_lexicon
from socialmap.finding.split import clauses, merge
from socialmap.finding.stemming import Stemmer
from socialmap.finding.tokens import fold, normalise, tokenise, tokenise_pauses
from socialmap.finding.units import split_compound

GEGEVENS = Path(__file__).parents[3] / "tests" / "gegevens"
T = Woordsoort.THEMA


@pytest.fixture(scope="module")
def small() -> Lexicon:
    return build_lexicon(
        [
            Entry("schuld", T, "financien", 1.0),
            Entry("geld is op", T, "financien", 0.8),
            Entry("mantelzorg", T, "mantelzorg", 1.0),
            Entry("huur niet betalen", T, "huisvesting", 1.0),
            Entry("betalen", T, "financien", 0.5),
            Entry("tuin", T, "leefomgeving", 1.0),
            Entry("hulp", Woordsoort.BEHOEFTE, "advies", 1.0),
            Entry("wandelen", T, "lichamelijke_gezondheid", 1.0),
        ],
        stemmer=Stemmer({"schulden": "schuld"}),
        stop=["ik", "de", "een", "is", "op", "mijn", "heb", "kan"],
        ordinary=["fiets", "ruin"],
        synonyms=[("wandelen", "kuieren")],
        neighbours={"mantelzorg": (("zelfzorg", 0.5),)},
    )


def themes(found: Understood) -> list[str]:
    return [weight.code for weight in found.themas]


def test_one_form_of_a_word_leads_to_all(small: Lexicon) -> None:
    assert themes(understand("ik heb SCHULDEN", small)) == ["financien"]


def test_a_phrase_may_be_apart_and_goes_before_its_words(small: Lexicon) -> None:
    found = understand("ik kan de huur deze maand niet betalen", small)
    assert themes(found) == ["huisvesting"]


def test_a_phrase_of_one_word_and_stop_words_must_stand_as_it_is(small: Lexicon) -> None:
    assert themes(understand("mijn geld is op", small)) == ["financien"]
    assert themes(understand("mijn geld", small)) == []


def test_a_misspelling_is_heard_and_a_typing_error_is_mended(small: Lexicon) -> None:
    assert themes(understand("mantelzorch", small))[0] == "mantelzorg"
    assert themes(understand("mantelzrog", small))[0] == "mantelzorg"


def test_short_and_ordinary_words_are_never_mended(small: Lexicon) -> None:
    assert themes(understand("tuig", small)) == []
    assert themes(understand("ruin", small)) == []


def test_compounds_are_split_and_joined(small: Lexicon) -> None:
    assert split_compound("schuldenhulp", small) == ("schuld", "hulp")
    assert themes(understand("schuldenhulp", small)) == ["financien"]
    assert themes(understand("mantel zorg", small))[0] == "mantelzorg"


def test_a_diminutive_leads_to_its_word(small: Lexicon) -> None:
    assert themes(understand("tuintje", small)) == ["leefomgeving"]
    assert themes(understand("schuldjes", small)) == ["financien"]


def test_synonyms_lead_both_ways(small: Lexicon) -> None:
    assert themes(understand("kuieren", small)) == ["lichamelijke_gezondheid"]
    assert understand("wandelen", small).verwant == (small.stemmer.stem("kuieren"),)
    assert understand("kuieren", small).verwant == (small.stemmer.stem("wandelen"),)


def test_a_neighbour_comes_after_the_theme_that_was_heard(small: Lexicon) -> None:
    first, second = understand("mantelzorg", small).themas
    assert (first.code, second.code) == ("mantelzorg", "zelfzorg")
    assert second.gewicht == pytest.approx(first.gewicht / 2)


def test_more_evidence_weighs_more_and_never_over_one(small: Lexicon) -> None:
    one = understand("schuld", small).themas[0].gewicht
    two = understand("schuld, geld is op", small).themas[0].gewicht
    assert one < two <= 1


def test_a_question_is_split_only_where_the_themes_differ(small: Lexicon) -> None:
    parts = understand("ik heb schulden en mijn tuin is een bende", small).parts
    assert [themes(part) for part in parts] == [["financien"], ["leefomgeving"]]
    assert understand("ik heb schulden en mijn geld is op", small).parts == ()
    assert understand("ik heb schulden en een fiets", small).parts == ()


def test_parts_with_a_shared_theme_are_one_need() -> None:
    a, b, ab, none = (frozenset(text) for text in ("a", "b", "ab", ""))
    assert merge([a, b]) == ((0,), (1,))
    assert merge([none, a, none, b]) == ((0, 1, 2), (3,))
    assert merge([a, ab]) == ((0, 1),)
    assert merge([none, none]) == ()
    assert clauses("taalles en ook werk. Een tuin!") == ("taalles", "werk", "Een tuin")


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("mijn zoon van 15 slaapt niet", (15, 15)),
        ("ik ben 79", (79, 79)),
        ("ik ben elf", (11, 11)),
        ("zoon van 8 jaar oud", (8, 8)),
        ("een negentienjarige zonder huis", (19, 19)),
        ("eenzaamheid 75+", (75, None)),
        ("bewegen voor zeventigplussers", (70, None)),
        ("65 jaar en ouder", (65, None)),
        ("een twintiger met schulden", (20, 29)),
        ("opvliegers rond de vijftig", (45, 55)),
        ("kinderen onder de 12", (0, 11)),
        ("man 58 alleenwonend", (58, 58)),
        ("ik ben 9 jaar getrouwd", None),
        ("ik ben 3 keer gevallen", None),
        ("na 3 jaar nog verdriet", None),
        ("drie kinderen en geen geld", None),
        ("ik ben 400", None),
        ("", None),
    ],
)
def test_age_is_heard(text: str, age: tuple[int, int | None] | None) -> None:
    assert find_age(text) == (Leeftijd(*age) if age else None)


def test_an_age_gives_the_groups_that_hold_it_whole() -> None:
    assert age_groups(Leeftijd(8, 8)) == ("kinderen",)
    assert age_groups(Leeftijd(19, 19)) == ("jongeren", "jongvolwassenen")
    assert age_groups(Leeftijd(75, None)) == ("ouderen",)
    assert age_groups(Leeftijd(45, 55)) == ()
    assert age_groups(None) == ()


def test_normal_text_has_no_capitals_accents_or_hidden_signs() -> None:
    assert normalise("M’n CLIËNT\u200b\u202e zegt") == "mn client zegt"
    assert tokenise("heeeeel  erg, 75+!") == ("heel", "erg", "75")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mantelzorch", "mantelzorg"),
        ("depresief", "depressief"),
        ("fisiotherapie", "fisioterapie"),
        ("mishandelt", "mishandeld"),
        ("zcgulden", "zkgulden"),
    ],
)
def test_words_that_sound_alike_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=300))
def test_any_text_is_understood_within_bounds(lexicon: Lexicon, text: str) -> None:
    found = understand(text, lexicon)
    for weights in (found.themas, found.doelgroepen, found.behoeften, found.lijnen):
        assert list(weights) == sorted(weights, key=lambda w: (-w.gewicht, w.code))
        assert all(0 < weight.gewicht <= 1 for weight in weights)
    assert all(part.parts == () for part in found.parts)
    assert len(found.parts) != 1


@given(st.text(max_size=100))
def test_understanding_gives_the_same_each_time(lexicon: Lexicon, text: str) -> None:
    assert understand(text, lexicon) == understand(text, lexicon)


def test_a_text_far_too_long_is_read_in_part(lexicon: Lexicon) -> None:
    assert understand("schulden " + "kwetter " * 5000, lexicon).themas[0] == Weight(
        "financien", pytest.approx(0.9, abs=0.1)
    )


def test_the_theme_is_among_the_first_three_of_four_in_five_own_questions(
    lexicon: Lexicon,
) -> None:
    with (GEGEVENS / "vragen_thema.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    missed = [
        row["vraag"]
        for row in rows
        if row["thema"] not in themes(understand(row["vraag"], lexicon))[:3]
    ]
    assert len(missed) <= len(rows) / 5, missed


def test_a_phrase_is_not_heard_across_a_pause(lexicon: Lexicon) -> None:
    assert tokenise_pauses("Ja, nee. E-mail: 3.5 uur") == (
        *("ja", "", "nee", "", "e", "mail", "", "3", "5", "uur"),
    )
    joined = understand("op zoek naar een taal maatje", lexicon)
    apart = understand("mijn taal, een maatje", lexicon)
    assert "taal_oefenen" in {code for code, _ in joined.onderwerpen}
    assert "taal_oefenen" not in {code for code, _ in apart.onderwerpen}


def test_a_known_end_of_an_unknown_word_is_trusted_less(lexicon: Lexicon) -> None:
    weight = dict(understand("kwantumcomputer", lexicon).onderwerpen)["computer_leren"]
    assert weight < 0.6 * dict(understand("computer", lexicon).onderwerpen)["computer_leren"]
