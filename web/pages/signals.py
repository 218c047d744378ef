"""Report what hinders in an area, see like signals together, and read the answer by a code."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from socialmap.domain.choices import SIGNAALSOORT_LABELS, Signaalsoort, Signaalstatus
from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Gebied, Signaal
from socialmap.finding.place import PlaceError
from socialmap.store.areas import get_area
from socialmap.store.signals import LEAST, Step, get_signal
from web.area_choice import area_choices, chosen_area
from web.context import area_names, connection, today, vocabulary
from web.filters_query import read_area, require_area
from web.present_signals import lower, say_own_signal
from web.record_input import InputError
from web.reporters import begin_visit, read_code, say_code, signal_id
from web.security import permission
from web.signal_keeping import keep_signal
from web.signal_rows import rows_of

pages = Blueprint("signalen", __name__)

_FIELDS = ("gebied", "plek", "thema", "doelgroep", "soort")


@pages.get("/signalen")
@permission(Niveau.OPENBAAR)
def signalen() -> str:
    """List what at least three reported, put together."""
    code = read_area(request.args)
    require_area(connection(), code)
    rows = rows_of(connection(), code, today())
    return render_template(
        "signalen.html",
        gebied=get_area(connection(), code) if code else None,
        open=rows.open,
        klaar=rows.klaar,
        minstens=LEAST,
        code_fout=request.args.get("code") == "onbekend",
    )


@pages.get("/signalen/nieuw")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def nieuw() -> Response:
    """Show the form, with what a link already says."""
    begin_visit()
    filled = {name: request.args.get(name, "").strip() for name in _FIELDS}
    try:
        return _form(filled, chosen_area(filled["gebied"], ""), {})
    except PlaceError as error:
        return _form(filled, None, {"plek": str(error)})


@pages.post("/signalen")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def meld() -> Response:
    """Keep a report, and lead to where its answer will stand."""
    filled = {name: request.form.get(name, "").strip() for name in _FIELDS}
    area: Gebied | None = None
    try:
        area = chosen_area(filled["gebied"], filled["plek"])
        code = keep_signal({**filled, "gebied": area.code if area else ""})
    except PlaceError as error:
        return _form(filled, None, {"plek": str(error)})
    except InputError as error:
        fouten = error.fouten
        return _form(filled, area, {**fouten, "plek": fouten.get("gebied", "")})
    return redirect(url_for("signalen.antwoord", code=code, nieuw="ja"), 303)


@pages.get("/signalen/antwoord")
@permission(Niveau.OPENBAAR)
def zoek_antwoord() -> Response:
    """Lead a code that somebody typed to its page."""
    code = read_code(request.args.get("code", ""))
    if not code:
        return redirect(url_for("signalen.signalen"), 303)
    try:
        get_signal(connection(), signal_id(code))
    except NotFoundError:
        return redirect(url_for("signalen.signalen", code="onbekend", _anchor="antwoord"), 303)
    return redirect(url_for("signalen.antwoord", code=code), 303)


@pages.get("/signalen/antwoord/<code>")
@permission(Niveau.OPENBAAR)
def antwoord(code: str) -> Response:
    """Tell the reporter how far it is; just after reporting, also what the code is."""
    found = _signal_of(code)
    words, names = vocabulary(), area_names()
    step = Step(
        Signaalstatus(found.status),
        found.eigenaar,
        found.stap,
        found.stap_op,
        found.antwoord,
        found.antwoord_op,
    )
    page = render_template(
        "signaal_antwoord.html",
        nieuw=request.args.get("nieuw") == "ja",
        code=say_code(read_code(code)),
        adres=url_for("signalen.antwoord", code=read_code(code), _external=True),
        kop=f"{words.label(found.thema)} in {names.get(found.gebied, found.gebied)}",
        soort=lower(SIGNAALSOORT_LABELS[Signaalsoort(found.soort)]),
        zin=say_own_signal(step, today()),
        gebied=found.gebied,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _signal_of(code: str) -> Signaal:
    try:
        return get_signal(connection(), signal_id(read_code(code)))
    except NotFoundError:
        # The id behind a code is not for who types a wrong one.
        raise NotFoundError("Melding", code[:20]) from None


def _form(filled: dict[str, str], area: Gebied | None, fouten: dict[str, str]) -> Response:
    words = vocabulary()
    page = render_template(
        "signaal_nieuw.html",
        ingevuld=filled,
        gebied=area,
        fouten={name: said for name, said in fouten.items() if said},
        namen=area_choices(),
        themas=[(t.code, t.label) for t in words.themas.values()],
        groepen=[(g.code, g.label) for g in words.doelgroepen.values() if g.code != "iedereen"],
        soorten=[(code.value, label) for code, label in SIGNAALSOORT_LABELS.items()],
    )
    response = make_response(page, 422 if fouten else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
