"""Put a drawn town in a store through the program's own functions."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_shapes
from socialmap.geo.area import AreaSet
from socialmap.geo.boundary import parse_buurten
from socialmap.geo.dissolve import build_areas
from socialmap.geo.own import own_area
from socialmap.store.areas import save_areas, save_figures
from socialmap.store.engine import Store
from socialmap.store.inventories import save_inventories
from socialmap.store.vocabulary import save_vocabulary
from tests.towns import GROUPS, THEMES, Town

WORDS = Vocabulary(
    {code: Thema(code=code, label=code) for code in (*THEMES, "justitie")},
    {code: Doelgroep(code=code, label=code) for code in GROUPS},
)


def load(town: Town, store: Store) -> None:
    """Keep a town in an empty store."""
    land = town.land
    known = AreaSet(
        build_areas(
            parse_buurten(json.dumps(land.geojson), "stad.geojson"),
            (),
            teams=land.teams,
            names={code: f"Gebied {code}" for code in land.areas},
            onbewoond=land.onbewoond,
        )
    )
    areas = known.with_own(
        own_area(code, code, "eigen", leden, known) for code, leden in land.eigen.items()
    )
    now = datetime(town.today.year, town.today.month, town.today.day, 12, tzinfo=UTC)
    batch = Batch(actoren=tuple(town.actoren), aanbod=tuple(town.aanbod))
    with store.writing() as conn:
        save_areas(conn, to_shapes(areas, areas))
        save_figures(conn, land.kerncijfers)
        save_vocabulary(conn, WORDS)
        apply(conn, batch, wie="beheerder", now=now, places=StoredPlaces(areas))
        save_inventories(conn, town.inventarisaties, "beheerder", now)
