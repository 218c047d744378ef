"""Show who stands around one actor: a small picture, and a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialmap.domain.model import Actor, Relatie
from socialmap.network.graph import build_network
from web.network_view import Choice, Part, address
from web.network_view_picture import Drawing, draw_actors
from web.present_network import tie_rows

#: Most neighbours in the small picture; the strongest ties come first.
_MOST = 36


@dataclass(frozen=True, slots=True)
class Around:
    """The neighbours of an actor.

    Attributes
    ----------
    tekening
        The actor in the middle of its neighbours, with its own ties only.
    rijen
        The same ties in words.
    aantal
        Of neighbours, also those that are not drawn.
    url
        Where the network begins at this actor.
    """

    tekening: Drawing
    rijen: list[dict[str, Any]]
    aantal: int
    url: str


def say_around(
    found: Actor, ties: Iterable[Relatie], others: Mapping[str, Actor], today: date
) -> Around | None:
    """
    Give who stands around an actor. O(its ties): the network as a whole is not needed.

    Whether somebody holds others together is a figure of the whole, so it is not in this picture.

    Parameters
    ----------
    found
        In the middle.
    ties, others
        Its ties and the actors at their other ends by id, all cut to the reader.
    today
        Day that ties are held against.

    Returns
    -------
    around
        None for who has no tie, and for who is not in the network, such as what has stopped.
    """
    actor_id = found.id
    network = build_network([found, *others.values()], ties, today)
    if not network.ties:
        return None
    best: dict[str, int] = {}
    for tie in network.ties:
        other = _other(tie, actor_id)
        best[other] = max(best.get(other, 0), tie.sterkte)
    drawn = sorted(best, key=lambda key: (-best[key], key))[:_MOST]
    shown: Mapping[str, Any] = {key: network.actors[key] for key in sorted([actor_id, *drawn])}
    part = Part(shown, tuple(tie for tie in network.ties if _other(tie, actor_id) in shown))
    return Around(
        tekening=draw_actors(part, Choice(van=actor_id, stappen=1), {}),
        rijen=tie_rows(part, today),
        aantal=len(best),
        url=address({}, van=actor_id, stappen="2"),
    )


def _other(tie: Relatie, actor_id: str) -> str:
    return tie.naar_id if tie.van_id == actor_id else tie.van_id
