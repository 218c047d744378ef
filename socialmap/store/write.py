"""Keep actors, offers and ties, and read them whole for what the program itself must know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming
from socialmap.domain.privacy import consent_end
from socialmap.store import schema
from socialmap.store.consent import withdrawn_on
from socialmap.store.rows import (
    Row,
    aanbod_row,
    actor_row,
    read_aanbod,
    read_actor,
    read_relatie,
    relatie_row,
)
from socialmap.store.saving import Kind, Saved, save


def save_actors(conn: Connection, actors: Iterable[Actor], wie: str, now: datetime) -> Saved[Actor]:
    """
    Keep actors with their consent.

    Parameters
    ----------
    conn
        A writing connection.
    actors
        With unique ids; `versie` is ignored, the store counts.
    wie, now
        Who changes, and when: for the history.
    """
    saved = save(conn, actors, ACTOR, wie, now)
    _save_consent(conn, saved.touched, now)
    return saved


def save_aanbod(
    conn: Connection, aanbod: Iterable[Aanbod], wie: str, now: datetime
) -> Saved[Aanbod]:
    """Keep offers of actors that are there; see `save_actors`."""
    return save(conn, aanbod, AANBOD, wie, now)


def save_relaties(
    conn: Connection, relaties: Iterable[Relatie], wie: str, now: datetime
) -> Saved[Relatie]:
    """Keep ties between actors that are there; see `save_actors`."""
    return save(conn, relaties, RELATIE, wie, now)


def read_stored_actors(conn: Connection, ids: Sequence[str]) -> list[Actor]:
    """Read actors whole, whoever may see them: for what the program itself must know."""
    query = _select_actor().where(schema.actor.c.id.in_(ids)).order_by(schema.actor.c.id)
    return [read_actor(row) for row in conn.execute(query).mappings()]


def _select_actor() -> sa.Select[Any]:
    consent = schema.toestemming
    current = sa.and_(consent.c.actor_id == schema.actor.c.id, consent.c.vervallen_op.is_(None))
    columns = [consent.c[n].label(f"t_{n}") for n in ("op", "tot", "doel", "niveau", "door")]
    return sa.select(schema.actor, *columns).select_from(schema.actor.outerjoin(consent, current))


ACTOR: Kind[Actor] = Kind("actor", schema.actor, _select_actor, read_actor, actor_row)
AANBOD: Kind[Aanbod] = Kind(
    "aanbod", schema.aanbod, lambda: sa.select(schema.aanbod), read_aanbod, aanbod_row
)
RELATIE: Kind[Relatie] = Kind(
    "relatie", schema.relatie, lambda: sa.select(schema.relatie), read_relatie, relatie_row
)


def _save_consent(conn: Connection, actors: Sequence[Actor], now: datetime) -> None:
    """Let a changed consent lapse and record the new one; equal consent stays as it is."""
    table = schema.toestemming
    for actor in actors:
        current = conn.execute(
            sa.select(table).where(table.c.actor_id == actor.id, table.c.vervallen_op.is_(None))
        ).mappings()
        old = current.first()
        if old is None and actor.toestemming is None:
            continue
        if old is not None:
            if _read_consent(old) == actor.toestemming:
                continue
            conn.execute(
                sa.update(table)
                .where(table.c.id == old["id"])
                .values(vervallen_op=now.astimezone(UTC))
            )
        if actor.toestemming is not None and _stands(conn, actor.id, actor.toestemming):
            conn.execute(sa.insert(table).values(actor_id=actor.id, **_consent(actor.toestemming)))


def _stands(conn: Connection, actor_id: str, given: Toestemming) -> bool:
    """Tell whether consent was given after the person last took it back (eisen.md, 18)."""
    back = withdrawn_on(conn, actor_id)
    return back is None or given.op > back


def _read_consent(row: Row) -> Toestemming:
    level = row["niveau"]
    return Toestemming(
        op=row["op"],
        tot=row["tot"],
        doel=row["doel"],
        niveau=None if level is None else Niveau(level),
        door=row["door"],
    )


def _consent(consent: Toestemming) -> dict[str, Any]:
    return {
        "op": consent.op,
        "tot": consent.tot,
        "eind": consent_end(consent),
        "doel": consent.doel,
        "niveau": None if consent.niveau is None else int(consent.niveau),
        "door": consent.door,
    }


def read_stored(conn: Connection) -> tuple[list[Actor], list[Aanbod], list[Relatie]]:
    """Read every record whole, whoever may see it, in order of id: for checking the map."""
    actors = conn.execute(_select_actor().order_by(schema.actor.c.id)).mappings()
    offers = conn.execute(sa.select(schema.aanbod).order_by(schema.aanbod.c.id)).mappings()
    ties = conn.execute(sa.select(schema.relatie).order_by(schema.relatie.c.id)).mappings()
    return (
        [read_actor(row) for row in actors],
        [read_aanbod(row) for row in offers],
        [read_relatie(row) for row in ties],
    )
