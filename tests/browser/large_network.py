"""A map with many actors and ties, for the tests and the measure of the network page only."""

from __future__ import annotations

import random
from datetime import date

import networkx as nx

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Gebiedsniveau, Lijn, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Gebied, Relatie
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.making import Filling, make_map
from socialmap.store.areas import list_areas, read_shapes
from socialmap.store.engine import Store

_DAY = date(2026, 11, 22)
_KINDS = [kind for kind in Soort if kind is not Soort.SLEUTELFIGUUR]


def make_large_network(url: str, actors: int) -> None:
    """
    Make a map where a few have many ties and most have few, the same every time.

    Parameters
    ----------
    url
        Address of a database that is not there yet.
    actors
        How many; there are about twice as many ties, one in ten wished.
    """
    clock = Clock(_DAY)
    make_map(url, clock, Filling.EMPTY)
    store = Store.open(url)
    chance = random.Random(5)  # noqa: S311 -- the same map every time
    with store.reading() as conn:
        buurten = list_areas(conn, Gebiedsniveau.BUURT)
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    made = [_actor(number, chance, buurten) for number in range(actors)]
    pairs = sorted(nx.barabasi_albert_graph(actors, 2, seed=6).edges)
    ties = [_tie(number, van, naar, chance) for number, (van, naar) in enumerate(pairs)]
    with store.writing() as conn:
        batch = Batch(actoren=tuple(made), relaties=tuple(ties))
        apply(conn, batch, wie="proef", now=clock.now(), places=places)
    store.close()


def _actor(number: int, chance: random.Random, buurten: list[Gebied]) -> Actor:
    centre = chance.choice(buurten)
    return Actor(
        id=f"L{number:04}",
        naam=f"Buurthuis nummer {number}",
        soort=chance.choice(_KINDS),
        lijn=chance.choice(list(Lijn)),
        lon=round(centre.lon + chance.gauss(0, 0.002), 5),
        lat=round(centre.lat + chance.gauss(0, 0.001), 5),
    )


def _tie(number: int, van: int, naar: int, chance: random.Random) -> Relatie:
    return Relatie(
        id=f"T{number:05}",
        van_id=f"L{van:04}",
        naar_id=f"L{naar:04}",
        soort=Relatiesoort.WERKT_SAMEN,
        richting=Richting.WEDERKERIG,
        sterkte=chance.randint(1, 3),
        feitelijk=Feitelijk.GEWENST if number % 10 == 0 else Feitelijk.FEITELIJK,
        gecontroleerd_op=_DAY,
    )
