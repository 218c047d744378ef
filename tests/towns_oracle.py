"""Judge the coverage of a small town the slow and obvious way, straight from the definitions.

Nothing here comes from the program but its records: own freshness, and double loops over every
offer and every buurt, on the own metres and persons of `towns_ground.py`. What lies too near a
threshold is refused, because two honest calculations may differ there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from socialmap.domain.codes import Status, Vorm
from socialmap.domain.model import Aanbod, Actor, Inventarisatie
from tests.towns_ground import Ground, total

#: Day (0 = Monday) or None for any, and part of the day or None for all of it.
Moment = tuple[int | None, str | None]
PARTS = {None: (0, 1440), "ochtend": (360, 720), "middag": (720, 1080), "avond": (1080, 1440)}
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MARGIN = 0.02
#: Metres that a walking distance stays away from the edge of a ring.
RING_MARGIN = 2.0
#: Less of a buurt than this is neither reached nor not reached.
SLIVER = 0.002
_DOCUMENTED = re.compile(r"\d{3}, .+, \d{4}")


class TooClose(Exception):  # noqa: N818 - no error: the town is drawn again
    """A value lies so near a threshold that two honest calculations may differ."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What the definitions say of one area, theme and group; `bereik` None without a verdict."""

    oordeel: str | None
    toevoegingen: frozenset[str] = frozenset()
    bereik: float | None = None
    verhouding: float | None = None
    behoefte: float | None = None
    personen: float | None = None


def months_before(day: date, months: int) -> date:
    """Give the same day some months earlier; the days here exist in every month."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, day.day)


def openings(wanneer: str) -> list[tuple[int, int, int]]:
    """Read opening hours as (day, first minute, last minute); only what the towns write."""
    if wanneer == "24/7":
        return [(day, 0, 1440) for day in range(7)]
    found = []
    for rule in filter(None, (part.strip() for part in wanneer.split(";"))):
        if rule == "PH off":
            continue
        days, _, spans = rule.partition(" ")
        for part in days.split(","):
            first, _, last = part.partition("-")
            for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
                for span in spans.split(","):
                    begin, end = (int(t[:2]) * 60 + int(t[3:]) for t in span.split("-"))
                    found.append((day, begin, end))
    return found


def is_open_at(wanneer: str, moment: Moment) -> bool:
    """Tell whether an opening overlaps a part of a day."""
    first, last = PARTS[moment[1]]
    return any(
        moment[0] in (None, day) and begin < last and end > first
        for day, begin, end in openings(wanneer)
    )


def weight(walk: float, reach: float) -> float:
    """Give the weight of a walking distance: three rings, each a third of the reach."""
    for edge in (reach / 3, reach * 2 / 3, reach):
        if abs(walk - edge) < RING_MARGIN:
            raise TooClose
    if walk <= reach / 3:
        return 1.0
    if walk <= reach * 2 / 3:
        return 0.68
    return 0.22 if walk <= reach else 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A theme and a group at an asked reach, with the offers that count for them."""

    thema: str
    groep: str
    straal: float | None
    offers: tuple[Aanbod, ...]

    @property
    def key(self) -> tuple[object, ...]:
        return self.thema, self.groep, self.straal, tuple(offer.id for offer in self.offers)


