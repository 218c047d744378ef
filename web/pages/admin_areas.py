"""Own areas of a municipality: list, make, change and stop, with year and source of all borders."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.domain.counts import say_persons
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Gebied
from socialmap.domain.roles import Recht
from socialmap.exchange.areas import is_own
from socialmap.exchange.keep_areas import AreaError, AskedArea, area_uses, keep_area, stop_area
from socialmap.store.admin_areas import boundary_years, figure_years
from socialmap.store.areas import get_area, list_areas
from web.context import connection, coverage_map
from web.desk import open_desk
from web.own_town import is_own_area, require_own_area
from web.present_words import say_number
from web.security import permission
from web.session import current_account

pages = Blueprint("eigen_gebieden", __name__)
_LEVELS = (
    (Gebiedsniveau.TEAMGEBIED.value, "Teamgebied: waar een wijkteam werkt"),
    (Gebiedsniveau.EIGEN.value, "Eigen gebied: voor iets anders"),
)
_NAMES = {
    Gebiedsniveau.BUURT.value: ("buurt", "buurten"),
    Gebiedsniveau.WIJK.value: ("wijk", "wijken"),
    Gebiedsniveau.TEAMGEBIED.value: ("teamgebied", "teamgebieden"),
    Gebiedsniveau.GEMEENTE.value: ("gemeente", "gemeenten"),
    Gebiedsniveau.EIGEN.value: ("eigen gebied", "eigen gebieden"),
}
_LONGEST = 120
_MOST_MEMBERS = 2000


@pages.get("/beheer/gebieden")
@permission(Niveau.PROFESSIONAL, Recht.STUREN)
def gebieden() -> str:
    """List own areas, and the year and source of every border and figure."""
    account, areas = current_account(), list_areas(connection())
    return render_template(
        "beheer_gebieden.html",
        mag=account is not None and account.may(Recht.BEHEREN),
        eigen=[_row(one) for one in areas if is_own(one) and is_own_area(one.code)],
        bewaard=next((a for a in areas if a.code == request.args.get("bewaard")), None),
        gestopt=request.args.get("gestopt", "")[:_LONGEST],
        grenzen=[
            (f"{say_number(count)} {_NAMES[niveau][count != 1]}", jaar, bron)
            for niveau, jaar, bron, count in boundary_years(connection())
        ],
        cijfers=[
            (jaar, bron, say_number(figures), say_number(of))
            for jaar, bron, figures, of in figure_years(connection())
        ],
    )


@pages.get("/beheer/gebieden/nieuw")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def nieuw() -> Response:
    """Ask for a name and the buurten or wijken of a new area."""
    return _form(None, AskedArea(naam="", niveau="teamgebied", leden=()), "")


@pages.post("/beheer/gebieden/nieuw")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def maak() -> BaseResponse:
    """Make a new area."""
    return _keep("")


@pages.get("/beheer/gebieden/<code>")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def gebied(code: str) -> Response:
    """Show an own area, to change it."""
    area = _own(code)
    asked = AskedArea(naam=area.naam, niveau=area.niveau.value, leden=area.leden)
    return _form(area, asked, "")


@pages.post("/beheer/gebieden/<code>")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def verander(code: str) -> BaseResponse:
    """Change an own area."""
    return _keep(_own(code).code)


@pages.post("/beheer/gebieden/<code>/stop")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def stop(code: str) -> BaseResponse:
    """Stop an own area that nothing names any more."""
    area = _own(code)
    try:
        with open_desk() as desk:
            stop_area(desk.conn, code, wie=desk.account.id, now=desk.now)
    except AreaError as error:
        asked = AskedArea(naam=area.naam, niveau=area.niveau.value, leden=area.leden)
        return _form(area, asked, str(error), 409)
    return redirect(url_for("eigen_gebieden.gebieden", gestopt=area.naam), 303)


def _own(code: str) -> Gebied:
    area = get_area(connection(), code)
    if not is_own(area):
        raise NotFoundError("Eigen gebied", code)
    require_own_area(code)
    return area


def _keep(code: str) -> BaseResponse:
    asked = AskedArea(
        naam=request.form.get("naam", "")[:_LONGEST],
        niveau=request.form.get("niveau", ""),
        leden=tuple(dict.fromkeys(request.form.getlist("leden")))[:_MOST_MEMBERS],
    )
    for member in asked.leden:
        require_own_area(member)
    try:
        with open_desk() as desk:
            made = keep_area(desk.conn, code, asked, wie=desk.account.id, now=desk.now)
    except AreaError as error:
        return _form(_own(code) if code else None, asked, str(error), 422)
    return redirect(url_for("eigen_gebieden.gebieden", bewaard=made.code), 303)


def _row(area: Gebied) -> dict[str, object]:
    need = coverage_map().ground.needs.of(area.code, "iedereen")
    years = sorted({figure.jaar for figure in need.cijfers})
    return {
        "code": area.code,
        "naam": area.naam,
        "niveau": _NAMES[area.niveau.value][0],
        "buurten": len(area.buurten),
        "inwoners": say_persons(need.personen),
        "cijferjaar": " en ".join(map(str, years)),
        "geschat": need.geschat,
        "jaar": area.jaar,
        "gebruik": area_uses(connection(), area.code),
    }


def _form(area: Gebied | None, asked: AskedArea, fout: str, status: int = 200) -> Response:
    areas = list_areas(connection())
    towns = [
        a for a in areas if a.niveau is Gebiedsniveau.GEMEENTE and a.buurten and is_own_area(a.code)
    ]
    chosen = _chosen_town(towns, asked)
    tree, shown = _tree(areas, chosen)
    names = {a.code: a.naam for a in areas}
    page = render_template(
        "beheer_gebied.html",
        gebied=area,
        gevraagd=asked,
        niveaus=_LEVELS,
        gemeenten=[(town.code, town.naam) for town in towns],
        gemeente=chosen,
        wijken=tree,
        elders=[(code, names.get(code, code)) for code in asked.leden if code not in shown],
        fout=fout,
    )
    return make_response(page, status)


def _chosen_town(towns: list[Gebied], asked: AskedArea) -> Gebied | None:
    """Choose whose wijken to show: as asked, else where the area lies, else the first."""
    by_code = {town.code: town for town in towns}
    if request.args.get("gemeente") in by_code:
        return by_code[request.args["gemeente"]]
    members = set(asked.leden)
    for town in towns:
        if members & {town.code, *town.buurten}:
            return town
    wijken = [a for a in list_areas(connection(), Gebiedsniveau.WIJK) if a.code in members]
    held = {wijk.gemeente for wijk in wijken}
    return next((town for town in towns if town.code in held), towns[0] if towns else None)


def _tree(areas: list[Gebied], town: Gebied | None) -> tuple[list[dict[str, object]], set[str]]:
    """List the wijken of a town with their buurten, and the codes of all of them."""
    inside = set(town.buurten) if town else set()
    names = {a.code: a.naam for a in areas if a.niveau is Gebiedsniveau.BUURT}
    wijken = [a for a in areas if a.niveau is Gebiedsniveau.WIJK and inside & set(a.buurten)]
    tree: list[dict[str, object]] = [
        {
            "code": wijk.code,
            "naam": wijk.naam,
            "buurten": sorted(
                ((code, names[code]) for code in wijk.buurten), key=lambda pair: pair[1]
            ),
        }
        for wijk in wijken
    ]
    return tree, inside | {wijk.code for wijk in wijken}
