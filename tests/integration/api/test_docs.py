"""What `docs/interface.md` shows works as it stands there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

TEXT = (Path(__file__).parents[3] / "docs/interface.md").read_text(encoding="utf-8")
CURLS = [line for line in TEXT.splitlines() if line.startswith("curl ")]
#: Calls that add something.
_ADDED = ("inventarisaties", "signalen")
BASE = "http://127.0.0.1:8000"


def _address(curl: str) -> str:
    (found,) = (word for word in shlex.split(curl) if word.startswith(BASE))
    return found.removeprefix(BASE)


@pytest.mark.parametrize("curl", CURLS)
def test_each_example_answers(client: FlaskClient, curl: str) -> None:
    words = shlex.split(curl)
    if "-d" in words:
        body = json.loads(words[words.index("-d") + 1])
        answer = client.post(_address(curl), json=body)
        if _address(curl).endswith(_ADDED):
            assert answer.status_code == 201
            return
        assert answer.status_code == 200
        (given,) = {"maanden", "treffers", "plekken"} & answer.get_json().keys()
        assert answer.get_json()[given]
        return
    answer = client.get(_address(curl))
    if "partnr" in curl:
        (shown,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
        assert answer.get_json() == json.loads(shown)
        return
    assert answer.status_code == 200
    body = answer.get_json()
    assert body.get("resultaten") != []
    assert body.get("features") != []


def test_every_call_has_an_example(app: APIFlask) -> None:
    asked = [(_address(curl).split("?")[0], "-d" in shlex.split(curl)) for curl in CURLS]
    adapter = app.url_map.bind("127.0.0.1")
    endpoints = {adapter.match(path, method="POST" if posts else "GET")[0] for path, posts in asked}
    every = {r.endpoint for r in app.url_map.iter_rules() if r.rule.startswith("/api/v1/")}
    by_id = {"api_aanbod.get_aanbod", "api_relaties.get_relatie"}
    # What changes a record asks a key, which an example cannot hold.
    changing = ("api_wijzigen.", "api_samenvoegen.", "api_invoer.")
    with_key = {endpoint for endpoint in every if endpoint.startswith(changing)}
    assert every - by_id - with_key <= endpoints
