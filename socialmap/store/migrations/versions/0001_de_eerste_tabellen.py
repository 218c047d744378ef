"""De eerste tabellen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("omschrijving", sa.Text(), server_default="", nullable=False),
        sa.Column("themas", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("doelgroepen", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("lijn", sa.Integer(), nullable=True),
        sa.Column("adres", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("plaats", sa.Text(), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("werkgebied", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("telefoon", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("zichtbaarheid", sa.Integer(), nullable=False),
        sa.Column("gecontroleerd_op", sa.Date(), nullable=True),
        sa.Column("gecontroleerd_door", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("bron", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("doet", sa.Text(), server_default="", nullable=False),
        sa.Column("doet_niet", sa.Text(), server_default="", nullable=False),
        sa.Column("beslist_zelf", sa.Text(), server_default="", nullable=False),
        sa.Column("overdracht", sa.Text(), server_default="", nullable=False),
        sa.Column("antwoord_binnen_dagen", sa.Integer(), nullable=True),
        sa.Column("gezocht", sa.Text(), server_default="", nullable=False),
        sa.Column("moedertaal", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("zoeknaam", sa.Text(), nullable=False),
        sa.Column("gedocumenteerd", sa.Boolean(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
    )
    with op.batch_alter_table("actor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actor_soort"), ["soort"], unique=False)

    op.create_table(
        "bron",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("titel", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), server_default="", nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("toelichting", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bron")),
    )
    op.create_table(
        "doelgroep",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_doelgroep")),
    )
    op.create_table(
        "gebied",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("niveau", sa.String(length=20), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=True),
        sa.Column("bron", sa.Text(), server_default="", nullable=False),
        sa.Column("leden", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("gemeente", sa.Text(), server_default="", nullable=False),
        sa.Column("vrijwel_onbewoond", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("oppervlakte_m2", sa.Float(), nullable=False),
        sa.Column(
            "vorm", sa.Text(), nullable=False, comment="GeoJSON geometry, WGS84, as published"
        ),
        sa.Column(
            "vorm_pagina", sa.Text(), nullable=False, comment="the same, simplified for pages"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_gebied")),
    )
    with op.batch_alter_table("gebied", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gebied_niveau"), ["niveau"], unique=False)

    op.create_table(
        "geschiedenis",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wie", sa.Text(), nullable=False),
        sa.Column("voor", sa.JSON(), nullable=True),
        sa.Column("na", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_geschiedenis")),
    )
    with op.batch_alter_table("geschiedenis", schema=None) as batch_op:
        batch_op.create_index(
            "ix_geschiedenis_record", ["record", "record_id", "versie"], unique=False
        )

    op.create_table(
        "kenmerk",
        sa.Column("veld", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("veld", "code", "record", "record_id", name=op.f("pk_kenmerk")),
    )
    with op.batch_alter_table("kenmerk", schema=None) as batch_op:
        batch_op.create_index("ix_kenmerk_record", ["record", "record_id"], unique=False)

    op.create_table(
        "kerncijfer",
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("naam", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("waarde", sa.Float(), nullable=False),
        sa.Column("eenheid", sa.String(length=40), nullable=False),
        sa.Column("bron", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("gebied", "jaar", "naam", name=op.f("pk_kerncijfer")),
    )
    op.create_table(
        "meta",
        sa.Column("sleutel", sa.String(length=80), nullable=False),
        sa.Column("waarde", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_meta")),
    )
    op.create_table(
        "punt",
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("my", sa.Integer(), nullable=False),
        sa.Column("mx", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=80), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("lijn", sa.Integer(), nullable=True),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("loopt_tot", sa.Date(), nullable=True),
        sa.Column("gecontroleerd_op", sa.Date(), nullable=True),
        sa.Column("gedocumenteerd", sa.Boolean(), nullable=False),
        sa.Column("niveau", sa.Integer(), nullable=False),
        sa.Column("zichtbaar_van", sa.Date(), nullable=True),
        sa.Column("zichtbaar_tot", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("record", "my", "mx", "record_id", "gebied", name=op.f("pk_punt")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("punt", schema=None) as batch_op:
        batch_op.create_index("ix_punt_record", ["record", "record_id"], unique=False)
        batch_op.create_index("ix_punt_gebied", ["record", "gebied"], unique=False)

    op.create_table(
        "thema",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("zrm_domein", sa.Text(), server_default="", nullable=False),
        sa.Column("positieve_gezondheid", sa.Text(), server_default="", nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_thema")),
    )
    op.create_table(
        "aanbod",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("omschrijving", sa.Text(), server_default="", nullable=False),
        sa.Column("vorm", sa.String(length=20), nullable=True),
        sa.Column("lijn", sa.Integer(), nullable=True),
        sa.Column("themas", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("doelgroepen", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("min_leeftijd", sa.Integer(), nullable=True),
        sa.Column("max_leeftijd", sa.Integer(), nullable=True),
        sa.Column("kosten", sa.String(length=20), nullable=True),
        sa.Column("talen", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("adres", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("plaats", sa.Text(), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("werkgebied", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("wanneer", sa.Text(), server_default="", nullable=False),
        sa.Column("capaciteit", sa.Integer(), nullable=True),
        sa.Column("aanmelden", sa.Text(), server_default="", nullable=False),
        sa.Column("gecontroleerd_op", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("bron", sa.Text(), server_default="", nullable=False),
        sa.Column("bereik_m", sa.Integer(), nullable=True),
        sa.Column("stadsbreed", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("toegang", sa.String(length=20), nullable=True),
        sa.Column("wachttijd_dagen", sa.Integer(), nullable=True),
        sa.Column("wachttijd_op", sa.Date(), nullable=True),
        sa.Column("loopt_tot", sa.Date(), nullable=True),
        sa.Column("zoeknaam", sa.Text(), nullable=False),
        sa.Column("gedocumenteerd", sa.Boolean(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_aanbod_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanbod")),
    )
    with op.batch_alter_table("aanbod", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanbod_actor_id"), ["actor_id"], unique=False)

    op.create_table(
        "gebied_buurt",
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("buurt", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["buurt"], ["gebied.code"], name=op.f("fk_gebied_buurt_buurt")),
        sa.ForeignKeyConstraint(["gebied"], ["gebied.code"], name=op.f("fk_gebied_buurt_gebied")),
        sa.PrimaryKeyConstraint("gebied", "buurt", name=op.f("pk_gebied_buurt")),
    )
    with op.batch_alter_table("gebied_buurt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gebied_buurt_buurt"), ["buurt"], unique=False)

    op.create_table(
        "inventarisatie",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("thema", sa.String(length=80), nullable=False),
        sa.Column("doelgroep", sa.Text(), server_default="", nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("gevraagd_aan", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("uitkomst", sa.String(length=20), nullable=False),
        sa.Column("aanbod_ids", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gebied"], ["gebied.code"], name=op.f("fk_inventarisatie_gebied")),
        sa.ForeignKeyConstraint(["thema"], ["thema.code"], name=op.f("fk_inventarisatie_thema")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventarisatie")),
    )
    with op.batch_alter_table("inventarisatie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inventarisatie_gebied"), ["gebied"], unique=False)

    op.create_table(
        "relatie",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("van_id", sa.String(length=80), nullable=False),
        sa.Column("naar_id", sa.String(length=80), nullable=False),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("richting", sa.String(length=20), nullable=False),
        sa.Column("sterkte", sa.Integer(), nullable=False),
        sa.Column("feitelijk", sa.String(length=20), nullable=False),
        sa.Column("gecontroleerd_op", sa.Date(), nullable=True),
        sa.Column("zichtbaarheid", sa.Integer(), nullable=False),
        sa.Column("toelichting", sa.Text(), server_default="", nullable=False),
        sa.Column("bron", sa.Text(), server_default="", nullable=False),
        sa.Column("geldig_van", sa.Date(), nullable=True),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["naar_id"], ["actor.id"], name=op.f("fk_relatie_naar_id")),
        sa.ForeignKeyConstraint(["van_id"], ["actor.id"], name=op.f("fk_relatie_van_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relatie")),
    )
    with op.batch_alter_table("relatie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relatie_naar_id"), ["naar_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relatie_van_id"), ["van_id"], unique=False)

    op.create_table(
        "signaal",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("gebied", sa.String(length=80), nullable=False),
        sa.Column("thema", sa.String(length=80), nullable=False),
        sa.Column("doelgroep", sa.Text(), server_default="", nullable=False),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("melder", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("eigenaar", sa.Text(), server_default="", nullable=False),
        sa.Column("stap", sa.Text(), server_default="", nullable=False),
        sa.Column("antwoord", sa.Text(), server_default="", nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gebied"], ["gebied.code"], name=op.f("fk_signaal_gebied")),
        sa.ForeignKeyConstraint(["thema"], ["thema.code"], name=op.f("fk_signaal_thema")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signaal")),
    )
    with op.batch_alter_table("signaal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signaal_gebied"), ["gebied"], unique=False)

    op.create_table(
        "toestemming",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("op", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True, comment="as given"),
        sa.Column("eind", sa.Date(), nullable=False, comment="first day it no longer holds"),
        sa.Column("doel", sa.Text(), server_default="", nullable=False),
        sa.Column("niveau", sa.Integer(), nullable=True),
        sa.Column("door", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "vervallen_op",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="replaced or withdrawn",
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_toestemming_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toestemming")),
    )
    with op.batch_alter_table("toestemming", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_toestemming_actor_id"), ["actor_id"], unique=False)
