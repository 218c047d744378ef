"""Keep the words that a municipality adds to the vocabulary, each version in the history."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.store import schema
from socialmap.store.data_version import raise_data_version
from socialmap.store.schema_admin import eigen_woord as _table
from socialmap.store.upsert import upsert

#: Name of the kind in the history.
RECORD = "woord"
_VERSION = "woorden_versie"


class Soort(StrEnum):
    """What a word of a municipality is for."""

    DOELGROEP = "doelgroep"
    THEMA = "thema"
    GROEP = "groep"
    SYNONIEM = "synoniem"


@dataclass(frozen=True, slots=True, kw_only=True)
class EigenWoord:
    """
    A word that a municipality added.

    Attributes
    ----------
    soort
        A target group of its own, a word for a theme or group that is there, or a word that means
        the same as another.
    woord
        As people say it; of a group its label.
    code
        Of a group its own code; else the theme, the group or the other word.
    actief
        False when it was stopped: it is kept, and finds nothing any more.
    """

    id: str
    soort: Soort
    woord: str
    code: str
    actief: bool = True
    versie: int = 0


def read_words(conn: Connection, *, only_active: bool = False) -> list[EigenWoord]:
    """Read all words, or those that were not stopped, by kind, word and id."""
    query = sa.select(_table).order_by(_table.c.soort, _table.c.woord, _table.c.id)
    if only_active:
        query = query.where(_table.c.actief)
    return [_read(row) for row in conn.execute(query).mappings()]


def get_word(conn: Connection, word_id: str) -> EigenWoord:
    """Read one word. Raises NotFoundError when it is not there."""
    row = conn.execute(sa.select(_table).where(_table.c.id == word_id)).mappings().first()
    if row is None:
        raise NotFoundError("Woord", word_id)
    return _read(row)


def save_word(conn: Connection, word: EigenWoord, wie: str, now: datetime) -> None:
    """Keep a word that is new or that was stopped or taken up again; needs a writing connection."""
    row = conn.execute(sa.select(_table).where(_table.c.id == word.id)).mappings().first()
    before = None if row is None else _read(row)
    kept = asdict(word) | {
        "soort": word.soort.value,
        "versie": 1 if before is None else before.versie + 1,
    }
    upsert(conn, _table, [kept])
    conn.execute(
        sa.insert(schema.geschiedenis).values(
            record=RECORD,
            record_id=word.id,
            versie=kept["versie"],
            wanneer=now.astimezone(UTC),
            wie=wie,
            voor=None if before is None else _cells(before),
            na=_cells(word),
        )
    )
    upsert(conn, schema.meta, [{"sleutel": _VERSION, "waarde": str(words_version(conn) + 1)}])
    raise_data_version(conn)


def words_version(conn: Connection) -> int:
    """Give a number that goes up with every change of these words; 0 before the first."""
    found = conn.scalar(sa.select(schema.meta.c.waarde).where(schema.meta.c.sleutel == _VERSION))
    return int(found or 0)


def uses_of_group(conn: Connection, code: str) -> int:
    """Count the records that name a target group: actors, offers, and what was looked at."""
    marks = sa.and_(schema.kenmerk.c.veld == "doelgroep", schema.kenmerk.c.code == code)
    count = _count(conn, schema.kenmerk, marks)
    for table in (schema.inventarisatie, schema.signaal):
        count += _count(conn, table, table.c.doelgroep == code)
    return count


def _count(conn: Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    return int(conn.scalar(sa.select(sa.func.count()).select_from(table).where(where)) or 0)


def _cells(word: EigenWoord) -> dict[str, str]:
    stand = "actief" if word.actief else "gestopt"
    return {"soort": word.soort.value, "woord": word.woord, "code": word.code, "status": stand}


def _read(row: sa.RowMapping) -> EigenWoord:
    own = {name: row[name] for name in EigenWoord.__slots__}
    return EigenWoord(**own | {"soort": Soort(own["soort"])})
