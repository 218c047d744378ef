"""Coverage: which residents reach nothing, how sure that is, and where to look first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request

from socialmap.coverage.assess import Assessment
from socialmap.coverage.gaps import MISSING
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau, Niveau
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.vocabulary import read_meta
from web.api.answers import answer_reader
from web.context import connection, coverage_map, services, vocabulary
from web.coverage_query import DAYS, NAMES
from web.filters_query import require_area
from web.present_coverage import (
    LEGEND,
    about,
    choropleth,
    how_sure,
    make_list,
    mark_of,
    missing_in,
    say_answer,
)
from web.present_coverage_board import Board, BoardKeeper, BoardQuestion
from web.present_coverage_detail import selection, stands_of
from web.present_coverage_query import (
    ALL_ROWS,
    LEVELS,
    PARTS,
    REACHES,
    CoverageChoice,
    area_address,
    page_address,
    read_coverage_choice,
    side_address,
)
from web.security import permission

pages = Blueprint("dekking", __name__)

_boards = BoardKeeper()
#: The theme that the page begins with where no gap asks for another.
_FIRST_THEME = "sociaal_netwerk"
#: With more areas than this the table of themes shows the larger areas instead.
_MOST_ROWS = 40
_LARGER = {
    Gebiedsniveau.BUURT: Gebiedsniveau.WIJK,
    Gebiedsniveau.WIJK: Gebiedsniveau.GEMEENTE,
    Gebiedsniveau.TEAMGEBIED: Gebiedsniveau.GEMEENTE,
}
_WITHIN = (
    Gebiedsniveau.GEMEENTE,
    Gebiedsniveau.TEAMGEBIED,
    Gebiedsniveau.EIGEN,
    Gebiedsniveau.WIJK,
)
_FILES = {
    "/dekking.csv": "CSV",
    "/dekking.xlsx": "Excel",
    "/dekking.gpkg": "GeoPackage",
    "/dekking-uitleg.csv": "Wat de kolommen betekenen",
}
_PLURALS = ("Gemeenten", "Teamgebieden", "Eigen gebieden", "Wijken")


@pages.get("/dekking")
@permission(Niveau.OPENBAAR)
def dekking() -> str:
    """Show the map of verdicts, the ranked list, and all themes as a table."""
    coverage, words = coverage_map(), vocabulary()
    asked, choice, board = _asked(coverage, words)
    areas = {area.code for area in coverage.ground.of_level(choice.niveau, choice.gebied)}
    stands = [s for code, s in board.stands[choice.thema].items() if code in areas]
    gaps = [
        gap
        for gap in board.gaps
        if gap.stand.thema == choice.thema and gap.stand.gebied.code in areas
    ]
    listed = make_list(gaps, stands, choice, coverage, words, services().area_facts)
    chosen = _chosen(choice, coverage) or next(
        (row.code for row in (*listed.rijen, *listed.dun)), ""
    )
    return render_template(
        "dekking.html",
        keuze=choice,
        zelf_gekozen=not asked.thema,
        antwoord=say_answer(stands, choice, choice.thema, words),
        onderwerp=about(choice.thema, choice.doelgroep, words),
        filters=_filters(choice, coverage, words),
        lijst=listed,
        alles=page_address(choice, toon=ALL_ROWS),
        paneel=_panel(chosen, choice, coverage, words),
        tabel=_table(choice, coverage, words, chosen),
        zeker=how_sure(coverage, stands, choice, choice.thema),
        vergelijk=side_address("/dekking/vergelijk", choice, ("gebied",)),
        raad=side_address("/dekking/raad", choice, ("gebied",)),
        bestanden=[
            (words_of, side_address(path, choice, NAMES)) for path, words_of in _FILES.items()
        ],
        legenda=[(verdict.value, *said) for verdict, said in LEGEND.items()],
        doelgroep_woord="" if choice.doelgroep == EVERYBODY else words.label(choice.doelgroep),
        rij_vast=list(choice.asked("rij").items()),
        meervoud=LEVELS[choice.niveau][1],
        gebied_naam=coverage.ground.areas[choice.gebied].naam if choice.gebied else "",
        overleg=area_address(choice, choice.gebied) if choice.gebied else "",
        vormen=read_meta(connection(), AREAS_VERSION) or "",
    )


@pages.get("/dekking/keuze")
@permission(Niveau.OPENBAAR)
def keuze() -> str:
    """Give what there is to know of the chosen area, as part of a page."""
    coverage, words = coverage_map(), vocabulary()
    choice = _read(words)
    if not choice.thema:
        choice = replace(choice, thema=_FIRST_THEME)
    chosen = _chosen(choice, coverage)
    return render_template(
        "delen/dekking_keuze.html", paneel=_panel(chosen, choice, coverage, words)
    )


@pages.get("/dekking/oordelen")
@permission(Niveau.OPENBAAR)
def oordelen() -> Response:
    """Give the verdict on each area, for the map."""
    coverage, words = coverage_map(), vocabulary()
    _, choice, board = _asked(coverage, words)
    areas = {area.code for area in coverage.ground.of_level(choice.niveau, choice.gebied)}
    kept = [stand for code, stand in board.stands[choice.thema].items() if code in areas]
    return answer_reader({"gebieden": choropleth(kept)})


def _read(words: Vocabulary) -> CoverageChoice:
    choice = read_coverage_choice(request.args, words)
    for code in (choice.gebied, choice.gekozen, choice.rij):
        require_area(connection(), code)
    return choice


def _asked(
    coverage: CoverageMap, words: Vocabulary
) -> tuple[CoverageChoice, CoverageChoice, Board]:
    """Give what was asked, the same with a theme, and the verdicts on it."""
    asked = _read(words)
    board = _board(asked, asked.niveau, coverage, words)
    choice = asked if asked.thema else replace(asked, thema=_worst_theme(board, words))
    return asked, choice, board


def _board(
    choice: CoverageChoice, niveau: Gebiedsniveau, coverage: CoverageMap, words: Vocabulary
) -> Board:
    question = BoardQuestion(niveau, choice.doelgroep, choice.reach, choice.tijd)
    return _boards.board(coverage, tuple(words.themas), question)


def _worst_theme(board: Board, words: Vocabulary) -> str:
    """Give the theme of the gap that comes first; without a gap the usual one."""
    usual = _FIRST_THEME if _FIRST_THEME in words.themas else next(iter(words.themas))
    return next((g.stand.thema for g in board.gaps if g.stand.oordeel is Oordeel.GAT), usual)


def _chosen(choice: CoverageChoice, coverage: CoverageMap) -> str:
    """Give the chosen area, when there is something to say of it."""
    return choice.gekozen if choice.gekozen in coverage.ground.members else ""


def _panel(
    code: str, choice: CoverageChoice, coverage: CoverageMap, words: Vocabulary
) -> dict[str, Any] | None:
    if not code:
        return None
    area = coverage.ground.areas[code]
    stands = stands_of(coverage, area, choice, words.themas)
    return selection(stands, choice.thema, coverage, words, choice)


def _table(
    choice: CoverageChoice, coverage: CoverageMap, words: Vocabulary, chosen: str
) -> dict[str, Any]:
    """Give the table of all themes: one row for each area, most missing first."""
    niveau = choice.niveau
    listed = coverage.ground.of_level(niveau, choice.gebied)
    while len(listed) > _MOST_ROWS and niveau in _LARGER:
        niveau = _LARGER[niveau]
        listed = coverage.ground.of_level(niveau, choice.gebied)
    board = _board(choice, niveau, coverage, words)
    missing = missing_in(board.stands)
    lived_in = [area for area in listed if _has_verdict(board, area.code)]
    lived_in.sort(key=lambda area: (-missing[area.code], area.naam.casefold(), area.code))
    rows = [
        {
            "code": area.code,
            "naam": area.naam,
            "adres": area_address(choice, area.code),
            "mist": missing[area.code],
            "cellen": [
                _cell(board.stands[thema][area.code], choice, words) for thema in words.themas
            ],
        }
        for area in lived_in[:_MOST_ROWS]
    ]
    codes = [row["code"] for row in rows]
    shown = next((code for code in (choice.rij, chosen) if code in codes), "")
    return {
        "niveau": LEVELS[niveau],
        "anders": niveau is not choice.niveau,
        "themas": [
            (theme.code, theme.label, page_address(choice, thema=theme.code))
            for theme in words.themas.values()
        ],
        "rijen": rows,
        "toont": shown or next(iter(codes), ""),
        "weg": len(lived_in) - len(rows),
        "zonder": len(listed) - len(lived_in),
    }


def _has_verdict(board: Board, code: str) -> bool:
    return any(by_area[code].oordeel is not None for by_area in board.stands.values())


def _cell(stand: Assessment, choice: CoverageChoice, words: Vocabulary) -> dict[str, Any]:
    return {
        "merk": mark_of(stand),
        "adres": area_address(choice, stand.gebied.code, stand.thema),
        "gekozen": stand.thema == choice.thema,
        "mist": stand.oordeel in MISSING,
        "thema": words.label(stand.thema),
    }


def _filters(choice: CoverageChoice, coverage: CoverageMap, words: Vocabulary) -> dict[str, Any]:
    """Give the filter row: every choice with its words and whether it is on."""
    usual = f"{default_reach_m(choice.doelgroep):.0f}"
    reaches = sorted({*REACHES, choice.straal_m} - {""}, key=int)
    groups = []
    for level, title in zip(_WITHIN, _PLURALS, strict=True):
        found = coverage.ground.of_level(level)
        groups.append((title, [(a.code, a.naam, a.code == choice.gebied) for a in found]))
    own = coverage.ground.areas.get(choice.gebied)
    if own is not None and own.niveau is Gebiedsniveau.BUURT:
        groups.append(("Gekozen", [(own.code, own.naam, True)]))
    return {
        "themas": [(t.code, t.label, t.code == choice.thema) for t in words.themas.values()],
        "doelgroepen": [
            (
                g.code if g.code != EVERYBODY else "",
                g.label.capitalize() if g.code == EVERYBODY else g.label,
                g.code == choice.doelgroep,
            )
            for g in words.doelgroepen.values()
        ],
        "gebieden": groups,
        "niveaus": [
            (
                page_address(replace(choice, gekozen="", rij="", niveau=level)),
                GEBIED_LABELS[level],
                level is choice.niveau,
            )
            for level in LEVELS
        ],
        "stralen": [
            ("", f"{usual} m lopen (gewoon)", not choice.straal_m),
            *((one, f"{one} m lopen", one == choice.straal_m) for one in reaches),
        ],
        "dagen": [("", "Elke dag", not choice.dag)]
        + [(day, day.capitalize(), day == choice.dag) for day in DAYS],
        "dagdelen": [("", "De hele dag", not choice.dagdeel)]
        + [(part.value, said.capitalize(), part == choice.dagdeel) for part, said in PARTS.items()],
        "meer_aan": bool(choice.straal_m or choice.dag or choice.dagdeel),
        "vast": [(n, v) for n, v in choice.asked().items() if n == "niveau"],
        "wis": page_address(CoverageChoice(thema=choice.thema, niveau=choice.niveau)),
        "aan": len(choice.asked("thema", "niveau", "gekozen", "rij", "toon")),
    }
