"""Two records become one in the tables: what points at one, points at the other; and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.write_cells import cell, values_of
from socialmap.store import schema
from socialmap.store.data_version import raise_data_version
from socialmap.store.schema_accounts import account, voorstel
from socialmap.store.schema_consent import toestemmingcode
from socialmap.store.schema_merging import samenvoeging as _table

Mergeable = Literal["actoren", "aanbod"]
Steps = dict[str, Any]
_NAMES: dict[type[Actor | Aanbod | Relatie], tuple[str, sa.Table]] = {
    Actor: ("actor", schema.actor),
    Aanbod: ("aanbod", schema.aanbod),
    Relatie: ("relatie", schema.relatie),
}
#: Lists of ids in records of others.
_LISTS: dict[str, tuple[tuple[sa.Table, str], ...]] = {
    "actoren": ((schema.wijkopdracht, "actor_ids"),),
    "aanbod": (
        (schema.inventarisatie, "aanbod_ids"),
        (schema.dekking_stand, "aanbod"),
        (schema.dekking_stand, "oud"),
    ),
}
#: What the history of the kept record says of a merge, beside its columns.
MERGED, LOST_TIE = "samengevoegd", "band_vervallen"
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One record that went into another; `terug` holds what undoing needs."""

    oud_id: str
    tabel: Mergeable
    nieuw_id: str
    wanneer: datetime
    wie: str
    kaart: str
    terug: Steps


def add_merge(conn: Connection, one: Merge) -> None:
    """Note that a record went into another."""
    values = {name: getattr(one, name) for name in Merge.__slots__}
    conn.execute(sa.insert(_table).values(**values | {"wanneer": one.wanneer.astimezone(UTC)}))


def get_merge(conn: Connection, oud_id: str) -> Merge | None:
    """Read where a record went; None when it did not go into another."""
    row = conn.execute(sa.select(_table).where(_table.c.oud_id == oud_id)).mappings().first()
    return None if row is None else _read(row)


def merges_into(conn: Connection, nieuw_id: str) -> list[Merge]:
    """List what went into a record, the newest first."""
    query = sa.select(_table).where(_table.c.nieuw_id == nieuw_id)
    rows = conn.execute(query.order_by(_table.c.wanneer.desc(), _table.c.oud_id)).mappings()
    return [_read(row) for row in rows]


def forget_merge(conn: Connection, oud_id: str) -> None:
    """Let an id lead nowhere else."""
    conn.execute(sa.delete(_table).where(_table.c.oud_id == oud_id))


