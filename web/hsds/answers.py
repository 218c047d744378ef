"""Answers of HSDS: pages of records, one record, and refusals that a program can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request

from socialmap.domain.errors import NotFoundError
from web.api.answers import answer_reader
from web.filters_query import BadFilterError
from web.hsds.question import Paging

Json = dict[str, Any]


def answer_page(contents: Sequence[Any], total: int, paging: Paging) -> Response:
    """Answer with one page, in the shape that HSDS prescribes (schema `Page`)."""
    pages = -(-total // paging.size)
    return answer_reader(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": paging.number,
            "size": len(contents),
            "first_page": paging.number == 1,
            "last_page": paging.number >= pages,
            "empty": not contents,
            "contents": list(contents),
        }
    )


def open_to_all(response: Response) -> Response:
    """Let pages of other hosts read: without credentials, what everybody may see."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def refuse_filter(error: BadFilterError) -> Response:
    """Say by RFC 9457 which parameter is wrong, and what it takes."""
    told: Json = {"parameter": error.parameter}
    if error.toegestaan:
        told["toegestaan"] = list(error.toegestaan)
    return _problem(400, "Deze vraag klopt niet", str(error), told)


def refuse_unknown(error: NotFoundError) -> Response:
    """Say that something is not there, or is not for everybody."""
    return _problem(404, "Dit is er niet", str(error), {})


def _problem(code: int, title: str, detail: str, more: Json) -> Response:
    body = {"type": "about:blank", "title": title, "status": code, "detail": detail, **more}
    response = jsonify(body)
    response.status_code = code
    response.mimetype = "application/problem+json"
    return response
