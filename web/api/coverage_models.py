"""What the calls on coverage take and answer, described for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from socialmap.coverage.need import EVERYBODY
from socialmap.coverage.placing import MOST_PLACES
from socialmap.coverage.times import Dagdeel
from socialmap.coverage.verdict import Oordeel, Toevoeging
from web.api.questions import Question
from web.api.schema import Answer, coded, maybe, one_of, said, several
from web.coverage_query import DAYS, LEAST_M, LEVELS, MOST_M

__all__ = ["MOST_PLACES", "Dekking", "DekkingQuestion", "Gaten", "Plaatsing", "Plaatsingsvraag"]

_NIVEAUS = [level.value for level in LEVELS]
_OORDELEN = [code.value for code in Oordeel]
_TOEVOEGINGEN = [code.value for code in Toevoeging]
_STRAAL = (
    "Zoveel meter lopen bereikt elke plek. Zonder: wat het aanbod zelf zegt, anders 800 meter, en "
    "500 voor ouderen."
)
_AFGEROND = "Afgerond op tientallen; 0 is ook 1 tot en met 9; null is onbekend."
Code = Annotated[str, Field(min_length=1, max_length=80)]


class DekkingQuestion(Question):
    """Parameters of coverage and of its gaps."""

    niveau: str | None = one_of("Niveau van de gebieden.", _NIVEAUS, "wijk", "wijk")
    gebied: str | None = maybe("Alleen wat hiermee buurten deelt.", "WK039201")
    thema: list[str] | None = several("Thema; zie /woorden.", None, ["sociaal_netwerk"])
    doelgroep: str | None = maybe("Eén doelgroep; zie /woorden.", "ouderen")
    straal_m: int | None = maybe(_STRAAL, 800, ge=LEAST_M, le=MOST_M)
    dag: str | None = one_of("Alleen wat op deze dag open is.", DAYS, "zondag")
    dagdeel: str | None = one_of(
        "Alleen wat dan open is: ochtend tot 12 uur, middag tot 18 uur, avond daarna.",
        [part.value for part in Dagdeel],
        "avond",
    )


class Cijfer(Answer):
    """Een kerncijfer waar een aantal personen op rust."""

    naam: str = said("Naam van het cijfer.", "inwoners")
    jaar: int = said("Jaar.", 2024)
    gebied: str = said("Code van het gebied waarvoor het is geteld.", "WK039201")


class DekkingCijfers(Answer):
    """Waar de aantallen op rusten."""

    gebruikt: list[Cijfer] = said("De cijfers; leeg als er geen cijfer van deze groep is.")
    geschat: bool = said("Of inwoners naar oppervlakte zijn verdeeld.", True)
    afstand: str = said("Hoe lopen is gemeten.", "rechte lijn x 1,3")


class GebiedDekking(Answer):
    """Een thema en doelgroep in een gebied."""

    code: str = said("Code van het gebied.", "WK039201")
    naam: str = said("Naam van het gebied.", "Oude Stad")
    niveau: str = coded("Niveau.", _NIVEAUS, "wijk")
    thema: str = said("Thema.", "sociaal_netwerk")
    doelgroep: str = said("Doelgroep.", EVERYBODY)
    straal_m: float = said("Meter lopen van aanbod dat zelf niets zegt, of de gevraagde.", 800)
    behoefte: int | None = said(f"Personen van de groep. {_AFGEROND}", 8140)
    bereik: float | None = said("Deel binnen bereik, in honderdsten; null: er woont niemand.", 0.62)
    verhouding: float | None = said("Plaatsen per persoon, in twee cijfers; null: onbekend.", 0.011)
    capaciteit_bekend: float | None = said("Deel van het aanbod met bekende plaatsen.", 0.5)
    oordeel: str | None = coded("Oordeel; null: er woont niemand.", _OORDELEN, "dun", empty=True)
    verouderd: bool = said("Of oude gegevens het oordeel zouden veranderen.", False)
    toevoegingen: list[str] = said(f"Uit: {', '.join(_TOEVOEGINGEN)}.", [])
    personen: int | None = said(f"Personen die niets bereikt. {_AFGEROND}", 3100)
    gekeken: bool = said("Of iemand er in 24 maanden naar keek.", False)
    aanbod: list[str] = said("Codes van bruikbaar aanbod dat hier komt.", ["O001"])
    oud: list[str] = said("Codes van aanbod dat te lang niet is nagekeken.", [])
    stadsbreed: list[str] = said("Codes van aanbod voor de hele stad; telt niet mee.", [])
    plek_onbekend: list[str] = said("Codes van aanbod zonder bekende plek; telt niet mee.", [])
    volgens_bron: list[str] = said("Codes van wat alleen een document noemt; telt niet mee.", [])
    cijfers: DekkingCijfers = said("Waar de aantallen op rusten.")
    zin: str = said("Hetzelfde in gewone zinnen.")


class Dekking(Answer):
    """Dekking per gebied en thema."""

    gebieden: list[GebiedDekking] = said("Per thema, en daarbinnen op naam van het gebied.")


class Vergelijkbaar(Answer):
    """Een gebied dat erop lijkt en waar het thema wel gedekt is."""

    code: str = said("Code van het gebied.", "WK039202")
    naam: str = said("Naam van het gebied.", "Vondelkwartier")
    aanbod: list[str] = said("Codes van het aanbod dat het daar doet.", ["O002"])


class Gat(Answer):
    """Een thema dat ontbreekt, of waar nog niemand naar keek."""

    code: str = said("Code van het gebied.", "WK047303")
    naam: str = said("Naam van het gebied.", "Bentveld")
    thema: str = said("Thema.", "sociaal_netwerk")
    doelgroep: str = said("Doelgroep.", EVERYBODY)
    personen: int | None = said(f"Personen die niets bereikt. {_AFGEROND}", 820)
    personen_tekst: str = said("Hetzelfde in woorden.", "820")
    oordeel: str = coded("`gat`: er is gekeken; `onbekend`: nog niet.", _OORDELEN, "onbekend")
    verouderd: bool = said("Of oude gegevens het oordeel zouden veranderen.", False)
    samen: int = said("Hoeveel thema's hier samen ontbreken.", 3)
    redenen: list[str] = said("Waarom, in gewone zinnen, met bron en jaar.")
    vergelijkbaar: list[Vergelijkbaar] = said("Hoogstens drie gebieden waar het wel gedekt is.")


class Gaten(Answer):
    """Gaten, de belangrijkste eerst."""

    gaten: list[Gat] = said("Op volgorde van belang.")


class Plaatsingsvraag(BaseModel):
    """Waar nieuwe plekken komen te liggen. Er wordt niets bewaard."""

    model_config = ConfigDict(extra="forbid", strict=True)

    thema: Code = Field(description="Code; zie /woorden.", examples=["sociaal_netwerk"])
    doelgroep: Code = Field(EVERYBODY, description="Code; zie /woorden.", examples=["ouderen"])
    aantal: int = Field(ge=1, le=MOST_PLACES, description="Hoeveel plekken.", examples=[3])
    gebied: Code | None = Field(
        None, description="Waar de plekken liggen; zonder: de hele kaart.", examples=["WK039201"]
    )
    straal_m: int | None = Field(None, ge=LEAST_M, le=MOST_M, description=_STRAAL, examples=[800])


class NieuwePlek(Answer):
    """Een gekozen plek."""

    lon: float = said("Lengtegraad (WGS84).", 4.64)
    lat: float = said("Breedtegraad (WGS84).", 52.38)
    gebied: str = said("Code van de buurt.", "BU03920101")
    gebied_naam: str = said("Naam van de buurt.", "Stationsbuurt")
    actor_id: str | None = said("Wie daar nu zit; null: een punt midden in de buurt.", "A002")
    naam: str | None = said("Naam van wie daar nu zit.", "Buurthuis")
    nieuw_bereikt: int = said("Personen die deze plek erbij bereikt, na de plekken ervoor.", 830)
    nieuw_bereikt_tekst: str = said("Hetzelfde in woorden.", "830")


class Plaatsing(Answer):
    """De plekken die samen de meeste mensen bereiken die nu niets bereikt."""

    plekken: list[NieuwePlek] = said("In volgorde van toevoegen; minder als meer niets helpt.")
    totaal_nieuw: int | None = said(f"Personen die alle plekken erbij bereiken. {_AFGEROND}", 2100)
    totaal_nieuw_tekst: str = said("Hetzelfde in woorden.", "2.100")
    een_minder: int | None = said(
        "Hoeveel personen minder de beste keus van één minder haalt.", 410
    )
    een_minder_tekst: str = said("Hetzelfde in woorden.", "410")
    nu_niet_bereikt: int | None = said(f"Personen die nu niets bereikt. {_AFGEROND}", 5200)
    nu_niet_bereikt_tekst: str = said("Hetzelfde in woorden.", "5.200")
    straal_m: float = said("Meter lopen van een nieuwe plek.", 800)
    afstand: str = said("Hoe lopen is gemeten.", "rechte lijn x 1,3")
