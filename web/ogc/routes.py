"""Addresses of OGC API - Features: pygeoapi answers, and people get the same as a page."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pygeoapi.api as core
from flask import Blueprint, Response, render_template, request, url_for
from pygeoapi.api import API, APIRequest
from pygeoapi.api import itemtypes as items_api
from pygeoapi.openapi import get_oas

from socialmap.domain.codes import Niveau
from web.api.answers import write_json
from web.ogc.collections import configuration
from web.security import permission

PREFIX = "/ogc"
pages = Blueprint("ogc", __name__, url_prefix=PREFIX)
_HTML = "text/html"
#: Hosts that a configuration is kept for.
_HOSTS = 4

Answer = tuple[dict[str, str], int, Any]


@pages.get("/", strict_slashes=False)
@permission(Niveau.OPENBAAR)
def begin() -> Response:
    """Say what this is, and where everything stands."""
    return _answer(core.landing_page)


@pages.get("/openapi")
@permission(Niveau.OPENBAAR)
def openapi() -> Response:
    """Describe the interface in OpenAPI."""
    return _answer(core.openapi_, page=False)


@pages.get("/conformance")
@permission(Niveau.OPENBAAR)
def conformance() -> Response:
    """Name the parts of the standard that are kept."""
    return _answer(core.conformance)


@pages.get("/collections")
@permission(Niveau.OPENBAAR)
def collecties() -> Response:
    """List the collections."""
    return _answer(core.describe_collections)


@pages.get("/collections/<naam>")
@permission(Niveau.OPENBAAR)
def collectie(naam: str) -> Response:
    """Describe one collection."""
    return _answer(core.describe_collections, naam)


@pages.get("/collections/<naam>/schema")
@permission(Niveau.OPENBAAR)
def schema(naam: str) -> Response:
    """Describe the fields of a collection as JSON Schema."""
    return _answer(core.get_collection_schema, naam)


@pages.get("/collections/<naam>/queryables")
@permission(Niveau.OPENBAAR)
def vraagbaar(naam: str) -> Response:
    """Name the fields that can be asked for."""
    return _answer(items_api.get_collection_queryables, naam)


@pages.get("/collections/<naam>/items")
@permission(Niveau.OPENBAAR)
def objecten(naam: str) -> Response:
    """Give a page of features."""
    return _answer(items_api.get_collection_items, naam)


@pages.get("/collections/<naam>/items/<path:sleutel>")
@permission(Niveau.OPENBAAR)
def een_object(naam: str, sleutel: str) -> Response:
    """Give one feature."""
    return _answer(items_api.get_collection_item, naam, sleutel)


def _answer(ask: Callable[..., Answer], *about: str, page: bool = True) -> Response:
    """Let pygeoapi answer in JSON; who asks for a page gets that answer as one."""
    base = request.url_root.rstrip("/")
    api = _api(f"{base}{PREFIX}", url_for("start.start", _external=True))
    wants_page = page and _wants_page()
    asked = APIRequest.from_flask(request, api.locales)
    # Only JSON is asked of pygeoapi: its pages ask third parties for parts, and its CSV would run
    # in a spreadsheet.
    asked._format = "json"
    headers, status, body = ask(api, asked, *about)
    content = _without_rdf(json.loads(body))
    if wants_page:
        template = render_template("ogc.html", inhoud=content, weg=about, goed=status < 400)
        return _shared(Response(template, status, mimetype=_HTML))
    response = Response(write_json(content), status)
    for name, text in headers.items():
        if name.lower() != "x-powered-by":
            response.headers[name] = text
    return _shared(response)


def _wants_page() -> bool:
    asked = request.args.get("f", "")
    if asked:
        return asked == "html"
    best = request.accept_mimetypes.best_match(["application/json", "application/geo+json", _HTML])
    return best == _HTML


def _without_rdf(content: Any) -> Any:
    """Leave out the links to a form that is not served."""
    if isinstance(content, list):
        return [_without_rdf(one) for one in content if not _is_rdf(one)]
    if isinstance(content, dict):
        return {key: _without_rdf(value) for key, value in content.items()}
    return content


def _is_rdf(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "application/ld+json"


def _shared(response: Response) -> Response:
    """Let pages of other hosts read it: it holds what everybody may see."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, Link"
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=_HOSTS)
def _api(base: str, home: str) -> API:
    settings = configuration(base, home)
    document = get_oas(settings, fail_on_invalid_collection=False)
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    made = API(settings, document)
    # It sets up the log of the whole process; that is for whoever serves it.
    root.setLevel(level)
    root.handlers[:] = handlers
    logging.getLogger("pygeoapi").setLevel(logging.ERROR)
    return made
