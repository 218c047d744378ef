"""Who knows whom: the network as a picture, on the map and as a table, with one selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from socialmap.domain.codes import (
    LIJN_LABELS,
    RELATIE_LABELS,
    SOORT_LABELS,
    STERKTE_LABELS,
    Feitelijk,
    Gebiedsniveau,
    Lijn,
    Niveau,
    Relatiesoort,
    Soort,
)
from socialmap.domain.freshness import Versheid
from socialmap.network.reading import Seen
from socialmap.network.what_if import Als
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.vocabulary import read_meta
from web.api.network import current_network
from web.context import connection, lezer, services, today
from web.filters_query import require_area
from web.network_view import (
    MOST_NODES,
    NAMES,
    Choice,
    Part,
    address,
    cut,
    read_choice,
    require_actors,
)
from web.network_view_map import MOST_LINES, map_json
from web.network_view_picture import Drawing, Node, draw
from web.present_network import (
    actor_rows,
    bundle_rows,
    group_query,
    group_rows,
    link_to,
    say_bridge,
    say_direct,
    say_who_bridges,
    say_who_holds,
    say_wished,
    tie_rows,
    who_holds_together,
)
from web.present_network_missing import say_missing
from web.present_network_path import say_way, say_without
from web.present_network_profile import profile_links, profile_url
from web.security import permission
from web.tiles import attribution

pages = Blueprint("netwerk", __name__)

_ACTUAL_WORDS = {Feitelijk.FEITELIJK: "Is er nu", Feitelijk.GEWENST: "Is gewenst"}
_VERSHEID_WORDS = {
    Versheid.VERS: "Het laatste jaar",
    Versheid.VEROUDERT: "1 tot 2 jaar geleden",
    Versheid.OUD: "Langer geleden",
    Versheid.NOOIT: "Nooit",
    Versheid.BRON: "Alleen uit een document",
}
_STEP_WORDS = {"1": "1 stap", "2": "2 stappen", "3": "3 stappen"}
_ALS_WORDS = {
    Als.ACTOR: "De hele organisatie of groep",
    Als.GELDGEVER: "Alleen het geld dat het geeft",
    Als.GEBOUW: "Alleen de ruimte die het geeft",
}
_AREA_LEVELS = {
    Gebiedsniveau.GEMEENTE: "Gemeenten",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.WIJK: "Wijken",
}


@pages.get("/netwerk")
@permission(Niveau.OPENBAAR)
def netwerk() -> str:
    """Show the network with its filters, its findings and its tables."""
    seen, choice = _asked()
    part = cut(seen, choice, today())
    drawing = draw(seen, part, choice)
    basemap = services().settings.basemap
    return render_template(
        "netwerk.html",
        keuze=choice,
        tekening=drawing,
        meeste=MOST_NODES,
        meeste_lijnen=MOST_LINES,
        filters=_filters(seen, choice),
        paneel=_panel(seen, choice, part),
        wie=_choosable(seen, choice, part),
        weg=say_way(seen, choice.van, choice.naar) if choice.van and choice.naar else None,
        zonder=say_without(seen, choice.zonder, choice.als) if choice.zonder else None,
        als_keuze=[(als.value, words, als is choice.als) for als, words in _ALS_WORDS.items()],
        mist=say_missing(seen, choice.gebied, lezer().niveau),
        tabel=_tables(seen, part, drawing),
        aantal=len(part.actors),
        totaal=len(seen.network.actors),
        banden=sum(tie.feitelijk is Feitelijk.FEITELIJK for tie in part.ties),
        wensen=sum(tie.feitelijk is Feitelijk.GEWENST for tie in part.ties),
        gebied_naam=seen.areas[choice.gebied].naam if choice.gebied in seen.areas else "",
        niveau=Gebiedsniveau.WIJK.value,
        vormen=read_meta(connection(), AREAS_VERSION) or "",
        ondergrond=attribution(basemap) if basemap else "",
        knoop_adres=_node_address(drawing),
        kies_adres=_choose_address,
        wensen_adres=address(_state(), feitelijk=Feitelijk.GEWENST.value) + "#tabel",
        profielen=profile_links(seen),
        profiel_adres=profile_url(choice.gebied) if choice.gebied in seen.profiles else "",
        vast_weg=_kept("van", "naar", "zonder", "als"),
        vast_zonder=_kept("zonder", "als", "naar"),
    )


@pages.get("/netwerk/keuze")
@permission(Niveau.OPENBAAR)
def keuze() -> str:
    """Give what there is to know of the selection, as part of a page."""
    seen, choice = _asked()
    paneel = _panel(seen, choice, cut(seen, choice, today()))
    return render_template("delen/netwerk_keuze.html", paneel=paneel)


@pages.get("/netwerk/lijnen")
@permission(Niveau.OPENBAAR)
def lijnen() -> Response:
    """Give marks and lines for the map."""
    seen, choice = _asked()
    part = cut(seen, choice, today())
    return jsonify(map_json(seen, part, draw(seen, part, choice)))


def _asked() -> tuple[Seen, Choice]:
    choice = read_choice(request.args)
    require_area(connection(), choice.gebied)
    seen = current_network()
    require_actors(seen, choice)
    return seen, choice


def _state() -> dict[str, list[str]]:
    return request.args.to_dict(flat=False)


def _kept(*without: str) -> list[tuple[str, str]]:
    """Give the state that a form keeps, without what it asks itself."""
    left = [(name, _state().get(name, [])) for name in NAMES if name not in without]
    return [(name, value) for name, values in left for value in values if value]


def _choose_address(actor_id: str) -> str:
    return address(_state(), van=actor_id) + "#keuze"


def _node_address(drawing: Drawing) -> Callable[[Node], str]:
    """Give what a node leads to without a script: it is chosen, or its group is opened."""
    groups = {group.id: group for group in drawing.groepen}

    def lead(node: Node) -> str:
        if node.id in groups:
            return address(_state(), **group_query(groups[node.id]))
        return _choose_address(node.id)

    return lead


def _panel(seen: Seen, choice: Choice, part: Part) -> dict[str, Any]:
    """Give what the panel beside the picture says: of the selection, or of the whole."""
    if not choice.van:
        return {
            "wie": None,
            "zinnen": who_holds_together(seen, part.actors),
            "brug": say_who_bridges(seen, part.actors),
        }
    actor = seen.network.actors[choice.van]
    said = [
        say_who_holds(seen, actor.id),
        say_bridge(seen, actor.id),
        say_direct(seen, actor.id),
        say_wished(seen, actor.id),
    ]
    return {
        "wie": link_to(actor),
        "soort_woord": SOORT_LABELS[actor.soort],
        "sleutel": said[0] is not None,
        "in_beeld": actor.id in part.actors,
        "zinnen": [sentence for sentence in said if sentence],
        "rond": address({}, van=actor.id, stappen="2"),
        "weg": address(_state(), van="", zonder=actor.id) + "#wat-als",
        "los": address(_state(), van="", stappen=""),
    }


def _tables(seen: Seen, part: Part, drawing: Drawing) -> dict[str, Any]:
    if not drawing.groepen:
        return {
            "actoren": actor_rows(seen, part, drawing),
            "banden": tie_rows(part, today()),
            "groepen": [],
            "bundels": [],
        }
    groups = [
        row | {"open": address(_state(), gebied=row["gebied"], soort=row["soort"])}
        for row in group_rows(seen, drawing)
    ]
    bundles = bundle_rows(seen, drawing, part.ties)
    return {"actoren": [], "banden": [], "groepen": groups, "bundels": bundles}


def _choosable(seen: Seen, choice: Choice, part: Part) -> list[tuple[str, str]]:
    """List who can be chosen for a way: who is in view, and who was chosen; none when too many."""
    known = seen.network.actors
    chosen = {key for key in (choice.van, choice.naar, choice.zonder) if key}
    here = set(part.actors) if len(part.actors) <= MOST_NODES else set()
    listed = [(key, known[key].naam) for key in here | chosen]
    return sorted(listed, key=lambda one: (one[1].casefold(), one[0]))


def _filters(seen: Seen, choice: Choice) -> dict[str, Any]:
    """Give the filter row: every choice with its words and whether it is on."""
    used = {code for held in seen.places.values() for code in held}
    used |= {code for actor in seen.network.actors.values() for code in actor.werkgebied}
    areas = sorted(
        (a for a in seen.areas.values() if a.niveau in _AREA_LEVELS and a.code in used),
        key=lambda a: (a.naam.casefold(), a.code),
    )
    return {
        "soorten": [
            (s.value, label, s in choice.soorten)
            for s, label in SOORT_LABELS.items()
            if s is not Soort.SLEUTELFIGUUR or lezer().niveau >= Niveau.PROFESSIONAL
        ],
        "lijnen": list(choice.lijnen or Lijn),
        "relatiesoorten": [
            (s.value, RELATIE_LABELS[s][0].capitalize(), s in choice.relatiesoorten)
            for s in Relatiesoort
        ],
        "sterktes": [
            (str(n), label.capitalize(), n in choice.sterktes)
            for n, label in STERKTE_LABELS.items()
        ],
        "feitelijk": [(f.value, w, f in choice.feitelijk) for f, w in _ACTUAL_WORDS.items()],
        "versheid": [(v.value, w, v in choice.versheid) for v, w in _VERSHEID_WORDS.items()],
        "gebieden": [
            (label, [(a.code, a.naam, a.code == choice.gebied) for a in areas if a.niveau is level])
            for level, label in _AREA_LEVELS.items()
        ],
        "stappen": [
            (address(_state(), stappen=step), words, str(choice.stappen) == step)
            for step, words in (("", "Alles"), *_STEP_WORDS.items())
        ]
        if choice.van
        else [],
        "aan": _active(seen, choice),
        "wis": address({}, van=choice.van),
        "vast": [
            (name, value)
            for name in ("van", "stappen")
            for value in _state().get(name, ())
            if value
        ],
    }


def _active(seen: Seen, choice: Choice) -> list[tuple[str, str]]:
    """List each filter that is on in words, with the address that switches it off."""
    said = [("soort", s.value, SOORT_LABELS[s]) for s in choice.soorten]
    said += [("lijn", str(int(n)), LIJN_LABELS[n]) for n in choice.lijnen]
    said += [
        ("relatiesoort", s.value, RELATIE_LABELS[s][0].capitalize()) for s in choice.relatiesoorten
    ]
    said += [("sterkte", str(n), STERKTE_LABELS[n].capitalize()) for n in choice.sterktes]
    said += [("feitelijk", f.value, _ACTUAL_WORDS[f]) for f in choice.feitelijk]
    said += [
        ("versheid", v.value, f"Nagekeken: {_VERSHEID_WORDS[v].lower()}") for v in choice.versheid
    ]
    if choice.gebied:
        said.append(("gebied", choice.gebied, seen.areas[choice.gebied].naam))
    links = []
    for name, value, words in said:
        left = [v for n, v, _ in said if n == name and v != value]
        links.append((words, address({**_state(), name: left})))
    return links
