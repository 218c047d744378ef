"""Answer questions about the network as JSON: the interface and the commands give the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie
from socialmap.network.bridging import Bridging
from socialmap.network.density import Density
from socialmap.network.ego import find_ego
from socialmap.network.external_internal import MeetingIndex
from socialmap.network.introduce import find_introduction
from socialmap.network.leaving import find_leaving
from socialmap.network.profile import Profile
from socialmap.network.reading import Seen, lying_or_working
from socialmap.network.what_if import Als, find_hit, take_away

#: Bridges that an answer names: those after it stand on few ways.
MOST_BRIDGES = 50
_SHARE, _FINE = 4, 6

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Which part of the network to give; an empty field keeps everything."""

    gebied: str = ""
    soorten: tuple[Soort, ...] = ()
    relatiesoorten: tuple[Relatiesoort, ...] = ()
    feitelijk: Feitelijk | None = None


def network_json(seen: Seen, keep: Keep) -> Json:
    """
    Give actors and ties as node-link JSON, actual and wished ties each with their own mark.

    Parameters
    ----------
    seen
        The network of one reader.
    keep
        Actors of these kinds that lie or work in the area, and the ties between them of these
        kinds.

    Returns
    -------
    json
        `nodes` in order of id, `links` in order of id; every end of a link is a node.
    """
    here = lying_or_working(seen, keep.gebied)
    nodes = {
        actor.id: actor
        for actor in seen.network.actors.values()
        if (not keep.soorten or actor.soort in keep.soorten) and (here is None or actor.id in here)
    }
    links = [
        tie
        for tie in seen.network.ties
        if tie.van_id in nodes
        and tie.naar_id in nodes
        and (not keep.relatiesoorten or tie.soort in keep.relatiesoorten)
        and keep.feitelijk in (None, tie.feitelijk)
    ]
    return {
        "nodes": [_node(seen, actor) for actor in nodes.values()],
        "links": [_link(tie) for tie in links],
    }


def ego_json(seen: Seen, actor_id: str) -> Json:
    """Give who is within two steps of an actor, each with its `stappen`, as node-link JSON."""
    ego = find_ego(seen.network, seen.ties_of, actor_id)
    nodes = [
        _node(seen, seen.network.actors[key]) | {"stappen": steps}
        for key, steps in ego.stappen.items()
    ]
    return {"nodes": nodes, "links": [_link(tie) for tie in ego.ties]}


def path_json(seen: Seen, van: str, naar: str) -> Json:
    """
    Give the best introduction from one actor to another; `pad` is null when there is none.

    Raises
    ------
    NotFoundError
        If one of the two is not in the network of this reader.
    """
    found = find_introduction(seen.network.steps, van, naar)
    if found is None:
        return {"pad": None, "sterkte": None}
    return {"pad": _named(seen, found.pad), "sterkte": round(found.waarde, _FINE)}


def key_positions_json(seen: Seen, gebied: str = "") -> Json:
    """
    Give who alone holds parts together, and who stands on the short ways between others.

    Parameters
    ----------
    seen
        The network of one reader; the figures are those of the whole of it.
    gebied
        Name only the actors that lie or work there; empty names all.
    """
    here = lying_or_working(seen, gebied)
    return {
        "sleutelposities": [
            _name(seen, key.actor_id) | {"raakt_los": key.raakt_los}
            for key in seen.key_positions
            if here is None or key.actor_id in here
        ],
        "brugfunctie": _bridges(seen, seen.bridging, here),
    }


def isolated_json(seen: Seen) -> Json:
    """Give who has no tie, and who has no way to the wijkteam of its own place."""
    return {
        "geisoleerd": _named(seen, seen.isolated),
        "niet_verbonden": [
            _name(seen, one.actor_id) | {"teams": _named(seen, one.teams)}
            for one in seen.unconnected
        ],
    }


def profile_json(seen: Seen, gebied: str = "") -> Json:
    """
    Give the figures of the network as a whole, and of each area beside those that are like it.

    Parameters
    ----------
    seen
        The network of one reader.
    gebied
        Give the profile of this area only.

    Raises
    ------
    NotFoundError
        If the area is not on this map, or is a buurt.
    """
    profiles = seen.profiles
    if gebied and gebied not in profiles:
        raise NotFoundError("Gebied", gebied)
    chosen = [profiles[gebied]] if gebied else list(profiles.values())
    return {
        "netwerk": _whole(seen),
        "gebieden": [
            _area(one)
            | {
                "cijfers": _profile(one),
                "vergelijkbaar": [
                    _area(profiles[code]) | {"cijfers": _profile(profiles[code])}
                    for code in one.vergelijkbaar
                ],
            }
            for one in chosen
        ],
    }


def what_if_json(seen: Seen, zonder: str, als: Als = Als.ACTOR) -> Json:
    """
    Give the figures with and without one actor, funder or building, and who is hit.

    Parameters
    ----------
    seen
        The network of one reader.
    zonder
        `Actor.id` of who or what is taken away.
    als
        As what; see `what_if.take_away`.

    Raises
    ------
    NotFoundError
        If the actor is not in the network of this reader.
    """
    network = take_away(seen.network, zonder, als)
    left = Seen(network, _still_placed(seen, network.actors), seen.areas, seen.residents)
    hit = find_hit(seen.network, network, zonder)
    alone = [one for one in left.isolated if one not in set(seen.isolated)]
    before = {one.actor_id for one in seen.unconnected}
    astray = [one.actor_id for one in left.unconnected if one.actor_id not in before]
    return {
        "zonder": _name(seen, zonder),
        "als": als.value,
        "voor": _figures(seen),
        "na": _figures(left),
        "geraakt": _named(seen, hit.geraakt),
        "zonder_geld": _named(seen, hit.zonder_geld),
        "zonder_ruimte": _named(seen, hit.zonder_ruimte),
        "wordt_geisoleerd": _named(seen, alone),
        "raakt_wijkteam_kwijt": _named(seen, astray),
    }


