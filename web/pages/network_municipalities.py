"""The teams of nine municipalities beside each other: as pictures drawn alike, and as a table."""

from __future__ import annotations

from flask import Blueprint, render_template

from socialmap.domain.codes import Niveau
from socialmap.exchange.embedded import read_municipalities
from socialmap.exchange.partners import Kring, read_partner_kinds, read_partners
from socialmap.store.vocabulary import read_sources
from web.context import connection
from web.present_municipalities import (
    CENTRE,
    HEIGHT,
    RADIUS,
    SHELL,
    WIDTH,
    draw_municipalities,
    municipality_labels,
    municipality_rows,
)
from web.security import permission

pages = Blueprint("netwerk_gemeenten", __name__)


@pages.get("/netwerk/gemeenten")
@permission(Niveau.OPENBAAR)
def gemeenten() -> str:
    """Show who stands in and around the teams of each municipality."""
    table = read_municipalities()
    kinds = read_partner_kinds()
    titles = {key: source.titel for key, source in read_sources(connection()).items()}
    return render_template(
        "netwerk_gemeenten.html",
        platen=draw_municipalities(table, kinds, read_partners()),
        breed=WIDTH,
        hoog=HEIGHT,
        midden=CENTRE,
        straal=RADIUS,
        schil=SHELL,
        legenda=[
            ("In het team", [kind for kind in kinds if kind.kring is Kring.KERN]),
            ("In de schil", [kind for kind in kinds if kind.kring is Kring.SCHIL]),
        ],
        koppen=municipality_labels(table),
        rijen=municipality_rows(table, titles),
    )
