"""Ties in words, seen from one actor; a tie in both directions is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from socialmap.domain.codes import (
    RELATIE_LABELS,
    STERKTE_LABELS,
    Feitelijk,
    Relatiesoort,
    Richting,
    Soort,
    Status,
)
from socialmap.domain.model import Actor, Relatie
from web.present_ties import Ties, other_ends, present_ties

DAY = date(2026, 11, 22)
OTHERS = {key: Actor(id=key, naam=f"Groep {key}", soort=Soort.PARTNER) for key in ("B", "C", "D")}


def _tie(
    van: str,
    naar: str,
    soort: Relatiesoort = Relatiesoort.LEIDT_TOE,
    richting: Richting = Richting.GERICHT,
    feitelijk: Feitelijk = Feitelijk.FEITELIJK,
    sterkte: int = 2,
) -> Relatie:
    return Relatie(
        id=f"{van}-{soort}-{naar}-{feitelijk}",
        van_id=van,
        naar_id=naar,
        soort=soort,
        richting=richting,
        sterkte=sterkte,
        feitelijk=feitelijk,
    )


def _said(ties: Ties) -> list[tuple[str, list[str]]]:
    return [(group.woorden, [line.naam for line in group.banden]) for group in ties.feitelijk]


@pytest.mark.parametrize("soort", list(Relatiesoort))
def test_a_directed_tie_reads_from_both_ends(soort: Relatiesoort) -> None:
    to, fro = RELATIE_LABELS[soort]
    assert _said(present_ties("A", [_tie("A", "B", soort)], OTHERS, DAY)) == [(to, ["Groep B"])]
    assert _said(present_ties("A", [_tie("B", "A", soort)], OTHERS, DAY)) == [(fro, ["Groep B"])]


def test_a_mutual_tie_in_both_directions_is_one_and_the_last_checked_counts() -> None:
    there = _tie("A", "B", Relatiesoort.KENT, Richting.WEDERKERIG, sterkte=1)
    back = _tie("B", "A", Relatiesoort.KENT, Richting.WEDERKERIG, sterkte=3)
    there = replace(there, gecontroleerd_op=date(2026, 9, 1))
    found = present_ties("A", [there, back], OTHERS, DAY)
    assert found.aantal == 1
    assert found.feitelijk[0].woorden == "kent"
    assert found.feitelijk[0].banden[0].sterkte == "weten van elkaar"
    assert found.feitelijk[0].banden[0].versheid == ("vers", "Nagekeken sept 2026")


@pytest.mark.parametrize(
    ("sterkte", "said"),
    [
        (1, "kennen elkaar volgens het document"),
        (2, "vaste band volgens het document"),
        (3, "nauwe band volgens het document"),
    ],
)
def test_a_tie_from_a_document_says_nothing_of_how_often(sterkte: int, said: str) -> None:
    tie = replace(_tie("A", "B", sterkte=sterkte), bron="003, 6.1 De sociale basis, 2020")
    wish = replace(tie, id="wens", naar_id="C", feitelijk=Feitelijk.GEWENST)
    found = present_ties("A", [tie, wish], OTHERS, DAY)
    assert found.feitelijk[0].banden[0].sterkte == said
    assert found.gewenst[0].banden[0].sterkte == "gewenst volgens het document"
    told = present_ties("A", [replace(tie, bron="wijkgesprek")], OTHERS, DAY)
    assert told.feitelijk[0].banden[0].sterkte == STERKTE_LABELS[sterkte]


def test_directed_ties_in_both_directions_are_two() -> None:
    found = present_ties("A", [_tie("A", "B"), _tie("B", "A")], OTHERS, DAY)
    assert found.aantal == 2


def test_wished_ties_stand_apart_and_are_never_counted() -> None:
    wished = _tie("A", "B", feitelijk=Feitelijk.GEWENST)
    found = present_ties("A", [wished, _tie("A", "C")], OTHERS, DAY)
    assert found.aantal == 1
    assert [line.naam for line in found.gewenst[0].banden] == ["Groep B"]


def test_a_tie_that_has_ended_stands_apart_from_that_day() -> None:
    last = replace(_tie("A", "B"), geldig_tot=DAY)
    assert present_ties("A", [last], OTHERS, DAY).voorbij
    before = present_ties("A", [last], OTHERS, date(2026, 11, 21))
    assert (before.aantal, before.voorbij) == (1, ())
    assert before.feitelijk[0].banden[0].let_op == "tot 22 november 2026"


def test_a_tie_to_somebody_who_is_not_shown_is_not_shown() -> None:
    found = present_ties("A", [_tie("A", "X"), _tie("A", "B")], OTHERS, DAY)
    assert found.aantal == 1
    assert other_ends("A", [_tie("A", "X"), _tie("B", "A")]) == {"X", "B"}


def test_a_stopped_partner_is_said_to_have_stopped() -> None:
    others = {"B": replace(OTHERS["B"], status=Status.GESTOPT)}
    line = present_ties("A", [_tie("A", "B")], others, DAY).feitelijk[0].banden[0]
    assert line.let_op == "is gestopt"


def test_strong_ties_come_first_then_names() -> None:
    ties = [_tie("A", "D"), _tie("A", "C"), _tie("A", "B", sterkte=1)]
    assert _said(present_ties("A", ties, OTHERS, DAY))[0][1] == ["Groep C", "Groep D", "Groep B"]
