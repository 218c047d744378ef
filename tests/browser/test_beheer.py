"""Managing the map in a browser: no barrier on any page, a word that finds, a check that ends."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DAY, SIZES, watch
from tests.browser.serving import served
from tests.browser.signed_in import SECRET, administrator_of

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_PAGES = (
    "/beheer",
    "/beheer/woorden",
    "/beheer/gebieden",
    "/beheer/gebieden/nieuw",
    "/beheer/gebieden/EG-SCHALKWIJK",
    "/beheer/logboek",
    "/beheer/logboek?tot=2020-01-01",
    "/beheer/bewaren",
    "/beheer/gezondheid",
)


@pytest.fixture(scope="module")
def place(maps: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Give the address of a server, and the token of an administrator."""
    file = tmp_path_factory.mktemp("beheer") / "kaart.db"
    shutil.copy(maps["voorbeeld"], file)
    token = administrator_of(file)
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAPSECRET=SECRET) as found:
        yield [found, token]


@pytest.fixture(params=sorted(SIZES))
def page(browser: Browser, place: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    size = {"width": request.param, "height": SIZES[request.param]}
    context = browser.new_context(viewport=size, base_url=place[0])  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessie", "value": place[1], "url": place[0]}])
    yield context.new_page()
    context.close()


def test_no_page_has_a_barrier(page: Page, place: list[str]) -> None:
    seen = watch(page, place[0])
    for path in _PAGES:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, path + found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


def test_a_word_that_is_added_finds(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    word = f"knaakjesnood{'x' * (width == 390)}"
    page.goto("/beheer/woorden")
    page.get_by_label("Woord", exact=True).fill(word)
    page.get_by_label("Thema (bij een woord voor een thema)").select_option("financien")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status")).to_contain_text(f"‘{word}’ doet mee bij het zoeken")
    answer = page.request.post("/api/v1/zoekvragen", data={"q": f"mijn buur heeft {word}"})
    assert answer.json()["treffers"]


def test_the_check_of_the_database_shows_how_far_it_is_and_ends(page: Page) -> None:
    page.goto("/beheer/gezondheid")
    page.get_by_role("button", name="Kijk de database na").click()
    expect(page.locator("#nakijken-stand")).to_contain_text("Alles klopt", timeout=30_000)
    assert Axe().run(page, options=_RULES).violations_count == 0
