"""Een rij per aanbod om in te zoeken; ze worden gevuld als de kaart opengaat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "zoekrij",
        sa.Column("aanbod_id", sa.String(length=80), nullable=False),
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.Column("gegevens", sa.Text(), nullable=False),
        sa.Column("woorden", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["aanbod_id"], ["aanbod.id"], name=op.f("fk_zoekrij_aanbod_id_aanbod")
        ),
        sa.PrimaryKeyConstraint("aanbod_id", name=op.f("pk_zoekrij")),
    )
    with op.batch_alter_table("zoekrij", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zoekrij_stand"), ["stand"], unique=False)
    op.create_table(
        "zoekvector",
        sa.Column("aanbod_id", sa.String(length=80), nullable=False),
        sa.Column("tekst", sa.String(length=40), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanbod_id"], ["aanbod.id"], name=op.f("fk_zoekvector_aanbod_id_aanbod")
        ),
        sa.PrimaryKeyConstraint("aanbod_id", name=op.f("pk_zoekvector")),
    )
