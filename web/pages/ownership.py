"""A record in own hands: give it to its contact, see what others propose, or leave the map."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.roles import Recht
from socialmap.editing import ownership, refusing
from socialmap.editing.change import Desk
from socialmap.editing.propose import accept, may_decide
from socialmap.editing.propose import refuse as refuse_proposal
from socialmap.editing.rights import NotAllowedError
from socialmap.store.filters import RecordFilter
from socialmap.store.proposals import open_proposals
from socialmap.store.records import list_aanbod
from web.context import today
from web.desk import open_desk, reading_desk
from web.pages.proposals import proposal_row
from web.present import badge, offer_url
from web.security import permission

pages = Blueprint("eigen", __name__)
_MOST = 200


@pages.get("/bijwerken/eigen")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def eigen() -> Response:
    """Show a contact what is its own: the record, its offers, and what others propose."""
    desk = reading_desk()
    key = ownership.own_record(desk)
    if not key:
        raise NotFound
    if refusing.is_refused(desk, key):
        return _page("eigen_weg.html", sleutel=key)
    actor = ownership.record_of(desk, key)
    offers = list_aanbod(
        desk.conn, RecordFilter(actor_id=key), desk.lezer, desk.today, na="", limit=_MOST
    ).resultaten
    waiting = [one for one in open_proposals(desk.conn) if one.sleutel and may_decide(desk, one)]
    return _page(
        "eigen.html",
        actor=actor,
        versheid=badge(actor, today()),
        aanbod=[
            {
                "id": one.id,
                "naam": one.naam,
                "url": offer_url(one.id),
                "versheid": badge(one, today()),
            }
            for one in offers
            if one.status is not Status.GESTOPT
        ],
        voorstellen=[row for one in waiting if (row := proposal_row(desk, one)) is not None],
        beheert=ownership.owner_of(desk, key) is not None,
    )


@pages.post("/bijwerken/eigen/voorstel/<voorstel_id>/<any(aanvaard, afwijzen):besluit>")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def besluit_voorstel(voorstel_id: str, besluit: str) -> BaseResponse:
    """Accept what somebody proposed for one's own record, or do not."""
    with open_desk() as desk:
        if besluit == "aanvaard":
            accept(desk, voorstel_id)
        else:
            refuse_proposal(desk, voorstel_id)
    return redirect(url_for("eigen.eigen"), 303)


@pages.get("/bijwerken/actoren/<actor_id>/eigen")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def beheer(actor_id: str) -> Response:
    """Ask an opbouwwerker who keeps a record, and whether it wants to be listed."""
    return _ask(reading_desk(), actor_id, "")


@pages.post("/bijwerken/actoren/<actor_id>/eigen")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def geef(actor_id: str) -> BaseResponse:
    """Give a record into the hands of a contact, or take it back."""
    with open_desk() as desk:
        account_id = request.form.get("account", "")
        try:
            if account_id:
                ownership.give(desk, actor_id, account_id)
            else:
                ownership.take(desk, actor_id)
        except ownership.OwnershipError as error:
            return _ask(desk, actor_id, str(error), 409)
    return redirect(url_for("eigen.beheer", actor_id=actor_id), 303)


@pages.post("/bijwerken/eigen/terug")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def geef_terug() -> BaseResponse:
    """Let the opbouwwerkers keep one's own record again."""
    with open_desk() as desk:
        ownership.take(desk, ownership.own_record(desk))
    return redirect(url_for("bijwerken.bijwerken"), 303)


@pages.post("/bijwerken/actoren/<actor_id>/niet-op-de-kaart")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def weiger(actor_id: str) -> BaseResponse:
    """Take a record with its offers and ties off the map, after a second yes."""
    own = False
    with open_desk() as desk:
        if not refusing.is_refused(desk, actor_id) and not refusing.may_refuse(desk, actor_id):
            raise NotAllowedError
        own = ownership.own_record(desk) == actor_id
        if request.form.get("zeker") == "ja":
            refusing.refuse(desk, actor_id)
    if request.form.get("zeker") != "ja":
        return _page("eigen_zeker.html", sleutel=actor_id, eigen=own)
    return redirect(url_for("eigen.eigen" if own else "eigen.weg"), 303)


@pages.get("/bijwerken/niet-op-de-kaart")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def weg() -> Response:
    """Say that it is off the map."""
    return _page("eigen_weg.html", sleutel="")


@pages.post("/bijwerken/actoren/<actor_id>/weer-op-de-kaart")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def kom_terug(actor_id: str) -> BaseResponse:
    """Put a record on the map again."""
    with open_desk() as desk:
        refusing.come_back(desk, actor_id)
        own = ownership.own_record(desk) == actor_id
    if own:
        return redirect(url_for("eigen.eigen"), 303)
    return redirect(url_for("eigen.beheer", actor_id=actor_id), 303)


def _ask(desk: Desk, actor_id: str, fout: str, status: int = 200) -> Response:
    actor = ownership.record_of(desk, actor_id)
    if not ownership.may_hand_over(desk, actor):
        raise NotAllowedError
    return _page(
        "eigen_beheer.html",
        status,
        actor=actor,
        mens=actor.soort is Soort.SLEUTELFIGUUR,
        eigenaar=ownership.owner_of(desk, actor_id),
        contacten=ownership.contacts(desk),
        weigert=refusing.is_refused(desk, actor_id),
        mag_terug=desk.account.may(Recht.BEHEREN),
        fout=fout,
    )


def _page(name: str, status: int = 200, **shown: object) -> Response:
    response = make_response(render_template(name, **shown), status)
    response.headers["Cache-Control"] = "no-store"
    return response
