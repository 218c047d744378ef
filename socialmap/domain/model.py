"""The things of a social map, as frozen records that hold values and no behaviour of a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from socialmap.domain.codes import (
    Feitelijk,
    Gebiedsniveau,
    Lijn,
    Niveau,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)

#: Reach of an offer that serves the whole town, instead of a number of metres.
STADSBREED: Literal["stadsbreed"] = "stadsbreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toestemming:
    """Consent of a sleutelfiguur to be found (begrippen.md; AVG article 7).

    Attributes
    ----------
    op, tot
        First day, and first day that it no longer holds; without `tot` twelve months after `op`.
    doel
        What it was given for, in words; never read as a date.
    niveau
        Widest level of reader; None means the level of the actor.
    door
        Role that recorded it, and for which organisation.
    """

    op: date
    tot: date | None = None
    doel: str = ""
    niveau: Niveau | None = None
    door: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever does something in the wijk. `lon`, `lat` are WGS84 degrees, or both None."""

    id: str
    naam: str
    soort: Soort
    omschrijving: str = ""
    themas: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    lijn: Lijn | None = None
    adres: str = ""
    postcode: str = ""
    plaats: str = ""
    lon: float | None = None
    lat: float | None = None
    werkgebied: tuple[str, ...] = ()
    website: str = ""
    telefoon: str = ""
    email: str = ""
    zichtbaarheid: Niveau = Niveau.OPENBAAR
    toestemming: Toestemming | None = None
    gecontroleerd_op: date | None = None
    gecontroleerd_door: str = ""
    status: Status = Status.ACTIEF
    bron: str = ""
    type: str = ""
    doet: str = ""
    doet_niet: str = ""
    beslist_zelf: str = ""
    overdracht: str = ""
    antwoord_binnen_dagen: int | None = None
    gezocht: str = ""
    moedertaal: tuple[str, ...] = ()
    versie: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Aanbod:
    """Something a resident can use; takes the level and the status of its actor.

    `kosten` is euro per visit, `bereik` metres or `STADSBREED`, `wanneer` OpenStreetMap
    opening hours, `lon`, `lat` WGS84 degrees or both None.
    """

    id: str
    actor_id: str
    naam: str
    omschrijving: str = ""
    vorm: Vorm | None = None
    lijn: Lijn | None = None
    themas: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    min_leeftijd: int | None = None
    max_leeftijd: int | None = None
    kosten: Decimal | None = None
    talen: tuple[str, ...] = ()
    adres: str = ""
    postcode: str = ""
    plaats: str = ""
    lon: float | None = None
    lat: float | None = None
    wanneer: str = ""
    capaciteit: int | None = None
    aanmelden: str = ""
    gecontroleerd_op: date | None = None
    status: Status = Status.ACTIEF
    bron: str = ""
    bereik: int | Literal["stadsbreed"] | None = None
    werkgebied: tuple[str, ...] = ()
    toegang: Toegang | None = None
    wachttijd_dagen: int | None = None
    wachttijd_op: date | None = None
    loopt_tot: date | None = None
    versie: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatie:
    """A typed tie between two actors; `sterkte` 1 to 3, `id` follows from what it connects."""

    id: str
    van_id: str
    naar_id: str
    soort: Relatiesoort
    richting: Richting
    sterkte: int
    feitelijk: Feitelijk
    gecontroleerd_op: date | None = None
    zichtbaarheid: Niveau = Niveau.OPENBAAR
    toelichting: str = ""
    bron: str = ""
    geldig_van: date | None = None
    geldig_tot: date | None = None
    versie: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebied:
    """An area with its place among the others.

    Attributes
    ----------
    code
        CBS code (`BU…`, `WK…`, `GM…`) or the id of a team area or own area.
    leden
        What a team area or own area was put together from; empty for CBS areas.
    buurten
        Codes of all buurten inside, itself included for a buurt.
    lon, lat
        A point on its surface, WGS84 degrees.
    """

    code: str
    naam: str
    niveau: Gebiedsniveau
    jaar: int | None = None
    bron: str = ""
    leden: tuple[str, ...] = ()
    buurten: tuple[str, ...] = ()
    gemeente: str = ""
    vrijwel_onbewoond: bool = False
    lon: float = 0.0
    lat: float = 0.0
    oppervlakte_m2: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kerncijfer:
    """One published figure of one area: `eenheid` is `personen`, `huishoudens`, `%` or other."""

    gebied: str
    jaar: int
    naam: str
    label: str
    waarde: float
    eenheid: str
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bron:
    """A document that facts were drawn from."""

    id: str
    titel: str
    maker: str
    jaar: int
    toelichting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventarisatie:
    """Somebody looked for a theme in an area on a date, also when nothing was found."""

    id: str
    gebied: str
    thema: str
    doelgroep: str = ""
    datum: date
    door: str
    gevraagd_aan: tuple[str, ...]
    uitkomst: Literal["niets_gevonden", "gevonden", "deels"]
    aanbod_ids: tuple[str, ...] = ()
    versie: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Signaal:
    """A hitch in the working of an area, never about a resident (source 003, 5.8).

    `melder` is a token that stands for one visit, `eigenaar`, `stap` and `antwoord` are codes of
    `choices.py`, `stap_op` is the day by which the step is done, `antwoord_op` that of the answer.
    """

    id: str
    gebied: str
    thema: str
    doelgroep: str = ""
    soort: str
    datum: date
    melder: str
    status: Literal["nieuw", "opgepakt", "besloten", "teruggekoppeld"] = "nieuw"
    eigenaar: str = ""
    stap: str = ""
    antwoord: str = ""
    stap_op: date | None = None
    antwoord_op: date | None = None
    versie: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wijkopdracht:
    """A step for an area, over the social and the physical field (source 004, 1.3).

    Attributes
    ----------
    titel, kant, eigenaar, stap, status
        Codes of `choices.py`.
    datum
        Day by which the step is done.
    gaten
        What it closes, each as `gap_key` writes it.
    """

    id: str
    titel: str
    gebied: str
    themas: tuple[str, ...]
    kant: Literal["sociaal", "fysiek", "beide"]
    eigenaar: str
    stap: str
    datum: date
    status: Literal["open", "bezig", "klaar"] = "open"
    gaten: tuple[str, ...] = ()
    actor_ids: tuple[str, ...] = ()
    signaal_ids: tuple[str, ...] = ()
    versie: int = 1


def gap_key(gebied: str, thema: str, doelgroep: str) -> str:
    """Name a gap: area, theme and group (empty: everybody), with `|` between."""
    return f"{gebied}|{thema}|{doelgroep}"
