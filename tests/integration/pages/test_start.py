"""The first page: three doors, what is known, and how to begin."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.integration.pages.conftest import Visit


def test_three_doors_lead_on(visit: Visit) -> None:
    page = visit("/")
    doors = page.headings("h2")
    for door in (
        "Ik breng de wijk in kaart",
        "Ik zoek steun voor een bewoner",
        "Ik kijk naar mijn gebied",
    ):
        assert door in doors
    assert "/kaart?versheid=oud&versheid=nooit&versheid=bron" in page.links()


def test_the_door_for_a_resident_leads_to_the_search_by_post(visit: Visit) -> None:
    page = visit("/")
    forms = [form for form in page.tree.iter("form") if form.get("action") == "/zoeken"]
    assert [form.get("method") for form in forms] == ["post"]
    assert [node.get("name") for form in forms for node in form.iter("select")] == ["themas"]
    assert "/zoeken" in page.links()


def test_the_choice_of_an_area_leads_to_its_page(clients: dict[str, FlaskClient]) -> None:
    answer = clients["voorbeeld"].get("/gebied?code=WK039220")
    assert (answer.status_code, answer.location) == (302, "/gebied/WK039220")
    assert clients["voorbeeld"].get("/gebied?code=").location == "/gebieden"


def test_the_choice_of_an_area_stays_on_this_host(clients: dict[str, FlaskClient]) -> None:
    for code in ("https://elders.example", "//elders.example", "/../x", "\\\\elders.example"):
        location = clients["voorbeeld"].get("/gebied", query_string={"code": code}).location
        assert location.startswith("/gebied/")


def test_the_parts_of_the_bar_are_all_there_is(
    clients: dict[str, FlaskClient], visit: Visit
) -> None:
    client = clients["voorbeeld"]
    in_use = "status=actief&status=gepauzeerd"
    totals = [
        client.get(f"/api/v1/{table}?limit=1&{in_use}").get_json()["totaal"]
        for table in ("actoren", "aanbod")
    ]
    words = r"(\d+) (?:dit jaar nagekeken|veroudert|lang niet nagekeken|nooit nagekeken|alleen uit)"
    parts = [int(number) for number in re.findall(words, visit("/").text)]
    assert sum(parts) == sum(totals)


def test_an_empty_map_offers_the_example_and_the_import(visit: Visit) -> None:
    text = visit("/", "leeg").text
    assert "De kaart is nog leeg" in text
    assert "scripts/start --voorbeeld" in text
    assert "socialmap import" in text
    assert "De kaart is nog leeg" not in visit("/", "netwerk").text
