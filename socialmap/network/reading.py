"""Read the network from the store as one reader sees it, and keep it until the map changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.model import Gebied, Kerncijfer, Relatie
from socialmap.domain.privacy import Lezer
from socialmap.network.bridging import Bridging, bridging_of
from socialmap.network.communities import Communities, communities_of
from socialmap.network.core import Core, core_of
from socialmap.network.density import Density, areas_of, find_densities, kinds_of
from socialmap.network.external_internal import MeetingIndex, find_meeting
from socialmap.network.figures import find_parts
from socialmap.network.graph import Network, Places, build_network
from socialmap.network.isolated import Unconnected, find_isolated, find_unconnected
from socialmap.network.key_positions import KeyPosition, key_positions_of
from socialmap.network.profile import Profile, make_profiles
from socialmap.network.ready import Ready, make_ready
from socialmap.store.areas import list_areas, read_figures
from socialmap.store.data_version import read_data_version
from socialmap.store.located import actor_areas
from socialmap.store.records import all_actors, all_relaties

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Kinds of readers whose newest network is kept: each level of the municipalities that are busy.
READERS_KEPT = 12


@dataclass(frozen=True)
class Seen:
    """The network of one reader on one day; its figures are made once, when they are asked.

    Attributes
    ----------
    network
        Cut to the reader before anything was computed.
    places
        Areas of each actor whose point the reader may see.
    areas
        All areas of the map by code, from small to large.
    residents
        Key figures of the newest year of each wijk, by its code.
    """

    network: Network
    places: Places
    areas: Mapping[str, Gebied]
    residents: Mapping[str, Sequence[Kerncijfer]]

    @cached_property
    def ready(self) -> Ready:
        """The actual ties for igraph. Raises EmptyNetworkError when nobody is in it."""
        return make_ready(self.network.lines)

    @cached_property
    def key_positions(self) -> tuple[KeyPosition, ...]:
        """See `key_positions.find_key_positions`; empty where nobody is."""
        return key_positions_of(self.ready) if self.network.actors else ()

    @cached_property
    def bridging(self) -> tuple[Bridging, ...]:
        """See `bridging.find_bridging`; empty where nobody is."""
        return bridging_of(self.ready) if self.network.actors else ()

    @cached_property
    def meeting(self) -> tuple[MeetingIndex, ...]:
        """See `external_internal.find_meeting`."""
        return find_meeting(self.network, self.places)

    @cached_property
    def isolated(self) -> tuple[str, ...]:
        """See `isolated.find_isolated`."""
        return find_isolated(self.network.lines)

    @cached_property
    def unconnected(self) -> tuple[Unconnected, ...]:
        """See `isolated.find_unconnected`."""
        return find_unconnected(self.network, self.places)

    @cached_property
    def communities(self) -> Communities:
        """See `communities.find_communities`."""
        if not self.network.actors:
            return Communities(groepen=(), modulariteit=0.0)
        return communities_of(self.ready)

    @cached_property
    def core(self) -> Core:
        """See `core.find_core`."""
        if not self.network.actors:
            return Core(k=0, kern=(), rand=(), diepte={})
        return core_of(self.ready)

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """See `figures.find_parts`."""
        return find_parts(self.network.lines)

    @cached_property
    def kind_densities(self) -> tuple[Density, ...]:
        """Density within and between kinds of actor."""
        return find_densities(self.network.lines, kinds_of(self.network))

    @cached_property
    def wijk_densities(self) -> tuple[Density, ...]:
        """Density within and between wijken."""
        wijken = [area.code for area in self.areas.values() if area.niveau is Gebiedsniveau.WIJK]
        return find_densities(self.network.lines, areas_of(self.places, wijken))

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """See `profile.make_profiles`."""
        return make_profiles(self)

    @cached_property
    def ties_of(self) -> Mapping[str, Sequence[Relatie]]:
        """Actual and wished ties of each actor that has one, in order of id."""
        found: dict[str, list[Relatie]] = {}
        for tie in self.network.ties:
            found.setdefault(tie.van_id, []).append(tie)
            found.setdefault(tie.naar_id, []).append(tie)
        return found


def read_network(conn: Connection, lezer: Lezer, today: date) -> Seen:
    """
    Read the network of a reader: the store cuts actors, ties and places before they come here.

    O(n log n + m log m) for n actors and m ties.

    Parameters
    ----------
    conn
        A reading connection: all is of one moment.
    lezer, today
        Who reads, and the day that consent and ties are held against.
    """
    network = build_network(all_actors(conn, lezer, today), all_relaties(conn, lezer, today), today)
    held = actor_areas(conn, lezer, today)
    # The index knows a place of which the reader may not see the point: the record decides.
    places = {
        actor.id: held[actor.id]
        for actor in network.actors.values()
        if actor.lon is not None and actor.id in held
    }
    areas = {area.code: area for area in list_areas(conn)}
    wijken = [area.code for area in areas.values() if area.niveau is Gebiedsniveau.WIJK]
    residents: dict[str, list[Kerncijfer]] = {}
    for figure in read_figures(conn, wijken):
        residents.setdefault(figure.gebied, []).append(figure)
    return Seen(network, places, areas, residents)


def lying_or_working(seen: Seen, gebied: str) -> set[str] | None:
    """Tell who lies or works in an area, by the rule of the filter `gebied`; None for no area."""
    if not gebied:
        return None
    buurten = set(seen.areas[gebied].buurten) if gebied in seen.areas else set()
    related = {a.code for a in seen.areas.values() if buurten.intersection(a.buurten)} | {gebied}
    return {
        actor.id
        for actor in seen.network.actors.values()
        if gebied in seen.places.get(actor.id, ()) or related.intersection(actor.werkgebied)
    }


class NetworkReader:
    """Keeps the newest network of each kind of reader of one map; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Lezer, tuple[tuple[int, date], Seen]] = {}
        self._asked: set[Lezer] = set()

    def current(self, conn: Connection, lezer: Lezer, today: date) -> Seen:
        """
        Give the network of what a reading connection sees.

        It is made anew only when the map has changed or another day has begun.

        Parameters
        ----------
        conn
            A reading connection.
        lezer, today
            Who reads, and the day.
        """
        stamp = (read_data_version(conn), today)
        self._asked.add(lezer)
        with self._lock:
            kept = self._kept.get(lezer)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            seen = read_network(conn, lezer, today)
            # A connection that is still on an older moment must not push out the newer one.
            if kept is None or kept[0] < stamp:
                self._kept.pop(lezer, None)
                self._kept[lezer] = stamp, seen
                while len(self._kept) > READERS_KEPT:
                    del self._kept[next(iter(self._kept))]
            return seen

    def refresh(self, conn: Connection, today: date) -> None:
        """
        Make anew what was asked for since the last time, so that nobody waits for it.

        What nobody reads costs nothing.

        Parameters
        ----------
        conn
            A reading connection.
        today
            The day.
        """
        for lezer in tuple(self._asked):
            seen = self.current(conn, lezer, today)
            # The figures that a page of the network asks for; each is kept with it.
            _ = seen.key_positions, seen.bridging, seen.unconnected, seen.ties_of
            self._asked.discard(lezer)
