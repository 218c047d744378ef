"""What cannot be read is refused in words, and odd text is only text."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from socialmap.store.rows import search_name
from tests.integration.api.conftest import Get

BOX = "4.55,52.33,4.70,52.43"
BAD_CODES = [
    ("/actoren", "soort", "partnr", "partner"),
    ("/actoren", "thema", "geld", "financien"),
    ("/aanbod", "doelgroep", "oudere", "ouderen"),
    ("/aanbod", "lijn", "3", "2"),
    ("/aanbod", "status", "weg", "gestopt"),
    ("/actoren", "versheid", "nieuw", "vers"),
    ("/relaties", "relatiesoort", "vriend", "kent"),
    ("/relaties", "feitelijk", "ja", "gewenst"),
    ("/gebieden", "niveau", "provincie", "gemeente"),
    ("/kaart/gebieden", "niveau", "provincie", "gemeente"),
    ("/actoren", "sortering", "naam", "soort"),
    ("/woorden", "q", "x", None),
]
BAD_VALUES = [
    ("/actoren", "limit", "0"),
    ("/actoren", "limit", "201"),
    ("/actoren", "limit", "tien"),
    ("/actoren", "limit", "1.5"),
    ("/actoren", "limit", "-1"),
    ("/actoren", "limit", "٣"),
    ("/actoren", "cursor", "%%%"),
    ("/actoren", "cursor", "QQ==="),
    ("/actoren", "cursor", "J09SIDE9MQ"),
    ("/gebieden", "cursor", "QTAwMg"),
    ("/actoren", "gebied", "WK999999"),
    ("/actoren", "gebied", "GM0392,GM0473"),
    ("/actoren", "gebied", "' OR 1=1 --"),
    ("/gebieden", "gebied", "WK999999"),
    ("/kaart/gebieden", "gebied", "WK999999"),
    ("/actoren", "q", "a" * 201),
    ("/actoren", "q", "a\x00b"),
    ("/relaties", "actor", "' OR 1=1 --"),
    ("/relaties", "feitelijk", "feitelijk,gewenst"),
]
ODD = [
    "' OR '1'='1",
    '"; DROP TABLE actor; --',
    "%",
    "_",
    "\\",
    "a* OR b",
    "naam:x",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\u202e",
    "𝒜😀",
    "NULL",
    "a" * 200,
]


def _problem(client: FlaskClient, path: str, **args: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1{path}", query_string=args)
    assert answer.status_code == 400, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    problem: dict[str, Any] = answer.get_json()
    assert problem["status"] == 400
    return problem


@pytest.mark.parametrize(("path", "name", "value", "allowed"), BAD_CODES)
def test_an_unknown_code_is_refused_with_what_is_allowed(
    client: FlaskClient, path: str, name: str, value: str, allowed: str | None
) -> None:
    problem = _problem(client, path, **{name: value})
    assert problem["parameter"] == name
    assert name in problem["detail"]
    if allowed is not None:
        assert allowed in problem["toegestaan"]


@pytest.mark.parametrize(("path", "name", "value"), BAD_VALUES)
def test_a_bad_value_is_refused_by_name(
    client: FlaskClient, path: str, name: str, value: str
) -> None:
    assert _problem(client, path, **{name: value})["parameter"] == name


@pytest.mark.parametrize(
    "bbox",
    [
        "",
        "nan,52.33,4.70,52.43",
        "4.55,inf,4.70,52.43",
        "4.70,52.33,4.55,52.43",
        "4.55,52.43,4.70,52.33",
        "4.55,52.33,4.55,52.43",
        "-181,52.33,4.70,52.43",
        "4.55,52.33,4.70,91",
        "4.55,52.33,4.70",
        "4.55,52.33,4.70,52.43,1",
        "4_5,52.33,4.70,52.43",
        "1e1,52.33,14.70,52.43",
        "a,b,c,d",
    ],
)
def test_a_bad_box_is_refused(client: FlaskClient, bbox: str) -> None:
    assert _problem(client, "/kaart/punten", bbox=bbox, zoom=12)["parameter"] == "bbox"


@pytest.mark.parametrize("zoom", ["", "-1", "21", "12.5", "nan"])
def test_a_bad_zoom_is_refused(client: FlaskClient, zoom: str) -> None:
    assert _problem(client, "/kaart/punten", bbox=BOX, zoom=zoom)["parameter"] == "zoom"


def test_more_than_a_screen_is_refused(client: FlaskClient, get: Get) -> None:
    world = "-180,-85,180,85"
    assert get("/kaart/punten", bbox=world, zoom=5)["features"]
    assert _problem(client, "/kaart/punten", bbox=world, zoom=6)["parameter"] == "bbox"


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("path", ["/actoren", "/aanbod", "/relaties"])
def test_odd_words_are_only_words(get: Get, path: str, text: str) -> None:
    found = get(path, q=text, limit=200)
    whole = get(path, limit=200)
    assert found["totaal"] == len(found["resultaten"])
    if path != "/relaties":
        assert all(_holds(record["naam"], text) for record in found["resultaten"])
    assert get(path, limit=200) == whole


def _holds(name: str, text: str) -> bool:
    return all(word in search_name(name) for word in search_name(text).split())


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("kind", ["actoren", "aanbod", "relaties", "gebieden"])
def test_odd_ids_are_simply_not_there(client: FlaskClient, kind: str, text: str) -> None:
    answer = client.get(f"/api/v1/{kind}/{quote(text, safe='')}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("name", ["soort", "thema", "doelgroep", "status", "versheid", "gebied"])
@pytest.mark.parametrize("text", ODD)
def test_odd_codes_are_refused(client: FlaskClient, name: str, text: str) -> None:
    assert _problem(client, "/aanbod", **{name: text})["parameter"] == name


def test_a_fault_of_ours_says_a_number_and_nothing_else(
    app: APIFlask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("geheime bijzonderheid")

    monkeypatch.setattr("web.api.areas.list_areas", broken)
    answer = client.get("/api/v1/gebieden")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "geheime" not in answer.get_data(as_text=True)
    assert answer.get_json()["instance"].startswith("urn:fout:")


@pytest.mark.parametrize("path", ["/api/v1/niets", "/api/v1/actoren/", "/api/v1/"])
def test_an_address_that_is_not_there(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert json.loads(answer.data)["title"] == "Dit is er niet"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_refused_with_what_is_allowed(client: FlaskClient, method: str) -> None:
    for path in ("/gebieden", "/gebieden/GM0392", "/kaart/punten", "/openapi.json"):
        answer = client.open(f"/api/v1{path}", method=method)
        assert answer.status_code == 405
        assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))
        assert answer.mimetype == "application/problem+json"
