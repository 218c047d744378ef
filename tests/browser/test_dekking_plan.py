"""New places in the browser: the map shows the list, and a long wait says that it goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import wait_for_map

pytestmark = pytest.mark.browser

PLAN = "/dekking/plan?thema=taal&aantal=3&gebied=GM0473"


def test_the_map_shows_the_places_of_the_list(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(example + PLAN)
    wait_for_map(page)
    listed = page.locator("[data-plekken] > li").count()
    assert listed == 3
    assert page.locator(".dek-nummer").all_inner_texts() == ["1", "2", "3"]
    rings = page.locator("path.plankring")
    assert rings.count() == listed
    frame = page.locator("#map_kaart").bounding_box()
    assert frame is not None
    for number in range(listed):
        ring = rings.nth(number).bounding_box()
        assert ring is not None
        assert frame["x"] <= ring["x"]
        assert ring["x"] + ring["width"] <= frame["x"] + frame["width"]
    page.close()


def test_a_long_wait_says_that_it_goes_on(browser: Browser, example: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{example}/dekking/plan")
    page.select_option("select[name=thema]", "taal")
    page.select_option("select[name=gebied]", "GM0473")
    # As if the answer does not come: a page that is on its way cannot be looked at.
    page.evaluate(
        "document.querySelector('[data-plan]')"
        ".addEventListener('submit', e => e.preventDefault(), {once: true})"
    )
    seek = page.get_by_role("button", name="Zoek plekken")
    seek.click()
    expect(page.locator("[data-wacht]")).to_contain_text("Wij rekenen uit")
    expect(page.locator("[data-wacht]")).to_contain_text("2 seconden")
    seek.click()
    expect(page.locator("[data-plekken] > li")).to_have_count(3)
    expect(page.locator("[data-wacht]")).to_be_empty()
    assert (
        page.url == f"{example}/dekking/plan?thema=taal&doelgroep=iedereen&gebied=GM0473&aantal=3"
    )
    page.close()
