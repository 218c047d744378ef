"""The page behind the link in a mail: what is known, and whether it is still right."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import signing_in
from socialmap.accounts.tokens import name_print
from socialmap.domain.codes import Niveau
from socialmap.domain.mail import Mail, Mailsoort, token_print
from socialmap.domain.roles import Recht
from socialmap.editing.answering import (
    MIS_LABELS,
    MOST_WORDS,
    Answer,
    Antwoord,
    LinkGoneError,
    Mis,
    answer,
    leave,
    mark_seen,
)
from socialmap.editing.change import Table, read_as
from socialmap.editing.mail_round import make_due, records_to_ask
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import mails, sessions
from web.context import connection, services, today
from web.desk import open_desk
from web.mailing import send_now, shown_record
from web.security import permission
from web.session import real_time

pages = Blueprint("klopt", __name__)
#: Records on one page; who has more gets the others in the next mail.
_MOST = 60
_NOTHING = "U hebt nog niets gekozen. Kies bij ten minste één ding wat waar is."


@pages.get("/klopt/<code>")
@permission(Niveau.OPENBAAR)
def vraag(code: str) -> Response:
    """Show what is asked. Opening it writes nothing: mail scanners follow links too."""
    try:
        mail = _open(code)
    except (LinkGoneError, signing_in.SignInError) as error:
        return _gone(error)
    return _page(code, mail, "")


@pages.post("/klopt/<code>")
@permission(Niveau.OPENBAAR)
def antwoord(code: str) -> Response:
    """Keep what was answered, and use the link up."""
    try:
        mail = _open(code)
        answers = _read_form()
        if mail.soort is Mailsoort.KLOPT and not answers:
            return _page(code, mail, _NOTHING, 422)
        with open_desk(visitor=True) as desk:
            if mail.soort is Mailsoort.TOESTEMMING:
                leave(desk, mail, services().settings.secret)
                kept = 1
            else:
                kept = answer(desk, mail, answers)
            sessions.forget_tries(desk.conn, _sender())
    except (LinkGoneError, signing_in.SignInError) as error:
        return _gone(error)
    page = render_template(
        "klopt_dank.html",
        persoon=mail.soort is Mailsoort.TOESTEMMING,
        bewaard=kept,
        overgeslagen=max(0, len(answers) - kept),
    )
    return _private(page)


@pages.post("/bijwerken/bericht/<bericht_id>/gezien")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def gezien(bericht_id: str) -> BaseResponse:
    """Forget what a contact said, because an opbouwwerker saw it."""
    with open_desk() as desk:
        mark_seen(desk, bericht_id)
    return redirect(url_for("bijwerken.bijwerken"), 303)


@pages.post("/bijwerken/<any(actoren, aanbod):tabel>/<sleutel>/vraag")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def vraag_contact(tabel: Table, sleutel: str) -> BaseResponse:
    """Mail the contact of a record now; the rhythm of one mail a month holds here as well."""
    with open_desk() as desk:
        record = read_as(desk, tabel, sleutel)
        if not may_edit(desk.conn, desk.account, record, desk.places):
            raise NotAllowedError
        owner = getattr(record, "actor_id", record.id)
        made = make_due(desk.conn, services().settings.secret, desk.now, [owner])
    send_now()
    return redirect(url_for("bijwerken.bijwerken", gevraagd="ja" if made else "later"), 303)


def _open(code: str) -> Mail:
    """
    Find the mail of a link; wrong codes from one address make the next one wait.

    A right code writes nothing. Raises LinkGoneError, and SignInError while a wait lasts.
    """
    here, name = services(), _sender()
    with here.store.reading() as conn:
        found = mails.find_open_link(conn, token_print(code), here.settings.clock.now())
        waits = real_time() < sessions.read_tries(conn, name)[1]
    if found is None or waits:
        signing_in.count_try(here.store, name, real_time())
        raise LinkGoneError
    return found


def _sender() -> str:
    return name_print(services().settings.secret, f"klopt {request.remote_addr}")


def _read_form() -> list[Answer]:
    """Read one answer for each record that one was chosen for; what cannot be is left out."""
    everything = request.form.get("alles") == "ja"
    found = []
    for number in range(_MOST):
        table, _, rest = request.form.get(f"r{number}", "").partition(":")
        key, _, version = rest.rpartition(":")
        said = Antwoord.KLOPT.value if everything else request.form.get(f"a{number}", "")
        with suppress(ValueError):
            found.append(
                Answer(
                    tabel=_table(table),
                    sleutel=key,
                    versie=int(version),
                    antwoord=Antwoord(said),
                    wat=tuple(Mis(code) for code in request.form.getlist(f"w{number}")),
                    tekst=request.form.get(f"t{number}", "")[:MOST_WORDS],
                )
            )
    return found


def _table(name: str) -> Table:
    if name == "actoren":
        return "actoren"
    if name == "aanbod":
        return "aanbod"
    raise ValueError(name)


def _page(code: str, mail: Mail, fout: str, status: int = 200) -> Response:
    if mail.soort is Mailsoort.TOESTEMMING:
        return _private(render_template("klopt_persoon.html", code=code), status)
    shown = records_to_ask(connection(), mail.aan, today())[:_MOST]
    page = render_template(
        "klopt.html",
        code=code,
        rijen=[shown_record(number, record) for number, record in enumerate(shown)],
        mis=[(code.value, label) for code, label in MIS_LABELS.items()],
        langst=MOST_WORDS,
        fout=fout,
    )
    return _private(page, status)


def _gone(error: Exception) -> Response:
    status = 410 if isinstance(error, LinkGoneError) else 429
    return _private(render_template("klopt_weg.html", fout=str(error)), status)


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
