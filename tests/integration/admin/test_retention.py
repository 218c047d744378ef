"""How long things are kept: terms within bounds, a round at start and after midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock, months_earlier
from socialmap.domain.roles import Rol
from socialmap.editing.consent import find_person
from socialmap.editing.retention import TERMS, clean_up, last_cleaned, read_terms
from socialmap.settings import Settings
from socialmap.store import accounts, sessions
from socialmap.store.engine import Store
from socialmap.store.erasing import list_erasures, person_ids
from socialmap.store.proposals import Stand, Voorstel, add_proposal, decide, find_proposal
from socialmap.store.schema_mails import mail
from socialmap.store.sessions import Houder
from socialmap.store.snapshots import Stand as Month
from socialmap.store.snapshots import kept_months, save_month
from socialmap.store.views_log import LogFilter, log_view, read_log
from socialmap.store.vocabulary import save_meta
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_consent import ask
from tests.integration.admin.conftest import Signer
from web.app import create_app

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def done(store: Store) -> list[tuple[str, str]]:
    with store.reading() as conn:
        return [(one.wat, one.wie) for one in read_log(conn, LogFilter(), limit=1000)]


def test_views_go_after_their_term_and_changes_stay(store: Store) -> None:
    with store.writing() as conn:
        for months, who in ((13, "oud"), (11, "nieuw")):
            moment = NOW - timedelta(days=31 * months - 10)
            log_view(conn, moment, who, "bekeken", "actor", "A1")
            accounts.log(conn, moment, who, "toestemming", "actor", "A1")
        accounts.log(conn, NOW - timedelta(days=800), "oud", "ingelogd")
        accounts.log(conn, NOW - timedelta(days=700), "nieuw", "ingelogd")
    cleaned = clean_up(store, SECRET, NOW)
    assert (cleaned.rijen["inzage"], cleaned.rijen["accounts"]) == (1, 1)
    assert sorted(done(store)) == [
        ("bekeken", "nieuw"),
        ("ingelogd", "nieuw"),
        ("toestemming", "nieuw"),
        ("toestemming", "oud"),
    ]
    # A second round finds nothing more.
    assert set(clean_up(store, SECRET, NOW).rijen.values()) == {0}


def test_what_has_ended_goes(store: Store, person: Maker) -> None:
    account = person(Rol.PROFESSIONAL).account
    with store.writing() as conn:
        for print_, end in (("voorbij", NOW), ("loopt", NOW + timedelta(minutes=1))):
            sessions.add_session(conn, print_, account.id, Houder.SESSIE, NOW, end)
            sessions.add_invitation(conn, f"u{print_}", account.id, end)
    assert clean_up(store, SECRET, NOW).rijen["sessies"] == 1
    with store.reading() as conn:
        seen_after = NOW - timedelta(days=1)
        left = sessions.find_session(conn, "loopt", Houder.SESSIE, NOW, seen_after)
        assert left is not None
        assert sessions.find_invitation(conn, "uloopt", NOW) == account.id


def test_a_mail_that_has_ended_says_nothing_any_more(store: Store) -> None:
    with store.writing() as conn:
        for key, end in (("voorbij", NOW), ("loopt", NOW + timedelta(days=1))):
            conn.execute(
                sa.insert(mail).values(
                    id=key,
                    soort="klopt",
                    aan="contact@wijk.example",
                    adres="x",
                    onderwerp="Klopt dit nog?",
                    tekst="Kanarietekst",
                    afdruk=key,
                    eind=end,
                    gemaakt=NOW,
                    volgende=NOW,
                    status="verstuurd",
                    beurt=key,
                )
            )
    clean_up(store, SECRET, NOW)
    with store.reading() as conn:
        left = conn.execute(sa.select(mail.c.id, mail.c.aan, mail.c.tekst).order_by(mail.c.id))
        assert [tuple(row) for row in left] == [
            ("loopt", "contact@wijk.example", "Kanarietekst"),
            ("voorbij", "", ""),
        ]


def test_closed_proposals_and_old_months_go_and_open_ones_stay(store: Store) -> None:
    old = NOW - timedelta(days=400)
    month = Month(
        gebied="WK039218",
        thema="taal",
        doelgroep="iedereen",
        oordeel="gat",
        bereik=0,
        verouderd=False,
        gekeken=True,
        aanbod=(),
        oud=(),
        regel=1,
    )
    with store.writing() as conn:
        for key in ("open", "dicht"):
            add_proposal(
                conn,
                Voorstel(
                    id=key, tabel="actoren", sleutel="", cellen={}, versie=0, door="", wanneer=old
                ),
            )
        decide(conn, "dicht", Stand.AFGEWEZEN, "x")
        for name in ("2023-10", "2023-11", "2026-11"):
            save_month(conn, name, [month])
    assert clean_up(store, SECRET, NOW).rijen["voorstellen"] == 1
    with store.reading() as conn:
        assert find_proposal(conn, "dicht") is None
        assert find_proposal(conn, "open") is not None
        # Thirty-six months before November 2026 is November 2023.
        assert kept_months(conn) == ["2026-11", "2023-11"]


def test_who_gave_no_new_consent_is_erased_after_the_term(
    sign: Signer, store: Store, address: str
) -> None:
    key, _ = ask(sign(Rol.OPBOUWWERKER))
    with store.reading() as conn:
        consent = find_person(conn, key).toestemming
    assert consent is not None
    assert consent.tot is not None
    gone = months_earlier(consent.tot, -12)
    at = datetime(gone.year, gone.month, gone.day, 12, tzinfo=UTC)
    assert clean_up(store, SECRET, at).gewist == 0
    with store.writing() as conn:
        save_meta(conn, "voorbeeld", "1")
    # The invented persons of the example stay.
    assert clean_up(store, SECRET, at + timedelta(days=1)).gewist == 0
    with store.writing() as conn:
        save_meta(conn, "voorbeeld", "0")
    assert clean_up(store, SECRET, at + timedelta(days=1)).gewist == 1
    with store.reading() as conn:
        assert person_ids(conn) == []
        assert [one.soort for one in list_erasures(conn)] == ["gewist"]
    assert key.encode() not in b"".join(
        path.read_bytes() for path in Path(address[10:]).parent.glob("kaart.db*")
    )


def test_the_round_is_made_at_start_and_by_the_first_request_of_a_day(
    store: Store, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = [datetime(2026, 11, 24, tzinfo=UTC).date()]
    clock = Clock()
    monkeypatch.setattr(Clock, "today", lambda _self: day[0])
    app = create_app(Settings(database=address, secret=SECRET, clock=clock))

    def last() -> object:
        with store.reading() as conn:
            return last_cleaned(conn)

    assert last() == day[0]
    client = app.test_client()
    day[0] += timedelta(days=1)
    with store.writing() as conn:
        accounts.log(conn, datetime(2020, 1, 1, tzinfo=UTC), "oud", "ingelogd")
    with client.get("/privacy") as answer:
        assert answer.status_code == 200
        # The visitor has the answer before anything is tidied up.
        assert last() == day[0] - timedelta(days=1)
    assert last() == day[0]
    assert ("ingelogd", "oud") not in done(store)


def test_terms_are_kept_within_bounds_and_in_the_log(admin: FlaskClient, store: Store) -> None:
    usual = {term.naam: str(term.gewoon) for term in TERMS}
    assert admin.post("/beheer/bewaren", data=usual | {"inzage": "6"}).status_code == 303
    with store.reading() as conn:
        assert read_terms(conn)["inzage"] == 6
    assert [one for one, _ in done(store) if one == "bewaartermijn"] == ["bewaartermijn"]
    for wrong in ("0", "25", "", "een", "-3", "1,5"):
        answer = admin.post("/beheer/bewaren", data=usual | {"inzage": wrong})
        assert answer.status_code == 422, wrong
        assert "van 1 tot 24" in answer.text
    with store.reading() as conn:
        assert read_terms(conn)["inzage"] == 6
