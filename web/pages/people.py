"""Who has an account: invite people, change what they may, and let them go."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.accounts import inviting
from socialmap.accounts.mailing import mail_link_to
from socialmap.domain.codes import Gebiedsniveau, Niveau, Soort, Status
from socialmap.domain.errors import NotFoundError
from socialmap.domain.roles import ROL_LABELS, Account, Recht, Rol
from socialmap.editing.mail_round import is_mailable
from socialmap.store import accounts
from socialmap.store.areas import area_names, list_areas
from socialmap.store.filters import RecordFilter
from socialmap.store.mails import get_mail
from socialmap.store.records import list_actors
from web.context import connection, lezer, services, today
from web.mailing import send_now
from web.own_town import is_own_area, keeps_account
from web.record_input import InputError
from web.security import permission
from web.session import current_account, real_time

pages = Blueprint("mensen", __name__)
_MOST_TEAMS = 200
_LONGEST = 254


@pages.get("/beheer/mensen")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def mensen() -> Response:
    """List everybody with an account, and ask whom to invite."""
    return _page({}, "")


@pages.post("/beheer/mensen")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def nodig_uit() -> Response:
    """Make an account, and show the link once."""
    email, naam = (request.form.get(name, "").strip()[:_LONGEST] for name in ("email", "naam"))
    try:
        asked = _read_form(Account(id="", email=email, naam=naam, rol=Rol.PROFESSIONAL))
        invited = inviting.invite(services().store, _own_id(), asked, real_time())
    except (inviting.AccountError, InputError) as error:
        return _page(request.form.to_dict(), str(error), 422)
    return _show_link(invited, "is uitgenodigd", again=False)


@pages.get("/beheer/mensen/<account_id>")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def mens(account_id: str) -> Response:
    """Show one account, to change it."""
    return _person(_account(account_id), "")


@pages.post("/beheer/mensen/<account_id>")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def verander(account_id: str) -> BaseResponse:
    """Change role, areas and team of an account, or whether it is active."""
    before = _account(account_id)
    naam = request.form.get("naam", "").strip()[:_LONGEST] or before.naam
    active = request.form.get("actief") == "ja"
    try:
        changed = _read_form(replace(before, naam=naam, actief=active))
        inviting.change(services().store, _own_id(), changed, real_time())
    except (inviting.AccountError, InputError) as error:
        return _person(before, str(error), 422)
    return redirect(url_for("mensen.mensen"), 303)


@pages.post("/beheer/mensen/<account_id>/link")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def nieuwe_link(account_id: str) -> Response:
    """Give a way back to who lost the password or the phone."""
    invited = inviting.new_link(services().store, _own_id(), _account(account_id).id, real_time())
    return _show_link(invited, "kan opnieuw beginnen", again=True)


def _account(account_id: str) -> Account:
    """Read an account that this administrator keeps; of another municipality there is none."""
    found = accounts.get_account(connection(), account_id)
    if not keeps_account(found):
        raise NotFoundError("Account", account_id)
    return found


def _read_form(account: Account) -> Account:
    """Read role, areas and team; raises InputError for what is not on the lists."""
    role, team = request.form.get("rol", ""), request.form.get("team", "")
    areas = tuple(code for code in request.form.getlist("gebieden") if code)
    if role not in list(Rol):
        raise InputError({"rol": "Kies een rol uit de lijst."})
    if set(areas) - {code for code, _ in _areas()}:
        raise InputError({"gebieden": "Kies gebieden uit de lijst."})
    if not areas and not _keeps_all():
        raise InputError({"gebieden": "Kies een gebied van uw eigen gemeente."})
    if team and team not in dict(_teams()):
        raise InputError({"team": "Kies een wijkteam uit de lijst."})
    return replace(account, rol=Rol(role), gebieden=areas, team=team)


def _page(filled: dict[str, str], fout: str, status: int = 200) -> Response:
    names = area_names(connection())
    rows = [
        (
            account,
            ROL_LABELS[account.rol],
            [names.get(code, code) for code in account.gebieden],
            bool(accounts.read_keys(connection(), account.id).wachtwoord),
        )
        for account in accounts.list_accounts(connection())
        if keeps_account(account)
    ]
    page = render_template(
        "beheer_mensen.html", rijen=rows, ingevuld=filled, fout=fout, **_choices()
    )
    return make_response(page, status)


def _person(account: Account, fout: str, status: int = 200) -> Response:
    page = render_template("beheer_mens.html", mens=account, fout=fout, **_choices())
    return make_response(page, status)


def _keeps_all() -> bool:
    account = current_account()
    return account is not None and account.gemeenten is None


def _areas() -> list[tuple[str, str]]:
    wijken = list_areas(connection(), Gebiedsniveau.WIJK)
    teams = list_areas(connection(), Gebiedsniveau.TEAMGEBIED)
    towns = [town for town in list_areas(connection(), Gebiedsniveau.GEMEENTE) if town.buurten]
    areas = (*towns, *teams, *wijken)
    return [(area.code, area.naam) for area in areas if is_own_area(area.code)]


def _choices() -> dict[str, object]:
    return {
        "rollen": [(rol.value, label) for rol, label in ROL_LABELS.items()],
        "gebieden": _areas(),
        "alles_mag": _keeps_all(),
        "teams": _teams(),
    }


def _teams() -> list[tuple[str, str]]:
    keep = RecordFilter(soorten=(Soort.WIJKTEAM,), statussen=(Status.ACTIEF, Status.GEPAUZEERD))
    found = list_actors(connection(), keep, lezer(), today(), na="", limit=_MOST_TEAMS)
    return sorted(((team.id, team.naam) for team in found.resultaten), key=lambda pair: pair[1])


def _show_link(invited: inviting.Invited, wat: str, *, again: bool) -> Response:
    """Mail the link where there is a mail server; otherwise show it, once."""
    here, person = services(), invited.account
    if here.settings.mailserver is None or not is_mailable(person.email):
        link = url_for("inloggen.uitnodiging", token=invited.token, _external=True)
        return make_response(render_template("beheer_link.html", mens=person, link=link, wat=wat))
    now = here.settings.clock.now()
    mail = mail_link_to(here.store, here.settings.secret, invited, now, real_time(), again=again)
    send_now()
    with here.store.reading() as conn:
        kept = get_mail(conn, mail.id)
    return make_response(render_template("beheer_link.html", mens=person, mail=kept, wat=wat))


def _own_id() -> str:
    account = current_account()
    return account.id if account else ""
