"""Streets under the map through our own server: the browser of a reader asks nobody else.

Off unless `SOCIALMAP_BASISKAART` says so. A tile that a browser asks of a third party would tell
that party who looks where (onderdelen.md, "base map").
"""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore

import requests
import xyzservices.providers
from flask import Blueprint, Response, abort

from socialmap.domain.codes import Niveau
from web.context import services
from web.maps import MAX_ZOOM
from web.security import permission

pages = Blueprint("tegels", __name__)

#: Seconds to wait for a connection, and between two parts of an answer.
_PATIENCE = (2.0, 4.0)
_MOST_BYTES = 500_000
_CHUNK = 1 << 16
_PNG = b"\x89PNG\r\n\x1a\n"
_DAY = 86_400
#: Tiles that are fetched at once, and seconds that another waits for its turn: with a tile server
#: that hangs, pages keep threads to be answered by (eisen.md, 24).
_TURNS = BoundedSemaphore(4)
_TURN_PATIENCE = 0.5


class TileError(Exception):
    """The tile server did not give a tile."""


@pages.get("/tegels/<int:z>/<int:x>/<int:y>.png")
@permission(Niveau.OPENBAAR)
def tile(z: int, x: int, y: int) -> Response:
    """Give one tile (256 pixels, Web Mercator), kept for a day."""
    template = services().settings.basemap
    if not template or z > MAX_ZOOM or not (x < 2**z and y < 2**z):
        abort(404)
    try:
        data = _fetch(template, z, x, y)
    except TileError:
        abort(503)
    response = Response(data, mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={_DAY}"
    return response


def attribution(template: str) -> str:
    """Say whose streets these are."""
    if template == "pdok":
        return "Straten: BRT-A, Kadaster (CC BY 4.0), via PDOK"
    return "Straten: eigen kaartserver"


def _address(template: str, z: int, x: int, y: int) -> str:
    if template == "pdok":
        return str(xyzservices.providers.nlmaps.standaard.build_url(x=x, y=y, z=z))
    return template.format(z=z, x=x, y=y)


@lru_cache(maxsize=1024)
def _fetch(template: str, z: int, x: int, y: int) -> bytes:
    if not _TURNS.acquire(timeout=_TURN_PATIENCE):
        raise TileError
    # A redirect could lead to a host that nobody chose.
    try:
        answer = requests.get(
            _address(template, z, x, y), timeout=_PATIENCE, allow_redirects=False, stream=True
        )
        data = b""
        with answer:
            for part in answer.iter_content(_CHUNK):
                data += part
                if len(data) > _MOST_BYTES:
                    break
    except (requests.RequestException, OSError) as error:
        raise TileError from error
    finally:
        _TURNS.release()
    if answer.status_code != 200 or len(data) > _MOST_BYTES or not data.startswith(_PNG):
        raise TileError
    return data
