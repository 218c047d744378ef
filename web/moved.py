"""Send whoever asks for a record that went into another on to the one that is kept."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from socialmap.domain.errors import NotFoundError
from socialmap.store.merging import kept_ids
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.context import connection, lezer, today

_READING = frozenset({"GET", "HEAD"})


def moved_to(error: NotFoundError) -> Response | None:
    """
    Give the way to the kept record; None when what was asked did not go into one.

    A reader who may not see the kept record is told nothing. Browsers ask again next time: a
    merge can be undone.
    """
    if request.endpoint is None:
        return None
    given = {str(value) for value in (request.view_args or {}).values()}
    given |= {value for _, value in request.args.items(multi=True)}
    if error.key not in given:
        return None
    kept = kept_ids(connection(), [error.key]).get(error.key)
    if kept is None or not _is_there(kept):
        return None
    args: dict[str, Any] = {
        name: kept if value == error.key else value
        for name, value in (request.view_args or {}).items()
    }
    # A name that begins with an underscore is an order to `url_for`, and nobody's to give.
    asked = [name for name in request.args if name not in args and not name.startswith("_")]
    for name in asked:
        values = request.args.getlist(name)
        args[name] = [kept if value == error.key else value for value in values]
    code = 301 if request.method in _READING else 308
    response = Response(status=code, headers={"Location": url_for(request.endpoint, **args)})
    response.headers["Cache-Control"] = "no-cache"
    return response


def _is_there(key: str) -> bool:
    conn, reader, day = connection(), lezer(), today()
    return bool(actors_by_id(conn, [key], reader, day) or aanbod_by_id(conn, [key], reader, day))
