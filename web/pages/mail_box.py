"""The outbox for the administrator: make what it is time for, send it, or copy it by hand."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts.tokens import INVITATION
from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.mail import LINK, Mailstand
from socialmap.domain.roles import Recht
from socialmap.editing.mail_round import make_due
from socialmap.store import accounts, mails
from web.context import connection, services
from web.desk import open_desk
from web.mailing import mail_rows, postman, send_now
from web.record_input import InputError
from web.security import permission

pages = Blueprint("post", __name__)
_SHOWN = 200


@pages.get("/beheer/post")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def post() -> str:
    """List what waits and what went."""
    settings = services().settings
    return render_template(
        "beheer_post.html",
        server=settings.mailserver,
        geen_site=settings.mailserver is not None and not settings.site,
        rijen=mail_rows(mails.list_mails(connection(), _SHOWN)),
        dagen=LINK.days,
        dagen_account=INVITATION.days,
        gemaakt=request.args.get("gemaakt", type=int),
        **_progress(),
    )


@pages.post("/beheer/post")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def maak_en_stuur() -> BaseResponse:
    """Make the mails that it is time for, and send what waits."""
    with open_desk() as desk:
        made = make_due(desk.conn, services().settings.secret, desk.now)
        accounts.log(desk.conn, desk.now, desk.account.id, "post gemaakt")
    send_now()
    return redirect(url_for("post.post", gemaakt=made), 303)


@pages.get("/beheer/post/stand")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def stand() -> str:
    """Say how far the sending is, as a part of the page."""
    return render_template("delen/poststand.html", **_progress())


@pages.post("/beheer/post/<mail_id>")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def een(mail_id: str) -> BaseResponse:
    """Note that one mail was sent by hand, or let it be tried again."""
    act = request.form.get("actie", "")
    with open_desk() as desk:
        if mails.get_mail(desk.conn, mail_id) is None:
            raise NotFoundError("Mail", mail_id[:80])
        if act == "gedaan":
            mails.mark_sent(desk.conn, mail_id, desk.now)
        elif act == "opnieuw":
            if not mails.try_again(desk.conn, mail_id, desk.now):
                told = "Aan dit adres ging al een nieuwere mail, of de link is te oud."
                raise InputError({"actie": f"{told} Deze mail blijft zo staan."})
        else:
            raise InputError({"actie": "Kies wat er met deze mail moet."})
    if act == "opnieuw":
        send_now()
    return redirect(url_for("post.post"), 303)


def _progress() -> dict[str, object]:
    man = postman()
    waiting = mails.count_mails(connection())[Mailstand.TE_STUREN]
    return {
        "bezig": man.busy,
        "totaal": man.total,
        "wacht": waiting,
        "gedaan": max(0, man.total - waiting),
        "uitslag": man.last,
    }
