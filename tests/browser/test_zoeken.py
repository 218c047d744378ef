"""The page to find support in a real browser: by keyboard, map in step, nothing kept or leaked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DAY, settled, watch

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
ALONE = "ik zie al wekenlang niemand meer"
ANSWERS = {
    "gewoon": ALONE,
    "gevaar": "mijn man slaat mij en ik heb schulden",
    "geen": "ruimtevaart naar mars",
}


@pytest.fixture
def page(browser: Browser, example: str) -> Iterator[Page]:
    """The page to find support at desk size, ready."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    _open(opened, example)
    yield opened
    opened.close()


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}/zoeken")
    page.locator("[data-kaart][data-klaar]").wait_for()
    page.wait_for_load_state("networkidle")


def _ask(page: Page, words: str, place: str = "2034") -> None:
    page.locator("#zoek-q").fill(words)
    page.locator("#zoek-plek").fill(place)
    with settled(page):
        page.locator(".zoekvorm__zoek").click()


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_has_no_barrier_and_asks_nobody(
    browser: Browser, example: str, kind: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    seen = watch(page, example)
    _open(page, example)
    _ask(page, ANSWERS[kind])
    found = Axe().run(page, options=_RULES)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert seen.elsewhere == []
    assert seen.violations == []
    assert seen.complaints == []
    assert wide <= 0


def test_by_keyboard_from_a_question_to_an_open_result(page: Page) -> None:
    page.locator("body").press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "zoek-q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(ALONE)
    page.keyboard.press("Tab")
    page.keyboard.type("2034")
    page.keyboard.press("Enter")
    expect(page.locator("#zoek-kop")).to_be_focused()
    expect(page.locator("#zoek-kop")).to_contain_text("keer steun")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.textContent")
    assert name == page.locator(".treffer__naam a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanbod/*")
    expect(page.locator("h1")).to_have_text(name)


def test_the_map_and_the_list_are_in_step(page: Page) -> None:
    _ask(page, ALONE)
    placed = page.locator(".treffer[data-lon]")
    numbers = placed.evaluate_all("rows => rows.map(row => row.dataset.nummer)")
    marks = page.locator(".zoekmerk__nummer")
    assert len(numbers) > 1
    assert sorted(marks.all_inner_texts()) == sorted(numbers)
    before = page.locator(f".kaart-merk[title^='{numbers[0]}.']").bounding_box()
    button = placed.first.locator("[data-toon]")
    button.focus()
    page.keyboard.press("Enter")
    expect(placed.first).to_have_attribute("aria-current", "true")
    chosen = page.locator(".kaart-merk--gekozen")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(chosen.locator(".zoekmerk__nummer")).to_have_text(numbers[0])
    box = chosen.bounding_box()
    frame = page.locator("[data-kaart]").bounding_box()
    assert box
    assert frame
    assert abs(box["x"] + box["width"] / 2 - frame["x"] - frame["width"] / 2) < 60
    assert box != before
    other = page.locator(f".kaart-merk[title^='{numbers[1]}.']")
    other.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".treffer[aria-current]")).to_have_attribute("data-nummer", numbers[1])
    expect(placed.nth(1)).to_be_in_viewport()


def test_a_tap_on_the_map_is_the_place(page: Page) -> None:
    page.locator("#zoek-q").fill(ALONE)
    page.locator("[data-kaart]").click(position={"x": 240, "y": 190})
    with page.expect_response(lambda answer: answer.url.endswith("/zoeken")) as asked:
        page.get_by_role("button", name="Zoek vanaf deze plek").click()
    assert asked.value.status == 200
    expect(page.locator(".zoekkop__plek")).to_contain_text("de plek op de kaart")
    expect(page.locator("#zoek-plek")).to_have_value("de plek op de kaart")
    expect(page.locator(".zoekplek")).to_have_count(1)


def test_my_place_here_is_asked_of_the_browser(browser: Browser, example: str) -> None:
    context = browser.new_context(
        geolocation={"longitude": 4.65, "latitude": 52.352}, permissions=["geolocation"]
    )
    page = context.new_page()
    _open(page, example)
    page.locator("#zoek-q").fill(ALONE)
    page.get_by_role("button", name="Mijn plek hier").click()
    expect(page.locator(".zoekkop__plek")).to_contain_text("de plek op de kaart")
    context.close()


