"""Draw a part of the network: what stands where, how thick, and under which name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from socialmap.domain.codes import SOORT_LABELS, Feitelijk, Gebiedsniveau
from socialmap.domain.model import Actor, Relatie
from socialmap.network.reading import Seen
from web.network_view import MOST_NODES, Choice, Part
from web.network_view_groups import Group, bundle_ties, group_actors
from web.network_view_labels import Label, label_all
from web.network_view_layout import WIDTH, Picture, place, place_around
from web.present_words import say_number

#: Who is named before somebody zooms in: key positions, at most so many.
_FIRST_NAMES = 14
#: A picture this small names everybody where there is room.
_SMALL = 60
#: Rings say more than force up to here; the outer one would be too full above it.
_MOST_IN_RINGS = 60
_LEVELS = (Gebiedsniveau.WIJK, Gebiedsniveau.GEMEENTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One actor, or one group of actors where there are too many.

    Attributes
    ----------
    naam, uitleg
        What it is called, and what it is in words: both together are its name for who listens.
    soort
        Code of the mark; empty for none.
    banden
        Count of actual ties in the picture.
    aantal
        Of actors; 1 for an actor.
    raakt_los
        See `KeyPosition`; 0 for who is none.
    gekozen, buur
        Whether it is the selection, or tied to it.
    """

    id: str
    naam: str
    uitleg: str
    soort: str
    x: float
    y: float
    label: Label
    banden: int
    aantal: int = 1
    raakt_los: int = 0
    gekozen: bool = False
    buur: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All actual ties, or all wished ones, between two nodes as one line.

    Attributes
    ----------
    dikte
        1 to 3: the strength of the strongest, or the size of a bundle.
    ties
        Ids, in order.
    pad
        The path in SVG; a wished line is bent, so that an actual one beside it stays in view.
    """

    van: str
    naar: str
    gewenst: bool
    dikte: int
    ties: tuple[str, ...]
    pad: str
    gekozen: bool = False

    @property
    def banden(self) -> str:
        """Ids of its ties as one text."""
        return " ".join(self.ties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole picture; `groepen` is empty when actors are drawn one by one."""

    knopen: tuple[Node, ...]
    lijnen: tuple[Line, ...]
    hoogte: float
    onder: float
    ringen: tuple[float, ...]
    groepen: tuple[Group, ...]

    @property
    def breed(self) -> float:
        """Width in units of the picture."""
        return WIDTH


def draw(seen: Seen, part: Part, choice: Choice) -> Drawing:
    """
    Draw a part of the network: one by one to `MOST_NODES`, above that by area and kind.

    Parameters
    ----------
    seen
        The network of one reader, for the figures of the whole.
    part
        What to draw.
    choice
        What is selected, and whether rings around it were asked.
    """
    if len(part.actors) > MOST_NODES:
        return _draw_groups(seen, part)
    return draw_actors(part, choice, {key.actor_id: key.raakt_los for key in seen.key_positions})


def say_ties(count: int) -> str:
    """Say a number of ties."""
    return "geen banden" if not count else "1 band" if count == 1 else f"{say_number(count)} banden"


def say_area(seen: Seen, code: str) -> str:
    """Name an area, or say that none is known."""
    return seen.areas[code].naam if code in seen.areas else "Gebied niet bekend"


def say_group(seen: Seen, group: Group) -> str:
    """Name a group by its area and kind."""
    kind = f" · {SOORT_LABELS[group.soort]}" if group.soort else ""
    return f"{say_area(seen, group.code)}{kind}"


def draw_actors(part: Part, choice: Choice, keys: Mapping[str, int]) -> Drawing:
    """
    Draw actors one by one. O(n^2) for n actors.

    Parameters
    ----------
    part, choice
        See `draw`.
    keys
        `raakt_los` of who holds others together, by id; empty shows nobody as such.
    """
    pairs = [(tie.van_id, tie.naar_id) for tie in part.ties]
    picture = _placed(part, choice, pairs)
    actual: Counter[str] = Counter()
    for tie in part.ties:
        if tie.feitelijk is Feitelijk.FEITELIJK:
            actual.update((tie.van_id, tie.naar_id))
    order = sorted(
        part.actors,
        key=lambda one: (one != choice.van, -keys.get(one, 0), -actual[one], one),
    )
    first = [one for one in order if one in keys or one == choice.van][:_FIRST_NAMES]
    names = {actor.id: actor.naam for actor in part.actors.values()}
    labels = label_all(
        names,
        picture.points,
        order,
        order if len(order) <= _SMALL else first,
        (WIDTH, picture.height),
    )
    near = {end for pair in pairs if choice.van in pair for end in pair} - {choice.van}
    nodes = tuple(
        Node(
            id=actor.id,
            naam=actor.naam,
            uitleg=_say_actor(actor, actual[actor.id], keys.get(actor.id, 0)),
            soort=actor.soort.value,
            x=picture.points[actor.id][0],
            y=picture.points[actor.id][1],
            label=labels[actor.id],
            banden=actual[actor.id],
            raakt_los=keys.get(actor.id, 0),
            gekozen=actor.id == choice.van,
            buur=actor.id in near,
        )
        # Who matters most is drawn last: no other mark lies over its name.
        for actor in (part.actors[key] for key in reversed(order))
    )
    return Drawing(
        knopen=nodes,
        lijnen=_lines(part.ties, picture, choice.van),
        hoogte=picture.height,
        onder=picture.below,
        ringen=picture.rings,
        groepen=(),
    )