def leaving_json(seen: Seen, actor_id: str) -> Json:
    """
    Give the ties that only one actor holds, and who can take each over.

    Raises
    ------
    NotFoundError
        If the actor is not in the network of this reader.
    """
    found = find_leaving(seen.network, actor_id)
    return {
        "vertrekt": _name(seen, actor_id),
        "collegas": _named(seen, found.collegas),
        "alleen": [
            _name(seen, one.actor_id)
            | {
                "door": None if one.door is None else _name(seen, one.door),
                "weg": _named(seen, one.weg),
            }
            for one in found.alleen
        ],
        "ook": [
            _name(seen, key) | {"collegas": _named(seen, colleagues)}
            for key, colleagues in found.ook
        ],
        "raakt_los": _named(seen, found.raakt_los),
    }


def _still_placed(seen: Seen, actors: Collection[str]) -> dict[str, Collection[str]]:
    return {actor_id: held for actor_id, held in seen.places.items() if actor_id in actors}


def _node(seen: Seen, actor: Actor) -> Json:
    return {
        "id": actor.id,
        "naam": actor.naam,
        "soort": actor.soort.value,
        "type": actor.type or None,
        "lijn": None if actor.lijn is None else int(actor.lijn),
        "status": actor.status.value,
        "lon": actor.lon,
        "lat": actor.lat,
        "gebieden": sorted(seen.places.get(actor.id, ())),
        "werkgebied": list(actor.werkgebied),
        "gecontroleerd_op": _day(actor.gecontroleerd_op),
    }


def _link(tie: Relatie) -> Json:
    return {
        "id": tie.id,
        "source": tie.van_id,
        "target": tie.naar_id,
        "soort": tie.soort.value,
        "richting": tie.richting.value,
        "sterkte": tie.sterkte,
        "feitelijk": tie.feitelijk.value,
        "gecontroleerd_op": _day(tie.gecontroleerd_op),
    }


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _name(seen: Seen, actor_id: str) -> Json:
    return {"actor_id": actor_id, "naam": seen.network.actors[actor_id].naam}


def _named(seen: Seen, actor_ids: Iterable[str]) -> list[Json]:
    return [_name(seen, actor_id) for actor_id in actor_ids]


def _bridges(seen: Seen, bridging: Sequence[Bridging], here: set[str] | None) -> list[Json]:
    named = [
        _name(seen, one.actor_id)
        | {"waarde": round(one.waarde, _FINE), "fout": round(one.fout, _FINE)}
        for one in bridging
        if one.waarde > one.fout and (here is None or one.actor_id in here)
    ]
    return named[:MOST_BRIDGES]


def _figures(seen: Seen) -> Json:
    """Give what can be held against the same network without somebody."""
    network = seen.network
    return {
        "actoren": len(network.actors),
        "lijnen": network.lines.number_of_edges(),
        "gewenst": network.wished.number_of_edges(),
        "delen": list(seen.parts),
        "sleutelposities": len(seen.key_positions),
        "geisoleerd": len(seen.isolated),
        "niet_verbonden": len(seen.unconnected),
        "modulariteit": round(seen.communities.modulariteit, _SHARE),
        "kern": {"k": seen.core.k, "actoren": len(seen.core.kern)},
    }


def _whole(seen: Seen) -> Json:
    return _figures(seen) | {
        "groepen": [list(group) for group in seen.communities.groepen if len(group) > 1],
        "kern_leden": list(seen.core.kern),
        "dichtheid_soorten": _densities(seen.kind_densities),
        "dichtheid_wijken": _densities(seen.wijk_densities),
    }


def _densities(found: Iterable[Density]) -> list[Json]:
    return [
        {
            "van": one.van,
            "naar": one.naar,
            "lijnen": one.lijnen,
            "mogelijk": one.mogelijk,
            "dichtheid": _share(one.dichtheid),
        }
        for one in found
    ]


def _area(profile: Profile) -> Json:
    area = profile.gebied
    return {"code": area.code, "naam": area.naam, "niveau": area.niveau.value}


def _profile(one: Profile) -> Json:
    return {
        "actoren": dict(one.actoren),
        "lijnen": one.lijnen,
        "gewenst": one.gewenst,
        "binnen": one.binnen,
        "dichtheid": _share(one.dichtheid),
        "sleutelposities": one.sleutelposities,
        "geisoleerd": one.geisoleerd,
        "niet_verbonden": one.niet_verbonden,
        "formeel_informeel": _meeting(one.formeel_informeel),
    }


def _meeting(index: MeetingIndex) -> Json:
    return {
        "lijnen": index.lijnen,
        "tussen": index.tussen,
        "waarde": _share(index.waarde),
        "verwacht": _share(index.verwacht),
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, _SHARE)
