"""Counting what came of a referral: by the interface, by the page, and not by other websites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.errors import StorageError
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store import schema
from socialmap.store.engine import Store
from web.app import create_app

DAY = date(2026, 11, 22)
#: Checked in October 2026 and in use.
OFFER = "O001"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The example map, for writing on."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ervaringen') / 'kaart.db'}"
    make_map(url, Clock(DAY), Filling.EXAMPLE)
    return Settings(database=url, clock=Clock(DAY), secret="x" * 32)


@pytest.fixture
def counting(own: Settings) -> Iterator[APIFlask]:
    """An application without any count."""
    app = create_app(own)
    store: Store = app.extensions["socialmap"].store
    with store.writing() as conn:
        conn.execute(sa.delete(schema.ervaring))
    yield app
    store.close()


@pytest.fixture
def client(counting: APIFlask) -> FlaskClient:
    return counting.test_client()


def _counts(app: Any) -> list[tuple[Any, ...]]:
    with app.extensions["socialmap"].store.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(schema.ervaring))]


def test_a_call_counts_the_outcome_and_nothing_else(
    counting: APIFlask, client: FlaskClient
) -> None:
    for outcome in ("kon_terecht", "kon_terecht", "vol"):
        answer = client.post(f"/api/v1/aanbod/{OFFER}/ervaringen", json={"uitkomst": outcome})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json() == {
        "maanden": [{"maand": "2026-11", "kon_terecht": 2, "vol": 1, "dicht": 0, "paste_niet": 0}]
    }
    assert sorted(_counts(counting)) == [
        (OFFER, "2026-11", "kon_terecht", 2),
        (OFFER, "2026-11", "vol", 1),
    ]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (OFFER, {"uitkomst": "goed"}, 422),
        (OFFER, {"uitkomst": ["vol"]}, 422),
        (OFFER, {"uitkomst": "vol", "naam": "iemand"}, 422),
        (OFFER, {}, 422),
        (OFFER, [], 422),
        (OFFER, None, 422),
        ("O999", {"uitkomst": "vol"}, 404),
        ("%00", {"uitkomst": "vol"}, 404),
    ],
)
def test_what_cannot_be_is_a_problem_and_is_not_counted(
    counting: APIFlask, client: FlaskClient, path: str, body: Any, status: int
) -> None:
    answer = client.post(f"/api/v1/aanbod/{path}/ervaringen", json=body)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"].endswith(".")
    assert "iemand" not in answer.text
    assert _counts(counting) == []


def test_what_is_no_json_is_a_problem(client: FlaskClient) -> None:
    for data, kind in ((b"{", "application/json"), (b"uitkomst=vol", "text/plain")):
        path = f"/api/v1/aanbod/{OFFER}/ervaringen"
        assert client.post(path, data=data, content_type=kind).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.elders.example"},
    ],
)
def test_another_website_cannot_count(
    counting: APIFlask, client: FlaskClient, headers: dict[str, str]
) -> None:
    api, page = f"/api/v1/aanbod/{OFFER}/ervaringen", f"/aanbod/{OFFER}/ervaring"
    assert client.post(api, json={"uitkomst": "vol"}, headers=headers).status_code == 403
    refused = client.post(page, data={"uitkomst": "vol"}, headers=headers)
    assert refused.status_code == 403
    assert "andere website" in refused.text
    assert _counts(counting) == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}]
)
def test_one_tap_on_the_page_counts_and_says_thanks(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    before = client.get(f"/aanbod/{OFFER}").text
    for words in ("Kon er terecht", "Het was vol", "Het was dicht", "Het paste niet"):
        assert f">{words}</button>" in before
    for outcome in ("kon_terecht", "kon_terecht", "kon_terecht", "vol"):
        answer = client.post(
            f"/aanbod/{OFFER}/ervaring", data={"uitkomst": outcome}, headers=headers
        )
        assert answer.status_code == 303
    assert answer.headers["Location"] == f"/aanbod/{OFFER}?bedankt=1#ervaring"
    after = client.get(answer.headers["Location"]).text
    assert "Bedankt. Het is geteld." in after
    assert "In november: 3 keer terecht, 1 keer vol." in after


def test_full_or_closed_asks_to_look_and_changes_no_check(client: FlaskClient) -> None:
    path, hint = f"/aanbod/{OFFER}", "Kijk na of dit nog klopt"
    checked = client.get(f"/api/v1/aanbod/{OFFER}").get_json()["gecontroleerd_op"]
    client.post(f"{path}/ervaring", data={"uitkomst": "paste_niet"})
    assert hint not in client.get(path).text
    client.post(f"{path}/ervaring", data={"uitkomst": "dicht"})
    assert hint in client.get(path).text
    assert client.get(f"/api/v1/aanbod/{OFFER}").get_json()["gecontroleerd_op"] == checked


def test_the_hint_goes_after_three_months(own: Settings, client: FlaskClient) -> None:
    client.post(f"/aanbod/{OFFER}/ervaring", data={"uitkomst": "dicht"})
    for day, shown in ((date(2027, 1, 31), True), (date(2027, 2, 1), False)):
        later = create_app(replace(own, clock=Clock(day)))
        page = later.test_client().get(f"/aanbod/{OFFER}").text
        later.extensions["socialmap"].store.close()
        assert ("Kijk na of dit nog klopt" in page) is shown
        assert ("In november 2026: 1 keer dicht." in page) is shown


def test_an_unknown_outcome_on_the_page_is_refused(client: FlaskClient) -> None:
    assert client.post(f"/aanbod/{OFFER}/ervaring", data={"uitkomst": "x"}).status_code == 422
    assert client.post(f"/aanbod/{OFFER}/ervaring").status_code == 422
    assert client.post("/aanbod/O999/ervaring", data={"uitkomst": "vol"}).status_code == 404
    assert client.get(f"/aanbod/{OFFER}/ervaring").status_code == 405


def test_a_full_disk_is_said(
    client: FlaskClient, counting: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _full(*_: object, **__: object) -> None:
        raise StorageError

    monkeypatch.setattr("web.pages.experiences.count_experience", _full)
    monkeypatch.setattr("web.api.experiences.count_experience", _full)
    page = client.post(f"/aanbod/{OFFER}/ervaring", data={"uitkomst": "vol"})
    assert page.status_code == 507
    assert "niet bewaard" in page.text
    path = f"/api/v1/aanbod/{OFFER}/ervaringen"
    assert client.post(path, json={"uitkomst": "vol"}).status_code == 507
    assert client.get(f"/aanbod/{OFFER}").status_code == 200


def test_hidden_offers_take_no_count_and_stand_on_no_sheet(app: APIFlask) -> None:
    """The map of `app` has offers of actors that are not for everybody."""
    client = app.test_client()
    for key in ("O901", "O902"):
        path = f"/api/v1/aanbod/{key}/ervaringen"
        assert client.post(path, json={"uitkomst": "vol"}).status_code == 404
        assert client.post(f"/aanbod/{key}/ervaring", data={"uitkomst": "vol"}).status_code == 404
        page = client.post("/blad", data={"aanbod": ["O001", key]}).text
        assert "1 keuze staat niet op het blad" in page
        assert "Verborgen" not in page


def test_nothing_of_a_count_is_in_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    client.post(f"/aanbod/{OFFER}/ervaring", data={"uitkomst": "paste_niet"})
    assert "paste_niet" not in caplog.text
