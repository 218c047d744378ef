"""The tables of people: accounts, sessions, links that work once, and the log of views."""

from __future__ import annotations

import sqlalchemy as sa

from socialmap.store.schema import metadata

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    sa.Column("naam", sa.Text, nullable=False),
    sa.Column("rol", sa.String(20), nullable=False),
    sa.Column("gebieden", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("team", sa.String(80), nullable=False, server_default=""),
    sa.Column("actor_id", sa.String(80), nullable=False, server_default=""),
    sa.Column("actief", sa.Boolean, nullable=False),
    sa.Column("wachtwoord", sa.Text, nullable=False, server_default="", comment="argon2id"),
    sa.Column("totp", sa.String(64), nullable=False, server_default=""),
    sa.Column("totp_stap", sa.Integer, nullable=False, server_default="0"),
    sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
)

#: Codes for when a phone is lost; of each only a fingerprint.
herstelcode = sa.Table(
    "herstelcode",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

#: What a browser holds is a random token; here stands its fingerprint. `soort` is `sessie`,
#: `half` (password given, second factor not yet) or `apparaat` (second factor remembered).
sessie = sa.Table(
    "sessie",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("soort", sa.String(10), nullable=False),
    sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
    sa.Column("gezien", sa.DateTime(timezone=True), nullable=False),
    sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
)

#: An invitation, or a way back in: opens once, before its end.
uitnodiging = sa.Table(
    "uitnodiging",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
)

#: What a program shows instead of signing in; `schrijven` says whether it may change anything.
sleutel = sa.Table(
    "sleutel",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column(
        "account_id", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("naam", sa.String(80), nullable=False),
    sa.Column("schrijven", sa.Boolean, nullable=False),
    sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
    sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
)

#: Wrong tries for a mail address, whether it has an account or not; the address itself is not kept.
poging = sa.Table(
    "poging",
    metadata,
    sa.Column("afdruk", sa.String(64), primary_key=True),
    sa.Column("aantal", sa.Integer, nullable=False),
    sa.Column("wacht_tot", sa.DateTime(timezone=True), nullable=False),
)

#: A change or a new record that waits for somebody who may make it; `sleutel` is empty for a new
#: one, `versie` is the version that was read.
voorstel = sa.Table(
    "voorstel",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("tabel", sa.String(20), nullable=False),
    sa.Column("sleutel", sa.String(80), nullable=False, server_default=""),
    sa.Column("cellen", sa.JSON, nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
    sa.Column("door", sa.String(32), nullable=False, server_default=""),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
    sa.Column("status", sa.String(10), nullable=False, index=True),
    sa.Column("besluit_door", sa.String(32), nullable=False, server_default=""),
)

#: Who did what to which record, without contents (eisen.md, 22).
logboek = sa.Table(
    "logboek",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("account_id", sa.String(32), nullable=False, index=True),
    sa.Column("wat", sa.String(40), nullable=False),
    sa.Column("record", sa.String(20), nullable=False, server_default=""),
    sa.Column("record_id", sa.String(80), nullable=False, server_default=""),
)
