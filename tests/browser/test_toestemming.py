"""Consent on a phone and at a desk: asked, a card with a code, withdrawn, erased; no barrier."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DAY, SIZES, Watch, watch
from tests.browser.serving import served
from tests.browser.signed_in import SECRET, administrator_of

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_LANGUAGES = ("nl", "ar")


@pytest.fixture(scope="module")
def place(maps: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Give the address of a server, and the token of somebody who may ask consent."""
    file = tmp_path_factory.mktemp("toestemming") / "kaart.db"
    shutil.copy(maps["voorbeeld"], file)
    token = administrator_of(file)
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAPSECRET=SECRET) as found:
        yield [found, token]


@pytest.fixture(params=sorted(SIZES))
def pair(
    browser: Browser, place: list[str], request: pytest.FixtureRequest
) -> Iterator[tuple[Page, Page]]:
    """The page of who asks, and the page of the person with the card."""
    size = {"width": request.param, "height": SIZES[request.param]}
    desk = browser.new_context(viewport=size, base_url=place[0])  # type: ignore[arg-type]
    desk.add_cookies([{"name": "sessie", "value": place[1], "url": place[0]}])
    home = browser.new_context(viewport=size, base_url=place[0])  # type: ignore[arg-type]
    yield desk.new_page(), home.new_page()
    desk.close()
    home.close()


def _no_barrier(page: Page) -> None:
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, page.url + found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


def _quiet(*all_seen: Watch) -> None:
    for seen in all_seen:
        assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


def _ask(page: Page, name: str) -> tuple[str, str]:
    """Record a yes to everything, and give the code of the card and the id of the person."""
    page.goto("/toestemming/nieuw")
    for answer in page.locator(".voorlezen label", has_text="Ja").all():
        answer.click()
    page.get_by_label("Voornaam of rol").fill(name)
    page.get_by_label("In welke wijk of buurt?").select_option(index=1)
    page.get_by_label("Voor welke organisatie vraagt u dit?").fill("Wijkteam Proef")
    page.get_by_role("button", name="Bewaar en maak het kaartje").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geef dit kaartje mee")
    link = page.get_by_role("link", name="Naar de bladzijde van deze sleutelfiguur")
    address = link.get_attribute("href") or ""
    return page.locator(".toestemmingkaart__code").inner_text(), address.rpartition("/")[2]


def test_the_page_to_read_aloud_has_no_barrier(pair: tuple[Page, Page], place: list[str]) -> None:
    desk, _ = pair
    seen = watch(desk, place[0])
    for language in _LANGUAGES:
        desk.goto(f"/toestemming/nieuw?taal={language}")
        expect(desk.locator(".voorlezen")).to_have_attribute("lang", language)
        _no_barrier(desk)
    _quiet(seen)


def test_asked_then_read_withdrawn_and_erased(pair: tuple[Page, Page], place: list[str]) -> None:
    desk, home = pair
    seen = [watch(desk, place[0]), watch(home, place[0])]
    width = desk.viewport_size["width"] if desk.viewport_size else 0
    name = f"Gastvrouw van proefflat {width}"
    code, person = _ask(desk, name)
    _no_barrier(desk)

    home.goto("/toestemming")
    _no_barrier(home)
    home.get_by_label("Code op uw kaartje").fill(code)
    home.get_by_role("button", name="Laat zien").click()
    expect(home.locator("main")).to_contain_text("U staat op de kaart.")
    expect(home.locator("main")).to_contain_text(name)
    _no_barrier(home)
    assert desk.request.get(f"/actor/{person}").status == 200
    home.get_by_role("button", name="Haal mij van de kaart").click()
    expect(home.locator("main")).to_contain_text("U staat niet op de kaart: niemand ziet u.")
    _no_barrier(home)
    assert desk.request.get(f"/actor/{person}").status == 404
    home.get_by_role("button", name="Wis alles over mij").click()
    expect(home.get_by_role("status")).to_contain_text("gevraagd om alles te wissen")
    _no_barrier(home)

    desk.goto(f"/bijwerken/toestemming/{person}/wissen")
    expect(desk.locator("main")).to_contain_text("Gevraagd op")
    _no_barrier(desk)
    desk.get_by_label("De persoon heeft hier zelf om gevraagd").check()
    desk.get_by_role("button", name="Wis alles, voorgoed").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Alles is gewist")
    _no_barrier(desk)
    assert home.request.get(home.url).status == 404
    _quiet(*seen)


def test_a_wrong_code_says_what_to_do(pair: tuple[Page, Page]) -> None:
    _, home = pair
    home.goto("/toestemming")
    home.get_by_label("Code op uw kaartje").fill("-")
    home.get_by_role("button", name="Laat zien").click()
    expect(home.get_by_role("alert")).to_contain_text("Kijk op uw kaartje")
    _no_barrier(home)
