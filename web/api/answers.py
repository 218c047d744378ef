"""Write answers: compact JSON in UTF-8, a tag, and how long they may be kept."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider

from web.api.etag import tag_of
from web.context import lezer, services

API_PREFIX = "/api/v1"
API_VERSION = "1.0.0"
JSON, GEOJSON = "application/json", "application/geo+json"
#: Ask again before use: what is shown may change with every edit and with every reader.
ASK_AGAIN = "no-cache"
_KEEP_A_DAY = "public, max-age=86400"
_KEEP_A_YEAR = "public, max-age=31536000, immutable"


class StrictJson(DefaultJSONProvider):
    """JSON as RFC 8259 has it: no NaN, text as it is, keys in the order of the exchange format."""

    ensure_ascii = False
    sort_keys = False
    compact = True

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Write JSON; a number that JSON does not know raises ValueError."""
        return super().dumps(obj, allow_nan=False, **kwargs)


def answer_reader(body: Any, mimetype: str = JSON) -> Response:
    """Answer with what this reader may see; others may get something else."""
    response = _answer(body, mimetype, ASK_AGAIN)
    response.vary.update(("Cookie", "Authorization"))
    return response


def answer_all(body: Any, mimetype: str = JSON) -> Response:
    """Answer what is equal for everybody: kept a day, or for good when the address has `v`."""
    return _answer(body, mimetype, _KEEP_A_YEAR if request.args.get("v") else _KEEP_A_DAY)


def write_json(body: Any) -> bytes:
    """Write JSON in as few bytes as it takes."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def open_to_all(app: Flask) -> None:
    """Let pages of other hosts read the interface, and say its version on every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        if request.path.startswith("/api/"):
            response.headers["API-Version"] = API_VERSION
            # Without credentials: a page elsewhere gets what everybody may see, and no more.
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "API-Version, ETag"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = (
                    "Accept, Content-Type, If-None-Match"
                )
                response.headers["Access-Control-Max-Age"] = "86400"
        return response


def _answer(body: Any, mimetype: str, keep: str) -> Response:
    written = write_json(body)
    response = Response(written, mimetype=mimetype)
    response.headers["Cache-Control"] = keep
    response.set_etag(tag_of(written, lezer().niveau, services().settings.secret))
    response.make_conditional(request)
    return response
