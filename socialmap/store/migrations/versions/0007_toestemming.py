"""Codes van toestemmingen, en de lijst van wat gewist en ingetrokken is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "toestemming",
        sa.Column("ingetrokken", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "toestemmingcode",
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("gemaakt", sa.Date(), nullable=False),
        sa.Column("wissen_gevraagd", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actor.id"], name=op.f("fk_toestemmingcode_actor_id")
        ),
        sa.PrimaryKeyConstraint("afdruk", name=op.f("pk_toestemmingcode")),
        sa.UniqueConstraint("actor_id", name=op.f("uq_toestemmingcode_actor_id")),
    )
    op.create_table(
        "wissing",
        sa.Column("nummer", sa.String(length=16), nullable=False),
        sa.Column("soort", sa.String(length=12), nullable=False),
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("rijen", sa.Integer(), nullable=False),
        sa.Column("schoon", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("nummer", name=op.f("pk_wissing")),
    )
