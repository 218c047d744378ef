"""The cut in SQL: which rows a reader may see on a day. Every query on records goes through here.

The rule itself is `domain/privacy.py`; a test holds the two equal for every level and day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement, FromClause

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.store import schema

Condition = ColumnElement[bool]
_PERSON = Soort.SLEUTELFIGUUR.value


def is_person(actor: FromClause) -> Condition:
    """Tell in SQL whether an actor is a private person."""
    return actor.c.soort == _PERSON


def sees_persons_whole(lezer: Lezer) -> bool:
    """Tell whether the fields of a sleutelfiguur may be searched and filtered by this reader."""
    return lezer.niveau >= Niveau.TEAM


def is_home(record: str, record_id: ColumnElement[str], lezer: Lezer) -> Condition:
    """
    Tell in SQL whether a record is of a municipality of the reader's own.

    Parameters
    ----------
    record, record_id
        `actor` or `aanbod`, and the column that holds its id.
    lezer
        Who reads.
    """
    if lezer.gemeenten is None:
        return sa.true()
    mark = schema.kenmerk.alias()
    return sa.exists().where(
        mark.c.record == record,
        mark.c.record_id == record_id,
        mark.c.veld == schema.GEMEENTE,
        mark.c.code.in_(sorted(lezer.gemeenten)),
    )


def actor_visible(actor: FromClause, lezer: Lezer, today: date) -> Condition:
    """
    Tell in SQL whether an actor is there for a reader.

    Parameters
    ----------
    actor
        Table `actor`, or an alias of it.
    lezer, today
        Who reads, and the day that consent is held against.
    """
    if lezer.gemeenten is not None and lezer.niveau > Niveau.OPENBAAR:
        own = actor_visible(actor, Lezer(lezer.niveau), today)
        everybody = actor_visible(actor, OPENBAAR, today)
        return sa.or_(everybody, sa.and_(own, is_home("actor", actor.c.id, lezer)))
    level = actor.c.zichtbaarheid <= int(lezer.niveau)
    if lezer.niveau < Niveau.PROFESSIONAL:
        return sa.and_(level, sa.not_(is_person(actor)))
    consent = schema.toestemming.alias()
    valid = sa.exists().where(
        consent.c.actor_id == actor.c.id,
        consent.c.vervallen_op.is_(None),
        consent.c.op <= today,
        consent.c.eind > today,
        sa.func.coalesce(consent.c.niveau, 0) <= int(lezer.niveau),
    )
    return sa.and_(level, sa.or_(sa.not_(is_person(actor)), valid))


def relatie_visible(
    relatie: FromClause, van: FromClause, naar: FromClause, lezer: Lezer, today: date
) -> Condition:
    """
    Tell in SQL whether a tie is there: itself and both its ends must be (eisen.md, 9).

    A tie between two municipalities is of both.
    """
    open_to = relatie.c.zichtbaarheid <= int(lezer.niveau)
    if lezer.gemeenten is not None:
        home = sa.or_(is_home("actor", van.c.id, lezer), is_home("actor", naar.c.id, lezer))
        open_to = sa.or_(relatie.c.zichtbaarheid <= int(Niveau.OPENBAAR), sa.and_(open_to, home))
    return sa.and_(
        open_to,
        actor_visible(van, lezer, today),
        actor_visible(naar, lezer, today),
    )


def punt_visible(record: str, punt: FromClause, lezer: Lezer, today: date) -> Condition:
    """Tell in SQL whether a row of the map index may be counted or shown."""
    within: list[Any] = [
        punt.c.zichtbaar_van.is_(None),
        sa.and_(punt.c.zichtbaar_van <= today, punt.c.zichtbaar_tot > today),
    ]
    open_to = punt.c.niveau <= int(lezer.niveau)
    if lezer.gemeenten is not None:
        home = sa.and_(open_to, is_home(record, punt.c.record_id, lezer))
        open_to = sa.or_(punt.c.niveau <= int(Niveau.OPENBAAR), home)
    return sa.and_(open_to, sa.or_(*within))
