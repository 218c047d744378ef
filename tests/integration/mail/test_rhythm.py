"""Who gets a mail, about what, and never more than one a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from socialmap.domain.clock import ZONE, Clock, months_earlier
from socialmap.domain.codes import Niveau, Status
from socialmap.domain.mail import Mail, Mailsoort, may_mail
from socialmap.editing.mail_round import MOST_AT_ONCE, is_mailable, make_due, records_to_ask
from socialmap.store.engine import Store
from socialmap.store.mails import Bericht, add_answer, list_mails, mark_sent
from tests.integration.mail.conftest import DAY, NOW, SECRET, friend, group, make, offer

Keep = Callable[..., None]
STALE, FRESH = date(2025, 3, 1), date(2026, 9, 1)


def names(mail: Mail) -> list[str]:
    return [line[2:] for line in mail.tekst.splitlines() if line.startswith("- ")]


def test_all_records_of_an_address_come_together_the_oldest_first(store: Store, keep: Keep) -> None:
    keep(
        group("A1", gecontroleerd_op=STALE, email="Info@Wijk.example"),
        group("A2", gecontroleerd_op=date(2024, 1, 1), email="info@wijk.example"),
        group("A3", gecontroleerd_op=FRESH),
        offer("O1", "A1"),
        offer("O2", "A1", gecontroleerd_op=FRESH),
        offer("O3", "A3", gecontroleerd_op=date(2023, 1, 1)),
    )
    first, second = make(store)
    assert (first.aan, second.aan) == ("a3@wijk.example", "info@wijk.example")
    assert names(first) == ["Aanbod O3"]
    assert names(second) == ["Aanbod O1", "Groep A2", "Groep A1"]
    with store.reading() as conn:
        shown = records_to_ask(conn, "INFO@wijk.example", DAY)
    assert [one.id for one in shown] == ["O1", "A2", "A1"]


@pytest.mark.parametrize("status", [Status.GESTOPT, Status.GEPAUZEERD])
def test_what_has_stopped_or_rests_is_not_asked(store: Store, keep: Keep, status: Status) -> None:
    keep(
        group("A1", status=status),
        offer("O1", "A1"),
        group("A2", gecontroleerd_op=FRESH),
        offer("O2", "A2", status=status),
        offer("O3", "A2", loopt_tot=date(2026, 1, 1)),
    )
    assert make(store) == []


def test_only_what_everybody_sees_goes_by_mail(store: Store, keep: Keep) -> None:
    keep(group("A1", zichtbaarheid=Niveau.PROFESSIONAL), offer("O1", "A1"))
    keep(group("A2", email=""), group("A3", zichtbaarheid=Niveau.TEAM))
    assert make(store) == []


@pytest.mark.parametrize(
    ("address", "can"),
    [
        ("info@wijk.example", True),
        ("Info+kaart@Wijk.example", True),
        ("een@wijk.example,twee@wijk.example", False),
        ("een@wijk.example>", False),
        ("één@wijk.example", False),
        ("geen", False),
        ("", False),
    ],
)
def test_an_address_is_one_address(address: str, can: bool) -> None:
    assert is_mailable(address) is can


def test_a_contact_that_answered_is_not_asked_about_that_again(store: Store, keep: Keep) -> None:
    keep(group("A1"), offer("O1", "A1"))
    told = Bericht(
        id="x",
        tabel="actoren",
        sleutel="A1",
        soort="klopt niet",
        wat=(),
        tekst="",
        wanneer=NOW,
    )
    with store.writing() as conn:
        add_answer(conn, told)
    assert names(make(store)[0]) == ["Aanbod O1"]


def test_over_two_years_of_days_never_two_mails_in_a_month(store: Store, keep: Keep) -> None:
    keep(group("A1"), offer("O1", "A1"))
    days = []
    for number in range(730):
        now = Clock(date(2026, 1, 31) + timedelta(days=number)).now()
        # By hand as well, on every third day.
        with store.writing() as conn:
            made = make_due(conn, SECRET, now, ["A1"] if number % 3 == 0 else None)
            if made:
                days.append(now.date())
                mark_sent(conn, list_mails(conn, 1)[0].id, now)
    assert len(days) in (23, 24)
    pairs = pairwise(days)
    assert all(months_earlier(later, 1) >= before for before, later in pairs)
    assert len({(day.year, day.month) for day in days}) == len(days)


def test_a_mail_that_waits_keeps_others_from_being_made(store: Store, keep: Keep) -> None:
    keep(group("A1"))
    waiting = make(store)[0]
    later = NOW + timedelta(days=50)
    assert [mail.id for mail in make(store, later)] == [waiting.id]
    # It is sent only then: the next one counts from that day.
    with store.writing() as conn:
        mark_sent(conn, waiting.id, later)
    assert len(make(store, later + timedelta(days=20))) == 1
    assert len(make(store, later + timedelta(days=32))) == 2


@pytest.mark.parametrize(
    ("last", "today", "may"),
    [
        (None, date(2026, 1, 1), True),
        (date(2026, 1, 31), date(2026, 2, 28), False),
        (date(2026, 1, 31), date(2026, 3, 1), True),
        (date(2026, 3, 31), date(2026, 4, 30), False),
        (date(2026, 3, 31), date(2026, 5, 1), True),
        (date(2026, 2, 28), date(2026, 3, 28), True),
        (date(2025, 12, 15), date(2026, 1, 14), False),
        (date(2025, 12, 15), date(2026, 1, 15), True),
    ],
)
def test_a_month_is_a_month(last: date | None, today: date, may: bool) -> None:
    assert may_mail(last, today) is may


def test_by_hand_only_that_address_is_asked(store: Store, keep: Keep) -> None:
    keep(group("A1"), group("A2"))
    assert [mail.aan for mail in make(store, only=["A2"])] == ["a2@wijk.example"]
    assert len(make(store, only=["A2"])) == 1
    assert len(make(store, only=["A-nergens"])) == 1


def test_what_needs_no_answer_any_more_is_not_sent(store: Store, keep: Keep) -> None:
    keep(group("A1"))
    assert len(make(store)) == 1
    keep(group("A1", gecontroleerd_op=DAY))
    assert make(store) == []


def test_a_first_run_is_no_flood(store: Store, keep: Keep) -> None:
    keep(*(group(f"A{number:04}") for number in range(MOST_AT_ONCE + 5)))
    assert len(make(store)) == MOST_AT_ONCE
    assert len(make(store)) == MOST_AT_ONCE + 5


def test_a_sleutelfiguur_gets_only_the_way_out(store: Store, keep: Keep) -> None:
    keep(friend("P1", date(2027, 1, 10)), offer("O1", "P1"))
    mail = make(store)[0]
    assert (mail.soort, mail.actor_id) == (Mailsoort.TOESTEMMING, "P1")
    assert "10 januari 2027" in mail.tekst
    assert "Groep P1" not in mail.tekst + mail.onderwerp
    assert "Aanbod" not in mail.tekst


@pytest.mark.parametrize(
    "person",
    [
        friend("P1", date(2027, 6, 1)),
        friend("P1", date(2026, 11, 22)),
        friend("P1", date(2027, 1, 10), doel="Wijkteam: vinden ja, bellen nee, banden ja. X."),
        friend("P1", date(2027, 1, 10), status=Status.GESTOPT),
        friend("P1", date(2027, 1, 10), email=""),
        group("P1", soort="sleutelfiguur", zichtbaarheid=Niveau.TEAM),
    ],
    ids=["not yet", "ended", "said no", "stopped", "no address", "no consent"],
)
def test_without_consent_for_mail_a_sleutelfiguur_gets_none(
    store: Store, keep: Keep, person: object
) -> None:
    keep(person)
    assert make(store) == []


def test_what_waits_goes_when_consent_does(store: Store, keep: Keep) -> None:
    keep(friend("P1", date(2027, 1, 10)))
    assert len(make(store)) == 1
    assert make(store, datetime(2027, 1, 10, 12, tzinfo=ZONE)) == []


def test_one_who_is_both_gets_one_mail(store: Store, keep: Keep) -> None:
    keep(friend("P1", date(2027, 1, 10), email="a1@wijk.example"), group("A1"))
    assert len(make(store)) == 1
