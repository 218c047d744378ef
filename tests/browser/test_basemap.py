"""Streets under the map: from our own server only, and the map works when they are away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import wait_for_map, watch
from tests.browser.serving import served

pytestmark = pytest.mark.browser

#: A red pixel, as small as a PNG can be.
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


class _Tiles(BaseHTTPRequestHandler):
    """A tile server that gives red tiles, or none when it is told to be ill."""

    ill = False
    asked: list[str] = []  # noqa: RUF012 -- the handler is made anew for each request

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(500 if self.ill else 200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(_PNG)))
        self.end_headers()
        self.wfile.write(_PNG)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def tile_server() -> Iterator[str]:
    """Serve tiles on the loopback."""
    _Tiles.ill, _Tiles.asked = False, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    server.shutdown()
    thread.join()
    server.server_close()


def test_streets_come_through_our_own_server(
    browser: Browser, maps: dict[str, Path], tile_server: str
) -> None:
    with served(maps["voorbeeld"], SOCIALMAP_BASISKAART=tile_server) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        seen = watch(page, address)
        page.goto(f"{address}/kaart")
        wait_for_map(page)
        assert _Tiles.asked == [], "streets are off until somebody asks for them"
        page.get_by_role("button", name="Straten").click()
        expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
        page.close()
    assert _Tiles.asked
    assert seen.elsewhere == []
    assert seen.violations == []


def test_the_map_works_when_the_streets_are_away(
    browser: Browser, maps: dict[str, Path], tile_server: str
) -> None:
    _Tiles.ill = True
    with served(maps["voorbeeld"], SOCIALMAP_BASISKAART=tile_server) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/kaart")
        wait_for_map(page)
        page.get_by_role("button", name="Straten").click()
        expect(page.get_by_text("De straten konden niet worden opgehaald")).to_be_visible()
        assert page.locator(".kaart-merk").count() > 3
        page.close()


def test_without_a_setting_there_are_no_streets(browser: Browser, example: str) -> None:
    page = browser.new_page()
    page.goto(f"{example}/kaart")
    assert page.get_by_role("button", name="Straten").count() == 0
    answer = page.request.get(f"{example}/tegels/12/2100/1340.png")
    page.close()
    assert answer.status == 404
