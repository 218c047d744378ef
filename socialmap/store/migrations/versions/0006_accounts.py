"""Accounts, sessies, uitnodigingen, voorstellen en het logboek."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("rol", sa.String(length=20), nullable=False),
        sa.Column("gebieden", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("team", sa.String(length=80), server_default="", nullable=False),
        sa.Column("actor_id", sa.String(length=80), server_default="", nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("wachtwoord", sa.Text(), server_default="", nullable=False),
        sa.Column("totp", sa.String(length=64), server_default="", nullable=False),
        sa.Column("totp_stap", sa.Integer(), server_default="0", nullable=False),
        sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    _of_account("herstelcode")
    _of_account(
        "sessie",
        sa.Column("soort", sa.String(length=10), nullable=False),
        sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gezien", sa.DateTime(timezone=True), nullable=False),
        sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
    )
    _of_account("uitnodiging", sa.Column("eind", sa.DateTime(timezone=True), nullable=False))
    _of_account(
        "sleutel",
        sa.Column("naam", sa.String(length=80), nullable=False),
        sa.Column("schrijven", sa.Boolean(), nullable=False),
        sa.Column("gemaakt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("eind", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "poging",
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("wacht_tot", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("afdruk", name=op.f("pk_poging")),
    )
    op.create_table(
        "voorstel",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("tabel", sa.String(length=20), nullable=False),
        sa.Column("sleutel", sa.String(length=80), server_default="", nullable=False),
        sa.Column("cellen", sa.JSON(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=32), server_default="", nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("besluit_door", sa.String(length=32), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voorstel")),
    )
    op.create_index(op.f("ix_voorstel_status"), "voorstel", ["status"])
    op.create_table(
        "logboek",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("wat", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=20), server_default="", nullable=False),
        sa.Column("record_id", sa.String(length=80), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logboek")),
    )
    op.create_index(op.f("ix_logboek_wanneer"), "logboek", ["wanneer"])
    op.create_index(op.f("ix_logboek_account_id"), "logboek", ["account_id"])


def _of_account(name: str, *columns: sa.Column[object]) -> None:
    """Make a table of what an account holds, known by a fingerprint."""
    op.create_table(
        name,
        sa.Column("afdruk", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f(f"fk_{name}_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("afdruk", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_account_id"), name, ["account_id"])
