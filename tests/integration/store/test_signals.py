"""Signals are read together only: per wijk, from three reporters on, and answered together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from socialmap.domain.choices import Signaalstatus
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Signaal
from socialmap.store import schema
from socialmap.store.data_version import read_data_version
from socialmap.store.engine import Connection
from socialmap.store.signals import (
    LEAST,
    Step,
    add_signal,
    all_signals,
    decide,
    get_signal,
    read_groups,
    save_signals,
    theme_groups,
)

Undone = Callable[[], AbstractContextManager[Connection]]
WIJK, BUURTEN, OTHER = "WK039221", ("BU03922101", "BU03922102"), "WK039220"
TAKEN = Step(Signaalstatus.OPGEPAKT, "opbouwwerker", "ruimte_zoeken", date(2026, 12, 1))
ANSWER = Step(
    Signaalstatus.TERUGGEKOPPELD, "opbouwwerker", "", None, "komt_meer_plek", date(2026, 11, 22)
)


def signal(number: int, melder: str, **other: Any) -> Signaal:
    return Signaal(
        **{
            "id": f"S{number}",
            "gebied": WIJK,
            "thema": "taal",
            "soort": "vol",
            "datum": date(2026, 10, number),
            "melder": melder,
            **other,
        }
    )


def test_two_reporters_are_not_shown_however_often_they_report(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        save_signals(conn, [signal(n, f"M{n % 2}") for n in range(1, 9)], "melder", now)
        assert read_groups(conn) == []
        assert theme_groups(conn) == []
        save_signals(conn, [signal(9, "M3")], "melder", now)
        (group,) = read_groups(conn)
        assert (group.gebied, group.thema, group.soort) == (WIJK, "taal", "vol")
        assert (group.melders, group.sinds, group.laatste) == (3, date(2026, 10, 9), group.sinds)


def test_signals_of_buurten_count_for_their_wijk_and_nothing_smaller_is_shown(
    undone: Undone, now: datetime
) -> None:
    areas = (WIJK, *BUURTEN, OTHER)
    with undone() as conn:
        save_signals(
            conn, [signal(n, f"M{n}", gebied=areas[n - 1]) for n in range(1, 5)], "melder", now
        )
        assert [(g.gebied, g.melders) for g in read_groups(conn)] == [(WIJK, 3)]


def test_a_theme_asks_for_one_approach_when_three_say_something_of_any_kind(
    undone: Undone, now: datetime
) -> None:
    kinds = ("vol", "anders", "regel_knelt")
    with undone() as conn:
        save_signals(
            conn, [signal(n, f"M{n}", soort=kinds[n - 1]) for n in range(1, 4)], "melder", now
        )
        assert read_groups(conn) == []
        assert [(g.gebied, g.thema, g.soort) for g in theme_groups(conn)] == [(WIJK, "taal", "")]


def test_a_decision_reaches_every_reporter_and_later_ones_begin_anew(
    undone: Undone, now: datetime
) -> None:
    with undone() as conn:
        save_signals(conn, [signal(n, f"M{n}") for n in (1, 2, 3)], "melder", now)
        save_signals(conn, [signal(9, "M9", thema="vervoer")], "melder", now)
        decide(conn, read_groups(conn)[0], TAKEN, "opbouwwerker", now)
        # Who reports the same later sees at once that it was taken up.
        late = add_signal(conn, signal(4, "M4"), "melder", now)
        assert (late.status, late.eigenaar) == ("opgepakt", "opbouwwerker")
        decide(conn, read_groups(conn)[0], ANSWER, "opbouwwerker", now)
        answers = {get_signal(conn, f"S{n}").antwoord for n in (1, 2, 3, 4)}
        assert answers == {"komt_meer_plek"}
        assert get_signal(conn, "S9").antwoord == ""
        fresh = add_signal(conn, signal(5, "M5"), "melder", now)
        assert fresh.status == "nieuw"
        assert [(g.ended, g.melders) for g in read_groups(conn)] == [(True, 4)]
        assert theme_groups(conn) == []


def test_a_change_of_a_signal_is_in_the_history_and_raises_the_number_of_the_map(
    undone: Undone, now: datetime
) -> None:
    history = schema.geschiedenis
    with undone() as conn:
        before = read_data_version(conn)
        save_signals(conn, [signal(n, f"M{n}") for n in (1, 2, 3)], "melder", now)
        decide(conn, read_groups(conn)[0], TAKEN, "opbouwwerker", now)
        decide(conn, read_groups(conn)[0], TAKEN, "opbouwwerker", now)
        rows = conn.execute(
            sa.select(history.c.versie, history.c.wie, history.c.voor, history.c.na).where(
                history.c.record == "signaal", history.c.record_id == "S1"
            )
        ).all()
        assert [(row.versie, row.wie) for row in rows] == [(1, "melder"), (2, "opbouwwerker")]
        assert rows[1].voor["status"] == "nieuw"
        assert rows[1].na["stap"] == "ruimte_zoeken"
        assert read_data_version(conn) == before + 2


def test_an_unknown_signal_is_not_found(undone: Undone) -> None:
    with undone() as conn, pytest.raises(NotFoundError):
        get_signal(conn, "S404")


REPORTS = st.lists(
    st.tuples(
        st.sampled_from((WIJK, *BUURTEN, OTHER)),
        st.sampled_from(("taal", "vervoer")),
        st.sampled_from(("vol", "anders")),
        st.integers(1, 4),
        st.sampled_from(tuple(Signaalstatus)),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(reports=REPORTS)
def test_whatever_was_reported_no_group_has_fewer_than_three_reporters(
    undone: Undone, reports: list[tuple[str, str, str, int, Signaalstatus]]
) -> None:
    moment = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
    made = [
        signal(
            number % 28 + 1,
            f"M{who}",
            id=f"S{number}",
            gebied=area,
            thema=theme,
            soort=kind,
            status=status.value,
            antwoord="doorgegeven" if status is Signaalstatus.TERUGGEKOPPELD else "",
        )
        for number, (area, theme, kind, who, status) in enumerate(reports)
    ]
    with undone() as conn:
        save_signals(conn, made, "melder", moment)
        by_id = {one.id: one for one in all_signals(conn)}
        groups = [*read_groups(conn), *theme_groups(conn)]
        for group in groups:
            same = [by_id[key] for key in group.signaal_ids]
            assert len({one.melder for one in same}) == group.melders >= LEAST
            assert not group.gebied.startswith("BU")
            assert {one.thema for one in same} == {group.thema}
        open_ids = [i for g in read_groups(conn) if not g.ended for i in g.signaal_ids]
        assert len(set(open_ids)) == len(open_ids)
