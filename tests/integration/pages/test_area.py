"""The page of an area: begins with what is strong, and is honest about what is not known."""

from __future__ import annotations

import itertools
import re

import pytest
from flask.testing import FlaskClient

from tests.integration.pages.conftest import NASTY, Visit, example_rows, look


def test_it_begins_with_what_is_strong(visit: Visit) -> None:
    page = visit("/gebied/WK039220")
    heads = page.headings("h2")
    assert heads[0] == "Wat hier sterk is"
    assert heads.index("Wat hier sterk is") < heads.index("Wie werkt hier?")
    assert "doen bewoners en vrijwilligers zelf mee" in page.text


def test_an_area_of_which_nothing_is_known_says_so(visit: Visit) -> None:
    page = visit("/gebied/WK039220", "leeg")
    assert "Wij weten hier nog niets" in page.text
    assert "Dat is iets anders dan: er is niets" in page.text
    assert "/gebied/GM0392" in page.links()
    assert "Wat hier sterk is" not in page.text


def test_documented_facts_are_not_said_as_how_it_is_now(visit: Visit) -> None:
    text = visit("/gebied/GM0392", "netwerk").text
    assert "doen bewoners en vrijwilligers zelf mee" not in text
    assert "Alles van hier komt uit documenten. Niemand heeft het nagekeken." in text


def test_a_team_says_its_mandate(visit: Visit) -> None:
    text = visit("/gebied/swt-centrum", "netwerk").text
    assert "Volgens bron uit 2014" not in text.partition("Wie werkt hier?")[0]
    for question in ("Doet niet", "Beslist zelf", "Zo draagt u over"):
        assert question in text
    assert "dat doet het CJG" in text


def test_it_says_what_groups_look_for_and_how_sure_that_is(nasty_client: FlaskClient) -> None:
    page = look(nasty_client, "/gebied/EG-NAAR")
    assert "Wat groepen hier zoeken" in page.headings("h2")
    asked = next(n for n in page.tree.iter("ul") if n.get("class") == "gezocht")
    said = " ".join("".join(asked.itertext()).split())
    assert f"{NASTY} zoekt: Nagekeken okt 2026 {NASTY}" in said


def test_no_document_is_said_to_ask_for_anything(visit: Visit) -> None:
    assert "Wat groepen hier zoeken" not in visit("/gebied/GM0392", "netwerk").headings("h2")


def test_the_list_of_areas_counts_as_the_page_of_an_area_does(visit: Visit) -> None:
    said = {}
    for node in visit("/gebieden").tree.iter():
        children = list(node)
        for link, count in itertools.pairwise(children):
            if (link.get("href") or "").startswith("/gebied/") and count.tag == "span":
                numbers = re.findall(r"\d+", "".join(count.itertext()))
                said[link.get("href")] = sum(map(int, numbers))
    codes = ("WK039221", "WK039220", "BU03922001", "swt-schalkwijk-1", "EG-SCHALKWIJK", "GM0392")
    for code in codes:
        text = visit(f"/gebied/{code}").text
        known = re.search(r"(\d+) gegevens (?:is|zijn)", text)
        assert known is not None, code
        assert said[f"/gebied/{code}"] == int(known[1]) > 0, code


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("WK039220", "Cijfers van wijk Molenwijk. Bron: CBS, 2024."),
        (
            "BU03922001",
            "zelf zijn hier geen cijfers. Dit zijn die van wijk Molenwijk als geheel.",
        ),
        ("WK047301", "Dit zijn die van gemeente Zandvoort als geheel. Bron: CBS, 2021."),
        ("GM1980", "Heerhugowaard hoort sinds 2022 bij Dijk en Waard."),
        ("swt-centrum", "Dit zijn de wijken waar het in ligt."),
    ],
)
def test_figures_say_whose_they_are_and_of_which_year(code: str, said: str, visit: Visit) -> None:
    assert said in visit(f"/gebied/{code}", "netwerk").text


def test_numbers_of_persons_are_tens(visit: Visit) -> None:
    for code in ("WK039220", "GM0392", "swt-oost-1"):
        page = visit(f"/gebied/{code}", "netwerk")
        found = re.findall(r"ongeveer ([\d.]+) (?:mensen|huishoudens)", page.text)
        tiles = [n for n in page.tree.iter("dd") if n.get("class") == "cijfertegel__waarde"]
        found += [n.text for n in tiles if n.text and re.fullmatch(r"[\d.]+", n.text)]
        assert all(int(number.replace(".", "")) % 10 == 0 for number in found)
        assert found or code == "swt-oost-1"


def test_an_offer_of_a_stopped_actor_is_nowhere_in_the_area(visit: Visit) -> None:
    stopped = {r["id"] for r in example_rows("actoren") if r["status"] == "gestopt"}
    offers = [r for r in example_rows("aanbod") if r["actor_id"] in stopped]
    assert offers
    page = visit("/gebied/GM0392")
    for offer in offers:
        assert f"/aanbod/{offer['id']}" not in page.links()
    for key in stopped:
        assert f"/actor/{key}" not in page.links()


def test_a_placed_offer_stands_in_its_own_areas_only(visit: Visit) -> None:
    # O001 stands in Meerwijk (WK039221).
    assert "/aanbod/O001" in visit("/gebied/WK039221").links()
    assert "/aanbod/O001" in visit("/gebied/EG-SCHALKWIJK").links()
    assert "/aanbod/O001" not in visit("/gebied/WK039220").links()


def test_breadcrumbs_go_from_gemeente_through_wijk(visit: Visit) -> None:
    page = visit("/gebied/BU03922001")
    trail = next(n for n in page.tree.iter("nav") if n.get("aria-label") == "Kruimelpad")
    links = [node.get("href") for node in trail.iter("a")]
    assert links == ["/", "/gebieden", "/gebied/GM0392", "/gebied/WK039220"]


def test_sources_stand_at_the_foot(visit: Visit) -> None:
    page = visit("/gebied/GM0392", "netwerk")
    assert page.headings("h2")[-1] == "Waar komt dit vandaan?"
    assert "Evaluatie Sociaal Wijkteams Haarlem en Zandvoort, AEF, 2020" in page.text
    assert "6.1 De sociale basis" in page.text


def test_all_areas_are_reached_by_link_with_what_is_known(visit: Visit) -> None:
    page = visit("/gebieden")
    links = page.links()
    assert sum(link.startswith("/gebied/BU") for link in links) == 130
    assert sum(link.startswith("/gebied/WK") for link in links) == 25
    assert sum(link.startswith("/gebied/GM") for link in links) == 9
    assert sum(link.startswith("/gebied/swt-") for link in links) == 9
    assert {"/gebied/EG-OOST", "/gebied/EG-SCHALKWIJK"} <= links
    assert "nog niets bekend" in visit("/gebieden", "leeg").text
