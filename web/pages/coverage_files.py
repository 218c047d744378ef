"""Coverage as a file, with what every figure means: CSV, XLSX and GeoPackage."""

from __future__ import annotations

from flask import Blueprint, Response, request

from socialmap.coverage.answers import Asked, coverage_json
from socialmap.domain.codes import Niveau
from socialmap.exchange.exporting import about_export
from socialmap.exchange.results import (
    Results,
    make_results,
    meaning_csv,
    results_csv,
    results_gpkg,
    results_xlsx,
    say_asked,
)
from socialmap.store.areas import read_shapes
from web.api.answers import ASK_AGAIN
from web.context import connection, coverage_map, lezer, today, vocabulary
from web.coverage_query import NAMES, read_asked
from web.filters_query import require_area
from web.security import permission

pages = Blueprint("dekking_bestanden", __name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GPKG = "application/geopackage+sqlite3"
_CSV = "text/csv"


@pages.get("/dekking.csv")
@permission(Niveau.OPENBAAR)
def as_csv() -> Response:
    """Give the rows; what they mean is at the address in `Link`."""
    response = _file(results_csv(_results(_asked())), _CSV, "dekking.csv")
    query = request.query_string.decode("latin-1")
    response.headers["Link"] = f'</dekking-uitleg.csv?{query}>; rel="describedby"'
    return response


@pages.get("/dekking-uitleg.csv")
@permission(Niveau.OPENBAAR)
def meaning_as_csv() -> Response:
    """Give what the rows of the CSV mean."""
    return _file(meaning_csv(_results(_asked())), _CSV, "dekking-uitleg.csv")


@pages.get("/dekking.xlsx")
@permission(Niveau.OPENBAAR)
def as_xlsx() -> Response:
    """Give a workbook with a sheet of rows and one of what they mean."""
    return _file(results_xlsx(_results(_asked())), _XLSX, "dekking.xlsx")


@pages.get("/dekking.gpkg")
@permission(Niveau.OPENBAAR)
def as_gpkg() -> Response:
    """Give a GeoPackage with a layer of areas and a table of what it means."""
    asked = _asked()
    shapes = read_shapes(connection(), asked.niveau)
    return _file(results_gpkg(_results(asked), shapes), _GPKG, "dekking.gpkg")


def _asked() -> Asked:
    asked = read_asked(request.args, vocabulary())
    require_area(connection(), asked.gebied)
    return asked


def _results(asked: Asked) -> Results:
    words = vocabulary()
    about = about_export(connection(), lezer(), today())
    given = {name: ",".join(request.args.getlist(name)) for name in NAMES}
    answer = coverage_json(coverage_map(), words, asked)
    return make_results(answer, words, {**about, "gevraagd": say_asked(given)})


def _file(data: bytes, mimetype: str, name: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = ASK_AGAIN
    response.vary.update(("Cookie", "Authorization"))
    return response
