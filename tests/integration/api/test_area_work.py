"""Inventarisaties and signals by the interface: what it takes, refuses, counts and never shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.model import Signaal
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store import schema
from socialmap.store.engine import Store
from socialmap.store.signals import all_signals
from web.app import create_app

DAY = date(2026, 11, 22)
LOOKED = {
    "gebied": "WK039221",
    "thema": "taal",
    "datum": "2026-11-20",
    "door": "wijkteam",
    "gevraagd_aan": ["bewoners", "school"],
    "uitkomst": "niets_gevonden",
}
#: An offer that one test hides.
HIDDEN = "O080"
REPORT = {"gebied": "BU03922101", "thema": "digitaal", "soort": "vol"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[APIFlask]:
    """The example map, for writing on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('wijkwerk') / 'kaart.db'}"
    make_map(url, Clock(DAY), Filling.EXAMPLE)
    made = create_app(Settings(database=url, clock=Clock(DAY), secret="x" * 32))
    yield made
    made.extensions["socialmap"].store.close()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


def _signals(app: APIFlask) -> list[Signaal]:
    store: Store = app.extensions["socialmap"].store
    with store.reading() as conn:
        return all_signals(conn)


def test_what_was_looked_for_is_kept_and_read_back(client: FlaskClient) -> None:
    answer = client.post("/api/v1/inventarisaties", json=LOOKED)
    assert answer.status_code == 201
    made = answer.get_json()
    assert made == {
        **LOOKED,
        "id": made["id"],
        "doelgroep": None,
        "aanbod_ids": [],
        "versie": 1,
    }
    found = client.get("/api/v1/inventarisaties?gebied=WK039221&thema=taal&limit=200").get_json()
    assert made in found["resultaten"]
    assert found["totaal"] == len(found["resultaten"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"gevraagd_aan": ["bewoners"]}, "minstens twee"),
        ({"gevraagd_aan": []}, "gevraagd_aan"),
        ({"gevraagd_aan": ["bewoners", "mevrouw Jansen"]}, "gevraagd_aan"),
        ({"door": "Jan"}, "door"),
        ({"datum": "2026-11-23"}, "moet nog komen"),
        ({"gebied": "WK999999"}, "gebied"),
        ({"thema": "taal_digitaal"}, "thema"),
        ({"uitkomst": "gevonden", "aanbod_ids": ["O404"]}, "aanbod_ids"),
        ({"aanbod_ids": ["O001"]}, "uitkomst"),
        ({"opmerking": "mevrouw kan niet lopen"}, "opmerking"),
        ({"datum": None}, "datum"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    client: FlaskClient, change: dict[str, Any], says: str
) -> None:
    before = client.get("/api/v1/inventarisaties").get_json()["totaal"]
    answer = client.post("/api/v1/inventarisaties", json={**LOOKED, **change})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    detail = answer.get_json()["detail"]
    assert says in detail
    assert detail.endswith(".")
    assert "kan niet lopen" not in answer.text
    assert client.get("/api/v1/inventarisaties").get_json()["totaal"] == before


def test_an_offer_that_is_hidden_cannot_be_told_from_one_that_is_not_there(
    app: APIFlask, client: FlaskClient
) -> None:
    body = {**LOOKED, "uitkomst": "deels", "aanbod_ids": [HIDDEN]}
    assert client.post("/api/v1/inventarisaties", json=body).status_code == 201
    store: Store = app.extensions["socialmap"].store
    owner = sa.select(schema.aanbod.c.actor_id).where(schema.aanbod.c.id == HIDDEN)
    with store.writing() as conn:
        conn.execute(
            sa.update(schema.actor)
            .where(schema.actor.c.id == owner.scalar_subquery())
            .values(zichtbaarheid=int(Niveau.TEAM))
        )
    bodies = [{**body, "aanbod_ids": [key]} for key in ("O404", HIDDEN)]
    answers = [client.post("/api/v1/inventarisaties", json=sent) for sent in bodies]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.get_json()["detail"] for answer in answers}) == 1
    assert HIDDEN not in client.get("/api/v1/inventarisaties?limit=200").text


def test_three_visits_are_shown_as_three_and_a_second_report_of_one_counts_once(
    app: APIFlask,
) -> None:
    def shown() -> list[int]:
        found = app.test_client().get("/api/v1/signalen?thema=digitaal").get_json()
        return [group["meldingen"] for group in found["resultaten"]]

    for number in range(3):
        assert shown() == []
        visitor = app.test_client()
        visitor.get("/signalen/nieuw")
        for _ in range(2):
            assert visitor.post("/api/v1/signalen", json=REPORT).status_code == 201
        assert len({one.melder for one in _signals(app) if one.thema == "digitaal"}) == number + 1
    assert shown() == [3]
    found = app.test_client().get("/api/v1/signalen?thema=digitaal").get_json()
    assert found["resultaten"][0]["gebied"] == "WK039221"
    assert found["samen_oppakken"] == [{"gebied": "WK039221", "thema": "digitaal"}]


def test_programs_without_a_cookie_count_as_one_reporter(app: APIFlask) -> None:
    body = {**REPORT, "thema": "vervoer", "gebied": "WK039201"}
    for _ in range(4):
        assert app.test_client().post("/api/v1/signalen", json=body).status_code == 201
    found = app.test_client().get("/api/v1/signalen?gebied=WK039201").get_json()
    assert found["resultaten"] == []
    assert found["samen_oppakken"] == []


def test_no_call_shows_one_signal_its_reporter_or_its_code(
    app: APIFlask, client: FlaskClient
) -> None:
    made = client.post("/api/v1/signalen", json=REPORT).get_json()
    text = client.get("/api/v1/signalen").text
    for one in _signals(app):
        assert f'"{one.id}"' not in text
        assert one.melder not in text
    assert made["code"] not in text
    assert made["code"] not in str(_signals(app))
    assert client.get(made["antwoord_op"]).status_code == 200
    assert re.search(r"melder|signaal_ids", text) is None


@pytest.mark.parametrize(
    "change",
    [
        {"soort": "mevrouw kan niet lopen"},
        {"thema": ""},
        {"gebied": "BU00000000"},
        {"doelgroep": "buurvrouw"},
        {"toelichting": "lang verhaal"},
        {"soort": None},
    ],
)
def test_a_report_takes_codes_only(
    app: APIFlask, client: FlaskClient, change: dict[str, Any]
) -> None:
    before = len(_signals(app))
    answer = client.post("/api/v1/signalen", json={**REPORT, **change})
    assert answer.status_code == 422
    assert answer.get_json()["detail"].endswith(".")
    assert "lang verhaal" not in answer.text
    assert len(_signals(app)) == before


@pytest.mark.parametrize("path", ["/api/v1/inventarisaties", "/api/v1/signalen"])
def test_another_website_and_what_is_no_json_are_refused(client: FlaskClient, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(path, json=REPORT, headers=headers).status_code == 403
    assert client.post(path, data=b"{", content_type="application/json").status_code == 422
    assert client.post(path, data=b"a=b", content_type="text/plain").status_code == 422
    assert client.get(f"{path}?gebied=WK999999").status_code == 400
    assert client.get(f"{path}?melder=M-01").status_code == 400
