"""Coverage in the browser: map and list in step, patterns, by keyboard, and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wait_for_map

pytestmark = pytest.mark.browser

GAP = "/dekking?thema=justitie"


def _open(browser: Browser, address: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(address)
    wait_for_map(page)
    return page


def test_each_area_has_the_colour_and_pattern_of_its_verdict(
    browser: Browser, example: str
) -> None:
    page = _open(browser, f"{example}{GAP}")
    told = page.evaluate("fetch('/dekking/oordelen?thema=justitie').then(a => a.json())")
    counted: dict[str, int] = {}
    for area in told["gebieden"]:
        counted[area["oordeel"]] = counted.get(area["oordeel"], 0) + 1
    fills: dict[str, str] = {}
    for verdict in ("gedekt", "dun", "gat", "onbekend", "niemand"):
        paths = page.locator(f"path.dek-{verdict}")
        assert paths.count() == counted.get(verdict, 0)
        if verdict in counted:
            fills[verdict] = paths.first.evaluate("p => getComputedStyle(p).fill")
    assert set(fills) == {"gedekt", "dun", "gat", "onbekend", "niemand"}
    assert len(set(fills.values())) == len(fills)
    for verdict in ("dun", "gat", "onbekend"):
        named = re.search(r"#([\w-]+)", fills[verdict])
        assert named is not None
        assert page.locator(f"pattern[id={named[1]}]").count() == 1
    page.goto(f"{example}/dekking?thema=vervoer")
    wait_for_map(page)
    old = page.locator("path.dek-oud")
    assert old.count() > 0
    assert "dek-p-oud" in old.first.evaluate("p => getComputedStyle(p).fill")
    page.close()


def test_map_list_panel_and_address_are_in_step(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}{GAP}")
    listed = page.locator("[data-nummer]").evaluate_all("a => a.map(x => x.dataset.nummer)")
    drawn = page.locator(".dek-nummer").evaluate_all("a => a.map(x => x.innerText)")
    assert set(drawn) <= set(listed)
    assert {"1", "2", "3"} <= set(drawn)
    # From the list.
    third = page.locator("[data-nummer='3']")
    name = third.locator("h3 a").inner_text()
    third.locator("[data-kies]").click()
    expect(page.locator("[data-keuze] h2")).to_contain_text(f"in {name}")
    expect(page.locator(".dekrij--gekozen")).to_have_attribute("data-nummer", "3")
    expect(page.locator(".dek-nummer--gekozen")).to_have_text("3")
    assert page.locator("path.dek-rand").count() == 2
    code = third.get_attribute("data-code")
    assert f"gekozen={code}" in page.url
    # From the map.
    page.locator(".dek-nummer", has_text=re.compile("^2$")).click()
    expect(page.locator(".dekrij--gekozen")).to_have_attribute("data-nummer", "2")
    second = page.locator("[data-nummer='2'] h3 a").inner_text()
    expect(page.locator("[data-keuze] h2")).to_contain_text(f"in {second}")
    # The address brings it back.
    page.reload()
    wait_for_map(page)
    expect(page.locator(".dek-nummer--gekozen")).to_have_text("2")
    expect(page.locator("[data-keuze] h2")).to_contain_text(f"in {second}")
    page.close()


def test_an_area_far_away_comes_into_sight(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/dekking?thema=taal&niveau=buurt")
    for _ in range(4):
        page.locator(".leaflet-control-zoom-in").click()
        expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    last = page.locator("[data-nummer]").last
    last.locator("[data-kies]").click()
    mark = page.locator(".dek-nummer--gekozen")
    expect(mark).to_have_text(last.get_attribute("data-nummer") or "?")
    frame, spot = page.locator("[data-kaart]").bounding_box(), mark.bounding_box()
    assert frame is not None
    assert spot is not None
    assert frame["x"] <= spot["x"] <= frame["x"] + frame["width"]
    assert frame["y"] <= spot["y"] <= frame["y"] + frame["height"]
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_alone_goes_through_the_list_to_what_there_is(
    width: int, browser: Browser, example: str
) -> None:
    page = _open(browser, f"{example}{GAP}", width)
    page.locator("[data-keuze] a").last.focus()
    seen = []
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.innerText.trim()"))
    names = page.locator("[data-nummer] h3 a").evaluate_all("a => a.map(x => x.innerText)")
    assert seen[0::2] == names[:3]
    assert all(said.startswith("Kies ") for said in seen[1::2])
    # The button chooses, and the focus stays where it is.
    page.keyboard.press("Enter")
    expect(page.locator("[data-keuze] h2")).to_contain_text(f"in {names[2]}")
    assert page.evaluate("document.activeElement.dataset.kies") is not None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Politie en justitie in {names[2]}")
    page.close()


def test_on_the_phone_the_table_shows_one_area(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}{GAP}", 390)
    rows = page.locator("[data-rij]:visible")
    expect(rows).to_have_count(1)
    page.get_by_label("Toon wijk").select_option(label="Meerwijk")
    expect(rows.locator("th")).to_have_text("Meerwijk")
    assert rows.locator("td a").count() == 24
    post = rows.locator("td a", has_text="Huishouden en post")
    expect(post).to_contain_text("gat")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_it_works_without_javascript(width: int, browser: Browser, example: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{example}/dekking")
    page.locator("[data-filters] [name=thema]").select_option("sociaal_netwerk")
    page.locator("[data-filters] [name=doelgroep]").select_option("ouderen")
    page.locator("[data-filters] button", has_text="Toon").click()
    assert "thema=sociaal_netwerk" in page.url
    expect(page.locator(".dekkop__antwoord")).to_contain_text("Contact voor ouderen: van 24 wijken")
    page.get_by_role("link", name="Buurt", exact=True).click()
    page.locator("[data-kies]").nth(1).click()
    chosen = page.locator(".dekrij--gekozen h3 a").inner_text()
    expect(page.locator("[data-keuze] h2")).to_contain_text(chosen)
    if width == 390:
        page.get_by_label("Toon wijk").select_option(label="Meerwijk")
        page.locator("[data-rij-keuze] button").click()
        expect(page.locator("[data-rij]:visible th")).to_have_text("Meerwijk")
        assert "gekozen=" in page.url
    page.locator(".dekrij h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("Contact voor ouderen in")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_worst_gap_to_a_planned_action_in_eight_actions(
    width: int, browser: Browser, example: str
) -> None:
    """Open, press, choose four times and a day, and agree: eight in all, on desk and phone."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{example}/dekking")
    page.get_by_role("link", name="Maak een opdracht").first.click()
    page.get_by_label("Wat gaat u doen?").select_option(index=1)
    page.locator(".keuzes__keus").first.click()
    page.get_by_label("Wie is de eigenaar?").select_option(index=1)
    page.get_by_label("Eerste stap").select_option(index=1)
    page.get_by_label("Klaar op").fill("2027-03-01")
    page.get_by_role("button", name="Spreek af").click()
    expect(page).to_have_url(re.compile(r"/opdrachten"))
    expect(page.locator("main")).to_contain_text("1 maart 2027")
    page.goto(f"{example}/dekking")
    expect(page.locator("main")).to_contain_text("1 maart 2027")
    context.close()
