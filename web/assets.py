"""Give every static file an address with a fingerprint, so that browsers keep it for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_YEAR = 31_536_000
_MONTH = 2_592_000


def fingerprint(app: Flask) -> None:
    """Add `v=` to the address of each static file, and let answers with it be kept for long."""
    root = Path(app.static_folder or "")

    @cache
    def _print(filename: str) -> str:
        file = root / filename
        return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""

    @app.url_defaults
    def _add(endpoint: str, values: dict[str, Any]) -> None:
        # Style sheets name fonts without a fingerprint: the page must ask for the same address.
        if endpoint == "static" and not values["filename"].endswith(".woff2"):
            values["v"] = _print(values["filename"])

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        elif request.endpoint == "static" and request.path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={_MONTH}"
        return response
