"""What others propose: see what would change, and accept it or not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import Recht
from socialmap.editing.change import Desk, Table, read_as, visible_cells, visible_names
from socialmap.editing.heeding import refused_names
from socialmap.editing.propose import accept, refuse, waiting_for
from socialmap.store.accounts import list_accounts
from socialmap.store.proposals import Voorstel, count_open_drafts
from web.cell_words import cell_words
from web.context import area_names
from web.desk import open_desk, reading_desk
from web.form_fields import question_of
from web.look_alike import LookAlike
from web.present_words import say_date
from web.security import permission

pages = Blueprint("voorstellen", __name__)
_VISITOR = "een bezoeker"


@pages.get("/voorstellen")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def voorstellen() -> str:
    """List what waits, the oldest first, with what it would change."""
    desk = reading_desk()
    names = {account.id: account.naam for account in list_accounts(desk.conn)}
    alike = LookAlike(desk)
    shown = [proposal_row(desk, one, names, alike) for one in waiting_for(desk)]
    return render_template(
        "voorstellen.html",
        rijen=[row for row in shown if row],
        uit_osm=count_open_drafts(desk.conn),
    )


@pages.post("/voorstellen/<voorstel_id>/aanvaard")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def aanvaard(voorstel_id: str) -> BaseResponse:
    """Make what was proposed."""
    with open_desk() as desk:
        accept(desk, voorstel_id)
    return redirect(url_for("voorstellen.voorstellen"), 303)


@pages.post("/voorstellen/<voorstel_id>/afwijzen")
@permission(Niveau.OPENBAAR, Recht.BEWERKEN)
def afwijzen(voorstel_id: str) -> BaseResponse:
    """Close a proposal without making it."""
    with open_desk() as desk:
        refuse(desk, voorstel_id)
    return redirect(url_for("voorstellen.voorstellen"), 303)


def proposal_row(
    desk: Desk,
    one: Voorstel,
    names: Mapping[str, str] = MappingProxyType({}),
    alike: LookAlike | None = None,
) -> dict[str, object] | None:
    """Say one proposal; none when its record is not there for this reader."""
    table: Table = "actoren" if one.tabel == "actoren" else "aanbod"
    now: dict[str, str] = {}
    title = one.cellen.get("naam", "")
    seen_by_reader = frozenset(one.cellen)
    if one.sleutel:
        try:
            seen = read_as(desk, table, one.sleutel)
        except NotFoundError:
            return None
        now, title = visible_cells(desk, seen), getattr(seen, "naam", one.sleutel)
        # Who proposes may see more than who decides.
        seen_by_reader = visible_names(desk, seen)
    say = cell_words(desk.words, area_names())
    before, after = say(now), say(one.cellen)
    return {
        "id": one.id,
        "titel": title,
        "nieuw": not one.sleutel,
        "lijkt": [] if one.sleutel or alike is None else alike.links(one.cellen),
        "weigert": not one.sleutel and bool(refused_names(desk.conn, [title])),
        "wie": names.get(one.door, _VISITOR),
        "wanneer": say_date(one.wanneer.date()),
        "velden": [
            (question_of(name), before.get(name, ""), text)
            for name, text in after.items()
            if name in seen_by_reader
        ],
    }
