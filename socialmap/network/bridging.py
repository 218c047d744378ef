"""Measure who stands on the short ways between others."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from socialmap.network.ready import Ready, make_ready

#: Exact up to this many actors (begrippen.md, "Network figures").
EXACT_TO = 5_000
#: Above: actors are drawn to start from, in batches whose spread gives the error.
BATCHES, MOST_PER_BATCH = 20, 50
#: Actors and lines that all walks together may pass: some seconds of work.
WORK = 100_000_000
#: Walks that go together: other threads get no turn before they have ended.
_AT_ONCE = 50
#: 97.5th percentile of Student's t with BATCHES - 1 degrees of freedom.
_T_95 = 2.093
#: Rule of three: what n draws did not show is, with 95% certainty, in at most 3 / n of all.
_UNSEEN_95 = 3
_SEED = 1977
_DECIMALS = 12

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridging:
    """How much of the shortest ways between others runs over an actor.

    Attributes
    ----------
    actor_id
        `Actor.id`.
    waarde
        Share of all pairs of others whose shortest path runs over the actor, 0 to 1; where a pair
        has several shortest paths, the part of them that does. A sampled value may pass 1.
    fout
        Half the width of the 95% interval around `waarde`; 0 when it is exact.
    """

    actor_id: str
    waarde: float
    fout: float


def find_bridging(network: nx.Graph[str]) -> tuple[Bridging, ...]:
    """
    Give the bridging function of every actor: betweenness centrality.

    Freeman 1977 (https://doi.org/10.2307/3033543), by the algorithm of Brandes 2001
    (https://doi.org/10.1080/0022250X.2001.9990249): exact in O(n m) up to `EXACT_TO` actors.
    Above, O(k m) from k drawn actors (Brandes and Pich 2007,
    https://doi.org/10.1142/S0218127407018403), the same ones every time; see `sample_size`.

    Parameters
    ----------
    network
        Undirected; nodes are `Actor.id`, one edge per pair with an actual tie. Not modified.

    Returns
    -------
    bridging
        All actors, largest `waarde` first, then by `actor_id`.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    return bridging_of(make_ready(network))


def bridging_of(ready: Ready) -> tuple[Bridging, ...]:
    """Give the bridging function in a network made ready; see `find_bridging`."""
    return exact_bridging(ready) if len(ready.ids) <= EXACT_TO else sampled_bridging(ready)


def exact_bridging(ready: Ready) -> tuple[Bridging, ...]:
    """Give the exact betweenness of every actor; see `find_bridging`."""
    total = _passing(ready, range(len(ready.ids))) / _pairs_of_others(ready)
    return _listed(ready, [(float(value), 0.0) for value in total])


def sample_size(actors: int, lines: int) -> int:
    """
    Tell how many actors are drawn: as many as the work allows, at most 1,000.

    Parameters
    ----------
    actors, lines
        Counts in the network, more than `EXACT_TO` actors.
    """
    return BATCHES * max(1, min(MOST_PER_BATCH, WORK // (BATCHES * (actors + lines))))


def sampled_bridging(ready: Ready) -> tuple[Bridging, ...]:
    """
    Estimate the betweenness of every actor from drawn ones, with its error; see `find_bridging`.

    Each of `BATCHES` batches gives its own estimate; `waarde` is their mean. `fout` is the half
    width that follows from their spread, and 3 / k for actors that were not drawn: a few of those
    may have all their ways over one actor, and no spread shows it (rule of three, Hanley and
    Lippman-Hand 1983, https://doi.org/10.1001/jama.1983.03330370053031). So a `waarde` under 3 / k
    cannot be told from 0. Needs at least as many actors as `sample_size` draws.
    """
    count = len(ready.ids)
    size = sample_size(count, ready.graph.ecount())
    drawn = random.Random(_SEED).sample(range(count), size)  # noqa: S311 - no secret
    each = size // BATCHES
    scale = count / each / _pairs_of_others(ready)
    batches = scale * np.stack(
        [_passing(ready, drawn[first : first + each]) for first in range(0, size, each)]
    )
    half_width = _T_95 * batches.std(axis=0, ddof=1) / BATCHES**0.5
    error = half_width + _UNSEEN_95 / size
    return _listed(ready, list(zip(batches.mean(axis=0).tolist(), error.tolist(), strict=True)))


def _passing(ready: Ready, sources: Sequence[int]) -> Floats:
    """Add up, by vertex, the part of the ways from these actors that runs over it, halved."""
    total = np.zeros(len(ready.ids))
    for chosen in _some_at_once(sources):
        total += ready.graph.betweenness(sources=list(chosen))
    return total


def _some_at_once(sources: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(sources), _AT_ONCE):
        yield sources[first : first + _AT_ONCE]


def _pairs_of_others(ready: Ready) -> float:
    """Count the pairs that an actor can stand between; 1 where there are none, to divide by."""
    count = len(ready.ids)
    return max(1.0, (count - 1) * (count - 2) / 2)


def _listed(ready: Ready, found: list[tuple[float, float]]) -> tuple[Bridging, ...]:
    listed = [
        Bridging(actor_id=actor_id, waarde=value, fout=error)
        for actor_id, (value, error) in zip(ready.ids, found, strict=True)
    ]
    # Equal values come from additions in another order, so they are equal only after rounding.
    return tuple(sorted(listed, key=lambda one: (-round(one.waarde, _DECIMALS), one.actor_id)))
