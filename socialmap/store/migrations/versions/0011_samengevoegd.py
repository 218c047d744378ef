"""Samengevoegde records, en records van een initiatief zelf."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "samenvoeging",
        sa.Column("oud_id", sa.String(length=80), nullable=False),
        sa.Column("tabel", sa.String(length=20), nullable=False),
        sa.Column("nieuw_id", sa.String(length=80), nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(length=32), nullable=False),
        sa.Column("kaart", sa.String(length=64), server_default="", nullable=False),
        sa.Column("terug", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("oud_id", name=op.f("pk_samenvoeging")),
    )
    op.create_index(op.f("ix_samenvoeging_nieuw_id"), "samenvoeging", ["nieuw_id"])
    op.create_index(op.f("ix_samenvoeging_kaart"), "samenvoeging", ["kaart"])
    op.create_table(
        "eigenaar",
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("sinds", sa.Date(), nullable=False),
        sa.Column("door", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_eigenaar_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_eigenaar")),
    )
    op.create_index(op.f("ix_eigenaar_account_id"), "eigenaar", ["account_id"])
    op.create_table(
        "weigering",
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("niveau", sa.Integer(), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("door", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_weigering")),
    )
    op.create_index(op.f("ix_weigering_afdruk"), "weigering", ["afdruk"])
