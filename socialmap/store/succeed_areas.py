"""Let new areas take the place of old ones in everything that names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.store import schema
from socialmap.store.accounts import list_accounts, save_account
from socialmap.store.chunks import batched

Codes = Mapping[str, Sequence[str]]
_CHUNK = 500


def records_that_name(conn: Connection, codes: Sequence[str]) -> dict[str, list[str]]:
    """List ids of the records whose werkgebied names one of these areas, by kind of record."""
    found: dict[str, list[str]] = {}
    mark = schema.kenmerk
    for name in ("actor", "aanbod"):
        ids: set[str] = set()
        for chunk in batched(sorted(codes), _CHUNK):
            query = sa.select(mark.c.record_id).where(
                mark.c.veld == "werkgebied", mark.c.code.in_(chunk), mark.c.record == name
            )
            ids |= set(conn.scalars(query))
        found[name] = sorted(ids)
    return found


def replace_codes(codes: Sequence[str], successors: Codes) -> tuple[str, ...]:
    """Put the successors in the place of old codes, each once, in order."""
    listed = [new for code in codes for new in successors.get(code, (code,))]
    return tuple(dict.fromkeys(listed))


def move_accounts(conn: Connection, successors: Codes) -> int:
    """Give accounts the successors of their areas; returns how many changed."""
    changed = 0
    for account in list_accounts(conn):
        areas = replace_codes(account.gebieden, successors)
        if areas != account.gebieden:
            save_account(conn, replace(account, gebieden=areas))
            changed += 1
    return changed


def take_away(conn: Connection, codes: Sequence[str]) -> None:
    """Take away areas that nothing names any more. Their key figures stay, with their year."""
    inside, marks = schema.gebied_buurt, schema.kenmerk
    for chunk in batched(sorted(codes), _CHUNK):
        conn.execute(
            sa.delete(inside).where(sa.or_(inside.c.gebied.in_(chunk), inside.c.buurt.in_(chunk)))
        )
        conn.execute(sa.delete(marks).where(marks.c.veld == "ligging", marks.c.code.in_(chunk)))
        conn.execute(sa.delete(schema.gebied).where(schema.gebied.c.code.in_(chunk)))
