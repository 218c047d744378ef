"""What was read from OpenStreetMap and waits: look at it, and put it on the map or not."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import SOORT_LABELS, Niveau, Soort, Status
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.osm import CREDIT
from socialmap.domain.roles import Recht
from socialmap.editing.change import Desk
from socialmap.editing.osm_drafts import ALIKE, alike_of, drafts_for, names_of
from socialmap.editing.propose import accept, refuse
from socialmap.store.proposals import Voorstel
from socialmap.store.records import aanbod_by_id, actors_by_id
from web.desk import open_desk, reading_desk
from web.form_fields import question_of
from web.present import actor_url, offer_url
from web.security import permission

pages = Blueprint("osm", __name__)
_ON_A_PAGE = 20
#: The same for every draft, or only for programs.
_NOT_SHOWN = (ALIKE, "id", "naam", "bron", "zichtbaarheid", "status", "lon", "lat")


@pages.get("/voorstellen/openstreetmap")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def openstreetmap() -> str:
    """List the drafts of one's own areas by name, a page at a time."""
    desk = reading_desk()
    waiting = drafts_for(desk)
    last = max(1, -(-len(waiting) // _ON_A_PAGE))
    page = min(max(request.args.get("bladzijde", 1, type=int), 1), last)
    shown = waiting[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    return render_template(
        "voorstellen_osm.html",
        rijen=_rows(desk, shown, names_of(waiting)),
        aantal=len(waiting),
        bladzijde=page,
        laatste=last,
        licentie=CREDIT,
    )


@pages.post("/voorstellen/openstreetmap/<voorstel_id>/<any(aanvaard, afwijzen):besluit>")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def beslis(voorstel_id: str, besluit: str) -> BaseResponse:
    """Put a draft on the map, or never."""
    with open_desk() as desk:
        if besluit == "aanvaard":
            accept(desk, voorstel_id)
        else:
            refuse(desk, voorstel_id)
    page = request.form.get("bladzijde", 1, type=int)
    return redirect(url_for("osm.openstreetmap", bladzijde=page), 303)


def _rows(desk: Desk, shown: list[Voorstel], names: dict[str, str]) -> list[dict[str, object]]:
    ids = [key for one in shown for key in alike_of(one.cellen)]
    seen: dict[str, Actor | Aanbod] = {
        **actors_by_id(desk.conn, ids, desk.lezer, desk.today),
        **aanbod_by_id(desk.conn, ids, desk.lezer, desk.today),
    }
    return [
        {
            "id": one.id,
            "titel": one.cellen["naam"],
            "bron": one.cellen["bron"],
            "lijkt": [_link(seen[key]) for key in alike_of(one.cellen) if key in seen],
            "ook": [names[key] for key in alike_of(one.cellen) if key in names and key not in seen],
            "velden": [
                (question_of(name), _words(desk, name, text))
                for name, text in one.cellen.items()
                if name not in _NOT_SHOWN
            ],
        }
        for one in shown
    ]


def _link(record: Actor | Aanbod) -> dict[str, object]:
    url = actor_url(record.id) if isinstance(record, Actor) else offer_url(record.id)
    return {"naam": record.naam, "url": url, "gestopt": record.status is Status.GESTOPT}


def _words(desk: Desk, name: str, text: str) -> str:
    """Say a cell as people read it: kinds, themes and groups by their words."""
    if name == "soort":
        return SOORT_LABELS[Soort(text)]
    labels: dict[str, dict[str, str]] = {
        "themas": {code: one.label for code, one in desk.words.themas.items()},
        "doelgroepen": {code: one.label for code, one in desk.words.doelgroepen.items()},
    }
    if name not in labels:
        return text
    return ", ".join(labels[name].get(code, code) for code in text.split("|"))