def kept_ids(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Give for those among ids that went into another record the id of the one that is there."""
    asked = set(ids)
    rows = conn.execute(sa.select(_table.c.oud_id, _table.c.nieuw_id))
    leads = {row.oud_id: row.nieuw_id for row in rows}
    found = {}
    for key in asked & leads.keys():
        last = key
        for _ in range(_LONGEST_CHAIN):
            if last not in leads:
                break
            last = leads[last]
        found[key] = last
    return found


def earlier_ids(conn: Connection, key: str) -> list[str]:
    """List every id that leads to a record, however many merges ago."""
    found: list[str] = []
    waiting = [key]
    while waiting:
        into = waiting.pop()
        query = sa.select(_table.c.oud_id).where(_table.c.nieuw_id == into)
        more = [old for old in conn.scalars(query.order_by(_table.c.oud_id)) if old not in found]
        found += more
        waiting += more
    return found


def find_by_card(conn: Connection, afdruk: str) -> str | None:
    """Find whose card a code is of, when its record went into another."""
    found: str | None = conn.scalar(sa.select(_table.c.nieuw_id).where(_table.c.kaart == afdruk))
    return None if found is None else kept_ids(conn, [found]).get(found, found)


def forget_cards(conn: Connection, actor_id: str) -> None:
    """Let the cards of what went into an actor count no longer: it has a new one."""
    mine = _table.c.oud_id.in_(earlier_ids(conn, actor_id))
    conn.execute(sa.update(_table).where(mine).values(kaart=""))


def cells_of(record: Actor | Aanbod | Relatie) -> dict[str, str]:
    """Give the cells of a record that hold something."""
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}


def take_out(conn: Connection, record: Actor | Aanbod | Relatie, wie: str, now: datetime) -> None:
    """Delete a record that nothing points at any more; its history says that it ended here."""
    name, table = _NAMES[type(record)]
    _note(conn, name, record.id, record.versie + 1, cells_of(record), {}, wie, now)
    for index in (schema.kenmerk, schema.punt):
        mine = sa.and_(index.c.record == name, index.c.record_id == record.id)
        conn.execute(sa.delete(index).where(mine))
    if isinstance(record, Aanbod):
        for found in (schema.zoekrij, schema.zoekvector, schema.ervaring):
            conn.execute(sa.delete(found).where(found.c.aanbod_id == record.id))
    conn.execute(sa.delete(table).where(table.c.id == record.id))
    raise_data_version(conn)


def go_on_counting(conn: Connection, record: Actor | Aanbod | Relatie) -> None:
    """Give a record that came back the version after its last one."""
    name, table = _NAMES[type(record)]
    past = schema.geschiedenis
    mine = sa.and_(past.c.record == name, past.c.record_id == record.id)
    rows = list(conn.execute(sa.select(past.c.id, past.c.versie).where(mine).order_by(past.c.id)))
    if len(rows) < 2:
        return
    version = max(row.versie for row in rows[:-1]) + 1
    conn.execute(sa.update(past).where(past.c.id == rows[-1].id).values(versie=version))
    conn.execute(sa.update(table).where(table.c.id == record.id).values(versie=version))


def note_merge(
    conn: Connection, record: Actor | Aanbod, marks: Mapping[str, str], wie: str, now: datetime
) -> None:
    """Put a version in the history of a kept record that says what it took in or let go."""
    name, table = _NAMES[type(record)]
    version = conn.scalar(sa.select(table.c.versie).where(table.c.id == record.id)) or 0
    cells = cells_of(record)
    _note(conn, name, record.id, version + 1, cells, {**cells, **marks}, wie, now)
    conn.execute(sa.update(table).where(table.c.id == record.id).values(versie=version + 1))
    raise_data_version(conn)


def move_pointers(conn: Connection, tabel: Mergeable, old: str, new: str) -> Steps:
    """Let lists, waiting proposals and accounts point at another record; gives the way back."""
    lists = [
        step
        for table, column in _LISTS[tabel]
        for step in _replace_in_lists(conn, table, column, old, new)
    ]
    waiting = sa.and_(voorstel.c.tabel == tabel, voorstel.c.status == "open")
    mine = sa.and_(waiting, voorstel.c.sleutel == old)
    proposals = list(conn.scalars(sa.select(voorstel.c.id).where(mine)))
    conn.execute(sa.update(voorstel).where(mine).values(sleutel=new))
    steps: Steps = {"lijsten": lists, "voorstellen": proposals}
    if tabel == "actoren":
        steps["nieuw_aanbod"] = _move_new_offers(conn, old, new)
        for column in ("actor_id", "team"):
            its = account.c[column] == old
            steps[column] = list(conn.scalars(sa.select(account.c.id).where(its)))
            conn.execute(sa.update(account).where(its).values({column: new}))
    return steps


def move_pointers_back(
    conn: Connection, tabel: Mergeable, steps: Steps, old: str, new: str
) -> None:
    """Undo `move_pointers`; what was changed since stays as it is."""
    tables = {table.name: table for table, _ in _LISTS[tabel]}
    for step in steps["lijsten"]:
        table, column = tables[step["tabel"]], step["kolom"]
        this = sa.and_(*(table.c[name] == value for name, value in step["sleutel"].items()))
        if conn.scalar(sa.select(table.c[column]).where(this)) == step["na"]:
            conn.execute(sa.update(table).where(this).values({column: step["voor"]}))
    these = sa.and_(voorstel.c.id.in_(steps["voorstellen"]), voorstel.c.sleutel == new)
    conn.execute(sa.update(voorstel).where(these).values(sleutel=old))
    for key in steps.get("nieuw_aanbod", ()):
        _set_owner_of_proposal(conn, key, new, old)
    for column in ("actor_id", "team"):
        mine = sa.and_(account.c.id.in_(steps.get(column, ())), account.c[column] == new)
        conn.execute(sa.update(account).where(mine).values({column: old}))


def move_experiences(conn: Connection, old: str, new: str) -> list[dict[str, Any]]:
    """Add the counts of an offer to those of another; gives them, to take them off again."""
    table = schema.ervaring
    rows = conn.execute(sa.select(table).where(table.c.aanbod_id == old)).mappings().all()
    for row in rows:
        _count(conn, new, row["maand"], row["uitkomst"], row["aantal"])
    conn.execute(sa.delete(table).where(table.c.aanbod_id == old))
    return [dict(row) for row in rows]


def move_experiences_back(
    conn: Connection, rows: Iterable[Mapping[str, Any]], old: str, new: str
) -> None:
    """Undo `move_experiences`; what was counted since stays with the kept offer."""
    for row in rows:
        _count(conn, new, row["maand"], row["uitkomst"], -row["aantal"])
        _count(conn, old, row["maand"], row["uitkomst"], row["aantal"])


def move_consent(conn: Connection, old: str, new: str, now: datetime) -> Steps:
    """Let what a person said, and its card, be of another record; gives the way back."""
    table, card = schema.toestemming, toestemmingcode
    mine = table.c.actor_id == old
    moved = list(conn.scalars(sa.select(table.c.id).where(mine)))
    lapsed = sa.func.coalesce(table.c.vervallen_op, now.astimezone(UTC))
    conn.execute(sa.update(table).where(mine).values(actor_id=new, vervallen_op=lapsed))
    code = conn.execute(sa.select(card).where(card.c.actor_id == old)).first()
    steps: Steps = {"toestemmingen": moved, "kaart": code.afdruk if code else "", "naast": False}
    if code is None:
        return steps
    other = conn.execute(sa.select(card).where(card.c.actor_id == new)).first()
    if other is None:
        conn.execute(sa.update(card).where(card.c.actor_id == old).values(actor_id=new))
        return steps
    steps |= {"naast": True, "gemaakt": code.gemaakt.isoformat()}
    conn.execute(sa.delete(card).where(card.c.actor_id == old))
    if code.wissen_gevraagd and not other.wissen_gevraagd:
        asked = {"wissen_gevraagd": code.wissen_gevraagd}
        conn.execute(sa.update(card).where(card.c.actor_id == new).values(asked))
    return steps


def move_consent_back(conn: Connection, merge: Merge) -> None:
    """Undo `move_consent`: what was said goes back, and so does the card that still counts."""
    steps, card = merge.terug, toestemmingcode
    ids = steps["toestemmingen"]
    rows = schema.toestemming.c.id.in_(ids)
    conn.execute(sa.update(schema.toestemming).where(rows).values(actor_id=merge.oud_id))
    if merge.kaart:
        made = datetime.fromisoformat(steps["gemaakt"]).date()
        values = {"afdruk": merge.kaart, "actor_id": merge.oud_id, "gemaakt": made}
        conn.execute(sa.insert(card).values(values))
    elif steps["kaart"] and not steps["naast"]:
        its = card.c.afdruk == steps["kaart"]
        conn.execute(sa.update(card).where(its).values(actor_id=merge.oud_id))


def _read(row: sa.RowMapping) -> Merge:
    own = {name: row[name] for name in Merge.__slots__}
    moment = own["wanneer"]
    return Merge(**own | {"wanneer": moment if moment.tzinfo else moment.replace(tzinfo=UTC)})


def _note(
    conn: Connection,
    name: str,
    key: str,
    versie: int,
    voor: Mapping[str, str],
    na: Mapping[str, str],
    wie: str,
    now: datetime,
) -> None:
    conn.execute(
        sa.insert(schema.geschiedenis).values(
            record=name,
            record_id=key,
            versie=versie,
            wanneer=now.astimezone(UTC),
            wie=wie,
            voor=dict(voor),
            na=dict(na),
        )
    )


def _replace_in_lists(
    conn: Connection, table: sa.Table, column: str, old: str, new: str
) -> list[Steps]:
    steps = []
    said = sa.cast(table.c[column], sa.Text).contains(old, autoescape=True)
    for row in conn.execute(sa.select(table).where(said)).mappings().all():
        before = list(row[column])
        if old not in before:
            continue
        after = list(dict.fromkeys(new if part == old else part for part in before))
        key = {part.name: row[part.name] for part in table.primary_key}
        this = sa.and_(*(table.c[name] == value for name, value in key.items()))
        conn.execute(sa.update(table).where(this).values({column: after}))
        steps.append(
            {"tabel": table.name, "sleutel": key, "kolom": column, "voor": before, "na": after}
        )
    return steps


def _move_new_offers(conn: Connection, old: str, new: str) -> list[str]:
    waiting = sa.and_(voorstel.c.status == "open", voorstel.c.sleutel == "")
    rows = conn.execute(sa.select(voorstel.c.id, voorstel.c.cellen).where(waiting))
    found = [row.id for row in rows if row.cellen.get("actor_id") == old]
    for key in found:
        _set_owner_of_proposal(conn, key, old, new)
    return found


def _set_owner_of_proposal(conn: Connection, key: str, before: str, after: str) -> None:
    this = voorstel.c.id == key
    cells = conn.scalar(sa.select(voorstel.c.cellen).where(this))
    if cells and cells.get("actor_id") == before:
        changed = {**cells, "actor_id": after}
        conn.execute(sa.update(voorstel).where(this).values(cellen=changed))


def _count(conn: Connection, key: str, month: str, outcome: str, number: int) -> None:
    table = schema.ervaring
    this = sa.and_(table.c.aanbod_id == key, table.c.maand == month, table.c.uitkomst == outcome)
    there = conn.scalar(sa.select(table.c.aantal).where(this))
    total = (there or 0) + number
    if total <= 0:
        conn.execute(sa.delete(table).where(this))
    elif there is None:
        row = {"aanbod_id": key, "maand": month, "uitkomst": outcome, "aantal": total}
        conn.execute(sa.insert(table).values(row))
    else:
        conn.execute(sa.update(table).where(this).values(aantal=total))
