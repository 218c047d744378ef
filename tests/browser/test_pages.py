"""Every page, at desk and on the phone: no barrier, no third party, nothing against the policy."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import wait_for_map, watch

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = {
    "voorbeeld": [
        "/",
        "/kaart",
        "/kaart?wat=actoren&niveau=wijk",
        "/kaart?wat=actoren&niveau=teamgebied&thema=sociaal_netwerk&lijn=0",
        "/kaart?niveau=gemeente",
        "/kaart?q=bestaatniet",
        "/zoeken",
        "/uitleg/zoeken",
        "/netwerk",
        "/netwerk?gebied=WK039221&feitelijk=feitelijk",
        "/netwerk?van=A001&stappen=2&naar=A024",
        "/netwerk?zonder=A001&lijn=0&lijn=1",
        "/netwerk?soort=sleutelfiguur",
        "/netwerk/profiel/WK039221",
        "/netwerk/profiel/GM0392",
        "/netwerk/teams",
        "/netwerk/vertrek/A001",
        "/dekking",
        "/dekking?thema=sociaal_netwerk&doelgroep=ouderen&niveau=buurt&gebied=GM0473",
        "/dekking?thema=taal&doelgroep=ggz&straal_m=300&dag=zondag&dagdeel=avond",
        "/dekking/WK047303",
        "/dekking/plan",
        "/dekking/plan?thema=taal&aantal=3&gebied=GM0473",
        "/dekking/raad?gebied=GM0392",
        "/dekking/vergelijk",
        "/dekking/WK039220?thema=lichamelijke_gezondheid&doelgroep=ouderen",
        "/gebieden",
        "/gebied/BU03922101",
        "/gebied/WK039221",
        "/gebied/swt-schalkwijk-1",
        "/gebied/GM0392",
        "/gebied/GM0439",
        "/gebied/EG-SCHALKWIJK",
        "/actor/A002",
        "/actor/A087",
        "/aanbod/O001",
        "/aanbod/O001?bedankt=1",
        "/aanbod/O045",
        "/aanbod/O132",
        "/gekeken",
        "/gekeken?gebied=WK039220&thema=sociaal_netwerk&doelgroep=ouderen",
        "/gekeken/I001",
        "/gekeken/I002",
        "/signalen",
        "/signalen?gebied=WK039221",
        "/signalen/nieuw?gebied=WK039221",
        "/opdrachten",
        "/opdrachten/nieuw?gebied=WK039221&thema=huishouden_administratie",
        "/driehoek/WK039221",
        "/toestemming",
        "/bijwerken/nieuw",
        "/privacy",
        "/toegankelijkheid",
        "/ontwikkelaars",
        "/handleiding",
        "/handleiding/opbouwwerker",
        "/handleiding/professional",
        "/handleiding/gebiedsmanager",
        "/gegevens",
        "/gemeenten",
        "/ogc",
        "/ogc/collections?f=html",
        "/ogc/collections/aanbod?f=html",
        "/ogc/collections/aanbod/items?f=html",
        "/ogc/collections/aanbod/items/O001?f=html",
        "/netwerk/gemeenten",
        "/bestaat-niet",
    ],
    "netwerk": [
        "/",
        "/kaart",
        "/netwerk",
        "/netwerk?feitelijk=gewenst",
        "/netwerk/profiel/swt-zandvoort",
        "/netwerk/teams",
        "/netwerk/vertrek/N-POLITIE",
        "/dekking",
        "/dekking/WK047303?thema=sociaal_netwerk",
        "/gebieden",
        "/gebied/swt-zandvoort",
        "/gebied/GM0402",
        "/actor/N-SWT-ZANDVOORT",
        "/aanbod/N-O-SOEPBUS",
        "/gegevens",
    ],
}
_CASES = [(which, path) for which, paths in PAGES.items() for path in paths]


@pytest.mark.parametrize(("which", "path"), _CASES, ids=[f"{w}:{p}" for w, p in _CASES])
def test_a_page_has_no_barrier_and_asks_nobody(
    browser: Browser, addresses: dict[str, str], which: str, path: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    seen = watch(page, addresses[which])
    answer = page.goto(addresses[which] + path)
    assert answer is not None
    if (
        path.startswith("/kaart")
        or page.locator("[data-kaart]").count()
        or page.locator("[data-plaat]").count()
    ):
        wait_for_map(page)
    found = Axe().run(page, options=_RULES)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    assert found.violations_count == 0, found.generate_report()
    assert seen.elsewhere == []
    assert seen.violations == []
    expected = 404 if path == "/bestaat-niet" else 200
    assert answer.status == expected
    # The browser itself reports the missing page as an error of the console.
    assert [c for c in seen.complaints if "404" not in c] == []
    assert wide <= 0, "the page scrolls sideways"


def test_pages_fit_a_very_narrow_screen(browser: Browser, example: str) -> None:
    # WCAG 1.4.10: no scrolling in two directions at 320 pixels wide.
    page = browser.new_page(viewport={"width": 320, "height": 640})
    too_wide = []
    for path in PAGES["voorbeeld"]:
        page.goto(example + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(path)
    page.close()
    assert too_wide == []


def test_pages_work_without_javascript(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{example}/kaart?thema=sociaal_netwerk")
    rows = page.locator("li.regel").count()
    page.locator("summary", has_text="Soort").first.click()
    page.locator("input[name=soort][value=bewonersinitiatief]").check()
    page.locator(".filter[open] button", has_text="Toon").click()
    fewer = page.locator("li.regel").count()
    address = page.url
    context.close()
    assert 0 < fewer < rows
    assert "soort=bewonersinitiatief" in address
    assert "thema=sociaal_netwerk" in address
