"""What keeps an offer out of an answer, one gate for each thing that was asked beside the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from socialmap.finding.index import Mask, Numbers, Positions, SearchIndex
from socialmap.finding.question import Uitsluiting, Vraag
from socialmap.geo.measure import WALKING_FACTOR, lonlat_to_xy

#: Straight metres beyond which an offer with a place is not for somebody here.
FARTHEST_M = 15_000.0
#: An offer that lies this many times too far is not told about: it is no near miss.
_NEAR_MISS = 4.0
#: At most so many near misses are looked at, the nearest first.
MOST_MISSES = 500


#: Tells for positions of offers, in rising order, which of them pass.
Gate = Callable[[Positions], Mask]


class Gates:
    """
    The gates that one question sets.

    Parameters
    ----------
    vraag
        The question.
    index
        All offers.
    is_open
        Tells from `wanneer` whether an offer is open today; only asked when the question asks.
    """

    def __init__(self, vraag: Vraag, index: SearchIndex, is_open: Callable[[str], bool]) -> None:
        self._vraag, self._index = vraag, index
        self._named = {kind: terms for kind, terms in _named(vraag).items() if terms}
        self._gates: list[tuple[Uitsluiting, Gate]] = []
        if vraag.punt is not None:
            self._here = tuple(lonlat_to_xy(np.array([vraag.punt], np.float64))[0])
            self._gates.append((Uitsluiting.AFSTAND, self._within_reach))
        for kind, terms in self._named.items():
            self._gates.append((kind, partial(index.has_any, terms)))
        self._gates += _plain(vraag, index)
        if vraag.vandaag_open:
            self._gates.append((Uitsluiting.NIET_OPEN, partial(_open, index, is_open)))

    def start(self) -> Positions | None:
        """Give the fewest offers that one gate lets through; None where no gate names any."""
        if not self._named:
            return None
        fewest = min(self._named.values(), key=self._index.count)
        return self._index.places_of(fewest)

    def pass_through(self, chosen: Positions) -> tuple[Positions, Numbers]:
        """Give those that pass all gates, with straight metres."""
        for _, gate in self._gates:
            chosen = chosen[gate(chosen)]
        return chosen, self.distance(chosen)

    def miss_one(self, chosen: Positions) -> tuple[Positions, Numbers, tuple[Uitsluiting, ...]]:
        """Give those that one gate keeps out, the nearest first of very many, and which gate."""
        distance = self.distance(chosen)
        chosen = chosen[~(distance > self._limit() * _NEAR_MISS)]
        fails = np.zeros(len(chosen), np.int8)
        which = np.zeros(len(chosen), np.int8)
        for n, (_, gate) in enumerate(self._gates):
            stopped = ~gate(chosen)
            fails += stopped
            which[stopped] = n
        once = fails == 1
        chosen, which = chosen[once], which[once]
        distance = self.distance(chosen)
        if len(chosen) > MOST_MISSES:
            far = np.where(np.isnan(distance), np.float32(np.inf), distance)
            keep = np.sort(np.argsort(far, kind="stable")[:MOST_MISSES])
            chosen, which, distance = chosen[keep], which[keep], distance[keep]
        return chosen, distance, tuple(self._gates[n][0] for n in which)

    def distance(self, chosen: Positions) -> Numbers:
        """Give straight metres from the place of the question, NaN when unknown."""
        if self._vraag.punt is None:
            return np.full(len(chosen), np.nan, np.float32)
        x, y = self._here
        east = self._index.x[chosen] - np.float32(x)
        north = self._index.y[chosen] - np.float32(y)
        metres: Numbers = np.sqrt(east * east + north * north)
        return metres

    def _limit(self) -> float:
        straal = self._vraag.straal_m
        return FARTHEST_M if straal is None else straal / WALKING_FACTOR

    def _within_reach(self, chosen: Positions) -> Mask:
        """An offer without a place must serve the area; one without either may be anywhere."""
        near: Mask = self.distance(chosen) <= np.float32(self._limit())
        loose = np.flatnonzero(~self._index.has_place[chosen])
        if len(loose):
            others = chosen[loose]
            terms = [f"gebied:{code}" for code in self._vraag.gebieden]
            serves = self._index.has_any(terms, others)
            near[loose] = serves | ~self._index.has_area[others]
        return near


def candidates(gates: Gates, visible: Mask, speaks: Gate, size: int) -> tuple[Positions, Numbers]:
    """
    Give the offers that pass all gates and that something of the question speaks for.

    Begins with the fewest offers that one gate names, so that a narrow question is a short one.

    Parameters
    ----------
    gates
        What the question sets.
    visible
        Offers that the reader may find, shape (size,).
    speaks
        Tells which of some offers anything of the question speaks for.
    size
        How many offers there are.

    Returns
    -------
    places, distance_m
        Positions in the index, shape (n,), and straight metres, NaN when unknown.
    """
    start = gates.start()
    if start is None:
        chosen = np.flatnonzero(visible).astype(np.int32)
        return gates.pass_through(chosen[speaks(chosen)])
    passed, distance = gates.pass_through(start[visible[start]])
    spoken = speaks(passed)
    return passed[spoken], distance[spoken]


def _plain(vraag: Vraag, index: SearchIndex) -> Iterator[tuple[Uitsluiting, Gate]]:
    """Give the gates that look at one number of an offer."""
    if vraag.leeftijd is not None:
        age = vraag.leeftijd
        yield (
            Uitsluiting.LEEFTIJD,
            lambda some: (index.jongst[some] <= age) & (age <= index.oudst[some]),
        )
    if vraag.lijn is not None:
        yield Uitsluiting.LIJN, lambda some: index.lijn[some] == vraag.lijn
    if vraag.lijn_max is not None:
        highest = vraag.lijn_max
        yield Uitsluiting.LIJN, lambda some: index.lijn[some] <= highest
    if vraag.gratis:
        yield Uitsluiting.KOSTEN, lambda some: index.gratis[some]


def _open(index: SearchIndex, is_open: Callable[[str], bool], chosen: Positions) -> Mask:
    return np.array([is_open(index.rows[n].wanneer) for n in chosen], bool)


def _named(vraag: Vraag) -> dict[Uitsluiting, list[str]]:
    """Give for each gate the terms of which an offer must have one; none: the gate is open."""
    groups = [*vraag.doelgroepen, "iedereen"] if vraag.doelgroepen else []
    return {
        Uitsluiting.THEMA: [f"thema:{code}" for code in vraag.themas],
        Uitsluiting.DOELGROEP: [f"groep:{code}" for code in groups],
        Uitsluiting.GEBIED: [f"gebied:{vraag.gebied}"] if vraag.gebied else [],
        Uitsluiting.TAAL: [f"taal:{code}" for code in vraag.talen],
        Uitsluiting.VORM: [f"vorm:{vraag.vorm}"] if vraag.vorm else [],
    }
