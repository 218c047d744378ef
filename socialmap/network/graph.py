"""Build the network of a day from actors and ties that are already cut to the reader.

Pure functions on plain records. No files, no database, no web: what the reader may not see is
taken out by the store before it comes here, so no figure can be made of it (eisen.md, 20).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import networkx as nx

from socialmap.domain.codes import Feitelijk, Relatiesoort, Richting, Status
from socialmap.domain.model import Actor, Relatie

#: `Actor.id` to the codes of all areas that hold its place; an actor without place is not in it.
Places = Mapping[str, Collection[str]]

#: Worth of a step by kind of tie, in tenths; every other kind is worth `OTHER_KIND`.
KIND_TENTHS = {
    Relatiesoort.KENT: 10,
    Relatiesoort.WERKT_SAMEN: 8,
    Relatiesoort.ONTWIKKELT_SAMEN: 8,
    Relatiesoort.LEIDT_TOE: 7,
}
OTHER_KIND = 5
#: A step is worth tenths of kind times thirds of strength: whole numbers of one thirtieth.
STEP_UNIT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Actors and ties of one day, as one reader may see them, in the shapes that figures need.

    Attributes
    ----------
    actors
        By `Actor.id`, in order of id; without stopped ones.
    ties
        Actual and wished, in order of id; valid on the day, both ends in `actors`. A tie in both
        directions of a mutual kind is one.
    lines
        Actual ties, undirected: nodes are all `Actor.id`, one edge per pair, however many ties
        there are between the two. Frozen.
    wished
        The same of wished ties. Actual and wished are never added together. Frozen.
    steps
        Actual ties as steps of an introduction: a directed tie runs forwards only. Edge attribute
        `waarde` is the best step value between the two, in thirtieths (1 to 30). Frozen.
    """

    actors: Mapping[str, Actor]
    ties: tuple[Relatie, ...]
    lines: nx.Graph[str]
    wished: nx.Graph[str]
    steps: nx.DiGraph[str]


def build_network(actors: Iterable[Actor], ties: Iterable[Relatie], today: date) -> Network:
    """
    Build the network of one day. O(n log n + m log m) for n actors and m ties.

    Parameters
    ----------
    actors, ties
        Already cut to the reader, as `store.records.all_actors` and `all_relaties` give them.
        A tie with an end that is not among the actors is left out, never made up for.
    today
        Day in Europe/Amsterdam; a tie holds while `geldig_van` <= today < `geldig_tot`.
    """
    kept = [actor for actor in actors if actor.status is not Status.GESTOPT]
    return assemble(kept, [tie for tie in ties if holds_on(tie, today)])


def holds_on(tie: Relatie, day: date) -> bool:
    """Tell whether a tie holds on a day: from its first day, up to and without its last date."""
    begun = tie.geldig_van is None or tie.geldig_van <= day
    return begun and (tie.geldig_tot is None or day < tie.geldig_tot)


def assemble(actors: Iterable[Actor], ties: Iterable[Relatie]) -> Network:
    """
    Put actors and ties together, whatever their status and dates; see `build_network`.

    Parameters
    ----------
    actors
        Become nodes, also those without a tie.
    ties
        Those between two different actors of the network are kept.
    """
    known = {actor.id: actor for actor in sorted(actors, key=lambda actor: actor.id)}
    inside = [tie for tie in ties if _joins(tie, known)]
    kept = _merge_mutual(inside)
    actual = [tie for tie in kept if tie.feitelijk is Feitelijk.FEITELIJK]
    return Network(
        actors=known,
        ties=kept,
        lines=_undirected(known, actual),
        wished=_undirected(known, [tie for tie in kept if tie.feitelijk is Feitelijk.GEWENST]),
        steps=_directed(known, actual),
    )


def step_value(tie: Relatie) -> int:
    """Give the worth of one tie as a step of an introduction, in thirtieths (begrippen.md)."""
    return KIND_TENTHS.get(tie.soort, OTHER_KIND) * tie.sterkte


def _joins(tie: Relatie, known: Mapping[str, Actor]) -> bool:
    return tie.van_id in known and tie.naar_id in known and tie.van_id != tie.naar_id


def _merge_mutual(ties: Iterable[Relatie]) -> tuple[Relatie, ...]:
    """Keep the strongest where a mutual kind stands twice between the same two, then by id."""
    kept: dict[object, Relatie] = {}
    for tie in sorted(ties, key=lambda tie: (-tie.sterkte, tie.id)):
        both_ways = tie.richting is Richting.WEDERKERIG
        pair = frozenset((tie.van_id, tie.naar_id))
        kept.setdefault((pair, tie.soort, tie.feitelijk) if both_ways else tie.id, tie)
    return tuple(sorted(kept.values(), key=lambda tie: tie.id))


def _undirected(known: Iterable[str], ties: Iterable[Relatie]) -> nx.Graph[str]:
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(known)
    made.add_edges_from(sorted({tuple(sorted((tie.van_id, tie.naar_id))) for tie in ties}))
    return nx.freeze(made)


def _directed(known: Iterable[str], ties: Iterable[Relatie]) -> nx.DiGraph[str]:
    best: dict[tuple[str, str], int] = {}
    for tie in ties:
        ways = [(tie.van_id, tie.naar_id)]
        if tie.richting is Richting.WEDERKERIG:
            ways.append((tie.naar_id, tie.van_id))
        for way in ways:
            best[way] = max(best.get(way, 0), step_value(tie))
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_nodes_from(known)
    made.add_edges_from((*way, {"waarde": value}) for way, value in sorted(best.items()))
    return nx.freeze(made)
