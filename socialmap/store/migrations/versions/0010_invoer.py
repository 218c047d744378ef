"""Imports, en wat elke import heeft veranderd."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "invoer_wacht",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stand", sa.String(length=12), nullable=False),
        sa.Column("bron", sa.String(length=120), nullable=False),
        sa.Column("kolommen", sa.JSON(), nullable=False),
        sa.Column("verslag", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_invoer_wacht_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoer_wacht")),
    )
    op.create_index(op.f("ix_invoer_wacht_account_id"), "invoer_wacht", ["account_id"])
    op.create_index(op.f("ix_invoer_wacht_eind"), "invoer_wacht", ["eind"])
    op.create_table(
        "invoer_bestand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wacht_id", sa.String(length=32), nullable=False),
        sa.Column("naam", sa.String(length=120), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wacht_id"],
            ["invoer_wacht.id"],
            name=op.f("fk_invoer_bestand_wacht_id_invoer_wacht"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoer_bestand")),
    )
    op.create_index(op.f("ix_invoer_bestand_wacht_id"), "invoer_bestand", ["wacht_id"])
    op.create_table(
        "invoer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.String(length=32), nullable=False),
        sa.Column("bron", sa.String(length=120), nullable=False),
        sa.Column("sleutel", sa.String(length=120), nullable=False),
        sa.Column("geteld", sa.JSON(), nullable=False),
        sa.Column("terug_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terug_door", sa.String(length=32), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoer")),
    )
    op.create_index(op.f("ix_invoer_wanneer"), "invoer", ["wanneer"])
    op.create_index(op.f("ix_invoer_sleutel"), "invoer", ["sleutel"])
    op.create_table(
        "invoer_record",
        sa.Column("invoer_id", sa.String(length=32), nullable=False),
        sa.Column("tabel", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("versie_voor", sa.Integer(), nullable=False),
        sa.Column("versie_na", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoer_id"],
            ["invoer.id"],
            name=op.f("fk_invoer_record_invoer_id_invoer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("invoer_id", "tabel", "record_id", name=op.f("pk_invoer_record")),
    )
    op.create_index(op.f("ix_invoer_record_record_id"), "invoer_record", ["record_id"])
