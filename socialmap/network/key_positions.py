"""Find who alone holds parts of the network together.

Pure functions on a graph. No files, no database, no web.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from socialmap.network.ready import Ready, make_ready


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPosition:
    """An actor whose departure would split its part of the network.

    Attributes
    ----------
    actor_id
        `Actor.id`.
    raakt_los
        Count of other actors that lose their path to the largest piece that is left of the part
        (>= 1).
    """

    actor_id: str
    raakt_los: int


def find_key_positions(network: nx.Graph[str]) -> tuple[KeyPosition, ...]:
    """
    List the actors that are the only link between others.

    A key position is a cut vertex (Hopcroft and Tarjan 1973,
    https://doi.org/10.1145/362248.362272). Strength is ignored. O(n + m): the blocks come from
    igraph, `raakt_los` from one walk over the tree of blocks and cut vertices.

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`, one edge per pair with an actual tie. Not modified.

    Returns
    -------
    key_positions
        Largest `raakt_los` first, then by `actor_id`, so that pages and exports never reshuffle.
        Empty if no one departure splits the network.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    return key_positions_of(make_ready(network))


def key_positions_of(ready: Ready) -> tuple[KeyPosition, ...]:
    """List the key positions of a network made ready; see `find_key_positions`."""
    blocks, cuts = ready.graph.biconnected_components(return_articulation_points=True)
    found = _cut_offs([tuple(block) for block in blocks], cuts)
    listed = [
        KeyPosition(actor_id=ready.ids[vertex], raakt_los=lost) for vertex, lost in found.items()
    ]
    return tuple(sorted(listed, key=lambda key: (-key.raakt_los, key.actor_id)))


def cut_vertices_of(ready: Ready) -> tuple[str, ...]:
    """List the ids of the cut vertices only, in order of id: O(n + m), without `raakt_los`."""
    return tuple(ready.ids[vertex] for vertex in sorted(ready.graph.articulation_points()))


def _cut_offs(blocks: Sequence[Sequence[int]], cuts: Sequence[int]) -> dict[int, int]:
    """Give `raakt_los` by cut vertex, from the blocks (sets of vertices) that meet in them."""
    holding: dict[int, list[int]] = {vertex: [] for vertex in cuts}
    cuts_in: list[list[int]] = []
    for number, block in enumerate(blocks):
        shared = [vertex for vertex in block if vertex in holding]
        cuts_in.append(shared)
        for vertex in shared:
            holding[vertex].append(number)

    lost: dict[int, int] = {}
    seen = [False] * len(blocks)
    for root in range(len(blocks)):
        if seen[root]:
            continue
        order = _walk(root, cuts_in, holding)
        for number, _ in order:
            seen[number] = True
        lost |= _lost_in_part(order, blocks, cuts_in)
    return lost


def _walk(
    root: int, cuts_in: Sequence[Sequence[int]], holding: dict[int, list[int]]
) -> list[tuple[int, int | None]]:
    """List the blocks of one part from the root down, each with the cut vertex above it."""
    order: list[tuple[int, int | None]] = [(root, None)]
    # The list grows while it is read: it is the queue of the walk as well as its outcome.
    for block, above in order:
        for vertex in cuts_in[block]:
            if vertex != above:
                order += [(below, vertex) for below in holding[vertex] if below != block]
    return order


def _lost_in_part(
    order: Sequence[tuple[int, int | None]],
    blocks: Sequence[Sequence[int]],
    cuts_in: Sequence[Sequence[int]],
) -> dict[int, int]:
    """Count from the leaves up how large the pieces under each cut vertex are."""
    pieces: dict[int, list[int]] = {}
    size = 0
    for block, above in reversed(order):
        under = [vertex for vertex in cuts_in[block] if vertex != above]
        # The vertices of the block without the one above, and all that hangs under them.
        size = len(blocks[block]) - (above is not None)
        size += sum(sum(pieces[vertex]) for vertex in under)
        if above is not None:
            pieces.setdefault(above, []).append(size)
    others = size - 1
    return {
        vertex: others - max(*hanging, others - sum(hanging)) for vertex, hanging in pieces.items()
    }
