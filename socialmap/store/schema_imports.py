"""The tables of imports: files that wait for a choice, and what each placed import left behind."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import metadata

#: An upload until it is placed, dropped or a day old. `verslag` is what placing it would do.
invoer_wacht = sa.Table(
    "invoer_wacht",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
    sa.Column("eind", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("stand", sa.String(12), nullable=False),
    sa.Column("bron", sa.String(120), nullable=False),
    sa.Column("kolommen", sa.JSON, nullable=False),
    sa.Column("verslag", sa.JSON, nullable=False),
)

#: The files of an upload.
invoer_bestand = sa.Table(
    "invoer_bestand",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "wacht_id", sa.ForeignKey("invoer_wacht.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("naam", sa.String(120), nullable=False),
    sa.Column("inhoud", sa.LargeBinary, nullable=False),
)

#: A placed import. `sleutel` is its source in lower case: the same source is the same owner.
invoer = sa.Table(
    "invoer",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("wie", sa.String(32), nullable=False),
    sa.Column("bron", sa.String(120), nullable=False),
    sa.Column("sleutel", sa.String(120), nullable=False, index=True),
    sa.Column("geteld", sa.JSON, nullable=False),
    sa.Column("terug_op", sa.DateTime(timezone=True)),
    sa.Column("terug_door", sa.String(32), nullable=False, server_default=""),
)

#: A record that an import held, with its version before (0: it was not there) and after.
invoer_record = sa.Table(
    "invoer_record",
    metadata,
    sa.Column("invoer_id", sa.ForeignKey("invoer.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tabel", sa.String(20), primary_key=True),
    sa.Column("record_id", sa.String(80), primary_key=True, index=True),
    sa.Column("versie_voor", sa.Integer, nullable=False),
    sa.Column("versie_na", sa.Integer, nullable=False),
)
