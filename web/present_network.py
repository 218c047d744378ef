"""Say the network in words: the rows of its tables, and what there is to know of one actor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from socialmap.domain.codes import (
    RELATIE_LABELS,
    SOORT_LABELS,
    STERKTE_LABELS,
    Feitelijk,
    Gebiedsniveau,
    Richting,
)
from socialmap.domain.freshness import read_source
from socialmap.domain.model import Actor, Relatie
from socialmap.network.bridging import Bridging
from socialmap.network.leaving import find_lost
from socialmap.network.reading import Seen
from web.network_view import Part
from web.network_view_groups import Bundle, Group, bundle_ties, home_finder
from web.network_view_picture import Drawing, say_group
from web.present import actor_url, badge
from web.present_words import say_number

#: Names that a sentence lists before it counts the rest.
_NAMES = 5
#: Over whom fewer of the ways between others run is no bridge to speak of.
_FEW_WAYS = 0.01
#: A document tells that a tie is firm or close, never how often people speak.
_DOCUMENTED = {1: "kennen elkaar", 2: "vaste band", 3: "nauwe band"}


@dataclass(frozen=True, slots=True)
class Link:
    """A name with the address of its page."""

    naam: str
    url: str
    soort: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the actors it is about; `rest` counts those that it does not name."""

    tekst: str
    wie: tuple[Link, ...] = ()
    rest: int = 0


def say_sentence(seen: Seen, text: str, actor_ids: Sequence[str], most: int = _NAMES) -> Sentence:
    """Put a sentence and the first of the actors it is about together."""
    named = tuple(link_to(seen.network.actors[key]) for key in actor_ids[:most])
    return Sentence(text, named, max(0, len(actor_ids) - most))


def link_to(actor: Actor) -> Link:
    """Give the name of an actor with the address of its page."""
    return Link(actor.naam, actor_url(actor.id), actor.soort.value)


def actor_rows(seen: Seen, part: Part, drawing: Drawing) -> list[dict[str, Any]]:
    """List the actors of a picture for its table: most key first, then most tied, then by name."""
    home = home_finder(seen, Gebiedsniveau.WIJK)
    nodes = {node.id: node for node in drawing.knopen}
    rows = []
    for actor in part.actors.values():
        node, area = nodes[actor.id], home(actor)
        rows.append(
            {
                "id": actor.id,
                "naam": actor.naam,
                "url": actor_url(actor.id),
                "soort": actor.soort.value,
                "soort_woord": SOORT_LABELS[actor.soort],
                "banden": node.banden,
                "raakt_los": node.raakt_los,
                "gebied": area.naam if area else "niet bekend",
                "gekozen": node.gekozen,
            }
        )
    return sorted(
        rows, key=lambda r: (-r["raakt_los"], -r["banden"], r["naam"].casefold(), r["id"])
    )


def tie_rows(part: Part, today: date) -> list[dict[str, Any]]:
    """List the ties of a picture for its table, by the names of both ends."""
    rows = [_tie_row(part, tie, today) for tie in part.ties]
    return sorted(rows, key=lambda r: (r["van"].casefold(), r["naar"].casefold(), r["id"]))


def group_rows(seen: Seen, drawing: Drawing) -> list[dict[str, Any]]:
    """List the groups of a picture that is a summary, largest first."""
    nodes = {node.id: node for node in drawing.knopen}
    rows = [
        {
            "id": group.id,
            "naam": say_group(seen, group),
            "soort": group.soort.value if group.soort else "",
            "gebied": group.code,
            "aantal": len(group.actor_ids),
            "banden": nodes[group.id].banden,
        }
        for group in drawing.groepen
    ]
    return sorted(rows, key=lambda r: (-r["aantal"], r["id"]))


def bundle_rows(seen: Seen, drawing: Drawing, ties: Iterable[Relatie]) -> list[dict[str, Any]]:
    """List the bundles between the groups of a summary, largest first."""
    names = {group.id: say_group(seen, group) for group in drawing.groepen}
    found = bundle_ties(drawing.groepen, ties)
    rows = [_bundle_row(names, bundle) for bundle in found if bundle.van != bundle.naar]
    return sorted(rows, key=lambda r: (-r["aantal"], r["van"], r["naar"]))


