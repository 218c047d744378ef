"""The map and its list: one selection, one filter state, and everything by keyboard."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from socialmap.domain.clock import Clock
from socialmap.exchange.importing import import_named_bytes
from socialmap.exchange.making import Filling, make_map
from socialmap.store.engine import Store
from tests.browser.conftest import DAY, settled, wait_for_map, watch
from tests.browser.serving import served

pytestmark = pytest.mark.browser

#: Runs as a template on the server, as HTML, or as script, wherever text is not kept as text.
HOSTILE = "{{7*7}}<img src=x onerror=alert(1)>${1}"


def _open(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, **options)  # type: ignore[arg-type]
    page.goto(address)
    wait_for_map(page)
    return page


def _press_and_wait(page: Page) -> None:
    """Press Enter, and wait until the list that answers it stands on the page."""
    with settled(page):
        page.keyboard.press("Enter")


def _ids(address: str, kind: str) -> set[str]:
    found: set[str] = set()
    cursor = ""
    while True:
        query = f"limit=200&status=actief&status=gepauzeerd{cursor}"
        with urllib.request.urlopen(f"{address}/api/v1/{kind}?{query}") as answer:  # noqa: S310
            body = json.load(answer)
        found |= {record["id"] for record in body["resultaten"]}
        if not body["volgende"]:
            return found
        cursor = f"&cursor={body['volgende']}"


@pytest.mark.parametrize("which", ["voorbeeld", "netwerk"])
@pytest.mark.parametrize(("kind", "wat"), [("aanbod", "aanbod"), ("actoren", "actoren")])
def test_keyboard_alone_reaches_every_record(
    browser: Browser, addresses: dict[str, str], which: str, kind: str, wat: str
) -> None:
    page = _open(browser, f"{addresses[which]}/kaart?wat={wat}&niveau=gemeente")
    # Zoom out by keyboard until every municipality is in view.
    out = page.locator(".leaflet-control-zoom-out")
    out.focus()
    for _ in range(4):
        _press_and_wait(page)
    while (more := page.locator("[data-meer]")).count():
        more.focus()
        _press_and_wait(page)
    links = page.locator("li.regel .regel__naam a")
    there = {href.rsplit("/", 1)[1] for href in links.evaluate_all("a => a.map(x => x.href)")}
    # Tab visits them: none is taken out of the order.
    first = links.first
    first.focus()
    visited = set()
    for _ in range(links.count() * 2):
        name = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if name.startswith(("/aanbod/", "/actor/")):
            visited.add(name.rsplit("/", 1)[1])
        page.keyboard.press("Tab")
    page.close()
    assert there == _ids(addresses[which], kind)
    assert visited == there


def test_keyboard_alone_reaches_every_area(browser: Browser, example: str) -> None:
    page = browser.new_page()
    page.goto(f"{example}/gebieden")
    visited = set()
    last = ""
    for _ in range(1000):
        page.keyboard.press("Tab")
        tag, href, closed = page.evaluate(
            """() => { const a = document.activeElement;
            return [a.tagName, a.getAttribute('href') || '',
                    a.tagName === 'SUMMARY' && !a.parentElement.open
                    && !a.closest('header')]; }"""
        )
        if closed:
            page.keyboard.press("Enter")
        if href.startswith("/gebied/"):
            visited.add(href.removeprefix("/gebied/"))
        if tag == "BODY" and last != "BODY":
            break
        last = tag
    page.close()
    with urllib.request.urlopen(f"{example}/api/v1/gebieden?limit=200") as answer:  # noqa: S310
        areas = {area["code"] for area in json.load(answer)["resultaten"]}
    assert visited == areas


def test_choosing_a_row_moves_the_map_and_marks_both(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/kaart")
    row = page.locator("li.regel", has=page.locator("[data-naar]")).nth(3)
    name = row.locator("a").inner_text()
    button = row.locator("[data-naar]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ballon__titel")).to_have_text(name)
    expect(page.locator("li.regel--gekozen a")).to_have_text(name)
    expect(page.locator("li.regel--gekozen [data-naar]")).to_have_attribute("aria-pressed", "true")
    assert "gekozen=" in page.url
    assert "kaart=16" in page.url
    page.reload()
    wait_for_map(page)
    expect(page.locator("li.regel--gekozen a")).to_have_text(name)
    page.close()


def test_filters_stand_in_the_address_and_back_undoes_them(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/kaart")
    before = page.locator(".lijstvak__kop h2").inner_text()
    page.locator("summary", has_text="Thema").click()
    page.get_by_label("Rouw, geloof en zin").check()
    page.locator(".filter[open] button", has_text="Toon").click()
    wait_for_map(page)
    assert "thema=zingeving" in page.url
    expect(page.locator(".lijstvak__kop h2")).not_to_have_text(before)
    page.locator(".pil--aan").first.click()
    wait_for_map(page)
    assert "thema=" not in page.url
    page.go_back()
    wait_for_map(page)
    assert "thema=zingeving" in page.url
    page.close()


def test_map_and_list_say_the_same_number(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/kaart")
    with page.expect_response(lambda answer: "/kaart/punten" in answer.url) as points:
        page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_load_state("networkidle")
    features = points.value.json()["features"]
    placed = [f["properties"] for f in features if "zonder_plek" not in f["properties"]]
    count = sum(p["aantal"] for p in placed)
    expect(page.locator(".lijstvak__kop h2")).to_contain_text(f"{count} plekken in beeld")
    page.close()


def test_text_of_users_stays_text_everywhere(browser: Browser, tmp_path: Path) -> None:
    database = tmp_path / "vijandig.db"
    make_map(f"sqlite:///{database}", Clock(DAY), Filling.EMPTY)
    store = Store.open(f"sqlite:///{database}")
    report = import_named_bytes(store, _hostile_files(), wie="test", clock=Clock(DAY))
    store.close()
    assert report.fouten == ()
    pages = ["/kaart", "/kaart?wat=actoren", "/actor/X1", "/actor/X2", "/aanbod/Y1", "/aanbod/Y2"]
    pages += ["/gebied/EG-X", "/gebied/WK039221", "/gebieden", "/", f"/kaart?q={HOSTILE[:5]}"]
    with served(database, SOCIALMAP_PEILDATUM=DAY.isoformat()) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        seen = watch(page, address)
        page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        shown = []
        for path in pages:
            page.goto(address + path)
            if path.startswith("/kaart"):
                wait_for_map(page)
                # The name also as the title of its mark on the map, and in its balloon.
                for mark in page.locator(".kaart-merk").all():
                    assert "49" not in (mark.get_attribute("title") or "")
                button = page.locator("[data-naar]").first
                if button.count():
                    button.click()
                    expect(page.locator(".ballon__titel")).to_have_text(HOSTILE)
            body = page.locator("body").inner_text()
            shown.append((path, HOSTILE in body or path == "/"))
            assert page.locator("img[src=x]").count() == 0
        page.close()
    assert [path for path, right in shown if not right] == []
    assert seen.complaints == []
    assert seen.violations == []
    assert seen.elsewhere == []


def _hostile_files() -> list[tuple[str, bytes]]:
    quoted = HOSTILE
    actors = (
        "id;naam;soort;omschrijving;themas;doelgroepen;lijn;adres;postcode;plaats;lon;lat;"
        "werkgebied;website;telefoon;email;zichtbaarheid;toestemming_op;toestemming_doel;"
        "gecontroleerd_op;gecontroleerd_door;status;bron;doet;gezocht\n"
        f"X1;{quoted};bewonersinitiatief;{quoted};;;0;{quoted};;{quoted};4.66;52.356;EG-X;;"
        f"{quoted};;openbaar;;;2026-01-01;{quoted};actief;{quoted};{quoted};{quoted}\n"
        f"X2;{quoted};wijkteam;{quoted};;;1;;;;;;EG-X;;;;openbaar;;;;;actief;{quoted};"
        f"{quoted};{quoted}\n"
    )
    offers = (
        "id;actor_id;naam;omschrijving;vorm;lijn;themas;doelgroepen;min_leeftijd;max_leeftijd;"
        "kosten;talen;adres;postcode;plaats;lon;lat;wanneer;capaciteit;aanmelden;"
        "gecontroleerd_op;status;bron\n"
        f"Y1;X1;{quoted};{quoted};collectief;0;;;;;0;;{quoted};;{quoted};4.66;52.356;;;{quoted};"
        f";actief;{quoted}\n"
        f"Y2;X2;{quoted};{quoted};individueel;1;;;;;0;;;;;;;;;{quoted};;actief;{quoted}\n"
    )
    ties = (
        "van_id;naar_id;soort;richting;sterkte;feitelijk;gecontroleerd_op;zichtbaarheid;"
        f"toelichting;bron\nX1;X2;kent;gericht;1;feitelijk;;openbaar;{quoted};{quoted}\n"
    )
    areas = f"id;naam;niveau;leden\nEG-X;{quoted};eigen;WK039221\n"
    files = {"gebieden": areas, "actoren": actors, "aanbod": offers, "relaties": ties}
    return [(f"{name}.csv", text.encode()) for name, text in files.items()]


def test_the_view_stays_with_an_area_and_after_going_back(browser: Browser, example: str) -> None:
    page = _open(browser, f"{example}/kaart?gebied=WK039221&kaart=16/52.35623/4.65959")
    assert "kaart=16" in page.url
    page.locator("[data-naar]").first.click()
    chosen = page.locator("li.regel--gekozen a").inner_text()
    before = page.url
    page.get_by_role("link", name="Bekijk", exact=True).click()
    page.wait_for_url("**/aanbod/*")
    page.go_back()
    wait_for_map(page)
    assert page.url == before
    expect(page.locator("li.regel--gekozen a")).to_have_text(chosen)
    expect(page.locator(".kaart-merk--gekozen")).to_have_count(1)
    page.close()


def test_the_drawer_of_the_phone_opens_by_touch(browser: Browser, example: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{example}/kaart")
    wait_for_map(page)
    drawer = page.locator("[data-lade]")
    before = drawer.bounding_box()
    page.locator("[data-lade-greep]").tap()
    expect(drawer).to_have_attribute("data-lade", "hoog")
    after = drawer.bounding_box()
    context.close()
    assert before
    assert after
    assert after["height"] > before["height"] + 100


def test_nothing_found_says_where_else_to_look(browser: Browser, addresses: dict[str, str]) -> None:
    # Nobody is called Meerwijk, but a wijk is; and a theme may have offers where it has no actors.
    page = _open(browser, f"{addresses['voorbeeld']}/kaart?q=meerwijk")
    page.locator(".lijstvak__kop").get_by_role("link", name="Wijk Meerwijk").click()
    page.wait_for_url("**/gebied/WK039221")
    page.goto(f"{addresses['netwerk']}/kaart?wat=actoren&thema=sociaal_netwerk")
    wait_for_map(page)
    other = page.locator(".leeg").get_by_role("link", name="soorten steun")
    if other.count():
        other.click()
        wait_for_map(page)
    assert page.locator("li.regel").count() > 0
    page.close()
