"""Text of people that tries to be more: on every page it is only text, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import requests
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Rol
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.making import Filling
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.browser.conftest import watch
from tests.browser.serving import served
from tests.integration.security.canaries import AREA, all_planted, batch_of
from tests.integration.security.doors import fill, rules
from tests.integration.security.world import SECRET, account_of, map_file, session_of
from web.app import create_app

pytestmark = pytest.mark.browser

STRINGS = Path(__file__).parents[1] / "gegevens" / "xss.txt"
_AT_ONCE = 24
_SIGN = re.compile(r"\{U\+([0-9A-F]{4})\}")
#: What a browser leaves out or lays together when it shows text.
_LOOSE = re.compile(r"[\s\x00-\x1f\u200b\ufeff]+")
#: What the browser itself says of a page that is not there, or of a code guessed too often.
_REFUSED = re.compile("status of (404|429)")
_IDS = {
    "actor_id": ("K-a0",),
    "organization_id": ("K-a0",),
    "aanbod_id": ("K-oa0",),
    "service_id": ("K-oa0",),
    "place_id": ("K-oa0",),
    "sleutel": ("K-a0", "K-oa0"),
    "relatie_id": ("K-t1",),
    "code": (AREA, "EG-XSS"),
    "gebied": (AREA,),
    "inventory_id": ("K-i",),
    "assignment_id": ("K-w",),
    "voorstel_id": ("K-v",),
    "account_id": ("K-acc",),
    "naam": ("aanbod",),
    "term_id": ("sociaal_netwerk",),
    "taxonomy_id": ("themas",),
    "token": ("niets",),
}
_LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  const to = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'srcdoc', 'background'];
  const bad = /^[\\s\\0-\\x1f]*(javascript|vbscript|data:text)/i;
  return {
    fired: typeof window.__xss !== 'undefined',
    handlers: all.filter(e => [...e.attributes].some(a => /^on/i.test(a.name)))
      .map(e => e.outerHTML.slice(0, 200)),
    scripts: [...document.scripts].filter(s => !s.src && !/json/.test(s.type)
      || s.src && new URL(s.src).origin !== location.origin).map(s => s.outerHTML.slice(0, 200)),
    ways: all.filter(e => to.some(n => bad.test(e.getAttribute(n) || '')))
      .map(e => e.outerHTML.slice(0, 200)),
    made: [...document.querySelectorAll('marquee,xmp,plaintext,object,embed,base,iframe,frame,'
      + 'foreignObject,math,applet,video,audio,xss,custom-tag,style,meta[http-equiv],'
      + '[id=__xss],[name=getElementById]')].map(e => e.outerHTML.slice(0, 200)),
    text: document.body.textContent + [...document.querySelectorAll('input,textarea')]
      .map(e => e.value).join(' '),
  };
}"""


def strings() -> list[str]:
    """Read the strings; a sign that would break the line is written as {U+2028}."""
    lines = STRINGS.read_text(encoding="utf-8").splitlines()
    return [_SIGN.sub(lambda found: chr(int(found[1], 16)), line) for line in lines]


def rounds() -> list[list[str]]:
    """Give all strings in lots; in a short run the lot of this day."""
    every = strings()
    lots = [every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE)]
    if os.environ.get("SOCIALMAP_VOLLEDIG"):
        return lots
    return [lots[date.today().toordinal() % len(lots)]]  # noqa: DTZ011 -- any day will do


def plant(file: Path, text: str) -> None:
    """Put a text in every text of every kind of thing."""
    today = Clock().today()
    now = datetime.now(UTC)
    app = create_app(Settings(database=f"sqlite:///{file}", secret=SECRET))
    store = Store.open(f"sqlite:///{file}")
    planted = [one for one in all_planted(today) if one.level <= Niveau.BEHEER]
    batch = batch_of(planted, int(Niveau.BEHEER), old=False, today=today)

    def marked(record: Any) -> Any:
        texts = {
            name: text
            for name in record.__dataclass_fields__
            if isinstance(getattr(record, name), str) and "zqk" in str(getattr(record, name))
        }
        return replace(record, **texts)

    full = Batch(
        actoren=tuple(marked(one) for one in batch.actoren),
        aanbod=tuple(marked(one) for one in batch.aanbod),
        relaties=tuple(marked(one) for one in batch.relaties),
        inventarisaties=batch.inventarisaties,
    )
    with store.writing() as conn:
        places = app.extensions["socialmap"].finder.here.places(conn)
        apply(conn, full, wie="K-acc", now=now - timedelta(hours=1), places=places)
    store.close()
    _plant_beside(file, text, now)


