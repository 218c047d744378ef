"""The start of managing the map: one card for each thing, with its figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, render_template

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Account, Recht
from socialmap.editing.propose import waiting_for
from socialmap.editing.retention import last_cleaned
from socialmap.exchange.areas import is_own
from socialmap.store.accounts import list_accounts
from socialmap.store.admin_words import read_words
from socialmap.store.areas import list_areas
from socialmap.store.health import count_rows, last_moments, measure_size
from web.context import connection
from web.desk import reading_desk
from web.own_town import is_own_area, keeps_account
from web.pages.admin_health import say_bytes
from web.present_words import say_date, say_number
from web.security import may_open, permission
from web.session import current_account

pages = Blueprint("beheer", __name__)


@dataclass(frozen=True, slots=True)
class _Card:
    """A page, what it is for, and which figure stands on it."""

    adres: str
    naam: str
    uitleg: str


_CARDS = (
    _Card("/beheer/mensen", "Mensen", "Wie een account heeft, en wat die mag."),
    _Card("/voorstellen", "Voorstellen", "Wat bewoners en collega’s voorstellen."),
    _Card("/beheer/gebieden", "Gebieden", "Teamgebieden en eigen gebieden, grenzen en cijfers."),
    _Card("/beheer/woorden", "Woorden", "Hoe mensen hier iets noemen, en eigen doelgroepen."),
    _Card("/beheer/invoer", "Invoer", "Een bestand op de kaart zetten, of terugdraaien."),
    _Card("/beheer/post", "Post", "Mails die vragen of iets nog klopt."),
    _Card("/beheer/logboek", "Logboek", "Wie wat veranderde en bekeek."),
    _Card("/beheer/bewaren", "Bewaren", "Hoe lang iets blijft staan."),
    _Card("/beheer/gezondheid", "Gezondheid", "Of de kaart het goed doet."),
)


@pages.get("/beheer")
@permission(Niveau.PROFESSIONAL, Recht.STUREN)
def beheer() -> str:
    """Show what this account may manage."""
    account = current_account()
    assert account is not None  # noqa: S101 -- the permission asks for an account
    figures = _figures()
    cards = [
        {
            "adres": card.adres,
            "naam": card.naam,
            "uitleg": card.uitleg,
            "cijfer": figures.get(card.adres, ""),
        }
        for card in _CARDS
        if _may_open(account, card.adres)
    ]
    return render_template("beheer.html", kaartjes=cards)


def _may_open(account: Account, address: str) -> bool:
    """Tell whether a page is there and whether the account may see it."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule == address and "GET" in (rule.methods or ()):
            return may_open(account, current_app.view_functions[rule.endpoint])
    return False


def _figures() -> dict[str, str]:
    conn = connection()
    people = [one for one in list_accounts(conn) if one.actief and keeps_account(one)]
    own = [area for area in list_areas(conn) if is_own(area) and is_own_area(area.code)]
    waiting = len(waiting_for(reading_desk()))
    rows, moments, done = dict(count_rows(conn)), dict(last_moments(conn)), last_cleaned(conn)
    size = measure_size(conn)
    return {
        "/beheer/mensen": _say(len(people), "account", "accounts"),
        "/voorstellen": f"{say_number(waiting)} open" if waiting else "niets open",
        "/beheer/gebieden": _say(len(own), "eigen gebied", "eigen gebieden"),
        "/beheer/woorden": _say(len(read_words(conn, only_active=True)), "woord", "woorden"),
        "/beheer/invoer": _when(moments["Laatste invoer"]),
        "/beheer/post": _when(moments["Laatste mail verstuurd"]),
        "/beheer/logboek": _say(rows["regels in het logboek"], "regel", "regels"),
        "/beheer/bewaren": f"opgeruimd op {say_date(done)}" if done else "nog niet opgeruimd",
        "/beheer/gezondheid": say_bytes(size.database + size.wal),
    }


def _say(count: int, one: str, more: str) -> str:
    return f"{say_number(count)} {one if count == 1 else more}"


def _when(moment: datetime | None) -> str:
    return (
        f"laatst op {say_date(moment.astimezone(ZONE).date())}" if moment else "nog niet gebruikt"
    )
