"""The page of an actor on a map with 100,000 actors: of drawn ones, of the most tied, and anew."""

from __future__ import annotations

import random
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Feitelijk, Gebiedsniveau, Lijn, Relatiesoort, Richting, Soort
from socialmap.domain.model import Actor, Relatie
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.making import Filling, make_map
from socialmap.store.areas import list_areas, read_shapes
from socialmap.store.engine import Store
from tests.bench.result import Result
from tests.browser.serving import served

ACTORS, TIES, DRAWN, CHANGES = 100_000, 300_000, 200, 5
#: What somebody may wait for the page, in seconds.
ALLOWED = 0.300
_DAY = date(2026, 11, 22)
_CLOCK = Clock(_DAY)


def measure() -> Iterator[Result]:
    """Fill a map, serve it, and ask for pages one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "kaart.db"
        url = f"sqlite:///{database}"
        most = _fill(url)
        drawn = random.Random(5).sample(range(ACTORS), DRAWN)  # noqa: S311 - the same every run
        with served(database, SOCIALMAP_PEILDATUM=_DAY.isoformat()) as address:
            _page(address, _name(drawn[0]))
            times = [_page(address, _name(number)) for number in drawn]
            yield _result("network-actor-page", median(times))
            yield _result("network-actor-page-slow", quantiles(times, n=20)[-1])
            tied = [_page(address, most) for _ in range(CHANGES)]
            yield _result("network-actor-page-most-tied", median(tied))
            first = []
            for number in drawn[:CHANGES]:
                _change(url, _name(number))
                first.append(_page(address, _name(number)))
            yield _result("network-actor-page-after-change", max(first))


def _result(name: str, seconds: float) -> Result:
    return Result(name=name, n=ACTORS, ours=seconds, reference=ALLOWED, unit="s", limit=1)


def _name(number: int) -> str:
    return f"B{number:06}"


def _page(address: str, actor_id: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(f"{address}/actor/{actor_id}", timeout=60) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - start


def _change(url: str, actor_id: str) -> None:
    """Write another text in one actor, as somebody does who brings the map up to date."""
    store = Store.open(url)
    with store.reading() as conn:
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    actor = Actor(id=actor_id, naam="Nu anders", soort=Soort.PARTNER)
    with store.writing() as conn:
        apply(conn, Batch(actoren=(actor,)), wie="bench", now=_CLOCK.now(), places=places)
    store.close()


def _fill(url: str) -> str:
    """Make a map where a few have very many ties and most have few; give the most tied."""
    make_map(url, _CLOCK, Filling.EMPTY)
    chance = random.Random(6)  # noqa: S311 - the same map every run
    store = Store.open(url)
    with store.reading() as conn:
        buurten = list_areas(conn, Gebiedsniveau.BUURT)
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    kinds = (Soort.PARTNER, Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)
    actors = []
    for number in range(ACTORS):
        centre = chance.choice(buurten)
        actors.append(
            Actor(
                id=_name(number),
                naam=f"Organisatie {number}",
                soort=chance.choice(kinds) if number % 500 else Soort.WIJKTEAM,
                lijn=chance.choice(list(Lijn)),
                lon=round(centre.lon + chance.gauss(0, 0.002), 5),
                lat=round(centre.lat + chance.gauss(0, 0.001), 5),
            )
        )
    pairs = _pairs(chance)
    with store.writing() as conn:
        batch = Batch(actoren=tuple(actors), relaties=tuple(_ties(pairs, chance)))
        apply(conn, batch, wie="bench", now=_CLOCK.now(), places=places)
    store.close()
    counted = Counter(end for pair in pairs for end in pair)
    return _name(counted.most_common(1)[0][0])


def _pairs(chance: random.Random) -> list[tuple[int, int]]:
    """Let each new actor know three others, who is known to many the sooner."""
    ends, pairs = [0, 1, 2], set()
    for number in range(3, ACTORS):
        known = {chance.choice(ends) for _ in range(3)}
        pairs |= {(other, number) for other in known}
        ends += [*known, number]
    while len(pairs) < TIES:
        low, high = sorted(chance.sample(range(ACTORS), 2))
        pairs.add((low, high))
    return sorted(pairs)


def _ties(pairs: list[tuple[int, int]], chance: random.Random) -> Iterator[Relatie]:
    for count, (van, naar) in enumerate(pairs):
        yield Relatie(
            id=f"R{count:07}",
            van_id=_name(van),
            naar_id=_name(naar),
            soort=chance.choice(list(Relatiesoort)),
            richting=chance.choice(list(Richting)),
            sterkte=chance.randint(1, 3),
            feitelijk=Feitelijk.FEITELIJK if chance.random() < 0.9 else Feitelijk.GEWENST,
            gecontroleerd_op=_DAY,
        )
