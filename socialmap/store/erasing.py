"""Delete every row that is of a person or names one, and keep the list of what was erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Soort
from socialmap.domain.mail import plain_address
from socialmap.store import schema, schema_accounts, schema_imports, schema_mails
from socialmap.store.chunks import batched
from socialmap.store.engine import after_commit
from socialmap.store.erasures_file import write_erasures_file
from socialmap.store.merging import earlier_ids
from socialmap.store.schema_consent import toestemmingcode
from socialmap.store.schema_consent import wissing as _list
from socialmap.store.schema_merging import samenvoeging
from socialmap.store.wissing import Wissing

__all__ = ["Wissing"]

GEWIST, INGETROKKEN = "gewist", "ingetrokken"
_CHUNK = 500
_ENDS = ("actor_id", "van_id", "naar_id")
#: Where ids stand in lists of records of others.
_NAMED_IN = (
    (schema.inventarisatie, ("aanbod_ids",)),
    (schema.wijkopdracht, ("actor_ids",)),
    (schema.geschiedenis, ("voor", "na")),
    (schema.dekking_stand, ("aanbod", "oud")),
)


def erase_rows(conn: Connection, actor_id: str) -> int:
    """
    Delete an actor with its offers, ties, consent, indexes, history and proposals.

    Lists in records of others lose its ids, and log lines keep only what was done.

    Returns
    -------
    int
        Rows that were deleted or emptied.
    """
    offer, tie = schema.aanbod, schema.relatie
    offers = list(conn.scalars(sa.select(offer.c.id).where(offer.c.actor_id == actor_id)))
    count = _erase_merged(conn, actor_id, offers) + _drop_uploads(conn)
    touching = sa.or_(tie.c.van_id == actor_id, tie.c.naar_id == actor_id)
    ties = list(conn.scalars(sa.select(tie.c.id).where(touching)))
    ids = [actor_id, *offers, *ties]
    count += _empty_logs(conn, ids) + _delete_history(conn, actor_id, ids)
    count += _delete_mails(conn, actor_id)
    for table, column, keys in (
        (schema.zoekvector, "aanbod_id", offers),
        (schema.zoekrij, "aanbod_id", offers),
        (schema.ervaring, "aanbod_id", offers),
        (schema.kenmerk, "record_id", ids),
        (schema.punt, "record_id", ids),
        (schema_accounts.voorstel, "sleutel", ids),
        (schema_mails.bericht, "sleutel", ids),
        (schema_imports.invoer_record, "record_id", ids),
        (schema.relatie, "id", ties),
        (schema.aanbod, "id", offers),
        (schema.toestemming, "actor_id", [actor_id]),
        (toestemmingcode, "actor_id", [actor_id]),
        (schema.actor, "id", [actor_id]),
    ):
        count += _delete(conn, table, column, keys)
    count += _delete_proposals(conn, actor_id)
    for table, columns in _NAMED_IN:
        count += sum(_take_out(conn, table, column, ids) for column in columns)
    return count


def _erase_merged(conn: Connection, actor_id: str, offers: Sequence[str]) -> int:
    """Delete what is left of records that went into these, before the ids are forgotten."""
    into = {key: earlier_ids(conn, key) for key in (actor_id, *offers)}
    before = [old for listed in into.values() for old in listed]
    count = _empty_logs(conn, before)
    for old in into[actor_id]:
        count += _delete_history(conn, old, [old]) + _delete_proposals(conn, old)
    count += _delete(conn, schema.geschiedenis, "record_id", before)
    count += _delete(conn, schema_imports.invoer_record, "record_id", before)
    count += _delete(conn, samenvoeging, "oud_id", before)
    for table, columns in _NAMED_IN:
        count += sum(_take_out(conn, table, column, before) for column in columns)
    return count


def person_ids(conn: Connection) -> list[str]:
    """List the ids of all sleutelfiguren, whoever may see them."""
    table = schema.actor
    person = table.c.soort == Soort.SLEUTELFIGUUR.value
    return list(conn.scalars(sa.select(table.c.id).where(person).order_by(table.c.id)))


def list_erasures(conn: Connection) -> list[Wissing]:
    """Read the list, the oldest first."""
    rows = conn.execute(sa.select(_list).order_by(_list.c.dag, _list.c.nummer)).mappings()
    return [Wissing(**row) for row in rows]


def add_erasure(conn: Connection, one: Wissing) -> None:
    """Put a proof on the list, and on the one beside the database."""
    conn.execute(sa.insert(_list).values(**asdict(one)))
    keep_beside(conn)


def mark_clean(conn: Connection, numbers: Sequence[str]) -> None:
    """Say of these proofs that the file was written anew since."""
    conn.execute(sa.update(_list).where(_list.c.nummer.in_(numbers)).values(schoon=True))


def mark_unclean(conn: Connection, number: str) -> None:
    """Say of a proof that it was applied again, so that the file must be written anew."""
    conn.execute(sa.update(_list).where(_list.c.nummer == number).values(schoon=False))


def forget_withdrawals(conn: Connection, afdruk: str) -> None:
    """Take withdrawals of a person off the list, because consent was given anew."""
    conn.execute(sa.delete(_list).where(_list.c.afdruk == afdruk, _list.c.soort == INGETROKKEN))
    keep_beside(conn)


def keep_beside(conn: Connection) -> None:
    """Write the list beside the database once this transaction is kept."""
    listed, url = list_erasures(conn), conn.engine.url.render_as_string(hide_password=False)
    after_commit(conn, lambda: write_erasures_file(url, listed))


def _delete(conn: Connection, table: sa.Table, column: str, keys: Sequence[str]) -> int:
    return sum(
        conn.execute(sa.delete(table).where(table.c[column].in_(chunk))).rowcount
        for chunk in batched(keys, _CHUNK)
    )


def _empty_logs(conn: Connection, ids: Sequence[str]) -> int:
    log, account = schema_accounts.logboek, schema_accounts.account
    count = 0
    for chunk in batched(ids, _CHUNK):
        mine = log.c.record_id.in_(chunk)
        count += conn.execute(sa.update(log).where(mine).values(record="", record_id="")).rowcount
        own = account.c.actor_id.in_(chunk)
        count += conn.execute(sa.update(account).where(own).values(actor_id="")).rowcount
    return count


def _drop_uploads(conn: Connection) -> int:
    """Delete every file that waits to be placed: any of them may name the person."""
    count = conn.execute(sa.delete(schema_imports.invoer_bestand)).rowcount
    return count + conn.execute(sa.delete(schema_imports.invoer_wacht)).rowcount


def _delete_mails(conn: Connection, actor_id: str) -> int:
    """Delete the mails about an actor, and what was mailed to its address."""
    table, actor = schema_mails.mail, schema.actor
    address = conn.scalar(sa.select(actor.c.email).where(actor.c.id == actor_id)) or ""
    mine = table.c.actor_id == actor_id
    if address:
        mine = sa.or_(mine, table.c.aan == plain_address(address))
    return conn.execute(sa.delete(table).where(mine)).rowcount


def _delete_history(conn: Connection, actor_id: str, ids: Sequence[str]) -> int:
    """Delete versions of its records, and versions of other records from when they were its."""
    table = schema.geschiedenis
    count = _delete(conn, table, "record_id", ids)
    once_its = [
        row.id
        for row in conn.execute(_naming(table, ("voor", "na"), [actor_id]))
        if any(actor_id in _ends(cells) for cells in (row.voor, row.na))
    ]
    for chunk in batched(once_its, _CHUNK):
        count += conn.execute(sa.delete(table).where(table.c.id.in_(chunk))).rowcount
    return count


def _delete_proposals(conn: Connection, actor_id: str) -> int:
    table = schema_accounts.voorstel
    rows = conn.execute(_naming(table, ("cellen",), [actor_id]))
    return _delete(conn, table, "id", [row.id for row in rows if actor_id in _ends(row.cellen)])


def _ends(cells: dict[str, str] | None) -> list[str]:
    return [(cells or {}).get(name, "") for name in _ENDS]


def _naming(table: sa.Table, columns: Iterable[str], ids: Sequence[str]) -> sa.Select[Any]:
    """Select the rows whose JSON may name one of these ids; the caller looks closer."""
    texts = [sa.cast(table.c[column], sa.Text) for column in columns]
    # A list is written as JSON: signs outside ASCII stand there as escapes.
    written = [json.dumps(key)[1:-1] for key in ids]
    said = [text.contains(key, autoescape=True) for text in texts for key in written]
    return sa.select(table).where(sa.or_(*said))


def _take_out(conn: Connection, table: sa.Table, column: str, ids: Sequence[str]) -> int:
    gone, count = set(ids), 0
    for chunk in batched(ids, _CHUNK):
        for row in conn.execute(_naming(table, (column,), chunk)).mappings().all():
            kept = _without(row[column], gone)
            if kept != row[column]:
                this = sa.and_(*(part == row[part.name] for part in table.primary_key))
                conn.execute(sa.update(table).where(this).values({column: kept}))
                count += 1
    return count


def _without(value: Any, gone: set[str]) -> Any:
    """Leave ids out of a list, of cells, or of a text with `|` between."""
    if isinstance(value, list):
        return [part for part in value if part not in gone]
    if isinstance(value, dict):
        return {name: _without(part, gone) for name, part in value.items()}
    if isinstance(value, str):
        return "|".join(part for part in value.split("|") if part not in gone)
    return value
