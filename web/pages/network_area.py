"""The network of one area beside that of like areas, and the teams side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template

from socialmap.coverage.need import Needs
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau, Niveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Bron, Gebied
from socialmap.exchange.embedded import data_folder, read_documents
from socialmap.exchange.team_facts import TeamFacts, read_team_facts
from socialmap.network.profile import LIKENED
from socialmap.network.reading import Seen, lying_or_working
from socialmap.network.two_legs import teams_of
from socialmap.store.areas import read_figures
from web.api.network import current_network
from web.context import connection, is_example, lezer, today
from web.network_view import address
from web.present import area_url
from web.present_network_missing import say_missing
from web.present_network_profile import profile_links, profile_url, say_profile
from web.present_team import (
    NORM_RESIDENTS,
    NORM_SOURCE,
    Size,
    function_rows,
    residents_of,
    say_document,
    say_facts,
    say_fte,
    say_size,
    say_teams,
)
from web.present_words import say_number
from web.security import permission

pages = Blueprint("netwerk_gebied", __name__)

_TEAM_LEVELS = (*LIKENED, Gebiedsniveau.EIGEN)
_ZERO = Decimal(0)
_NORM = " tot ".join(say_number(number) for number in NORM_RESIDENTS)


@pages.get("/netwerk/profiel/<code>")
@permission(Niveau.OPENBAAR)
def profiel(code: str) -> str:
    """Show the network of one area: strengths first, then what is thin, beside like areas."""
    seen = current_network()
    if code not in seen.profiles:
        raise NotFoundError("Gebied", code)
    area = seen.areas[code]
    said = say_profile(seen, code)
    team_ids = teams_of(seen, code) if area.niveau in _TEAM_LEVELS else ()
    here = lying_or_working(seen, code) or set()
    return render_template(
        "netwerk_profiel.html",
        gebied=area,
        gebied_adres=area_url(code),
        niveau=GEBIED_LABELS[area.niveau],
        profiel=said,
        aantal=len(here),
        mist=say_missing(seen, code, lezer().niveau) if said.leeg and here else None,
        vergelijkt=area.niveau in LIKENED,
        binnen=profile_links(seen, area),
        netwerk_adres=address({}, gebied=code),
        teams=say_teams(seen.network, team_ids, today()),
        wijk=_against_wijk(seen, area) if area.niveau is Gebiedsniveau.TEAMGEBIED else None,
    )


@pages.get("/netwerk/teams")
@permission(Niveau.OPENBAAR)
def teams() -> str:
    """Show the teams side by side: inhabitants, hours, members, and what documents say."""
    seen, facts, documents = current_network(), _facts(), _documents()
    areas = [a for a in seen.areas.values() if a.niveau is Gebiedsniveau.TEAMGEBIED]
    areas.sort(key=lambda area: (area.naam.casefold(), area.code))
    sizes = _sizes(seen, areas)
    known = [area for area in areas if area.code in facts.per_team]
    working = {area.code: teams_of(seen, area.code) for area in areas}
    every = say_teams(seen.network, {key for ids in working.values() for key in ids}, today())
    return render_template(
        "netwerk_teams.html",
        gebieden=[
            {
                "naam": area.naam,
                "url": area_url(area.code),
                "profiel": profile_url(area.code),
                "omvang": sizes[area.code],
                "teams": [one for one in every if one.id in working[area.code]],
                "feiten": say_facts(facts.feiten.get(area.code, ()), documents),
            }
            for area in areas
        ],
        norm=_NORM,
        norm_bron=say_document(NORM_SOURCE, documents),
        functies=function_rows(facts, [area.code for area in known]),
        functie_teams=[area.naam for area in known],
        samen=say_fte(sum((one.fte for one in facts.basis if one.fte is not None), start=_ZERO)),
        fte_bronnen=sorted(
            {say_document(one.bron, documents) for one in (*facts.basis, *facts.later)}
        ),
        feiten=say_facts(facts.feiten.get("", ()), documents),
        verzonnen=is_example(),
    )


def _facts() -> TeamFacts:
    return read_team_facts(data_folder() / "netwerk")


def _documents() -> dict[str, Bron]:
    return {document.id: document for document in read_documents()}


def _sizes(seen: Seen, areas: list[Gebied]) -> dict[str, Size]:
    needs = Needs(seen.areas.values(), read_figures(connection(), list(seen.areas)))
    found = {area.code: residents_of(needs, seen.areas, area.code) for area in areas}
    most = max((need.personen or 0.0 for need in found.values()), default=0.0)
    return {code: say_size(need, seen.areas, most) for code, need in found.items()}


def _against_wijk(seen: Seen, area: Gebied) -> dict[str, Any]:
    facts, documents = _facts(), _documents()
    return {
        "omvang": _sizes(seen, [area])[area.code],
        "norm": _NORM,
        "norm_bron": say_document(NORM_SOURCE, documents),
        "feiten": say_facts(facts.feiten.get(area.code, ()), documents),
        "verzonnen": is_example(),
    }
