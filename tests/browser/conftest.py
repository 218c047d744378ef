"""Maps to look at in the browser, and a page that notes everything it should not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from tests.browser.serving import served

#: The invented example speaks of this day.
DAY = date(2026, 11, 22)
SIZES = {1280: 800, 390: 844}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(slots=True)
class Watch:
    """What a page did: hosts it asked, policy violations, and what it complained about."""

    own: str
    elsewhere: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; without it the test says so, and CI fails."""
    program = os.environ.get("SOCIALMAP_CHROMIUM") or shutil.which("chromium")
    if not program:
        reason = "Chromium ontbreekt. Draai scripts/test --installeer, of zet SOCIALMAP_CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    started = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def maps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases of the invented example and of the documented network."""
    folder = tmp_path_factory.mktemp("kaarten")
    found = {"voorbeeld": folder / "voorbeeld.db", "netwerk": folder / "netwerk.db"}
    make_map(f"sqlite:///{found['voorbeeld']}", Clock(DAY), Filling.EXAMPLE)
    make_map(f"sqlite:///{found['netwerk']}", Clock(DAY), Filling.NETWORK)
    return found


@pytest.fixture(scope="session")
def addresses(maps: dict[str, Path]) -> Iterator[dict[str, str]]:
    """Addresses where both maps are served."""
    day = DAY.isoformat()
    with (
        served(maps["voorbeeld"], SOCIALMAP_PEILDATUM=day) as example,
        served(maps["netwerk"], SOCIALMAP_PEILDATUM=day) as network,
    ):
        yield {"voorbeeld": example, "netwerk": network}


@pytest.fixture
def example(addresses: dict[str, str]) -> str:
    """Address of the invented example."""
    return addresses["voorbeeld"]


@pytest.fixture(params=SIZES, ids=[f"{width}px" for width in SIZES])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """Desk and phone."""
    width = int(request.param)
    return {"width": width, "height": SIZES[width]}


def watch(page: Page, address: str) -> Watch:
    """Note what a page asks of other hosts, and every violation of its policy."""
    seen = Watch(urlsplit(address).netloc)

    def _asked(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != seen.own:
            seen.elsewhere.append(request.url)

    page.on("request", _asked)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: seen.complaints.append(message.text) if message.type == "error" else None,
    )
    page.expose_function("noteViolation", lambda said: seen.violations.append(said))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " (e) => window.noteViolation(e.violatedDirective + ' ' + e.blockedURI));"
    )
    return seen


@contextmanager
def settled(page: Page) -> Iterator[None]:
    """Leave only when the answer to what is done inside stands on the page.

    The answer of the server is not enough: between its first byte and the new list the old
    one still stands there.
    """
    page.evaluate(
        "delete document.body.dataset.gezet;"
        "document.body.addEventListener('htmx:afterSettle',"
        " () => { document.body.dataset.gezet = 'ja'; }, { once: true });"
    )
    yield
    page.locator("body[data-gezet]").wait_for()
    page.wait_for_load_state("networkidle")


def wait_for_map(page: Page) -> None:
    """Wait until the points are drawn and the list has answered."""
    page.locator("[data-kaart][data-klaar]").wait_for()
    page.wait_for_load_state("networkidle")
