"""My own account: what I may, my keys for programs, and signing out everywhere."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import keys, signing_in
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import ROL_LABELS, Account
from socialmap.store.areas import area_names
from socialmap.store.sessions import Houder, list_keys
from web.context import connection, services
from web.present_words import say_date
from web.security import permission
from web.session import current_account, real_time, take_back

pages = Blueprint("account", __name__)
_DAYS = (30, 90, 365)


@pages.get("/account")
@permission(Niveau.OPENBAAR)
def account() -> BaseResponse:
    """Show what I may and what I have."""
    mine = current_account()
    if mine is None:
        return redirect(url_for("inloggen.inloggen", verder=request.path), 303)
    return _page(mine)


@pages.post("/account/sleutels")
@permission(Niveau.OPENBAAR)
def nieuwe_sleutel() -> Response:
    """Make a key for a program, and show it once."""
    mine = _mine()
    days = request.form.get("dagen", "")
    try:
        token = keys.make_key(
            services().store,
            mine,
            request.form.get("naam", ""),
            int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
            real_time(),
            schrijven=request.form.get("schrijven") == "ja",
        )
    except keys.ProgramKeyError as error:
        return _page(mine, 422, fout=str(error))
    return _page(mine, sleutel=token)


@pages.post("/account/sleutels/weg")
@permission(Niveau.OPENBAAR)
def sleutel_weg() -> BaseResponse:
    """Let a key count no longer."""
    keys.take_back(services().store, _mine(), request.form.get("afdruk", "")[:64], real_time())
    return redirect(url_for("account.account"), 303)


@pages.post("/account/overal-uitloggen")
@permission(Niveau.OPENBAAR)
def overal_uit() -> BaseResponse:
    """End every session and forget every device."""
    signing_in.close_everywhere(services().store, _mine(), real_time())
    response = redirect(url_for("inloggen.inloggen"), 303)
    for kind in Houder:
        take_back(response, kind)
    return response


def _mine() -> Account:
    mine = current_account()
    if mine is None:
        raise Unauthorized
    return mine


def _page(mine: Account, status: int = 200, *, fout: str = "", sleutel: str = "") -> Response:
    names = area_names(connection())
    # The key that was just made is newer than what this request reads.
    with services().store.reading() as conn:
        found = list_keys(conn, mine.id)
    page = render_template(
        "account.html",
        mens=mine,
        rol=ROL_LABELS[mine.rol],
        gebieden=[names.get(code, code) for code in mine.gebieden],
        sleutels=[(key, say_date(key.eind.date())) for key in found],
        dagen=_DAYS,
        fout=fout,
        sleutel=sleutel,
    )
    return make_response(page, status)
