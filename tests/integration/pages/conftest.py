"""Clients on three maps, and one way to look at a page that no page passes unchecked."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.exchange.importing import import_named_bytes
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from web.app import create_app

EXAMPLE = Path(__file__).parents[3] / "data" / "voorbeeld"
CLOCK = Clock(date(2026, 11, 22))
#: What a person might type to break out of a page.
NASTY = "{{7*7}}<img src=x onerror=alert(1)>${1}"

Rows = list[dict[str, str]]
_POINTS_AT = ("for", "aria-labelledby", "aria-describedby", "headers")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched, parsed and checked."""

    status: int
    html: str
    tree: Any

    @property
    def text(self) -> str:
        """What a reader sees, spaces made single."""
        body = self.tree.find("body")
        return " ".join("".join(body.itertext()).split())

    def links(self) -> set[str]:
        """Addresses on the own host that the page points at."""
        found = {node.get("href", "") for node in self.tree.iter("a")}
        return {address.split("#")[0] for address in found if address.startswith("/")}

    def headings(self, level: str) -> list[str]:
        """Texts of the headings of a level."""
        return [" ".join("".join(node.itertext()).split()) for node in self.tree.iter(level)]


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FlaskClient]:
    """Clients of the empty map, the documented network and the invented example."""
    folder = tmp_path_factory.mktemp("paginas")
    return {filling.value: _client(folder, filling) for filling in Filling}


@pytest.fixture(scope="session")
def nasty_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a map where every text is `NASTY`."""
    folder = tmp_path_factory.mktemp("naar")
    url = f"sqlite:///{folder / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EMPTY)
    store = Store.open(url)
    report = import_named_bytes(store, _nasty_files(), wie="proef", clock=CLOCK)
    store.close()
    assert not report.fouten
    return create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client()


@pytest.fixture(scope="session")
def visit(clients: dict[str, FlaskClient]) -> Visit:
    """Fetch a page of one of the maps, once, and check what must hold for every page."""

    @cache
    def fetch(address: str, kaart: str = "voorbeeld", status: int = 200) -> Page:
        return look(clients[kaart], address, status)

    return fetch


def look(client: FlaskClient, address: str, status: int = 200) -> Page:
    """Fetch a page and check what must hold for every page."""
    answer = client.get(address)
    assert answer.status_code == status, address
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(answer.text)
    assert parser.errors == [], address
    page = Page(answer.status_code, answer.text, tree)
    _check_head(page, address)
    _check_ids(page, address)
    _check_nothing_inline(page, address)
    return page


def example_rows(table: str) -> Rows:
    """Read a table of the example as it stands in its file."""
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def person_names() -> set[str]:
    """Names of the private persons in the example, and of what they offer."""
    persons = {r["id"]: r["naam"] for r in example_rows("actoren") if r["soort"] == "sleutelfiguur"}
    offers = {r["naam"] for r in example_rows("aanbod") if r["actor_id"] in persons}
    assert persons
    return set(persons.values()) | offers


def _client(folder: Path, filling: Filling) -> FlaskClient:
    url = f"sqlite:///{folder / f'{filling.value}.db'}"
    make_map(url, CLOCK, filling)
    return create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client()


def _check_head(page: Page, address: str) -> None:
    heads = page.headings("h1")
    assert len(heads) == 1, address
    title = " ".join("".join(page.tree.find("head").find("title").itertext()).split())
    assert title.startswith(heads[0]), address
    assert page.tree.get("lang") == "nl"


def _check_ids(page: Page, address: str) -> None:
    counted = Counter(node.get("id") for node in page.tree.iter() if node.get("id"))
    assert [key for key, number in counted.items() if number > 1] == [], address
    for node in page.tree.iter():
        for name in _POINTS_AT:
            for target in (node.get(name) or "").split():
                assert target in counted, (address, name, target)


def _check_nothing_inline(page: Page, address: str) -> None:
    for node in page.tree.iter():
        if not isinstance(node.tag, str):
            continue
        assert node.tag != "style", address
        assert node.tag != "script" or node.get("src"), address
        named = {name for name in node.keys() if isinstance(name, str)}  # noqa: SIM118
        assert "style" not in named, address
        assert not {name for name in named if name.startswith("on")}, (address, named)


def _nasty_files() -> list[tuple[str, bytes]]:
    def table(*rows: dict[str, str]) -> bytes:
        lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
        return ("\r\n".join(lines) + "\r\n").encode()

    actor = {
        "naam": NASTY,
        "soort": "wijkteam",
        "omschrijving": NASTY,
        "themas": "taal",
        "doelgroepen": "ouderen",
        "lijn": "1",
        "adres": NASTY,
        "postcode": "",
        "plaats": NASTY,
        "lon": "4.65959",
        "lat": "52.35623",
        "werkgebied": "EG-NAAR",
        "website": "",
        "telefoon": NASTY,
        "email": "",
        "zichtbaarheid": "openbaar",
        "toestemming_op": "",
        "toestemming_doel": "",
        "gecontroleerd_op": "2026-10-01",
        "gecontroleerd_door": NASTY,
        "status": "actief",
        "bron": NASTY,
        "doet": NASTY,
        "doet_niet": NASTY,
        "beslist_zelf": NASTY,
        "overdracht": NASTY,
        "gezocht": NASTY,
    }
    offer = {
        "id": "O-NAAR",
        "actor_id": "A-NAAR",
        "naam": NASTY,
        "omschrijving": NASTY,
        "vorm": "collectief",
        "lijn": "0",
        "themas": "taal",
        "doelgroepen": "ouderen",
        "min_leeftijd": "",
        "max_leeftijd": "",
        "kosten": "0",
        "talen": "nl",
        "adres": NASTY,
        "postcode": "",
        "plaats": NASTY,
        "lon": "4.65959",
        "lat": "52.35623",
        "wanneer": "Tu 10:00-12:00",
        "capaciteit": "",
        "aanmelden": NASTY,
        "gecontroleerd_op": "2026-10-01",
        "status": "actief",
        "bron": NASTY,
    }
    tie = {
        "van_id": "A-NAAR",
        "naar_id": "A-NAAR-2",
        "soort": "werkt_samen",
        "richting": "wederkerig",
        "sterkte": "2",
        "feitelijk": "feitelijk",
        "gecontroleerd_op": "2026-10-01",
        "zichtbaarheid": "openbaar",
        "toelichting": NASTY,
        "bron": NASTY,
    }
    area = {"id": "EG-NAAR", "naam": NASTY, "niveau": "eigen", "leden": "WK039221"}
    return [
        ("gebieden.csv", table(area)),
        ("actoren.csv", table({"id": "A-NAAR", **actor}, {"id": "A-NAAR-2", **actor})),
        ("aanbod.csv", table(offer)),
        ("relaties.csv", table(tie)),
    ]
