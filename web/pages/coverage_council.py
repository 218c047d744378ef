"""Coverage for the council: sentences to paste, how much is known, and what may end. Printable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request

from socialmap.coverage.council import (
    Known,
    count_known,
    first_gap,
    say_council,
    say_unknown,
)
from socialmap.coverage.gaps import find_gaps
from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.reading import CoverageMap
from socialmap.coverage.sentences import say_month
from socialmap.coverage.snapshot import stand_of, year_before
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import GEBIED_LABELS, Gebiedsniveau, Niveau
from socialmap.domain.model import Gebied
from socialmap.domain.privacy import OPENBAAR
from socialmap.store.counting import first_day, month_of
from socialmap.store.signals import read_groups
from socialmap.store.snapshots import Stand, kept_months, read_month
from web.api.network import current_network
from web.context import connection, coverage_map, is_example, services, today, vocabulary
from web.filters_query import read_area, require_area
from web.present import area_url
from web.present_council import (
    AHEAD_MONTHS,
    answered_in_time,
    endings,
    informal_groups,
    supports,
    teams_by_wijk,
)
from web.present_words import join_words, say_date
from web.security import permission

pages = Blueprint("dekking_raad", __name__)

_YEAR = 12
_LEVELS = {
    Gebiedsniveau.GEMEENTE: "Gemeenten",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.WIJK: "Wijken",
}


@pages.get("/dekking/raad")
@permission(Niveau.OPENBAAR)
def raad() -> str:
    """Show what a council, a subsidy round or a wethouder asks of an area."""
    gebied = read_area(request.args)
    require_area(connection(), gebied)
    # Sentences leave the building: they hold what everybody may see, whoever makes them.
    coverage = services().coverage.current(connection(), OPENBAAR, today())
    wijken = coverage.ground.of_level(Gebiedsniveau.WIJK, gebied)
    now = _stands(coverage, gebied)
    seen, offers = current_network(), coverage_map().offers
    open_network = services().finder.networks.current(connection(), OPENBAAR, today())
    groups = informal_groups(open_network, gebied)
    known = count_known(now)
    gap = first_gap(_gaps(coverage, gebied))
    funders, buildings = supports(seen, gebied, offers, today())
    month = _earlier_month()
    return render_template(
        "dekking_raad.html",
        gebied=gebied,
        naam=_name(coverage, gebied),
        zinnen=say_council(
            _name(coverage, gebied), say_date(today()), known, gap, groups, vocabulary()
        ),
        bron=_source(),
        onbekend=say_unknown(known, groups, gap is not None and gap.stand.behoefte.geschat),
        voorbeeldkaart=is_example(),
        rijen=_rows(wijken, now, _before(month, wijken), teams_by_wijk(seen, wijken)),
        samen=known,
        toen=say_month(first_day(month)) if month else "",
        jaar_geleden=bool(month) and month <= month_of(months_earlier(today(), _YEAR)),
        groepen=informal_groups(seen, gebied),
        beantwoord=answered_in_time(read_groups(connection()), _related(coverage, gebied), today()),
        eindigt=endings(seen, gebied, offers, today()),
        maanden=AHEAD_MONTHS,
        geldgevers=funders,
        gebouwen=buildings,
        keuzes=_choices(coverage, gebied),
    )


def _stands(coverage: CoverageMap, gebied: str) -> list[Stand]:
    return [
        stand_of(stand)
        for thema in vocabulary().themas
        for stand in coverage.assess(Gebiedsniveau.WIJK, thema, gebied=gebied)
    ]


def _gaps(coverage: CoverageMap, gebied: str) -> Sequence[Any]:
    themas = tuple(vocabulary().themas)
    return find_gaps(coverage, Gebiedsniveau.WIJK, themas, alle_themas=themas, gebied=gebied)


def _earlier_month() -> str:
    """Give the month to hold today against; empty when only this month is kept, or nothing."""
    months = [month for month in kept_months(connection()) if month < month_of(today())]
    return year_before(months, today())


def _before(month: str, wijken: Sequence[Gebied]) -> list[Stand]:
    codes = {wijk.code for wijk in wijken}
    kept = read_month(connection(), month, EVERYBODY) if month else []
    return [stand for stand in kept if stand.gebied in codes]


def _rows(
    wijken: Sequence[Gebied],
    now: Sequence[Stand],
    before: Sequence[Stand],
    teams: Mapping[str, Sequence[Any]],
) -> list[dict[str, Any]]:
    """Give a row for each wijk where somebody lives, by name: never by how well it does."""
    rows = []
    for wijk in wijken:
        known = count_known(stand for stand in now if stand.gebied == wijk.code)
        earlier = count_known(stand for stand in before if stand.gebied == wijk.code)
        if known.totaal:
            rows.append(
                {
                    "naam": wijk.naam,
                    "url": area_url(wijk.code),
                    "teams": teams[wijk.code],
                    "nu": known,
                    "toen": earlier if earlier != Known() else None,
                }
            )
    return rows


def _related(coverage: CoverageMap, gebied: str) -> set[str]:
    """Give the areas whose signals count: those that lie in this one."""
    areas = coverage.ground.areas
    own = set(areas[gebied].buurten) if gebied else set()
    return {code for code, area in areas.items() if not gebied or set(area.buurten) <= own}


def _name(coverage: CoverageMap, gebied: str) -> str:
    if gebied:
        return coverage.ground.areas[gebied].naam
    return join_words([town.naam for town in coverage.ground.of_level(Gebiedsniveau.GEMEENTE)])


def _source() -> str:
    return f"Bron: Sociale kaart, {say_date(today())}. Inwoners en grenzen: CBS en Kadaster."


def _choices(coverage: CoverageMap, gebied: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    ground = coverage.ground
    groups = [
        (label, [(a.code, a.naam, a.code == gebied) for a in ground.of_level(level)])
        for level, label in _LEVELS.items()
    ]
    chosen = ground.areas.get(gebied)
    if chosen is not None and chosen.niveau not in _LEVELS:
        groups.append((GEBIED_LABELS[chosen.niveau], [(chosen.code, chosen.naam, True)]))
    return [(label, found) for label, found in groups if found]
