"""Measure who stands on the short ways between others."""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import fmean, stdev

import networkx as nx

from socialmap.network.ready import Ready, make_ready

#: Exact up to this many actors (begrippen.md, "Network figures").
EXACT_TO = 5_000
#: Above: this many actors are drawn to start from, in batches whose spread gives the error.
BATCHES, BATCH_SIZE = 20, 50
#: 97.5th percentile of Student's t with BATCHES - 1 degrees of freedom.
_T_95 = 2.093
#: Rule of three: what n draws did not show is, with 95% certainty, in at most 3 / n of all.
_UNSEEN_95 = 3
_SEED = 1977
_DECIMALS = 12


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
    Above, O(k m) from k = `BATCHES` x `BATCH_SIZE` drawn actors (Brandes and Pich 2007,
    https://doi.org/10.1142/S0218127407018403), the same ones every time.

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
    ready = make_ready(network)
    return exact_bridging(ready) if len(ready.ids) <= EXACT_TO else sampled_bridging(ready)


def exact_bridging(ready: Ready) -> tuple[Bridging, ...]:
    """Give the exact betweenness of every actor; see `find_bridging`."""
    pairs = _pairs_of_others(ready)
    return _listed(ready, [(value / pairs, 0.0) for value in ready.graph.betweenness()])


def sampled_bridging(ready: Ready) -> tuple[Bridging, ...]:
    """
    Estimate the betweenness of every actor from drawn ones, with its error; see `find_bridging`.

    Each batch of `BATCH_SIZE` gives its own estimate; `waarde` is their mean. `fout` is the half
    width that follows from their spread, and 3 / 1000 for actors that were not drawn: a few of
    those may have all their ways over one actor, and no spread shows it (rule of three, Hanley and
    Lippman-Hand 1983, https://doi.org/10.1001/jama.1983.03330370053031). So a `waarde` under 0.003
    cannot be told from 0. Needs at least `BATCHES` x `BATCH_SIZE` actors.
    """
    count = len(ready.ids)
    drawn = random.Random(_SEED).sample(range(count), BATCHES * BATCH_SIZE)  # noqa: S311
    scale = count / BATCH_SIZE / _pairs_of_others(ready)
    batches = [
        ready.graph.betweenness(sources=drawn[first : first + BATCH_SIZE])
        for first in range(0, len(drawn), BATCH_SIZE)
    ]
    found = []
    for values in zip(*batches, strict=True):
        half_width = _T_95 * stdev(values) / BATCHES**0.5
        found.append((fmean(values) * scale, half_width * scale + _UNSEEN_95 / len(drawn)))
    return _listed(ready, found)


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
