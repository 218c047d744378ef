"""The log: changes, and views of what not everybody sees, without contents (eisen.md, 22)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from socialmap.domain.roles import Rol
from socialmap.store.engine import Store
from socialmap.store.views_log import LogFilter, LogLine, Place, log_view, read_log
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_consent import ask
from tests.integration.admin.conftest import Signer

#: Stands in a field that a professional sees and a visitor does not.
CANARY = "kanariegeheim"
ROW = re.compile(r"<tr>\s*<td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>\s*<td>(.*?)</td>", re.S)


def lines(store: Store, **asked: str) -> list[LogLine]:
    with store.reading() as conn:
        return read_log(conn, LogFilter(**asked), limit=1000)  # type: ignore[arg-type]


def views(store: Store) -> list[tuple[str, str, str]]:
    return [(one.wat, one.record, one.record_id) for one in lines(store, wat="bekeken")]


def see(client: FlaskClient, path: str) -> int:
    """Open a page and let the server finish what comes after the answer."""
    with client.get(path) as answer:
        return answer.status_code


@pytest.fixture
def hidden(api: Callable[..., Api]) -> str:  # noqa: F811
    """An actor that professionals see and visitors do not."""
    editor = api(Rol.OPBOUWWERKER)
    cells = NEW | {"zichtbaarheid": "professional", "omschrijving": CANARY}
    made = editor.make(cells)
    assert made.status_code == 201, made.text
    return str(made.json["id"])


def test_a_view_stands_there_once_a_day_and_a_person(
    sign: Signer, store: Store, hidden: str
) -> None:
    one, other = sign(Rol.PROFESSIONAL), sign(Rol.PROFESSIONAL)
    for browser in (one, one, other):
        assert see(browser, f"/actor/{hidden}") == 200
    assert see(one, f"/api/v1/actoren/{hidden}") == 200
    assert views(store) == [("bekeken", "actor", hidden)] * 2
    assert len({line.wie for line in lines(store, wat="bekeken")}) == 2
    # Also after a start, when the program does not remember what it noted.
    with store.writing() as conn:
        who = lines(store, wat="bekeken")[0].wie
        now = datetime.now(UTC)
        assert not log_view(conn, now, who, "bekeken", "actor", hidden)
        assert log_view(conn, now + timedelta(days=1), who, "bekeken", "actor", hidden)


def test_what_everybody_sees_is_not_noted(
    sign: Signer,
    store: Store,
    api: Callable[..., Api],  # noqa: F811
    client: FlaskClient,
    hidden: str,
) -> None:
    editor = api(Rol.BEHEERDER)
    public = editor.make(NEW | {"naam": "Open voor allen"}).json["id"]
    browser = sign(Rol.PROFESSIONAL)
    assert see(client, f"/actor/{public}") == 200
    assert see(client, f"/actor/{hidden}") == 404
    assert see(sign(Rol.TOEZICHT), f"/actor/{public}") == 200
    assert see(browser, "/actor/A-bestaat-niet") == 404
    assert views(store) == []


def test_every_door_to_one_record_is_noted(sign: Signer, store: Store, hidden: str) -> None:
    browser = sign(Rol.OPBOUWWERKER)
    person, _ = ask(browser)
    assert see(browser, f"/bijwerken/actoren/{hidden}") == 200
    assert see(browser, f"/api/v1/actoren/{hidden}/geschiedenis") == 200
    assert see(browser, f"/toestemming/nieuw?actor={person}") == 200
    assert see(browser, f"/bijwerken/toestemming/{person}/wissen") == 200
    assert see(browser, "/dekking.csv") == 200
    assert see(browser, "/api/v1/actoren") == 200
    found = {(one.wat, one.record, one.record_id) for one in lines(store)}
    assert {
        ("bekeken", "actor", hidden),
        ("geschiedenis bekeken", "actor", hidden),
        ("bekeken", "toestemming", person),
        ("opgehaald", "bestand", "dekking.csv"),
        ("opgehaald", "bestand", "actoren"),
    } <= found


def test_a_view_that_cannot_be_noted_keeps_nobody_from_reading(
    sign: Signer, store: Store, hidden: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = sign(Rol.PROFESSIONAL)
    with store.writing() as conn:
        conn.execute(sa.text("ALTER TABLE logboek RENAME TO weg"))
    assert see(browser, f"/actor/{hidden}") == 200
    assert "een inzage kon niet worden genoteerd" in caplog.text
    with store.writing() as conn:
        conn.execute(sa.text("ALTER TABLE weg RENAME TO logboek"))
    assert see(browser, f"/actor/{hidden}") == 200
    assert views(store) == [("bekeken", "actor", hidden)]


def test_the_page_shows_no_contents_and_filters(
    admin: FlaskClient, sign: Signer, store: Store, hidden: str
) -> None:
    see(sign(Rol.PROFESSIONAL), f"/actor/{hidden}")
    page = admin.get("/beheer/logboek").text
    assert CANARY not in page
    assert NEW["naam"] not in page
    rows = [tuple(unescape(cell) for cell in row) for row in ROW.findall(page)]
    assert {row[2] for row in rows} >= {"bekeken", "nieuw"}
    only = admin.get(f"/beheer/logboek?wat=bekeken&record=actor&record_id={hidden}").text
    assert {row[2] for row in ROW.findall(only)} == {"bekeken"}
    who = lines(store, wat="bekeken")[0].wie
    mine = ROW.findall(admin.get(f"/beheer/logboek?wie={who}").text)
    assert len(mine) == len(lines(store, wie=who)) > 1
    assert {row[1] for row in mine} == {"professional"}
    assert "Geen regels" in admin.get("/beheer/logboek?tot=2020-01-01").text
    assert admin.get("/beheer/logboek?van=gisteren").status_code == 400
    assert admin.get("/beheer/logboek?na=onzin").status_code == 400


def test_pages_follow_each_other_without_a_gap_or_a_double(store: Store) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with store.writing() as conn:
        for number in range(60):
            # Two lines of each book at every moment.
            now = start + timedelta(minutes=number // 2)
            log_view(conn, now, f"a{number}", "bekeken", "actor", f"A{number}")
            conn.execute(
                sa.text(
                    "INSERT INTO geschiedenis (record, record_id, versie, wanneer, wie)"
                    " VALUES ('actor', :key, 1, :now, 'x')"
                ).bindparams(sa.bindparam("now", now.replace(tzinfo=None), sa.DateTime())),
                {"key": f"B{number}"},
            )
    seen: list[LogLine] = []
    place: Place | None = None
    with store.reading() as conn:
        asked = LogFilter(tot=start.date())
        whole = read_log(conn, asked, limit=1000)
        while True:
            page = read_log(conn, asked, na=place, limit=7)
            seen += page
            if len(page) < 7:
                break
            place = Place.read(page[-1].plek.write())
    assert len(whole) == 120
    assert seen == whole
    assert [one.wanneer for one in whole] == sorted((o.wanneer for o in whole), reverse=True)


def test_the_file_holds_the_same_and_runs_nothing(
    admin: FlaskClient, store: Store, hidden: str
) -> None:
    with store.writing() as conn:
        log_view(conn, datetime.now(UTC), "=1+1", "bekeken", "actor", "@som")
    answer = admin.get("/beheer/logboek.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="logboek.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == len(lines(store))
    assert ("'=1+1", "'@som") in {(row["wie"], row["record_id"]) for row in rows}
    assert CANARY not in answer.text
