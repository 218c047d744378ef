"""The tables of mail to contacts: what waits to be sent, and what contacts answered."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import metadata

#: The outbox. `beurt` is the address and month of a mail to a contact, so that two programs at once
#: cannot make two; `bezig` is when a program took it to send.
mail = sa.Table(
    "mail",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("soort", sa.String(12), nullable=False),
    sa.Column("aan", sa.String(254), nullable=False),
    sa.Column("adres", sa.String(64), nullable=False, index=True),
    sa.Column("onderwerp", sa.Text, nullable=False),
    sa.Column("tekst", sa.Text, nullable=False),
    sa.Column("afdruk", sa.String(64), nullable=False, unique=True),
    sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
    sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
    sa.Column("volgende", sa.DateTime(timezone=True), nullable=False),
    sa.Column("status", sa.String(10), nullable=False, index=True),
    sa.Column("verstuurd_op", sa.DateTime(timezone=True)),
    sa.Column("gebruikt_op", sa.DateTime(timezone=True)),
    sa.Column("pogingen", sa.Integer, nullable=False, server_default="0"),
    sa.Column("fout", sa.Text, nullable=False, server_default=""),
    sa.Column("actor_id", sa.String(80), nullable=False, server_default=""),
    sa.Column("beurt", sa.String(80), nullable=False, unique=True),
    sa.Column("bezig", sa.DateTime(timezone=True)),
)

#: What a contact says about its own record, until an opbouwwerker has seen it.
bericht = sa.Table(
    "bericht",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("tabel", sa.String(20), nullable=False),
    sa.Column("sleutel", sa.String(80), nullable=False, index=True),
    sa.Column("soort", sa.String(12), nullable=False),
    sa.Column("wat", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("tekst", sa.String(300), nullable=False, server_default=""),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
)
