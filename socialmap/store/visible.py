"""The cut in SQL: which rows a reader may see on a day. Every query on records goes through here.

The rule itself is `domain/privacy.py`; a test holds the two equal for every level and day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement, FromClause

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.privacy import Lezer
from socialmap.store import schema

Condition = ColumnElement[bool]
_PERSON = Soort.SLEUTELFIGUUR.value


def is_person(actor: FromClause) -> Condition:
    """Tell in SQL whether an actor is a private person."""
    return actor.c.soort == _PERSON


def sees_persons_whole(lezer: Lezer) -> bool:
    """Tell whether the fields of a sleutelfiguur may be searched and filtered by this reader."""
    return lezer.niveau >= Niveau.TEAM


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
    """Tell in SQL whether a tie is there: itself and both its ends must be (eisen.md, 9)."""
    return sa.and_(
        relatie.c.zichtbaarheid <= int(lezer.niveau),
        actor_visible(van, lezer, today),
        actor_visible(naar, lezer, today),
    )


def punt_visible(punt: FromClause, lezer: Lezer, today: date) -> Condition:
    """Tell in SQL whether a row of the map index may be counted or shown."""
    within: list[Any] = [
        punt.c.zichtbaar_van.is_(None),
        sa.and_(punt.c.zichtbaar_van <= today, punt.c.zichtbaar_tot > today),
    ]
    return sa.and_(punt.c.niveau <= int(lezer.niveau), sa.or_(*within))
