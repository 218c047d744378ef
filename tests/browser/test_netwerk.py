"""The network in the browser: by keyboard, in step, with five hundred nodes, and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DAY, wait_for_map, watch
from tests.browser.large_network import make_large_network
from tests.browser.serving import served

pytestmark = pytest.mark.browser

NODES = 500
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # What passes is not described: that takes minutes for so many nodes.
    "resultTypes": ["violations"],
}
#: What the picture shows, and what the tables say: actors with ties and loss, ties with ends.
_PICTURE = """() => [
  Object.fromEntries([...document.querySelectorAll('.plaat .knoop')].map((knoop) => {
    const said = knoop.getAttribute('aria-label');
    const lost = said.match(/houdt (\\d+) ander/);
    return [knoop.dataset.id, [said.split(', ')[0], knoop.dataset.banden, lost ? lost[1] : '0']];
  })),
  Object.fromEntries([...document.querySelectorAll('.plaat [data-banden][data-van]')].flatMap(
    (lijn) => lijn.dataset.banden.split(' ').map((band) => [band,
      [lijn.dataset.van, lijn.dataset.naar].sort().join(' ')
        + (lijn.classList.contains('band--gewenst') ? ' gewenst' : '')]))),
]"""
_TABLES = """() => [
  Object.fromEntries([...document.querySelectorAll('tr[data-id]')].map((rij) => {
    const cells = [...rij.children].map((cel) => cel.textContent.trim());
    const lost = cells[3].match(/^(\\d+) raa?k/);
    return [rij.dataset.id, [cells[0], cells[2], lost ? lost[1] : '0']];
  })),
  Object.fromEntries([...document.querySelectorAll('tr[data-band]')].map((rij) => [
    rij.dataset.band, [rij.dataset.van, rij.dataset.naar].sort().join(' ')
      + (rij.children[5].textContent.trim() === 'gewenst' ? ' gewenst' : '')])),
]"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a map with as many actors as are drawn one by one."""
    database: Path = tmp_path_factory.mktemp("netwerk") / "kaart.db"
    make_large_network(f"sqlite:///{database}", NODES)
    with served(database, SOCIALMAP_PEILDATUM=DAY.isoformat()) as address:
        yield address


