"""Whether the map is well: figures, space, versions, and a check of the database by button."""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Recht
from socialmap.store.admin_areas import boundary_years
from socialmap.store.engine import Store, sqlite_file
from socialmap.store.health import (
    count_rows,
    find_all_damage,
    last_moments,
    measure_size,
    schema_version,
)
from socialmap.store.vocabulary import read_meta
from web.context import connection, services
from web.present_words import say_date, say_number
from web.security import permission

pages = Blueprint("gezondheid", __name__)
_LOG = logging.getLogger("socialmap.web")
_KEY = "socialmap_nakijken"
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000


@dataclass
class _Check:
    """A check of the whole database, one at a time."""

    bezig: bool = False
    gedaan: int = 0
    van: int = 0
    uitkomst: str = ""
    slot: threading.Lock = field(default_factory=threading.Lock)

    def start(self, store: Store) -> None:
        """Begin in the background; nothing happens when one is running."""
        with self.slot:
            if self.bezig:
                return
            self.bezig, self.gedaan, self.van, self.uitkomst = True, 0, 0, ""
        threading.Thread(target=self._run, args=(store,), name="nakijken", daemon=True).start()

    def _run(self, store: Store) -> None:
        try:
            fault = find_all_damage(store, self._tell)
            self.uitkomst = (
                f"Er is iets mis: {fault}. Zet een reservekopie terug." if fault else "Alles klopt."
            )
        except Exception:
            _LOG.exception("het nakijken van de database is niet gelukt")
            self.uitkomst = "Het nakijken is niet gelukt. Kijk in het logboek van de server."
        finally:
            self.bezig = False

    def _tell(self, done: int, total: int) -> None:
        self.gedaan, self.van = done, total


@pages.get("/beheer/gezondheid")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def gezondheid() -> str:
    """Show how the map is."""
    conn, here = connection(), services()
    size = measure_size(conn)
    tiles = [
        {"label": name, "waarde": say_number(count), "bron": ""} for name, count in count_rows(conn)
    ]
    facts = [
        ("Grootte van de database", say_bytes(size.database)),
        ("Nog niet ingevoegd (WAL)", say_bytes(size.wal)),
        ("Vrije ruimte op de schijf", _free(here.settings.database)),
        ("Versie van de tabellen", schema_version(conn)),
        ("Zoeken op betekenis", "aan" if here.finder.meaning is not None else "uit"),
        ("Laatste reservekopie", _say_day(read_meta(conn, "laatste_backup"))),
        *((label, _say_moment(moment)) for label, moment in last_moments(conn)),
        ("Kaart gemaakt op", _say_day(read_meta(conn, "basis_geladen_op"))),
        ("Jaar van de grenzen", _years()),
    ]
    return render_template(
        "beheer_gezondheid.html",
        tegels=tiles,
        feiten=[{"label": label, "waarden": [value]} for label, value in facts],
        nakijken=_check(),
    )


@pages.post("/beheer/gezondheid/nakijken")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def kijk_na() -> BaseResponse:
    """Begin to check the database; the page shows how far it is."""
    _check().start(services().store)
    return redirect(url_for("gezondheid.gezondheid", _anchor="nakijken"), 303)


@pages.get("/beheer/gezondheid/nakijken")
@permission(Niveau.BEHEER, Recht.BEHEREN, whole_map=True)
def voortgang() -> str:
    """Give the part of the page that shows how far the check is."""
    return render_template("delen/beheer_nakijken.html", nakijken=_check())


def say_bytes(count: int) -> str:
    """Say a size: `840 bytes`, `1,2 MB`."""
    size, unit = float(count), 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size, unit = size / _STEP, unit + 1
    shown = f"{size:.0f}" if unit == 0 or size >= 100 else f"{size:.1f}".replace(".", ",")
    return f"{shown} {_UNITS[unit]}"


def _check() -> _Check:
    found = current_app.extensions.setdefault(_KEY, _Check())
    return cast(_Check, found)


def _free(database: str) -> str:
    file = sqlite_file(database)
    return say_bytes(shutil.disk_usage(file.parent if file else Path.cwd()).free)


def _say_day(kept: str | None) -> str:
    return say_date(date.fromisoformat(kept[:10])) if kept else "onbekend"


def _say_moment(moment: datetime | None) -> str:
    return say_date(moment.astimezone(ZONE).date()) if moment else "nog niet"


def _years() -> str:
    years = {jaar for _, jaar, _, _ in boundary_years(connection()) if jaar}
    return ", ".join(map(str, sorted(years))) or "onbekend"
