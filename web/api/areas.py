"""Areas: what they are, what is known of their residents, and their shapes for a map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.counts import round_persons, say_persons
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Gebied, Kerncijfer
from socialmap.store.areas import (
    AreaShape,
    get_area,
    list_areas,
    list_related,
    read_figures,
    read_shapes,
)
from web.api import models
from web.api.answers import API_PREFIX, GEOJSON, answer_all, answer_reader
from web.api.paging import KEY, read_paging, write_cursor
from web.api.questions import GebiedQuestion, ShapeQuestion, takes
from web.context import connection
from web.filters_query import BadFilterError, read_area, read_one, require_area
from web.security import permission

gebieden = APIBlueprint("api_gebieden", __name__, tag="Gebieden", url_prefix=API_PREFIX)

#: Units that count people or their homes: rounded, so that no figure points at a few.
_COUNTS = ("personen", "huishoudens")
#: Degrees to this many decimals are a metre.
DECIMALS = 5


@gebieden.get("/gebieden")
@gebieden.output(models.Gebieden)
@takes(GebiedQuestion)
@permission(Niveau.OPENBAAR)
def list_gebieden() -> Response:
    """Lijst van gebieden, met hun kerncijfers."""
    paging = read_paging(request.args)
    areas = _asked(_niveau())
    start = 0
    if paging.na:
        codes = [area.code for area in areas]
        if paging.na not in codes:
            message = "Deze cursor hoort bij een andere vraag. Begin opnieuw zonder cursor."
            raise BadFilterError("cursor", message)
        start = codes.index(paging.na) + 1
    page = areas[start : start + paging.limit]
    more = start + paging.limit < len(areas)
    return answer_reader(
        {
            "resultaten": _with_figures(page),
            "volgende": write_cursor(page[-1].code) if more else None,
            "totaal": len(areas),
        }
    )


@gebieden.get("/gebieden/<code>")
@gebieden.output(models.Gebied)
@permission(Niveau.OPENBAAR)
def get_gebied(code: str) -> Response:
    """Eén gebied, met zijn kerncijfers."""
    if not KEY.fullmatch(code):
        raise NotFoundError("Gebied", code[:80])
    return answer_reader(_with_figures([get_area(connection(), code)])[0])


@gebieden.get("/kaart/gebieden")
@gebieden.output(models.Gebiedsvormen, content_type=GEOJSON)
@takes(ShapeQuestion)
@permission(Niveau.OPENBAAR)
def list_shapes() -> Response:
    """Vormen van gebieden voor een kaart (GeoJSON)."""
    niveau, code = _niveau(), read_area(request.args)
    codes = [area.code for area in _asked(niveau)] if code else None
    shapes = read_shapes(connection(), niveau, codes)
    return answer_all(
        {"type": "FeatureCollection", "features": [_feature(shape) for shape in shapes]}, GEOJSON
    )


def _niveau() -> Gebiedsniveau | None:
    code = read_one(request.args, "niveau", list(Gebiedsniveau))
    return Gebiedsniveau(code) if code else None


def _asked(niveau: Gebiedsniveau | None) -> list[Gebied]:
    """Read the areas of a level; with `gebied` those that share a buurt with it, and itself."""
    code = read_area(request.args)
    if not code:
        return list_areas(connection(), niveau)
    require_area(connection(), code)
    own = get_area(connection(), code)
    levels = list(Gebiedsniveau)
    found = sorted(
        [own, *list_related(connection(), code)],
        key=lambda area: (levels.index(area.niveau), area.naam, area.code),
    )
    return [area for area in found if niveau is None or area.niveau is niveau]


def _with_figures(areas: Sequence[Gebied]) -> list[dict[str, Any]]:
    figures: dict[str, list[Kerncijfer]] = {}
    for figure in read_figures(connection(), [area.code for area in areas]):
        figures.setdefault(figure.gebied, []).append(figure)
    return [_area_json(area, figures.get(area.code, [])) for area in areas]


def _area_json(area: Gebied, figures: Sequence[Kerncijfer]) -> dict[str, Any]:
    return {
        "code": area.code,
        "naam": area.naam,
        "niveau": area.niveau.value,
        "gemeente": area.gemeente or None,
        "leden": list(area.leden),
        "buurten": list(area.buurten),
        "jaar": area.jaar,
        "bron": area.bron or None,
        "vrijwel_onbewoond": area.vrijwel_onbewoond,
        "kerncijfers": [_figure_json(figure, area.niveau) for figure in figures],
    }


def _figure_json(figure: Kerncijfer, niveau: Gebiedsniveau) -> dict[str, Any]:
    value, words = _say(figure)
    return {
        "naam": figure.naam,
        "label": figure.label,
        "waarde": value,
        "tekst": words,
        "eenheid": figure.eenheid,
        "jaar": figure.jaar,
        "niveau": niveau.value,
        "bron": figure.bron,
    }


def _say(figure: Kerncijfer) -> tuple[float, str]:
    """Round a figure once, at output (begrippen.md, "Need")."""
    if figure.eenheid in _COUNTS:
        return round_persons(figure.waarde) or 0, say_persons(figure.waarde)
    if figure.eenheid == "%":
        share = math.floor(figure.waarde + 0.5)
        return share, f"{share}%"
    plain = int(figure.waarde) if figure.waarde == int(figure.waarde) else figure.waarde
    number = str(plain).replace(".", ",")
    return plain, f"{number} {figure.eenheid}"


def _feature(stored: AreaShape) -> dict[str, Any]:
    area = stored.gebied
    town = {"gemeente": area.gemeente} if area.gemeente else {}
    return {
        "type": "Feature",
        "geometry": stored.vorm_pagina,
        "properties": {
            "code": area.code,
            "naam": area.naam,
            "niveau": area.niveau.value,
            **town,
            "lon": round(area.lon, DECIMALS),
            "lat": round(area.lat, DECIMALS),
        },
    }
