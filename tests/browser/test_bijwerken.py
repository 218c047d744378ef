"""Keeping the map on foot and at a desk: around the corner, of two one, and in own hands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from socialmap.accounts import inviting, signing_in
from socialmap.domain.roles import Account, Rol
from socialmap.store.engine import Store
from tests.browser.conftest import DAY, SIZES, watch
from tests.browser.serving import served

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_SECRET = "browserproef " * 4
#: A point of the example in Schalkwijk, and what is close by.
_HERE = {"longitude": 4.66043, "latitude": 52.35671}
Opener = Callable[..., tuple[BrowserContext, Page]]


@pytest.fixture(scope="module")
def file(maps: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("bijwerken") / "kaart.db"
    shutil.copy(maps["voorbeeld"], copy)
    return copy


@pytest.fixture(scope="module")
def accounts(file: Path) -> dict[Rol, Account]:
    made = {}
    with closing(Store.open(f"sqlite:///{file}")) as store:
        for rol in (Rol.OPBOUWWERKER, Rol.PARTNER):
            asked = Account(id="", email=f"{rol}@wijk.example", naam=f"Proef {rol}", rol=rol)
            now = datetime.now(UTC)
            invited = inviting.invite(store, "", asked, now)
            secret = inviting.new_totp()
            code = pyotp.TOTP(secret).now()
            made[rol], _ = inviting.take_up(
                store,
                invited.token,
                email="",
                password="vier losse woorden hier",  # noqa: S106 -- of nobody
                totp=secret,
                code=code,
                now=now,
            )
    return made


@pytest.fixture(scope="module")
def address(file: Path, accounts: dict[Rol, Account]) -> Iterator[str]:
    assert accounts
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAP_SECRET=_SECRET) as found:
        yield found


@pytest.fixture
def opened(
    browser: Browser, file: Path, address: str, accounts: dict[Rol, Account]
) -> Iterator[Opener]:
    contexts = []

    def sign_in(rol: Rol, width: int = 390, **more: object) -> tuple[BrowserContext, Page]:
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            **more,  # type: ignore[arg-type]
        )
        with closing(Store.open(f"sqlite:///{file}")) as store:
            now = datetime.now(UTC)
            token, _ = signing_in.open_session(store, _SECRET, accounts[rol], now)
        context.add_cookies([{"name": "sessie", "value": token, "url": address}])
        contexts.append(context)
        return context, context.new_page()

    yield sign_in
    for context in contexts:
        context.close()


def is_sound(page: Page) -> None:
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "the page scrolls sideways"


def test_around_the_corner_with_the_place_of_the_phone(
    opened: Opener, address: str, file: Path
) -> None:
    context, page = opened(
        Rol.OPBOUWWERKER, geolocation=_HERE, permissions=["geolocation"], has_touch=True
    )
    seen = watch(page, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/bijwerken/om-de-hoek")
    is_sound(page)
    page.get_by_role("button", name="Gebruik mijn plek").tap()
    rows = page.locator("ol.bijwerk li")
    expect(rows.first).to_be_visible()
    is_sound(page)
    distances = [int(text.split()[0]) for text in page.locator("ol .tweede").all_inner_texts()]
    assert distances
    assert max(distances) <= 800
    before, name = rows.count(), rows.first.get_by_role("link").first.inner_text()
    rows.first.get_by_role("button", name="Klopt").tap()
    expect(page.get_by_role("status").first).to_contain_text(f"{name} staat op vandaag nagekeken")
    assert name not in page.locator("ol.bijwerk > li > a").all_inner_texts() or before > 30
    for where in (*asked, page.url):
        assert "4.660" not in where
        assert "52.356" not in where
    # Neither in the database nor in what the server writes about its work.
    for kept in file.parent.iterdir():
        assert b"52.3567" not in kept.read_bytes()
    assert context.cookies() == [c for c in context.cookies() if "52.356" not in c["value"]]
    kept_by_browser = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "4.660" not in kept_by_browser
    assert "52.356" not in kept_by_browser
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


def test_a_phone_that_tells_nothing(opened: Opener, address: str) -> None:
    _, page = opened(Rol.OPBOUWWERKER, has_touch=True)
    page.goto(f"{address}/bijwerken/om-de-hoek")
    page.get_by_role("button", name="Gebruik mijn plek").tap()
    expect(page.locator("[data-hier-zin]")).to_contain_text("Uw telefoon gaf geen plek")


def test_around_the_corner_without_script(opened: Opener, address: str) -> None:
    _, page = opened(Rol.OPBOUWWERKER, java_script_enabled=False)
    page.goto(f"{address}/bijwerken/om-de-hoek")
    expect(page.get_by_role("button", name="Gebruik mijn plek")).to_be_hidden()
    page.get_by_label("Of typ waar u bent").fill("Molenwijk")
    page.keyboard.press("Enter")
    rows = page.locator("ol.bijwerk li")
    expect(rows.first).to_be_visible()
    name = rows.first.get_by_role("link").first.inner_text()
    rows.first.get_by_role("button", name="Klopt").click()
    expect(page.get_by_role("status").first).to_contain_text(name)
    expect(page.locator(".ondertitel")).to_contain_text("Molenwijk")


@pytest.mark.parametrize("width", SIZES)
def test_of_two_one_and_back(opened: Opener, address: str, width: int) -> None:
    _, page = opened(Rol.OPBOUWWERKER, width)
    seen = watch(page, address)
    page.goto(f"{address}/bijwerken/actoren/A002")
    page.get_by_role("link", name="Voeg samen").click()
    is_sound(page)
    page.get_by_label("Zoek op naam").fill("a")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Leg ernaast").first.click()
    is_sound(page)
    gone = page.locator("input[name=ander]").input_value()
    page.get_by_role("button", name="Maak er één van").click()
    expect(page).to_have_url(f"{address}/actor/A002")
    page.goto(f"{address}/actor/{gone}")
    expect(page).to_have_url(f"{address}/actor/A002")
    page.goto(f"{address}/bijwerken/samenvoegen?tabel=actoren&dit=A002")
    is_sound(page)
    page.get_by_role("button", name="Haal weer uit elkaar").click()
    expect(page).to_have_url(f"{address}/actor/{gone}")
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])


@pytest.mark.parametrize("width", SIZES)
def test_in_own_hands_and_off_the_map(
    opened: Opener, address: str, accounts: dict[Rol, Account], width: int
) -> None:
    _, page = opened(Rol.OPBOUWWERKER, width)
    page.goto(f"{address}/bijwerken/actoren/A002/eigen")
    is_sound(page)
    page.get_by_label("Geef in eigen beheer aan").select_option(accounts[Rol.PARTNER].id)
    page.get_by_role("button", name="Geef in eigen beheer").click()
    expect(page.locator(".ondertitel")).to_contain_text("In eigen beheer bij Proef partner")
    _, own = opened(Rol.PARTNER, width)
    own.goto(f"{address}/bijwerken/eigen")
    is_sound(own)
    own.get_by_role("button", name="Wij willen niet op de kaart").click()
    is_sound(own)
    own.get_by_role("button", name="Haal van de kaart").click()
    expect(own.locator("h1")).to_have_text("Niet op de kaart")
    is_sound(own)
    answer = page.goto(f"{address}/actor/A002")
    assert answer is not None
    assert answer.status == 404
    own.get_by_role("button", name="Zet ons weer op de kaart").click()
    own.get_by_role("button", name="Laat de opbouwwerker dit bijhouden").click()
    answer = page.goto(f"{address}/actor/A002")
    assert answer is not None
    assert answer.status == 200
