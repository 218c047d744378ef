"""Something new on a phone: within thirty seconds, and without network kept and sent once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import wait_for_map, watch

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_KEY_MS = 60


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context
    context.close()


def _fill(page: Page, name: str) -> None:
    page.locator("#veld-naam").press_sequentially(name, delay=_KEY_MS)
    page.locator(".keuzes__keus", has_text="Bewonersinitiatief").tap()
    page.locator(".keuzes__keus", has_text="Contact").tap()


def _named(file: Path, name: str) -> int:
    with closing(sqlite3.connect(file)) as raw:
        found = raw.execute("SELECT count(*) FROM voorstel WHERE cellen LIKE ?", (f"%{name}%",))
        return int(found.fetchone()[0])


def test_it_takes_less_than_thirty_seconds(
    phone: BrowserContext, example: str, maps: dict[str, Path]
) -> None:
    page = phone.new_page()
    seen = watch(page, example)
    started = time.monotonic()
    page.goto(f"{example}/bijwerken/nieuw")
    wait_for_map(page)
    assert page.locator("form.kortvorm fieldset, form.kortvorm .veld").count() <= 8
    assert Axe().run(page, options=_RULES).violations_count == 0
    _fill(page, "Straatproef de Dreef")
    field = page.locator("[data-kaart]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] * 0.65, box["y"] + box["height"] * 0.55)
    expect(page.locator("[data-plekzin]")).to_contain_text("De plek ligt in")
    page.locator("#veld-omschrijving").press_sequentially("Elke week soep.", delay=_KEY_MS)
    page.get_by_role("button", name="Bewaar").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opgeslagen")
    assert time.monotonic() - started <= 30
    assert Axe().run(page, options=_RULES).violations_count == 0
    assert _named(maps["voorbeeld"], "Straatproef de Dreef") == 1
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


def test_without_network_nothing_is_lost_and_it_is_sent_once(
    phone: BrowserContext, example: str, maps: dict[str, Path]
) -> None:
    page = phone.new_page()
    page.goto(f"{example}/bijwerken/nieuw")
    wait_for_map(page)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    phone.set_offline(True)
    page.goto(f"{example}/bijwerken/nieuw")
    page.locator("[data-kaart][data-klaar]").wait_for()
    _fill(page, "Straatproef zonder bereik")
    page.locator("#veld-plek").fill("Molenwijk")
    page.get_by_role("button", name="Bewaar").tap()
    expect(page.locator("[data-wacht]")).to_contain_text("1 wacht op bereik")
    page.reload()
    expect(page.locator("[data-wacht]")).to_contain_text("Straatproef zonder bereik")
    assert Axe().run(page, options=_RULES).violations_count == 0
    phone.set_offline(False)
    expect(page.locator("[data-zeg]")).to_contain_text("Opgeslagen: Straatproef zonder bereik")
    expect(page.locator("[data-wacht]")).to_be_hidden()
    page.reload()
    wait_for_map(page)
    assert _named(maps["voorbeeld"], "Straatproef zonder bereik") == 1
    assert page.evaluate("localStorage.length") == 0


def test_the_form_works_without_javascript_and_by_keyboard(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{example}/bijwerken/nieuw")
    page.locator("#veld-naam").focus()
    page.keyboard.type("Straatproef met toetsen")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("#veld-plek").focus()
    page.keyboard.type("Molenwijk")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Opgeslagen")
    context.close()
