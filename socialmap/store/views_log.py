"""The log: who changed or saw what, and when, without contents (eisen.md, 22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.clock import ZONE
from socialmap.domain.privacy import Lezer
from socialmap.store import accounts
from socialmap.store.schema import geschiedenis as _history
from socialmap.store.schema_accounts import logboek as _log
from socialmap.store.visible import is_home

#: What a line says of reading; everything else is about a change.
BEKEKEN, GESCHIEDENIS_BEKEKEN, OPGEHAALD = "bekeken", "geschiedenis bekeken", "opgehaald"
VIEWS = (BEKEKEN, GESCHIEDENIS_BEKEKEN, OPGEHAALD)
#: What a line says that comes from the history of records.
NIEUW, VERANDERD, GESTOPT = "nieuw", "veranderd", "gestopt"
_HISTORY, _LOG = 0, 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the log ended: the next one begins after it."""

    wanneer: datetime
    boek: int
    nummer: int

    def write(self) -> str:
        """Give it as one word for an address."""
        return f"{self.wanneer.astimezone(UTC):%Y%m%dT%H%M%S%f}-{self.boek}-{self.nummer}"

    @classmethod
    def read(cls, text: str) -> Place:
        """Read what `write` gave. Raises ValueError."""
        moment, boek, nummer = text.split("-")
        when = datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        return cls(when, int(boek), int(nummer))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """
    One line.

    Attributes
    ----------
    wanneer
        With zone.
    wie
        Id of an account, or what the program calls itself.
    wat
        What was done, in a word or two.
    record, record_id
        To which record; empty when to none, or when the record was erased.
    plek
        Where the line stands.
    """

    wanneer: datetime
    wie: str
    wat: str
    record: str
    record_id: str
    plek: Place


#: Kinds of records that are of municipalities.
_HELD = ("actor", "aanbod")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """
    Which lines to read; what is empty is not asked. `van` and `tot` are both included.

    With `gemeenten` only lines of these accounts, and of records of these municipalities.
    """

    wie: str = ""
    wat: str = ""
    record: str = ""
    record_id: str = ""
    van: date | None = None
    tot: date | None = None
    gemeenten: frozenset[str] | None = None
    accounts: frozenset[str] = frozenset()


def log_view(
    conn: Connection, now: datetime, account_id: str, wat: str, record: str, key: str
) -> bool:
    """
    Note that somebody saw a record, once a day at most.

    Returns
    -------
    bool
        False when that stands there already for this day.
    """
    day = now.astimezone(ZONE).date()
    there = sa.exists().where(
        _log.c.account_id == account_id,
        _log.c.record_id == key,
        _log.c.wanneer >= _start_of(day),
        _log.c.record == record,
        _log.c.wat == wat,
    )
    if conn.scalar(sa.select(there)):
        return False
    accounts.log(conn, now, account_id, wat, record, key)
    return True


def read_log(
    conn: Connection, asked: LogFilter, *, na: Place | None = None, limit: int
) -> list[LogLine]:
    """Read lines, the newest first; those after `na` when it is given."""
    parts = [
        _page(query, asked, na, boek, limit)
        for query, boek in ((_of_history(), _HISTORY), (_of_log(), _LOG))
    ]
    both = sa.union_all(*(sa.select(part) for part in parts)).subquery()
    query = sa.select(both).order_by(
        both.c.wanneer.desc(), both.c.boek.desc(), both.c.nummer.desc()
    )
    return [_line(row) for row in conn.execute(query.limit(limit))]


def log_words(conn: Connection) -> list[str]:
    """List what lines say was done, in order of the alphabet."""
    found = set(conn.scalars(sa.select(_log.c.wat).distinct()))
    return sorted(found | {NIEUW, VERANDERD, GESTOPT})


def log_records(conn: Connection) -> list[str]:
    """List the kinds of records that lines are about, in order of the alphabet."""
    found = set(conn.scalars(sa.select(_history.c.record).distinct()))
    found |= set(conn.scalars(sa.select(_log.c.record).distinct().where(_log.c.record != "")))
    return sorted(found)


def _of_history() -> sa.Subquery:
    kind = sa.case(
        (_history.c.voor.is_(sa.null()), NIEUW),
        (_history.c.na.is_(sa.null()), GESTOPT),
        else_=VERANDERD,
    )
    return sa.select(
        _history.c.wanneer,
        _history.c.wie,
        kind.label("wat"),
        _history.c.record,
        _history.c.record_id,
        sa.literal(_HISTORY).label("boek"),
        _history.c.id.label("nummer"),
    ).subquery()


def _of_log() -> sa.Subquery:
    return sa.select(
        _log.c.wanneer,
        _log.c.account_id.label("wie"),
        _log.c.wat,
        _log.c.record,
        _log.c.record_id,
        sa.literal(_LOG).label("boek"),
        _log.c.id.label("nummer"),
    ).subquery()


def _page(
    rows: sa.Subquery, asked: LogFilter, na: Place | None, boek: int, limit: int
) -> sa.Subquery:
    query = sa.select(rows).where(*_asked(rows, asked))
    if na is not None:
        query = query.where(_after(rows, na, boek))
    ordered = query.order_by(rows.c.wanneer.desc(), rows.c.nummer.desc())
    return ordered.limit(limit).subquery()


def _asked(rows: sa.Subquery, asked: LogFilter) -> list[sa.ColumnElement[bool]]:
    found = [
        rows.c[name] == getattr(asked, name)
        for name in ("wie", "wat", "record", "record_id")
        if getattr(asked, name)
    ]
    if asked.gemeenten is not None:
        home = [is_home(name, rows.c.record_id, Lezer(gemeenten=asked.gemeenten)) for name in _HELD]
        named = [sa.and_(rows.c.record == name, one) for name, one in zip(_HELD, home, strict=True)]
        found.append(sa.or_(rows.c.wie.in_(sorted(asked.accounts)), *named))
    if asked.van is not None:
        found.append(rows.c.wanneer >= _start_of(asked.van))
    if asked.tot is not None:
        found.append(rows.c.wanneer < _start_of(asked.tot + timedelta(days=1)))
    return found


def _after(rows: sa.Subquery, na: Place, boek: int) -> sa.ColumnElement[bool]:
    moment = na.wanneer.astimezone(UTC)
    if boek > na.boek:
        return rows.c.wanneer < moment
    if boek < na.boek:
        return rows.c.wanneer <= moment
    same = sa.and_(rows.c.wanneer == moment, rows.c.nummer < na.nummer)
    return sa.or_(rows.c.wanneer < moment, same)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)


def _line(row: Any) -> LogLine:
    moment: datetime = row.wanneer if row.wanneer.tzinfo else row.wanneer.replace(tzinfo=UTC)
    return LogLine(
        wanneer=moment,
        wie=row.wie,
        wat=row.wat,
        record=row.record,
        record_id=row.record_id,
        plek=Place(moment, row.boek, row.nummer),
    )
