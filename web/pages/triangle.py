"""The page for the talk of wijkteam, opbouwwerk and gebiedsverbinder about one area."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from socialmap.domain.choices import (
    ANTWOORD_LABELS,
    BEVINDING_LABELS,
    GEVRAAGD_LABELS,
    HOEDANIGHEID_LABELS,
    STAP_LABELS,
    Antwoord,
    Bevinding,
    Hoedanigheid,
    Signaalstatus,
    Stap,
)
from socialmap.domain.clock import ZONE, months_earlier
from socialmap.domain.codes import Niveau, Soort, Status
from socialmap.domain.errors import NotFoundError
from socialmap.domain.fields import Kind, Veld
from socialmap.domain.model import Inventarisatie
from socialmap.domain.parse import CellError, read_cell
from socialmap.domain.roles import Recht
from socialmap.store.areas import get_area, list_related
from socialmap.store.assignments import all_assignments
from socialmap.store.filters import RecordFilter
from socialmap.store.inventories import InventoryFilter, list_inventories
from socialmap.store.records import list_actors
from socialmap.store.saving import changed_since
from socialmap.store.signals import Step, decide
from web.api.paging import KEY
from web.assignment_rows import present_assignment
from web.context import area_names, close_connection, connection, lezer, services, today, vocabulary
from web.own_town import require_own_area
from web.present_signals import lower, mark_of
from web.present_words import join_words, say_date
from web.record_input import InputError, read_some
from web.security import permission
from web.signal_rows import find_group, rows_of

pages = Blueprint("driehoek", __name__)

#: Without a day, what is new is what came in these months.
_MONTHS = 3
_MOST = 200
_TAKE_UP = (
    Veld(naam="eigenaar", kind=Kind.CODE, codes=tuple(Hoedanigheid), nodig=True),
    Veld(naam="stap", kind=Kind.CODE, codes=tuple(Stap), nodig=True),
    Veld(naam="stap_op", kind=Kind.DAG, nodig=True),
)
_ANSWER = (Veld(naam="antwoord", kind=Kind.CODE, codes=tuple(Antwoord), nodig=True),)
_DAY = Veld(naam="sinds", kind=Kind.DAG, nodig=True)


@pages.get("/driehoek/<gebied>")
@permission(Niveau.PROFESSIONAL, before_accounts=True)
def driehoek(gebied: str) -> Response:
    """Show what is new in an area since the last meeting, and what is going on."""
    return _page(gebied, "")


@pages.post("/driehoek/<gebied>/besluit")
@permission(Niveau.PROFESSIONAL, Recht.STUREN, before_accounts=True)
def besluit(gebied: str) -> Response:
    """Take up a group of signals, or answer it: every reporter finds that at the own code."""
    form = request.form
    answers = form.get("wat") == "antwoord"
    try:
        values = read_some(_ANSWER if answers else _TAKE_UP, form)
    except InputError as error:
        return _page(gebied, " ".join(error.fouten.values()), 422)
    with services().store.writing() as conn:
        about = (form.get("groep", ""), form.get("thema", ""), form.get("soort", ""))
        group = find_group(conn, *about)
        require_own_area(group.gebied if group else gebied)
        first = group is not None and mark_of(group.step) == form.get("stand")
        if group is not None and first:
            step = _step(group.step, values, answers=answers)
            decide(conn, group, step, step.eigenaar or "driehoek", services().settings.clock.now())
    if not first:
        # What somebody else did meanwhile came after this request began to read.
        close_connection()
        said = "Iemand anders was u voor. Hieronder staat wat er nu is. Kies opnieuw."
        return _page(gebied, said, 412)
    done = "antwoord" if answers else "opgepakt"
    sinds = _since(form.get("sinds", "")).isoformat()
    return redirect(url_for("driehoek.driehoek", gebied=gebied, sinds=sinds, gedaan=done), 303)


def _step(old: Step, values: dict[str, Any], *, answers: bool) -> Step:
    if not answers:
        return Step(Signaalstatus.OPGEPAKT, **values)
    ended = Signaalstatus.TERUGGEKOPPELD
    return Step(ended, old.eigenaar, old.stap, old.stap_op, values["antwoord"], today())


def _page(gebied: str, fout: str, status: int = 200) -> Response:
    if not KEY.fullmatch(gebied):
        raise NotFoundError("Gebied", gebied[:80])
    area = get_area(connection(), gebied)
    require_own_area(area.code)
    since = _since(request.values.get("sinds", ""))
    moment = datetime.combine(since, time.min, tzinfo=ZONE)
    here = {area.code, *(other.code for other in list_related(connection(), area.code))}
    signals = rows_of(connection(), area.code, today(), since)
    changed = changed_since(connection(), "wijkopdracht", moment)
    page = render_template(
        "driehoek.html",
        gebied=area,
        sinds=since.isoformat(),
        sinds_woorden=say_date(since),
        vandaag=today().isoformat(),
        signalen=signals.open,
        beantwoord=signals.klaar,
        gekeken=_inventories(area.code, since, moment),
        opdrachten=[
            {**present_assignment(one, today()), "nieuw": one.id in changed}
            for one in all_assignments(connection())
            if one.gebied in here
        ],
        teams=_teams(area.code),
        gedaan=request.args.get("gedaan", ""),
        fout=fout,
        rollen=[(code.value, label) for code, label in HOEDANIGHEID_LABELS.items()],
        stappen=[(code.value, label) for code, label in STAP_LABELS.items()],
        antwoorden=[(code.value, label) for code, label in ANTWOORD_LABELS.items()],
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _since(text: str) -> date:
    """Give the day of the last meeting; some months ago when none is chosen."""
    try:
        day: date = read_cell(_DAY, text, vocabulary())
    except CellError:
        return months_earlier(today(), _MONTHS)
    return min(day, today())


def _inventories(gebied: str, since: date, moment: datetime) -> list[dict[str, Any]]:
    """List what was looked for since a day, or written down since, the newest first."""
    keep = InventoryFilter(gebied=gebied)
    found = list_inventories(connection(), keep, lezer(), today(), na="", limit=_MOST).resultaten
    written = changed_since(connection(), "inventarisatie", moment)
    fresh = [one for one in found if one.datum >= since or one.id in written]
    return [_looked(one) for one in sorted(fresh, key=lambda one: (one.datum, one.id))[::-1]]


def _looked(one: Inventarisatie) -> dict[str, Any]:
    words = vocabulary()
    group = f" voor {words.label(one.doelgroep)}" if one.doelgroep else ""
    area = area_names().get(one.gebied, one.gebied)
    asked = [label.lower() for code, label in GEVRAAGD_LABELS.items() if code in one.gevraagd_aan]
    return {
        "id": one.id,
        "kop": f"{words.label(one.thema)}{group} in {area}",
        "uitkomst": lower(BEVINDING_LABELS[Bevinding(one.uitkomst)]),
        "wie": f"{HOEDANIGHEID_LABELS[Hoedanigheid(one.door)]}, {say_date(one.datum)}. "
        f"Gevraagd aan: {join_words(asked)}.",
    }


def _teams(gebied: str) -> list[tuple[str, str]]:
    """List the wijkteams of an area: id and name."""
    keep = RecordFilter(gebied=gebied, soorten=(Soort.WIJKTEAM,), statussen=(Status.ACTIEF,))
    page = list_actors(connection(), keep, lezer(), today(), na="", limit=_MOST)
    return [(team.id, team.naam) for team in page.resultaten]
