"""What changing a record takes and gives, for the OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Velden(BaseModel):
    """Velden van het uitwisselformaat bij naam: tekst, een getal, een lijst van teksten of null.

    Een veld dat ontbreekt wordt leeg. Een veld dat u niet mag zien blijft zoals het is.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "naam": "Soep op donderdag",
                    "soort": "bewonersinitiatief",
                    "zichtbaarheid": "openbaar",
                    "status": "actief",
                    "themas": ["basisbehoeften"],
                }
            ]
        },
    )


class Versiekeuze(BaseModel):
    """De versie waarnaar u terug wilt."""

    versie: int = Field(description="Nummer van de versie.", ge=1, examples=[1])


class Samenvoeging(BaseModel):
    """Het record dat in dit record opgaat, en per veld dat verschilt welk van beide blijft.

    Wat u niet kiest, is het best ingevulde of het laatst nagekeken. `plek` staat voor adres,
    postcode, plaats, lon en lat samen; `wachttijd` voor de dagen en de dag.
    """

    met: str = Field(description="Code van het record dat hierin opgaat.", examples=["A-0f3c"])
    kies: dict[str, Literal["dit", "ander"]] = Field(
        default_factory=dict, examples=[{"naam": "ander", "plek": "dit"}]
    )


class Losmaking(BaseModel):
    """Het record dat weer apart komt te staan."""

    van: str = Field(description="Code van het record dat erin was opgegaan.", examples=["A-0f3c"])


class Veldverandering(BaseModel):
    """Wat er in een veld stond, en wat er kwam te staan."""

    veld: str
    voor: str
    na: str


class Versie(BaseModel):
    """Een versie van een record, voor zover u die mag zien."""

    versie: int
    wanneer: str
    wie: str
    velden: list[Veldverandering]


class Geschiedenis(BaseModel):
    """De versies van een record, de nieuwste eerst."""

    resultaten: list[Versie]
