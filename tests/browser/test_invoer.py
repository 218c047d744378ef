"""A file goes on the map in the browser: map a column, mend a cell, place, import again, undo."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from socialmap.domain.model import Actor
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.store.areas import read_shapes
from socialmap.store.engine import Store
from socialmap.store.stored import read_stored_by_id
from tests.browser.conftest import DAY, watch
from tests.browser.serving import served
from tests.browser.signed_in import SECRET, administrator_of

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_HEADER = (
    "id;naam;soort;omschrijving;themas;doelgroepen;lijn;adres;postcode;plaats;lon;lat;werkgebied;"
    "website;tel;email;zichtbaarheid;toestemming_op;toestemming_doel;gecontroleerd_op;"
    "gecontroleerd_door;status;bron"
)
_MOST_TABS = 80


def _file(*rows: tuple[str, str, str, str]) -> FilePayload:
    """Write actors by id, name, telephone and status, with `tel` for `telefoon`."""
    lines = [
        f"{key};{naam};partner;;;;;;;;;;;;{tel};;openbaar;;;;;{status};"
        for key, naam, tel, status in rows
    ]
    text = "\n".join([_HEADER, *lines])
    return {"name": "actoren.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.fixture
def desk(maps: dict[str, Path], tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """A map of its own with an administrator: address, session, and database."""
    file = tmp_path / "invoer.db"
    shutil.copy(maps["netwerk"], file)
    token = administrator_of(file)
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAPSECRET=SECRET) as address:
        yield address, token, f"sqlite:///{file}"


def _edit(database: str, key: str, telefoon: str) -> None:
    store = Store.open(database)
    with store.writing() as conn:
        one = read_stored_by_id(conn, "actoren", [key])[key]
        assert isinstance(one, Actor)
        places = StoredPlaces(to_area_set(read_shapes(conn)))
        changed = Actor(**{**{n: getattr(one, n) for n in one.__slots__}, "telefoon": telefoon})
        apply(conn, Batch(actoren=(changed,)), wie="iemand", now=datetime.now(UTC), places=places)
    store.close()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(_MOST_TABS):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the Tab key")


def _hand_in(page: Page, address: str, file: FilePayload) -> None:
    page.goto(f"{address}/beheer/invoer")
    page.get_by_label("Bestanden").set_input_files(file)
    _tab_to(page, "#veld-bron")
    page.keyboard.type("Welzijn Noord")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Welzijn Noord").wait_for()


def _map_column(page: Page) -> None:
    expect(page.get_by_label("tel", exact=True)).to_have_value("telefoon")
    _tab_to(page, "form[action$='/kolommen'] button")
    page.keyboard.press("Enter")


def _is_open_to_all(page: Page) -> None:
    assert Axe().run(page, options=_RULES).violations_count == 0
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


def test_from_a_wrong_file_to_the_map_and_back_by_keyboard(
    browser: Browser, desk: tuple[str, str, str], size: dict[str, int]
) -> None:
    address, token, database = desk
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessie", "value": token, "url": address}])
    page = context.new_page()
    seen = watch(page, address)
    page.goto(f"{address}/beheer/invoer")
    _is_open_to_all(page)
    _hand_in(page, address, _file(("T1", "Buurthuis", "1", "actief"), ("T2", "Kok", "1", "soms")))
    _is_open_to_all(page)
    expect(page.locator("main")).to_contain_text("actoren.csv, rij 3, kolom status")
    _map_column(page)
    expect(page.locator("main")).to_contain_text("Geweigerd: 1 fout")
    expect(page.get_by_role("button", name="Plaats", exact=True)).to_have_count(0)
    _hand_in(page, address, _file(("T1", "Buurthuis", "1", "actief"), ("T2", "Kok", "1", "actief")))
    _map_column(page)
    expect(page.locator("main")).to_contain_text("Komt erbij: 2")
    _is_open_to_all(page)
    _tab_to(page, "button[value=plaats]")
    page.keyboard.press("Enter")
    expect(page.locator(".ondertitel")).to_contain_text("Op de kaart gezet")
    _edit(database, "T2", "2")
    _hand_in(page, address, _file(("T1", "Buurthuis", "5", "actief"), ("T2", "Kok", "6", "actief")))
    _map_column(page)
    expect(page.locator("main")).to_contain_text("Nieuwer op de kaart: 1")
    expect(page.locator("main")).to_contain_text("Wordt anders: 1")
    _is_open_to_all(page)
    _tab_to(page, "button[value=plaats]")
    page.keyboard.press("Enter")
    expect(page.locator(".ondertitel")).to_contain_text("Op de kaart gezet")
    _is_open_to_all(page)
    _tab_to(page, "form[action$='/terug'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 hersteld en 0 gestopt")
    _is_open_to_all(page)
    assert (seen.elsewhere, seen.violations, seen.complaints) == ([], [], [])
    context.close()
    store = Store.open(database)
    with store.reading() as conn:
        found = read_stored_by_id(conn, "actoren", ["T1", "T2"])
    store.close()
    assert [getattr(found[key], "telefoon", "") for key in ("T1", "T2")] == ["1", "2"]


def test_it_works_without_script(browser: Browser, desk: tuple[str, str, str]) -> None:
    address, token, _ = desk
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessie", "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/beheer/invoer")
    page.get_by_label("Bestanden").set_input_files(_file(("T1", "Buurthuis", "1", "actief")))
    page.get_by_label("Van wie is dit bestand?").fill("Welzijn Noord")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    _asked_again(page, "Gebruik deze kolommen").click()
    _asked_again(page, "Niet plaatsen").click()
    assert "Er is niets veranderd" in page.locator("main").inner_text()
    context.close()


def _asked_again(page: Page, button: str) -> Locator:
    """Give a button that comes when the looking is done: without script one asks for the page."""
    found = page.get_by_role("button", name=button)
    until = time.monotonic() + 60
    while not found.count() and time.monotonic() < until:
        page.reload()
    return found
