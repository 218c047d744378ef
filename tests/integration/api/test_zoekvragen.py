"""Asking by the interface: hostile questions, hidden records, and that nothing is kept."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.settings import Settings
from tests.hostile import hostile_questions


@pytest.mark.parametrize("q", hostile_questions())
def test_a_hostile_question_is_answered_or_refused(client: FlaskClient, q: str) -> None:
    answer = client.post("/api/v1/zoekvragen", json={"q": q})
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert len(q) > 2000
        assert answer.mimetype == "application/problem+json"
        assert q[:40] not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "body",
    [
        {"q": 5},
        {"q": "x", "onbekend": 1},
        {"q": "x", "plek": {"lon": 4.6}},
        {"q": "x", "plek": {}},
        {"q": "x", "plek": {"lon": 4.6, "lat": 52.4, "postcode": "2011"}},
        {"q": "x", "plek": {"lon": 52.4, "lat": 4.6}},
        {"q": "x", "plek": {"lon": 1e308, "lat": 52.4}},
        {"q": "x", "plek": {"postcode": "9999 ZZ"}},
        {"q": "x", "straal_m": 0},
        {"q": "x", "limit": 51},
        {"q": "x", "lijn_max": 3},
        {"q": "x", "themas": ["bestaat_niet"]},
        {"q": "x", "gebied": "BU99999999"},
        [],
        "x",
        None,
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client: FlaskClient, body: Any) -> None:
    answer = client.post("/api/v1/zoekvragen", json=body)
    assert answer.status_code == 422
    assert answer.get_json()["detail"].endswith(".")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"q": NaN}'])
def test_what_is_no_json_is_refused(client: FlaskClient, data: bytes) -> None:
    answer = client.post("/api/v1/zoekvragen", data=data, content_type="application/json")
    assert answer.status_code == 422


def test_danger_comes_first(client: FlaskClient) -> None:
    found = client.post("/api/v1/zoekvragen", json={"q": "mijn man slaat mij"}).get_json()
    assert [line["nummer"] for line in found["gevaar"][:3]] == ["112", "0800-2000", "0800-0113"]
    calm = client.post("/api/v1/zoekvragen", json={"q": "samen koffie drinken"}).get_json()
    assert calm["gevaar"] == []


def test_nothing_hidden_is_found(client: FlaskClient, hidden_words: set[str]) -> None:
    for word in sorted(hidden_words):
        if len(word) <= 2000:
            text = client.post("/api/v1/zoekvragen", json={"q": word, "limit": 50}).data.decode()
            assert not [other for other in hidden_words if other in text]


def test_a_question_leaves_no_trace(
    client: FlaskClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A planted question and place are found nowhere after 1,000 searches (eisen.md, 16)."""
    caplog.set_level(logging.DEBUG)
    planted = "zeldzaamwoordx"
    for number in range(1000):
        body = {
            "q": f"{planted}{number} koffie",
            "plek": {"adres": f"Plantstraat {number}"} if number % 4 == 0 else None,
        }
        answer = client.post("/api/v1/zoekvragen", json=body)
        assert answer.status_code == (422 if number % 4 == 0 else 200)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
    folder = Path(settings.database.removeprefix("sqlite:///")).parent
    for file in folder.iterdir():
        held = file.read_bytes()
        assert planted.encode() not in held
        assert b"Plantstraat" not in held
    assert planted not in caplog.text
    assert "Plantstraat" not in caplog.text
