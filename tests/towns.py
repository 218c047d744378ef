"""Draw small towns with planted gaps, the same for the same seed, and put them in a store.

A town is drawn record by record. A record that brings a cell of the oracle within a margin of a
threshold, or undoes a planted gap, is drawn again.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import shapely

from socialmap.domain.codes import Soort, Status, Vorm
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Inventarisatie
from tests.towns_ground import Ground
from tests.towns_land import Land, draw_land, lonlat
from tests.towns_oracle import Moment, Oracle, TooClose

TODAY = date(2026, 11, 15)
GROUPS = ("iedereen", "ouderen", "kinderen", "jongeren", "alleenstaanden", "minima", "ggz")
SUNDAY: Moment = (6, None)
#: Asked reach and moment of every question about a town.
QUESTIONS: tuple[tuple[float | None, Moment | None], ...] = (
    (None, None),
    (650.0, None),
    (None, SUNDAY),
    (None, (None, "avond")),
    (None, (1, "ochtend")),
)
#: Planted gap -> the themes in which it lies.
KINDS = {
    "thema": ("sociaal_netwerk",),
    "groep": ("financien",),
    "verouderd": ("participatie",),
    "nooit_gekeken": ("mantelzorg", "taal"),
    "tijd": ("vervoer",),
}
THEMES = tuple(thema for themas in KINDS.values() for thema in themas)
#: Draws of one record before a town is given up.
_TRIES = 400
_HOURS = (
    "",
    "24/7",
    "Mo-Fr 09:00-12:00",
    "Tu,Th 10:00-12:00; We 19:00-21:30",
    "Mo-Fr 09:00-17:00; PH off",
    "Sa,Su 13:00-16:00",
    "Tu 12:00-14:00",
    "Tu 08:00-09:30,18:00-20:00",
)
_CHECKED = (
    *(date(2026, 10, 1), date(2026, 3, 2), date(2026, 8, 20), date(2025, 9, 1)) * 2,
    date(2024, 11, 15),
    date(2024, 11, 14),
    None,
)
_SERVES = (
    *(("iedereen",), ("iedereen", "ouderen"), ("iedereen", "minima"), ("ouderen",)) * 2,
    ("kinderen", "jongeren"),
    ("minima", "ggz"),
    ("alleenstaanden",),
    (),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """What a town was made to show in one cell."""

    kind: str
    gebied: str
    thema: str
    groep: str
    oordeel: str
    toevoeging: str = ""
    moment: Moment | None = None


@dataclass(kw_only=True)
class Town:
    """A town as records, with what was planted in it and how many draws it took."""

    seed: int
    land: Land
    today: date = TODAY
    actoren: list[Actor] = field(default_factory=list)
    aanbod: list[Aanbod] = field(default_factory=list)
    inventarisaties: list[Inventarisatie] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    draws: int = 0

    def oracle(self) -> Oracle:
        """Judge this town by the slow way."""
        return Oracle(
            Ground(self.land), self.actoren, self.aanbod, self.inventarisaties, self.today
        )


def draw_towns(count: int) -> list[Town]:
    """Draw towns, by seed from 1 on; a seed of which no town comes is passed over."""
    found: list[Town] = []
    for seed in range(1, 20 * count):
        with suppress(TooClose):
            found.append(draw_town(seed))
        if len(found) == count:
            return found
    raise AssertionError(f"only {len(found)} towns")


def draw_town(seed: int) -> Town:
    """Draw one town; the same seed gives the same town. Raises TooClose when none comes."""
    chance = random.Random(seed)  # noqa: S311 - towns must come back
    town = Town(seed=seed, land=draw_land(chance))
    ground = Ground(town.land)
    for kind, themas in KINDS.items():
        _Block(town, ground, chance, kind, themas).draw()
    return town


def is_seen(oracle: Oracle, planted: Planted) -> bool:
    """Tell whether a cell shows what was planted in it."""
    cell = oracle.cell(planted.gebied, planted.thema, planted.groep, None, planted.moment)
    return cell.oordeel == planted.oordeel and planted.toevoeging in ("", *cell.toevoegingen)


@dataclass
class _Block:
    """The records of one planted gap: nothing in one block touches the cells of another."""

    town: Town
    ground: Ground
    chance: random.Random
    kind: str
    themas: tuple[str, ...]
    actoren: list[Actor] = field(default_factory=list)
    aanbod: list[Aanbod] = field(default_factory=list)
    looked: list[Inventarisatie] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    cleared: set[Any] = field(default_factory=set)

    def draw(self) -> None:
        """Plant the gap, then add records around it, and hand all to the town."""
        self._keep_first(self._plant)
        for _ in range(self.chance.randrange(1, 4)):
            self._keep_first(self._look_around)
        for _ in range(self.chance.randrange(2, 5)):
            self._keep_first(self._good_offer)
        for _ in range(self.chance.randrange(4, 8)):
            self._keep_first(self._offer)
        self.town.actoren += self.actoren
        self.town.aanbod += self.aanbod
        self.town.inventarisaties += self.looked
        self.town.planted += self.planted

    def _keep_first(self, add: Callable[[], None]) -> None:
        before = [list(records) for records in self._records()]
        for _ in range(_TRIES):
            self.town.draws += 1
            add()
            if self._is_clear():
                return
            for records, old in zip(self._records(), before, strict=True):
                records[:] = old
        raise TooClose

    def _records(self) -> tuple[list[Any], ...]:
        return self.actoren, self.aanbod, self.looked, self.planted

    def _is_clear(self) -> bool:
        oracle = Oracle(self.ground, self.actoren, self.aanbod, self.looked, TODAY)
        try:
            if not all(is_seen(oracle, planted) for planted in self.planted):
                return False
            for thema, groep, (straal, moment) in product(self.themas, GROUPS, QUESTIONS):
                fresh, more = oracle.usable(thema, groep, moment)
                who = tuple((offer, oracle.actors[offer.actor_id]) for offer in more)
                key = (thema, groep, straal, tuple(fresh), who, tuple(self.looked))
                # What the new record does not touch was looked at with the one before.
                if key not in self.cleared:
                    for code in self.ground.areas:
                        oracle.cell(code, thema, groep, straal, moment)
                    self.cleared.add(key)
        except TooClose:
            return False
        return True

    def _plant(self) -> None:
        inhabited = [b for b in sorted(self.ground.shapes) if self.ground.is_inhabited(b)]
        buurt = self.chance.choice(inhabited)
        thema = self.themas[0]
        point = self.ground.points[buurt]
        near: dict[str, Any] = dict(zip(("lon", "lat"), lonlat(point.x, point.y), strict=True))
        near["bereik"] = self.chance.randrange(1_200, 4_000, 50)

        def expect(groep: str, oordeel: str, more: str = "", moment: Moment | None = None) -> None:
            self.planted.append(
                Planted(
                    kind=self.kind,
                    gebied=buurt,
                    thema=thema,
                    groep=groep,
                    oordeel=oordeel,
                    toevoeging=more,
                    moment=moment,
                )
            )

        if self.kind == "thema":
            wijk = "WK" + buurt[2:8]
            self._look(wijk, thema, "", date(2026, 4, 1), "niets_gevonden", 2)
            # Said to come here, but nobody who was asked had heard of it.
            self._add({}, vorm=Vorm.INDIVIDUEEL, werkgebied=(wijk, self.chance.choice(inhabited)))
            expect("iedereen", "gat")
        elif self.kind == "groep":
            self._add(near, doelgroepen=("iedereen",))
            expect("ouderen", "dun", "alleen_algemeen_aanbod")
        elif self.kind == "verouderd":
            self._add(near, gecontroleerd_op=date(2023, 1, 9))
            expect("iedereen", "onbekend", "verouderd")
        elif self.kind == "nooit_gekeken":
            expect("iedereen", "onbekend")
        else:
            self._add(near, wanneer="Mo-Fr 09:00-17:00")
            expect("iedereen", "gedekt")
            expect("iedereen", "onbekend", moment=SUNDAY)

    def _add(self, near: dict[str, Any], **more: Any) -> None:
        """Add an offer that counts for everybody, but for what is said."""
        actor = Actor(id=self._id("A"), naam="Buurthuis", soort=Soort.PARTNER)
        same: dict[str, Any] = {
            "vorm": Vorm.COLLECTIEF,
            "themas": self.themas[:1],
            "doelgroepen": ("iedereen",),
            "gecontroleerd_op": date(2026, 9, 1),
        }
        self.actoren.append(actor)
        self.aanbod.append(
            Aanbod(id=self._id("O"), actor_id=actor.id, naam="Inloop", **(same | near | more))
        )

    def _id(self, letter: str) -> str:
        number = len(self.actoren if letter == "A" else self.aanbod)
        return f"{letter}-{self.kind}-{number:02d}"

    def _look_around(self) -> None:
        """Add an inventarisatie of any area, theme, group, age and outcome."""
        chance = self.chance
        self._look(
            chance.choice(list(self.ground.areas)),
            chance.choice((*self.themas * 3, "justitie")),
            chance.choice(("", "", "ouderen", "minima")),
            chance.choice((date(2026, 2, 1), TODAY, date(2024, 11, 15), date(2024, 11, 14))),
            chance.choice(("niets_gevonden", "niets_gevonden", "gevonden", "deels")),
            chance.choice((1, 2, 3)),
        )

    def _look(
        self, gebied: str, thema: str, groep: str, datum: date, uitkomst: Any, asked: int
    ) -> None:
        self.looked.append(
            Inventarisatie(
                id=f"I-{self.kind}-{len(self.looked):02d}",
                gebied=gebied,
                thema=thema,
                doelgroep=groep,
                datum=datum,
                door="opbouwwerk",
                gevraagd_aan=("bewoners", "kerk", "huisarts")[:asked],
                uitkomst=uitkomst,
            )
        )

    def _offer(self) -> None:
        """Add an offer of any kind, of a new actor or of one that is there."""
        chance = self.chance
        if not self.actoren or chance.random() < 0.7:
            self.actoren.append(self._draw_actor())
        has_place = chance.random() < 0.7
        spot = self._draw_spot() if has_place else {}
        self.aanbod.append(
            Aanbod(
                id=self._id("O"),
                actor_id=chance.choice(self.actoren).id,
                naam="Aanbod",
                vorm=chance.choice((Vorm.COLLECTIEF, Vorm.INDIVIDUEEL, Vorm.INDIVIDUEEL, None)),
                themas=(chance.choice(self.themas),) if chance.random() < 0.5 else self.themas,
                doelgroepen=chance.choice(_SERVES),
                wanneer=chance.choice(_HOURS),
                capaciteit=chance.choice((None, None, None, 0, *range(8, 78, 7))),
                gecontroleerd_op=chance.choice(_CHECKED),
                status=chance.choice((*[Status.ACTIEF] * 10, Status.GEPAUZEERD, Status.GESTOPT)),
                bron=chance.choice(("", "", "", "003, 6.1 De sociale basis, 2020", "gesprek")),
                bereik=chance.choice((None, None, None, None, 400, 1100, STADSBREED)),
                werkgebied=() if has_place or chance.random() < 0.4 else self._draw_area(),
                loopt_tot=chance.choice((*[None] * 8, TODAY, date(2026, 11, 14))),
                **spot,
            )
        )

    def _good_offer(self) -> None:
        """Add an offer at a place that counts for some group, now and mostly with a capacity."""
        self._add(
            self._draw_spot(),
            themas=self.themas,
            vorm=self.chance.choice((Vorm.COLLECTIEF, Vorm.INDIVIDUEEL)),
            doelgroepen=self.chance.choice(_SERVES[:-1]),
            capaciteit=self.chance.choice((None, *range(10, 90, 9))),
            gecontroleerd_op=self.chance.choice((TODAY, date(2025, 3, 2), date(2024, 11, 15))),
            bereik=self.chance.choice((None, None, None, 450, 1300)),
            wanneer=self.chance.choice(_HOURS),
        )

    def _draw_actor(self) -> Actor:
        chance = self.chance
        spot = self._draw_spot() if chance.random() < 0.5 else {}
        return Actor(
            id=self._id("A"),
            naam="Actor",
            soort=chance.choice((Soort.PARTNER, Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)),
            status=chance.choice((*[Status.ACTIEF] * 10, Status.GEPAUZEERD, Status.GESTOPT)),
            werkgebied=self._draw_area() if chance.random() < 0.6 else (),
            gecontroleerd_op=date(2026, 9, 1),
            **spot,
        )

    def _draw_spot(self) -> dict[str, Any]:
        west, south, east, north = shapely.total_bounds(list(self.ground.shapes.values()))
        lon, lat = lonlat(self.chance.uniform(west, east), self.chance.uniform(south, north))
        return {"lon": lon, "lat": lat}

    def _draw_area(self) -> tuple[str, ...]:
        codes = [c for c in self.ground.areas if self.ground.areas[c][0] != "gemeente"]
        return tuple(self.chance.sample(codes, self.chance.choice((1, 1, 2))))
