"""The table of words that a municipality adds, and what the log needs to be read quickly."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import geschiedenis, metadata
from socialmap.store.schema_accounts import logboek

#: `soort` is `doelgroep` (then `code` is its own), `thema`, `groep` (a word for what is there, and
#: `code` is that) or `synoniem` (then `code` is the other word). `woord` is how people say it.
eigen_woord = sa.Table(
    "eigen_woord",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("soort", sa.String(12), nullable=False),
    sa.Column("woord", sa.String(80), nullable=False),
    sa.Column("code", sa.String(80), nullable=False),
    sa.Column("actief", sa.Boolean, nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
)

#: Whether somebody saw a record before on a day, and everything that was written at some time.
sa.Index("ix_logboek_inzage", logboek.c.account_id, logboek.c.record_id, logboek.c.wanneer)
sa.Index("ix_logboek_record_id", logboek.c.record_id)
sa.Index("ix_geschiedenis_wanneer", geschiedenis.c.wanneer)
