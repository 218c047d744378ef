"""Do after an answer was sent what nobody should wait for: note who saw what, and tidy up daily."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from flask import Flask, Response, current_app, g, request

from socialmap.domain.codes import Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.domain.roles import Account
from socialmap.editing.retention import clean_up, was_cleaned
from socialmap.store.records import get_aanbod, get_actor, get_relatie
from socialmap.store.views_log import BEKEKEN, GESCHIEDENIS_BEKEKEN, OPGEHAALD, log_view
from web.context import services
from web.session import real_time

if TYPE_CHECKING:
    from socialmap.store.engine import Connection, Store
    from web.context import Services

_LOG = logging.getLogger("socialmap.web")
_KEY = "socialmap_achteraf"
_LONGEST = 80
#: Which pages show one record, and by which part of the address.
_PAGES = {
    "actor.actor": ("actor", "actor_id", BEKEKEN),
    "vertrek.vertrek": ("actor", "actor_id", BEKEKEN),
    "aanbod.aanbod": ("aanbod", "aanbod_id", BEKEKEN),
    "api_actoren.get_actor": ("actor", "actor_id", BEKEKEN),
    "api_aanbod.get_aanbod": ("aanbod", "aanbod_id", BEKEKEN),
    "api_relaties.get_relatie": ("relatie", "relatie_id", BEKEKEN),
    "api_wijzigen.geschiedenis_actoren": ("actor", "actor_id", GESCHIEDENIS_BEKEKEN),
    "api_wijzigen.geschiedenis_aanbod": ("aanbod", "aanbod_id", GESCHIEDENIS_BEKEKEN),
    "api_wijzigen.geschiedenis_relaties": ("relatie", "relatie_id", GESCHIEDENIS_BEKEKEN),
    "toestemming.wis_vraag": ("toestemming", "actor_id", BEKEKEN),
}
#: Which answers hold many records at once, and what they are called in the log.
_MANY = {
    "api_actoren.list_actoren": "actoren",
    "api_aanbod.list_aanbod": "aanbod",
    "api_relaties.list_relaties": "relaties",
    "dekking_bestanden.as_csv": "dekking.csv",
    "dekking_bestanden.as_xlsx": "dekking.xlsx",
    "dekking_bestanden.as_gpkg": "dekking.gpkg",
    "logboek.als_csv": "logboek.csv",
}
_KIND_OF = {"actoren": "actor", "aanbod": "aanbod", "relaties": "relatie"}
_FILE = "bestand"


@dataclass(frozen=True, slots=True)
class _View:
    """Somebody saw something."""

    account: Account
    wat: str
    record: str
    key: str


@dataclass
class _Memory:
    """What was noted on this day already, and whether the round of this day was made."""

    dag: date = date.min
    gezien: set[tuple[str, str, str, str]] = field(default_factory=set)
    opgeruimd: date = date.min
    slot: threading.Lock = field(default_factory=threading.Lock)

    def is_new(self, view: _View, day: date) -> bool:
        """Tell whether a view was not noted before on this day."""
        mark = view.account.id, view.wat, view.record, view.key
        with self.slot:
            if self.dag != day:
                self.dag, self.gezien = day, set()
            if mark in self.gezien:
                return False
            self.gezien.add(mark)
        return True

    def forget(self, view: _View) -> None:
        """Let a view be noted again that could not be."""
        with self.slot:
            self.gezien.discard((view.account.id, view.wat, view.record, view.key))

    def is_new_day(self, day: date) -> bool:
        """Tell once a day that the round is due."""
        with self.slot:
            new, self.opgeruimd = self.opgeruimd != day, day
        return new


def register(app: Flask) -> None:
    """Look after every answer whether there is something to do once it was sent."""
    app.extensions[_KEY] = _Memory()

    @app.after_request
    def _later(response: Response) -> Response:
        memory = cast(_Memory, current_app.extensions[_KEY])
        here, now = services(), real_time()
        view = _seen(response)
        if view is not None and memory.is_new(view, now.date()):
            response.call_on_close(partial(_note, here, memory, view, now))
        if memory.is_new_day(here.settings.clock.today()):
            response.call_on_close(partial(_tidy, here))
        return response


def tidy(store: Store, secret: str, now: datetime, today: date) -> None:
    """
    Make the round of a day, unless it was made.

    Raises
    ------
    StorageError
        When the disk is full: then it is made another time.
    """
    with store.reading() as conn:
        done = was_cleaned(conn, today)
    if not done:
        clean_up(store, secret, now, today=today)


def _seen(response: Response) -> _View | None:
    """Tell what the reader of this request saw that not everybody may see, as far as we know."""
    account = cast("Account | None", g.get("account"))
    if account is None or account.niveau is Niveau.OPENBAAR:
        return None
    if request.method != "GET" or response.status_code != 200:
        return None
    endpoint, given = request.endpoint or "", request.view_args or {}
    if endpoint in _MANY:
        return _View(account, OPGEHAALD, _FILE, _MANY[endpoint])
    if endpoint == "bewerken.bewerk":
        key = str(given["sleutel"])[:_LONGEST]
        return _View(account, BEKEKEN, _KIND_OF[given["tabel"]], key)
    if endpoint == "toestemming.nieuw" and request.args.get("actor"):
        return _View(account, BEKEKEN, "toestemming", request.args["actor"][:_LONGEST])
    if endpoint not in _PAGES:
        return None
    record, name, what = _PAGES[endpoint]
    return _View(account, what, record, str(given[name])[:_LONGEST])


def _note(here: Services, memory: _Memory, view: _View, now: datetime) -> None:
    """Write a view in the log. The answer was sent: a full disk must not keep anybody from it."""
    try:
        with here.store.reading() as conn:
            told = view.wat != BEKEKEN or _shows_more(conn, view, here.settings.clock.today())
        if told:
            with here.store.writing() as conn:
                log_view(conn, now, view.account.id, view.wat, view.record, view.key)
    except Exception:
        memory.forget(view)
        _LOG.warning("een inzage kon niet worden genoteerd", exc_info=True)


def _shows_more(conn: Connection, view: _View, today: date) -> bool:
    """Tell whether this reader sees more of a record than everybody does."""
    readers = {"actor": get_actor, "aanbod": get_aanbod, "relatie": get_relatie}
    read = readers.get(view.record)
    if read is None:
        return True

    def as_seen(lezer: Lezer) -> object:
        with suppress(NotFoundError):
            return read(conn, view.key, lezer, today)
        return None

    mine = as_seen(view.account.lezer)
    return mine is not None and mine != as_seen(OPENBAAR)


def _tidy(here: Services) -> None:
    try:
        tidy(here.store, here.settings.secret, real_time(), here.settings.clock.today())
    except Exception:
        _LOG.warning("het opruimen van vandaag is niet gelukt", exc_info=True)