def say_who_holds(seen: Seen, actor_id: str) -> Sentence | None:
    """Say what comes loose when an actor leaves, and who; None for who is no key position."""
    lost = find_lost(seen.network.lines, actor_id)
    if not lost:
        return None
    naam = seen.network.actors[actor_id].naam
    many = len(lost)
    text = f"Valt {naam} weg, dan {'raakt 1 ander' if many == 1 else f'raken {many} anderen'} los"
    return say_sentence(seen, f"{text} van de rest:", lost)


def say_direct(seen: Seen, actor_id: str) -> Sentence:
    """Say with whom an actor has an actual tie."""
    near = sorted(
        seen.network.lines[actor_id],
        key=lambda key: (-seen.network.lines.degree[key], key),
    )
    if not near:
        return Sentence("Er is van niemand bekend dat er een band is.")
    many = "1 ander" if len(near) == 1 else f"{say_number(len(near))} anderen"
    return say_sentence(seen, f"Heeft een band met {many}:", near)


def say_wished(seen: Seen, actor_id: str) -> Sentence | None:
    """Say with whom a tie is wished for."""
    near = sorted(seen.network.wished[actor_id])
    return say_sentence(seen, "Gewenst, maar nog niet zo:", near) if near else None


def who_holds_together(seen: Seen, within: Iterable[str]) -> list[Sentence]:
    """Say the three actors that hold most others, among those in view."""
    here = set(within)
    listed = [key for key in seen.key_positions if key.actor_id in here][:3]
    said = (say_who_holds(seen, key.actor_id) for key in listed)
    return [sentence for sentence in said if sentence]


def say_who_bridges(seen: Seen, within: Iterable[str]) -> Sentence | None:
    """Say over whom most short ways between others run, among those in view; None for nobody."""
    here = set(within)
    listed = [one.actor_id for one in seen.bridging if one.actor_id in here and _bridges(one)]
    if not listed:
        return None
    return say_sentence(seen, "De kortste weg tussen anderen loopt het vaakst over:", listed[:3])


def say_bridge(seen: Seen, actor_id: str) -> Sentence | None:
    """Say how many of the short ways between others run over an actor; None for hardly any."""
    found = next((one for one in seen.bridging if one.actor_id == actor_id), None)
    if found is None or not _bridges(found):
        return None
    naam = seen.network.actors[actor_id].naam
    many = round(100 * found.waarde)
    text = f"Van elke 100 tweetallen anderen loopt bij ongeveer {many} de kortste weg over {naam}"
    if found.fout:
        off = max(1, round(100 * found.fout))
        text += f". Dit is een schatting: het kunnen er {off} meer of minder zijn"
    return Sentence(f"{text}.")


def _bridges(one: Bridging) -> bool:
    """Tell whether enough ways run over an actor, and surely enough, to speak of it."""
    return one.waarde > one.fout and one.waarde >= _FEW_WAYS


def say_strength(tie: Relatie) -> str:
    """Say how strong a tie is; a document says less than people do."""
    if tie.gecontroleerd_op is None and read_source(tie.bron):
        return f"{_DOCUMENTED[tie.sterkte]}, volgens het document"
    return STERKTE_LABELS[tie.sterkte]


def _tie_row(part: Part, tie: Relatie, today: date) -> dict[str, Any]:
    van, naar = part.actors[tie.van_id], part.actors[tie.naar_id]
    wished = tie.feitelijk is Feitelijk.GEWENST
    return {
        "id": tie.id,
        "van_id": van.id,
        "naar_id": naar.id,
        "van": van.naam,
        "naar": naar.naam,
        "van_url": actor_url(van.id),
        "naar_url": actor_url(naar.id),
        "woorden": RELATIE_LABELS[tie.soort][0],
        "wederkerig": tie.richting is Richting.WEDERKERIG,
        "sterkte": tie.sterkte,
        "sterkte_woord": say_strength(tie),
        "gewenst": wished,
        "versheid": badge(tie, today),
    }


def _bundle_row(names: dict[str, str], bundle: Bundle) -> dict[str, Any]:
    return {
        "van_id": bundle.van,
        "naar_id": bundle.naar,
        "van": names[bundle.van],
        "naar": names[bundle.naar],
        "gewenst": bundle.gewenst,
        "aantal": len(bundle.ties),
    }


def group_query(group: Group) -> dict[str, str]:
    """Give what opens a group: its area and its kind."""
    return {"gebied": group.code, "soort": group.soort.value if group.soort else ""}
