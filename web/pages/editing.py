"""Keep the map true: change a record, say that it is still right, and see who was first."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.domain.roles import Recht
from socialmap.editing import change
from socialmap.editing.change import (
    ConflictError,
    Desk,
    Editable,
    RecordFaultsError,
    Table,
    put,
    read_as,
    visible_cells,
    visible_names,
)
from socialmap.editing.propose import ProposalError, propose
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store.areas import list_areas
from socialmap.store.owning import owners_of
from web.api.change_records import tag_for
from web.cell_words import cell_words
from web.context import area_names, connection, vocabulary
from web.desk import open_desk, reading_desk
from web.form_fields import fields_of, question_of
from web.present import actor_url, offer_url
from web.security import permission

pages = Blueprint("bewerken", __name__)
_AREA_LEVELS = (Gebiedsniveau.GEMEENTE, Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.WIJK)
_SEPARATOR = "|"


@pages.get("/bijwerken/<any(actoren, aanbod):tabel>/<sleutel>")
@permission(Niveau.OPENBAAR)
def bewerk(tabel: Table, sleutel: str) -> Response:
    """Show a record in a form, with the mark of what was read."""
    desk = reading_desk(visitor=True)
    seen = read_as(desk, tabel, sleutel)
    return _form(desk, tabel, seen, visible_cells(desk, seen), tag_for(desk, seen))


@pages.post("/bijwerken/<any(actoren, aanbod):tabel>/<sleutel>")
@permission(Niveau.OPENBAAR)
def bewaar(tabel: Table, sleutel: str) -> BaseResponse:
    """
    Keep what was filled in, or show what is wrong, or what somebody else made of it.

    What the writer may not change becomes a proposal.
    """
    tag = request.form.get("gelezen", "")
    with open_desk(visitor=True) as desk:
        seen = read_as(desk, tabel, sleutel)
        cells = _filled_in(desk, seen)
        try:
            put(desk, tabel, sleutel, cells, lambda record: tag_for(desk, record) == tag)
        except RecordFaultsError as error:
            return _form(desk, tabel, seen, cells, tag, error.fouten, 422)
        except ConflictError as error:
            return _both(desk, tabel, error.nu, cells)
        except NotAllowedError:
            return _propose(desk, tabel, seen, cells, tag)
    return redirect(_page_of(seen), 303)


@pages.get("/bijwerken/dank")
@permission(Niveau.OPENBAAR)
def dank() -> str:
    """Say what happens with a proposal."""
    return render_template("voorstel_dank.html")


@pages.post("/bijwerken/<any(actoren, aanbod, relaties):tabel>/<sleutel>/klopt")
@permission(Niveau.OPENBAAR, Recht.VOORSTELLEN)
def klopt(tabel: Table, sleutel: str) -> BaseResponse:
    """Note that somebody looked today and that all of it is still right."""
    with open_desk() as desk:
        seen = read_as(desk, tabel, sleutel)
        change.confirm(desk, tabel, sleutel)
    back = request.form.get("terug", "")
    return redirect(url_for("bijwerken.bijwerken") if back == "lijst" else _page_of(seen), 303)


def _propose(
    desk: Desk, tabel: Table, seen: Editable, cells: dict[str, str], tag: str
) -> BaseResponse:
    if not desk.account.may(Recht.VOORSTELLEN):
        raise NotAllowedError
    # Who only proposes has not checked the record for us.
    cells["gecontroleerd_op"] = visible_cells(desk, seen).get("gecontroleerd_op", "")
    try:
        propose(desk, tabel, seen.id, cells)
    except ProposalError as error:
        return _form(desk, tabel, seen, cells, tag, {"": str(error)}, 422)
    return redirect(url_for("bewerken.dank"), 303)


def _filled_in(desk: Desk, seen: Editable) -> dict[str, str]:
    """Take the form over what stands there: what it does not ask stays as it is."""
    cells = visible_cells(desk, seen)
    asked = set(request.form.getlist("gevraagd")) & set(cells)
    for name in asked:
        cells[name] = _SEPARATOR.join(part for part in request.form.getlist(name) if part)
    # Who changes a record has looked at it.
    if "gecontroleerd_op" in cells:
        cells["gecontroleerd_op"] = desk.today.isoformat()
    return cells


def _form(
    desk: Desk,
    tabel: Table,
    seen: Editable,
    cells: dict[str, str],
    tag: str,
    faults: dict[str, str] | None = None,
    status: int = 200,
    anders: list[tuple[str, str, str]] | None = None,
) -> Response:
    areas = [(area.code, area.naam) for level in _AREA_LEVELS for area in _areas(level)]
    first, more = fields_of(
        tabel, visible_names(desk, seen), cells, faults or {}, vocabulary(), areas
    )
    page = render_template(
        "bewerken.html",
        tabel=tabel,
        ding=seen,
        terug=_page_of(seen),
        voorstel=not may_edit(desk.conn, desk.account, seen, desk.places),
        in_eigen_beheer=_is_owned(desk, seen),
        gelezen=tag,
        eerst=first,
        meer=more,
        fouten=faults or {},
        anders=anders or [],
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_owned(desk: Desk, seen: Editable) -> bool:
    key = seen.actor_id if isinstance(seen, Aanbod) else seen.id
    return bool(owners_of(desk.conn, [key]))


def _both(desk: Desk, tabel: Table, now: Editable, mine: dict[str, str]) -> Response:
    """Show what somebody else made of it beside what was filled in; saving again is a choice."""
    theirs = visible_cells(desk, now)
    say = cell_words(desk.words, area_names())
    said, meant = say(theirs), say(mine)
    differing = [
        (question_of(name), said.get(name, ""), meant[name])
        for name, text in mine.items()
        if name != "gecontroleerd_op" and theirs.get(name, "") != text
    ]
    return _form(desk, tabel, now, mine, tag_for(desk, now), None, 412, differing)


def _areas(level: Gebiedsniveau) -> list[Gebied]:
    return [area for area in list_areas(connection(), level) if area.buurten]


def _page_of(record: Editable) -> str:
    if isinstance(record, Actor):
        return actor_url(record.id)
    if isinstance(record, Aanbod):
        return offer_url(record.id)
    return url_for("start.start")
