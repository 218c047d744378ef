"""One row per offer with what finding ranks by, and the words of its text once they are read.

The row is made in the transaction that changes the offer; its words are read by `finding`, which
brings them here. So finding an offer never waits for its text to be read twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.freshness import read_source
from socialmap.domain.model import STADSBREED, Aanbod, Actor
from socialmap.domain.privacy import required_level, visible_from_until
from socialmap.domain.status import strictest
from socialmap.store import schema
from socialmap.store.chunks import batched
from socialmap.store.data_version import read_data_version
from socialmap.store.rows import read_aanbod
from socialmap.store.write import read_stored_actors

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRow:
    """What finding knows of one offer; for every reader, so it is masked before it is used.

    Attributes
    ----------
    niveau
        Lowest level that may find it. An offer of a sleutelfiguur is found from `team` on: what
        it could be found by is not for others (`domain/field_levels.py`).
    zichtbaar
        First day that it may be found and first day that it no longer may, as day numbers
        (`date.toordinal`); None when no day is set.
    gecontroleerd, loopt_tot
        Day numbers; None when unknown.
    gebieden
        Codes of the areas that hold its place, or for an offer without a place those it serves.
    bereik
        Metres, `stadsbreed` or None.
    gemeenten
        Municipalities of its actor (codes): above `openbaar` it is for their readers only.
    woorden
        What `finding` read in its text; None when it was not read yet.
    """

    aanbod_id: str
    actor_id: str
    naam: str
    niveau: int
    zichtbaar: tuple[int, int] | None
    status: str
    loopt_tot: int | None
    lijn: int | None
    vorm: str | None
    min_leeftijd: int | None
    max_leeftijd: int | None
    lon: float | None
    lat: float | None
    bereik: int | str | None
    gebieden: tuple[str, ...]
    gecontroleerd: int | None
    gedocumenteerd: bool
    themas: tuple[str, ...]
    doelgroepen: tuple[str, ...]
    talen: tuple[str, ...]
    gratis: bool
    wanneer: str
    gemeenten: tuple[str, ...] = ()
    woorden: str | None = None


def search_row(
    aanbod: Aanbod, owner: Actor, gebieden: Sequence[str], gemeenten: Sequence[str]
) -> SearchRow:
    """Make the row of an offer; it takes level, status and consent of its actor."""
    span = visible_from_until(owner)
    person = owner.soort is Soort.SLEUTELFIGUUR
    level = max(required_level(owner), Niveau.TEAM) if person else required_level(owner)
    return SearchRow(
        aanbod_id=aanbod.id,
        actor_id=owner.id,
        naam=aanbod.naam,
        niveau=int(level),
        zichtbaar=(span[0].toordinal(), span[1].toordinal()) if span else None,
        status=strictest(aanbod.status, owner.status).value,
        loopt_tot=_day(aanbod.loopt_tot),
        lijn=None if aanbod.lijn is None else int(aanbod.lijn),
        vorm=None if aanbod.vorm is None else aanbod.vorm.value,
        min_leeftijd=aanbod.min_leeftijd,
        max_leeftijd=aanbod.max_leeftijd,
        lon=aanbod.lon,
        lat=aanbod.lat,
        bereik=STADSBREED if aanbod.bereik == STADSBREED else aanbod.bereik,
        gebieden=tuple(gebieden),
        gecontroleerd=_day(aanbod.gecontroleerd_op),
        gedocumenteerd=aanbod.gecontroleerd_op is None and read_source(aanbod.bron) is not None,
        themas=aanbod.themas,
        doelgroepen=aanbod.doelgroepen,
        talen=aanbod.talen,
        gratis=aanbod.kosten is not None and aanbod.kosten == 0,
        wanneer=aanbod.wanneer,
        gemeenten=tuple(gemeenten),
    )


def save_search_rows(conn: Connection, rows: Iterable[SearchRow]) -> None:
    """Replace the rows of offers that changed; their words are to be read anew."""
    table = schema.zoekrij
    number = read_data_version(conn)
    kept = [
        {"aanbod_id": row.aanbod_id, "stand": number, "gegevens": _write(row), "woorden": None}
        for row in rows
    ]
    for chunk in batched([row["aanbod_id"] for row in kept], _CHUNK):
        conn.execute(sa.delete(table).where(table.c.aanbod_id.in_(chunk)))
    if kept:
        conn.execute(sa.insert(table), kept)


def read_search_rows(conn: Connection, since: int = -1) -> list[SearchRow]:
    """
    Read the rows that changed after a number of the map's contents, in order of id.

    Parameters
    ----------
    conn
        A reading connection.
    since
        What `read_data_version` gave when they were read before; -1 for all.
    """
    table = schema.zoekrij
    query = sa.select(table.c.gegevens, table.c.woorden).order_by(table.c.aanbod_id)
    if since >= 0:
        query = query.where(table.c.stand > since)
    return [_read(text, words) for text, words in conn.execute(query)]


def count_search_rows(conn: Connection) -> int:
    """Count the rows of all offers, whoever may see them."""
    return int(conn.scalar(sa.select(sa.func.count()).select_from(schema.zoekrij)) or 0)


def unread_ids(conn: Connection) -> list[str]:
    """List the offers whose text was not read since they changed, in order of id."""
    table = schema.zoekrij
    query = sa.select(table.c.aanbod_id).where(table.c.woorden.is_(None))
    return list(conn.scalars(query.order_by(table.c.aanbod_id)))


def forget_words(conn: Connection) -> None:
    """Let every text be read anew, for instance because the word lists changed."""
    conn.execute(sa.update(schema.zoekrij).values(woorden=None, stand=read_data_version(conn)))


def save_words(conn: Connection, words: Mapping[str, str]) -> None:
    """Keep what was read in texts, by offer."""
    table = schema.zoekrij
    update = (
        sa.update(table)
        .where(table.c.aanbod_id == sa.bindparam("b_id"))
        .values(woorden=sa.bindparam("b_woorden"), stand=read_data_version(conn))
    )
    if words:
        conn.execute(update, [{"b_id": key, "b_woorden": text} for key, text in words.items()])


def read_texts(conn: Connection, ids: Sequence[str]) -> list[tuple[Aanbod, Actor]]:
    """Read offers with their actors whole, whoever may see them: to read their text for words."""
    found: list[tuple[Aanbod, Actor]] = []
    for chunk in batched(sorted(set(ids)), _CHUNK):
        query = sa.select(schema.aanbod).where(schema.aanbod.c.id.in_(chunk))
        offers = [
            read_aanbod(row) for row in conn.execute(query.order_by(schema.aanbod.c.id)).mappings()
        ]
        owners = {a.id: a for a in read_stored_actors(conn, [o.actor_id for o in offers])}
        found += [(offer, owners[offer.actor_id]) for offer in offers]
    return found


_NAMES = tuple(name for name in SearchRow.__slots__ if name != "woorden")
_LISTS = frozenset({"gebieden", "themas", "doelgroepen", "talen", "gemeenten"})


def _write(row: SearchRow) -> str:
    values: list[Any] = [getattr(row, name) for name in _NAMES]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(text: str, words: str | None) -> SearchRow:
    own: dict[str, Any] = dict(zip(_NAMES, json.loads(text), strict=True))
    for name in _LISTS:
        own[name] = tuple(own[name])
    if own["zichtbaar"] is not None:
        own["zichtbaar"] = tuple(own["zichtbaar"])
    return SearchRow(**own, woorden=words)


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
