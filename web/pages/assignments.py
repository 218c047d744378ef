"""Wijkopdrachten: agree who does something about a gap or signals, by when, and keep the list."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from socialmap.domain.choices import (
    HOEDANIGHEID_LABELS,
    KANT_LABELS,
    OPDRACHT_LABELS,
    OPDRACHTSTATUS_LABELS,
    STAP_LABELS,
    Hoedanigheid,
    Kant,
    Opdrachtstatus,
    Opdrachttitel,
    Stap,
)
from socialmap.domain.codes import Niveau, Status
from socialmap.domain.errors import NotFoundError
from socialmap.domain.fields import Kind, Veld
from socialmap.domain.model import Actor, Gebied, Wijkopdracht, gap_key
from socialmap.domain.roles import Recht
from socialmap.finding.place import PlaceError
from socialmap.store.areas import get_area
from socialmap.store.assignments import all_assignments, get_assignment, save_assignments
from socialmap.store.filters import RecordFilter
from socialmap.store.records import actors_by_id, list_actors
from socialmap.store.signals import theme_groups
from web.api.paging import KEY
from web.area_choice import area_choices, chosen_area
from web.assignment_rows import present_assignment
from web.context import connection, lezer, services, today, vocabulary
from web.filters_query import read_one
from web.own_town import is_own_area, require_own_area
from web.record_input import InputError, read_some
from web.security import permission

pages = Blueprint("opdrachten", __name__)

_STEP = (
    Veld(naam="eigenaar", kind=Kind.CODE, codes=tuple(Hoedanigheid), nodig=True),
    Veld(naam="stap", kind=Kind.CODE, codes=tuple(Stap), nodig=True),
    Veld(naam="datum", kind=Kind.DAG, nodig=True),
)
_STATUS = Veld(naam="status", kind=Kind.CODE, codes=tuple(Opdrachtstatus), nodig=True)
_NEW = (
    Veld(naam="titel", kind=Kind.CODE, codes=tuple(Opdrachttitel), nodig=True),
    Veld(naam="kant", kind=Kind.CODE, codes=tuple(Kant), nodig=True),
    Veld(naam="themas", kind=Kind.THEMAS, nodig=True, langst=2000),
    Veld(naam="doelgroep", kind=Kind.DOELGROEP),
    *_STEP,
)
_TEXTS = ("gebied", "plek", "titel", "kant", "doelgroep", "eigenaar", "stap", "datum", "status")
_MOST_ACTORS = 60


@pages.get("/opdrachten")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def opdrachten() -> str:
    """List what was agreed, by owner."""
    owner = read_one(request.args, "eigenaar", [code.value for code in Hoedanigheid])
    by_owner: dict[str, list[dict[str, Any]]] = {}
    for one in all_assignments(connection()):
        if is_own_area(one.gebied) and (not owner or one.eigenaar == owner):
            by_owner.setdefault(one.eigenaar, []).append(present_assignment(one, today()))
    order = [code.value for code in Hoedanigheid]
    return render_template(
        "opdrachten.html",
        eigenaar=owner,
        rollen=[(code.value, label) for code, label in HOEDANIGHEID_LABELS.items()],
        lijsten=[
            (
                HOEDANIGHEID_LABELS[Hoedanigheid(code)],
                sorted(by_owner[code], key=lambda row: bool(row["klaar"])),
            )
            for code in order
            if code in by_owner
        ],
    )


@pages.get("/opdrachten/nieuw")
@permission(Niveau.PROFESSIONAL, Recht.STUREN, before_accounts=True)
def nieuw() -> Response:
    """Show the form, with the gap or signal that it comes from."""
    filled = {name: request.args.get(name, "").strip() for name in _TEXTS}
    themes = request.args.getlist("thema")
    try:
        return _new_form(filled, chosen_area(filled["gebied"], filled["plek"]), themes, {})
    except PlaceError as error:
        return _new_form(filled, None, themes, {"plek": str(error)})


@pages.post("/opdrachten")
@permission(Niveau.PROFESSIONAL, Recht.STUREN, before_accounts=True)
def maak() -> Response:
    """Keep a new assignment."""
    filled = {name: request.form.get(name, "").strip() for name in _TEXTS}
    themes = request.form.getlist("thema")
    area: Gebied | None = None
    try:
        area = chosen_area(filled["gebied"], filled["plek"])
        if area is None:
            raise PlaceError("Vul een postcode in, of de naam van een buurt of wijk.")
        require_own_area(area.code)
        values = read_some(_NEW, {**filled, "themas": "|".join(themes)})
    except PlaceError as error:
        return _new_form(filled, None, themes, {"plek": str(error)})
    except InputError as error:
        return _new_form(filled, area, themes, error.fouten)
    made = _make(area, values)
    with services().store.writing() as conn:
        save_assignments(conn, [made], made.eigenaar, services().settings.clock.now())
    return redirect(url_for("opdrachten.opdracht", assignment_id=made.id, nieuw="ja"), 303)


@pages.get("/opdrachten/<assignment_id>")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def opdracht(assignment_id: str) -> Response:
    """Show one assignment, and let its owner say how far it is."""
    found = _read(assignment_id)
    return _own_form(found, _texts_of(found), {}, nieuw=request.args.get("nieuw") == "ja")


@pages.post("/opdrachten/<assignment_id>")
@permission(Niveau.PROFESSIONAL, Recht.STUREN, before_accounts=True)
def verander(assignment_id: str) -> Response:
    """Keep how far it is; not when somebody else was first."""
    filled = {name: request.form.get(name, "").strip() for name in _TEXTS}
    try:
        values = read_some((*_STEP, _STATUS), filled)
    except InputError as error:
        return _own_form(_read(assignment_id), filled, error.fouten, status=422)
    with services().store.writing() as conn:
        found = get_assignment(conn, _key(assignment_id))
        require_own_area(found.gebied)
        first = request.form.get("versie") == str(found.versie)
        if first:
            now = services().settings.clock.now()
            save_assignments(conn, [replace(found, **values)], values["eigenaar"], now)
    if not first:
        said = "Iemand anders was u voor. Hieronder staat wat er nu is. Kies opnieuw."
        return _own_form(found, _texts_of(found), {"versie": said}, status=412)
    return redirect(url_for("opdrachten.opdracht", assignment_id=found.id), 303)


def _make(area: Gebied, values: Mapping[str, Any]) -> Wijkopdracht:
    group = "" if values["doelgroep"] == "iedereen" else values["doelgroep"]
    seen = actors_by_id(connection(), request.form.getlist("actor"), lezer(), today())
    signals: list[str] = []
    if request.form.get("signalen") == "ja":
        for one in theme_groups(connection()):
            if one.gebied == area.code and one.thema in values["themas"]:
                signals += one.signaal_ids
    return Wijkopdracht(
        id=f"W-{secrets.token_hex(8)}",
        titel=values["titel"],
        gebied=area.code,
        themas=values["themas"],
        kant=values["kant"],
        eigenaar=values["eigenaar"],
        stap=values["stap"],
        datum=values["datum"],
        gaten=tuple(gap_key(area.code, theme, group) for theme in values["themas"]),
        actor_ids=tuple(sorted(seen)),
        signaal_ids=tuple(signals),
    )


def _read(assignment_id: str) -> Wijkopdracht:
    found = get_assignment(connection(), _key(assignment_id))
    require_own_area(found.gebied)
    return found


def _key(assignment_id: str) -> str:
    if not KEY.fullmatch(assignment_id):
        raise NotFoundError("Wijkopdracht", assignment_id[:80])
    return assignment_id


def _texts_of(found: Wijkopdracht) -> dict[str, str]:
    return {
        "eigenaar": found.eigenaar,
        "stap": found.stap,
        "datum": found.datum.isoformat(),
        "status": found.status,
    }


def _new_form(
    filled: dict[str, str], area: Gebied | None, themes: list[str], fouten: dict[str, str]
) -> Response:
    words = vocabulary()
    page = render_template(
        "opdracht_nieuw.html",
        ingevuld=filled,
        gebied=area,
        gekozen=[code for code in themes if code in words.themas],
        fouten=fouten,
        namen=area_choices(),
        themas=[(t.code, t.label) for t in words.themas.values()],
        groepen=[(g.code, g.label) for g in words.doelgroepen.values() if g.code != "iedereen"],
        signalen=_has_signals(area, themes),
        actoren=_actors(area),
        meedoen=set(request.form.getlist("actor")),
        vandaag=today().isoformat(),
        titels=_pairs(OPDRACHT_LABELS),
        kanten=_pairs(KANT_LABELS),
        **_choices(),
    )
    return make_response(page, 422 if fouten else 200)


def _own_form(
    found: Wijkopdracht,
    filled: dict[str, str],
    fouten: dict[str, str],
    *,
    nieuw: bool = False,
    status: int = 200,
) -> Response:
    actors = actors_by_id(connection(), found.actor_ids, lezer(), today())
    page = render_template(
        "opdracht.html",
        opdracht=present_assignment(found, today()),
        gebied=get_area(connection(), found.gebied),
        actoren=sorted(actors.values(), key=lambda a: (a.naam.casefold(), a.id)),
        signalen=bool(found.signaal_ids),
        versie=found.versie,
        ingevuld=filled,
        fouten=fouten,
        nieuw=nieuw,
        statussen=_pairs(OPDRACHTSTATUS_LABELS),
        **_choices(),
    )
    return make_response(page, status)


def _has_signals(area: Gebied | None, themes: list[str]) -> bool:
    found = theme_groups(connection()) if area else []
    return any(area and one.gebied == area.code and one.thema in themes for one in found)


def _actors(area: Gebied | None) -> list[Actor]:
    """List who works in the area and may join, by name."""
    if area is None:
        return []
    keep = RecordFilter(gebied=area.code, statussen=(Status.ACTIEF,))
    page = list_actors(connection(), keep, lezer(), today(), na="", limit=_MOST_ACTORS)
    return sorted(page.resultaten, key=lambda a: (a.naam.casefold(), a.id))


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {"rollen": _pairs(HOEDANIGHEID_LABELS), "stappen": _pairs(STAP_LABELS)}


def _pairs(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(code), label) for code, label in labels.items()]
