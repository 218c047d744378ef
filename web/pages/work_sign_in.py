"""Sign in with the account of one's work, by OpenID Connect (eisen.md, 10)."""

from __future__ import annotations

import logging
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import (
    Blueprint,
    Flask,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import signing_in
from socialmap.domain.codes import Niveau
from socialmap.settings import WorkSignIn
from socialmap.store import accounts
from socialmap.store.sessions import Houder
from web.context import services
from web.own_page import own_page
from web.security import permission
from web.session import hand_over, real_time

pages = Blueprint("werkaccount", __name__)
_LOG = logging.getLogger("socialmap.web")
_NAME = "werk"
#: Seconds to wait for the provider.
_PATIENCE = 10


def prepare(app: Flask, asked: WorkSignIn | None) -> None:
    """Make the provider known; its addresses are read when somebody signs in."""
    if asked is None:
        return
    oauth = OAuth(app)
    oauth.register(
        _NAME,
        client_id=asked.client,
        client_secret=asked.secret,
        server_metadata_url=f"{asked.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "timeout": _PATIENCE,
        },
    )


@pages.get("/inloggen/werk")
@permission(Niveau.OPENBAAR)
def naar_werk() -> BaseResponse:
    """Send somebody to the page of the provider, and note where to come back to."""
    session["verder"] = own_page(request.args.get("verder", ""))
    back = url_for("werkaccount.terug", _external=True)
    try:
        return cast(BaseResponse, _provider().authorize_redirect(back))
    except requests.RequestException:
        _LOG.warning("de dienst voor werkaccounts antwoordt niet")
        return _refused(
            "De inlogdienst van uw werk antwoordt niet. Probeer het later, of log in met uw "
            "wachtwoord.",
            502,
        )


@pages.get("/inloggen/werk/terug")
@permission(Niveau.OPENBAAR)
def terug() -> BaseResponse:
    """Check what the provider says, and begin a session for an account that is there already."""
    try:
        token = _provider().authorize_access_token()
    except (AuthlibBaseError, requests.RequestException):
        _LOG.warning("inloggen met een werkaccount ging mis")
        return _refused("Het inloggen bij uw werk is niet gelukt. Begin opnieuw.", 403)
    said = token.get("userinfo") or {}
    onward = own_page(str(session.pop("verder", "")))
    here, now = services(), real_time()
    # A provider that says the address was not checked may be telling anybody's.
    email = "" if said.get("email_verified") is False else str(said.get("email", ""))
    with here.store.reading() as conn:
        account = accounts.find_account(conn, email) if email else None
    if account is None or not account.actief:
        return _refused(
            "U bent bij uw werk ingelogd, maar u hebt hier nog geen account. "
            "Vraag de beheerder om een uitnodiging.",
            403,
        )
    held, _ = signing_in.open_session(here.store, here.settings.secret, account, now)
    response = redirect(onward, 303)
    hand_over(response, Houder.SESSIE, held)
    return response


def _provider() -> Any:
    known = current_app.extensions.get("authlib.integrations.flask_client")
    if known is None:
        raise NotFound
    return known.create_client(_NAME)


def _refused(said: str, status: int) -> BaseResponse:
    page = render_template("inloggen.html", verder=url_for("start.start"), fout=said)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
