"""Keep and read the vocabulary, the source documents, and facts about the map as a whole."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.model import Bron
from socialmap.domain.vocabulary import Doelgroep, Thema, Vocabulary
from socialmap.store import schema
from socialmap.store.admin_words import Soort, read_words, uses_of_group
from socialmap.store.upsert import upsert


def read_vocabulary(conn: Connection) -> Vocabulary:
    """Read all themes and groups in the order in which people see them, own groups last."""
    themas, groepen = (
        conn.execute(sa.select(table).order_by(table.c.volgorde, table.c.code)).mappings()
        for table in (schema.thema, schema.doelgroep)
    )
    return Vocabulary(
        themas={
            row["code"]: Thema(
                code=row["code"],
                label=row["label"],
                zrm_domein=row["zrm_domein"],
                positieve_gezondheid=row["positieve_gezondheid"],
            )
            for row in themas
        },
        doelgroepen={
            row["code"]: Doelgroep(code=row["code"], label=row["label"]) for row in groepen
        }
        | _own_groups(conn),
    )


def _own_groups(conn: Connection) -> dict[str, Doelgroep]:
    """Read the groups that a municipality added; one that was stopped stays where it is used."""
    own = [word for word in read_words(conn) if word.soort is Soort.DOELGROEP]
    return {
        word.code: Doelgroep(code=word.code, label=word.woord)
        for word in own
        if word.actief or uses_of_group(conn, word.code)
    }


def save_vocabulary(conn: Connection, vocabulary: Vocabulary) -> None:
    """Keep themes and groups; those that are there already are brought up to date."""
    upsert(
        conn,
        schema.thema,
        [
            {
                "code": t.code,
                "label": t.label,
                "zrm_domein": t.zrm_domein,
                "positieve_gezondheid": t.positieve_gezondheid,
                "volgorde": order,
            }
            for order, t in enumerate(vocabulary.themas.values())
        ],
    )
    upsert(
        conn,
        schema.doelgroep,
        [
            {"code": g.code, "label": g.label, "volgorde": order}
            for order, g in enumerate(vocabulary.doelgroepen.values())
        ],
    )


def read_sources(conn: Connection) -> dict[str, Bron]:
    """Read the documents that facts were drawn from, by id."""
    rows = conn.execute(sa.select(schema.bron).order_by(schema.bron.c.id)).mappings()
    return {row["id"]: Bron(**row) for row in rows}


def save_sources(conn: Connection, bronnen: Iterable[Bron]) -> None:
    """Keep source documents."""
    rows = [{name: getattr(b, name) for name in Bron.__slots__} for b in bronnen]
    upsert(conn, schema.bron, rows)


def read_meta(conn: Connection, key: str) -> str | None:
    """Read one fact about the map as a whole, such as `voorbeeld`."""
    return conn.scalar(sa.select(schema.meta.c.waarde).where(schema.meta.c.sleutel == key))


def save_meta(conn: Connection, key: str, value: str) -> None:
    """Keep one fact about the map as a whole."""
    upsert(conn, schema.meta, [{"sleutel": key, "waarde": value}])