def _plant_beside(file: Path, text: str, now: datetime) -> None:
    stamp = now.isoformat(" ")
    later = (now + timedelta(days=20)).isoformat(" ")
    cells = json.dumps({"naam": text, "omschrijving": text})
    rows = (
        (
            "INSERT INTO account VALUES ('K-acc', 'x@wijk.example', ?, 'professional', '[]', '',"
            " '', 1, '', '', 0, ?)",
            (text, stamp),
        ),
        ("INSERT INTO bron VALUES ('K-bron', ?, ?, 2026, ?)", (text, text, text)),
        (
            "INSERT INTO eigen_woord VALUES ('K-woord', 'thema', ?, 'sociaal_netwerk', 1, 1)",
            (text,),
        ),
        (
            "INSERT INTO mail VALUES ('K-mail', 'klopt', ?, 'x', ?, ?, 'x', ?, ?, ?, 'mislukt',"
            " NULL, NULL, 1, ?, '', 'x', NULL)",
            ("x@wijk.example", text, text, later, stamp, later, text),
        ),
        (
            "INSERT INTO bericht VALUES ('K-ber', 'actoren', 'K-a0', 'klopt niet', '[]', ?, ?)",
            (text, stamp),
        ),
        (
            "INSERT INTO voorstel VALUES ('K-v', 'actoren', 'K-a0', ?, 1, '', ?, 'open', '')",
            (cells, stamp),
        ),
        (
            "INSERT INTO voorstel VALUES ('K-n', 'actoren', '', ?, 0, '', ?, 'open', '')",
            (cells, stamp),
        ),
        (
            "INSERT INTO gebied SELECT 'EG-XSS', ?, 'eigen', jaar, ?, json_array(code), gemeente,"
            " 0, lon, lat, oppervlakte_m2, vorm, vorm_pagina FROM gebied WHERE code = ?",
            (text, text, AREA),
        ),
        ("UPDATE gebied SET naam = ? WHERE code = ?", (text, AREA)),
    )
    with closing(sqlite3.connect(file)) as raw, raw:
        for statement, values in rows:
            raw.execute(statement, values)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file = map_file(tmp_path_factory.mktemp("xss"), Filling.EMPTY, Clock())
    store = Store.open(f"sqlite:///{file}")
    token = session_of(store, account_of(store, Rol.BEHEERDER))
    store.close()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file, token


def pages_of(app: Flask, token: str) -> Iterator[str]:
    """Give the addresses that answer with a page."""
    client = app.test_client()
    if token:
        client.set_cookie("sessie", token)
    ways = {path for rule in rules(app, "GET") for path in fill(app, rule, _IDS)}
    ways |= {"/kaart?wat=actoren", "/netwerk?van=K-a0&stappen=2", "/kaart?tabel=ja"}
    for path in sorted(ways):
        with client.get(path) as answer:
            assert answer.status_code < 500, path
            if answer.mimetype == "text/html" and answer.status_code in (200, 404):
                yield path


def plain(text: str) -> str:
    return _LOOSE.sub("", unicodedata.normalize("NFC", text))


def look(page: Page, address: str) -> dict[str, Any]:
    page.goto(address, wait_until="load")
    if page.locator("[data-kaart], [data-plaat]").count():
        page.locator("[data-klaar]").first.wait_for()
    found: dict[str, Any] = page.evaluate(_LOOK)
    return found


@pytest.mark.parametrize("lot", rounds(), ids=lambda lot: str(len(lot)))
def test_text_of_people_is_only_text(
    browser: Browser, ground: tuple[Path, str], lot: list[str], tmp_path: Path
) -> None:
    base, token = ground
    file = tmp_path / "kaart.db"
    file.write_bytes(base.read_bytes())
    plant(file, "¦".join(lot))
    app = create_app(Settings(database=f"sqlite:///{file}", secret=SECRET))
    wrong: list[tuple[str, str, Any]] = []
    shown: dict[str, int] = {}

    def refuse(dialog: Dialog) -> None:
        wrong.append(("", "dialog", dialog.message))
        dialog.dismiss()

    with served(file, SOCIALMAP_SECRET=SECRET) as address:
        for who in ("", token):
            context = browser.new_context()
            if who:
                context.add_cookies([{"name": "sessie", "value": who, "url": address}])
            page = context.new_page()
            seen = watch(page, address)
            page.on("dialog", refuse)
            for path in pages_of(app, who):
                found = look(page, address + path)
                text = plain(found.pop("text"))
                count = sum(plain(one) in text for one in lot)
                shown[path] = max(count, shown.get(path, 0))
                said = [one for one in seen.complaints if not _REFUSED.search(one)]
                found |= {"said": said, "policy": list(seen.violations), "hosts": seen.elsewhere[:]}
                wrong += [(path, what, value) for what, value in found.items() if value]
                for kept in (seen.complaints, seen.violations, seen.elsewhere):
                    kept.clear()
            context.close()
    assert wrong == []
    # The strings were there, and stood there as they were written.
    for path in ("/actor/K-a0", "/aanbod/K-oa0", "/kaart?wat=actoren", f"/gebied/{AREA}"):
        assert shown[path] == len(lot), path
    assert shown["/beheer/mensen"] == shown["/voorstellen"] == len(lot)
    assert sum(count == len(lot) for count in shown.values()) > 20


def test_a_file_that_is_brought_in_is_only_text(
    browser: Browser, ground: tuple[Path, str], tmp_path: Path
) -> None:
    base, token = ground
    file = tmp_path / "kaart.db"
    file.write_bytes(base.read_bytes())
    lot = [one for text in rounds()[:1] for one in text]
    rows = [["id", "naam", "soort", "status", *lot]]
    rows += [[f"X-{at}", one, one, one, *lot] for at, one in enumerate(lot)]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(rows)
    client = requests.Session()
    client.cookies.set("sessie", token)
    with served(file, SOCIALMAP_SECRET=SECRET) as address:
        sent = client.post(
            f"{address}/beheer/invoer",
            data={"bron": "¦".join(lot)},
            files={"bestanden": ("actoren.csv", written.getvalue().encode(), "text/csv")},
            timeout=30,
        )
        assert sent.status_code == 200
        deadline = monotonic() + 30
        while client.get(f"{sent.url}/stand", timeout=30).json()["bezig"]:
            assert monotonic() < deadline
        context = browser.new_context()
        context.add_cookies([{"name": "sessie", "value": token, "url": address}])
        page = context.new_page()
        seen = watch(page, address)
        for where in (sent.url, f"{address}/beheer/invoer"):
            found = look(page, where)
            text = plain(found.pop("text"))
            assert any(plain(one) in text for one in lot), where
            assert {what: value for what, value in found.items() if value} == {}, where
        context.close()
    assert (seen.violations, seen.elsewhere, seen.complaints) == ([], [], [])


def test_there_are_many_strings() -> None:
    assert len(set(strings())) >= 120
