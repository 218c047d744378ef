"""What an import by program takes and answers, described for the OpenAPI document."""

from __future__ import annotations

from pydantic import BaseModel, Field

from web.api.questions import Question
from web.api.schema import Answer, one_of, said


class ImportQuestion(Question):
    """Parameters of an import."""

    proef: str | None = one_of("Alleen kijken: er verandert niets.", ("true", "false"), "true")


class Importbestanden(BaseModel):
    """De bestanden, en van wie ze zijn."""

    bestanden: list[str] = Field(
        description="CSV, XLSX, ZIP met CSV, of HSDS; samen hoogstens 25 MB.",
        json_schema_extra={"items": {"type": "string", "contentMediaType": "text/csv"}},
    )
    bron: str | None = Field(
        None, description="Van wie het bestand is; anders de namen van de bestanden."
    )


class Importfout(BaseModel):
    """Wat er niet klopt, en waar."""

    bestand: str = said("Naam van het bestand of blad.", "actoren.csv")
    rij: int = said("Rij; de kopregel is 1, 0 is het hele bestand.", 4)
    kolom: str = said("Kolom; leeg is de hele rij.", "soort")
    melding: str = said("Wat er niet klopt en wat te doen.", "Kies een soort uit de lijst.")


class Importtelling(BaseModel):
    """Hoeveel records van een tabel nieuw, anders of gelijk zijn, en hoeveel er blijven."""

    nieuw: int
    gewijzigd: int
    gelijk: int
    gelaten: int


class Gelaten(BaseModel):
    """Een record dat blijft zoals het is."""

    tabel: str = said("Tabel van het uitwisselformaat.", "actoren")
    id: str = said("Code.", "A002")


class ImportAntwoord(Answer):
    """Wat een import deed, of zou doen."""

    geteld: dict[str, Importtelling] = said("Aantallen per tabel.")
    fouten: list[Importfout] = said("Leeg als het kan.")
    waarschuwingen: list[Importfout] = said("Wat is omgezet of aandacht vraagt.")
    gelaten: list[Gelaten] = said("Wat iemand sindsdien veranderde, en dus blijft.")
    geplaatst: bool = said("Of het nu op de kaart staat.")
    invoer_id: str | None = said("Code van de import, om hem terug te draaien; leeg bij een proef.")
