"""Keep uploads for a day at most, and what each placed import made and changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.errors import NotFoundError
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.schema_imports import (
    invoer,
    invoer_bestand,
    invoer_record,
    invoer_wacht,
)

#: How long an upload waits for a choice.
KEPT = timedelta(days=1)
_CHUNK = 500
#: Table of the exchange format -> what the history calls its records.
_NAMES = {
    "actoren": "actor",
    "aanbod": "aanbod",
    "relaties": "relatie",
    "inventarisaties": "inventarisatie",
    "signalen": "signaal",
}
Key = tuple[str, str]
Cells = Mapping[str, str]


class Stand(StrEnum):
    """What an upload waits for."""

    KIJKEN = "kijken"
    KLAAR = "klaar"
    PLAATSEN = "plaatsen"
    GESTOPT = "gestopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wacht:
    """
    An upload that waits.

    Attributes
    ----------
    bron
        Whose file it is, as the uploader says.
    kolommen
        By file: name of a column in it -> column of the format, or empty to leave it out.
    verslag
        What placing would do, as `web` shows it; empty as long as nobody looked.
    """

    id: str
    account_id: str
    gemaakt: datetime
    stand: Stand
    bron: str
    kolommen: Mapping[str, Mapping[str, str]]
    verslag: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoer:
    """
    A placed import.

    Attributes
    ----------
    geteld
        By table: how many records were new, changed, equal, and left alone.
    terug_op, terug_door
        When and by whom it was undone; None and empty while it stands.
    """

    id: str
    wanneer: datetime
    wie: str
    bron: str
    geteld: Mapping[str, Mapping[str, int]]
    terug_op: datetime | None
    terug_door: str


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """A record that an import held: its version before (0 when it was not there) and after."""

    tabel: str
    record_id: str
    versie_voor: int
    versie_na: int


def source_key(bron: str) -> str:
    """Fold the name of a source: capitals and spaces do not make another owner."""
    return " ".join(bron.split()).casefold()[:120]


def keep_upload(
    conn: Connection, account_id: str, bron: str, files: Iterable[tuple[str, bytes]], now: datetime
) -> str:
    """Keep files for an account, in place of what it had waiting; gives the id."""
    delete_ended(conn, now)
    conn.execute(sa.delete(invoer_wacht).where(invoer_wacht.c.account_id == account_id))
    key = secrets.token_hex(16)
    moment = now.astimezone(UTC)
    row = {"id": key, "account_id": account_id, "gemaakt": moment, "eind": moment + KEPT}
    asked = {"stand": Stand.KIJKEN.value, "bron": bron, "kolommen": {}, "verslag": {}}
    conn.execute(sa.insert(invoer_wacht).values(**row, **asked))
    for name, data in files:
        one = {"wacht_id": key, "naam": name[-120:], "inhoud": data}
        conn.execute(sa.insert(invoer_bestand).values(**one))
    return key


def get_upload(conn: Connection, key: str, account_id: str, now: datetime) -> Wacht:
    """
    Read an upload of an account.

    Raises
    ------
    NotFoundError
        When there is none, it is of somebody else, or its day is over.
    """
    mine = sa.and_(invoer_wacht.c.id == key, invoer_wacht.c.account_id == account_id)
    query = sa.select(invoer_wacht).where(mine, invoer_wacht.c.eind > now.astimezone(UTC))
    row = conn.execute(query).mappings().first()
    if row is None:
        raise NotFoundError("Invoer", key)
    return _read_upload(row)


def waiting_of(conn: Connection, account_id: str, now: datetime) -> Wacht | None:
    """Give what an account has waiting."""
    mine = invoer_wacht.c.account_id == account_id
    query = sa.select(invoer_wacht).where(mine, invoer_wacht.c.eind > now.astimezone(UTC))
    row = conn.execute(query.order_by(invoer_wacht.c.gemaakt.desc())).mappings().first()
    return None if row is None else _read_upload(row)


def read_files(conn: Connection, key: str) -> list[tuple[str, bytes]]:
    """Read the files of an upload, in the order in which they came."""
    mine = invoer_bestand.c.wacht_id == key
    query = sa.select(invoer_bestand).where(mine).order_by(invoer_bestand.c.id)
    return [(row.naam, bytes(row.inhoud)) for row in conn.execute(query)]


def set_upload(conn: Connection, key: str, stand: Stand, **values: Any) -> bool:
    """Change what is known of an upload (`kolommen`, `verslag`); False when it is gone."""
    mine = invoer_wacht.c.id == key
    done = conn.execute(sa.update(invoer_wacht).where(mine).values(stand=stand.value, **values))
    return bool(done.rowcount)


def start_placing(conn: Connection, key: str) -> bool:
    """Take an upload that is ready, to place it; False when somebody was first."""
    ready = sa.and_(invoer_wacht.c.id == key, invoer_wacht.c.stand == Stand.KLAAR.value)
    change = sa.update(invoer_wacht).where(ready).values(stand=Stand.PLAATSEN.value)
    return bool(conn.execute(change).rowcount)


def drop_upload(conn: Connection, key: str) -> None:
    """Delete an upload with its files."""
    conn.execute(sa.delete(invoer_wacht).where(invoer_wacht.c.id == key))


def delete_ended(conn: Connection, now: datetime) -> int:
    """Delete the uploads whose day is over."""
    ended = invoer_wacht.c.eind <= now.astimezone(UTC)
    return conn.execute(sa.delete(invoer_wacht).where(ended)).rowcount


def stop_uploads(conn: Connection) -> int:
    """Say of what a server was busy with when it ended that nothing came of it."""
    busy = invoer_wacht.c.stand.in_([Stand.KIJKEN.value, Stand.PLAATSEN.value])
    change = sa.update(invoer_wacht).where(busy).values(stand=Stand.GESTOPT.value)
    return conn.execute(change).rowcount


def add_import(
    conn: Connection,
    number: str = "",
    *,
    wie: str,
    bron: str,
    geteld: Mapping[str, Mapping[str, int]],
    traces: Sequence[Trace],
    now: datetime,
) -> str:
    """Note a placed import and the records that it held; gives its id, made when left out."""
    key = number or secrets.token_hex(16)
    row = {"id": key, "wanneer": now.astimezone(UTC), "wie": wie, "bron": bron}
    conn.execute(sa.insert(invoer).values(**row, sleutel=source_key(bron), geteld=dict(geteld)))
    rows = [
        {
            "invoer_id": key,
            "tabel": one.tabel,
            "record_id": one.record_id,
            "versie_voor": one.versie_voor,
            "versie_na": one.versie_na,
        }
        for one in traces
    ]
    if rows:
        conn.execute(sa.insert(invoer_record), rows)
    return key


def list_imports(conn: Connection, limit: int = 100) -> list[Invoer]:
    """List placed imports, the newest first."""
    query = sa.select(invoer).order_by(invoer.c.wanneer.desc(), invoer.c.id).limit(limit)
    return [_read_import(row) for row in conn.execute(query).mappings()]


def get_import(conn: Connection, key: str) -> Invoer:
    """Read one placed import. Raises NotFoundError when it is not there."""
    row = conn.execute(sa.select(invoer).where(invoer.c.id == key)).mappings().first()
    if row is None:
        raise NotFoundError("Import", key)
    return _read_import(row)


def traces_of(conn: Connection, key: str) -> list[Trace]:
    """List the records that an import held, in order of table and id."""
    query = sa.select(invoer_record).where(invoer_record.c.invoer_id == key)
    rows = conn.execute(query.order_by(invoer_record.c.tabel, invoer_record.c.record_id))
    return [Trace(row.tabel, row.record_id, row.versie_voor, row.versie_na) for row in rows]


def left_by(conn: Connection, bron: str) -> dict[Key, int]:
    """Give, by table and id, the version that the last standing import of a source left behind."""
    joined = sa.join(invoer_record, invoer, invoer.c.id == invoer_record.c.invoer_id)
    query = (
        sa.select(invoer_record.c.tabel, invoer_record.c.record_id, invoer_record.c.versie_na)
        .select_from(joined)
        .where(invoer.c.sleutel == source_key(bron), invoer.c.terug_op.is_(None))
        .order_by(invoer.c.wanneer, invoer.c.id)
    )
    return {(row.tabel, row.record_id): row.versie_na for row in conn.execute(query)}


def cells_at(conn: Connection, versions: Mapping[Key, int]) -> dict[Key, tuple[Cells, Cells]]:
    """
    Read what records were before and after a version of them.

    Parameters
    ----------
    versions
        Version by table and id.

    Returns
    -------
    dict
        Cells before and after; a version that the history does not hold is left out.
    """
    past, found = schema.geschiedenis, {}
    for tabel, name in _NAMES.items():
        asked = {key[1]: version for key, version in versions.items() if key[0] == tabel}
        for chunk in batched(sorted(asked), _CHUNK):
            mine = sa.and_(past.c.record == name, past.c.record_id.in_(chunk))
            for row in conn.execute(sa.select(past).where(mine).order_by(past.c.id)):
                if row.versie == asked[row.record_id]:
                    found[tabel, row.record_id] = (row.voor or {}, row.na or {})
    return found


def mark_undone(conn: Connection, key: str, wie: str, now: datetime) -> None:
    """Note that an import was undone."""
    values = {"terug_op": now.astimezone(UTC), "terug_door": wie}
    conn.execute(sa.update(invoer).where(invoer.c.id == key).values(**values))


def _read_upload(row: sa.RowMapping) -> Wacht:
    return Wacht(
        id=row["id"],
        account_id=row["account_id"],
        gemaakt=_aware(row["gemaakt"]),
        stand=Stand(row["stand"]),
        bron=row["bron"],
        kolommen=row["kolommen"],
        verslag=row["verslag"],
    )


def _read_import(row: sa.RowMapping) -> Invoer:
    back = row["terug_op"]
    return Invoer(
        id=row["id"],
        wanneer=_aware(row["wanneer"]),
        wie=row["wie"],
        bron=row["bron"],
        geteld=row["geteld"],
        terug_op=None if back is None else _aware(back),
        terug_door=row["terug_door"],
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
