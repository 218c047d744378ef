"""Where postcodes lie, as far as the records tell that a reader may see."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import fmean

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR, Lezer, visible_fields
from socialmap.store import schema
from socialmap.store.visible import actor_visible, is_home, is_person

Point = tuple[float, float]
_DIGITS = 4
_READ = {"postcode", "lon", "lat"}


def point_of_postcode(conn: Connection, postcode: str, lezer: Lezer, today: date) -> Point | None:
    """
    Give the point where a postcode lies: the mean place of the records that carry it.

    Parameters
    ----------
    conn
        A reading connection.
    postcode
        Four digits, or four digits and two capitals without a space.
    lezer, today
        Who reads, and the day. Only records, and places of records, that this reader may see
        count; those of sleutelfiguren never do, because they are where a person lives.

    Returns
    -------
    (lon, lat) or None
        WGS84 degrees. For four digits the mean over the whole postcodes that begin with them, so
        that a building with many offers does not draw the point to itself.
    """
    places = _places(conn, postcode, lezer, today)
    if len(postcode) == _DIGITS:
        whole = {code: points for code, points in places.items() if len(code) > _DIGITS}
        places = whole or places
    means = [_mean(places[code]) for code in sorted(places)]
    return _mean(means) if means else None


def _places(conn: Connection, postcode: str, lezer: Lezer, today: date) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    owner = schema.actor
    seen = {
        schema.actor: visible_fields(Actor, lezer, person=False),
        schema.aanbod: visible_fields(Aanbod, lezer, person=False),
    }
    fields_open = {
        schema.actor: visible_fields(Actor, OPENBAAR, person=False) >= _READ,
        schema.aanbod: visible_fields(Aanbod, OPENBAAR, person=False) >= _READ,
    }
    for table in (table for table, fields in seen.items() if fields >= _READ):
        carried = sa.func.upper(sa.func.replace(table.c.postcode, " ", ""))
        # Held for equality: a sign that stands for any other sign has no meaning here.
        held = carried if len(postcode) > _DIGITS else sa.func.substr(carried, 1, _DIGITS)
        query = sa.select(carried, table.c.lon, table.c.lat).where(
            held == postcode,
            table.c.lon.is_not(None),
            sa.not_(is_person(owner)),
            actor_visible(owner, lezer, today),
            *([] if fields_open[table] else [is_home("actor", owner.c.id, lezer)]),
        )
        if table is schema.aanbod:
            query = query.join(owner, owner.c.id == table.c.actor_id)
        for code, lon, lat in conn.execute(query):
            found[code].append((lon, lat))
    return found


def _mean(points: list[Point]) -> Point:
    # In order, so that the same records give the same point to the last digit.
    ordered = sorted(points)
    return fmean(lon for lon, _ in ordered), fmean(lat for _, lat in ordered)
