"""
Walk the steps of the three manuals on the example, and make their pictures.

With SOCIALMAP_BEELDEN=1 each picture is written to docs/handleiding/beeld; without it the steps
are walked all the same.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from socialmap.accounts import inviting, signing_in
from socialmap.domain.roles import Account, Rol
from socialmap.store.engine import Store
from tests.browser.conftest import DAY, SIZES, wait_for_map
from tests.browser.serving import served
from web.pages.manual import manual_folder

pytestmark = pytest.mark.browser

_SECRET = "handleiding " * 4
#: A picture is light enough for a phone.
_MOST_BYTES = 120_000
_PICTURE = re.compile(r"!\[([^\]]+)\]\(beeld/([a-z-]+\.png)\)")
MANUALS = ("opbouwwerker", "professional", "gebiedsmanager")
Visitor = Callable[[Rol | None, int], Page]


@pytest.fixture(scope="module")
def file(maps: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("handleiding") / "kaart.db"
    shutil.copy(maps["voorbeeld"], copy)
    return copy


@pytest.fixture(scope="module")
def accounts(file: Path) -> dict[Rol, Account]:
    made = {}
    with closing(Store.open(f"sqlite:///{file}")) as store:
        for rol in (Rol.OPBOUWWERKER, Rol.GEBIEDSMANAGER):
            name = rol.value.capitalize()
            asked = Account(id="", email=f"{rol}@wijk.example", naam=name, rol=rol)
            now, secret = datetime.now(UTC), inviting.new_totp()
            made[rol], _ = inviting.take_up(
                store,
                inviting.invite(store, "", asked, now).token,
                email="",
                password="vier losse woorden hier",  # noqa: S106 -- of nobody
                totp=secret,
                code=inviting.pyotp.TOTP(secret).now(),
                now=now,
            )
    return made


@pytest.fixture(scope="module")
def address(file: Path, accounts: dict[Rol, Account]) -> Iterator[str]:
    assert accounts
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAP_SECRET=_SECRET) as found:
        yield found


@pytest.fixture
def visit(
    browser: Browser, file: Path, address: str, accounts: dict[Rol, Account]
) -> Iterator[Visitor]:
    contexts = []

    def come(rol: Rol | None, width: int) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, base_url=address
        )
        contexts.append(context)
        if rol is not None:
            with closing(Store.open(f"sqlite:///{file}")) as store:
                token, _ = signing_in.open_session(store, _SECRET, accounts[rol], datetime.now(UTC))
            context.add_cookies([{"name": "sessie", "value": token, "url": address}])
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def _picture(page: Page, name: str) -> None:
    taken = page.screenshot(animations="disabled")
    if os.environ.get("SOCIALMAP_BEELDEN") == "1":
        (manual_folder() / "beeld" / f"{name}.png").write_bytes(taken)


def _is_headed(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@pytest.mark.parametrize("manual", MANUALS)
def test_each_picture_is_there_and_says_what_is_to_be_seen(manual: str) -> None:
    folder = manual_folder()
    pictures = _PICTURE.findall((folder / f"{manual}.md").read_text("utf-8"))
    assert len(pictures) >= 3
    for said, name in pictures:
        assert len(said.split()) >= 5
        content = (folder / "beeld" / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < _MOST_BYTES


def test_no_picture_is_left_over() -> None:
    folder = manual_folder()
    texts = "".join((folder / f"{manual}.md").read_text("utf-8") for manual in MANUALS)
    named = {name for _, name in _PICTURE.findall(texts)}
    assert {path.name for path in (folder / "beeld").iterdir()} == named


def test_something_new_on_the_street(visit: Visitor) -> None:
    page = visit(Rol.OPBOUWWERKER, 390)
    page.goto("/bijwerken")
    page.get_by_role("link", name="Nieuw op straat").click()
    wait_for_map(page)
    page.get_by_label("Hoe heet het?").fill("Soepgroep de Dreef")
    page.locator(".keuzes__keus", has_text="Bewonersinitiatief").click()
    page.locator(".keuzes__keus", has_text="Contact").click()
    expect(page.get_by_role("button", name="Ik sta er nu")).to_be_visible()
    page.evaluate("window.scrollTo(0, 0)")
    _picture(page, "nieuw-op-straat")
    page.locator("#veld-plek").fill("Molenwijk")
    page.get_by_role("button", name="Bewaar").click()
    _is_headed(page, "Opgeslagen")
    _picture(page, "opgeslagen")
    page.get_by_role("button", name="Zet op de kaart").click()
    _is_headed(page, "Soepgroep de Dreef")


def test_checking_and_around_the_corner(visit: Visitor) -> None:
    page = visit(Rol.OPBOUWWERKER, 390)
    page.goto("/bijwerken")
    rows = page.locator("ol.bijwerk > li")
    first = rows.first.get_by_role("link").first.inner_text()
    expect(rows.first.get_by_role("link", name="Verander")).to_be_visible()
    _picture(page, "bijwerken")
    rows.first.get_by_role("button", name="Klopt").click()
    expect(rows.first.get_by_role("link").first).not_to_have_text(first)
    page.get_by_role("link", name="Hier om de hoek").click()
    page.get_by_label(re.compile("buurt", re.IGNORECASE)).first.fill("Molenwijk")
    page.keyboard.press("Enter")
    expect(rows.first.get_by_role("button", name="Klopt")).to_be_visible()
    _picture(page, "om-de-hoek")


def test_a_proposal_is_answered(visit: Visitor) -> None:
    resident = visit(None, 390)
    resident.goto("/bijwerken/nieuw")
    wait_for_map(resident)
    resident.get_by_label("Hoe heet het?").fill("Haakclub Zonnehoek")
    resident.locator(".keuzes__keus", has_text="Bewonersinitiatief").click()
    resident.locator(".keuzes__keus", has_text="Contact").click()
    resident.locator("#veld-plek").fill("Molenwijk")
    resident.get_by_role("button", name="Bewaar").click()
    _is_headed(resident, "Opgeslagen")
    page = visit(Rol.OPBOUWWERKER, 1280)
    page.goto("/bijwerken")
    page.get_by_role("link", name=re.compile("(wacht|wachten) op een antwoord")).click()
    _is_headed(page, "Voorstellen")
    expect(page.get_by_role("button", name="Niet doen").first).to_be_visible()
    _picture(page, "voorstellen")
    page.get_by_role("button", name="Zet op de kaart: Nieuw: Haakclub Zonnehoek").or_(
        page.get_by_role("button", name="Zet op de kaart: Haakclub Zonnehoek")
    ).click()
    page.goto("/bijwerken")
    expect(page.get_by_text("wacht op een antwoord")).to_have_count(0)


def test_consent_is_asked(visit: Visitor) -> None:
    page = visit(Rol.OPBOUWWERKER, 390)
    page.goto("/bijwerken")
    page.get_by_role("link", name="Vraag een sleutelfiguur om toestemming").click()
    _is_headed(page, "Toestemming vragen")
    for group in page.locator(".voorlezen fieldset").all():
        group.get_by_text("Ja", exact=True).first.click()
    page.evaluate("document.querySelector('.voorlezen__vraag').scrollIntoView()")
    _picture(page, "toestemming")
    page.get_by_label("Voornaam of rol").fill("Gastvrouw van de flat")
    page.get_by_label("In welke wijk of buurt?").select_option(index=1)
    page.get_by_label("Voor welke organisatie vraagt u dit?").fill("Het wijkteam")
    page.get_by_role("button", name="Bewaar en maak het kaartje").click()
    _is_headed(page, "Geef dit kaartje mee")


def test_support_is_found_and_a_sheet_is_made(visit: Visitor) -> None:
    page = visit(None, 1280)
    page.goto("/zoeken")
    wait_for_map(page)
    page.get_by_label("Wat zegt de bewoner?").fill("Ik zie wekenlang niemand")
    page.locator("#zoek-plek").fill("2036")
    page.locator(".zoekvorm__zoek").click()
    expect(page.locator("#zoek-kop")).to_contain_text("keer steun")
    page.wait_for_load_state("networkidle")
    _picture(page, "zoeken")
    page.get_by_role("button", name="In het mandje").first.click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Maak een blad voor de bewoner").click()
    sheet = opened.value
    expect(sheet.get_by_role("button", name="Bewaar als PDF")).to_be_visible()
    _picture(sheet, "blad")
    sheet.get_by_role("button", name="Maak het blad neutraal").click()
    expect(sheet.get_by_role("button", name="Toon ook de namen")).to_be_visible()


def test_a_signal_is_reported(visit: Visitor) -> None:
    page = visit(None, 390)
    page.goto("/")
    page.locator("footer").get_by_role("link", name="Signalen").click()
    page.get_by_role("link", name="Meld een signaal").first.click()
    page.locator("#veld-plek").fill("Molenwijk")
    page.locator("#veld-thema").select_option(label="Vervoer")
    page.locator(".keuzes__keus").first.click()
    page.evaluate("window.scrollTo(0, 0)")
    _picture(page, "signaal")
    page.get_by_role("button", name="Meld", exact=True).click()
    _is_headed(page, "Bedankt voor uw melding")
    expect(page.locator(".antwoordcode")).to_be_visible()


def test_a_gap_is_read_and_looked_at(visit: Visitor) -> None:
    page = visit(Rol.GEBIEDSMANAGER, 1280)
    page.goto("/dekking?thema=taal&doelgroep=ouderen")
    wait_for_map(page)
    _is_headed(page, "Wie bereikt wat?")
    _picture(page, "dekking")
    page.goto("/dekking/WK039220")
    expect(page.get_by_role("heading", name="Wat wij niet weten")).to_be_visible()
    _picture(page, "wijk")
    phone = visit(Rol.GEBIEDSMANAGER, 390)
    phone.goto("/gekeken?gebied=WK039220&thema=taal&doelgroep=ouderen")
    for words in ("Bewoners", "Kerk of moskee", "Niets gevonden"):
        phone.locator(".keuzes__keus", has_text=words).first.click()
    phone.get_by_label("U bent").select_option("gebiedsmanager")
    _picture(phone, "gekeken")
    phone.get_by_role("button", name="Bewaar").click()
    _is_headed(phone, re.compile("niets gevonden"))


def test_an_assignment_is_agreed(visit: Visitor) -> None:
    page = visit(Rol.GEBIEDSMANAGER, 1280)
    page.goto("/signalen?gebied=WK039221")
    page.get_by_role("link", name="Maak een wijkopdracht").first.click()
    page.get_by_label("Wat gaat u doen?").select_option("nieuw_aanbod")
    page.get_by_label("Sociaal en fysiek").check()
    page.get_by_label("Wie is de eigenaar?").select_option("gebiedsmanager")
    page.get_by_label("Eerste stap").select_option("geld_regelen")
    page.get_by_label("Klaar op").fill("2027-02-01")
    page.evaluate("window.scrollTo(0, 0)")
    _picture(page, "opdracht")
    page.get_by_role("button", name="Spreek af").click()
    expect(page.locator("main")).to_contain_text("De opdracht staat op de lijst van de eigenaar.")
