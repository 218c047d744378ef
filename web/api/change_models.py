"""What changing a record takes and gives, for the OpenAPI document."""

from __future__ import annotations

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
