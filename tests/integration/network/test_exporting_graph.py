"""GraphML and GEXF: read back as they were, by other programs, with nobody in it who is hidden."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Actor
from socialmap.domain.privacy import Lezer
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.exporting_graph import export_gexf, export_graphml
from socialmap.network.answers import Keep, network_json
from socialmap.network.reading import read_network
from socialmap.store.engine import Store
from socialmap.store.indexing import Places

from .conftest import MakeMap, hidden_of, without_hidden

CLOCK = Clock(date(2026, 11, 22))
LEVELS = (Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM)
WRITERS = {"graphml": export_graphml, "gexf": export_gexf}
#: Name of a field in the answer of the interface -> in the file.
_NODE = {"naam": "label"}

#: Attributes of each element by the schema of GEXF 1.2 (gexf.xsd, data.xsd): needed, allowed.
_SCHEMA: dict[str, tuple[set[str], set[str]]] = {
    "gexf": ({"version"}, {"variant"}),
    "meta": (set(), {"lastmodifieddate"}),
    "creator": (set(), set()),
    "description": (set(), set()),
    "graph": (set(), {"defaultedgetype", "idtype", "mode"}),
    "attributes": ({"class"}, {"mode"}),
    "attribute": ({"id", "title", "type"}, set()),
    "nodes": (set(), {"count"}),
    "node": ({"id"}, {"label", "pid"}),
    "edges": (set(), {"count"}),
    "edge": ({"id", "source", "target"}, {"type", "label", "weight"}),
    "attvalues": (set(), set()),
    "attvalue": ({"for", "value"}, set()),
}
_TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}

Known = dict[str, Any]


def _plain(record: Known, names: Known, without: tuple[str, ...]) -> Known:
    return {
        names.get(name, name): "|".join(value) if isinstance(value, list) else value
        for name, value in record.items()
        if name not in without and value not in (None, [])
    }


def _expected(store: Store, niveau: Niveau) -> tuple[Known, Known]:
    """Give nodes by id, and edges by id with their ends, as the file should hold them."""
    with store.reading() as conn:
        found = network_json(read_network(conn, Lezer(niveau), CLOCK.today()), Keep())
    nodes = {node["id"]: _plain(node, _NODE, ("id",)) for node in found["nodes"]}
    edges = {
        link["id"]: _plain(link, {"id": "code"}, ()) | {"weight": float(link["sterkte"])}
        for link in found["links"]
    }
    return nodes, edges


def _by_networkx(path: Path) -> tuple[Known, Known]:
    read = nx.read_gexf if path.suffix == ".gexf" else nx.read_graphml
    graph = read(path) if path.suffix == ".gexf" else read(path, force_multigraph=True)
    assert graph.is_directed()
    nodes = {key: dict(data) for key, data in graph.nodes(data=True)}
    edges = {}
    for van, naar, key, data in nx.MultiDiGraph(graph).edges(keys=True, data=True):
        edges[key] = {"source": van, "target": naar} | {k: v for k, v in data.items() if k != "id"}
    return nodes, edges


def _by_igraph(path: Path) -> tuple[Known, Known]:
    graph = igraph.Graph.Read_GraphML(str(path))
    assert graph.is_directed()
    ids = graph.vs["id"]

    def known(values: Known) -> Known:
        return {
            name: value
            for name, value in values.items()
            if name != "id" and value not in ("", None) and value == value
        }

    nodes = {vertex["id"]: known(vertex.attributes()) for vertex in graph.vs}
    edges = {
        edge["code"]: {"source": ids[edge.source], "target": ids[edge.target]}
        | known(edge.attributes())
        for edge in graph.es
    }
    return nodes, edges


@pytest.mark.parametrize("niveau", LEVELS, ids=lambda level: level.code)
@pytest.mark.parametrize(
    ("kind", "read"),
    [("graphml", _by_networkx), ("graphml", _by_igraph), ("gexf", _by_networkx)],
    ids=["graphml-networkx", "graphml-igraph", "gexf-networkx"],
)
def test_it_is_read_back_equal(
    whole: Store, tmp_path: Path, kind: str, read: Any, niveau: Niveau
) -> None:
    path = tmp_path / f"kaart.{kind}"
    WRITERS[kind](whole, path, Lezer(niveau), CLOCK)
    nodes, edges = read(path)
    expected = _expected(whole, niveau)
    assert list(nodes) == list(expected[0])
    assert nodes == expected[0]
    assert edges == expected[1]
    assert len(edges) > 150


@pytest.mark.parametrize("niveau", LEVELS, ids=lambda level: level.code)
@pytest.mark.parametrize("kind", WRITERS)
def test_it_is_the_file_of_a_map_without_the_hidden(
    whole: Store, make_map: MakeMap, batch: Batch, tmp_path: Path, kind: str, niveau: Niveau
) -> None:
    bare = make_map(without_hidden(batch, niveau, CLOCK.today()))
    ours, theirs = tmp_path / "ons", tmp_path / "kaal"
    WRITERS[kind](whole, ours, Lezer(niveau), CLOCK)
    WRITERS[kind](bare, theirs, Lezer(niveau), CLOCK)
    assert ours.read_bytes() == theirs.read_bytes()
    text = ours.read_text(encoding="utf-8")
    hidden = hidden_of(batch, niveau, CLOCK.today())
    assert not set(re.findall(r"\bA\d{3}\b", text)) & hidden
    assert not [one.naam for one in batch.actoren if one.id in hidden and one.naam in text]


@pytest.mark.parametrize("niveau", LEVELS, ids=lambda level: level.code)
def test_gexf_is_as_its_schema_and_gephi_ask(whole: Store, tmp_path: Path, niveau: Niveau) -> None:
    path = tmp_path / "kaart.gexf"
    export_gexf(whole, path, Lezer(niveau), CLOCK)
    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
    space = "{http://www.gexf.net/1.2draft}"
    assert root.tag == f"{space}gexf"
    assert root.get("version") == "1.2"
    for element in root.iter():
        needed, allowed = _SCHEMA[element.tag.removeprefix(space)]
        given = {name for name in element.keys() if not name.startswith("{")}  # noqa: SIM118
        assert needed <= given <= needed | allowed, element.tag
    graph = root.find(f"{space}graph")
    assert graph is not None
    assert (graph.get("defaultedgetype"), graph.get("mode")) == ("directed", "static")
    declared = {
        block.get("class"): {one.get("id"): one.get("type") for one in block}
        for block in graph.iter(f"{space}attributes")
    }
    assert set(declared) == {"node", "edge"}
    assert {kind for block in declared.values() for kind in block.values()} <= _TYPES
    found = {}
    for name in ("node", "edge"):
        things = list(graph.iter(f"{space}{name}"))
        found[name] = {thing.get("id") for thing in things}
        assert len(found[name]) == len(things) > 90
        for thing in things:
            values = [value.get("for") for value in thing.iter(f"{space}attvalue")]
            assert len(set(values)) == len(values)
            assert set(values) <= declared[name].keys()
    for edge in graph.iter(f"{space}edge"):
        assert {edge.get("source"), edge.get("target")} <= found["node"]
        assert float(edge.get("weight", "")) in (1, 2, 3)


@pytest.mark.parametrize("kind", WRITERS)
def test_it_says_what_it_is_and_of_which_day(whole: Store, tmp_path: Path, kind: str) -> None:
    WRITERS[kind](whole, tmp_path / "kaart", Lezer(Niveau.TEAM), CLOCK)
    text = (tmp_path / "kaart").read_text(encoding="utf-8")
    for said in ("2026-11-22", "team", "CC BY 4.0", "CBS / Kadaster"):
        assert said in text
    assert "NetworkX" not in text


@pytest.mark.parametrize("kind", WRITERS)
def test_any_name_gives_a_readable_file(
    make_map: MakeMap, places: Places, now: datetime, tmp_path: Path, kind: str
) -> None:
    store = make_map(Batch(actoren=(), aanbod=(), relaties=()))
    name = "\x00<b>&\"'\u2028 ]]> \ufffe \r\n\t é 😀"
    odd = Actor(id="A1", naam=name, soort=Soort.PARTNER)
    with store.writing() as conn:
        apply(conn, Batch(actoren=(odd,), aanbod=(), relaties=()), wie="t", now=now, places=places)
    path = tmp_path / f"kaart.{kind}"
    WRITERS[kind](store, path, Lezer(Niveau.TEAM), CLOCK)
    ElementTree.parse(path)  # noqa: S314 - our own file
    nodes, edges = _by_networkx(path)
    unwritable = "\x00\ufffe\r\n\t"
    assert nodes["A1"]["label"] == "".join(" " if c in unwritable else c for c in name)
    assert edges == {}
    assert all(not isinstance(v, float) or math.isfinite(v) for v in nodes["A1"].values())