def test_nothing_is_kept_but_who_asks(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#zoek-van").select_option("A006")
    _ask(page, ALONE)
    assert page.url.endswith("/zoeken")
    assert page.evaluate("JSON.stringify(history.state)") == "null"
    assert page.evaluate("history.length") <= 2
    assert page.evaluate("JSON.stringify({...localStorage})") == '{"zoeken.namens":"A006"}'
    # The library that swaps the answer in keeps the path of the page there, without a question.
    assert set(page.evaluate("Object.values(sessionStorage)")) <= {"/zoeken"}
    assert page.evaluate("document.cookie") == ""
    assert [url for url in asked if "2034" in url or "wekenlang" in url] == []
    page.reload()
    expect(page.locator("#zoek-van")).to_have_value("A006")
    expect(page.locator("#zoek-q")).to_have_value("")
    expect(page.locator(".treffer")).to_have_count(0)


def test_danger_comes_first_and_gets_the_focus(page: Page) -> None:
    _ask(page, ANSWERS["gevaar"])
    expect(page.locator("#gevaar-kop")).to_be_focused()
    block = page.locator(".gevaar").bounding_box()
    form = page.locator("#zoek-formulier").bounding_box()
    assert block
    assert form
    assert block["y"] + block["height"] <= form["y"]
    expect(page.locator(".gevaar__nummers li")).to_have_count(4)
    _ask(page, ALONE)
    expect(page.locator(".gevaar")).to_have_count(0)


def test_a_place_that_is_not_known_is_said_at_its_field(page: Page) -> None:
    _ask(page, ALONE, "Nergenslaan 12")
    field = page.locator("#zoek-plek")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#zoek-plek-fout")).to_contain_text("Deze plek kennen wij niet.")
    expect(page.locator("#zoek-q")).to_have_value(ALONE)
    _ask(page, ALONE)
    expect(page.locator("#zoek-plek-fout")).to_have_count(0)


def test_looking_along_empties_itself_after_five_quiet_minutes(
    browser: Browser, example: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.clock.install(time=DAY.isoformat())
    _open(page, example)
    page.locator("#zoek-van").select_option("A006")
    _ask(page, ALONE)
    expect(page.get_by_text("Introductie:").first).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/zoeken")):
        page.get_by_role("switch", name="De bewoner kijkt mee").check()
    page.clock.run_for(1000)
    expect(page.locator(".treffer").first).to_be_visible()
    expect(page.get_by_text("Introductie:")).to_have_count(0)
    expect(page.locator("#zoek-van")).to_be_hidden()
    question = page.locator("[data-blijf]")
    page.clock.run_for(3 * 60 * 1000)
    expect(question).to_be_hidden()
    page.clock.run_for(60 * 1000)
    expect(question).to_be_visible()
    page.keyboard.press("Enter")
    expect(question).to_be_hidden()
    page.clock.run_for(4 * 60 * 1000 + 2000)
    expect(question).to_be_visible()
    expect(page.locator(".treffer").first).to_be_visible()
    page.clock.run_for(60 * 1000)
    expect(question).to_be_hidden()
    expect(page.locator(".treffer")).to_have_count(0)
    expect(page.locator(".zoekmerk, .zoekplek, .zoekkring")).to_have_count(0)
    expect(page.locator("#zoek-q")).to_have_value("")
    expect(page.locator("#zoek-plek")).to_have_value("")
    assert ALONE not in page.content()
    assert "2034" not in page.locator("main").inner_text()
    page.close()


def test_it_works_without_javascript(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{example}/zoeken")
    page.locator("#zoek-q").fill(ALONE)
    page.locator("#zoek-plek").fill("2034")
    page.locator(".zoekvorm__zoek").click()
    expect(page.locator(".treffer").first).to_be_visible()
    expect(page.locator("#zoek-q")).to_have_value(ALONE)
    assert page.url.endswith("/zoeken")
    page.goto(example)
    page.locator("#start-thema").select_option("sociaal_netwerk")
    page.get_by_role("button", name="Zoek steun").click()
    expect(page.locator(".treffer").first).to_be_visible()
    expect(page.locator("select[name=themas]")).to_have_value("sociaal_netwerk")
    context.close()
