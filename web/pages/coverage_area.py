"""Coverage of one area: all themes for a meeting, on paper too, and all there is on one theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from socialmap.coverage.gaps import MISSING
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reach import default_reach_m
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.sentences import say_missing_together
from socialmap.domain.codes import GEBIED_LABELS, Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.freshness import Versheid
from socialmap.domain.model import Gebied
from socialmap.domain.vocabulary import Vocabulary
from socialmap.store.areas import list_areas, read_shapes
from web.context import connection, coverage_map, today, vocabulary
from web.filters_query import require_area
from web.present import area_url
from web.present_coverage import about, how_sure, mark_of, who
from web.present_coverage_detail import (
    actions,
    figures_used,
    like_areas,
    looked,
    numbers_of,
    offers_of,
    say_stand,
    stands_of,
    teams_and_facts,
    theme_lines,
    unanswered,
    unknown_of,
)
from web.present_coverage_paper import area_picture, verdict_pictures
from web.present_coverage_query import (
    CoverageChoice,
    area_address,
    page_address,
    pdf_address,
    read_coverage_choice,
    say_time,
)
from web.present_map import small_map
from web.present_words import say_date
from web.security import permission
from web.sheet_pdf import NO_PANGO, make_pdf, pdf_is_possible

pages = Blueprint("dekking_gebied", __name__)

#: Areas nearest to an area, for the picture of where it lies.
_NEAR = 60


@pages.get("/dekking/<code>")
@permission(Niveau.OPENBAAR)
def dekking_gebied(code: str) -> str:
    """Show all themes of an area, or with `thema` all there is on one."""
    coverage, words = coverage_map(), vocabulary()
    choice, area = _read(code, coverage, words)
    if choice.thema:
        return render_template("dekking_thema.html", **_theme_page(choice, area, coverage, words))
    return render_template(
        "dekking_gebied.html",
        **_area_page(choice, area, coverage, words),
        geen_pdf="" if pdf_is_possible() else NO_PANGO,
        pdf=pdf_address(choice, code),
    )


@pages.get("/dekking/<code>.pdf")
@permission(Niveau.OPENBAAR)
def dekking_pdf(code: str) -> Response:
    """Give all themes of an area as a tagged PDF, for a meeting."""
    coverage, words = coverage_map(), vocabulary()
    choice, area = _read(code, coverage, words)
    said = _area_page(choice, area, coverage, words)
    if not pdf_is_possible():
        page = render_template("dekking_gebied.html", **said, geen_pdf=NO_PANGO, pdf="")
        return make_response(page, 503)
    html = render_template("dekking_pdf.html", **said, tekens=verdict_pictures())
    response = make_response(make_pdf(html, Path(current_app.static_folder or "")))
    response.mimetype = "application/pdf"
    # A code may hold what a header may not; the reader sees the name of the area in the PDF.
    response.headers["Content-Disposition"] = 'attachment; filename="dekking.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _read(code: str, coverage: CoverageMap, words: Vocabulary) -> tuple[CoverageChoice, Gebied]:
    choice = read_coverage_choice(request.args, words)
    for other in (choice.gebied, choice.gekozen, choice.rij):
        require_area(connection(), other)
    if code not in coverage.ground.members:
        raise NotFoundError("Gebied", code[:80])
    return choice, coverage.ground.areas[code]


def _common(choice: CoverageChoice, area: Gebied, words: Vocabulary) -> dict[str, Any]:
    metres = choice.straal_m or f"{default_reach_m(choice.doelgroep):.0f}"
    return {
        "keuze": choice,
        "gebied": area,
        "niveau": GEBIED_LABELS[area.niveau],
        "wie": who(choice.doelgroep, words),
        "voor": "" if choice.doelgroep == EVERYBODY else f" voor {words.label(choice.doelgroep)}",
        "tijd": say_time(choice),
        "meters": metres,
        "datum": say_date(today()),
        "gebied_adres": area_url(area.code),
    }


def _area_page(
    choice: CoverageChoice, area: Gebied, coverage: CoverageMap, words: Vocabulary
) -> dict[str, Any]:
    stands = stands_of(coverage, area, choice, words.themas)
    lines = theme_lines(stands, coverage, words, choice)
    missing = sum(stand.oordeel in MISSING for stand in stands.values())
    first = next(iter(stands.values()))
    return {
        **_common(choice, area, words),
        "regels": lines,
        "bewoond": any(stand.oordeel is not None for stand in stands.values()),
        "samen": say_missing_together(missing),
        "feiten": teams_and_facts(first, coverage),
        "mensen": numbers_of(first, words)[:1],
        "onbekend": unknown_of(stands, coverage, words),
        "kaart": _picture(area),
        "beeld": area_picture(_picture(area), area.naam),
        "groepen": [
            (g.code if g.code != EVERYBODY else "", g.label, g.code == choice.doelgroep)
            for g in words.doelgroepen.values()
        ],
        "kruimels": [("/", "Begin"), (page_address(choice), "Dekking"), (None, area.naam)],
        "op_kaart": page_address(choice, gebied=area.code),
    }


def _theme_page(
    choice: CoverageChoice, area: Gebied, coverage: CoverageMap, words: Vocabulary
) -> dict[str, Any]:
    stands = stands_of(coverage, area, choice, words.themas)
    stand = stands[choice.thema]
    said = say_stand(stand, coverage, words, choice)
    if stand.oordeel in MISSING:
        said.append(say_missing_together(sum(s.oordeel in MISSING for s in stands.values())))
    home = area_address(choice, area.code)
    return {
        **_common(choice, area, words),
        **actions(choice, area.code, choice.thema),
        "titel": f"{about(choice.thema, choice.doelgroep, words)} in {area.naam}",
        "thema_woord": words.label(choice.thema),
        "merk": mark_of(stand),
        "mist": stand.oordeel in MISSING,
        # The verdict itself stands above it already.
        "zinnen": [sentence for sentence in said[1:] or said if sentence],
        "feiten": teams_and_facts(stand, coverage),
        "aanbod": offers_of(stand, coverage),
        "gekeken_door": looked(stand, coverage, words),
        "vergelijkbaar": like_areas(stand, coverage, choice),
        "onvervuld": unanswered(stand, coverage),
        "cijfers": numbers_of(stand, words),
        "gebruikt": figures_used(stand, coverage),
        "zeker": how_sure(coverage, [stand], choice, choice.thema),
        "andere": [
            (one.woorden, one.adres, one.merk, one.thema == choice.thema)
            for one in theme_lines(stands, coverage, words, choice)
        ],
        "kaart": _picture(area),
        "kruimels": [
            ("/", "Begin"),
            (page_address(choice), "Dekking"),
            (home, area.naam),
            (None, words.label(choice.thema)),
        ],
        "op_kaart": page_address(choice, gekozen=area.code)
        if area.niveau is choice.niveau
        else page_address(choice, gebied=area.code),
        "kijk_na": url_for(
            "kaart.kaart",
            wat="aanbod",
            gebied=area.code,
            thema=choice.thema,
            versheid=[Versheid.OUD.value, Versheid.NOOIT.value],
        ),
    }


def _picture(area: Gebied) -> Any:
    conn = connection()
    same = [a for a in list_areas(conn, area.niveau) if a.code != area.code]
    same.sort(key=lambda a: ((a.lon - area.lon) ** 2 + (a.lat - area.lat) ** 2, a.code))
    near = read_shapes(conn, codes=[a.code for a in same[:_NEAR]])
    return small_map(read_shapes(conn, codes=[area.code])[0], near, [])
