"""The calls on the network: what they give, refuse, and never tell."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from flask.testing import FlaskClient

from socialmap.domain.privacy import OPENBAAR
from socialmap.network import answers
from socialmap.network.reading import Seen, read_network
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.api.conftest import PEILDATUM, Get, Row

CALLS = (
    "/netwerk",
    "/netwerk?gebied=WK039201",
    "/netwerk?soort=partner,wijkteam&relatiesoort=kent&feitelijk=feitelijk",
    "/netwerk/pad?van=A005&naar=A002",
    "/netwerk/sleutelposities",
    "/netwerk/sleutelposities?gebied=GM0392",
    "/netwerk/geisoleerd",
    "/netwerk/profiel",
    "/netwerk/profiel?gebied=swt-oost-1",
    "/netwerk/wat-als?zonder=A001",
    "/netwerk/wat-als?zonder=A001&als=geldgever",
)


@pytest.fixture(scope="module")
def seen(settings: Settings) -> Seen:
    """The network for everybody, read apart from the interface."""
    store = Store.open(settings.database)
    with store.reading() as conn:
        made = read_network(conn, OPENBAAR, PEILDATUM)
    store.close()
    return made


def test_calls_give_what_the_functions_give(get: Get, seen: Seen) -> None:
    assert get("/netwerk") == answers.network_json(seen, answers.Keep())
    assert get("/netwerk/pad", van="A005", naar="A002") == answers.path_json(seen, "A005", "A002")
    assert get("/netwerk/sleutelposities") == answers.key_positions_json(seen)
    assert get("/netwerk/geisoleerd") == answers.isolated_json(seen)
    assert get("/netwerk/profiel") == answers.profile_json(seen)
    assert get("/netwerk/wat-als", zonder="A001") == answers.what_if_json(seen, "A001")


def test_the_network_is_read_by_networkx(get: Get) -> None:
    answer = get("/netwerk", feitelijk="feitelijk")
    graph = nx.node_link_graph(answer, directed=True, multigraph=True, edges="links")
    assert (graph.number_of_nodes(), nx.Graph(graph).number_of_edges()) == (99, 154)
    assert graph.nodes["A002"]["naam"] == "Welzijn Zuiderpoort"


def test_filters_keep_what_they_say(get: Get) -> None:
    answer = get("/netwerk", soort="partner", relatiesoort="werkt_samen")
    assert {node["soort"] for node in answer["nodes"]} == {"partner"}
    assert {link["soort"] for link in answer["links"]} == {"werkt_samen"}
    here = {node["id"] for node in get("/netwerk", gebied="WK039201")["nodes"]}
    listed = {one["id"] for one in get("/actoren", gebied="WK039201", limit=200)["resultaten"]}
    stopped = {one["id"] for one in get("/actoren", status="gestopt", limit=200)["resultaten"]}
    assert here == listed - stopped
    assert get("/netwerk", feitelijk="gewenst")["links"] == [
        link for link in get("/netwerk")["links"] if link["feitelijk"] == "gewenst"
    ]


def test_key_positions_of_an_area_keep_the_figures_of_the_whole(get: Get) -> None:
    whole = get("/netwerk/sleutelposities")["sleutelposities"]
    part = get("/netwerk/sleutelposities", gebied="WK039201")["sleutelposities"]
    assert part
    assert part == [one for one in whole if one in part]
    assert len(part) < len(whole)


def test_a_profile_stands_beside_three_like_areas(get: Get) -> None:
    whole = {one["code"]: one for one in get("/netwerk/profiel")["gebieden"]}
    (one,) = get("/netwerk/profiel", gebied="WK039201")["gebieden"]
    assert one == whole["WK039201"]
    assert len(one["vergelijkbaar"]) == 3
    for like in one["vergelijkbaar"]:
        assert like["niveau"] == "wijk"
        assert like["cijfers"] == whole[like["code"]]["cijfers"]
    few = [g for g in whole.values() if g["cijfers"]["formeel_informeel"]["lijnen"] < 10]
    assert few
    assert all(g["cijfers"]["formeel_informeel"]["waarde"] is None for g in few)


def test_what_if_takes_the_actor_away(get: Get) -> None:
    answer = get("/netwerk/wat-als", zonder="A001")
    assert answer["na"]["actoren"] == answer["voor"]["actoren"] - 1
    key = {k["actor_id"]: k for k in get("/netwerk/sleutelposities")["sleutelposities"]}["A001"]
    assert answer["voor"]["delen"][0] - 1 - key["raakt_los"] == answer["na"]["delen"][0]
    assert len(answer["geraakt"]) > 3


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_is_the_same_each_time(client: FlaskClient, call: str) -> None:
    first, second = (client.get(f"/api/v1{call}") for _ in range(2))
    assert first.status_code == 200
    assert first.data == second.data
    tag = first.headers["ETag"]
    again = client.get(f"/api/v1{call}", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("call", CALLS)
def test_no_answer_holds_what_is_hidden(
    client: FlaskClient, call: str, hidden_words: set[str]
) -> None:
    text = client.get(f"/api/v1{call}").get_data(as_text=True)
    assert [word for word in hidden_words if json.dumps(word, ensure_ascii=False) in text] == []


@pytest.mark.parametrize(
    ("call", "parameter"),
    [
        ("/netwerk?soort=x", "soort"),
        ("/netwerk?relatiesoort=x", "relatiesoort"),
        ("/netwerk?feitelijk=misschien", "feitelijk"),
        ("/netwerk?feitelijk=feitelijk,gewenst", "feitelijk"),
        ("/netwerk?gebied=WK999999", "gebied"),
        ("/netwerk?gebeid=WK039201", "gebeid"),
        ("/netwerk/sleutelposities?gebied=WK999999", "gebied"),
        ("/netwerk/geisoleerd?gebied=WK039201", "gebied"),
        ("/netwerk/profiel?gebied=BU03920101", "gebied"),
        ("/netwerk/profiel?gebied=XX", "gebied"),
        ("/netwerk/pad?van=A005", "naar"),
        ("/netwerk/pad?naar=A005", "van"),
        ("/netwerk/pad?van=A005&naar=A001,A002", "naar"),
        ("/netwerk/wat-als", "zonder"),
        ("/netwerk/wat-als?zonder=A001&als=burgemeester", "als"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: FlaskClient, call: str, parameter: str) -> None:
    answer = client.get(f"/api/v1{call}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["parameter"] == parameter


@pytest.mark.parametrize(
    "call",
    [
        "/netwerk/wat-als?zonder={}",
        "/netwerk/pad?van={}&naar=A001",
        "/netwerk/pad?van=A001&naar={}",
    ],
)
def test_hidden_and_unknown_actors_are_not_told_apart(
    client: FlaskClient, call: str, rows: dict[str, list[Row]], open_actors: dict[str, Any]
) -> None:
    hidden = [row["id"] for row in rows["actoren"] if row["id"] not in open_actors]
    unknown = client.get(f"/api/v1{call.format('Z999')}")
    assert unknown.status_code == 404
    for key in hidden:
        answer = client.get(f"/api/v1{call.format(key)}")
        assert answer.status_code == 404
        assert answer.get_data(as_text=True) == unknown.get_data(as_text=True).replace("Z999", key)
        assert set(answer.headers.keys()) == set(unknown.headers.keys())
    assert len(hidden) > 10
    assert client.get(f"/api/v1{call.format('%3Cb%3E')}").status_code == 404
