"""The network: picture, map and table say the same, filters hold, and nobody hidden is in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.areas import read_shapes
from socialmap.store.engine import Store
from tests.integration.pages.conftest import NASTY, Page, Visit, example_rows, look, person_names
from web.app import create_app

SVG = "{http://www.w3.org/2000/svg}"
CLOCK = Clock(date(2026, 11, 22))
MANY = 620
STATES = (
    "",
    "soort=bewonersinitiatief&soort=informele_steun",
    "lijn=0",
    "lijn=1&lijn=2&sterkte=3",
    "relatiesoort=werkt_samen",
    "feitelijk=feitelijk&versheid=vers",
    "gebied=WK039221",
    "van=A001&stappen=1",
    "van=A001&stappen=2",
    "van=A001&stappen=3&soort=wijkteam",
    "gebied=GM0473&sterkte=1",
)
CASES = [("voorbeeld", state) for state in STATES] + [
    ("netwerk", state)
    for state in ("", "feitelijk=gewenst", "versheid=bron&soort=partner", "gebied=GM0402")
]


def _nodes(page: Page) -> list[Any]:
    return [node for node in page.tree.iter(f"{SVG}a") if "knoop" in node.get("class", "").split()]


def _picture_ids(page: Page) -> set[str]:
    return {node.get("data-id") for node in _nodes(page)}


def _picture_ties(page: Page) -> dict[str, tuple[frozenset[str], bool]]:
    """Give the two ends of each tie in the picture, and whether it is a wish."""
    found = {}
    for line in page.tree.iter(f"{SVG}path"):
        ends = frozenset((line.get("data-van"), line.get("data-naar")))
        for tie in (line.get("data-banden") or "").split():
            assert tie not in found
            found[tie] = (ends, "band--gewenst" in line.get("class"))
    return found


def _rows(page: Page, name: str) -> dict[str, Any]:
    rows = [row for row in page.tree.iter("tr") if row.get(name)]
    found = {row.get(name): row for row in rows}
    assert len(found) == len(rows)
    return found


def _cells(row: Any) -> list[str]:
    return [" ".join("".join(cell.itertext()).split()) for cell in row]


def _table_ties(page: Page) -> dict[str, tuple[frozenset[str], bool]]:
    return {
        tie: (frozenset((row.get("data-van"), row.get("data-naar"))), _cells(row)[5] == "gewenst")
        for tie, row in _rows(page, "data-band").items()
    }


@pytest.mark.parametrize(("kaart", "state"), CASES)
def test_the_table_says_exactly_what_the_picture_shows(
    kaart: str, state: str, visit: Visit
) -> None:
    page = visit(f"/netwerk?{state}", kaart)
    assert len(_nodes(page)) == len(_picture_ids(page)) > 0
    assert set(_rows(page, "data-id")) == _picture_ids(page)
    assert _table_ties(page) == _picture_ties(page)
    rows = _rows(page, "data-id")
    for node in _nodes(page):
        cells = _cells(rows[node.get("data-id")])
        said = node.get("aria-label")
        assert said.startswith(f"{cells[0]}, {cells[1]}, ")
        assert cells[2] == node.get("data-banden")
        ties = {"0": "geen banden", "1": "1 band"}.get(cells[2], f"{cells[2]} banden")
        assert f", {ties}" in said
        lost = re.match(r"(\d+) raa?k", cells[3])
        held = re.search(r"houdt (\d+) ander", said)
        assert (lost and lost[1]) == (held and held[1])


@pytest.mark.parametrize("kaart", ["voorbeeld", "netwerk"])
def test_without_filters_it_is_the_network_of_the_interface(
    kaart: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    page = visit("/netwerk", kaart)
    whole = clients[kaart].get("/api/v1/netwerk").get_json()
    assert _picture_ids(page) == {node["id"] for node in whole["nodes"]}
    assert _picture_ties(page) == {
        link["id"]: (frozenset((link["source"], link["target"])), link["feitelijk"] == "gewenst")
        for link in whole["links"]
    }
    keys = clients[kaart].get("/api/v1/netwerk/sleutelposities").get_json()["sleutelposities"]
    lost = {key["actor_id"]: key["raakt_los"] for key in keys}
    said = {key: _cells(row)[3] for key, row in _rows(page, "data-id").items()}
    assert {key for key, words in said.items() if words != "–"} == set(lost)
    assert all(said[key].startswith(f"{count} ") for key, count in lost.items())


@pytest.mark.parametrize(
    ("name", "value", "of_links"),
    [
        ("soort", "wijkteam", False),
        ("lijn", "0", False),
        ("relatiesoort", "leidt_toe", True),
        ("sterkte", "2", True),
        ("feitelijk", "gewenst", True),
    ],
)
def test_a_filter_keeps_what_it_names(
    name: str, value: str, of_links: bool, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    whole = clients["netwerk"].get("/api/v1/netwerk").get_json()
    field = {"relatiesoort": "soort"}.get(name, name)
    page = visit(f"/netwerk?{name}={value}", "netwerk")
    nodes = {n["id"] for n in whole["nodes"] if of_links or str(n[field]) == value}
    links = {
        link["id"]
        for link in whole["links"]
        if {link["source"], link["target"]} <= nodes and (not of_links or str(link[field]) == value)
    }
    assert _picture_ids(page) == nodes
    assert set(_picture_ties(page)) == links
    assert 0 < len(nodes) + len(links) < len(whole["nodes"]) + len(whole["links"])
    # One click takes the filter away again.
    assert "/netwerk" in page.links()


def test_a_filter_that_is_no_code_is_refused(visit: Visit) -> None:
    for state in ("soort=niets", "stappen=9", "gebied=EG-NIETS", "als=weg", "van=" + "x" * 300):
        visit(f"/netwerk?{state}", status=400)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_steps_around_an_actor_are_counted_over_actual_ties(
    steps: int, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    links = clients["voorbeeld"].get("/api/v1/netwerk").get_json()["links"]
    reached = {"A001"}
    for _ in range(steps):
        reached |= {
            end
            for link in links
            if reached & {link["source"], link["target"]}
            for end in (link["source"], link["target"])
        }
    assert _picture_ids(visit(f"/netwerk?van=A001&stappen={steps}")) == reached


@pytest.mark.parametrize("path", ["/netwerk", "/netwerk/keuze", "/netwerk/lijnen"])
def test_nobody_who_is_hidden_can_be_had(path: str, clients: dict[str, FlaskClient]) -> None:
    client = clients["voorbeeld"]
    persons = [r for r in example_rows("actoren") if r["soort"] == "sleutelfiguur"]
    for name in ("van", "naar", "zonder"):
        for row in persons:
            answer = client.get(f"{path}?{name}={row['id']}")
            assert answer.status_code == 404
            assert row["naam"] not in answer.text
    states = (*STATES, "van=A001&naar=A024", "zonder=A001", "zonder=A001&als=gebouw")
    for state in states:
        said = client.get(f"{path}?{state}").text
        assert [name for name in person_names() if name in said] == []
        assert [row["id"] for row in persons if f'"{row["id"]}"' in said] == []
    nobody = client.get(f"{path}?soort=sleutelfiguur")
    assert nobody.status_code == 200
    assert "data-id" not in nobody.text


def test_of_key_persons_nothing_is_counted_for_everybody(visit: Visit) -> None:
    text = visit("/netwerk").text
    assert "Sleutelfiguren zijn voor u niet te zien" in text
    assert "geen sleutelfiguur bekend" not in text


def test_a_way_is_that_of_the_interface_and_reads_from_left_to_right(
    visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    client = clients["voorbeeld"]
    ways = 0
    for goal in ("A002", "A003", "A024", "A035", "A050", "A053"):
        pad = client.get(f"/api/v1/netwerk/pad?van=A001&naar={goal}").get_json()["pad"]
        page = visit(f"/netwerk?van=A001&naar={goal}")
        listed = [node for node in page.tree.iter("ol") if node.get("class") == "netwerkpad"]
        if pad is None:
            assert listed == []
            assert "geen weg van hoogstens 3 stappen bekend" in page.text
            continue
        ways += 1
        names = ["".join(link.itertext()) for link in listed[0].iter("a")]
        assert names == [step["naam"] for step in pad]
    assert ways >= 2


@pytest.mark.parametrize("actor_id", ["A001", "A024", "A005"])
def test_what_if_says_what_the_interface_says(
    actor_id: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    answer = clients["voorbeeld"].get(f"/api/v1/netwerk/wat-als?zonder={actor_id}").get_json()
    text = visit(f"/netwerk?zonder={actor_id}").text
    assert f"Als {answer['zonder']['naam']} weg is" in text
    for key, one, many in (
        ("geraakt", "1 ander verliest een band", "{} anderen verliezen een band"),
        ("wordt_geisoleerd", "1 houdt niemand meer over", "{} houden niemand meer over"),
        ("raakt_wijkteam_kwijt", "1 verliest de weg naar", "{} verliezen de weg naar"),
    ):
        count = len(answer[key])
        words = one if count == 1 else many.format(count)
        assert (words in text) is bool(count)
    keys = clients["voorbeeld"].get("/api/v1/netwerk/sleutelposities").get_json()
    for key in keys["sleutelposities"]:
        if key["actor_id"] == actor_id and key["raakt_los"] > 1:
            assert f"{key['raakt_los']} anderen raken los van de rest" in text


def test_what_is_missing_is_counted_like_the_interface(
    visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    client = clients["voorbeeld"]
    kinds = {n["id"]: n["soort"] for n in client.get("/api/v1/netwerk").get_json()["nodes"]}
    found = client.get("/api/v1/netwerk/geisoleerd").get_json()
    own = ("bewonersinitiatief", "informele_steun")
    alone = [one for one in found["geisoleerd"] if kinds[one["actor_id"]] in own]
    astray = [one for one in found["niet_verbonden"] if kinds[one["actor_id"]] in own]
    text = visit("/netwerk").text
    assert f"Los van alle anderen staan er {len(alone)} initiatieven" in text
    assert f"naar het wijkteam van hun plek hebben {len(astray)} initiatieven" in text
    headings = visit("/netwerk").headings("h3")
    assert headings.index("Dit is er") < headings.index("Dit mist nog")


def test_wished_ties_are_named_and_lead_to_all_of_them(visit: Visit) -> None:
    page = visit("/netwerk", "netwerk")
    assert "Dit is gewenst" in page.headings("h3")
    assert "/netwerk?feitelijk=gewenst" in page.links()
    wished = {
        wish for _, wish in _picture_ties(visit("/netwerk?feitelijk=gewenst", "netwerk")).values()
    }
    assert wished == {True}


@pytest.mark.parametrize(("kaart", "state"), CASES)
def test_the_map_has_the_same_actors_and_lines(
    kaart: str, state: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    page = visit(f"/netwerk?{state}", kaart)
    given = clients[kaart].get(f"/netwerk/lijnen?{state}").get_json()
    marks = {mark["id"] for mark in given["actoren"]}
    assert marks <= _picture_ids(page)
    assert len(marks) + given["niet_op_kaart"] == len(_picture_ids(page))
    drawn = {(*sorted(ends), wish) for ends, wish in _picture_ties(page).values()}
    assert {(line["van"], line["naar"], line["gewenst"]) for line in given["banden"]} == drawn
    if given["gebieden"]:
        placed = sum(area["aantal"] for area in given["gebieden"])
        assert placed + given["niet_op_kaart"] == len(_picture_ids(page))
        assert sum(bundle["aantal"] for bundle in given["bundels"]) <= len(_picture_ties(page))


def test_the_picture_is_the_same_at_every_visit(tmp_path: Path) -> None:
    found = []
    for name in ("een", "twee"):
        url = f"sqlite:///{tmp_path / f'{name}.db'}"
        make_map(url, CLOCK, Filling.EXAMPLE)
        client = create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client()
        page = look(client, "/netwerk")
        found.append({n.get("data-id"): n.get("transform") for n in _nodes(page)})
    assert found[0] == found[1]


@pytest.mark.parametrize("actor_id", ["A001", "A005", "A024"])
def test_the_page_of_an_actor_shows_who_stands_around_it(
    actor_id: str, visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    page = visit(f"/actor/{actor_id}")
    links = clients["voorbeeld"].get("/api/v1/netwerk").get_json()["links"]
    own = {link["id"]: link for link in links if actor_id in (link["source"], link["target"])}
    ends = {end for link in own.values() for end in (link["source"], link["target"])}
    assert _picture_ids(page) == ends
    assert set(_picture_ties(page)) == set(_rows(page, "data-band")) == set(own)
    assert f"/netwerk?van={actor_id}&stappen=2" in page.links()


def test_an_actor_without_ties_has_no_picture(
    visit: Visit, clients: dict[str, FlaskClient]
) -> None:
    alone = clients["voorbeeld"].get("/api/v1/netwerk/geisoleerd").get_json()["geisoleerd"]
    page = visit(f"/actor/{alone[0]['actor_id']}")
    assert _nodes(page) == []


def test_text_of_people_stays_text(nasty_client: FlaskClient) -> None:
    for address in ("/netwerk", "/netwerk?van=A-NAAR&naar=A-NAAR-2", "/netwerk?zonder=A-NAAR"):
        page = look(nasty_client, address)
        assert NASTY in "".join(page.tree.itertext())
        assert "<img" not in page.html


def test_an_empty_map_says_what_to_do(visit: Visit) -> None:
    page = visit("/netwerk", "leeg")
    assert "Niemand past bij deze keuze" in page.text
    assert _nodes(page) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a map with more actors than are drawn one by one."""
    url = f"sqlite:///{tmp_path_factory.mktemp('groot') / 'kaart.db'}"
    make_map(url, CLOCK, Filling.EMPTY)
    store = Store.open(url)
    wijken = ("WK039201", "WK039220", "WK039221", "WK047301")
    kinds = (Soort.PARTNER, Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)
    actors = [
        Actor(id=f"G{n:04}", naam=f"Groep {n}", soort=kinds[n % 3], werkgebied=(wijken[n % 4],))
        for n in range(MANY)
    ]
    ties = [
        Relatie(
            id=f"R{n:04}",
            van_id=f"G{n:04}",
            naar_id=f"G{(n * 7 + 1) % MANY:04}",
            soort=Relatiesoort.KENT,
            richting=Richting.GERICHT,
            sterkte=1,
            feitelijk=Feitelijk.GEWENST if n % 5 == 0 else Feitelijk.FEITELIJK,
        )
        for n in range(MANY)
        if n != (n * 7 + 1) % MANY
    ]
    with store.reading() as conn:
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    batch = Batch(actoren=tuple(actors), relaties=tuple(ties))
    with store.writing() as conn:
        apply(conn, batch, wie="proef", now=CLOCK.now(), places=places)
    store.close()
    return create_app(Settings(database=url, clock=CLOCK, secret="x" * 32)).test_client()


def test_more_than_can_be_drawn_becomes_a_summary_that_opens(large: FlaskClient) -> None:
    page = look(large, "/netwerk")
    rows = _rows(page, "data-id")
    assert set(rows) == _picture_ids(page)
    assert len(rows) == 12
    assert sum(int(_cells(row)[1]) for row in rows.values()) == MANY
    drawn = _picture_ties(page)
    between = [row for row in page.tree.iter("tr") if row.get("data-van")]
    assert sum(int(_cells(row)[2]) for row in between) == len(drawn)
    assert {frozenset((r.get("data-van"), r.get("data-naar"))) for r in between} == {
        ends for ends, _ in drawn.values()
    }
    for node in _nodes(page):
        opened = look(large, node.get("href"))
        assert str(len(_nodes(opened))) == _cells(rows[node.get("data-id")])[1]
    given = large.get("/netwerk/lijnen").get_json()
    assert given["actoren"] == []
    assert sum(area["aantal"] for area in given["gebieden"]) == MANY
