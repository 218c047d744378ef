"""The tables around consent: the code on a card, and the list of what was erased or withdrawn."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import metadata

#: What stands on the card of a sleutelfiguur is kept as a fingerprint; a new card replaces it.
toestemmingcode = sa.Table(
    "toestemmingcode",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column("actor_id", sa.ForeignKey("actor.id"), nullable=False, unique=True),
    sa.Column("gemaakt", sa.Date, nullable=False),
    sa.Column("wissen_gevraagd", sa.Date),
)

#: What a restored backup must undergo again; `afdruk` is a keyed hash of the id of the person,
#: `schoon` says that the file was written anew after it.
wissing = sa.Table(
    "wissing",
    metadata,
    sa.Column("nummer", sa.String(16), primary_key=True),
    sa.Column("soort", sa.String(12), nullable=False),
    sa.Column("afdruk", sa.String(64), nullable=False),
    sa.Column("dag", sa.Date, nullable=False),
    sa.Column("rijen", sa.Integer, nullable=False),
    sa.Column("schoon", sa.Boolean, nullable=False),
)
