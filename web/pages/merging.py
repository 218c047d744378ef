"""Make one record of two that are the same: choose the second, choose what to keep, and undo."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.roles import Recht
from socialmap.editing.change import ConflictError, Desk, Editable, read_as, visible_cells
from socialmap.editing.merge import MergeError, merge, pair_for
from socialmap.editing.merge_choice import SIDES, Side
from socialmap.editing.unmerge import unmerge
from socialmap.store.filters import RecordFilter
from socialmap.store.merging import Mergeable
from socialmap.store.records import list_aanbod, list_actors
from web.api.change_records import tag_for
from web.context import vocabulary
from web.desk import open_desk, reading_desk
from web.look_alike import LookAlike
from web.present import actor_url, offer_url
from web.present_merging import comes_along, earlier_merges, is_mergeable, rows_of
from web.security import permission

pages = Blueprint("samenvoegen", __name__)
_MOST, _MOST_NAMES = 20, 500
_CHOICE = "kies-"


@pages.get("/bijwerken/samenvoegen")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def samenvoegen() -> Response:
    """Ask which record is the same, or show both beside each other."""
    desk, tabel = reading_desk(), is_mergeable(request.args.get("tabel", ""))
    keep, go = request.args.get("dit", ""), request.args.get("ander", "")
    seen = read_as(desk, tabel, keep)
    if not go:
        return _choose(desk, tabel, seen)
    try:
        pair_for(desk, tabel, keep, go)
    except MergeError as error:
        return _choose(desk, tabel, seen, str(error))
    return _beside(desk, tabel, keep, go, {})


@pages.post("/bijwerken/samenvoegen")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def voeg_samen() -> BaseResponse:
    """Make one of both, or show both again when somebody changed one."""
    tabel = is_mergeable(request.form.get("tabel", ""))
    keep, go = request.form.get("dit", ""), request.form.get("ander", "")
    kies: dict[str, Side] = {
        name.removeprefix(_CHOICE): "ander" if value == "ander" else "dit"
        for name, value in request.form.items()
        if name.startswith(_CHOICE) and value in SIDES
    }
    tags = {keep: request.form.get("gelezen_dit", ""), go: request.form.get("gelezen_ander", "")}
    with open_desk() as desk:
        try:
            made = merge(
                desk, tabel, keep, go, kies, lambda one: tag_for(desk, one) == tags.get(one.id)
            )
        except ConflictError:
            return _beside(desk, tabel, keep, go, kies, 412)
        except MergeError as error:
            return _choose(desk, tabel, read_as(desk, tabel, keep), str(error), 409)
        return redirect(_page_of(made), 303)


@pages.post("/bijwerken/samenvoegen/los")
@permission(Niveau.TEAM, Recht.BEWERKEN)
def haal_los() -> BaseResponse:
    """Make two of one again."""
    tabel = is_mergeable(request.form.get("tabel", ""))
    keep, went = request.form.get("dit", ""), request.form.get("oud", "")
    tag = request.form.get("gelezen_dit", "")
    with open_desk() as desk:
        try:
            back = unmerge(desk, tabel, keep, went, lambda one: tag_for(desk, one) == tag)
        except ConflictError as error:
            said = (
                "Iemand anders heeft dit net veranderd. Kijk wat er nu staat, en doe het opnieuw."
            )
            return _choose(desk, tabel, error.nu, said, 412)
        except MergeError as error:
            return _choose(desk, tabel, read_as(desk, tabel, keep), str(error), 409)
        return redirect(_page_of(back), 303)


def _choose(
    desk: Desk, tabel: Mergeable, seen: Editable, fout: str = "", status: int = 200
) -> Response:
    asked = " ".join(request.args.get("q", "").split())[:200]
    found = _search(desk, tabel, seen, asked) if asked or isinstance(seen, Aanbod) else []
    alike = LookAlike(desk).links(visible_cells(desk, seen)) if isinstance(seen, Actor) else []
    page = render_template(
        "samenvoegen_kies.html",
        tabel=tabel,
        ding=seen,
        terug=_page_of(seen),
        q=asked,
        fout=fout,
        gevonden=[_row(one) for one in found],
        lijkt=[one for one in alike if one["id"] != seen.id and "/actor/" in str(one["url"])],
        namen=_names(desk) if isinstance(seen, Actor) else [],
        eerder=earlier_merges(desk, seen.id),
        gelezen=tag_for(desk, seen),
    )
    return _not_kept(page, status)


def _beside(
    desk: Desk, tabel: Mergeable, keep: str, go: str, kies: dict[str, Side], status: int = 200
) -> Response:
    kept, other = pair_for(desk, tabel, keep, go)
    shown = [read_as(desk, tabel, key) for key in (keep, go)]
    page = render_template(
        "samenvoegen.html",
        tabel=tabel,
        dit=kept,
        ander=other,
        adressen=[_page_of(kept), _page_of(other)],
        rijen=rows_of(kept, other, kies, vocabulary(), desk),
        mee=comes_along(desk, other) if isinstance(other, Actor) else "",
        gelezen=[tag_for(desk, one) for one in shown],
        anders=status == 412,
    )
    return _not_kept(page, status)


def _search(desk: Desk, tabel: Mergeable, seen: Editable, asked: str) -> list[Actor | Aanbod]:
    """Find records by name; of an offer, the others of its actor."""
    found: list[Actor | Aanbod] = []
    if tabel == "aanbod" and isinstance(seen, Aanbod):
        keep = RecordFilter(actor_id=seen.actor_id, q=asked)
        found += list_aanbod(
            desk.conn, keep, desk.lezer, desk.today, na="", limit=_MOST_NAMES
        ).resultaten
    else:
        keep = RecordFilter(q=asked)
        found += list_actors(desk.conn, keep, desk.lezer, desk.today, na="", limit=_MOST).resultaten
    return [one for one in found if one.id != seen.id]


def _names(desk: Desk) -> list[str]:
    """List names to choose from while typing, of the areas of whoever types."""
    codes = desk.account.gebieden[:1] or ("",)
    keep = RecordFilter(gebied=codes[0])
    page = list_actors(desk.conn, keep, desk.lezer, desk.today, na="", limit=_MOST_NAMES)
    return sorted({one.naam for one in page.resultaten})


def _row(one: Actor | Aanbod) -> dict[str, str]:
    return {"id": one.id, "naam": one.naam, "url": _page_of(one), "plaats": one.plaats}


def _page_of(record: Editable) -> str:
    return actor_url(record.id) if isinstance(record, Actor) else offer_url(record.id)


def _not_kept(page: str, status: int) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
