"""What a sleutelfiguur does with the code on the card: read, withdraw, ask to be erased."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import signing_in
from socialmap.accounts.tokens import name_print
from socialmap.domain.codes import Niveau
from socialmap.editing.consent import SELF, code_print, plain_code, withdraw
from socialmap.editing.held import held_json, held_of
from socialmap.store import consent, sessions
from socialmap.store.areas import list_areas
from web.context import connection, services, today, vocabulary
from web.desk import open_desk
from web.own_data_words import in_words
from web.present_own_data import present_held
from web.present_words import say_date
from web.security import permission
from web.session import real_time

pages = Blueprint("mijn_gegevens", __name__)
_WRONG = "Deze code kennen wij niet. Kijk op uw kaartje en typ de code opnieuw."


@pages.get("/toestemming")
@permission(Niveau.OPENBAAR)
def code() -> Response:
    """Ask the code of the card."""
    return _private(render_template("toestemming_code.html"))


@pages.post("/toestemming")
@permission(Niveau.OPENBAAR)
def code_gegeven() -> BaseResponse:
    """Open the page of a code that was typed."""
    typed = plain_code(request.form.get("code", "")[:100])
    if not typed:
        return _wrong(_WRONG, 422)
    return redirect(url_for("mijn_gegevens.mijn", code=typed), 303)


@pages.get("/toestemming/<code>")
@permission(Niveau.OPENBAAR)
def mijn(code: str) -> BaseResponse:
    """Show everything that is kept of the person of a card, in words."""
    try:
        actor_id = _whose(code)
    except signing_in.SignInError as error:
        return _wrong(str(error), 429)
    if actor_id is None:
        return _wrong(_WRONG, 404)
    held = held_of(connection(), actor_id)
    asked = consent.erasure_asked_on(connection(), actor_id)
    names = {area.code: area.naam for area in list_areas(connection())}
    page = render_template(
        "toestemming_mijn.html",
        code=plain_code(code),
        weten=present_held(in_words(held, vocabulary(), names), today()),
        geldt=any(
            one.vervallen_op is None and one.op <= today() < one.eind for one in held.toestemmingen
        ),
        staat=any(one.vervallen_op is None for one in held.toestemmingen),
        gevraagd=say_date(asked) if asked else "",
    )
    return _private(page)


@pages.get("/toestemming/<code>/gegevens.json")
@permission(Niveau.OPENBAAR)
def gegevens(code: str) -> Response:
    """Give everything that is kept of the person of a card as JSON, to take along."""
    response = jsonify(held_json(held_of(connection(), _require(code))))
    response.headers["Content-Disposition"] = 'attachment; filename="wat-weten-jullie-van-mij.json"'
    return _headers(response)


@pages.post("/toestemming/<code>/intrekken")
@permission(Niveau.OPENBAAR)
def trek_in(code: str) -> BaseResponse:
    """Withdraw consent: from this moment nobody sees the person."""
    _withdraw(_require(code))
    return redirect(url_for("mijn_gegevens.mijn", code=plain_code(code)), 303)


@pages.post("/toestemming/<code>/wissen")
@permission(Niveau.OPENBAAR)
def vraag_wissen(code: str) -> BaseResponse:
    """Withdraw at once, and ask the opbouwwerkers to erase everything."""
    actor_id = _require(code)
    _withdraw(actor_id, erase=True)
    return redirect(url_for("mijn_gegevens.mijn", code=plain_code(code)), 303)


def _withdraw(actor_id: str, *, erase: bool = False) -> None:
    with open_desk(visitor=True) as desk:
        withdraw(
            desk.conn,
            services().settings.secret,
            actor_id,
            wie=SELF,
            now=desk.now,
            places=desk.places,
        )
        if erase:
            consent.ask_erasure(desk.conn, actor_id, desk.today)


def _whose(code: str) -> str | None:
    """
    Find whose card a code is of; wrong codes from one address make the next one wait.

    Raises SignInError while that wait lasts.
    """
    here = services()
    name = name_print(here.settings.secret, f"kaart {request.remote_addr}")
    signing_in.count_try(here.store, name, real_time())
    print_ = code_print(here.settings.secret, plain_code(code))
    with here.store.reading() as conn:
        found = consent.find_by_code(conn, print_)
    if found is not None:
        with here.store.writing() as conn:
            sessions.forget_tries(conn, name)
    return found


def _require(code: str) -> str:
    try:
        found = _whose(code)
    except signing_in.SignInError:
        found = None
    if found is None:
        raise NotFound
    return found


def _wrong(told: str, status: int) -> Response:
    return _private(render_template("toestemming_code.html", fout=told), status)


def _private(page: str, status: int = 200) -> Response:
    return _headers(make_response(page, status))


def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
