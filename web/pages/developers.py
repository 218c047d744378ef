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
    towns = sorted(area.code for area in list_areas(connection(), Gebiedsniveau.GEMEENTE))
    base = url_for("start.start", _external=True).rstrip("/")
    subjects = make_subjects(base, towns[0] if towns else "GM0392")
    return render_template("ontwikkelaars.html", onderwerpen=subjects)
