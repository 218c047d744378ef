"""How long things are kept, and what the last round deleted."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.editing.retention import (
    TERMS,
    TermError,
    change_terms,
    last_cleaned,
    read_terms,
)
from socialmap.store.retention import lapsed_persons
from web.context import connection, is_example, today
from web.desk import open_desk
from web.present_words import say_date
from web.security import permission

pages = Blueprint("bewaren", __name__)
_LONGEST = 6


@pages.get("/beheer/bewaren")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def bewaren() -> Response:
    """Show every term, to change it."""
    return _page({name: str(months) for name, months in read_terms(connection()).items()}, None)


@pages.post("/beheer/bewaren")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def bewaar() -> BaseResponse:
    """Keep other terms; the next daily round goes by them."""
    filled = {term.naam: request.form.get(term.naam, "")[:_LONGEST] for term in TERMS}
    try:
        with open_desk() as desk:
            change_terms(desk.conn, filled, wie=desk.account.id, now=desk.now)
    except TermError as error:
        return _page(filled, error, 422)
    return redirect(url_for("bewaren.bewaren", bewaard="ja"), 303)


def _page(filled: dict[str, str], fout: TermError | None, status: int = 200) -> Response:
    done = last_cleaned(connection())
    months = read_terms(connection())["toestemmingen"]
    soon = lapsed_persons(connection(), months_earlier(today(), months - 1))
    page = render_template(
        "beheer_bewaren.html",
        termijnen=TERMS,
        ingevuld=filled,
        fout=str(fout) if fout else "",
        veld=fout.naam if fout else "",
        bewaard="bewaard" in request.args,
        laatst=say_date(done) if done else "",
        straks=0 if is_example() else len(soon),
    )
    return make_response(page, status)
