"""Twee tellingen per maand: hoe verwijzen afliep, en waar geen goed antwoord op was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "ervaring",
        sa.Column("aanbod_id", sa.String(length=80), nullable=False),
        sa.Column("maand", sa.String(length=7), nullable=False),
        sa.Column("uitkomst", sa.String(length=20), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanbod_id"],
            ["aanbod.id"],
            name=op.f("fk_ervaring_aanbod_id_aanbod"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("aanbod_id", "maand", "uitkomst", name=op.f("pk_ervaring")),
    )
    op.create_table(
        "onvervuld",
        sa.Column("maand", sa.String(length=7), nullable=False),
        sa.Column("thema", sa.String(length=80), nullable=False),
        sa.Column("doelgroep", sa.String(length=80), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("maand", "thema", "doelgroep", "gebied", name=op.f("pk_onvervuld")),
    )
