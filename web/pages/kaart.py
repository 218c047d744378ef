"""The map with the list that says the same: one filter state, in the address bar."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from socialmap.domain.codes import (
    GEBIED_LABELS,
    SOORT_LABELS,
    STATUS_LABELS,
    Gebiedsniveau,
    Lijn,
    Niveau,
    Soort,
)
from socialmap.domain.freshness import Versheid
from socialmap.domain.model import Gebied
from socialmap.store.areas import AREAS_VERSION, list_areas
from socialmap.store.filters import RecordFilter, RecordName
from socialmap.store.map_index import (
    Box,
    count_records,
    has_places,
    has_records,
    ids_without_place,
    nearest_ids,
)
from socialmap.store.rows import search_name
from socialmap.store.vocabulary import read_meta, read_sources
from web.context import connection, lezer, services, today, vocabulary
from web.filters_query import in_use, read_filter, require_area
from web.maps import View, render_map_script
from web.pages.kaart_rows import list_rows
from web.security import permission
from web.tiles import attribution

pages = Blueprint("kaart", __name__)

#: Rows that the list starts with, and that each "Toon meer" adds.
_ROWS = 30
_MOST_ROWS = 600
#: Fewer letters begin the name of too many areas.
_SHORTEST_NAME = 3
_LEVELS = (
    Gebiedsniveau.BUURT,
    Gebiedsniveau.WIJK,
    Gebiedsniveau.TEAMGEBIED,
    Gebiedsniveau.GEMEENTE,
)
_VERSHEID_WORDS = {
    Versheid.VERS: "Het laatste jaar",
    Versheid.VEROUDERT: "1 tot 2 jaar geleden",
    Versheid.OUD: "Langer geleden",
    Versheid.NOOIT: "Nooit",
    Versheid.BRON: "Alleen uit een document",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks of the map: which records, which filter, and how many rows."""

    record: RecordName
    keep: RecordFilter
    args: MultiDict[str, str]


@pages.get("/kaart")
@permission(Niveau.OPENBAAR)
def kaart() -> str:
    """Show the map with its filters and the first rows of the list."""
    question = _question()
    areas = list_areas(connection())
    view = _view(areas)
    box = (view.west, view.south, view.east, view.north)
    return render_template(
        "kaart.html",
        body_klasse="vol",
        pagina_klasse="pagina--vol",
        filters=_filters(question, areas),
        niveaus=_level_choices(),
        soorten_keuze=_kind_choices(question),
        lijst=_list(question, box),
        begin={"west": view.west, "zuid": view.south, "oost": view.east, "noord": view.north},
        niveau=_level().value,
        vormen=read_meta(connection(), AREAS_VERSION) or "",
        wat="aanbod" if question.record == "aanbod" else "actoren",
        ondergrond=attribution(services().settings.basemap) if services().settings.basemap else "",
    )


@pages.get("/kaart/lijst")
@permission(Niveau.OPENBAAR)
def lijst() -> str:
    """Give the list for a viewport, as part of a page."""
    question = _question()
    return render_template("delen/kaartlijst.html", lijst=_list(question, _box()))


