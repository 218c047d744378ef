"""Read what coverage needs as one reader sees it, and keep it until the map changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from socialmap.coverage.assess import Assessment, assess
from socialmap.coverage.cells import Cells, Question, make_cells
from socialmap.coverage.ground import Ground, make_ground
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.offers import OfferTable, make_offers
from socialmap.coverage.times import Tijd
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Aanbod, Actor, Gebied, Inventarisatie
from socialmap.domain.privacy import Lezer
from socialmap.store.areas import (
    AREAS_VERSION,
    FIGURES_VERSION,
    all_figures,
    list_areas,
    read_shapes,
)
from socialmap.store.data_version import read_data_version
from socialmap.store.inventories import all_inventories
from socialmap.store.records import all_aanbod, all_actors
from socialmap.store.vocabulary import read_meta

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
#: Questions of one map whose cells are kept: all themes for a few groups, reaches and times.
_KEPT = 240
#: Verdicts of whole levels that are kept: the same, for a few levels.
_KEPT_STANDS = 480
#: Kinds of readers whose newest map is kept.
READERS_KEPT = 12


@dataclass(frozen=True)
class CoverageMap:
    """
    The map of one reader on one day, ready to be asked.

    Attributes
    ----------
    ground
        Areas and residents.
    table
        Offers in use, as the reader may see them.
    inventories
        Of any age.
    actors, offers
        All that the reader may see, in use or not.
    today
        The day that freshness is held against.
    """

    ground: Ground
    table: OfferTable
    inventories: Sequence[Inventarisatie]
    actors: Sequence[Actor]
    offers: Sequence[Aanbod]
    today: date
    _cells: OrderedDict[Question, Cells] = field(default_factory=OrderedDict)
    _stands: OrderedDict[tuple[Gebiedsniveau, Question], tuple[Assessment, ...]] = field(
        default_factory=OrderedDict
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cells(self, question: Question) -> Cells:
        """Give what every buurt has within reach; kept for the next who asks the same."""
        return self._keep(
            self._cells,
            question,
            lambda: make_cells(self.ground, self.table, self.inventories, question, self.today),
            _KEPT,
        )

    def assess(
        self,
        niveau: Gebiedsniveau,
        thema: str,
        doelgroep: str = EVERYBODY,
        straal_m: float | None = None,
        tijd: Tijd | None = None,
        gebied: str = "",
    ) -> tuple[Assessment, ...]:
        """
        Judge a theme and group in the areas of a level, by name.

        Parameters
        ----------
        niveau
            Level of the areas.
        thema, doelgroep
            Codes; `iedereen` for all residents.
        straal_m
            Metres on foot; None for what each offer says, else 800, and 500 for ouderen.
        tijd
            A time of the week; None for any.
        gebied
            Keeps the areas that share a buurt with this one; empty for all.
        """
        question = Question(thema=thema, doelgroep=doelgroep, straal_m=straal_m, tijd=tijd)
        if gebied:
            areas = self.ground.of_level(niveau, gebied)
            return assess(self.ground, self.table, self.cells(question), areas)
        return self._keep(
            self._stands,
            (niveau, question),
            lambda: assess(
                self.ground, self.table, self.cells(question), self.ground.of_level(niveau)
            ),
            _KEPT_STANDS,
        )

    def _keep(
        self, kept: OrderedDict[Key, Made], key: Key, make: Callable[[], Made], most: int
    ) -> Made:
        """Give what was made before, or make it; the longest unused goes first."""
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        made = make()
        with self._lock:
            kept[key] = made
            while len(kept) > most:
                kept.popitem(last=False)
        return made

    def inventories_about(self, area: Gebied, thema: str, doelgroep: str) -> list[Inventarisatie]:
        """List who looked for a theme and group in an area, or in one that holds it, newest first.

        Those that are too old to count as well.
        """
        areas, own = self.ground.areas, set(area.buurten)
        found = [
            one
            for one in self.inventories
            if one.thema == thema
            and one.doelgroep in ("", doelgroep)
            and one.gebied in areas
            and own <= set(areas[one.gebied].buurten)
        ]
        return sorted(found, key=lambda one: (one.datum, one.id), reverse=True)


class CoverageReader:
    """Keeps the newest map of each kind of reader; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ground: tuple[tuple[str | None, str | None], Ground] | None = None
        self._kept: dict[Lezer, tuple[tuple[int, date], CoverageMap]] = {}

    def current(self, conn: Connection, lezer: Lezer, today: date) -> CoverageMap:
        """
        Give the map of what a reading connection sees.

        It is made anew only when the map has changed or another day has begun; borders and
        figures only when those have changed.

        Parameters
        ----------
        conn
            A reading connection.
        lezer, today
            Who reads, and the day.
        """
        stamp = (read_data_version(conn), today)
        with self._lock:
            kept = self._kept.get(lezer)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            ground = self._read_ground(conn)
            actors, offers = all_actors(conn, lezer, today), all_aanbod(conn, lezer, today)
            table = make_offers(offers, actors, ground, today)
            made = CoverageMap(ground, table, all_inventories(conn), actors, offers, today)
            # A connection that is still on an older moment must not push out the newer one.
            if kept is None or kept[0] < stamp:
                self._kept.pop(lezer, None)
                self._kept[lezer] = stamp, made
                while len(self._kept) > READERS_KEPT:
                    del self._kept[next(iter(self._kept))]
            return made

    def _read_ground(self, conn: Connection) -> Ground:
        stamp = read_meta(conn, AREAS_VERSION), read_meta(conn, FIGURES_VERSION)
        if self._ground is None or self._ground[0] != stamp:
            shapes = read_shapes(conn, Gebiedsniveau.BUURT)
            self._ground = stamp, make_ground(list_areas(conn), shapes, all_figures(conn))
        return self._ground[1]
