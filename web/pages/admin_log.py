"""The log: who changed or saw which record, page by page or as a file; never what it holds."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.exchange.cells import make_harmless
from socialmap.store.accounts import list_accounts
from socialmap.store.views_log import (
    LogFilter,
    LogLine,
    Place,
    log_records,
    log_words,
    read_log,
)
from web.context import connection
from web.filters_query import BadFilterError
from web.own_town import keeps_account
from web.present import actor_url, offer_url
from web.security import permission
from web.session import current_account

pages = Blueprint("logboek", __name__)
_SHOWN, _MOST_IN_FILE, _CHUNK = 50, 50_000, 2_000
_LONGEST = 80
_TEXTS = ("wie", "wat", "record", "record_id")
#: What a kind of record is called.
_RECORDS = {
    "actor": "Organisatie of persoon",
    "aanbod": "Aanbod",
    "relatie": "Band",
    "inventarisatie": "Gekeken",
    "signaal": "Signaal",
    "wijkopdracht": "Wijkopdracht",
    "account": "Account",
    "woord": "Woord",
    "gebied": "Gebied",
    "toestemming": "Toestemming",
    "bestand": "Bestand",
    "bewaartermijn": "Bewaartermijn",
}
_COLUMNS = ("wanneer", "wie", "wat", "record", "record_id")


@pages.get("/beheer/logboek")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def logboek() -> str:
    """Show lines, the newest first, fifty at a time."""
    asked, names = _asked(), _names()
    lines = read_log(connection(), asked, na=_place(), limit=_SHOWN + 1)
    shown = lines[:_SHOWN]
    given: dict[str, Any] = {
        name: request.args[name] for name in (*_TEXTS, "van", "tot") if request.args.get(name)
    }
    return render_template(
        "beheer_logboek.html",
        rijen=[_row(line, names) for line in shown],
        verder=(
            url_for("logboek.logboek", **given, na=shown[-1].plek.write())
            if len(lines) > _SHOWN
            else ""
        ),
        begin=url_for("logboek.logboek", **given) if request.args.get("na") else "",
        bestand=url_for("logboek.als_csv", **given),
        gevraagd=given,
        mensen=sorted(names.items(), key=lambda pair: pair[1]),
        daden=[(word, word) for word in log_words(connection())],
        soorten=[(code, _RECORDS.get(code, code)) for code in log_records(connection())],
    )


@pages.get("/beheer/logboek.csv")
@permission(Niveau.BEHEER, Recht.BEHEREN)
def als_csv() -> Response:
    """Give the lines as a file that no spreadsheet program runs; at most 50,000, newest first."""
    asked, names = _asked(), _names()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    place, count = None, 0
    while count < _MOST_IN_FILE:
        lines = read_log(connection(), asked, na=place, limit=_CHUNK)
        for line in lines:
            cells = (
                line.wanneer.astimezone(ZONE).isoformat(timespec="seconds"),
                names.get(line.wie, line.wie),
                line.wat,
                line.record,
                line.record_id,
            )
            writer.writerow([make_harmless(cell) for cell in cells])
        count += len(lines)
        if len(lines) < _CHUNK:
            break
        place = lines[-1].plek
    # The mark at the start lets Excel read it as UTF-8.
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="logboek.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked() -> LogFilter:
    texts = {name: request.args.get(name, "").strip()[:_LONGEST] for name in _TEXTS}
    account = current_account()
    return LogFilter(
        **texts,
        van=_day("van"),
        tot=_day("tot"),
        gemeenten=account.gemeenten if account else frozenset(),
        accounts=frozenset(_names()),
    )


def _day(name: str) -> date | None:
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadFilterError(name, "Kies een dag met de kalender.") from None


def _place() -> Place | None:
    text = request.args.get("na", "")
    try:
        return Place.read(text) if text else None
    except (ValueError, OverflowError):
        raise BadFilterError("na", "Begin opnieuw bij het logboek.") from None


def _names() -> dict[str, str]:
    kept = [one for one in list_accounts(connection()) if keeps_account(one)]
    return {account.id: account.naam for account in kept}


def _row(line: LogLine, names: dict[str, str]) -> dict[str, str]:
    moment = line.wanneer.astimezone(ZONE)
    return {
        "wanneer": f"{moment:%d-%m-%Y %H:%M}",
        "wie": names.get(line.wie, line.wie) or "zonder account",
        "wat": line.wat,
        "record": _RECORDS.get(line.record, line.record),
        "sleutel": line.record_id,
        "adres": _address(line),
    }


def _address(line: LogLine) -> str:
    if not line.record_id:
        return ""
    if line.record == "actor":
        return actor_url(line.record_id)
    if line.record == "aanbod":
        return offer_url(line.record_id)
    if line.record == "account":
        return url_for("mensen.mens", account_id=line.record_id)
    return ""
