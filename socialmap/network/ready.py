"""Make a network ready for igraph, which computes the heavy figures."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import igraph  # type: ignore[import-untyped]
import networkx as nx

from socialmap.network.errors import EmptyNetworkError

_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ready:
    """The same network for igraph: vertex i is `ids[i]`; `graph` is undirected, no attributes."""

    ids: tuple[str, ...]
    graph: Any


def make_ready(network: nx.Graph[str]) -> Ready:
    """
    Turn an undirected network into one for igraph. O(n log n + m log m).

    Vertices and edges come in order of id, so that the outcome of a figure never depends on the
    order in which records were read. Loops and attributes are left out.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    ids = tuple(sorted(network))
    if not ids:
        raise EmptyNetworkError
    number = {actor_id: index for index, actor_id in enumerate(ids)}
    pairs = ((number[van], number[naar]) for van, naar in network.edges)
    edges = sorted((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    return Ready(ids, igraph.Graph(n=len(ids), edges=edges))


@contextmanager
def same_dice(seed: int) -> Iterator[None]:
    """Let igraph throw the same dice every time; its dice are shared, so one user at a time."""
    with _turn:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
