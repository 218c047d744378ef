"""Every answer can be kept, asked again and read from elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.codes import Niveau
from web.api.answers import StrictJson, write_json
from web.api.etag import tag_of

CALLS = [
    "/actoren",
    "/actoren/A002",
    "/aanbod?thema=taal",
    "/aanbod/O001",
    "/relaties",
    "/gebieden",
    "/gebieden/WK039201",
    "/kaart/gebieden?niveau=wijk",
    "/kaart/punten?bbox=4.55,52.33,4.70,52.43&zoom=12",
    "/woorden",
    "/openapi.json",
]
SAME_FOR_ALL = ("/kaart/gebieden", "/openapi.json")


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, call: str) -> None:
    first = client.get(f"/api/v1{call}")
    tag = first.headers["ETag"]
    assert first.status_code == 200
    assert not tag.startswith("W/")
    again = client.get(f"/api/v1{call}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    other = client.get(f"/api/v1{call}", headers={"If-None-Match": '"anders"'})
    assert other.status_code == 200
    assert other.data == first.data


def test_a_compressed_answer_is_not_sent_again_either(client: FlaskClient) -> None:
    for coding in ("br", "gzip"):
        headers = {"Accept-Encoding": coding}
        first = client.get("/api/v1/actoren", headers=headers)
        assert first.headers["Content-Encoding"] == coding
        tag = first.headers["ETag"]
        again = client.get("/api/v1/actoren", headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_says_how_it_may_be_kept_and_read(client: FlaskClient, call: str) -> None:
    headers = client.get(f"/api/v1{call}").headers
    assert headers["API-Version"] == "1.0.0"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    if call.startswith(SAME_FOR_ALL):
        assert headers["Cache-Control"] == "public, max-age=86400"
    else:
        assert headers["Cache-Control"] == "no-cache"
        assert {"Cookie", "Authorization"} <= {v.strip() for v in headers["Vary"].split(",")}


def test_shapes_with_a_version_are_kept_for_good(client: FlaskClient) -> None:
    headers = client.get("/api/v1/kaart/gebieden?niveau=wijk&v=2023").headers
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("call", CALLS)
def test_head_says_the_same_without_a_body(client: FlaskClient, call: str) -> None:
    whole, head = client.get(f"/api/v1{call}"), client.head(f"/api/v1{call}")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_another_host_may_ask_beforehand(client: FlaskClient) -> None:
    answer = client.options("/api/v1/actoren", headers={"Origin": "https://elders.example"})
    assert answer.status_code == 200
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("call", CALLS)
def test_json_is_compact_utf8_without_nan(client: FlaskClient, call: str) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    text = client.get(f"/api/v1{call}").data.decode("utf-8")
    body = json.loads(text, parse_constant=refuse)
    assert "\\u" not in text
    assert text == json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def test_nan_is_never_written(client: FlaskClient) -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="JSON"):
            write_json({"lon": value})
        with pytest.raises(ValueError, match="JSON"):
            StrictJson(client.application).dumps({"lon": value})


def test_a_tag_follows_body_level_and_secret() -> None:
    def tags(body: bytes, niveau: Niveau, secret: str) -> Any:
        return tag_of(body, niveau, secret)

    one = tags(b"{}", Niveau.OPENBAAR, "a")
    assert one == tags(b"{}", Niveau.OPENBAAR, "a")
    assert len({one, tags(b"[]", Niveau.OPENBAAR, "a"), tags(b"{}", Niveau.TEAM, "a")}) == 3
    assert one != tags(b"{}", Niveau.OPENBAAR, "b")