def _open(browser: Browser, address: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    wait_for_map(page)
    return page


@pytest.mark.parametrize("which", ["example", "large"])
def test_every_node_is_reached_and_named_by_keyboard(
    which: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    page = _open(browser, f"{request.getfixturevalue(which)}/netwerk")
    wanted = page.locator(".knoop").evaluate_all("a => a.map(x => x.dataset.id)")
    page.locator("[data-zoom=alles]").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.evaluate(
        """() => { const a = document.activeElement;
        window.reached = [[a.dataset.id, a.getAttribute('aria-label')]];
        document.addEventListener('focusin', (e) => window.reached.push(
          [e.target.dataset.id, e.target.getAttribute('aria-label')])); }"""
    )
    for _ in wanted:
        page.keyboard.press("PageDown")
    names = dict(page.evaluate("window.reached"))
    page.close()
    assert set(names) == set(wanted)
    assert all(re.match(r".+, .+, (\d+ band|geen banden)", name) for name in names.values())


def test_arrows_walk_along_ties(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/netwerk?van=A001")
    near = set(page.locator(".knoop--buur").evaluate_all("a => a.map(x => x.dataset.id)"))
    visited = set()
    for arrow in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"):
        page.locator(".knoop[data-id=A001]").focus()
        page.keyboard.press(arrow)
        visited.add(page.evaluate("document.activeElement.dataset.id"))
    page.close()
    assert visited - {"A001"}
    assert visited - {"A001"} <= near


def test_one_selection_in_picture_map_table_and_address(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/netwerk")
    page.locator(".knoop[data-id=A024]").focus()
    page.keyboard.press("Enter")
    # Rows far below are not laid out yet: they have text, and none that is drawn.
    name = (page.locator("tr[data-id=A024] th").text_content() or "").strip()
    expect(page.locator("#keuze h2")).to_contain_text(name)
    expect(page.locator(".knoop--gekozen")).to_have_attribute("data-id", "A024")
    expect(page.locator(".rij--gekozen")).to_have_attribute("data-id", "A024")
    expect(page.locator(".kaart-merk--gekozen")).to_have_attribute("title", name)
    expect(page.locator(".netwerkvraag select[name=van]")).to_have_value("A024")
    assert "van=A024" in page.url
    # From the table, and from the map.
    page.locator("[data-kies=A001]").click()
    expect(page.locator(".knoop--gekozen")).to_have_attribute("data-id", "A001")
    single = page.locator(".kaart-merk[role=button]:not(:has(.cluster text))")
    title = single.first.get_attribute("title")
    other = single.first
    other.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#keuze h2")).to_contain_text(title or "?")
    chosen = page.locator(".knoop--gekozen").get_attribute("data-id")
    assert f"van={chosen}" in page.url
    page.reload()
    wait_for_map(page)
    expect(page.locator(".knoop--gekozen")).to_have_attribute("data-id", chosen or "?")
    page.locator(".knoop--gekozen").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".knoop--gekozen")).to_have_count(0)
    assert "van=" not in page.url
    page.close()


def test_a_filter_keeps_the_selection_and_the_three_agree(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/netwerk")
    before = page.locator(".knoop").count()
    page.locator(".knoop[data-id=A001]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#keuze h2")).to_contain_text("Stichting")
    page.locator("summary", has_text="Soort").first.click()
    page.get_by_label("Organisatie", exact=True).check()
    with page.expect_response(lambda answer: "/netwerk/lijnen" in answer.url) as lines:
        page.locator(".filter[open] button", has_text="Toon").click()
    wait_for_map(page)
    assert "soort=partner" in page.url
    assert "van=A001" in page.url
    drawn = set(page.locator(".knoop").evaluate_all("a => a.map(x => x.dataset.id)"))
    rows = set(page.locator("tr[data-id]").evaluate_all("a => a.map(x => x.dataset.id)"))
    assert drawn == rows
    assert {mark["id"] for mark in lines.value.json()["actoren"]} == drawn
    assert 0 < len(drawn) < before
    page.locator(".pil--aan").click()
    wait_for_map(page)
    assert page.locator(".knoop").count() == before
    page.close()


def test_zooming_in_shows_more_names(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/netwerk")
    names = page.locator(".knoop__naam:visible")
    before = names.count()
    for _ in range(3):
        page.locator("[data-zoom=in]").click()
    assert names.count() > before
    page.locator("[data-zoom=alles]").click()
    expect(names).to_have_count(before)
    page.close()


@pytest.mark.parametrize(
    "path", ["/netwerk", "/netwerk?van=A001&stappen=2", "/netwerk?zonder=A001"]
)
def test_it_works_without_javascript(path: str, browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(example + path)
    assert page.locator("tr[data-band]").count() > 0
    link = page.locator("[data-kies]").nth(2)
    chosen = link.get_attribute("data-kies") or "?"
    link.click()
    assert f"van={chosen}" in page.url
    expect(page.locator(".knoop--gekozen")).to_have_attribute("data-id", chosen)
    page.locator("select[name=naar]").select_option("A001")
    page.get_by_role("button", name="Zoek een weg").click()
    expect(page.locator(".netwerkantwoord")).to_be_visible()
    context.close()


def test_five_hundred_nodes_are_drawn_within_the_policy(
    browser: Browser, large: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    seen = watch(page, large)
    page.goto(f"{large}/netwerk")
    wait_for_map(page)
    assert page.locator(".knoop").count() == NODES
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])
    assert wide <= 0


def test_five_hundred_nodes_have_no_barriers(
    browser: Browser, large: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    page.goto(f"{large}/netwerk")
    wait_for_map(page)
    assert page.locator(".knoop").count() == NODES
    found = Axe().run(page, options=_RULES)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_tables_say_the_same_as_five_hundred_nodes(browser: Browser, large: str) -> None:
    page = _open(browser, f"{large}/netwerk")
    drawn, said = page.evaluate(_PICTURE), page.evaluate(_TABLES)
    page.close()
    assert len(drawn[0]) == NODES
    assert len(drawn[1]) > NODES
    assert sum(tie.endswith("gewenst") for tie in drawn[1].values()) > 20
    assert drawn == said
