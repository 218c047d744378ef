"""Make all figures of one network together, to set beside those of another."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from socialmap.network.bridging import Bridging, find_bridging
from socialmap.network.communities import Communities, find_communities
from socialmap.network.core import Core, find_core
from socialmap.network.density import Density, find_densities, kinds_of
from socialmap.network.external_internal import MeetingIndex, find_meeting
from socialmap.network.graph import Network, Places
from socialmap.network.isolated import Unconnected, find_isolated, find_unconnected
from socialmap.network.key_positions import KeyPosition, find_key_positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of begrippen.md over the actual ties of one network.

    Attributes
    ----------
    knopen, lijnen, gewenst
        Counts of actors, of pairs with an actual tie, and of pairs with a wished one.
    delen
        Sizes of the connected parts, largest first.
    dichtheid
        Within and between kinds of actor.
    """

    knopen: int
    lijnen: int
    gewenst: int
    delen: tuple[int, ...]
    sleutelposities: tuple[KeyPosition, ...]
    brugfunctie: tuple[Bridging, ...]
    formeel_informeel: tuple[MeetingIndex, ...]
    geisoleerd: tuple[str, ...]
    niet_verbonden: tuple[Unconnected, ...]
    groepen: Communities
    kern: Core
    dichtheid: tuple[Density, ...]


def measure(network: Network, places: Places) -> Figures:
    """
    Make all figures of a network; each says its source and cost, betweenness costs most.

    Parameters
    ----------
    network
        Not modified.
    places
        Areas of each placed actor.

    Raises
    ------
    EmptyNetworkError
        If `network` has no actors.
    """
    lines = network.lines
    return Figures(
        knopen=len(network.actors),
        lijnen=lines.number_of_edges(),
        gewenst=network.wished.number_of_edges(),
        delen=find_parts(lines),
        sleutelposities=find_key_positions(lines),
        brugfunctie=find_bridging(lines),
        formeel_informeel=find_meeting(network, places),
        geisoleerd=find_isolated(lines),
        niet_verbonden=find_unconnected(network, places),
        groepen=find_communities(lines),
        kern=find_core(lines),
        dichtheid=find_densities(lines, kinds_of(network)),
    )


def find_parts(network: nx.Graph[str]) -> tuple[int, ...]:
    """Give the sizes of the connected parts, largest first. O(n + m)."""
    return tuple(sorted(map(len, nx.connected_components(network)), reverse=True))
