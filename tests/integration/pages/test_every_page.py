"""What holds for every page: it is sound, it links to what is there, and it hides what it must."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.integration.pages.conftest import NASTY, Visit, example_rows, look, person_names

ABOUT = (
    "/",
    "/gebieden",
    "/privacy",
    "/toegankelijkheid",
    "/ontwikkelaars",
    "/gegevens",
    "/gemeenten",
    "/netwerk/gemeenten",
    "/kaart",
    "/zoeken",
    "/netwerk",
    "/netwerk/teams",
    "/uitleg/zoeken",
    "/gekeken",
    "/gekeken?gebied=WK039220&thema=taal",
    "/signalen",
    "/signalen/nieuw",
    "/opdrachten",
    "/opdrachten/nieuw",
    "/opdrachten/nieuw?gebied=WK039220&thema=taal&doelgroep=ouderen",
    "/driehoek/WK039220",
    "/dekking/plan",
    "/dekking/plan?thema=taal&aantal=2&gebied=GM0473",
    "/dekking/raad",
    "/dekking/raad?gebied=WK039220",
    "/dekking/vergelijk",
)
PAGES = {
    "leeg": (*ABOUT, "/netwerk/profiel/WK039220", "/gebied/WK039220", "/gebied/GM1980"),
    "netwerk": (
        *ABOUT,
        "/gebied/GM0392",
        "/netwerk/profiel/swt-schalkwijk-1",
        "/netwerk/vertrek/N-SWT",
        "/gebied/swt-schalkwijk-1",
        "/gebied/BU03922001",
        "/gebied/GM1980",
        "/actor/N-SWT",
        "/actor/N-SWT-CENTRUM",
        "/aanbod/N-O-SWT-INFO",
    ),
    "voorbeeld": (
        *ABOUT,
        "/gebied/GM0392",
        "/gebied/WK039220",
        "/gebied/BU03922001",
        "/netwerk/profiel/WK039220",
        "/netwerk/profiel/EG-SCHALKWIJK",
        "/netwerk/vertrek/A001",
        "/gebied/EG-SCHALKWIJK",
        "/gebied/WK047301",
        "/actor/A002",
        "/actor/A087",
        "/aanbod/O001",
        "/aanbod/O132",
        "/gekeken/I001",
        "/gekeken/I002",
        "/signalen?gebied=WK039221",
        "/driehoek/WK039221?sinds=2026-06-01",
    ),
}
ALL = [(kaart, address) for kaart, addresses in PAGES.items() for address in addresses]
_LETTER_CODES = re.compile(r"\b(?:wijkteam|bewonersinitiatief)_|informele_steun|sociaal_netwerk\b")


@pytest.mark.parametrize(("kaart", "address"), ALL)
def test_a_page_is_sound(kaart: str, address: str, visit: Visit) -> None:
    page = visit(address, kaart)
    assert not _LETTER_CODES.search(page.text)
    assert "None" not in page.text


@pytest.mark.parametrize("address", PAGES["voorbeeld"])
def test_no_private_person_is_named(address: str, visit: Visit) -> None:
    html = visit(address).html
    assert [name for name in person_names() if name in html] == []


def test_the_pages_of_private_persons_are_not_there(visit: Visit) -> None:
    for row in example_rows("actoren"):
        if row["soort"] == "sleutelfiguur":
            page = visit(f"/actor/{row['id']}", status=404)
            assert row["naam"] not in page.html


def test_every_link_leads_somewhere(clients: dict[str, FlaskClient], visit: Visit) -> None:
    for kaart, client in clients.items():
        links = set().union(*(visit(address, kaart).links() for address in PAGES[kaart]))
        broken = [link for link in sorted(links) if client.get(link).status_code >= 400]
        assert broken == []


@pytest.mark.parametrize("kaart", ["netwerk", "voorbeeld"])
def test_every_record_and_area_has_a_page(kaart: str, clients: dict[str, FlaskClient]) -> None:
    client = clients[kaart]
    for table, page in (("actoren", "actor"), ("aanbod", "aanbod"), ("gebieden", "gebied")):
        address: str | None = f"/api/v1/{table}?limit=200"
        seen = 0
        while address:
            answer = client.get(address).get_json()
            for record in answer["resultaten"]:
                key = record.get("id") or record["code"]
                fetched = client.get(f"/{page}/{key}")
                assert fetched.status_code == 200, key
                assert "<h1" in fetched.text
                seen += 1
            following = answer["volgende"]
            address = f"/api/v1/{table}?limit=200&cursor={following}" if following else None
        assert seen > 30


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/gebieden",
        "/gebied/EG-NAAR",
        "/gebied/WK039221",
        "/actor/A-NAAR",
        "/actor/A-NAAR-2",
        "/aanbod/O-NAAR",
        "/kaart?wat=actoren",
        "/kaart?wat=aanbod&gebied=EG-NAAR",
    ],
)
def test_text_of_people_comes_back_as_text(address: str, nasty_client: FlaskClient) -> None:
    page = look(nasty_client, address)
    assert NASTY in "".join(page.tree.itertext())
    assert "<img" not in page.html


def test_an_address_that_is_not_there_says_what_to_do(visit: Visit) -> None:
    for address in ("/nee", "/gebied/NIETS", "/actor/NIETS", "/aanbod/NIETS", f"/gebied/{NASTY}"):
        page = visit(address, status=404)
        assert {"/kaart", "/gebieden", "/"} <= page.links()


def test_the_example_says_so_on_every_page_and_the_network_does_not(visit: Visit) -> None:
    for kaart, address in ALL:
        assert ("Voorbeeldkaart" in visit(address, kaart).text) is (kaart == "voorbeeld")
