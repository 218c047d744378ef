"""What every answer carries against misuse, and which level each route asks of its reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.domain.roles import Account, Recht
from web.own_site import require_own_site
from web.session import current_account, has_administrator, may_write

View = TypeVar("View", bound=Callable[..., Any])
_LEVEL, _RIGHT, _EARLY = "_socialmap_level", "_socialmap_right", "_socialmap_early"
_WHOLE = "_socialmap_whole_map"
#: Questions that go by POST to keep them out of addresses; they change nothing.
_QUESTIONS = frozenset({"/api/v1/zoekvragen", "/api/v1/plaatsing"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})

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


def permission(
    level: Niveau,
    recht: Recht | None = None,
    *,
    before_accounts: bool = False,
    whole_map: bool = False,
) -> Callable[[View], View]:
    """
    Mark a view with what its reader must have; without a mark a route is refused.

    Parameters
    ----------
    level
        Level of reading.
    recht
        What the reader must be allowed to do as well; None for reading only.
    before_accounts
        Whether anybody on the own site may, as long as no administrator has begun: somebody who
        tries the map alone needs no account.
    whole_map
        Whether it is about all municipalities together: not for who has own areas.
    """

    def mark(view: View) -> View:
        setattr(view, _LEVEL, level)
        setattr(view, _RIGHT, recht)
        setattr(view, _EARLY, before_accounts)
        setattr(view, _WHOLE, whole_map)
        return view

    return mark


def required_of(view: Callable[..., Any] | None) -> Niveau | None:
    """Give the level that a view asks, None when it states none."""
    marked = _marked(view)
    return getattr(marked, _LEVEL, None)


def right_of(view: Callable[..., Any] | None) -> Recht | None:
    """Give what a view asks besides a level, None when it asks nothing more."""
    return getattr(_marked(view), _RIGHT, None)


def is_open_before_accounts(view: Callable[..., Any] | None) -> bool:
    """Tell whether anybody may use a view as long as no administrator has begun."""
    return bool(getattr(_marked(view), _EARLY, False))


def is_for_whole_map(view: Callable[..., Any] | None) -> bool:
    """Tell whether a view is about all municipalities together."""
    return bool(getattr(_marked(view), _WHOLE, False))


def may_open(account: Account, view: Callable[..., Any] | None) -> bool:
    """Tell whether an account has what a view asks; nobody has what is not stated."""
    level, recht = required_of(view), right_of(view)
    if level is None or account.niveau < level or (recht is not None and not account.may(recht)):
        return False
    return account.gemeenten is None or not is_for_whole_map(view)


def _marked(view: Callable[..., Any] | None) -> Callable[..., Any] | None:
    while view is not None and not hasattr(view, _LEVEL):
        view = getattr(view, "__wrapped__", None)
    return view


def current_lezer() -> Lezer:
    """Tell who reads this request: a visitor is `openbaar`, an account what its role reads."""
    account = current_account()
    return OPENBAAR if account is None else account.lezer


def secure(app: Flask) -> None:
    """Put permissions before every view, and headers on every answer."""

    app.before_request(_refuse_without_statement)

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
        # Of somebody who reads more, nothing may stay in a browser or in a cache on the way.
        if g.get("account") is not None:
            response.headers["Cache-Control"] = "no-store"
            response.vary.update(("Cookie", "Authorization"))
        return response


def _refuse_without_statement() -> BaseResponse | None:
    """Let a request through only to what its view states (eisen.md, 8)."""
    if request.endpoint is None:
        return None
    if request.endpoint == "static" or request.endpoint.endswith(".static"):
        return None
    if request.method not in _READING:
        require_own_site()
        if not may_write() and request.path not in _QUESTIONS:
            abort(403)
    view = current_app.view_functions[request.endpoint]
    level, recht = required_of(view), right_of(view)
    if level is None:
        abort(403)
    if level is Niveau.OPENBAAR and recht is None:
        return None
    account = current_account()
    if account is None:
        if is_open_before_accounts(view) and not has_administrator():
            return None
        return _ask_to_sign_in()
    if not may_open(account, view):
        abort(403)
    return None


def _ask_to_sign_in() -> BaseResponse:
    """Send a person to the page to sign in, and back after it; a program gets 401."""
    if request.path.startswith("/api/") or request.method not in _READING:
        abort(401)
    return redirect(url_for("inloggen.inloggen", verder=request.full_path.rstrip("?")), 303)
