"""From words and a postcode to a printed sheet in six actions: mouse, keyboard alone, phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DAY, SIZES, settled, watch

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
MOST_ACTIONS = 6
WORDS, POSTCODE = "ik zie wekenlang niemand", "2036 XY"
#: Notes that the page was printed, without a dialogue that a test cannot close.
_NO_DIALOGUE = "window.print = () => { document.documentElement.dataset.gedrukt = 'ja'; };"
_MOST_TABS = 80


class Actions:
    """Counts what a person does: fill in a field, or press one thing."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        self.count += 1
        yield


@pytest.fixture
def page(browser: Browser, example: str, size: dict[str, int]) -> Iterator[Page]:
    """The search page in its own browser context, opened."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    context.add_init_script(_NO_DIALOGUE)
    made = context.new_page()
    made.goto(f"{example}/zoeken")
    yield made
    context.close()


def _check_printed(sheet: Page, actions: Actions) -> None:
    expect(sheet.locator("html[data-gedrukt=ja]")).to_have_count(1)
    assert actions.count <= MOST_ACTIONS
    assert sheet.locator(".blad__ding").count() == 1
    assert (
        "meter lopen" in sheet.locator(".blad").inner_text()
        or sheet.locator(".blad").get_by_text("kilometer").count()
    )


def test_words_and_postcode_to_a_printed_sheet(page: Page) -> None:
    actions = Actions()
    with actions.one():
        page.locator("#zoek-q").fill(WORDS)
    with actions.one():
        page.locator("#zoek-plek").fill(POSTCODE)
    with actions.one():
        page.locator(".zoekvorm__zoek").click()
    with actions.one():
        page.locator(".treffer .mandje__knop").first.click()
    with actions.one(), page.expect_popup() as opened:
        page.locator(".mandje button[type=submit]").click()
    sheet = opened.value
    with actions.one():
        sheet.get_by_role("button", name="Druk af").click()
    _check_printed(sheet, actions)


def test_the_same_by_keyboard_alone(page: Page) -> None:
    actions = Actions()
    with actions.one():
        _tab_to(page, "#zoek-q")
        page.keyboard.type(WORDS)
    with actions.one():
        _tab_to(page, "#zoek-plek")
        page.keyboard.type(POSTCODE)
    with actions.one():
        page.keyboard.press("Enter")
    page.locator(".treffer .mandje__knop").first.wait_for()
    with actions.one():
        _tab_to(page, ".mandje__knop")
        page.keyboard.press("Space")
    with actions.one(), page.expect_popup() as opened:
        _tab_to(page, ".mandje button[type=submit]")
        page.keyboard.press("Enter")
    sheet = opened.value
    with actions.one():
        _tab_to(sheet, "[data-druk-af]")
        sheet.keyboard.press("Enter")
    _check_printed(sheet, actions)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is where it must be, and see that nothing covers it."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            break
    else:
        pytest.fail(f"{selector} is not reached by keyboard")
    seen = page.evaluate(
        """() => {
          const place = document.activeElement.getBoundingClientRect();
          const x = place.left + place.width / 2, y = place.top + place.height / 2;
          const there = document.elementFromPoint(x, y);
          return document.activeElement.contains(there) || there?.contains(document.activeElement);
        }"""
    )
    assert seen, f"{selector} has the focus and lies behind something"


def _choose(page: Page, number: int) -> None:
    page.locator("#zoek-q").fill(WORDS)
    page.locator("#zoek-plek").fill(POSTCODE)
    page.locator(".zoekvorm__zoek").click()
    for place in range(number):
        page.locator(".treffer .mandje__knop").nth(place).click()


def test_the_basket_lives_in_the_open_page_only(page: Page) -> None:
    _choose(page, 2)
    expect(page.locator(".mandje__telling")).to_have_text("2 in het mandje")
    expect(page.locator("#mandje-zonder button")).to_be_hidden()
    page.locator(".treffer .mandje__knop").first.click()
    expect(page.locator(".mandje__telling")).to_have_text("1 in het mandje")
    # Another question keeps what was chosen.
    page.locator("#zoek-q").fill("post van de belasting")
    with settled(page):
        page.locator(".zoekvorm__zoek").click()
    page.locator(".treffer .mandje__knop[aria-pressed=false]").first.click()
    expect(page.locator(".mandje__telling")).to_have_text("2 in het mandje")
    kept = page.evaluate(
        "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert "O0" not in kept
    assert "mandje" not in kept
    page.reload()
    expect(page.locator(".mandje")).to_be_hidden()
    page.locator("#zoek-q").fill(WORDS)
    page.locator(".zoekvorm__zoek").click()
    page.locator(".treffer .mandje__knop").first.wait_for()
    assert page.locator(".mandje__knop[aria-pressed=true]").count() == 0


def test_the_basket_can_be_emptied(page: Page) -> None:
    _choose(page, 1)
    page.get_by_role("button", name="Leeg het mandje").click()
    expect(page.locator(".mandje")).to_be_hidden()
    page.locator(".treffer .mandje__knop").first.click()
    expect(page.locator(".mandje__telling")).to_have_text("1 in het mandje")


def test_the_basket_is_emptied_with_the_page_when_the_resident_is_gone(page: Page) -> None:
    page.clock.install(time=DAY.isoformat())
    page.reload()
    page.get_by_role("switch", name="De bewoner kijkt mee").check()
    _choose(page, 2)
    expect(page.locator(".mandje")).to_be_visible()
    page.clock.run_for(5 * 60 * 1000 + 2000)
    expect(page.locator(".treffer")).to_have_count(0)
    expect(page.locator(".mandje")).to_be_hidden()
    assert page.locator(".mandje input[name=aanbod]").count() == 0


def test_the_basket_holds_no_more_than_a_sheet_takes(page: Page) -> None:
    _choose(page, 1)
    # Twenty more rows of the same kind stand in for a long day of asking.
    page.locator(".treffers").evaluate(
        """list => {
          for (let n = 0; n < 20; n += 1) {
            const row = list.firstElementChild.cloneNode(false);
            const place = document.createElement("div");
            place.className = "treffer__mandje";
            place.dataset.aanbod = `X${n}`;
            row.append(place);
            list.append(row);
          }
        }"""
    )
    for number in range(20):
        page.locator(f"[data-mandje-knop=X{number}]").evaluate("button => button.click()")
    expect(page.locator(".mandje__telling")).to_contain_text("Het mandje is vol")
    assert page.locator(".mandje__knop[aria-pressed=true]").count() == 20


@pytest.mark.parametrize("variant", ["gewoon", "neutraal"])
def test_the_sheet_and_the_basket_have_no_barrier_and_ask_nobody(
    page: Page, example: str, variant: str
) -> None:
    seen = watch(page, example)
    page.goto(f"{example}/zoeken")
    _choose(page, 3)
    basket = Axe().run(page, options=_RULES)
    assert basket.violations_count == 0, basket.generate_report()
    # The sheet in the same page, so that what it asks is noted as well.
    page.locator("form.mandje").evaluate("form => { form.removeAttribute('target'); }")
    page.locator(".mandje button[type=submit]").click()
    page.wait_for_url("**/blad")
    if variant == "neutraal":
        page.get_by_role("button", name="Maak het blad neutraal").click()
        page.locator("body.blad-kaal").wait_for()
        assert page.title() == "Afspraken en adressen"
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])
    # The place of the start is no front door.
    start = page.locator(".blad__balk input[name=lat]").first.input_value()
    assert len(start.split(".")[1]) <= 3


def test_paper_holds_the_sheet_and_nothing_around_it(page: Page) -> None:
    _choose(page, 1)
    with page.expect_popup() as opened:
        page.locator(".mandje button[type=submit]").click()
    sheet = opened.value
    sheet.emulate_media(media="print")
    for part in (".kopbalk", ".voet", ".blad__balk", ".blad__uitleg", ".voorbeeldstrook"):
        expect(sheet.locator(part)).to_be_hidden()
    expect(sheet.locator(".blad")).to_be_visible()


def test_a_click_gives_a_pdf_with_a_name_that_tells_nothing(page: Page) -> None:
    _choose(page, 2)
    with page.expect_popup() as opened:
        page.locator(".mandje button[type=submit]").click()
    with opened.value.expect_download() as got:
        opened.value.get_by_role("button", name="Bewaar als PDF").click()
    assert got.value.suggested_filename == "afspraken-en-adressen.pdf"


@pytest.mark.parametrize("width", SIZES)
def test_without_javascript_a_form_does_the_same(
    browser: Browser, example: str, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": SIZES[width]}
    )
    page = context.new_page()
    page.goto(f"{example}/zoeken")
    page.locator("#zoek-q").fill(WORDS)
    page.locator("#zoek-plek").fill(POSTCODE)
    page.locator(".zoekvorm__zoek").click()
    for place in (0, 1):
        page.locator(".treffer input[name=aanbod]").nth(place).check()
    page.get_by_role("button", name="Maak een blad voor de bewoner").click()
    sheets, ways = page.locator(".blad__ding").count(), page.get_by_text("Zo komt u er").count()
    context.close()
    assert sheets == 2
    assert ways >= 1
