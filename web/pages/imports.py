"""Put files on the map: upload, see what would change, choose, place, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import Account, Recht
from socialmap.editing.change import Desk
from socialmap.editing.undo_import import Undone, UndoneError, undo_import
from socialmap.exchange.uploads import MAX_BYTES, MAX_FILES
from socialmap.store import imports
from socialmap.store.accounts import list_accounts
from socialmap.store.imports import Invoer, Key, Stand, Wacht
from web.context import connection, services
from web.desk import open_desk
from web.import_work import start_look, start_place
from web.own_town import keeps_account
from web.present_imports import (
    TABLES,
    counts_of,
    names_of,
    rows_of_imports,
    say_left,
    shown_faults,
)
from web.security import permission
from web.session import current_account

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

pages = Blueprint("invoer", __name__)
_LONGEST = 120
_COLUMN, _TAKE = "kolom-", "neem"


@pages.get("/beheer/invoer")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def invoer() -> Response:
    """Ask for files, and list what was placed."""
    return _start("")


@pages.post("/beheer/invoer")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def lever_in() -> BaseResponse:
    """Keep the files for a day at most, and look at them."""
    request.max_content_length = MAX_BYTES
    files = [one for one in request.files.getlist("bestanden") if one.filename][: MAX_FILES + 1]
    bron = " ".join(request.form.get("bron", "").split())[:_LONGEST]
    if not files or not bron:
        said = "Kies een of meer bestanden." if bron else "Vul in van wie dit bestand is."
        return _start(said, bron, 422)
    account, here = _account(), services()
    with here.store.writing() as conn:
        given = [(one.filename or "", one.read()) for one in files]
        key = imports.keep_upload(conn, account.id, bron, given, here.settings.clock.now())
        wacht = _upload(conn, key)
    start_look(here.store, wacht, account, here.settings.clock)
    return redirect(url_for("invoer.bekijk", wacht_id=key), 303)


@pages.get("/beheer/invoer/<wacht_id>")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def bekijk(wacht_id: str) -> BaseResponse:
    """Show what placing would do, how far it is, or what came of it."""
    try:
        wacht = _upload(connection(), wacht_id)
    except NotFoundError:
        return _placed(_import(connection(), wacht_id), None)
    return _look(wacht)


@pages.get("/beheer/invoer/<wacht_id>/stand")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def stand(wacht_id: str) -> Response:
    """Say how far it is, for a page that polls."""
    try:
        busy = _upload(connection(), wacht_id).stand in (Stand.KIJKEN, Stand.PLAATSEN)
    except NotFoundError:
        busy = False
    answer = jsonify(bezig=busy)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/beheer/invoer/<wacht_id>/kolommen")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def kies_kolommen(wacht_id: str) -> BaseResponse:
    """Keep what unknown columns stand for, and look again."""
    wacht, account, here = _upload(connection(), wacht_id), _account(), services()
    chosen: dict[str, dict[str, str]] = {name: dict(one) for name, one in wacht.kolommen.items()}
    for number, one in enumerate(wacht.verslag.get("onbekend", ())):
        given = request.form.get(f"{_COLUMN}{number}", "")
        wanted = given if given in one["keuzes"] else ""
        chosen.setdefault(one["bestand"], {})[one["kolom"]] = wanted
    with here.store.writing() as conn:
        imports.set_upload(conn, wacht_id, Stand.KIJKEN, kolommen=chosen)
        wacht = _upload(conn, wacht_id)
    start_look(here.store, wacht, account, here.settings.clock)
    return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)


@pages.post("/beheer/invoer/<wacht_id>/opnieuw")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def kijk_opnieuw(wacht_id: str) -> BaseResponse:
    """Look again at what a server that ended was busy with."""
    account, here = _account(), services()
    with here.store.writing() as conn:
        wacht = _upload(conn, wacht_id)
        if wacht.stand in (Stand.KIJKEN, Stand.PLAATSEN):
            return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)
        imports.set_upload(conn, wacht_id, Stand.KIJKEN)
    start_look(here.store, wacht, account, here.settings.clock)
    return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)


@pages.post("/beheer/invoer/<wacht_id>/plaats")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def plaats(wacht_id: str) -> BaseResponse:
    """Place it, or drop it."""
    account, here = _account(), services()
    with here.store.writing() as conn:
        wacht = _upload(conn, wacht_id)
        if request.form.get("keus") != "plaats":
            imports.drop_upload(conn, wacht_id)
            return redirect(url_for("invoer.invoer", weg="ja"), 303)
        if wacht.verslag.get("fouten_aantal") or not imports.start_placing(conn, wacht_id):
            return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)
    take = {_key(text) for text in request.form.getlist(_TAKE)}
    start_place(here.store, wacht, account, here.settings.clock, take)
    return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)


@pages.post("/beheer/invoer/<wacht_id>/terug")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def draai_terug(wacht_id: str) -> BaseResponse:
    """Undo a placed import."""
    with open_desk() as desk:
        _import(desk.conn, wacht_id)
        try:
            done = undo_import(
                desk.conn,
                wacht_id,
                account=desk.account,
                words=desk.words,
                places=desk.places,
                today=desk.today,
                now=desk.now,
            )
        except UndoneError:
            return redirect(url_for("invoer.bekijk", wacht_id=wacht_id), 303)
        return _placed(imports.get_import(desk.conn, wacht_id), done, desk)


def _start(fout: str, bron: str = "", status: int = 200) -> Response:
    account, now = _account(), services().settings.clock.now()
    page = render_template(
        "invoer.html",
        fout=fout,
        bron=bron,
        weg="weg" in request.args,
        wacht=imports.waiting_of(connection(), account.id, now),
        rijen=rows_of_imports(connection(), filter(_is_kept, imports.list_imports(connection()))),
        megabytes=MAX_BYTES // 1_000_000,
    )
    return _not_kept(page, status)


def _look(wacht: Wacht) -> Response:
    report: dict[str, Any] = dict(wacht.verslag)
    page = render_template(
        "invoer_bekijk.html",
        wacht=wacht,
        bezig=wacht.stand in (Stand.KIJKEN, Stand.PLAATSEN),
        plaatst=wacht.stand is Stand.PLAATSEN,
        gestopt=wacht.stand is Stand.GESTOPT,
        v=report,
        fouten=shown_faults(report),
        tellingen=counts_of(report.get("geteld", {})),
        tabellen=TABLES,
        zeg=say_left,
    )
    return _not_kept(page)


def _placed(one: Invoer, done: Undone | None, desk: Desk | None = None) -> Response:
    reading = desk.conn if desk else connection()
    (row,) = rows_of_imports(reading, [one])
    page = render_template(
        "invoer_geplaatst.html",
        rij=row,
        tellingen=counts_of(one.geteld),
        gedaan=done,
        gelaten=names_of(desk, done.gelaten) if done and desk else [],
    )
    return _not_kept(page)


def _import(conn: Connection, key: str) -> Invoer:
    """Read a placed import that this administrator keeps; of another municipality there is none."""
    found = imports.get_import(conn, key)
    if not _is_kept(found):
        raise NotFoundError("Import", key)
    return found


def _is_kept(one: Invoer) -> bool:
    """Tell whether the one who placed an import belongs to the municipality of who asks."""
    if _account().gemeenten is None:
        return True
    return any(a.id == one.wie and keeps_account(a) for a in list_accounts(connection()))


def _upload(conn: Connection, key: str) -> Wacht:
    return imports.get_upload(conn, key, _account().id, services().settings.clock.now())


def _key(text: str) -> Key:
    tabel, _, key = text.partition(":")
    return tabel, key


def _account() -> Account:
    account = current_account()
    assert account is not None  # noqa: S101 -- the permission asks for an account
    return account


def _not_kept(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
