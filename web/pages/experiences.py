"""One tap after a referral: did the person find a place there? Counted, and nothing more."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from socialmap.domain.codes import Niveau
from socialmap.store.experiences import Uitkomst, count_experience
from socialmap.store.records import get_aanbod
from web.context import connection, lezer, services, today
from web.finding_input import QuestionError
from web.present import offer_url
from web.security import permission

pages = Blueprint("ervaring", __name__)


@pages.post("/aanbod/<aanbod_id>/ervaring")
@permission(Niveau.OPENBAAR)
def ervaring(aanbod_id: str) -> Response:
    """Count one outcome, and go back to the page of the offer to say thanks."""
    try:
        outcome = Uitkomst(request.form.get("uitkomst", ""))
    except ValueError:
        raise QuestionError("Kies een van de vier knoppen.") from None
    offer = get_aanbod(connection(), aanbod_id, lezer(), today())
    with services().store.writing() as conn:
        count_experience(conn, offer.id, outcome, today())
    back = redirect(f"{offer_url(offer.id)}?bedankt=1#ervaring", 303)
    back.headers["Cache-Control"] = "no-store"
    return back  # type: ignore[return-value]
