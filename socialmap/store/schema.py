"""The tables of the store; how they came to be is in `migrations/`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Amount(sa.types.TypeDecorator[Decimal]):
    """An amount in euro, kept as written so that `2.50` comes back as `2.50`."""

    impl = sa.String(20)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the amount as text."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Read the amount from text."""
        return None if value is None else Decimal(value)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=False, server_default="[]")


def _place() -> list[sa.Column[Any]]:
    return [
        _text("adres"),
        _text("postcode"),
        _text("plaats"),
        sa.Column("lon", sa.Float),
        sa.Column("lat", sa.Float),
        _list("werkgebied"),
    ]


meta = sa.Table(
    "meta",
    metadata,
    sa.Column("sleutel", sa.String(80), primary_key=True),
    sa.Column("waarde", sa.Text, nullable=False),
)

thema = sa.Table(
    "thema",
    metadata,
    sa.Column("code", sa.String(80), primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    _text("zrm_domein"),
    _text("positieve_gezondheid"),
    sa.Column("volgorde", sa.Integer, nullable=False),
)

doelgroep = sa.Table(
    "doelgroep",
    metadata,
    sa.Column("code", sa.String(80), primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("volgorde", sa.Integer, nullable=False),
)

bron = sa.Table(
    "bron",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("titel", sa.Text, nullable=False),
    _text("maker"),
    sa.Column("jaar", sa.Integer, nullable=False),
    _text("toelichting"),
)

gebied = sa.Table(
    "gebied",
    metadata,
    sa.Column("code", sa.String(80), primary_key=True),
    sa.Column("naam", sa.Text, nullable=False),
    sa.Column("niveau", sa.String(20), nullable=False, index=True),
    sa.Column("jaar", sa.Integer),
    _text("bron"),
    _list("leden"),
    _text("gemeente"),
    sa.Column("vrijwel_onbewoond", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("oppervlakte_m2", sa.Float, nullable=False),
    sa.Column("vorm", sa.Text, nullable=False, comment="GeoJSON geometry, WGS84, as published"),
    sa.Column("vorm_pagina", sa.Text, nullable=False, comment="the same, simplified for pages"),
)

gebied_buurt = sa.Table(
    "gebied_buurt",
    metadata,
    sa.Column("gebied", sa.ForeignKey("gebied.code"), primary_key=True),
    sa.Column("buurt", sa.ForeignKey("gebied.code"), primary_key=True, index=True),
)

kerncijfer = sa.Table(
    "kerncijfer",
    metadata,
    sa.Column("gebied", sa.String(80), primary_key=True),
    sa.Column("jaar", sa.Integer, primary_key=True),
    sa.Column("naam", sa.String(80), primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("waarde", sa.Float, nullable=False),
    sa.Column("eenheid", sa.String(40), nullable=False),
    _text("bron"),
)

actor = sa.Table(
    "actor",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("naam", sa.Text, nullable=False),
    sa.Column("soort", sa.String(40), nullable=False, index=True),
    _text("omschrijving"),
    _list("themas"),
    _list("doelgroepen"),
    sa.Column("lijn", sa.Integer),
    *_place(),
    _text("website"),
    _text("telefoon"),
    _text("email"),
    sa.Column("zichtbaarheid", sa.Integer, nullable=False),
    sa.Column("gecontroleerd_op", sa.Date),
    _text("gecontroleerd_door"),
    sa.Column("status", sa.String(20), nullable=False),
    _text("bron"),
    _text("type"),
    _text("doet"),
    _text("doet_niet"),
    _text("beslist_zelf"),
    _text("overdracht"),
    sa.Column("antwoord_binnen_dagen", sa.Integer),
    _text("gezocht"),
    _list("moedertaal"),
    sa.Column("zoeknaam", sa.Text, nullable=False),
    sa.Column("gedocumenteerd", sa.Boolean, nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
)

toestemming = sa.Table(
    "toestemming",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("actor_id", sa.ForeignKey("actor.id"), nullable=False, index=True),
    sa.Column("op", sa.Date, nullable=False),
    sa.Column("tot", sa.Date, comment="as given"),
    sa.Column("eind", sa.Date, nullable=False, comment="first day it no longer holds"),
    _text("doel"),
    sa.Column("niveau", sa.Integer),
    _text("door"),
    sa.Column("vervallen_op", sa.DateTime(timezone=True), comment="replaced or withdrawn"),
    sa.Column("ingetrokken", sa.Boolean, nullable=False, server_default=sa.false()),
)

aanbod = sa.Table(
    "aanbod",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("actor_id", sa.ForeignKey("actor.id"), nullable=False, index=True),
    sa.Column("naam", sa.Text, nullable=False),
    _text("omschrijving"),
    sa.Column("vorm", sa.String(20)),
    sa.Column("lijn", sa.Integer),
    _list("themas"),
    _list("doelgroepen"),
    sa.Column("min_leeftijd", sa.Integer),
    sa.Column("max_leeftijd", sa.Integer),
    sa.Column("kosten", Amount),
    _list("talen"),
    *_place(),
    _text("wanneer"),
    sa.Column("capaciteit", sa.Integer),
    _text("aanmelden"),
    sa.Column("gecontroleerd_op", sa.Date),
    sa.Column("status", sa.String(20), nullable=False),
    _text("bron"),
    sa.Column("bereik_m", sa.Integer),
    sa.Column("stadsbreed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("toegang", sa.String(20)),
    sa.Column("wachttijd_dagen", sa.Integer),
    sa.Column("wachttijd_op", sa.Date),
    sa.Column("loopt_tot", sa.Date),
    sa.Column("zoeknaam", sa.Text, nullable=False),
    sa.Column("gedocumenteerd", sa.Boolean, nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
)

relatie = sa.Table(
    "relatie",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("van_id", sa.ForeignKey("actor.id"), nullable=False, index=True),
    sa.Column("naar_id", sa.ForeignKey("actor.id"), nullable=False, index=True),
    sa.Column("soort", sa.String(40), nullable=False),
    sa.Column("richting", sa.String(20), nullable=False),
    sa.Column("sterkte", sa.Integer, nullable=False),
    sa.Column("feitelijk", sa.String(20), nullable=False),
    sa.Column("gecontroleerd_op", sa.Date),
    sa.Column("zichtbaarheid", sa.Integer, nullable=False),
    _text("toelichting"),
    _text("bron"),
    sa.Column("geldig_van", sa.Date),
    sa.Column("geldig_tot", sa.Date),
    sa.Column("versie", sa.Integer, nullable=False),
)

inventarisatie = sa.Table(
    "inventarisatie",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("gebied", sa.ForeignKey("gebied.code"), nullable=False, index=True),
    sa.Column("thema", sa.ForeignKey("thema.code"), nullable=False),
    _text("doelgroep"),
    sa.Column("datum", sa.Date, nullable=False),
    sa.Column("door", sa.Text, nullable=False),
    _list("gevraagd_aan"),
    sa.Column("uitkomst", sa.String(20), nullable=False),
    _list("aanbod_ids"),
    sa.Column("versie", sa.Integer, nullable=False),
)

signaal = sa.Table(
    "signaal",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("gebied", sa.ForeignKey("gebied.code"), nullable=False, index=True),
    sa.Column("thema", sa.ForeignKey("thema.code"), nullable=False),
    _text("doelgroep"),
    sa.Column("soort", sa.String(40), nullable=False),
    sa.Column("datum", sa.Date, nullable=False),
    sa.Column("melder", sa.Text, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    _text("eigenaar"),
    _text("stap"),
    _text("antwoord"),
    sa.Column("stap_op", sa.Date),
    sa.Column("antwoord_op", sa.Date),
    sa.Column("versie", sa.Integer, nullable=False),
)

wijkopdracht = sa.Table(
    "wijkopdracht",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("titel", sa.String(40), nullable=False),
    sa.Column("gebied", sa.ForeignKey("gebied.code"), nullable=False, index=True),
    _list("themas"),
    sa.Column("kant", sa.String(20), nullable=False),
    sa.Column("eigenaar", sa.String(40), nullable=False),
    sa.Column("stap", sa.String(40), nullable=False),
    sa.Column("datum", sa.Date, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    _list("gaten"),
    _list("actor_ids"),
    _list("signaal_ids"),
    sa.Column("versie", sa.Integer, nullable=False),
)

geschiedenis = sa.Table(
    "geschiedenis",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("record", sa.String(20), nullable=False),
    sa.Column("record_id", sa.String(80), nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
    sa.Column("wanneer", sa.DateTime(timezone=True), nullable=False),
    sa.Column("wie", sa.Text, nullable=False),
    sa.Column("voor", sa.JSON(none_as_null=True)),
    sa.Column("na", sa.JSON(none_as_null=True)),
    sa.Index("ix_geschiedenis_record", "record", "record_id", "versie"),
)

#: Search index: which codes a record answers to. `veld` is `thema`, `doelgroep`, `werkgebied`
#: (as the record says), `ligging` (areas that hold its point) or `gemeente` (municipalities of the
#: actor, by its point and werkgebied; an offer has those of its actor). Made from the records.
GEMEENTE = "gemeente"
kenmerk = sa.Table(
    "kenmerk",
    metadata,
    sa.Column("veld", sa.String(20), primary_key=True),
    sa.Column("code", sa.String(80), primary_key=True),
    sa.Column("record", sa.String(20), primary_key=True),
    sa.Column("record_id", sa.String(80), primary_key=True),
    sa.Index("ix_kenmerk_record", "record", "record_id"),
)

#: Map index: one row per place of a record, or per area when it has no place; with everything a
#: map filter asks. `mx`, `my` are Web Mercator in 2^28 units for the world, y from the north;
#: `gebied` is empty for a place, and `NOWHERE` for a record with neither place nor area: that is
#: in lists and never on the map. Kept in the order of the key, so that a viewport is one sweep.
NOWHERE = "?"
punt = sa.Table(
    "punt",
    metadata,
    sa.Column("record", sa.String(20), primary_key=True),
    sa.Column("my", sa.Integer, primary_key=True),
    sa.Column("mx", sa.Integer, primary_key=True),
    sa.Column("record_id", sa.String(80), primary_key=True),
    sa.Column("gebied", sa.String(80), primary_key=True),
    sa.Column("lijn", sa.Integer),
    sa.Column("soort", sa.String(40), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("loopt_tot", sa.Date),
    sa.Column("gecontroleerd_op", sa.Date),
    sa.Column("gedocumenteerd", sa.Boolean, nullable=False),
    sa.Column("niveau", sa.Integer, nullable=False),
    sa.Column("zichtbaar_van", sa.Date),
    sa.Column("zichtbaar_tot", sa.Date),
    sa.Index("ix_punt_record", "record", "record_id"),
    sa.Index("ix_punt_gebied", "record", "gebied"),
    sqlite_with_rowid=False,
)

#: What finding ranks offers by, one row each (`search_rows.py`); `stand` is the number of the
#: map's contents at which the row last changed, `woorden` is empty until the text was read.
zoekrij = sa.Table(
    "zoekrij",
    metadata,
    sa.Column("aanbod_id", sa.ForeignKey("aanbod.id"), primary_key=True),
    sa.Column("stand", sa.Integer, nullable=False, index=True),
    sa.Column("gegevens", sa.Text, nullable=False),
    sa.Column("woorden", sa.Text),
)

#: How the text of an offer lies among others in meaning: 384 numbers of one byte (`meaning.py`);
#: `tekst` tells whether it was made from the text as it is now.
zoekvector = sa.Table(
    "zoekvector",
    metadata,
    sa.Column("aanbod_id", sa.ForeignKey("aanbod.id"), primary_key=True),
    sa.Column("tekst", sa.String(40), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

#: What came of referrals: a count per offer, month (`2026-11`) and outcome; no case, no account.
ervaring = sa.Table(
    "ervaring",
    metadata,
    sa.Column("aanbod_id", sa.ForeignKey("aanbod.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("maand", sa.String(7), primary_key=True),
    sa.Column("uitkomst", sa.String(20), primary_key=True),
    sa.Column("aantal", sa.Integer, nullable=False),
)

#: Searches without a good answer: the one thing that is kept about questions (eisen.md, 16).
#: `doelgroep` is empty when none was heard; `gebied` is a wijk, never less.
onvervuld = sa.Table(
    "onvervuld",
    metadata,
    sa.Column("maand", sa.String(7), primary_key=True),
    sa.Column("thema", sa.String(80), primary_key=True),
    sa.Column("doelgroep", sa.String(80), primary_key=True),
    sa.Column("gebied", sa.String(80), primary_key=True),
    sa.Column("aantal", sa.Integer, nullable=False),
)

#: What was known of coverage at the start of a month (`2026-11`), as everybody may see it; `bereik`
#: in whole per cents, `oordeel` empty where nobody lives, `regel` the rule that it was judged by.
dekking_stand = sa.Table(
    "dekking_stand",
    metadata,
    sa.Column("maand", sa.String(7), primary_key=True),
    sa.Column("gebied", sa.String(80), primary_key=True),
    sa.Column("thema", sa.String(80), primary_key=True),
    sa.Column("doelgroep", sa.String(80), primary_key=True),
    sa.Column("oordeel", sa.String(20), nullable=False),
    sa.Column("bereik", sa.Integer),
    sa.Column("verouderd", sa.Boolean, nullable=False),
    sa.Column("gekeken", sa.Boolean, nullable=False),
    _list("aanbod"),
    _list("oud"),
    sa.Column("regel", sa.Integer, nullable=False),
)
