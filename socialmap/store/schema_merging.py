"""The tables of records that became one, that an initiative keeps itself, or that refuse."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import metadata

#: A record that went into another; its id leads there. `terug` holds what undoing needs, `kaart`
#: the fingerprint of a consent card that keeps working beside the one of the kept record.
samenvoeging = sa.Table(
    "samenvoeging",
    metadata,
    sa.Column("oud_id", sa.String(80), primary_key=True),
    sa.Column("tabel", sa.String(20), nullable=False),
    sa.Column("nieuw_id", sa.String(80), nullable=False, index=True),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
    sa.Column("wie", sa.String(32), nullable=False),
    sa.Column("kaart", sa.String(64), nullable=False, server_default="", index=True),
    sa.Column("terug", sa.JSON, nullable=False),
)

#: A record that a contact of its own keeps.
eigenaar = sa.Table(
    "eigenaar",
    metadata,
    sa.Column("actor_id", sa.String(80), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("sinds", sa.Date, nullable=False),
    sa.Column("door", sa.String(32), nullable=False),
)

#: A record that does not want to be listed. `afdruk` is a hash of its name, `niveau` is what it
#: goes back to.
weigering = sa.Table(
    "weigering",
    metadata,
    sa.Column("actor_id", sa.String(80), primary_key=True),
    sa.Column("afdruk", sa.String(64), nullable=False, index=True),
    sa.Column("niveau", sa.Integer, nullable=False),
    sa.Column("dag", sa.Date, nullable=False),
    sa.Column("door", sa.String(32), nullable=False),
)
