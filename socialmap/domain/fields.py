"""The columns of the exchange format: name, kind and limits, in the order of writing.

Source: uitwisselformaat.md. Reading a cell is `parse.py`, judging a record is `checks.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from socialmap.domain.choices import (
    Antwoord,
    Bevinding,
    Gevraagd,
    Hoedanigheid,
    Signaalsoort,
    Signaalstatus,
    Stap,
)
from socialmap.domain.codes import (
    ZICHTBAARHEDEN,
    Feitelijk,
    Gebiedsniveau,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)


class Kind(StrEnum):
    """How the text in a cell is read."""

    TEKST = "tekst"
    SLEUTEL = "sleutel"
    CODE = "code"
    CODES = "codes"
    LIJST = "lijst"
    THEMA = "thema"
    DOELGROEP = "doelgroep"
    THEMAS = "themas"
    DOELGROEPEN = "doelgroepen"
    GETAL = "getal"
    BEDRAG = "bedrag"
    GRADEN = "graden"
    DAG = "dag"
    BEREIK = "bereik"
    TIJDEN = "tijden"
    LINK = "link"
    MAIL = "mail"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Veld:
    """One column.

    Attributes
    ----------
    naam
        Column name in files and interface.
    nodig
        Whether an empty cell is a fault.
    extra
        Whether the column may be missing from a file.
    codes
        Codes allowed in a cell of kind `CODE` or `CODES`.
    langst
        Most characters in a cell.
    laagst, hoogst
        Bounds of a number, inclusive.
    """

    naam: str
    kind: Kind = Kind.TEKST
    nodig: bool = False
    extra: bool = False
    codes: tuple[str, ...] = ()
    langst: int = 500
    laagst: float = 0
    hoogst: float = 1_000_000


def _text(naam: str, langst: int = 500, *, nodig: bool = False, extra: bool = False) -> Veld:
    return Veld(naam=naam, langst=langst, nodig=nodig, extra=extra)


def _code(naam: str, codes: tuple[str, ...], *, nodig: bool = False, extra: bool = False) -> Veld:
    return Veld(naam=naam, kind=Kind.CODE, codes=codes, nodig=nodig, extra=extra)


def _kind(naam: str, kind: Kind, *, nodig: bool = False, extra: bool = False) -> Veld:
    return Veld(naam=naam, kind=kind, langst=2000, nodig=nodig, extra=extra)


def _number(naam: str, hoogst: float, *, extra: bool = False) -> Veld:
    return Veld(naam=naam, kind=Kind.GETAL, hoogst=hoogst, extra=extra)


_LIJN = ("0", "1", "2")
_LEVELS = tuple(ZICHTBAARHEDEN)
_LONG = 4000

ACTOREN: tuple[Veld, ...] = (
    _kind("id", Kind.SLEUTEL, nodig=True),
    _text("naam", 300, nodig=True),
    _code("soort", tuple(Soort), nodig=True),
    _text("omschrijving", _LONG),
    _kind("themas", Kind.THEMAS),
    _kind("doelgroepen", Kind.DOELGROEPEN),
    _code("lijn", _LIJN),
    _text("adres"),
    _kind("postcode", Kind.POSTCODE),
    _text("plaats"),
    Veld(naam="lon", kind=Kind.GRADEN, laagst=-180, hoogst=180),
    Veld(naam="lat", kind=Kind.GRADEN, laagst=-90, hoogst=90),
    _kind("werkgebied", Kind.LIJST),
    _kind("website", Kind.LINK),
    _text("telefoon"),
    _kind("email", Kind.MAIL),
    _code("zichtbaarheid", _LEVELS, nodig=True),
    _kind("toestemming_op", Kind.DAG),
    _text("toestemming_doel", _LONG),
    _kind("gecontroleerd_op", Kind.DAG),
    _text("gecontroleerd_door"),
    _code("status", tuple(Status), nodig=True),
    _text("bron"),
    _text("type", extra=True),
    _kind("toestemming_tot", Kind.DAG, extra=True),
    _code("toestemming_niveau", _LEVELS, extra=True),
    _text("toestemming_door", extra=True),
    _text("doet", _LONG, extra=True),
    _text("doet_niet", _LONG, extra=True),
    _text("beslist_zelf", _LONG, extra=True),
    _text("overdracht", _LONG, extra=True),
    _number("antwoord_binnen_dagen", 365, extra=True),
    _text("gezocht", _LONG, extra=True),
    _kind("moedertaal", Kind.LIJST, extra=True),
)

AANBOD: tuple[Veld, ...] = (
    _kind("id", Kind.SLEUTEL, nodig=True),
    _kind("actor_id", Kind.SLEUTEL, nodig=True),
    _text("naam", 300, nodig=True),
    _text("omschrijving", _LONG),
    _code("vorm", tuple(Vorm)),
    _code("lijn", _LIJN),
    _kind("themas", Kind.THEMAS),
    _kind("doelgroepen", Kind.DOELGROEPEN),
    _number("min_leeftijd", 120),
    _number("max_leeftijd", 120),
    Veld(naam="kosten", kind=Kind.BEDRAG, hoogst=10_000),
    _kind("talen", Kind.LIJST),
    _text("adres"),
    _kind("postcode", Kind.POSTCODE),
    _text("plaats"),
    Veld(naam="lon", kind=Kind.GRADEN, laagst=-180, hoogst=180),
    Veld(naam="lat", kind=Kind.GRADEN, laagst=-90, hoogst=90),
    _kind("wanneer", Kind.TIJDEN),
    _number("capaciteit", 100_000),
    _text("aanmelden"),
    _kind("gecontroleerd_op", Kind.DAG),
    _code("status", tuple(Status), nodig=True),
    _text("bron"),
    Veld(naam="bereik", kind=Kind.BEREIK, hoogst=100_000, extra=True),
    _kind("werkgebied", Kind.LIJST, extra=True),
    _code("toegang", tuple(Toegang), extra=True),
    _number("wachttijd_dagen", 3650, extra=True),
    _kind("wachttijd_op", Kind.DAG, extra=True),
    _kind("loopt_tot", Kind.DAG, extra=True),
)

RELATIES: tuple[Veld, ...] = (
    _kind("van_id", Kind.SLEUTEL, nodig=True),
    _kind("naar_id", Kind.SLEUTEL, nodig=True),
    _code("soort", tuple(Relatiesoort), nodig=True),
    _code("richting", tuple(Richting), nodig=True),
    _code("sterkte", ("1", "2", "3"), nodig=True),
    _code("feitelijk", tuple(Feitelijk), nodig=True),
    _kind("gecontroleerd_op", Kind.DAG),
    _code("zichtbaarheid", _LEVELS, nodig=True),
    _text("toelichting", _LONG),
    _text("bron"),
    _kind("geldig_van", Kind.DAG, extra=True),
    _kind("geldig_tot", Kind.DAG, extra=True),
)

GEBIEDEN: tuple[Veld, ...] = (
    _kind("id", Kind.SLEUTEL, nodig=True),
    _text("naam", 300, nodig=True),
    _code("niveau", (Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.EIGEN), nodig=True),
    _kind("leden", Kind.LIJST, nodig=True),
)

INVENTARISATIES: tuple[Veld, ...] = (
    _kind("id", Kind.SLEUTEL, nodig=True),
    _kind("gebied", Kind.SLEUTEL, nodig=True),
    _kind("thema", Kind.THEMA, nodig=True),
    _kind("doelgroep", Kind.DOELGROEP),
    _kind("datum", Kind.DAG, nodig=True),
    _code("door", tuple(Hoedanigheid), nodig=True),
    Veld(naam="gevraagd_aan", kind=Kind.CODES, codes=tuple(Gevraagd), nodig=True),
    _code("uitkomst", tuple(Bevinding), nodig=True),
    _kind("aanbod_ids", Kind.LIJST),
)

SIGNALEN: tuple[Veld, ...] = (
    _kind("id", Kind.SLEUTEL, nodig=True),
    _kind("gebied", Kind.SLEUTEL, nodig=True),
    _kind("thema", Kind.THEMA, nodig=True),
    _kind("doelgroep", Kind.DOELGROEP),
    _code("soort", tuple(Signaalsoort), nodig=True),
    _kind("datum", Kind.DAG, nodig=True),
    _kind("melder", Kind.SLEUTEL, nodig=True),
    _code("status", tuple(Signaalstatus), nodig=True),
    _code("eigenaar", tuple(Hoedanigheid)),
    _code("stap", tuple(Stap)),
    _code("antwoord", tuple(Antwoord)),
    _kind("stap_op", Kind.DAG, extra=True),
    _kind("antwoord_op", Kind.DAG, extra=True),
)

#: Tables in the order in which they must be read: areas and actors are pointed at by the rest.
TABLES: dict[str, tuple[Veld, ...]] = {
    "gebieden": GEBIEDEN,
    "actoren": ACTOREN,
    "aanbod": AANBOD,
    "relaties": RELATIES,
    "inventarisaties": INVENTARISATIES,
    "signalen": SIGNALEN,
}
