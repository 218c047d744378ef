"""What to hand over before a colleague leaves: one by one, and one notice to the partners."""

from __future__ import annotations

from flask import Blueprint, render_template

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR
from web.api.network import current_network
from web.context import connection, services, today
from web.present_network_leaving import say_leaving
from web.security import permission

pages = Blueprint("vertrek", __name__)


@pages.get("/netwerk/vertrek/<actor_id>")
@permission(Niveau.OPENBAAR)
def vertrek(actor_id: str) -> str:
    """Show the ties that only this actor holds, and who can take each over."""
    seen = current_network()
    public = services().finder.networks.current(connection(), OPENBAAR, today())
    return render_template("netwerk_vertrek.html", vertrek=say_leaving(seen, public, actor_id))
