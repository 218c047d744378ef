"""Counting searches without a good answer: once a visit, cleaned when the month has ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from flask import Response

from socialmap.domain.clock import Clock
from socialmap.domain.errors import StorageError
from socialmap.exchange.making import Filling, make_map
from socialmap.finding.place import Plek, Plekbron
from socialmap.finding.question import Antwoord, Zekerheid
from socialmap.settings import Settings
from socialmap.store import schema
from socialmap.store.unmet import LEAST, read_unmet
from web import unmet_counter
from web.app import create_app
from web.context import services
from web.finding_input import Zoekvraag
from web.unmet_counter import COOKIE, count_if_unmet

DAY = date(2026, 11, 22)
HERE = Plek(4.65959, 52.35623, Plekbron.PUNT, "Plantstraat 12")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, Clock(DAY), Filling.EXAMPLE)
    return Settings(database=url, clock=Clock(DAY), secret="x" * 32)


@pytest.fixture
def app(settings: Settings) -> Iterator[APIFlask]:
    made = create_app(settings)
    yield made
    made.extensions["socialmap"].store.close()


def _search(
    app: APIFlask,
    zekerheid: Zekerheid = Zekerheid.GEEN,
    cookie: str = "",
    q: str = "oma is eenzaam, zeldzaamwoordx",
    plek: Plek | None = HERE,
    **more: Any,
) -> Response:
    found = Antwoord(
        gevaar=(), zekerheid=zekerheid, treffers=(), uitgesloten=(), behoeften=(), betekenis=False
    )
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    with app.test_request_context("/zoeken", method="POST", headers=headers):
        count_if_unmet(Zoekvraag(q=q, **more), found, plek)
        return app.process_response(Response())


def _rows(app: APIFlask) -> list[tuple[Any, ...]]:
    with app.app_context(), services().store.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(schema.onvervuld))]


def _value(response: Response) -> str:
    return response.headers["Set-Cookie"].split(f"{COOKIE}=")[1].split(";")[0]


def test_a_search_without_a_good_answer_is_counted_in_codes(app: APIFlask) -> None:
    answer = _search(app, Zekerheid.LAAG)
    (row,) = _rows(app)
    assert row[0] == "2026-11"
    assert row[1] == "sociaal_netwerk"
    assert row[3].startswith("WK0392")
    assert row[4] == 1
    named = answer.headers["Set-Cookie"]
    assert "HttpOnly" in named
    assert "SameSite=Lax" in named
    # Without an end date it goes when the browser closes.
    assert "Expires" not in named
    assert "Max-Age" not in named


def test_a_visit_is_counted_once_whatever_it_asks(app: APIFlask) -> None:
    first = _search(app)
    for q in ("oma is eenzaam", "schulden", "taalles"):
        again = _search(app, cookie=_value(first), q=q)
        assert "Set-Cookie" not in again.headers
    assert [row[4] for row in _rows(app)] == [1]


@pytest.mark.parametrize("cookie", ["1", "1.abc.def", "x", "2.aaaaaa.bbbbbbbb"])
def test_a_cookie_that_we_did_not_sign_says_nothing(app: APIFlask, cookie: str) -> None:
    _search(app, cookie=cookie)
    assert [row[4] for row in _rows(app)] == [1]


def test_the_cookie_holds_nothing_of_the_question(app: APIFlask) -> None:
    one, other = _value(_search(app)), _value(_search(app, q="schulden en post"))
    assert one.split(".")[0] == other.split(".")[0] == "1"


def test_a_visit_ends_after_some_hours(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _value(_search(app))
    monkeypatch.setattr(unmet_counter, "_VISIT_S", -1)
    _search(app, cookie=first)
    assert [row[4] for row in _rows(app)] == [2]


def test_a_good_answer_leaves_nothing(app: APIFlask) -> None:
    assert "Set-Cookie" not in _search(app, Zekerheid.HOOG).headers
    assert "Set-Cookie" not in _search(app, plek=None).headers
    assert "Set-Cookie" not in _search(app, q="xyzzy").headers
    assert _rows(app) == []


def test_a_chosen_wijk_stands_for_the_place_and_a_town_does_not(app: APIFlask) -> None:
    _search(app, plek=None, gebied="GM0392")
    assert _rows(app) == []
    _search(app, plek=None, gebied="WK039221")
    assert [row[3] for row in _rows(app)] == ["WK039221"]


def test_words_and_place_are_in_no_file(app: APIFlask, settings: Settings) -> None:
    for _ in range(LEAST):
        _search(app)
    folder = Path(settings.database.removeprefix("sqlite:///")).parent
    for file in folder.iterdir():
        held = file.read_bytes()
        assert b"zeldzaamwoordx" not in held
        assert b"Plantstraat" not in held


@pytest.mark.parametrize(("times", "kept"), [(LEAST - 1, 0), (LEAST, 1)])
def test_small_counts_go_at_the_first_search_or_start_of_the_next_month(
    app: APIFlask, settings: Settings, times: int, kept: int
) -> None:
    for _ in range(times):
        _search(app)
    with app.app_context(), services().store.reading() as conn:
        assert read_unmet(conn, DAY) == []
    later = replace(settings, clock=Clock(date(2026, 12, 1)))
    app.extensions["socialmap"] = replace(app.extensions["socialmap"], settings=later)
    _search(app, Zekerheid.HOOG)
    assert len(_rows(app)) == kept
    with app.app_context(), services().store.reading() as conn:
        assert [found.aantal for found in read_unmet(conn, date(2026, 12, 1))] == [LEAST] * kept


def test_small_counts_go_when_the_program_starts(app: APIFlask, settings: Settings) -> None:
    _search(app)
    again = create_app(replace(settings, clock=Clock(date(2026, 12, 1))))
    assert _rows(again) == []
    again.extensions["socialmap"].store.close()


def test_a_full_disk_keeps_nobody_from_an_answer(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(*_: object) -> None:
        raise StorageError

    monkeypatch.setattr(unmet_counter, "count_unmet", _full)
    assert "Set-Cookie" not in _search(app).headers
    assert _rows(app) == []


def test_the_page_counts_a_visit_once_and_keeps_no_words(app: APIFlask, settings: Settings) -> None:
    client = app.test_client()
    asked = {"plek": "2036 XY", "themas": "gokken_gamen", "straal": "500"}
    for q in ("zeldzaamwoordx", "nog een zeldzaamwoordx"):
        assert "niets dat past" in client.post("/zoeken", data={**asked, "q": q}).text
    assert _rows(app) == [("2026-11", "gokken_gamen", "", "WK039221", 1)]
    app.test_client().post("/zoeken", data={**asked, "q": "zeldzaamwoordx"})
    assert [row[4] for row in _rows(app)] == [2]
    for file in Path(settings.database.removeprefix("sqlite:///")).parent.iterdir():
        assert b"zeldzaamwoordx" not in file.read_bytes()
