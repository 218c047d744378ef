"""Refuse the rows that lie outside the areas of whoever imports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from socialmap.domain.errors import Fout
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.roles import Account
from socialmap.exchange.areas import StoredPlaces
from socialmap.exchange.rows import Built
from socialmap.geo.area import AreaSet
from socialmap.store.areas import buurten_of_areas
from socialmap.store.stored import read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

_OUTSIDE = (
    "Dit ligt niet in uw gebied. Haal deze rij weg, of vraag het de beheerder van dat gebied."
)


def outside_own_areas(
    conn: Connection, account: Account, built: Sequence[Built], areas: AreaSet
) -> Iterator[Fout]:
    """
    Give a fault for each actor, offer and tie that the account may not change.

    A record lies in an area by its place or its werkgebied, an offer by those of its actor as
    well, a tie by either end; both as it is on the map and as it stands in the file.

    Parameters
    ----------
    account
        One without own areas may in all.
    areas
        All areas, with those of the file.
    """
    if not account.gebieden:
        return
    own = buurten_of_areas(conn, account.gebieden)
    rows = [row for row in built if isinstance(row.record, Actor | Aanbod | Relatie)]
    ends = {key for row in rows for key in _ends(row.record)}
    actors = read_stored_by_id(conn, "actoren", sorted(ends))
    offers = read_stored_by_id(conn, "aanbod", [r.key for r in rows if r.tabel == "aanbod"])
    given = {row.key: row.record for row in rows if isinstance(row.record, Actor)}
    places = StoredPlaces(areas)
    inside: dict[int, bool] = {}

    def lies_inside(one: object) -> bool:
        if not isinstance(one, Actor | Aanbod):
            return False
        if id(one) not in inside:
            point = [] if one.lon is None or one.lat is None else [(one.lon, one.lat)]
            around = {code for codes in places.locate_many(point) for code in codes}
            works = buurten_of_areas(conn, one.werkgebied)
            inside[id(one)] = bool(own & (around | works))
        return inside[id(one)]

    for row in rows:
        of = _ends(row.record)
        after = [row.record, *(given.get(key) or actors.get(key) for key in of)]
        before = [offers.get(row.key), *(actors.get(key) for key in of)]
        was_there = row.key in (actors if row.tabel == "actoren" else offers)
        right = any(map(lies_inside, after))
        if was_there and row.tabel != "relaties":
            right = right and any(map(lies_inside, before))
        if not right:
            yield row.fault("", _OUTSIDE)


def _ends(one: object) -> tuple[str, ...]:
    if isinstance(one, Actor):
        return (one.id,)
    if isinstance(one, Aanbod):
        return (one.actor_id,)
    return (one.van_id, one.naar_id) if isinstance(one, Relatie) else ()
