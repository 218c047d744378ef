"""Mail to contacts in the browser: the page behind the link at desk and phone, and the outbox."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from socialmap.accounts import inviting, signing_in
from socialmap.domain.clock import Clock
from socialmap.domain.mail import Mail, Mailsoort, mail_link, mail_token, token_print
from socialmap.domain.roles import Account, Rol
from socialmap.editing.mail_round import make_due, records_to_ask
from socialmap.store.engine import Store
from socialmap.store.mails import add_mail, list_mails
from tests.browser.conftest import DAY, watch
from tests.browser.serving import served

pytestmark = pytest.mark.browser

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_SECRET = "browserproef " * 4


@pytest.fixture(scope="module")
def file(maps: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("post") / "kaart.db"
    shutil.copy(maps["voorbeeld"], copy)
    return copy


@pytest.fixture(scope="module")
def mails(file: Path) -> list[Mail]:
    """What it is time for on the example, the contact with most records first, and a person."""
    with closing(Store.open(f"sqlite:///{file}")) as store, store.writing() as conn:
        make_due(conn, _SECRET, Clock(DAY).now())
        asked = [(len(records_to_ask(conn, mail.aan, DAY)), mail) for mail in list_mails(conn, 200)]
        found = [mail for _, mail in sorted(asked, key=lambda one: (-one[0], one[1].id))]
        person = replace(
            found[0],
            id="proef",
            soort=Mailsoort.TOESTEMMING,
            adres="proef",
            afdruk=token_print(mail_token(_SECRET, "proef")),
        )
        add_mail(conn, person)
    return [*found, person]


@pytest.fixture(scope="module")
def session(file: Path) -> str:
    """A session of an administrator."""
    now, totp = datetime.now(UTC), inviting.new_totp()
    asked = Account(id="", email="beheer@wijk.example", naam="Proef", rol=Rol.BEHEERDER)
    with closing(Store.open(f"sqlite:///{file}")) as store:
        account, _ = inviting.take_up(
            store,
            inviting.invite(store, "", asked, now).token,
            email="",
            password="vier losse woorden hier",  # noqa: S106 -- of nobody
            totp=totp,
            code=pyotp.TOTP(totp).now(),
            now=now,
        )
        return signing_in.open_session(store, _SECRET, account, now)[0]


@pytest.fixture(scope="module")
def address(file: Path, mails: list[Mail], session: str) -> Iterator[str]:
    assert mails
    assert session
    with served(file, SOCIALMAP_PEILDATUM=DAY.isoformat(), SOCIALMAP_SECRET=_SECRET) as found:
        yield found


def check(page: Page) -> None:
    found = Axe().run(page, options=_RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_pages_have_no_barrier(
    browser: Browser, address: str, mails: list[Mail], session: str, size: dict[str, int]
) -> None:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    seen = watch(page, address)
    for mail in (mails[0], mails[-1]):
        page.goto(mail_link(mail, _SECRET, address))
        for choice in page.locator("input[value='klopt niet']").all()[:1]:
            choice.check(force=True)
        check(page)
    page.goto(f"{address}/klopt/onbekend")
    check(page)
    context.add_cookies([{"name": "sessie", "value": session, "url": address}])
    for path in ("/beheer/post", "/bijwerken"):
        page.goto(address + path)
        for closed in page.locator("details.postmail").all()[:1]:
            closed.locator("summary").click()
        check(page)
    context.close()
    assert (seen.elsewhere, seen.violations) == ([], [])
    # The browser itself reports the link that does not work as an error of the console.
    assert [c for c in seen.complaints if "410" not in c] == []


def test_a_contact_answers_by_keyboard_without_javascript(
    browser: Browser, address: str, mails: list[Mail]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(mail_link(mails[1], _SECRET, address))
    first = page.locator(".kloptvak").first
    assert not first.locator("textarea").is_visible()
    first.locator("input[value='klopt']").focus()
    page.keyboard.press("ArrowRight")
    assert first.locator("textarea").is_visible()
    first.get_by_label("De tijden").check()
    first.locator("textarea").fill("Op vrijdag")
    page.get_by_role("button", name="Stuur mijn antwoord").click()
    assert page.get_by_role("heading", name="Dank u wel").is_visible()
    page.goto(mail_link(mails[1], _SECRET, address))
    assert page.get_by_role("heading", name="Deze link werkt niet").is_visible()
    context.close()
