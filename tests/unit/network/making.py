"""Make small networks: from pairs of ids, and any that hypothesis thinks of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from socialmap.domain.codes import (
    Feitelijk,
    Lijn,
    Relatiesoort,
    Richting,
    Soort,
)
from socialmap.domain.model import Actor, Relatie


def actor(actor_id: str, **values: Any) -> Actor:
    """An actor with no more than it needs."""
    return Actor(**{"id": actor_id, "naam": actor_id, "soort": Soort.PARTNER} | values)


def tie(van: str, naar: str, **values: Any) -> Relatie:
    """An actual mutual tie, of strength 3 unless said otherwise."""
    default: dict[str, Any] = {
        "soort": Relatiesoort.KENT,
        "richting": Richting.WEDERKERIG,
        "sterkte": 3,
        "feitelijk": Feitelijk.FEITELIJK,
    }
    made = default | values
    key = f"{van}-{naar}-{made['soort']}-{made['richting']}-{made['feitelijk']}"
    return Relatie(id=key, van_id=van, naar_id=naar, **made)


def graph(pairs: Iterable[tuple[str, str]], alone: Iterable[str] = ()) -> nx.Graph[str]:
    """An undirected network of pairs, and of actors without a tie."""
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(alone)
    made.add_edges_from(pairs)
    return made


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> nx.Graph[str]:
    """Any undirected network of 1 to `most` actors, sparse or dense, in one part or several."""
    ids = [f"A{number:02}" for number in range(draw(st.integers(1, most)))]
    pairs = [(a, b) for a in ids for b in ids if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return graph(draw(st.permutations(chosen)), draw(st.permutations(ids)))


@st.composite
def records(draw: st.DrawFn, most: int = 7) -> tuple[list[Actor], list[Relatie]]:
    """Any actors with any ties between them, also to themselves and to who is not there."""
    ids = [f"A{number}" for number in range(draw(st.integers(2, most)))]
    actors = [
        actor(
            actor_id,
            soort=draw(st.sampled_from(Soort)),
            lijn=draw(st.sampled_from([None, *Lijn])),
            werkgebied=tuple(draw(st.sets(st.sampled_from(AREAS)))),
        )
        for actor_id in ids
    ]
    ties = draw(
        st.lists(
            st.builds(
                tie,
                st.sampled_from([*ids, "elders"]),
                st.sampled_from([*ids, "elders"]),
                soort=st.sampled_from(Relatiesoort),
                richting=st.sampled_from(Richting),
                sterkte=st.integers(1, 3),
                feitelijk=st.sampled_from([Feitelijk.FEITELIJK] * 3 + [Feitelijk.GEWENST]),
            ),
            max_size=25,
            unique_by=lambda one: one.id,
        )
    )
    return actors, ties


AREAS = ("WK1", "WK2", "WK3")


@st.composite
def placed(draw: st.DrawFn, actors: list[Actor]) -> dict[str, tuple[str, ...]]:
    """Areas of some of the actors."""
    return {
        one.id: tuple(draw(st.sets(st.sampled_from(AREAS), min_size=1)))
        for one in actors
        if draw(st.booleans())
    }
