"""The filters that people set on records, in SQL; a hidden field cannot be filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement, FromClause

from socialmap.domain.codes import Soort, Status
from socialmap.domain.freshness import Versheid, boundaries
from socialmap.domain.privacy import Lezer
from socialmap.store import schema
from socialmap.store.rows import search_name
from socialmap.store.visible import Condition, is_person, sees_persons_whole

RecordName = Literal["actor", "aanbod"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What to keep; an empty field keeps everything, several values of one field mean "or"."""

    q: str = ""
    gebied: str = ""
    soorten: tuple[Soort, ...] = ()
    themas: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    lijnen: tuple[int, ...] = ()
    statussen: tuple[Status, ...] = ()
    versheid: tuple[Versheid, ...] = ()
    actor_id: str = ""


def record_conditions(
    record: RecordName,
    table: FromClause,
    actor: FromClause,
    keep: RecordFilter,
    lezer: Lezer,
    today: date,
) -> list[Condition]:
    """
    Say a filter in SQL.

    Parameters
    ----------
    record
        Which kind `table` holds.
    table
        `actor` or `aanbod`, or an alias.
    actor
        The actor itself, or the actor of the offer; the same as `table` for actors.
    keep
        The filter.
    lezer, today
        Who reads, and the day that freshness is held against.
    """
    conditions: list[Condition] = []
    if keep.q:
        words = search_name(keep.q).split()
        conditions += [table.c.zoeknaam.contains(word, autoescape=True) for word in words]
    if keep.soorten:
        conditions.append(actor.c.soort.in_([soort.value for soort in keep.soorten]))
    if keep.lijnen:
        conditions.append(table.c.lijn.in_(keep.lijnen))
    if keep.statussen:
        conditions.append(status_in(effective_status(table, actor, today), keep.statussen))
    if keep.actor_id:
        conditions.append(actor.c.id == keep.actor_id)
    if keep.versheid:
        documented: Condition = table.c.gedocumenteerd
        if not sees_persons_whole(lezer):
            documented = sa.and_(documented, sa.not_(is_person(actor)))
        conditions.append(freshness_in(table.c.gecontroleerd_op, documented, keep.versheid, today))
    conditions += index_conditions(record, table.c.id, keep)
    if (keep.q or keep.themas or keep.doelgroepen) and not sees_persons_whole(lezer):
        conditions.append(sa.not_(is_person(actor)))
    return conditions


def index_conditions(
    record: RecordName, record_id: ColumnElement[str], keep: RecordFilter
) -> list[Condition]:
    """Say the part of a filter that the search index answers: themes, groups and area."""
    conditions: list[Condition] = []
    if keep.themas:
        conditions.append(_marked(record, record_id, "thema", keep.themas))
    if keep.doelgroepen:
        conditions.append(_marked(record, record_id, "doelgroep", keep.doelgroepen))
    if keep.gebied:
        conditions.append(_in_area(record, record_id, keep.gebied))
    return conditions


def effective_status(table: FromClause, actor: FromClause, today: date) -> ColumnElement[str]:
    """Say `domain/status.py` in SQL: stricter of the two, and stopped after the last day."""
    stopped, paused = Status.GESTOPT.value, Status.GEPAUZEERD.value
    over = [table.c.loopt_tot < today] if "loopt_tot" in table.c else []
    return sa.case(
        (sa.or_(table.c.status == stopped, actor.c.status == stopped, *over), stopped),
        (sa.or_(table.c.status == paused, actor.c.status == paused), paused),
        else_=Status.ACTIEF.value,
    )


def status_in(status: ColumnElement[str], statussen: tuple[Status, ...]) -> Condition:
    """Keep records whose effective status is one of these."""
    return status.in_([allowed.value for allowed in statussen])


def freshness_in(
    checked: ColumnElement[date],
    documented: ColumnElement[bool],
    versheid: tuple[Versheid, ...],
    today: date,
) -> Condition:
    """Keep records of a freshness; the rule is `domain/freshness.py`."""
    fresh, ageing = boundaries(today)
    by_stand: dict[Versheid, Condition] = {
        Versheid.VERS: checked >= fresh,
        Versheid.VEROUDERT: sa.and_(checked >= ageing, checked < fresh),
        Versheid.OUD: checked < ageing,
        Versheid.NOOIT: sa.and_(checked.is_(None), sa.not_(documented)),
        Versheid.BRON: sa.and_(checked.is_(None), documented),
    }
    return sa.or_(*(by_stand[stand] for stand in versheid))


def related_areas(code: str) -> sa.Select[tuple[str]]:
    """Select the areas that share a buurt with an area: smaller, larger and overlapping ones."""
    own, other = schema.gebied_buurt.alias(), schema.gebied_buurt.alias()
    return (
        sa.select(other.c.gebied)
        .join(own, own.c.buurt == other.c.buurt)
        .where(own.c.gebied == code)
    )


def _marked(
    record: RecordName, record_id: ColumnElement[str], veld: str, codes: tuple[str, ...]
) -> Condition:
    mark = schema.kenmerk
    return record_id.in_(
        sa.select(mark.c.record_id).where(
            mark.c.veld == veld, mark.c.code.in_(codes), mark.c.record == record
        )
    )


def _in_area(record: RecordName, record_id: ColumnElement[str], code: str) -> Condition:
    mark = schema.kenmerk
    held = sa.and_(mark.c.veld == "ligging", mark.c.code == code)
    works = sa.and_(
        mark.c.veld == "werkgebied",
        sa.or_(mark.c.code == code, mark.c.code.in_(related_areas(code))),
    )
    return record_id.in_(
        sa.select(mark.c.record_id).where(mark.c.record == record, sa.or_(held, works))
    )
