"""What the interface takes and answers about inventarisaties and signals."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from socialmap.domain.choices import (
    Antwoord,
    Bevinding,
    Gevraagd,
    Hoedanigheid,
    Signaalsoort,
    Signaalstatus,
    Stap,
)
from web.api.questions import Pages, Question
from web.api.schema import Answer, coded, maybe, said, several
from web.finding_input import Code

_ROLES = [code.value for code in Hoedanigheid]
_OUTCOMES = [code.value for code in Bevinding]
_KINDS = [code.value for code in Signaalsoort]
_STANDS = [code.value for code in Signaalstatus]
_ASKED = {"items": {"type": "string", "enum": [code.value for code in Gevraagd]}}
_AREA = "Code van een gebied."
_THEME = "Code van een thema; zie /woorden."
_GROUP = "Code van een doelgroep; zie /woorden. Leeg is iedereen."
_MOST_IDS = 200


class InventarisatieQuestion(Pages):
    """Parameters of a list of inventarisaties."""

    gebied: str | None = maybe("Alleen van dit gebied en wat er buurten mee deelt.", "WK039221")
    thema: list[str] | None = several(_THEME, None, ["sociaal_netwerk"])
    uitkomst: list[str] | None = several("Wat er uitkwam.", _OUTCOMES, ["niets_gevonden"])


class SignaalQuestion(Question):
    """Parameters of the list of signals."""

    gebied: str | None = maybe("Alleen van dit gebied en wat er buurten mee deelt.", "WK039221")
    thema: list[str] | None = several(_THEME, None, ["huishouden_administratie"])
    soort: list[str] | None = several("Wat in de weg zit.", _KINDS, ["aanbod_ontbreekt"])
    status: list[str] | None = several("Hoe ver het is.", _STANDS, ["opgepakt"])


class Inventarisatie(Answer):
    """Iemand keek of er iets is voor een thema in een gebied, ook als er niets was."""

    id: str = said("Vaste code.", "I001")
    gebied: str = said(_AREA, "WK039220")
    thema: str = said(_THEME, "sociaal_netwerk")
    doelgroep: str | None = said(_GROUP, "ouderen")
    datum: str = said("Dag waarop is gekeken.", "2026-03-17")
    door: str = coded("Rol van wie keek.", _ROLES, "opbouwwerker")
    gevraagd_aan: list[str] = Field(
        ...,
        description="Aan wie het is gevraagd.",
        examples=[["bewoners", "kerk_of_moskee"]],
        json_schema_extra=_ASKED,  # type: ignore[arg-type]
    )
    uitkomst: str = coded("Wat er uitkwam.", _OUTCOMES, "deels")
    aanbod_ids: list[str] = said(
        "Codes van het aanbod dat is gevonden en dat u mag zien.", ["O132"]
    )
    versie: int = said("Nummer van de versie; elke wijziging telt één op.", 1)


class Inventarisaties(Answer):
    """Een bladzijde van de lijst."""

    resultaten: list[Inventarisatie] = said("In volgorde van de code.")
    volgende: str | None = said("Merk van de volgende bladzijde; leeg op de laatste.")
    totaal: int = said("Hoeveel er zijn.", 12)


class NieuweInventarisatie(BaseModel):
    """Dat er is gekeken. Er is geen vrije tekst."""

    model_config = ConfigDict(extra="forbid")

    gebied: Code = Field(description=_AREA, examples=["WK039221"])
    thema: Code = Field(description=_THEME, examples=["taal"])
    doelgroep: str = Field("", max_length=80, description=_GROUP, examples=["ouderen"])
    datum: Code = Field(description="Dag waarop is gekeken.", examples=["2026-11-20"])
    door: Code = Field(
        description="Rol van wie keek.",
        examples=["wijkteam"],
        json_schema_extra={"enum": list(_ROLES)},
    )
    gevraagd_aan: list[Code] = Field(
        max_length=20,
        description="Aan wie het is gevraagd.",
        examples=[["bewoners", "school"]],
        json_schema_extra=_ASKED,  # type: ignore[arg-type]
    )
    uitkomst: Code = Field(
        description="Wat er uitkwam.",
        examples=["niets_gevonden"],
        json_schema_extra={"enum": list(_OUTCOMES)},
    )
    aanbod_ids: list[Code] = Field(
        [], max_length=_MOST_IDS, description="Codes van het aanbod dat is gevonden."
    )


class Signaalgroep(Answer):
    """Gelijke signalen bij elkaar, van minstens drie melders."""

    gebied: str = said("Code van een wijk of een groter gebied.", "WK039221")
    thema: str = said(_THEME, "huishouden_administratie")
    soort: str | None = coded(
        "Wat in de weg zit; leeg als het verschilt.", _KINDS, "aanbod_ontbreekt", empty=True
    )
    meldingen: int = said("Hoeveel mensen dit meldden.", 5)
    laatste: str = said("Dag van de laatste melding.", "2026-11-12")
    status: str = coded("Hoe ver het is.", _STANDS, "opgepakt")
    eigenaar: str | None = coded("Rol van wie het oppakt.", _ROLES, "opbouwwerker", empty=True)
    stap: str | None = coded(
        "Wat er gebeurt.", [code.value for code in Stap], "vrijwilligers_zoeken", empty=True
    )
    stap_op: str | None = said("Dag waarop de stap klaar is.", "2026-12-15")
    antwoord: str | None = coded(
        "Wat de melders horen.", [code.value for code in Antwoord], "doorgegeven", empty=True
    )
    antwoord_op: str | None = said("Dag van het antwoord.", "2026-11-20")


class Oppakken(Answer):
    """Een thema in een gebied waar minstens drie mensen iets over meldden."""

    gebied: str = said("Code van een wijk of een groter gebied.", "WK039221")
    thema: str = said(_THEME, "huishouden_administratie")


class Signalen(Answer):
    """Alle groepen signalen, en wat om een gezamenlijke aanpak vraagt."""

    resultaten: list[Signaalgroep] = said("Zonder antwoord eerst, dan de meeste meldingen eerst.")
    totaal: int = said("Hoeveel groepen het zijn.", 3)
    samen_oppakken: list[Oppakken] = said("Nog zonder antwoord, om welke reden ook gemeld.")


class NieuwSignaal(BaseModel):
    """Wat er niet werkt in een gebied. Nooit over een bewoner; er is geen vrije tekst."""

    model_config = ConfigDict(extra="forbid")

    gebied: Code = Field(description=_AREA, examples=["WK039221"])
    thema: Code = Field(description=_THEME, examples=["huishouden_administratie"])
    doelgroep: str = Field("", max_length=80, description=_GROUP, examples=["ouderen"])
    soort: Code = Field(
        description="Wat in de weg zit.",
        examples=["aanbod_ontbreekt"],
        json_schema_extra={"enum": list(_KINDS)},
    )


class Gemeld(Answer):
    """Waar de melder het antwoord leest."""

    code: str = said("Deze code komt één keer: bewaar hem.", "k7qf2m9x3pva")
    antwoord_op: str = said("Adres waar het antwoord komt te staan.", "/signalen/antwoord/k7qf2m9x")
