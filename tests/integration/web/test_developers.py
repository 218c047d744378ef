"""The examples for makers of programs work as they stand on the page."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from web.app import create_app

_BLOCK = re.compile(r"<h3>([^<]+)</h3>\s*<pre[^>]*><code>(.*?)</code></pre>", re.DOTALL)
_ADDRESS = re.compile(r"http://[^'\"\s<]+")


@pytest.fixture(scope="module")
def app_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str]]:
    """A served map with the example, and its address."""
    clock = Clock(date(2026, 11, 22))
    url = f"sqlite:///{tmp_path_factory.mktemp('kaart') / 'kaart.db'}"
    make_map(url, clock, Filling.EXAMPLE)
    app = create_app(Settings(database=url, clock=clock, secret="x" * 40))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield app.test_client(), f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    app.extensions["socialmap"].store.close()


def blocks(app_at: tuple[FlaskClient, str]) -> list[tuple[str, str]]:
    client, base = app_at
    page = client.get("/ontwikkelaars", base_url=base)
    assert page.status_code == 200
    return [(kind, html.unescape(text)) for kind, text in _BLOCK.findall(page.text)]


def test_every_subject_has_examples(app_at: tuple[FlaskClient, str]) -> None:
    kinds = [kind for kind, _ in blocks(app_at)]
    assert set(kinds) == {"curl", "Python", "R", "QGIS"}
    assert kinds.count("curl") == kinds.count("Python") == 5


def test_what_is_in_python_runs(app_at: tuple[FlaskClient, str], tmp_path: Path) -> None:
    """Each ends with how many things it read, which is never none."""
    for kind, text in blocks(app_at):
        if kind == "Python":
            file = tmp_path / "voorbeeld.py"
            file.write_text(text)
            ran = subprocess.run(
                [sys.executable, str(file)], capture_output=True, text=True, timeout=60, check=False
            )
            assert ran.returncode == 0, ran.stderr
            assert int(ran.stdout.split()[0]) > 0, text


def test_every_address_answers(app_at: tuple[FlaskClient, str]) -> None:
    client, base = app_at
    found = {one for _, text in blocks(app_at) for one in _ADDRESS.findall(text)}
    page = client.get("/ontwikkelaars", base_url=base).text
    found |= set(re.findall(r'href="(http://127[^"]+)"', page))
    assert len(found) > 10
    for address in found:
        answer = client.get(html.unescape(address).removeprefix(base), follow_redirects=True)
        assert answer.status_code == 200, address
        assert answer.data


def test_the_foot_leads_there(app_at: tuple[FlaskClient, str]) -> None:
    assert '<a class="nl-link" href="/ontwikkelaars">' in app_at[0].get("/privacy").text
