"""Consent as it was given, withdrawn and lapsed, and the code on the card of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Soort
from socialmap.store import merging, schema
from socialmap.store.schema_consent import toestemmingcode as _code

_actor, _consent = schema.actor, schema.toestemming


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent to ask again: of whom, from when it no longer holds, and who recorded it."""

    actor_id: str
    naam: str
    eind: date
    door: str


def mark_withdrawn(conn: Connection, actor_id: str, now: datetime) -> None:
    """Say of the consent that lapsed at this moment that the person took it back."""
    moment = now.astimezone(UTC)
    mine = sa.and_(_consent.c.actor_id == actor_id, _consent.c.vervallen_op == moment)
    conn.execute(sa.update(_consent).where(mine).values(ingetrokken=True))


def withdrawn_on(conn: Connection, actor_id: str) -> date | None:
    """Give the day on which a person last took consent back; None when never."""
    mine = sa.and_(_consent.c.actor_id == actor_id, _consent.c.ingetrokken)
    moment: datetime | None = conn.scalar(
        sa.select(sa.func.max(_consent.c.vervallen_op)).where(mine)
    )
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(ZONE).date()


def forget_withdrawal(conn: Connection, actor_id: str) -> None:
    """Let a person who took consent back give it anew."""
    mine = _consent.c.actor_id == actor_id
    conn.execute(sa.update(_consent).where(mine).values(ingetrokken=False))


def ending_before(conn: Connection, day: date) -> list[Ending]:
    """
    List consents that stop holding before a day or have done so, the earliest first.

    What was withdrawn is not among them: who said no is not asked again.
    """
    query = (
        sa.select(_actor.c.id, _actor.c.naam, _consent.c.eind, _consent.c.door)
        .join(_consent, _consent.c.actor_id == _actor.c.id)
        .where(
            _actor.c.soort == Soort.SLEUTELFIGUUR.value,
            _actor.c.status != "gestopt",
            _consent.c.vervallen_op.is_(None),
            _consent.c.eind < day,
        )
        .order_by(_consent.c.eind, _actor.c.id)
    )
    return [Ending(*row) for row in conn.execute(query)]


def save_code(conn: Connection, afdruk: str, actor_id: str, today: date) -> None:
    """Keep the fingerprint of a new card; the one before counts no longer."""
    asked = conn.scalar(sa.select(_code.c.wissen_gevraagd).where(_code.c.actor_id == actor_id))
    conn.execute(sa.delete(_code).where(_code.c.actor_id == actor_id))
    merging.forget_cards(conn, actor_id)
    conn.execute(
        sa.insert(_code).values(
            afdruk=afdruk, actor_id=actor_id, gemaakt=today, wissen_gevraagd=asked
        )
    )


def find_by_code(conn: Connection, afdruk: str) -> str | None:
    """Find whose card a code is of; None when it is of nobody."""
    found: str | None = conn.scalar(sa.select(_code.c.actor_id).where(_code.c.afdruk == afdruk))
    # Of two records that became one, both cards go on counting.
    return found or merging.find_by_card(conn, afdruk)


def ask_erasure(conn: Connection, actor_id: str, today: date | None) -> None:
    """Note that a person asked to be erased; None takes the question back."""
    mine = _code.c.actor_id == actor_id
    conn.execute(sa.update(_code).where(mine).values(wissen_gevraagd=today))


def erasure_asked_on(conn: Connection, actor_id: str) -> date | None:
    """Give the day on which a person asked to be erased; None when it did not."""
    found: date | None = conn.scalar(
        sa.select(_code.c.wissen_gevraagd).where(_code.c.actor_id == actor_id)
    )
    return found


def erasures_asked(conn: Connection) -> list[tuple[str, date]]:
    """List who asked to be erased and when, the longest waiting first."""
    asked = _code.c.wissen_gevraagd
    query = sa.select(_code.c.actor_id, asked).where(asked.is_not(None))
    return [(key, day) for key, day in conn.execute(query.order_by(asked, _code.c.actor_id))]
