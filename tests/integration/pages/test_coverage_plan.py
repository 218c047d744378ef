"""New places, two dates side by side, and the page for the council."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.coverage.snapshot import keep_month
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from socialmap.store.snapshots import read_month, save_month
from tests.integration.pages.conftest import CLOCK, Visit, example_rows, look, person_names
from web.app import create_app

PLAN = "/dekking/plan?thema=taal&doelgroep=ouderen&gebied=GM0473&aantal=3"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Store]]:
    """The example map with the state of a year and a month ago, the last one changed by hand."""
    url = f"sqlite:///{tmp_path_factory.mktemp('standen') / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EXAMPLE)
    store = Store.open(url)
    keep_month(store, date(2025, 10, 1))
    keep_month(store, date(2026, 11, 1))
    yield create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client(), store
    store.close()


# ---- new places ----


def test_it_shows_what_the_interface_gives(visit: Visit, clients: dict[str, FlaskClient]) -> None:
    page = visit(PLAN)
    body = {"thema": "taal", "doelgroep": "ouderen", "aantal": 3, "gebied": "GM0473"}
    found = clients["voorbeeld"].post("/api/v1/plaatsing", json=body).get_json()
    places = [
        (float(node.get("data-lon")), float(node.get("data-lat")))
        for node in page.tree.iter("li")
        if node.get("data-lon")
    ]
    assert places == [(one["lon"], one["lat"]) for one in found["plekken"]]
    assert len(places) == 3
    for one in found["plekken"]:
        assert f"{one['nieuw_bereikt_tekst']} mensen" in page.text
        assert (one["naam"] or "Midden in de buurt") in page.text
    assert f"Samen: {found['totaal_nieuw_tekst']} mensen." in page.text
    assert f"bereikt u {found['een_minder_tekst']} mensen minder" in page.text


def test_a_person_is_never_a_place(visit: Visit) -> None:
    text = visit("/dekking/plan?thema=vervoer&aantal=20&straal_m=300").text
    assert not [name for name in person_names() if name in text]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Kies een thema en hoeveel plekken"),
        ("?thema=sociaal_netwerk&aantal=2", "Een nieuwe plek bereikt niemand extra"),
        ("?thema=taal&doelgroep=lhbti&aantal=2", "is niet bekend"),
        ("?thema=taal&aantal=20&straal_m=1500&gebied=GM0473", "U vroeg om 20 plekken"),
        ("?thema=taal&aantal=1", "Zonder deze plek bereikt u"),
    ],
)
def test_it_says_what_there_is_to_say(visit: Visit, query: str, words: str) -> None:
    assert words in visit(f"/dekking/plan{query}").text


@pytest.mark.parametrize(
    "query", ["thema=x", "aantal=0", "aantal=21", "aantal=3.5", "thema=taal,vervoer", "gebied=x"]
)
def test_what_cannot_be_asked_is_refused(visit: Visit, query: str) -> None:
    visit(f"/dekking/plan?{query}", status=400)


# ---- two dates ----


def test_without_an_earlier_month_it_says_so(visit: Visit) -> None:
    assert "Nog niets om te vergelijken" in visit("/dekking/vergelijk").text


def test_it_says_what_opened_and_why(kept: tuple[FlaskClient, Store]) -> None:
    page = look(kept[0], "/dekking/vergelijk?van=2025-10&tot=nu")
    assert "Tussen oktober 2025 en vandaag (22 november 2026)" in page.text
    assert any(head.startswith("Gaten die opengingen") for head in page.headings("h2"))
    assert "Waarom: te lang niet nagekeken is" in page.text
    assert page.html.count('href="/aanbod/') > 3
    # A year ago is the usual month to hold today against.
    assert look(kept[0], "/dekking/vergelijk").text == page.text


def test_months_that_are_equal_have_no_change(kept: tuple[FlaskClient, Store]) -> None:
    page = look(kept[0], "/dekking/vergelijk?van=2026-11&tot=nu&niveau=gemeente")
    assert "Er veranderde niets" in page.text


def test_a_new_rule_is_no_change_in_the_wijk(kept: tuple[FlaskClient, Store]) -> None:
    client, store = kept
    with store.writing() as conn:
        stands = read_month(conn, "2026-11", "iedereen")
        changed = [
            replace(one, regel=0, oordeel="gedekt" if one.oordeel == "onbekend" else one.oordeel)
            for one in stands
        ]
        save_month(conn, "2026-10", changed)
    page = look(client, "/dekking/vergelijk?van=2026-10&tot=2026-11")
    assert "veranderde de regel voor het oordeel" in page.text
    assert "Waarom: de regel voor het oordeel is veranderd." in page.text
    with store.writing() as conn:
        save_month(conn, "2026-10", [])


@pytest.mark.parametrize(
    "query",
    ["van=2020-01", "tot=2020-01", "van=2026-11&tot=2025-10", "niveau=buurt", "doelgroep=lhbti"],
)
def test_a_month_that_is_not_kept_is_refused(kept: tuple[FlaskClient, Store], query: str) -> None:
    look(kept[0], f"/dekking/vergelijk?{query}", 400)


# ---- the council ----


def test_the_council_gets_three_sentences_with_a_source(visit: Visit) -> None:
    page = visit("/dekking/raad?gebied=GM0392")
    (told,) = [n for n in page.tree.iter("div") if n.get("aria-label") == "Tekst om over te nemen"]
    sentences = ["".join(node.itertext()) for node in told.iter("p")]
    assert len(sentences) == 4
    assert sentences[0].startswith("Op 22 november 2026 is in Haarlem bij ")
    assert sentences[3].startswith("Bron: Sociale kaart, 22 november 2026.")
    assert "Wat wij niet weten" in page.headings("h3")


def test_known_ageing_and_unknown_add_up(kept: tuple[FlaskClient, Store]) -> None:
    page = look(kept[0], "/dekking/raad?gebied=GM0392")
    rows = _numbers(page)
    api = kept[0].get("/api/v1/dekking?niveau=wijk&gebied=GM0392").get_json()["gebieden"]
    judged = [row for row in api if row["oordeel"]]
    assert rows
    for name, cells in rows.items():
        own = [row for row in judged if row["naam"] == name]
        ageing = sum(row["verouderd"] for row in own)
        unknown = sum(row["oordeel"] == "onbekend" and not row["verouderd"] for row in own)
        assert cells[:3] == [len(own) - ageing - unknown, ageing, unknown]
        assert sum(cells[3:]) == len(own)
    assert list(rows) == sorted(rows, key=str.casefold)
    assert "Bekend in oktober 2025" in page.text


def test_without_a_state_of_a_year_ago_it_says_so(visit: Visit) -> None:
    page = visit("/dekking/raad")
    assert "Van een jaar geleden is geen stand bewaard." in page.text
    assert all(len(cells) == 3 for cells in _numbers(page).values())


def test_money_and_buildings_hold_offers(visit: Visit) -> None:
    page = visit("/dekking/raad")
    ties = example_rows("relaties")
    shown = {
        row["id"]: row for row in example_rows("actoren") if row["zichtbaarheid"] == "openbaar"
    }
    pays = {
        row["van_id"]
        for row in ties
        if row["soort"] == "financiert"
        and row["feitelijk"] == "feitelijk"
        and {row["van_id"], row["naar_id"]} <= shown.keys()
        and row["zichtbaarheid"] == "openbaar"
        and "gestopt" not in {shown[row["van_id"]]["status"], shown[row["naar_id"]]["status"]}
    }
    table = page.html.split("Geldgever</th>")[1].split("</table>")[0]
    assert pays
    assert (
        set(re.findall(r'<th scope="row"><a class="nl-link" href="/actor/([^"]+)"', table)) == pays
    )


def test_who_has_another_building_elsewhere_does_not_hang_on_this_one(visit: Visit) -> None:
    """The same user counts the same way on the page of the whole map and on that of one area."""
    whole, part = (
        _buildings(visit(f"/dekking/raad{query}").html) for query in ("", "?gebied=GM0473")
    )
    assert part
    assert part.items() <= whole.items()
    assert any(offers > only for offers, only in part.values())


def test_it_names_no_person_and_prints(visit: Visit) -> None:
    page = visit("/dekking/raad")
    assert not [name for name in person_names() if name in page.text]
    assert "data-druk-af" in page.html


def test_an_unknown_area_is_refused(visit: Visit) -> None:
    visit("/dekking/raad?gebied=WK999999", status=400)


def _numbers(page: Any) -> dict[str, list[int]]:
    """Give the numbers of each wijk in the table of what is known."""
    (table,) = [
        node
        for node in page.tree.iter("table")
        if "Wijkteam" in "".join(node.find("thead").itertext())
    ]
    return {
        "".join(row.find("th").itertext()): [
            int(cell.find("span").tail) for cell in row.iter("td") if cell.get("class") == "getal"
        ]
        for row in table.find("tbody").iter("tr")
    }


def _buildings(html: str) -> dict[str, tuple[int, int]]:
    """Give the offers of each building by its actor, and those without another building."""
    table = html.split("Gebouw</th>")[1].split("</table>")[0]
    found = {}
    for row in table.split("<tr>")[1:]:
        key = row.split('href="/actor/')[1].split('"')[0]
        offers, only = re.findall(r"</span>(\d+)</td>", row)
        found[key] = int(offers), int(only)
    return found
