"""The drafts from OpenStreetMap in the browser: no barrier, and nothing too wide."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from socialmap.domain.clock import Clock
from socialmap.exchange.osm_import import import_osm
from socialmap.store.engine import Store
from tests.browser.conftest import DAY, watch
from tests.browser.test_invoer import desk  # noqa: F401 -- a fixture
from tests.osm_places import many_spots, write_osm

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def test_drafts_are_looked_at_and_put_on_the_map(
    browser: Browser,
    desk: tuple[str, str, str],  # noqa: F811
    tmp_path: Path,
    size: dict[str, int],
) -> None:
    address, token, database = desk
    file = tmp_path / "wijk.osm.pbf"
    write_osm(file, many_spots(45))
    store = Store.open(database)
    assert import_osm(store, [file], clock=Clock(DAY)).geplaatst
    store.close()
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessie", "value": token, "url": address}])
    page = context.new_page()
    seen = watch(page, address)
    page.goto(f"{address}/voorstellen/openstreetmap")
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Zet op de kaart").first.click()
    expect(page.locator("main")).to_contain_text("44 plekken wachten")
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])
    context.close()