def _placed(part: Part, choice: Choice, pairs: list[tuple[str, str]]) -> Picture:
    if choice.stappen and choice.van in part.actors and len(part.actors) <= _MOST_IN_RINGS:
        graph: nx.Graph[str] = nx.Graph(pairs)
        graph.add_node(choice.van)
        steps = nx.single_source_shortest_path_length(graph, choice.van)
        if set(steps) == set(part.actors):
            return place_around(choice.van, steps, pairs)
    return place(part.actors, pairs)


def _say_actor(actor: Actor, ties: int, lost: int) -> str:
    said = f"{SOORT_LABELS[actor.soort]}, {say_ties(ties)}"
    if lost:
        said += f", houdt {lost} {'ander' if lost == 1 else 'anderen'} aan de rest vast"
    return said


def _lines(ties: Sequence[Relatie], picture: Picture, chosen: str) -> tuple[Line, ...]:
    found: dict[tuple[str, str, bool], list[Relatie]] = {}
    for tie in ties:
        low, high = sorted((tie.van_id, tie.naar_id))
        found.setdefault((low, high, tie.feitelijk is Feitelijk.GEWENST), []).append(tie)
    return tuple(
        Line(
            van=van,
            naar=naar,
            gewenst=wished,
            dikte=max(tie.sterkte for tie in found[van, naar, wished]),
            ties=tuple(tie.id for tie in found[van, naar, wished]),
            pad=_path(picture.points, van, naar, bent=wished),
            gekozen=bool(chosen) and chosen in (van, naar),
        )
        for van, naar, wished in sorted(found)
    )


def _path(
    points: Mapping[str, tuple[float, float]], van: str, naar: str, *, bent: bool = False
) -> str:
    (x1, y1), (x2, y2) = points[van], points[naar]
    if not bent:
        return f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
    middle = ((x1 + x2) / 2 + (y2 - y1) * 0.16, (y1 + y2) / 2 - (x2 - x1) * 0.16)
    return f"M{x1:g} {y1:g}Q{middle[0]:.1f} {middle[1]:.1f} {x2:g} {y2:g}"


def _draw_groups(seen: Seen, part: Part) -> Drawing:
    groups = _groups(seen, part)
    bundles = bundle_ties(groups, part.ties)
    between = [bundle for bundle in bundles if bundle.van != bundle.naar]
    picture = place(
        [group.id for group in groups], [(bundle.van, bundle.naar) for bundle in between]
    )
    counted: Counter[str] = Counter()
    for bundle in bundles:
        if not bundle.gewenst:
            counted.update({key: len(bundle.ties) for key in {bundle.van, bundle.naar}})
    order = sorted((g.id for g in groups), key=lambda key: (-counted[key], key))
    names = {group.id: say_group(seen, group) for group in groups}
    labels = label_all(names, picture.points, order, order[:_FIRST_NAMES], (WIDTH, picture.height))
    nodes = tuple(
        Node(
            id=group.id,
            naam=names[group.id],
            uitleg=f"{say_number(len(group.actor_ids))} bij elkaar, {say_ties(counted[group.id])}",
            soort=group.soort.value if group.soort else "",
            x=picture.points[group.id][0],
            y=picture.points[group.id][1],
            label=labels[group.id],
            banden=counted[group.id],
            aantal=len(group.actor_ids),
        )
        for group in groups
    )
    most = max((len(bundle.ties) for bundle in between), default=1)
    lines = tuple(
        Line(
            van=bundle.van,
            naar=bundle.naar,
            gewenst=bundle.gewenst,
            dikte=1 + (2 * len(bundle.ties) - 1) // most,
            ties=tuple(tie.id for tie in bundle.ties),
            pad=_path(picture.points, bundle.van, bundle.naar, bent=bundle.gewenst),
        )
        for bundle in between
    )
    return Drawing(
        knopen=nodes,
        lijnen=lines,
        hoogte=picture.height,
        onder=picture.below,
        ringen=(),
        groepen=groups,
    )


def _groups(seen: Seen, part: Part) -> tuple[Group, ...]:
    """Take the smallest areas that make few enough groups."""
    actors = part.actors.values()
    groups: tuple[Group, ...] = ()
    for level in _LEVELS:
        groups = group_actors(seen, actors, level, by_kind=True)
        if len(groups) <= MOST_NODES:
            return groups
    return group_actors(seen, actors, _LEVELS[-1], by_kind=False)
