"""Pages about the map itself, its health, and what shows when the database fails."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from socialmap.exchange.embedded import read_municipalities
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.pages.conftest import CLOCK, Visit, look
from web.app import create_app


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of a map whose database cannot be read any more."""
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EMPTY)
    app = create_app(Settings(database=url, clock=CLOCK, secret="x" * 32))

    def fail(_store: Store) -> NoReturn:
        raise OSError("schijf weg: /geheim/pad")

    monkeypatch.setattr(Store, "reading", fail)
    return app.test_client()


def test_it_is_healthy_when_the_database_answers(clients: dict[str, FlaskClient]) -> None:
    answer = clients["netwerk"].get("/gezond")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_not_healthy_when_the_database_is_away(broken: FlaskClient) -> None:
    answer = broken.get("/gezond")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 503
    assert "geheim" not in answer.text


@pytest.mark.parametrize("address", ["/", "/gebieden", "/gebied/GM0392", "/gegevens", "/kaart"])
def test_a_fault_of_ours_still_gives_a_page(address: str, broken: FlaskClient) -> None:
    page = look(broken, address, 500)
    assert "Er ging bij ons iets mis" in page.text
    assert "Nummer van deze fout" in page.text
    assert "geheim" not in page.html
    assert "Traceback" not in page.html


def test_a_leak_can_be_reported(clients: dict[str, FlaskClient]) -> None:
    answer = clients["netwerk"].get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"].startswith("https://")
    left = datetime.fromisoformat(fields["Expires"]) - CLOCK.now()
    assert 30 < left.days < 366


def test_the_contact_of_security_txt_is_a_place_on_the_page(visit: Visit) -> None:
    assert "Een lek melden" in visit("/privacy").headings("h2")
    assert any(node.get("id") == "melden" for node in visit("/privacy").tree.iter())


def test_the_data_page_names_every_document(visit: Visit) -> None:
    text = visit("/gegevens", "netwerk").text
    for title in ("Uitgangspunten Sociaal Wijkteam", "Uit het doolhof", "Stakeholderanalyse"):
        assert title in text
    assert "130 buurten, 25 wijken, 9 teamgebieden en 9 gemeenten" in text
    assert "De grenzen komen van het CBS en het Kadaster. © CBS / Kadaster, CC BY 4.0." in text
    assert "De gemeente bepaalt welke buurten bij een team horen." in text


@pytest.mark.parametrize("address", ["/gegevens", "/gemeenten", "/actor/N-SWT", "/gebied/GM0392"])
def test_a_document_is_named_in_words_and_not_by_number(address: str, visit: Visit) -> None:
    text = visit(address, "netwerk").text
    assert not re.search(r"[Dd]ocument(?:en)? 00\d|\b00\d,|bijlage [a-z]\b", text)


def test_every_field_of_every_municipality_is_shown(visit: Visit) -> None:
    table = read_municipalities()
    query = "&".join(f"kies={row['code']}" for row in table.rijen)
    text = visit(f"/gemeenten?{query}", "netwerk").text
    for row in table.rijen:
        for field in table.velden:
            if field.naam in ("code", "inwoners"):
                continue
            said = row[field.naam]
            if field.naam == "bron":
                assert said.startswith("001, ")
                said = said.removeprefix("001, ")
            for part in said.split("|"):
                assert " ".join(part.split()) in text, (row["naam"], field.naam)


def test_two_municipalities_stand_side_by_side_unless_more_are_chosen(visit: Visit) -> None:
    def columns(address: str) -> int:
        head = next(n for n in visit(address, "netwerk").tree.iter("thead"))
        return sum(1 for _ in head.iter("th")) - 1

    assert columns("/gemeenten") == 2
    assert columns("/gemeenten?kies=GM0392&kies=GM0375&kies=GM0396") == 3
    assert columns("/gemeenten?kies=NIETS") == 2
