"""Sign in and out, and take up an invitation: password, second factor, codes to keep."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import inviting, signing_in
from socialmap.accounts.passwords import LEAST, WeakPasswordError
from socialmap.accounts.second_factor import setup_address, setup_picture
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Account
from socialmap.store import accounts
from socialmap.store.sessions import Houder
from web.context import connection, services
from web.own_page import own_page
from web.security import permission
from web.session import (
    current_account,
    device_account,
    half_account,
    hand_over,
    real_time,
    take_back,
    token_of,
)

pages = Blueprint("inloggen", __name__)
_LONGEST = 500


@pages.get("/inloggen")
@permission(Niveau.OPENBAAR)
def inloggen() -> BaseResponse:
    """Ask mail address and password."""
    onward = own_page(request.args.get("verder", ""))
    if current_account() is not None:
        return redirect(onward, 303)
    return _form("inloggen.html", verder=onward)


@pages.post("/inloggen")
@permission(Niveau.OPENBAAR)
def wachtwoord() -> BaseResponse:
    """Check the password; then the second factor, unless this device remembers it."""
    onward = own_page(request.form.get("verder", ""))
    email = request.form.get("email", "")[:_LONGEST]
    here, now = services(), real_time()
    try:
        account = signing_in.check_password(
            here.store, here.settings.secret, email, request.form.get("wachtwoord", ""), now
        )
    except signing_in.SignInError as error:
        return _form("inloggen.html", 422, verder=onward, email=email, fout=str(error))
    known = device_account()
    if not _has_second_factor(account) or (known is not None and known.id == account.id):
        return _signed_in(account, onward)
    response = redirect(url_for("inloggen.code", verder=onward), 303)
    hand_over(response, Houder.HALF, signing_in.open_half(here.store, account, now))
    return response


@pages.get("/inloggen/code")
@permission(Niveau.OPENBAAR)
def code() -> BaseResponse:
    """Ask the code of the phone."""
    onward = own_page(request.args.get("verder", ""))
    if half_account() is None:
        return redirect(url_for("inloggen.inloggen", verder=onward), 303)
    return _form("inloggen_code.html", verder=onward)


@pages.post("/inloggen/code")
@permission(Niveau.OPENBAAR)
def tweede_stap() -> BaseResponse:
    """Check the code, and begin the session."""
    onward = own_page(request.form.get("verder", ""))
    account = half_account()
    if account is None:
        return redirect(url_for("inloggen.inloggen", verder=onward), 303)
    here = services()
    try:
        signing_in.check_code(
            here.store,
            here.settings.secret,
            account,
            request.form.get("code", "")[:_LONGEST],
            real_time(),
        )
    except signing_in.SignInError as error:
        return _form("inloggen_code.html", 422, verder=onward, fout=str(error))
    return _signed_in(account, onward, remember=request.form.get("onthoud") == "ja")


@pages.post("/uitloggen")
@permission(Niveau.OPENBAAR)
def uitloggen() -> BaseResponse:
    """End the session on the server; the device stays known."""
    for kind in (Houder.SESSIE, Houder.HALF):
        if token_of(kind):
            signing_in.close(services().store, token_of(kind))
    response = redirect(url_for("start.start"), 303)
    take_back(response, Houder.SESSIE)
    take_back(response, Houder.HALF)
    # Pages that were shown must not come back with the button of the browser.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.get("/uitnodiging/<token>")
@permission(Niveau.OPENBAAR)
def uitnodiging(token: str) -> BaseResponse:
    """Show what an invitation asks. Opening it uses nothing: mail scanners follow links too."""
    account = inviting.open_link(connection(), token, real_time())
    return _invitation(token, account, inviting.new_totp())


@pages.post("/uitnodiging/<token>")
@permission(Niveau.OPENBAAR)
def opnemen(token: str) -> BaseResponse:
    """Set password and second factor, begin a session, and show the codes to keep once."""
    here, now = services(), real_time()
    account = inviting.open_link(connection(), token, now)
    filled = {name: request.form.get(name, "")[:_LONGEST] for name in ("email", "totp", "code")}
    password = request.form.get("wachtwoord", "")
    with_factor = account.needs_second_factor or bool(filled["code"])
    try:
        if password != request.form.get("nogmaals", ""):
            raise WeakPasswordError("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.")
        account, codes = inviting.take_up(
            here.store,
            token,
            email=filled["email"],
            password=password,
            totp=filled["totp"] if with_factor else "",
            code=filled["code"],
            now=now,
        )
    except (WeakPasswordError, inviting.AccountError) as error:
        return _invitation(token, account, filled["totp"], 422, str(error), filled["email"])
    session, _ = signing_in.open_session(here.store, here.settings.secret, account, now)
    response = _form("welkom.html", mens=account, codes=codes)
    hand_over(response, Houder.SESSIE, session)
    return response


def _invitation(
    token: str, account: Account, totp: str, status: int = 200, fout: str = "", email: str = ""
) -> Response:
    name = account.email if "@" in account.email else email or account.naam
    return _form(
        "uitnodiging.html",
        status,
        token=token,
        mens=account,
        kiest_email="@" not in account.email,
        email=email,
        totp=totp,
        plaatje=setup_picture(totp, name),
        adres=setup_address(totp, name),
        minstens=LEAST,
        fout=fout,
    )


def _signed_in(account: Account, onward: str, *, remember: bool = False) -> BaseResponse:
    here = services()
    if token_of(Houder.SESSIE):
        signing_in.close(here.store, token_of(Houder.SESSIE))
    session, device = signing_in.open_session(
        here.store, here.settings.secret, account, real_time(), remember=remember
    )
    response = redirect(onward, 303)
    hand_over(response, Houder.SESSIE, session)
    take_back(response, Houder.HALF)
    if device:
        hand_over(response, Houder.APPARAAT, device)
    return response


def _has_second_factor(account: Account) -> bool:
    return bool(accounts.read_keys(connection(), account.id).totp)


def _form(template: str, status: int = 200, **fields: object) -> Response:
    response = make_response(render_template(template, **fields), status)
    response.headers["Cache-Control"] = "no-store"
    return response
