"""Where new places would help most: on the map and as a list, with whom each adds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.placing import MOST_PLACES, NewPlaces, PlaceQuestion, places_json
from socialmap.coverage.reach import default_reach_m
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau, Niveau
from socialmap.domain.counts import say_persons
from socialmap.geo.measure import straight_reach_m
from socialmap.store.areas import AREAS_VERSION
from socialmap.store.vocabulary import read_meta
from web.context import connection, coverage_map, vocabulary
from web.coverage_query import LEAST_M, MOST_M, read_asked
from web.filters_query import BadFilterError, require_area, values_of
from web.finding_input import QuestionError
from web.plan_answers import PLANNER
from web.present import actor_url, area_url
from web.security import permission

pages = Blueprint("dekking_plan", __name__)

_USUAL = 3
_LEVELS = {
    Gebiedsniveau.GEMEENTE: "Gemeenten",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.WIJK: "Wijken",
}


@pages.get("/dekking/plan")
@permission(Niveau.OPENBAAR)
def plan() -> str:
    """Show the form, and once a theme is chosen the places."""
    thema, question = _question()
    found: NewPlaces | None = None
    trouble = ""
    if thema:
        try:
            found = PLANNER.answer(coverage_map(), question)
        except QuestionError as error:
            trouble = str(error)
    return render_template(
        "dekking_plan.html",
        vraag=question,
        gekozen=thema,
        zin=_say(found, question) if found else "",
        uitkomst=_result(found) if found else None,
        melding=trouble,
        keuzes=_choices(thema, question),
        meeste=MOST_PLACES,
        grens=(LEAST_M, MOST_M),
        gebied_naam=_area_name(question.gebied),
        vormen=read_meta(connection(), AREAS_VERSION) or "",
    )


def _question() -> tuple[str, PlaceQuestion]:
    asked = read_asked(request.args, vocabulary())
    require_area(connection(), asked.gebied)
    themas = values_of(request.args, "thema")
    if len(themas) > 1:
        raise BadFilterError("thema", "Kies één thema.", vocabulary().themas)
    thema = asked.themas[0] if themas else ""
    return thema, PlaceQuestion(
        thema=asked.themas[0],
        doelgroep=asked.doelgroep,
        aantal=_read_number(request.args),
        gebied=asked.gebied,
        straal_m=asked.straal_m,
    )


def _read_number(args: MultiDict[str, str]) -> int:
    values = values_of(args, "aantal")
    if not values:
        return _USUAL
    text = values[0] if len(values) == 1 and len(values[0]) <= len(str(MOST_PLACES)) else ""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= MOST_PLACES:
        raise BadFilterError("aantal", f"Kies 1 tot en met {MOST_PLACES} plekken.")
    return number


def _say(found: NewPlaces, question: PlaceQuestion) -> str:
    """Say the answer in one or two sentences."""
    words = vocabulary()
    who = "inwoners" if question.doelgroep == EVERYBODY else words.label(question.doelgroep)
    where = _area_name(question.gebied) or "op deze kaart"
    if found.total is None or found.missed is None:
        return (
            f"Hoeveel {who} er wonen, is niet bekend. Daarom kunnen wij geen plekken kiezen. Kies "
            "een andere groep, of alle inwoners."
        )
    missed = say_persons(found.missed)
    inside = f"in {where}" if question.gebied else where
    about = f"iets voor {words.label(question.thema)} binnen {found.straal_m:.0f} meter lopen"
    if not found.plekken:
        if not found.missed:
            return f"Alle {who} {inside} hebben al {about}. Een nieuwe plek bereikt niemand extra."
        return f"Geen plek {inside} bereikt mensen die nu niets bereikt."
    number = len(found.plekken)
    places = "Deze plek bereikt" if number == 1 else f"Deze {number} plekken bereiken samen"
    return (
        f"{missed[0].upper()}{missed[1:]} {who} {inside} hebben nu niet {about}. {places} "
        f"{say_persons(found.total)} van hen (schatting)."
    )


def _result(found: NewPlaces) -> dict[str, Any]:
    told = places_json(found)
    rows = [
        {
            **row,
            "url": actor_url(row["actor_id"]) if row["actor_id"] else "",
            "gebied_url": area_url(row["gebied"]),
        }
        for row in told["plekken"]
    ]
    return {
        **told,
        "plekken": rows,
        "straal_recht": round(straight_reach_m(found.straal_m)),
        "een_minder_aantal": len(rows) - 1,
    }


def _area_name(code: str) -> str:
    return coverage_map().ground.areas[code].naam if code else ""


def _choices(thema: str, question: PlaceQuestion) -> dict[str, Any]:
    words, ground = vocabulary(), coverage_map().ground
    listed = sorted(
        (area for area in ground.areas.values() if area.code in ground.members),
        key=lambda area: (area.naam.casefold(), area.code),
    )
    chosen = ground.areas.get(question.gebied)
    groups = [
        (label, [(a.code, a.naam, a.code == question.gebied) for a in listed if a.niveau is level])
        for level, label in _LEVELS.items()
    ]
    if chosen is not None and chosen.niveau not in _LEVELS:
        groups.append((GEBIED_LABELS[chosen.niveau], [(chosen.code, chosen.naam, True)]))
    return {
        "thema": [(t.code, t.label, t.code == thema) for t in words.themas.values()],
        "doelgroep": [
            (g.code, g.label, g.code == question.doelgroep) for g in words.doelgroepen.values()
        ],
        "gebied": [(label, found) for label, found in groups if found],
        "aantal": question.aantal,
        "straal_m": "" if question.straal_m is None else f"{question.straal_m:.0f}",
        "gewoon_m": f"{default_reach_m(question.doelgroep):.0f}",
    }
