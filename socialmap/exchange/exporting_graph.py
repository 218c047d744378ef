"""Export the network that a reader may see: GraphML and GEXF, written whole or not at all."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import SubElement

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from socialmap.domain.clock import Clock
from socialmap.domain.privacy import Lezer
from socialmap.exchange.exporting import about_export, write_whole
from socialmap.network.answers import Keep, network_json
from socialmap.network.reading import read_network
from socialmap.store.engine import Store

#: What XML cannot hold, and line ends, which a reader of XML would change.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BETWEEN = "|"
_MAKER = "Sociale kaart van de wijk"


def export_graphml(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write actors and ties as GraphML, for Gephi, igraph and networkx.

    A directed network with one edge per tie, actual and wished; `richting` tells which go both
    ways. Nodes and edges have the ids and fields of the exchange format, `label` for the name and
    `weight` for the strength; what is not known is left out. Date, level, licence and attribution
    are data of the graph.

    Parameters
    ----------
    store
        The map.
    path
        Where to write; an older file is replaced.
    lezer, clock
        Who reads, and on which day.
    """
    graph, about = _read(store, lezer, clock.today())
    graph.graph |= about
    made = io.BytesIO()
    nx.write_graphml_xml(graph, made)
    write_whole(path, made.getvalue() + b"\n")


def export_gexf(store: Store, path: Path, lezer: Lezer, clock: Clock) -> None:
    """
    Write actors and ties as GEXF 1.2, for Gephi and networkx.

    The same as `export_graphml` does; what is about the file stands in its description.
    """
    today = clock.today()
    graph, about = _read(store, lezer, today)
    for _, _, tie_id, edge in graph.edges(keys=True, data=True):
        edge["id"] = tie_id
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    writer.add_graph(graph)
    # The schema of GEXF knows no name of a graph.
    writer.xml.find("graph").attrib.pop("name", None)
    head = writer.xml.find("meta")
    # The library writes its own name, and the day of the machine.
    head.clear()
    head.set("lastmodifieddate", today.isoformat())
    SubElement(head, "creator").text = _MAKER
    SubElement(head, "description").text = " ".join(
        f"{name}: {words}" for name, words in about.items()
    )
    made = io.BytesIO()
    writer.write(made)
    write_whole(path, made.getvalue() + b"\n")


def _read(store: Store, lezer: Lezer, today: date) -> tuple[nx.MultiDiGraph[str], dict[str, str]]:
    with store.reading() as conn:
        found = network_json(read_network(conn, lezer, today), Keep())
        about = about_export(conn, lezer, today)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found["nodes"]:
        # Gephi shows `label` and draws `weight`.
        rest = _written(node, ("id", "naam"))
        graph.add_node(node["id"], label=_clean(node["naam"]), **rest)
    for link in found["links"]:
        rest = _written(link, ("id", "source", "target"))
        graph.add_edge(
            link["source"],
            link["target"],
            key=link["id"],
            # igraph mixes up the ids of edges; a field it keeps.
            code=link["id"],
            weight=float(link["sterkte"]),
            **rest,
        )
    return graph, about


def _written(record: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    """Give the known fields as both formats hold them: text, whole numbers and fractions."""
    made = {}
    for name, value in record.items():
        if name in without or value in (None, []):
            continue
        text = _BETWEEN.join(value) if isinstance(value, list) else value
        made[name] = _clean(text) if isinstance(text, str) else text
    return made


def _clean(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)
