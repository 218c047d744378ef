"""What every answer carries against misuse, and which level each route asks of its reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer

View = TypeVar("View", bound=Callable[..., Any])
_LEVEL = "_socialmap_level"

#: Everything from the own host, nothing inline (onderdelen.md, "What bites").
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def permission(level: Niveau) -> Callable[[View], View]:
    """Mark a view with the level that its reader must have; without it a route is refused."""

    def mark(view: View) -> View:
        setattr(view, _LEVEL, level)
        return view

    return mark


def required_of(view: Callable[..., Any] | None) -> Niveau | None:
    """Give the level that a view asks, None when it states none."""
    while view is not None:
        level = getattr(view, _LEVEL, None)
        if isinstance(level, Niveau):
            return level
        view = getattr(view, "__wrapped__", None)
    return None


def current_lezer() -> Lezer:
    """Tell who reads this request: everybody is `openbaar` until there are accounts."""
    return OPENBAAR


def secure(app: Flask) -> None:
    """Put permissions before every view, and headers on every answer."""

    @app.before_request
    def _refuse_without_statement() -> None:
        if request.endpoint is None:
            return
        if request.endpoint == "static" or request.endpoint.endswith(".static"):
            return
        level = required_of(current_app.view_functions[request.endpoint])
        if level is None or current_lezer().niveau < level:
            abort(403)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response
