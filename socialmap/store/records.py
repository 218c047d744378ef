"""Read actors, offers and ties: one, a page of them, or all, cut to what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.expression import FromClause

from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Aanbod, Actor, Inventarisatie, Relatie
from socialmap.domain.privacy import OPENBAAR, Lezer, cut
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.filters import RecordFilter, record_conditions
from socialmap.store.rows import Row, read_aanbod, read_actor, read_relatie
from socialmap.store.visible import Condition, actor_visible, is_home, relatie_visible

Record = TypeVar("Record", Actor, Aanbod, Relatie, Inventarisatie)
_PERSON = Soort.SLEUTELFIGUUR.value
_CHUNK = 500

_actor, _aanbod, _relatie = schema.actor, schema.aanbod, schema.relatie
_owner = schema.actor.alias("eigenaar")
_van, _naar = schema.actor.alias("van"), schema.actor.alias("naar")
_consent = schema.toestemming


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """Part of an answer in order of id: `volgende` is the id to go on after, None at the end."""

    resultaten: tuple[Record, ...]
    volgende: str | None
    totaal: int


def get_actor(conn: Connection, actor_id: str, lezer: Lezer, today: date) -> Actor:
    """Read one actor. Raises NotFoundError when it is not there for this reader."""
    return _one("Actor", actor_id, _actors(conn, [_actor.c.id == actor_id], lezer, today))


def get_aanbod(conn: Connection, aanbod_id: str, lezer: Lezer, today: date) -> Aanbod:
    """Read one offer. Raises NotFoundError when it is not there for this reader."""
    return _one("Aanbod", aanbod_id, _offers(conn, [_aanbod.c.id == aanbod_id], lezer, today))


def get_relatie(conn: Connection, relatie_id: str, lezer: Lezer, today: date) -> Relatie:
    """Read one tie. Raises NotFoundError when it is not there for this reader."""
    return _one("Relatie", relatie_id, _ties(conn, [_relatie.c.id == relatie_id], lezer, today))


def list_actors(
    conn: Connection, keep: RecordFilter, lezer: Lezer, today: date, *, na: str, limit: int
) -> Page[Actor]:
    """
    Read a page of actors in order of id.

    Parameters
    ----------
    na
        Id to go on after; empty for the first page.
    limit
        Most records on the page, at least 1.
    """
    where = record_conditions("actor", _actor, _actor, keep, lezer, today)
    count = sa.select(sa.func.count()).select_from(_actor)
    total = conn.scalar(count.where(actor_visible(_actor, lezer, today), *where)) or 0
    found = _actors(conn, [*where, _actor.c.id > na], lezer, today, limit + 1)
    return _page(found, limit, total)


def list_aanbod(
    conn: Connection, keep: RecordFilter, lezer: Lezer, today: date, *, na: str, limit: int
) -> Page[Aanbod]:
    """Read a page of offers in order of id; see `list_actors`."""
    where = record_conditions("aanbod", _aanbod, _owner, keep, lezer, today)
    source = _aanbod.join(_owner, _owner.c.id == _aanbod.c.actor_id)
    count = sa.select(sa.func.count()).select_from(source)
    total = conn.scalar(count.where(actor_visible(_owner, lezer, today), *where)) or 0
    found = _offers(conn, [*where, _aanbod.c.id > na], lezer, today, limit + 1)
    return _page(found, limit, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatieFilter:
    """Which ties to keep; `actor_ids` keeps ties with one of these at either end."""

    actor_ids: tuple[str, ...] = ()
    soorten: tuple[Relatiesoort, ...] = ()
    feitelijk: Feitelijk | None = None
    ends: RecordFilter = field(default_factory=RecordFilter)


def list_relaties(
    conn: Connection, keep: RelatieFilter, lezer: Lezer, today: date, *, na: str, limit: int
) -> Page[Relatie]:
    """Read a page of ties in order of id; a tie is kept when one of its ends passes `ends`."""
    where = _tie_conditions(keep, lezer, today)
    total = _count_ties(conn, where, lezer, today)
    found = _ties(conn, [*where, _relatie.c.id > na], lezer, today, limit + 1)
    return _page(found, limit, total)


def strongest_relaties(
    conn: Connection, actor_id: str, lezer: Lezer, today: date, *, limit: int
) -> Page[Relatie]:
    """
    Read the strongest ties of one actor, over the index of its ends.

    Parameters
    ----------
    actor_id
        At either end.
    limit
        Most ties, at least 1.

    Returns
    -------
    page
        Strongest first, then in order of id; `totaal` counts all that this reader may see.
    """
    where = _tie_conditions(RelatieFilter(actor_ids=(actor_id,)), lezer, today)
    found = _ties(conn, where, lezer, today, limit + 1, strongest=True)
    total = len(found) if len(found) <= limit else _count_ties(conn, where, lezer, today)
    return _page(found, limit, total)


def actors_by_id(
    conn: Connection, ids: Iterable[str], lezer: Lezer, today: date
) -> dict[str, Actor]:
    """Read the actors with these ids that the reader may see, by id."""
    found: dict[str, Actor] = {}
    for chunk in batched(sorted(set(ids)), _CHUNK):
        found |= {a.id: a for a in _actors(conn, [_actor.c.id.in_(chunk)], lezer, today)}
    return found


def aanbod_by_id(
    conn: Connection, ids: Iterable[str], lezer: Lezer, today: date
) -> dict[str, Aanbod]:
    """Read the offers with these ids that the reader may see, by id."""
    found: dict[str, Aanbod] = {}
    for chunk in batched(sorted(set(ids)), _CHUNK):
        found |= {o.id: o for o in _offers(conn, [_aanbod.c.id.in_(chunk)], lezer, today)}
    return found


def all_actors(conn: Connection, lezer: Lezer, today: date) -> list[Actor]:
    """Read every actor that the reader may see, in order of id."""
    return _actors(conn, [], lezer, today)


def all_aanbod(conn: Connection, lezer: Lezer, today: date) -> list[Aanbod]:
    """Read every offer that the reader may see, in order of id."""
    return _offers(conn, [], lezer, today)


def all_relaties(conn: Connection, lezer: Lezer, today: date) -> list[Relatie]:
    """Read every tie that the reader may see, in order of id."""
    return _ties(conn, [], lezer, today)


def has_source(conn: Connection, begin: str) -> bool:
    """Tell whether the source of any actor or offer begins with a word, whoever may see it."""
    tables = (schema.actor, schema.aanbod)
    return any(
        conn.scalar(sa.select(sa.exists().where(table.c.bron.startswith(f"{begin} "))))
        for table in tables
    )


def known_ids(
    conn: Connection,
    table: Literal["actor", "aanbod", "relatie", "gebied"],
    ids: Iterable[str],
) -> set[str]:
    """Tell which ids are in use, whoever may see them: for checking references on import."""
    source = schema.metadata.tables[table]
    key = source.c.code if table == "gebied" else source.c.id
    found: set[str] = set()
    for chunk in batched(sorted(set(ids)), _CHUNK):
        found |= set(conn.scalars(sa.select(key).where(key.in_(chunk))))
    return found


def _actors(
    conn: Connection,
    where: Sequence[Condition],
    lezer: Lezer,
    today: date,
    limit: int | None = None,
) -> list[Actor]:
    current = sa.and_(_consent.c.actor_id == _actor.c.id, _consent.c.vervallen_op.is_(None))
    query = (
        sa.select(_actor, *_consent_columns(), _home(_actor, lezer))
        .select_from(_actor.outerjoin(_consent, current))
        .where(actor_visible(_actor, lezer, today), *where)
        .order_by(_actor.c.id)
        .limit(limit)
    )
    rows = conn.execute(query).mappings()
    actors = [(read_actor(row), _to(lezer, row)) for row in rows]
    return [cut(a, seen_by, person=a.soort is Soort.SLEUTELFIGUUR) for a, seen_by in actors]


def _offers(
    conn: Connection,
    where: Sequence[Condition],
    lezer: Lezer,
    today: date,
    limit: int | None = None,
) -> list[Aanbod]:
    query = (
        sa.select(_aanbod, (_owner.c.soort == _PERSON).label("persoon"), _home(_owner, lezer))
        .select_from(_aanbod.join(_owner, _owner.c.id == _aanbod.c.actor_id))
        .where(actor_visible(_owner, lezer, today), *where)
        .order_by(_aanbod.c.id)
        .limit(limit)
    )
    rows = conn.execute(query).mappings()
    return [cut(read_aanbod(row), _to(lezer, row), person=bool(row["persoon"])) for row in rows]


def _ties(
    conn: Connection,
    where: Sequence[Condition],
    lezer: Lezer,
    today: date,
    limit: int | None = None,
    *,
    strongest: bool = False,
) -> list[Relatie]:
    order = (_relatie.c.sterkte.desc(), _relatie.c.id) if strongest else (_relatie.c.id,)
    person = sa.or_(_van.c.soort == _PERSON, _naar.c.soort == _PERSON).label("persoon")
    query = (
        sa.select(_relatie, person, _home(_van, lezer), _home(_naar, lezer, "naar_thuis"))
        .select_from(_tie_source())
        .where(relatie_visible(_relatie, _van, _naar, lezer, today), *where)
        .order_by(*order)
        .limit(limit)
    )
    rows = conn.execute(query).mappings()
    return [cut(read_relatie(row), _to(lezer, row), person=bool(row["persoon"])) for row in rows]


def _count_ties(conn: Connection, where: Sequence[Condition], lezer: Lezer, today: date) -> int:
    count = sa.select(sa.func.count()).select_from(_tie_source())
    visible = relatie_visible(_relatie, _van, _naar, lezer, today)
    return conn.scalar(count.where(visible, *where)) or 0


def _tie_source() -> FromClause:
    return _relatie.join(_van, _van.c.id == _relatie.c.van_id).join(
        _naar, _naar.c.id == _relatie.c.naar_id
    )


def _tie_conditions(keep: RelatieFilter, lezer: Lezer, today: date) -> list[Condition]:
    where: list[Condition] = []
    if keep.actor_ids:
        ids = keep.actor_ids
        where.append(sa.or_(_relatie.c.van_id.in_(ids), _relatie.c.naar_id.in_(ids)))
    if keep.soorten:
        where.append(_relatie.c.soort.in_([soort.value for soort in keep.soorten]))
    if keep.feitelijk:
        where.append(_relatie.c.feitelijk == keep.feitelijk.value)
    if keep.ends != RecordFilter():
        either = [
            sa.and_(*record_conditions("actor", end, end, keep.ends, lezer, today))
            for end in (_van, _naar)
        ]
        where.append(sa.or_(*either))
    return where


def _home(actor: FromClause, lezer: Lezer, name: str = "thuis") -> sa.Label[Any]:
    return is_home("actor", actor.c.id, lezer).label(name)


def _to(lezer: Lezer, row: Row) -> Lezer:
    """Give who a reader is to the record of a row: a stranger sees what everybody sees."""
    return Lezer(lezer.niveau) if row["thuis"] or row.get("naar_thuis") else OPENBAAR


def _consent_columns() -> list[sa.Label[Any]]:
    return [_consent.c[name].label(f"t_{name}") for name in ("op", "tot", "doel", "niveau", "door")]


def _one(what: str, key: str, found: list[Record]) -> Record:
    if not found:
        raise NotFoundError(what, key)
    return found[0]


def _page(found: list[Record], limit: int, total: int) -> Page[Record]:
    more = len(found) > limit
    kept = tuple(found[:limit])
    return Page(kept, kept[-1].id if more else None, total)
