"""Wijkopdrachten, en bij een signaal de dag van de stap en van het antwoord."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for name in ("stap_op", "antwoord_op"):
        op.add_column("signaal", sa.Column(name, sa.Date(), nullable=True))
    op.create_table(
        "wijkopdracht",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("titel", sa.String(length=40), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("themas", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("kant", sa.String(length=20), nullable=False),
        sa.Column("eigenaar", sa.String(length=40), nullable=False),
        sa.Column("stap", sa.String(length=40), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("gaten", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("actor_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("signaal_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gebied"], ["gebied.code"], name=op.f("fk_wijkopdracht_gebied")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijkopdracht")),
    )
    op.create_index(op.f("ix_wijkopdracht_gebied"), "wijkopdracht", ["gebied"])
