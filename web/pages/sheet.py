"""The sheet for a resident: from the chosen offers to screen, print and PDF. Nothing is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.privacy import OPENBAAR
from socialmap.finding.place import require_here
from socialmap.store.areas import AreaShape, list_areas, read_shapes
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.context import connection, today
from web.finding_input import QuestionError
from web.present_sheet import FILE_NAME, TITLES, SheetItem, Variant, sheet_items
from web.present_words import count_words, say_date
from web.security import permission
from web.sheet_map import Bounds, Place, as_image, bounds_of, draw_map
from web.sheet_pdf import NO_PANGO, make_pdf, pdf_is_possible

pages = Blueprint("blad", __name__)

#: Most offers on one sheet: more is no help to anybody.
MOST_CHOSEN = 20
#: Decimals of the place where the way begins: about 100 metres, so no front door.
_DECIMALS = 3
_LONGEST_ID = 80
#: Buurten whose centre lies so many degrees outside the map may still show on it.
_AROUND = 0.06


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    What was chosen.

    Attributes
    ----------
    ids
        Offers in the order chosen, each once.
    start
        (lon, lat) in WGS84 degrees, rounded; None when not said.
    variant
        Which sheet.
    """

    ids: tuple[str, ...]
    start: Place | None
    variant: Variant


@pages.post("/blad")
@permission(Niveau.OPENBAAR)
def blad() -> Response:
    """Show the sheet on screen; printing is up to the browser."""
    return _answer(_page(_read()))


@pages.post("/blad.pdf")
@permission(Niveau.OPENBAAR)
def blad_pdf() -> Response:
    """Give the sheet as a tagged PDF; where that is not possible, show the page and say so."""
    asked = _read()
    if not pdf_is_possible():
        return _answer(_page(asked), 503)
    html = render_template("blad_pdf.html", **_fill(asked))
    response = _answer(make_pdf(html, Path(current_app.static_folder or "")))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _read() -> Sheet:
    form = request.form
    ids = tuple(dict.fromkeys(key for key in form.getlist("aanbod") if key))
    if not ids:
        raise QuestionError("Er is nog niets gekozen. Zet eerst iets in het mandje.")
    if len(ids) > MOST_CHOSEN or any(len(key) > _LONGEST_ID for key in ids):
        raise QuestionError(f"Kies hoogstens {MOST_CHOSEN} keer iets voor een blad.")
    try:
        variant = Variant(form.get("variant", Variant.GEWOON))
    except ValueError:
        raise QuestionError("Dit soort blad is er niet. Kies gewoon of neutraal.") from None
    return Sheet(ids, _read_start(form.get("lon", ""), form.get("lat", "")), variant)


def _read_start(lon: str, lat: str) -> Place | None:
    if not lon and not lat:
        return None
    try:
        place = round(float(lon), _DECIMALS), round(float(lat), _DECIMALS)
    except ValueError:
        place = math.nan, math.nan
    if not all(map(math.isfinite, place)):
        raise QuestionError("De plek van het begin is niet te lezen. Kies de plek opnieuw.")
    require_here(*place)
    return place


def _page(asked: Sheet) -> str:
    return render_template("blad.html", **_fill(asked), geen_pdf=_no_pdf())


def _no_pdf() -> str:
    return "" if pdf_is_possible() else NO_PANGO


def _fill(asked: Sheet) -> dict[str, Any]:
    conn, day = connection(), today()
    # A sheet leaves the building: it holds what everybody may see, whoever makes it.
    offers = aanbod_by_id(conn, asked.ids, OPENBAAR, day)
    owners = actors_by_id(conn, {o.actor_id for o in offers.values()}, OPENBAAR, day)
    chosen = [
        (offers[key], owners[offers[key].actor_id])
        for key in asked.ids
        if key in offers and offers[key].actor_id in owners
    ]
    items = sheet_items(chosen, asked.start, asked.variant, day)
    missing = len(asked.ids) - len(items)
    return {
        "blad": asked,
        "neutraal": asked.variant is Variant.NEUTRAAL,
        "titel": TITLES[asked.variant],
        "dingen": items,
        "gemaakt_op": say_date(day),
        "kaart": _map(items, asked.start),
        "ontbreekt": count_words(missing, "keuze", "keuzes") if missing else "",
    }


def _map(items: list[SheetItem], start: Place | None) -> dict[str, str] | None:
    """Draw the map with the numbers of the items that have a place."""
    placed = [(item.nummer, item.plek) for item in items if item.plek is not None]
    if not placed:
        return None
    places = [place for _, place in placed]
    shapes = _buurten(bounds_of([*places, start] if start else places))
    return {
        "beeld": as_image(draw_map(shapes, placed, start)),
        "tekst": _say_map([number for number, _ in placed], start),
    }


def _buurten(bounds: Bounds) -> list[AreaShape]:
    west, south, east, north = bounds
    conn = connection()
    wide, high = _AROUND + (east - west) / 2, _AROUND + (north - south) / 2
    near = [
        area.code
        for area in list_areas(conn, Gebiedsniveau.BUURT)
        if west - wide < area.lon < east + wide and south - high < area.lat < north + high
    ]
    return read_shapes(conn, codes=near)


def _say_map(numbers: list[int], start: Place | None) -> str:
    where = f"adres {numbers[0]}" if len(numbers) == 1 else f"de adressen {_list(numbers)}"
    begin = " Waar u begint staat een ruit." if start else ""
    return f"Kaartje van de buurt met {where}.{begin} Hoe u loopt staat bij elk adres in woorden."


def _list(numbers: list[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def _answer(body: str | bytes, status: int = 200) -> Response:
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    return response
