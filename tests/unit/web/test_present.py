"""Values and records in words: nothing is said that the record does not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialmap.domain.codes import Soort, Status, Vorm
from socialmap.domain.model import STADSBREED, Aanbod, Actor
from socialmap.domain.status import effective_status
from web.present import (
    actor_card,
    actor_url,
    group_by_source,
    is_confirmed,
    offer_card,
    say_reach,
    say_today_of,
    sort_for_reading,
)
from web.present_words import (
    count_words,
    first_sentence,
    join_words,
    say_ages,
    say_answer_days,
    say_cost,
    say_date,
    say_languages,
    say_number,
    say_wait,
)

DAY = date(2026, 11, 23)
ACTOR = Actor(id="A1", naam="Buurthuis", soort=Soort.PARTNER, gecontroleerd_op=DAY)
OFFER = Aanbod(
    id="O1", actor_id="A1", naam="Koffie", wanneer="Mo 10:00-12:00", gecontroleerd_op=DAY
)


@pytest.mark.parametrize(
    ("kosten", "said"),
    [(None, ""), ("0", "gratis"), ("0.00", "gratis"), ("4", "€ 4"), ("2.5", "€ 2,50")],
)
def test_cost(kosten: str | None, said: str) -> None:
    assert say_cost(None if kosten is None else Decimal(kosten)) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (None, None, ""),
        (18, None, "vanaf 18 jaar"),
        (None, 17, "tot en met 17 jaar"),
        (0, 4, "0 tot en met 4 jaar"),
    ],
)
def test_ages(low: int | None, high: int | None, said: str) -> None:
    assert say_ages(low, high) == said


@pytest.mark.parametrize(
    ("days", "measured", "said"),
    [
        (None, DAY, ""),
        (0, DAY, "geen wachttijd (gemeten op 23 november 2026)"),
        (1, DAY, "1 dag (gemeten op 23 november 2026)"),
        (42, DAY, "6 weken (gemeten op 23 november 2026)"),
        (10, None, "10 dagen (niet bekend wanneer gemeten)"),
    ],
)
def test_waiting_time_says_when_it_was_measured(
    days: int | None, measured: date | None, said: str
) -> None:
    assert say_wait(days, measured) == said


def test_small_words() -> None:
    assert say_date(date(2026, 3, 1)) == "1 maart 2026"
    assert say_number(1234567) == "1.234.567"
    assert say_languages(["nl", "TI", "xx"]) == ["Nederlands", "Tigrinya", "xx"]
    assert say_answer_days(0) == "dezelfde dag"
    assert say_answer_days(5) == "binnen 5 dagen"
    assert say_answer_days(None) == ""
    assert [count_words(n, "groep", "groepen") for n in (0, 1, 2000)] == [
        "geen groepen",
        "1 groep",
        "2.000 groepen",
    ]
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


@given(st.text())
def test_the_first_sentence_is_the_head_of_the_text(text: str) -> None:
    plain = " ".join(text.split())
    said = first_sentence(text)
    assert len(said) <= 151
    assert plain.startswith(said.removesuffix("…"))


def test_the_address_of_a_record_cannot_leave_its_page() -> None:
    assert actor_url("../beheer?x#y") == "/actor/..%2Fbeheer%3Fx%23y"


@pytest.mark.parametrize("own", list(Status))
@pytest.mark.parametrize("actors", list(Status))
def test_an_offer_takes_the_stricter_status(own: Status, actors: Status) -> None:
    strict = [Status.ACTIEF, Status.GEPAUZEERD, Status.GESTOPT]
    found = effective_status(replace(OFFER, status=own), replace(ACTOR, status=actors), DAY)
    assert found is strict[max(strict.index(own), strict.index(actors))]


def test_an_offer_stops_after_its_last_day() -> None:
    last = replace(OFFER, loopt_tot=DAY)
    assert effective_status(last, ACTOR, DAY) is Status.ACTIEF
    assert effective_status(last, ACTOR, DAY + timedelta(days=1)) is Status.GESTOPT


def test_hours_are_said_of_today_only_when_confirmed_and_in_use() -> None:
    said = say_today_of(OFFER, Status.ACTIEF, DAY)
    assert said is not None
    assert said.open
    for checked in (None, date(2023, 1, 1)):
        stale = say_today_of(replace(OFFER, gecontroleerd_op=checked), Status.ACTIEF, DAY)
        assert stale is not None
        assert not stale.open
        assert "niet nagekeken" in stale.tekst
    for status in (Status.GEPAUZEERD, Status.GESTOPT):
        assert say_today_of(OFFER, status, DAY) is None
    assert say_today_of(replace(OFFER, wanneer=""), Status.ACTIEF, DAY) is None


def test_a_documented_record_is_never_confirmed() -> None:
    source = "003, 6.1 De sociale basis, 2020"
    assert not is_confirmed(replace(ACTOR, gecontroleerd_op=None, bron=source), DAY)
    assert is_confirmed(replace(ACTOR, bron=source), DAY)


def test_cards_hold_a_mark_and_what_one_needs_to_know() -> None:
    card = offer_card(replace(OFFER, lijn=None, kosten=Decimal(0), min_leeftijd=55), ACTOR, DAY)
    assert (card.lijn, card.soort, card.van) == (None, "partner", "Buurthuis")
    assert dict(card.praktisch) == {
        "klok": "ma 10–12 uur",
        "euro": "gratis",
        "mensen": "vanaf 55 jaar",
    }
    assert card.versheid == ("vers", "Nagekeken nov 2026")
    assert card.status == ""
    hidden = offer_card(replace(OFFER, vorm=Vorm.COLLECTIEF), ACTOR, DAY)
    assert ("plek", "plek niet bekend") in hidden.praktisch
    paused = offer_card(OFFER, replace(ACTOR, status=Status.GEPAUZEERD), DAY)
    assert paused.status == "Even gestopt"


def test_reach() -> None:
    assert say_reach(OFFER) == ""
    assert say_reach(replace(OFFER, bereik=STADSBREED)) == "de hele stad"
    assert say_reach(replace(OFFER, bereik=1500)) == "1.500 meter"


def test_rows_stand_in_use_first_then_fresh_then_by_name() -> None:
    cards = [
        actor_card(replace(ACTOR, id="3", naam="Zon", gecontroleerd_op=date(2020, 1, 1)), DAY),
        actor_card(replace(ACTOR, id="2", naam="maan"), DAY),
        actor_card(replace(ACTOR, id="1", naam="Aarde", status=Status.GEPAUZEERD), DAY),
        actor_card(replace(ACTOR, id="4", naam="Lucht"), DAY),
    ]
    assert [card.id for card in sort_for_reading(cards)] == ["4", "2", "3", "1"]


def test_sources_are_gathered_by_document_and_section_in_order() -> None:
    documents, others = group_by_source(
        [
            replace(ACTOR, bron="003, 10.2 Later, 2020"),
            replace(ACTOR, bron="003, 6.1 De sociale basis, 2020"),
            replace(OFFER, bron="003, 6.1 De sociale basis, 2020"),
            replace(ACTOR, bron="wijkgesprek"),
            replace(OFFER, bron=""),
        ]
    )
    assert {key: list(value.items()) for key, value in documents.items()} == {
        "003": [("6.1 De sociale basis", 2), ("10.2 Later", 1)]
    }
    assert others == ["wijkgesprek"]
