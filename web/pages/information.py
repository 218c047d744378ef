"""Pages about the map itself: its data, privacy, accessibility, municipalities and health."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from socialmap.domain.codes import SOORT_LABELS, Gebiedsniveau, Niveau, Soort, Status
from socialmap.domain.freshness import Versheid, read_source
from socialmap.domain.model import Gebied
from socialmap.exchange.embedded import Municipalities, read_municipalities
from socialmap.store.areas import list_areas
from socialmap.store.filters import RecordFilter
from socialmap.store.records import list_aanbod, list_actors
from socialmap.store.vocabulary import read_meta, read_sources
from web.context import connection, lezer, services, today, vocabulary
from web.present_sources import say_borders
from web.present_words import count_words, join_words, say_date, say_number
from web.security import permission

pages = Blueprint("informatie", __name__)

_LOG = logging.getLogger("socialmap.web")
#: Municipalities that stand side by side unless somebody chooses: more is too much for a phone.
_CHOSEN_FIRST = 2
#: security.txt says until when it holds; it is made anew at each request (RFC 9116, 2.5.5).
_SECURITY_DAYS = 180
_IN_USE = (Status.ACTIEF, Status.GEPAUZEERD)
#: Fields that are not shown as a row: the head of the table says them.
_IN_HEAD = ("code", "naam")
_AREA_WORDS = {
    Gebiedsniveau.BUURT: ("buurt", "buurten"),
    Gebiedsniveau.WIJK: ("wijk", "wijken"),
    Gebiedsniveau.TEAMGEBIED: ("teamgebied", "teamgebieden"),
    Gebiedsniveau.GEMEENTE: ("gemeente", "gemeenten"),
    Gebiedsniveau.EIGEN: ("eigen gebied", "eigen gebieden"),
}
_GROUPS = (
    (
        "In het kort",
        ("motto", "inwoners", "aantal_wijken", "type_wijken", "stand_van_zaken", "doel"),
    ),
    (
        "De teams",
        (
            "indicatief_model",
            "aantal_teams",
            "aantal_teams_gepland",
            "bereik_team",
            "kernpartners",
            "type_professionals",
            "type_professional_in_team",
            "status_sociale_teams",
            "ambitie",
        ),
    ),
    (
        "Voor wie en hoe",
        (
            "doelgroep",
            "welke_doelgroepen",
            "regie_client",
            "relatie_met_toegang",
            "positionering_toegang",
            "handelingsbevoegdheid",
        ),
    ),
    (
        "Met wie",
        (
            "positionering_team",
            "verbinding_nulde_lijn",
            "schil_om_het_team",
            "verbinding_basiszorg",
            "integratie_cjg_jeugd",
        ),
    ),
    (
        "Sturing",
        (
            "aansturing_en_coordinatie",
            "wie_bepaalt_inrichting",
            "rol_gemeente_in_uitvoering",
            "registratie",
            "monitoring",
        ),
    ),
    ("Wat zij leerden", ("indrukken", "uitdagingen", "documenten", "opmerking", "bron")),
)


@pages.get("/gegevens")
@permission(Niveau.OPENBAAR)
def gegevens() -> str:
    """Tell where the data come from, and what the words mean."""
    areas = list_areas(connection())
    loaded = read_meta(connection(), "basis_geladen_op")
    return render_template(
        "gegevens.html",
        bronnen=list(read_sources(connection()).values()),
        versheid={stand.value: _count(stand) for stand in Versheid},
        soorten=[(soort.value, label) for soort, label in SOORT_LABELS.items()],
        themas=list(vocabulary().themas.values()),
        doelgroepen=list(vocabulary().doelgroepen.values()),
        gebieden=_say_areas(areas),
        grenzen=sorted(say_borders(bron) for bron in {area.bron for area in areas if area.bron}),
        geladen=say_date(date.fromisoformat(loaded)) if loaded else "",
        sleutelfiguur=Soort.SLEUTELFIGUUR.value,
    )


@pages.get("/privacy")
@permission(Niveau.OPENBAAR)
def privacy() -> str:
    """Tell what is kept of people, and what is not."""
    return render_template("privacy.html")


@pages.get("/toegankelijkheid")
@permission(Niveau.OPENBAAR)
def toegankelijkheid() -> str:
    """Tell how accessible the pages are, what was tested and what was not."""
    return render_template("toegankelijkheid.html")


@pages.get("/gemeenten")
@permission(Niveau.OPENBAAR)
def gemeenten() -> str:
    """Put the teams of municipalities beside each other."""
    table = read_municipalities()
    rows = sorted(table.rijen, key=lambda row: row["naam"])
    asked = set(request.args.getlist("kies"))
    chosen = [row for row in rows if row["code"] in asked] or rows[:_CHOSEN_FIRST]
    return render_template(
        "gemeenten.html",
        alle=[(row["code"], row["naam"], row in chosen) for row in rows],
        gekozen=chosen,
        groepen=_grouped(table, chosen, _titles()),
    )


@pages.get("/gezond")
@permission(Niveau.OPENBAAR)
def gezond() -> Response:
    """Say whether the map can be served, by reading from the database."""
    try:
        list_areas(connection(), Gebiedsniveau.GEMEENTE)
    except Exception:
        _LOG.exception("de database is niet te lezen")
        response = jsonify(
            {
                "type": "about:blank",
                "title": "De database is niet te lezen",
                "status": 503,
                "detail": "Kijk in het logboek, of zet een reservekopie terug.",
            }
        )
        response.status_code = 503
        response.mimetype = "application/problem+json"
    else:
        response = jsonify({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/.well-known/security.txt")
@permission(Niveau.OPENBAAR)
def security_txt() -> Response:
    """Tell where to report a leak (RFC 9116)."""
    until = services().settings.clock.now() + timedelta(days=_SECURITY_DAYS)
    contact = url_for("informatie.privacy", _external=True, _scheme="https", _anchor="melden")
    own = url_for("informatie.security_txt", _external=True, _scheme="https")
    lines = (
        f"Contact: {contact}",
        f"Expires: {until.replace(microsecond=0).isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {own}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _count(stand: Versheid) -> int:
    keep = RecordFilter(statussen=_IN_USE, versheid=(stand,))
    actors = list_actors(connection(), keep, lezer(), today(), na="", limit=1).totaal
    return actors + list_aanbod(connection(), keep, lezer(), today(), na="", limit=1).totaal


def _say_areas(areas: Sequence[Gebied]) -> str:
    said = []
    for level, (one, many) in _AREA_WORDS.items():
        number = sum(area.niveau is level for area in areas)
        if number:
            said.append(count_words(number, one, many))
    return join_words(said) or "nog geen gebieden"


def _titles() -> dict[str, str]:
    return {key: source.titel for key, source in read_sources(connection()).items()}


def _grouped(
    table: Municipalities, chosen: list[Mapping[str, str]], titles: Mapping[str, str]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Give the fields by subject; a field that is in no group comes last, none is lost."""
    fields = {field.naam: field for field in table.velden if field.naam not in _IN_HEAD}
    placed = {name for _, names in _GROUPS for name in names}
    groups = [*_GROUPS, ("Verder", tuple(name for name in fields if name not in placed))]
    return [
        (
            title,
            [
                {
                    "label": fields[name].label,
                    "uitleg": fields[name].uitleg,
                    "cellen": [_cell(name, row[name], titles) for row in chosen],
                }
                for name in names
                if name in fields
            ],
        )
        for title, names in groups
        if any(name in fields for name in names)
    ]


def _cell(name: str, text: str, titles: Mapping[str, str]) -> list[str]:
    if name == "bron" and (source := read_source(text)) is not None:
        # A map without the documented network does not hold the titles; the page names the book.
        title = titles.get(source.document)
        return [", ".join(part for part in (title, source.sectie, str(source.jaar)) if part)]
    if name == "inwoners" and text.isdigit():
        return [say_number(int(text))]
    return [part.strip() for part in text.split("|") if part.strip()]
