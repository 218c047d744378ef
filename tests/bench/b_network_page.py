"""The network page with as many actors as are drawn one by one: how soon it can be used."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.bench.result import Result
from tests.browser.large_network import make_large_network
from tests.browser.serving import served

NODES, ROUNDS = 500, 5
#: Seconds that are allowed, and that one request may take once the picture has been made.
ALLOWED = 1.5


def run() -> Iterator[Result]:
    """Measure the answer of the server, then the page until a key moves from node to node."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "kaart.db"
        make_large_network(f"sqlite:///{database}", NODES)
        with (
            served(database, SOCIALMAP_PEILDATUM="2026-11-22") as address,
            sync_playwright() as playwright,
        ):
            yield _result("network-page-first-answer", [_answer(address)])
            yield _result("network-page-answer", [_answer(address) for _ in range(ROUNDS)])
            program = os.environ.get("SOCIALMAP_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu"]
            )
            yield _result("network-page-usable", [_usable(browser, address) for _ in range(ROUNDS)])
            browser.close()


def _result(name: str, times: list[float]) -> Result:
    return Result(name=name, n=NODES, ours=median(times), reference=ALLOWED, unit="s", limit=1)


def _answer(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(f"{address}/netwerk", timeout=60) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - start


def _usable(browser: Browser, address: str) -> float:
    """Open the page anew, and press a key on a node until another has the focus."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    start = time.perf_counter()
    page.goto(f"{address}/netwerk", wait_until="commit")
    page.locator("[data-plaat][data-klaar]").wait_for()
    page.locator(".knoop[tabindex='0']").focus()
    page.keyboard.press("PageDown")
    page.locator(".knoop:focus").wait_for()
    taken = time.perf_counter() - start
    page.close()
    return taken
