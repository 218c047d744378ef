"""A town of four square buurten of one kilometre, small enough to follow by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from shapely.geometry import box, mapping

from socialmap.coverage.ground import make_ground
from socialmap.coverage.offers import make_offers
from socialmap.coverage.reading import CoverageMap
from socialmap.domain.codes import Gebiedsniveau, Soort, Vorm
from socialmap.domain.model import Aanbod, Actor, Gebied, Inventarisatie, Kerncijfer
from socialmap.geo.measure import rd_to_wgs84, to_wgs84
from socialmap.store.areas import AreaShape

TODAY = date(2026, 11, 24)
CHECKED = date(2026, 9, 1)
X, Y = 100_000.0, 480_000.0
SIDE = 1000.0
RESIDENTS = {"BU1": 1000.0, "BU2": 1000.0, "BU3": 1000.0, "BU4": 3000.0}


def actor(actor_id: str = "A", **fields: Any) -> Actor:
    return Actor(**{"id": actor_id, "naam": f"Groep {actor_id}", "soort": Soort.PARTNER} | fields)


def offer(offer_id: str, **fields: Any) -> Aanbod:
    """Give a checked offer about contact for everybody; `xy` puts it on a place in metres."""
    spot = fields.pop("xy", None)
    if spot is not None:
        fields["lon"], fields["lat"] = rd_to_wgs84(X + spot[0], Y + spot[1])
    basis: dict[str, Any] = {
        "id": offer_id,
        "actor_id": "A",
        "naam": f"Aanbod {offer_id}",
        "themas": ("sociaal_netwerk",),
        "doelgroepen": ("iedereen",),
        "vorm": Vorm.COLLECTIEF,
        "gecontroleerd_op": CHECKED,
    }
    return Aanbod(**(basis | fields))


def looked(gebied: str, **fields: Any) -> Inventarisatie:
    basis: dict[str, Any] = {
        "id": f"I-{gebied}",
        "gebied": gebied,
        "thema": "sociaal_netwerk",
        "datum": CHECKED,
        "door": "opbouwwerker",
        "gevraagd_aan": ("bewoners", "kerk"),
        "uitkomst": "niets_gevonden",
    }
    return Inventarisatie(**(basis | fields))


def town(
    offers: Iterable[Aanbod] = (),
    inventories: Iterable[Inventarisatie] = (),
    actors: Iterable[Actor] = (),
    figures: Iterable[Kerncijfer] = (),
) -> CoverageMap:
    """Give the map: BU1 to BU4 from west to east; BU1 and BU2 are wijk WK1, the others WK2."""
    shapes = [_buurt(number) for number in range(4)]
    areas = [shape.gebied for shape in shapes]
    for code, niveau, inside in (
        ("WK1", Gebiedsniveau.WIJK, ("BU1", "BU2")),
        ("WK2", Gebiedsniveau.WIJK, ("BU3", "BU4")),
        ("GM1", Gebiedsniveau.GEMEENTE, ("BU1", "BU2", "BU3", "BU4")),
    ):
        gemeente = "" if code == "GM1" else "GM1"
        areas.append(Gebied(code=code, naam=code, niveau=niveau, buurten=inside, gemeente=gemeente))
    counted = [figure(code, "inwoners", persons) for code, persons in RESIDENTS.items()]
    counted.append(figure("GM1", "pct_65plus", 20.0))
    ground = make_ground(areas, shapes, [*counted, *figures])
    people = [actor(), *actors]
    given = list(offers)
    table = make_offers(given, people, ground, TODAY)
    return CoverageMap(ground, table, list(inventories), people, given, TODAY)


def figure(gebied: str, naam: str, waarde: float) -> Kerncijfer:
    unit = "personen" if naam == "inwoners" else "%"
    return Kerncijfer(
        gebied=gebied, jaar=2024, naam=naam, label=naam, waarde=waarde, eenheid=unit, bron="CBS"
    )


def _buurt(number: int) -> AreaShape:
    square = box(X + number * SIDE, Y, X + (number + 1) * SIDE, Y + SIDE)
    lon, lat = rd_to_wgs84(X + (number + 0.5) * SIDE, Y + SIDE / 2)
    code = f"BU{number + 1}"
    area = Gebied(
        code=code,
        naam=code,
        niveau=Gebiedsniveau.BUURT,
        buurten=(code,),
        gemeente="GM1",
        lon=lon,
        lat=lat,
        oppervlakte_m2=SIDE * SIDE,
    )
    shape = dict(mapping(to_wgs84(square)))
    return AreaShape(area, shape, shape)
