"""De stand van de dekking per maand, om te zien wat er dichtging en openging."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "dekking_stand",
        sa.Column("maand", sa.String(length=7), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("thema", sa.String(length=80), nullable=False),
        sa.Column("doelgroep", sa.String(length=80), nullable=False),
        sa.Column("oordeel", sa.String(length=20), nullable=False),
        sa.Column("bereik", sa.Integer(), nullable=True),
        sa.Column("verouderd", sa.Boolean(), nullable=False),
        sa.Column("gekeken", sa.Boolean(), nullable=False),
        sa.Column("aanbod", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("oud", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("regel", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "maand", "gebied", "thema", "doelgroep", name=op.f("pk_dekking_stand")
        ),
    )
