"""Woorden die een gemeente toevoegt, en een logboek dat snel te lezen is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "eigen_woord",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("woord", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eigen_woord")),
    )
    op.create_index(
        "ix_logboek_inzage", "logboek", ["account_id", "record_id", "wanneer"], unique=False
    )
    op.create_index("ix_logboek_record_id", "logboek", ["record_id"], unique=False)
    op.create_index("ix_geschiedenis_wanneer", "geschiedenis", ["wanneer"], unique=False)
