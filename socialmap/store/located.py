"""Read where actors lie and work: from the index, without measuring."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.visible import actor_visible

_CHUNK = 500


def actor_areas(conn: Connection, lezer: Lezer, today: date) -> dict[str, tuple[str, ...]]:
    """
    Give the codes of all areas that hold the place of each actor.

    Parameters
    ----------
    conn
        A reading connection.
    lezer, today
        Who reads, and on which day; actors that are not for this reader are not in it.

    Returns
    -------
    areas
        By `Actor.id` in order, codes in order; an actor without place, or outside every area, is
        not in it.
    """
    mark, actor = schema.kenmerk, schema.actor
    query = (
        sa.select(mark.c.record_id, mark.c.code)
        .join(actor, actor.c.id == mark.c.record_id)
        .where(
            mark.c.record == "actor",
            mark.c.veld == "ligging",
            actor_visible(actor, lezer, today),
        )
        .order_by(mark.c.record_id, mark.c.code)
    )
    found: dict[str, list[str]] = {}
    for actor_id, code in conn.execute(query):
        found.setdefault(actor_id, []).append(code)
    return {actor_id: tuple(codes) for actor_id, codes in found.items()}


def readers_of(
    conn: Connection, lezer: Lezer, found: Iterable[Actor | Aanbod | Relatie]
) -> dict[str, Lezer]:
    """
    Give who a reader is to each record: to one of another municipality a stranger.

    Parameters
    ----------
    lezer
        Who reads.
    found
        Records as the store keeps them; a new one, of an actor that is not kept yet, is the
        reader's own.

    Returns
    -------
    dict
        By id of the record.
    """
    ends = {record.id: _actors_of(record) for record in found}
    if lezer.gemeenten is None:
        return dict.fromkeys(ends, lezer)
    ids = sorted({actor_id for listed in ends.values() for actor_id in listed})
    held: dict[str, set[str]] = {}
    mark, actor = schema.kenmerk, schema.actor
    theirs = sa.and_(
        mark.c.record == "actor", mark.c.record_id == actor.c.id, mark.c.veld == schema.GEMEENTE
    )
    for chunk in batched(ids, _CHUNK):
        query = sa.select(actor.c.id, mark.c.code).outerjoin(mark, theirs)
        for actor_id, code in conn.execute(query.where(actor.c.id.in_(chunk))):
            held.setdefault(actor_id, set()).add(code)
    return {
        key: lezer.at(set().union(*(held[one] for one in listed if one in held)))
        if any(one in held for one in listed)
        else Lezer(lezer.niveau)
        for key, listed in ends.items()
    }


def _actors_of(record: Actor | Aanbod | Relatie) -> tuple[str, ...]:
    if isinstance(record, Actor):
        return (record.id,)
    return (record.actor_id,) if isinstance(record, Aanbod) else (record.van_id, record.naar_id)
