"""Delete what need not be kept any longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Soort
from socialmap.domain.osm import DOOR as OSM
from socialmap.store import schema, schema_accounts
from socialmap.store.counting import month_of
from socialmap.store.proposals import Stand
from socialmap.store.views_log import VIEWS

_log, _try = schema_accounts.logboek, schema_accounts.poging
_proposal, _month = schema_accounts.voorstel, schema.dekking_stand


def delete_views(conn: Connection, before: date) -> int:
    """Delete the lines of the log about reading from before a day."""
    old = _log.c.wanneer < _start_of(before)
    return conn.execute(sa.delete(_log).where(old, _log.c.wat.in_(VIEWS))).rowcount


def delete_account_lines(conn: Connection, before: date) -> int:
    """Delete the lines about signing in and accounts from before a day; not those of records."""
    old = _log.c.wanneer < _start_of(before)
    of_people = sa.and_(_log.c.wat.not_in(VIEWS), _log.c.record.in_(("", "account")))
    return conn.execute(sa.delete(_log).where(old, of_people)).rowcount


def delete_ended_keys(conn: Connection, now: datetime) -> int:
    """Delete sessions, devices, links and keys that have ended, and waits that are over."""
    moment, count = now.astimezone(UTC), 0
    for table in (schema_accounts.sessie, schema_accounts.uitnodiging, schema_accounts.sleutel):
        count += conn.execute(sa.delete(table).where(table.c.eind <= moment)).rowcount
    return count


def delete_tries(conn: Connection, before: date) -> int:
    """Delete wrong tries whose wait was over before a day."""
    return conn.execute(sa.delete(_try).where(_try.c.wacht_tot < _start_of(before))).rowcount


def delete_closed_proposals(conn: Connection, before: date) -> int:
    """
    Delete proposals from before a day that were accepted or refused; they hold no text.

    Those read from OpenStreetMap stay: what was refused would come back with the next file.
    """
    closed = sa.and_(
        _proposal.c.status != Stand.OPEN.value,
        _proposal.c.wanneer < _start_of(before),
        _proposal.c.door != OSM,
    )
    return conn.execute(sa.delete(_proposal).where(closed)).rowcount


def delete_months(conn: Connection, before: date) -> int:
    """Delete what was kept of coverage of the months before that of a day."""
    return conn.execute(sa.delete(_month).where(_month.c.maand < month_of(before))).rowcount


def lapsed_persons(conn: Connection, before: date) -> list[str]:
    """
    List the sleutelfiguren whose last consent ended or was withdrawn before a day, by id.

    Who never gave consent is not among them: nobody sees those, and there is no day to count from.
    """
    actor, consent = schema.actor, schema.toestemming
    ended = sa.case(
        (consent.c.vervallen_op.is_not(None), sa.func.date(consent.c.vervallen_op)),
        else_=sa.func.date(consent.c.eind),
    )
    query = (
        sa.select(actor.c.id)
        .join(consent, consent.c.actor_id == actor.c.id)
        .where(actor.c.soort == Soort.SLEUTELFIGUUR.value)
        .group_by(actor.c.id)
        .having(sa.func.max(ended) < sa.func.date(before.isoformat()))
        .order_by(actor.c.id)
    )
    return list(conn.scalars(query))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)