class Oracle:
    """Judges every cell of a town with these records."""

    def __init__(
        self,
        ground: Ground,
        actoren: Sequence[Actor],
        aanbod: Sequence[Aanbod],
        inventarisaties: Sequence[Inventarisatie],
        today: date,
    ) -> None:
        self.ground, self.offers, self.today = ground, aanbod, today
        self.actors = {actor.id: actor for actor in actoren}
        self._looked = inventarisaties
        self._since = months_before(today, 24)
        self._kept: dict[Any, Any] = {}

    def cell(
        self,
        code: str,
        thema: str,
        groep: str,
        straal: float | None = None,
        moment: Moment | None = None,
    ) -> Cell:
        """Judge one area for one theme and group; raises TooClose near a threshold."""
        if not any(self.ground.is_inhabited(b) for b in self.ground.areas[code][1]):
            return Cell(None)
        fresh, with_stale = self.usable(thema, groep, moment)
        asked = _Asked(thema, groep, straal, fresh)
        verdict, general, bereik = self._verdict(code, asked)
        other, _, _ = self._verdict(code, _Asked(thema, groep, straal, with_stale))
        ratio = self._ratio(code, asked)
        need = self.ground.need(code, groep)
        added = {
            "alleen_algemeen_aanbod": general,
            "verouderd": other != verdict,
            "krap": self._is_tight(code, ratio, asked),
        }
        return Cell(
            verdict,
            frozenset(name for name, holds in added.items() if holds),
            bereik,
            ratio,
            need,
            None if need is None else need * (1 - bereik),
        )

    def usable(
        self, thema: str, groep: str, moment: Moment | None
    ) -> tuple[tuple[Aanbod, ...], tuple[Aanbod, ...]]:
        """List the usable offers, and those that would be if stale ones were."""
        key = ("usable", thema, groep, moment)
        if key not in self._kept:
            running = [
                offer
                for offer in self.offers
                if thema in offer.themas
                and {groep, "iedereen"} & set(offer.doelgroepen)
                and self._is_running(offer)
                and not self._is_documented(offer)
                and (moment is None or is_open_at(offer.wanneer, moment))
            ]
            fresh = [offer for offer in running if self._is_checked(offer)]
            self._kept[key] = tuple(fresh), tuple(running)
        both: tuple[tuple[Aanbod, ...], tuple[Aanbod, ...]] = self._kept[key]
        return both

    def _is_running(self, offer: Aanbod) -> bool:
        both = {offer.status, self.actors[offer.actor_id].status}
        is_over = offer.loopt_tot is not None and offer.loopt_tot < self.today
        return both == {Status.ACTIEF} and not is_over

    def _is_checked(self, offer: Aanbod) -> bool:
        return offer.gecontroleerd_op is not None and offer.gecontroleerd_op >= self._since

    def _is_documented(self, offer: Aanbod) -> bool:
        return offer.gecontroleerd_op is None and bool(_DOCUMENTED.fullmatch(offer.bron))

    def _verdict(self, code: str, asked: _Asked) -> tuple[str, bool, float]:
        """Give the verdict, whether only general offers make it, and the reach share."""
        weights = self.ground.weights(code, asked.groep)
        everything = sum(weights.values())
        shares = self._shares(asked)
        bereik = sum(weights[b] * shares[b] for b in weights) / everything
        _keep_off(bereik, 0.25, 0.75)
        general = self._is_only_general([b for b in weights if weights[b] > 0], asked)
        if bereik >= 0.75 and not general:
            return "gedekt", general, bereik
        if bereik >= 0.25 or general:
            return "dun", general, bereik
        looked = self._looked_at(asked.thema, asked.groep)
        part = sum(weights[b] for b in weights if b in looked) / everything
        _keep_off(part, 0.75)
        return "gat" if part >= 0.75 else "onbekend", general, bereik

    def _is_only_general(self, buurten: Sequence[str], asked: _Asked) -> bool:
        """Tell whether offers reach residents, and none of them names their group."""
        by_buurt = self._reaching(asked)
        reaching = [offer for buurt in buurten for offer in by_buurt[buurt]]
        named = any(asked.groep in offer.doelgroepen for offer in reaching)
        return asked.groep != "iedereen" and bool(reaching) and not named

    def _looked_at(self, thema: str, groep: str) -> set[str]:
        key = ("looked", thema, groep)
        if key not in self._kept:
            self._kept[key] = {
                buurt
                for buurt in self.ground.shapes
                if any(self._holds(look, buurt, thema, groep) for look in self._looked)
            }
        found: set[str] = self._kept[key]
        return found

    def _holds(self, look: Inventarisatie, buurt: str, thema: str, groep: str) -> bool:
        return (
            look.thema == thema
            and look.doelgroep in ("", groep)
            and self._since <= look.datum <= self.today
            and (look.uitkomst != "niets_gevonden" or len(look.gevraagd_aan) >= 2)
            and buurt in self.ground.areas[look.gebied][1]
        )

    def _reach(self, offer: Aanbod, asked: _Asked) -> float:
        if asked.straal is not None:
            return asked.straal
        if isinstance(offer.bereik, int):
            return float(offer.bereik)
        return 500.0 if asked.groep == "ouderen" else 800.0

    def _works_in(self, offer: Aanbod) -> list[str]:
        codes = offer.werkgebied or self.actors[offer.actor_id].werkgebied
        return sorted({buurt for code in codes for buurt in self.ground.areas[code][1]})

    def _serves_whole(self, offer: Aanbod, buurt: str, asked: _Asked) -> bool:
        """Tell whether an individual offer without a place comes to all of a buurt."""
        return (
            offer.lon is None
            and offer.vorm is Vorm.INDIVIDUEEL
            and offer.bereik != "stadsbreed"
            and buurt in self._works_in(offer)
            and not any(
                look.uitkomst == "niets_gevonden"
                and self._holds(look, buurt, asked.thema, asked.groep)
                for look in self._looked
            )
        )

    def _shares(self, asked: _Asked) -> dict[str, float]:
        """Give the part of every buurt that some offer reaches."""
        key = ("shares", asked.key)
        if key not in self._kept:
            self._kept[key] = {b: self._share(b, asked.offers, asked) for b in self.ground.shapes}
        found: dict[str, float] = self._kept[key]
        return found

    def _reaching(self, asked: _Asked) -> dict[str, list[Aanbod]]:
        """List the offers that reach some of every buurt."""
        key = ("reaching", asked.key)
        if key not in self._kept:
            self._kept[key] = {
                buurt: [o for o in asked.offers if self._share(buurt, [o], asked) > 0]
                for buurt in self.ground.shapes
            }
        found: dict[str, list[Aanbod]] = self._kept[key]
        return found

    def _share(self, buurt: str, offers: Sequence[Aanbod], asked: _Asked) -> float:
        if any(self._serves_whole(offer, buurt, asked) for offer in offers):
            return 1.0
        part = self.ground.share_within(
            buurt, [(*_place(o), self._reach(o, asked)) for o in offers if _has_place(o)]
        )
        if 0 < part < SLIVER:
            raise TooClose
        return part

    def _ratio(self, code: str, asked: _Asked) -> float | None:
        """Give places per person: of a buurt itself, of more the mean by persons."""
        ratios = self._ratios(asked)
        level, buurten = self.ground.areas[code]
        if level == "buurt":
            return ratios[code]
        persons = held = 0.0
        for buurt in buurten:
            ratio, need = ratios[buurt], self.ground.need(buurt, asked.groep)
            if ratio is not None and need is not None:
                persons += need
                held += need * ratio
        return held / persons if persons > 0 else None

    def _ratios(self, asked: _Asked) -> dict[str, float | None]:
        key = ("ratios", asked.key)
        if key not in self._kept:
            self._kept[key] = {b: self._buurt_ratio(b, asked) for b in self.ground.shapes}
        found: dict[str, float | None] = self._kept[key]
        return found

    def _buurt_ratio(self, buurt: str, asked: _Asked) -> float | None:
        """Add up what offers with a known capacity have per person; None without known persons."""
        if not self.ground.need(buurt, asked.groep):
            return None
        supply: list[float] = []
        for offer in asked.offers:
            if offer.capaciteit is None:
                continue
            if _has_place(offer):
                reach = self._reach(offer, asked)
                near = weight(self.ground.walk(*_place(offer), buurt), reach)
                if near > 0:
                    demand = self._demand(offer, asked.groep, reach)
                    supply.append(offer.capaciteit * near / demand)
            elif self._serves_whole(offer, buurt, asked):
                persons = total(self.ground.need(b, asked.groep) for b in self._works_in(offer))
                supply.append(offer.capaciteit / _some(persons))
        return sum(supply) if supply else None

    def _demand(self, offer: Aanbod, groep: str, reach: float) -> float:
        persons = 0.0
        for buurt in self.ground.shapes:
            near = weight(self.ground.walk(*_place(offer), buurt), reach)
            persons += near * (self.ground.need(buurt, groep) or 0.0)
        return _some(persons)

    def _is_tight(self, code: str, ratio: float | None, asked: _Asked) -> bool:
        if ratio is None:
            return False
        ratios = self._ratios(asked)
        inside = self.ground.areas[self.ground.gemeente_of(code)][1]
        half = median([r for r in (ratios[buurt] for buurt in inside) if r is not None]) / 2
        if half > 0 and abs(ratio / half - 1) < MARGIN:
            raise TooClose
        return ratio < half


def _place(offer: Aanbod) -> tuple[float, float]:
    return offer.lon or 0.0, offer.lat or 0.0


def _has_place(offer: Aanbod) -> bool:
    """Tell whether an offer reaches by foot; one for the whole town never counts in reach."""
    return offer.lon is not None and offer.bereik != "stadsbreed"


def _keep_off(value: float, *thresholds: float) -> None:
    if any(abs(value - threshold) < MARGIN for threshold in thresholds):
        raise TooClose


def _some(persons: float | None) -> float:
    """Refuse a town in which places would be divided by nobody."""
    if not persons:
        raise TooClose
    return persons
