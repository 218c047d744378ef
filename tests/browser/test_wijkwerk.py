"""From a gap to "ik heb gekeken" on a phone, and a signal in a minute: touch and keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watch

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GAP = "/gekeken?gebied=WK039220&thema=taal&doelgroep=ouderen"
_MOST_TABS = 60


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone with a finger instead of a mouse."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def _tap(page: Page, words: str) -> None:
    page.locator(".keuzes__keus", has_text=words).first.tap()


def test_the_form_of_a_gap_fits_one_screen_of_a_phone(phone: Page, example: str) -> None:
    phone.goto(example + GAP)
    button = phone.get_by_role("button", name="Bewaar").bounding_box()
    menu = phone.locator(".hoofdnav").bounding_box()
    assert button is not None
    assert menu is not None
    assert button["y"] + button["height"] <= menu["y"]
    for box in (one.bounding_box() for one in phone.locator(".keuzes__keus").all()):
        assert box is not None
        assert box["height"] >= 44


def test_a_gap_is_looked_at_and_saved_on_a_phone(phone: Page, example: str) -> None:
    seen = watch(phone, example)
    phone.goto(example + GAP)
    _tap(phone, "Bewoners")
    _tap(phone, "Kerk of moskee")
    _tap(phone, "Niets gevonden")
    phone.get_by_label("U bent").select_option("opbouwwerker")
    phone.get_by_role("button", name="Bewaar").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Taal voor ouderen in Molenwijk: niets gevonden"
    )
    expect(phone.locator("main")).to_contain_text("Gevraagd aan: bewoners en kerk of moskee.")
    assert Axe().run(phone, options=_RULES).violations_count == 0
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


def test_what_is_missing_is_said_on_the_form_and_nothing_chosen_is_lost(
    phone: Page, example: str
) -> None:
    phone.goto(example + GAP)
    _tap(phone, "School")
    _tap(phone, "Niets gevonden")
    phone.get_by_label("U bent").select_option("wijkteam")
    phone.get_by_role("button", name="Bewaar").tap()
    expect(phone.locator(".veld__fout")).to_contain_text("minstens twee")
    expect(phone.locator("input[value=school]")).to_be_checked()
    assert Axe().run(phone, options=_RULES).violations_count == 0
    _tap(phone, "Winkelier")
    phone.get_by_role("button", name="Bewaar").tap()
    expect(phone.locator("main")).to_contain_text("Gevraagd aan: school en winkelier.")


def test_a_signal_is_reported_by_keyboard_alone_and_its_code_opens_the_answer(
    browser: Browser, example: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{example}/signalen/nieuw")
    _tab_to(page, "#veld-plek")
    page.keyboard.type("Molenwijk")
    _tab_to(page, "#veld-thema")
    page.keyboard.type("Vervoer")
    _tab_to(page, "input[name=soort]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _tab_to(page, ".kortvorm button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw melding")
    assert Axe().run(page, options=_RULES).violations_count == 0
    code = page.locator(".antwoordcode").inner_text()
    page.goto(f"{example}/signalen")
    page.get_by_label("Typ de code die u kreeg").fill(code.upper())
    page.get_by_role("button", name="Lees het antwoord").click()
    expect(page.locator("main")).to_contain_text("Vervoer in Molenwijk: het is vol.")
    expect(page.locator("main")).to_contain_text("Uw melding is binnen.")
    assert code not in page.locator("main").inner_text()
    context.close()


def test_an_assignment_is_agreed_from_a_signal_and_decided_without_script(
    browser: Browser, example: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{example}/signalen?gebied=WK039221")
    page.get_by_role("link", name="Maak een wijkopdracht").first.click()
    page.get_by_label("Wat gaat u doen?").select_option("nieuw_aanbod")
    page.get_by_label("Sociaal en fysiek").check()
    page.get_by_label("Wie is de eigenaar?").select_option("gebiedsmanager")
    page.get_by_label("Eerste stap").select_option("geld_regelen")
    page.get_by_label("Klaar op").fill("2027-02-01")
    page.get_by_role("button", name="Spreek af").click()
    assert "De opdracht staat op de lijst van de eigenaar." in page.locator("main").inner_text()
    page.get_by_role("link", name="Naar de driehoek van Meerwijk").click()
    group = page.locator(".werklijst > .kaartje").first
    group.locator("summary").click()
    group.get_by_label("Wat hoort wie dit meldde?").select_option("komt_nieuw_aanbod")
    group.get_by_role("button", name="Geef dit antwoord").click()
    assert "Het antwoord staat klaar" in page.locator("main").inner_text()
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(_MOST_TABS):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the Tab key")
