"""The network at 100,000 actors: figures beside igraph and networkx, and the wait for views."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from statistics import median, quantiles

import igraph
import networkx as nx

from socialmap.domain.codes import Feitelijk, Lijn, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.network.answers import ego_json, path_json
from socialmap.network.bridging import bridging_of
from socialmap.network.core import depths_of
from socialmap.network.graph import Network, build_network
from socialmap.network.key_positions import cut_vertices_of, key_positions_of
from socialmap.network.reading import Seen
from socialmap.network.ready import Ready, make_ready
from tests.bench.actor_pages import measure
from tests.bench.result import Result

ACTORS, ROUNDS, SLOW_ROUNDS, VIEWS = 100_000, 7, 3, 300
#: A wijk of some hundreds of actors, with one team that knows many of them.
WIJK, KNOWN_TO_TEAM = 500, 80
#: What a reader may wait for one view, in seconds.
MOST_SECONDS = 0.050
#: What the sampled bridging of the whole network may take, in seconds.
SAMPLE_SECONDS = 10.0
_DAY = date(2026, 11, 22)


def run() -> Iterator[Result]:
    """Measure figures from a ready graph, making it, the views of one actor, and its page."""
    actors, ties = _records()
    network = build_network(actors, ties, _DAY)
    ready = make_ready(network.lines)
    yield from _figures(network, ready)
    yield from _made(network, ready, actors, ties)
    seen = Seen(network, {}, {}, {})
    # A server has this from the first view on; a reader after that does not wait for it.
    len(seen.ties_of)
    yield from _views(seen)
    yield from measure()


def _records() -> tuple[list[Actor], list[Relatie]]:
    """Make wijken with a team each, ties that are mostly near, and teams that know each other."""
    chance = random.Random(4)  # noqa: S311 - the same network every run
    kinds = list(Relatiesoort)
    pairs = {
        (number, max(0, min(ACTORS - 1, number + round(chance.gauss(0, 60)))))
        for number in range(ACTORS)
        for _ in range(chance.choice((0, 1, 1, 2, 3)))
    }
    for team in range(0, ACTORS, WIJK):
        pairs |= {(team, team + near) for near in chance.sample(range(1, WIJK), KNOWN_TO_TEAM)}
        pairs |= {(team, chance.randrange(0, ACTORS, WIJK)) for _ in range(4)}
    actors = [
        Actor(
            id=f"B{number:06}",
            naam=f"Actor {number}",
            soort=Soort.PARTNER if number % WIJK else Soort.WIJKTEAM,
            lijn=chance.choice(list(Lijn)),
        )
        for number in range(ACTORS)
    ]
    ties = [
        Relatie(
            id=f"R{count:07}",
            van_id=f"B{van:06}",
            naar_id=f"B{naar:06}",
            soort=chance.choice(kinds),
            richting=chance.choice(list(Richting)),
            sterkte=chance.randint(1, 3),
            feitelijk=Feitelijk.FEITELIJK,
        )
        for count, (van, naar) in enumerate(sorted(pairs))
        if van != naar
    ]
    return actors, ties


def _figures(network: Network, ready: Ready) -> Iterator[Result]:
    """Hold cut vertices and cores, from a ready graph, against both libraries."""
    plain = igraph.Graph(n=ready.graph.vcount(), edges=ready.graph.get_edgelist())
    lines = nx.Graph(network.lines)
    cuts = partial(cut_vertices_of, ready)
    if set(cuts()) != set(nx.articulation_points(lines)):
        raise RuntimeError("the cut vertices differ from those of networkx")
    if dict(zip(ready.ids, depths_of(ready), strict=True)) != nx.core_number(lines):
        raise RuntimeError("the cores differ from those of networkx")
    for name, ours, by_igraph, by_networkx in (
        (
            "snijpunten",
            cuts,
            plain.articulation_points,
            lambda: list(nx.articulation_points(lines)),
        ),
        ("kernen", partial(depths_of, ready), plain.coreness, partial(nx.core_number, lines)),
    ):
        yield _against(f"network-{name}-igraph", ours, by_igraph, ROUNDS, limit=0.5)
        yield _against(f"network-{name}-networkx", ours, by_networkx, SLOW_ROUNDS, limit=5)


def _made(
    network: Network, ready: Ready, actors: list[Actor], ties: list[Relatie]
) -> Iterator[Result]:
    """Say what making the graph and `raakt_los` cost, beside networkx; these have no limit."""
    edges = [(tie.van_id, tie.naar_id) for tie in ties]
    lines = nx.Graph(network.lines)
    building = partial(build_network, actors, ties, _DAY)
    yield _against("network-bouwen", building, partial(nx.Graph, edges), SLOW_ROUNDS, limit=0)
    readying = partial(make_ready, network.lines)
    yield _against("network-klaarzetten", readying, partial(nx.Graph, edges), SLOW_ROUNDS, limit=0)
    lost = partial(key_positions_of, ready)
    blocks = partial(lambda: list(nx.biconnected_components(lines)))
    yield _against("network-raakt_los", lost, blocks, SLOW_ROUNDS, limit=0)
    # Once for each state of the map, in the background of a server.
    sample = _timed(partial(bridging_of, ready))
    yield Result(
        name="network-brugfunctie",
        n=ACTORS,
        ours=sample,
        reference=SAMPLE_SECONDS,
        unit="s",
        limit=1,
    )


def _views(seen: Seen) -> Iterator[Result]:
    """Time two steps around an actor, and a path, of drawn actors and of teams."""
    chance = random.Random(5)  # noqa: S311 - the same views every run
    drawn = chance.sample(sorted(seen.network.actors), VIEWS)
    teams = [f"B{chance.randrange(0, ACTORS, WIJK):06}" for _ in range(VIEWS)]
    views = [_timed(partial(ego_json, seen, key)) for key in [*drawn, *teams]]
    yield _wait("network-twee-stappen", views)
    # From a team to actors of its own wijk, where paths are, and to any, where mostly none is.
    near = [f"B{int(team[1:]) + chance.randrange(1, WIJK):06}" for team in teams]
    asked = [*zip(teams, near, strict=True), *zip(teams, drawn, strict=True)]
    found = sum(path_json(seen, van, naar)["pad"] is not None for van, naar in asked)
    if found < VIEWS // 2:
        raise RuntimeError("too few paths to measure")
    yield _wait("network-pad", [_timed(partial(path_json, seen, *pair)) for pair in asked])


def _against(
    name: str, ours: Callable[[], object], other: Callable[[], object], rounds: int, limit: float
) -> Result:
    """Time two ways in turn."""
    pairs = [(_timed(ours), _timed(other)) for _ in range(rounds)]
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    return Result(name=name, n=ACTORS, ours=mine, reference=theirs, unit="s", limit=limit)


def _wait(name: str, times: list[float]) -> Result:
    slow = quantiles(times, n=20)[-1]
    return Result(name=name, n=ACTORS, ours=slow, reference=MOST_SECONDS, unit="s", limit=1)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
