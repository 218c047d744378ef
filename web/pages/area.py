"""Pages of areas: all of them, and one that begins with what is strong there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template

from socialmap.domain.codes import GEBIED_LABELS, LIJN_LABELS, Gebiedsniveau, Lijn, Niveau, Soort
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.network.profile import PROFILED
from socialmap.store.areas import (
    AreaShape,
    get_area,
    list_areas,
    list_related,
    read_figures,
    read_shapes,
)
from socialmap.store.filters import RecordFilter
from socialmap.store.records import actors_by_id, all_aanbod, all_actors, list_aanbod, list_actors
from web.context import connection, lezer, today, vocabulary
from web.pages.actor import mandate
from web.present import (
    Card,
    actor_card,
    actor_url,
    area_url,
    badge,
    offer_card,
    sort_for_reading,
)
from web.present_area import AreaRecords, Offer, find_strength, sort_records
from web.present_counts import count_by_area
from web.present_figures import codes_to_read, present_residents
from web.present_map import SmallMap, holds, small_map, touching
from web.present_network_profile import profile_url
from web.present_sources import present_sources, say_borders
from web.security import permission

pages = Blueprint("gebied", __name__)

#: Records that one page reads at most; the map and the interface give all.
_MOST = 1000
#: Areas nearest to an area, among which its neighbours are.
_NEAR = 60
_WITHIN = (Gebiedsniveau.BUURT, Gebiedsniveau.WIJK, Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN)


@pages.get("/gebieden")
@permission(Niveau.OPENBAAR)
def gebieden() -> str:
    """List all areas by municipality, with how much is known of each."""
    areas = list_areas(connection())
    actors = all_actors(connection(), lezer(), today())
    offers = all_aanbod(connection(), lezer(), today())
    counts = count_by_area(read_shapes(connection()), actors, offers, today())
    return render_template(
        "gebieden.html",
        gemeenten=_by_town(areas),
        eigen=[area for area in areas if area.niveau is Gebiedsniveau.EIGEN],
        aantal=counts,
    )


@pages.get("/gebied/<code>")
@permission(Niveau.OPENBAAR)
def gebied(code: str) -> str:
    """Show one area: what is strong, who works there, and what is known of its residents."""
    conn, day = connection(), today()
    area = get_area(conn, code)
    related = list_related(conn, code)
    shape = read_shapes(conn, codes=[code])[0]
    near = _shapes_near(area)
    records, left_out = _records(area, related, shape)
    figures = read_figures(conn, codes_to_read(area, related))
    return render_template(
        "gebied.html",
        gebied=area,
        niveau=GEBIED_LABELS[area.niveau],
        kruimels=_trail(area, related),
        ligt_in=_larger(area, related),
        kaart=_picture(shape, near, records),
        op_kaart={"gebied": area.code, "niveau": _map_level(area)},
        weet_niets=records.leeg,
        niet_getoond=left_out,
        sterk=find_strength(area, records, vocabulary(), day),
        lijnen=_by_line(records),
        teams=_teams(records),
        profiel=profile_url(area.code) if area.niveau in PROFILED else "",
        gezocht=[
            (a.naam, actor_url(a.id), a.soort.value, a.gezocht, badge(a, day))
            for a in [*records.actoren_hier, *records.actoren_ruim]
            if a.gezocht
        ],
        met_plek=_offer_cards(records.met_plek),
        zonder_plek=_offer_cards([p for p in records.zonder_plek if p[0].id not in records.ruim]),
        zonder_plek_ruim=_offer_cards([p for p in records.zonder_plek if p[0].id in records.ruim]),
        stadsbreed=_offer_cards(records.stadsbreed),
        gestopt=records.gestopt,
        bewoners=present_residents(area, related, figures),
        binnen=_inside(area, related),
        ernaast=_neighbours(shape, near),
        bronnen=present_sources(conn, _all_records(records)),
        grenzen=say_borders(area.bron),
    )


def _records(area: Gebied, related: Sequence[Gebied], shape: AreaShape) -> tuple[AreaRecords, int]:
    """Read the records of an area, and how many more there are than one page can show."""
    conn, day = connection(), today()
    keep = RecordFilter(gebied=area.code)
    found = list_actors(conn, keep, lezer(), day, na="", limit=_MOST)
    offered = list_aanbod(conn, keep, lezer(), day, na="", limit=_MOST)
    actors, offers = found.resultaten, offered.resultaten
    left_out = found.totaal + offered.totaal - len(actors) - len(offers)
    owners = actors_by_id(conn, {offer.actor_id for offer in offers}, lezer(), day)
    records = sort_records(
        area,
        {other.code: other for other in related},
        list(zip(actors, _placed(shape, actors), strict=True)),
        [
            (offer, owners[offer.actor_id], placed)
            for offer, placed in zip(offers, _placed(shape, offers), strict=True)
        ],
        day,
    )
    return records, left_out


def _placed(shape: AreaShape, things: Sequence[Actor | Aanbod]) -> list[bool]:
    """Tell of each record whether its place lies in the area; without a place it does not."""
    spots = [(t.lon, t.lat) for t in things if t.lon is not None and t.lat is not None]
    held = iter(holds(shape, spots))
    return [t.lon is not None and t.lat is not None and next(held) for t in things]


def _shapes_near(area: Gebied) -> list[AreaShape]:
    same = [a for a in list_areas(connection(), area.niveau) if a.code != area.code]
    same.sort(key=lambda a: ((a.lon - area.lon) ** 2 + (a.lat - area.lat) ** 2, a.code))
    return read_shapes(connection(), codes=[a.code for a in same[:_NEAR]])


def _picture(shape: AreaShape, near: list[AreaShape], records: AreaRecords) -> SmallMap:
    spots = [
        (offer.lon, offer.lat, None if offer.lijn is None else int(offer.lijn))
        for offer, _ in records.met_plek
        if offer.lon is not None and offer.lat is not None
    ]
    return small_map(shape, near, spots)


def _neighbours(shape: AreaShape, near: list[AreaShape]) -> list[tuple[str, str]]:
    names = {other.gebied.code: other.gebied.naam for other in near}
    found = [(names[code], area_url(code)) for code in touching(shape, near)]
    return sorted(found, key=lambda item: item[0].casefold())


def _trail(area: Gebied, related: Sequence[Gebied]) -> list[tuple[str | None, str]]:
    """Give the breadcrumbs: from the gemeente through the wijk to this area."""
    above: list[tuple[str | None, str]] = [("/", "Begin"), ("/gebieden", "Gebieden")]
    if area.niveau is not Gebiedsniveau.GEMEENTE:
        towns = [a for a in related if a.code == area.gemeente]
        above += [(area_url(town.code), town.naam) for town in towns]
    if area.niveau is Gebiedsniveau.BUURT:
        wijken = [a for a in related if a.niveau is Gebiedsniveau.WIJK]
        above += [(area_url(wijk.code), wijk.naam) for wijk in wijken[:1]]
    return [*above, (None, area.naam)]


def _larger(area: Gebied, related: Sequence[Gebied]) -> list[tuple[str, str, str]]:
    """List the areas that hold all of this one: level, name, address."""
    own = set(area.buurten)
    return [
        (GEBIED_LABELS[other.niveau].lower(), other.naam, area_url(other.code))
        for other in related
        if own and own < set(other.buurten)
    ]


def _inside(area: Gebied, related: Sequence[Gebied]) -> list[tuple[str, list[tuple[str, str]]]]:
    """List the areas that lie in this one, or partly in it, by level."""
    own = set(area.buurten)
    groups = []
    for level in _WITHIN:
        if area.niveau is Gebiedsniveau.GEMEENTE and level is Gebiedsniveau.BUURT:
            # A gemeente reaches its buurten through its wijken.
            continue
        found = [
            (other.naam + ("" if set(other.buurten) <= own else " (deels)"), area_url(other.code))
            for other in related
            if other.niveau is level and not own < set(other.buurten)
        ]
        if found and area.niveau is not Gebiedsniveau.BUURT:
            groups.append((_PLURALS[level], found))
    return groups


_PLURALS = {
    Gebiedsniveau.BUURT: "Buurten",
    Gebiedsniveau.WIJK: "Wijken",
    Gebiedsniveau.TEAMGEBIED: "Teamgebieden",
    Gebiedsniveau.EIGEN: "Eigen gebieden",
}


def _map_level(area: Gebied) -> str:
    """Give the level of area that the map shows best: one smaller than this one."""
    if area.niveau is Gebiedsniveau.GEMEENTE:
        return Gebiedsniveau.WIJK.value
    return Gebiedsniveau.BUURT.value


def _teams(records: AreaRecords) -> list[dict[str, Any]]:
    """Give the mandates of the teams here; teams with the same mandate stand together."""
    groups: dict[tuple[tuple[str, str], ...], list[Card]] = {}
    for actor in [*records.actoren_hier, *records.actoren_ruim]:
        if actor.soort is Soort.WIJKTEAM and mandate(actor):
            groups.setdefault(tuple(mandate(actor)), []).append(actor_card(actor, today()))
    return [
        {"kaarten": sort_for_reading(cards), "mandaat": list(same)}
        for same, cards in groups.items()
    ]


def _by_line(records: AreaRecords) -> list[dict[str, Any]]:
    """Group who works here by line; those of the whole gemeente stand apart in each group."""
    groups = []
    for line in (*Lijn, None):
        here = _actor_cards(records.actoren_hier, line)
        wide = _actor_cards(records.actoren_ruim, line)
        if here or wide:
            words = "Lijn niet bekend" if line is None else LIJN_LABELS[line]
            number = None if line is None else int(line)
            groups.append({"lijn": number, "woorden": words, "hier": here, "ruim": wide})
    return groups


def _actor_cards(actors: Sequence[Actor], line: Lijn | None) -> list[Card]:
    return sort_for_reading(actor_card(a, today()) for a in actors if a.lijn == line)


def _offer_cards(offers: Sequence[Offer]) -> list[Card]:
    return sort_for_reading(offer_card(offer, actor, today()) for offer, actor in offers)


def _all_records(records: AreaRecords) -> list[Actor | Aanbod]:
    offers = [*records.met_plek, *records.zonder_plek, *records.stadsbreed]
    return [*records.actoren_hier, *records.actoren_ruim, *(offer for offer, _ in offers)]


def _by_town(areas: Sequence[Gebied]) -> list[dict[str, Any]]:
    """Give each gemeente with its team areas and its wijken, each wijk with its buurten."""
    towns = [area for area in areas if area.niveau is Gebiedsniveau.GEMEENTE]
    listed = []
    for town in sorted(towns, key=lambda t: (not t.buurten, t.naam.casefold(), t.code)):
        own = [area for area in areas if area.gemeente == town.code]
        buurten = [area for area in own if area.niveau is Gebiedsniveau.BUURT]
        listed.append(
            {
                "gebied": town,
                "teams": [area for area in own if area.niveau is Gebiedsniveau.TEAMGEBIED],
                "wijken": [
                    (wijk, [b for b in buurten if b.code in set(wijk.buurten)])
                    for wijk in own
                    if wijk.niveau is Gebiedsniveau.WIJK
                ],
            }
        )
    return listed