@pages.get("/kaart/kaart.js")
@permission(Niveau.OPENBAAR)
def script() -> Response:
    """Give the script that Folium makes for the map; it holds numbers and no data."""
    view = _view(list_areas(connection()))
    text = render_map_script(view, basemap=bool(services().settings.basemap))
    response = Response(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _question() -> Question:
    keep = read_filter(request.args, vocabulary())
    require_area(connection(), keep.gebied)
    wat = request.args.get("wat") or _default_kind()
    return Question("actor" if wat == "actoren" else "aanbod", keep, request.args)


def _default_kind() -> str:
    """Begin with offers where these stand on the map, otherwise with who there is."""
    placed = has_places(connection(), "aanbod", lezer(), today())
    return "aanbod" if placed else "actoren"


def _view(areas: list[Gebied]) -> View:
    """Give the bounds of the buurten, or of all areas where there are no buurten."""
    buurten = [area for area in areas if area.niveau is Gebiedsniveau.BUURT] or areas
    chosen = request.args.get("gebied", "")
    inside = next((set(area.buurten) for area in areas if area.code == chosen), set())
    listed = [area for area in buurten if area.code in inside] or buurten
    if not listed:
        return View(3.3, 50.7, 7.3, 53.6)
    # Areas are known here by a point inside, so leave the width of a buurt around them.
    pad = 0.008
    return View(
        round(min(a.lon for a in listed) - pad, 4),
        round(min(a.lat for a in listed) - pad, 4),
        round(max(a.lon for a in listed) + pad, 4),
        round(max(a.lat for a in listed) + pad, 4),
    )


def _box() -> Box:
    """Read the viewport; what cannot be one counts as not given."""
    parts = request.args.get("bbox", "").split(",")
    with suppress(ValueError):
        west, south, east, north = (float(part) for part in parts)
        # Also leaves out NaN and infinity, which a float may be.
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    view = _view(list_areas(connection()))
    return view.west, view.south, view.east, view.north


def _list(question: Question, box: Box) -> dict[str, Any]:
    """Give everything that the list says: rows with a place, rows without, and how to see more."""
    limit = min(_MOST_ROWS, max(_ROWS, request.args.get("toon", default=_ROWS, type=int)))
    conn, reader, day = connection(), lezer(), today()
    keep = in_use(question.keep)
    ids, total, elsewhere = nearest_ids(conn, question.record, box, keep, reader, day, limit)
    loose = ids_without_place(conn, question.record, box, keep, reader, day, limit)
    more = {**_kept(question.args), "toon": [str(limit + _ROWS)]}
    return {
        "rijen": list_rows(question.record, ids),
        "los": list_rows(question.record, loose),
        "totaal": total,
        "los_totaal": elsewhere,
        "wat": question.record,
        "themas": vocabulary().labels(question.keep.themas),
        "anders": [] if total or elsewhere else _other_kind(question),
        "gebieden": _areas_named(question.keep.q),
        "jaren": _document_years(question.record),
        "meer": f"/kaart?{urlencode(more, doseq=True)}"
        if max(total, elsewhere) > limit and limit < _MOST_ROWS
        else "",
        "toon": limit + _ROWS,
        "gefilterd": question.keep != RecordFilter(),
    }


def _other_kind(question: Question) -> list[tuple[str, str]]:
    """Say that the other kind of record has something, where this one has nothing."""
    other: RecordName = "actor" if question.record == "aanbod" else "aanbod"
    found = count_records(connection(), other, in_use(question.keep), lezer(), today())
    if not found:
        return []
    wat = "aanbod" if other == "aanbod" else "actoren"
    words = "soorten steun" if other == "aanbod" else "organisaties en groepen"
    address = _address({**_kept(question.args, "wat"), "wat": [wat]})
    return [(address, f"Bekijk {found} {words}")]


def _areas_named(words: str) -> list[tuple[str, str]]:
    """List the areas whose name begins with what somebody looked for."""
    name = search_name(words)
    if len(name) < _SHORTEST_NAME:
        return []
    return [
        (f"/gebied/{area.code}", f"{GEBIED_LABELS[area.niveau]} {area.naam}")
        for area in list_areas(connection())
        if search_name(area.naam).startswith(name)
    ][:3]


def _document_years(record: RecordName) -> tuple[int, int] | None:
    """Give the years of the documents when nobody confirmed anything on this map, else None."""
    conn, reader, day = connection(), lezer(), today()
    confirmed = tuple(stand for stand in Versheid if stand is not Versheid.BRON)
    if has_records(conn, record, RecordFilter(versheid=confirmed), reader, day):
        return None
    years = [source.jaar for source in read_sources(conn).values()]
    return (min(years), max(years)) if years else None


def _kept(args: MultiDict[str, str], *without: str) -> dict[str, list[str]]:
    """Give the filter state of the address bar, without what a link is about to change."""
    leave = {"bbox", "toon", "gekozen", *without}
    return {key: args.getlist(key) for key in args if key not in leave and args.get(key)}


def _address(args: dict[str, list[str]]) -> str:
    return f"/kaart?{urlencode(args, doseq=True)}" if args else "/kaart"


def _level() -> Gebiedsniveau:
    asked = request.args.get("niveau", "")
    return Gebiedsniveau(asked) if asked in set(_LEVELS) else Gebiedsniveau.BUURT


def _level_choices() -> list[tuple[str, str, bool]]:
    rest = _kept(request.args, "niveau")
    return [
        (_address({**rest, "niveau": [level.value]}), GEBIED_LABELS[level], level is _level())
        for level in _LEVELS
    ]


def _kind_choices(question: Question) -> list[tuple[str, str, bool]]:
    rest = _kept(request.args, "wat")
    return [
        (_address({**rest, "wat": ["aanbod"]}), "Aanbod", question.record == "aanbod"),
        (_address({**rest, "wat": ["actoren"]}), "Wie er is", question.record == "actor"),
    ]


def _filters(question: Question, areas: list[Gebied]) -> dict[str, Any]:
    """Give the filter row: every choice with its words and whether it is on."""
    keep, words = question.keep, vocabulary()
    names = {area.code: area.naam for area in areas}
    return {
        "q": keep.q,
        "gebied": (keep.gebied, names.get(keep.gebied, keep.gebied)) if keep.gebied else None,
        "themas": [(t.code, t.label, t.code in keep.themas) for t in words.themas.values()],
        "doelgroepen": [
            (g.code, g.label, g.code in keep.doelgroepen) for g in words.doelgroepen.values()
        ],
        "soorten": [
            (soort.value, SOORT_LABELS[soort], soort in keep.soorten)
            for soort in Soort
            if soort is not Soort.SLEUTELFIGUUR or lezer().niveau >= Niveau.PROFESSIONAL
        ],
        "versheid": [(v.value, label, v in keep.versheid) for v, label in _VERSHEID_WORDS.items()],
        "statussen": [(s.value, label, s in keep.statussen) for s, label in STATUS_LABELS.items()],
        "lijnen": list(keep.lijnen or map(int, Lijn)),
        "aan": _active(question, names),
        "wis": _address({k: v for k, v in _kept(request.args).items() if k in ("wat", "niveau")}),
        "vast": [
            (k, v) for k, vs in _kept(request.args).items() if k in ("wat", "niveau") for v in vs
        ],
    }


def _active(question: Question, names: dict[str, str]) -> list[tuple[str, str]]:
    """List each filter that is on in words, with the address that switches it off."""
    keep, words = question.keep, vocabulary()
    said = [("gebied", keep.gebied, names.get(keep.gebied, keep.gebied))] if keep.gebied else []
    said += [("thema", code, words.label(code)) for code in keep.themas]
    said += [("doelgroep", code, words.label(code)) for code in keep.doelgroepen]
    said += [("soort", soort.value, SOORT_LABELS[soort]) for soort in keep.soorten]
    said += [("lijn", str(line), f"Lijn {line}") for line in keep.lijnen]
    said += [
        ("versheid", v.value, f"Nagekeken: {_VERSHEID_WORDS[v].lower()}") for v in keep.versheid
    ]
    said += [("status", s.value, STATUS_LABELS[s]) for s in keep.statussen]
    if keep.q:
        said.append(("q", keep.q, f"‘{keep.q}’"))
    links = []
    for key, value, label in said:
        # From what was read, since one value of an address may hold several codes.
        left = [v for k, v, _ in said if k == key and v != value]
        rest = {**_kept(request.args), key: left}
        links.append((label, _address({k: v for k, v in rest.items() if v})))
    return links
