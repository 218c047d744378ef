"""What `POST /zoekvragen` answers, described for the OpenAPI document."""

from __future__ import annotations

from socialmap.finding.question import Redensoort, Zekerheid
from web.api.schema import Answer, coded, said


class Gevaar(Answer):
    """Wie u belt bij gevaar."""

    wie: str = said("Wie.", "Veilig Thuis")
    nummer: str = said("Telefoonnummer; leeg als het per plaats verschilt.", "0800-2000")
    wanneer: str = said("Wanneer u belt.", "Is het thuis niet veilig?")


class Waarom(Answer):
    """Waarom iets hier staat."""

    soort: str = coded("Waar de reden over gaat.", [c.value for c in Redensoort], "onderwerp")
    tekst: str = said("De reden, in een zin.", "Gaat over rouw en verlies.")


class Schakel(Answer):
    """Iemand die u kan voorstellen."""

    actor_id: str = said("Code van de actor.", "A002")
    naam: str = said("Naam.", "Welzijn Zuiderpoort")


class Treffer(Answer):
    """Aanbod dat past."""

    aanbod_id: str = said("Code van het aanbod.", "O063")
    actor_id: str = said("Code van de actor.", "A024")
    naam: str = said("Naam.", "Gespreksgroep na verlies")
    lijn: int | None = coded("Lijn.", [0, 1, 2], 0, empty=True)
    score: float = said("Hoger past beter; alleen te vergelijken binnen dit antwoord.", 4.21)
    afstand_m: float | None = said("Meters lopen, geschat; null als een plek onbekend is.", 620)
    gecontroleerd_op: str | None = said("Wanneer iemand dit voor het laatst nakeek.", "2026-09-27")
    waarom: list[Waarom] = said("De redenen, de belangrijkste eerst.")
    introductie: list[Schakel] | None = said("De weg van uw team naar de actor, of null.")


class Uitgesloten(Answer):
    """Aanbod dat past bij de woorden en toch afvalt."""

    aanbod_id: str = said("Code van het aanbod.", "O055")
    reden: str = said("Waarom het afvalt.", "Is voor een andere leeftijd.")


class ZoekAntwoord(Answer):
    """Het antwoord op een vraag."""

    gevaar: list[Gevaar] = said("Wie u meteen belt; leeg als er geen gevaar is gehoord.")
    zekerheid: str = coded(
        "Hoe zeker het is dat dit past. Bij geen zijn er geen treffers.",
        [c.value for c in Zekerheid],
        "hoog",
    )
    treffers: list[Treffer] = said("Hoogstens `limit`, het beste eerst.")
    uitgesloten: list[Uitgesloten] = said("Wat het dichtst in de buurt komt, en waarom het afvalt.")
