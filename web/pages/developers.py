"""For makers of programs: how to read the map, with examples that work as they stand."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from socialmap.domain.codes import Gebiedsniveau, Niveau
from socialmap.store.areas import list_areas
from web.context import connection
from web.developer_examples import make_subjects
from web.security import permission

pages = Blueprint("ontwikkelaars", __name__)


@pages.get("/ontwikkelaars")
@permission(Niveau.OPENBAAR)
def ontwikkelaars() -> str:
    """Show the ways to read the map."""
    towns = list_areas(connection(), Gebiedsniveau.GEMEENTE)
    # The one that this map says most of.
    town = max(towns, key=lambda area: (len(area.buurten), area.code), default=None)
    base = url_for("start.start", _external=True).rstrip("/")
    subjects = make_subjects(base, town.code if town else "")
    return render_template("ontwikkelaars.html", onderwerpen=subjects)
