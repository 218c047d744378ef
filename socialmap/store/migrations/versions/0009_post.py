"""Post aan contactpersonen van records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("aan", sa.String(length=254), nullable=False),
        sa.Column("adres", sa.String(length=64), nullable=False),
        sa.Column("onderwerp", sa.Text(), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("volgende", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("verstuurd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pogingen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fout", sa.Text(), server_default="", nullable=False),
        sa.Column("actor_id", sa.String(length=80), server_default="", nullable=False),
        sa.Column("beurt", sa.String(length=80), nullable=False),
        sa.Column("bezig", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("afdruk", name=op.f("uq_mail_afdruk")),
        sa.UniqueConstraint("beurt", name=op.f("uq_mail_beurt")),
    )
    op.create_index(op.f("ix_mail_adres"), "mail", ["adres"])
    op.create_index(op.f("ix_mail_status"), "mail", ["status"])
    op.create_table(
        "bericht",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tabel", sa.String(length=20), nullable=False),
        sa.Column("sleutel", sa.String(length=80), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("wat", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("tekst", sa.String(length=300), server_default="", nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bericht")),
    )
    op.create_index(op.f("ix_bericht_sleutel"), "bericht", ["sleutel"])
