"""What the interface answers, described for its OpenAPI document; the fields are the format's."""

from __future__ import annotations

from typing import Any, Literal

from socialmap.domain.codes import (
    ZICHTBAARHEDEN,
    Feitelijk,
    Gebiedsniveau,
    Lijn,
    Relatiesoort,
    Richting,
    Soort,
    Status,
    Toegang,
    Vorm,
)
from web.api.schema import Answer, coded, higher, maybe, said

_SOORT = [code.value for code in Soort]
_STATUS = [code.value for code in Status]
_LIJN = [int(code) for code in Lijn]
_LEVELS = list(ZICHTBAARHEDEN)
_CHECKED = "Dag waarop iemand dit voor het laatst heeft nagekeken; leeg is nooit."
_BRON = "Waar dit vandaan komt."
_WHERE = "Codes van gebieden waar dit voor is."
_LINE = "0 bewoners en vrijwilligers, 1 in de wijk zonder indicatie, 2 met verwijzing of indicatie."


class Actor(Answer):
    """Wie er iets doet in de wijk. Leeg (null) betekent: niet bekend."""

    id: str = said("Vaste code.", "A002")
    naam: str = said("Naam.", "Welzijn Zuiderpoort")
    soort: str = coded("Wat voor actor het is.", _SOORT, "partner")
    omschrijving: str | None = said("Wat het is.", "Welzijnswerk in vier wijken.")
    themas: list[str] = said("Codes van thema’s; zie /woorden.", ["sociaal_netwerk"])
    doelgroepen: list[str] = said("Codes van doelgroepen; zie /woorden.", ["iedereen"])
    lijn: int | None = coded(_LINE, _LIJN, 1, empty=True)
    adres: str | None = said("Straat en nummer.", "Plashof 1")
    postcode: str | None = said("Postcode.", "2036 XY")
    plaats: str | None = said("Plaats.", "Haarlem")
    lon: float | None = said("Lengtegraad (WGS84).", 4.6597)
    lat: float | None = said("Breedtegraad (WGS84).", 52.35618)
    werkgebied: list[str] = said(_WHERE, ["WK039218"])
    website: str | None = said("Webadres.", "https://welzijn-zuiderpoort.example")
    telefoon: str | None = said("Telefoonnummer.", "023-0000102")
    email: str | None = said("E-mailadres.", "info@welzijn-zuiderpoort.example")
    zichtbaarheid: str = coded("Wie dit mag zien.", _LEVELS, "openbaar")
    gecontroleerd_op: str | None = said(_CHECKED, "2026-09-27")
    gecontroleerd_door: str | None = higher("Rol van wie het nakeek.")
    status: str = coded("Of dit nu loopt.", _STATUS, "actief")
    bron: str | None = said(_BRON, "wijkgesprek")
    type: str | None = said("Nadere soort, zoals gemeente of welzijn.", "welzijn")
    doet: str | None = said("Wat deze actor doet.", "Opbouwwerk en ouderenadvies.")
    doet_niet: str | None = said("Wat deze actor niet doet.", "Persoonlijke verzorging.")
    beslist_zelf: str | None = said("Waar deze actor zelf over beslist.", "Inzet van uren.")
    overdracht: str | None = said("Hoe u een bewoner overdraagt.", "Bel het wijkpunt.")
    antwoord_binnen_dagen: int | None = said("Binnen hoeveel dagen er antwoord komt.", 5)
    gezocht: str | None = said("Wat hier gezocht wordt: ruimte, spullen, hulp.", "Een zaaltje.")
    toestemming_op: str | None = higher("Eerste dag van de toestemming.")
    toestemming_tot: str | None = higher("Eerste dag dat de toestemming niet meer geldt.")
    toestemming_doel: str | None = higher("Waarvoor de toestemming is gegeven.")
    toestemming_niveau: str | None = higher("Tot welk niveau de toestemming gaat.")
    toestemming_door: str | None = higher("Wie de toestemming vastlegde.")
    moedertaal: list[str] | None = higher("Talen van huis uit.")
    versie: int = said("Nummer van de versie; elke wijziging telt één op.", 1)


class Aanbod(Answer):
    """Iets waar een bewoner gebruik van kan maken. Leeg (null) betekent: niet bekend."""

    id: str = said("Vaste code.", "O001")
    actor_id: str = said("Code van de actor van wie het is.", "A002")
    naam: str = said("Naam.", "Taalcafé Het Meerlicht")
    omschrijving: str | None = said("Wat het is.", "Oefenen met spreken.")
    vorm: str | None = coded("In een groep of één op één.", list(Vorm), "collectief", empty=True)
    lijn: int | None = coded(_LINE, _LIJN, 1, empty=True)
    themas: list[str] = said("Codes van thema’s; zie /woorden.", ["taal"])
    doelgroepen: list[str] = said("Codes van doelgroepen; zie /woorden.", ["statushouders"])
    min_leeftijd: int | None = said("Laagste leeftijd.", 18)
    max_leeftijd: int | None = said("Hoogste leeftijd.", 99)
    kosten: float | None = said("Euro per keer; 0 is gratis.", 2.5)
    talen: list[str] = said("Talen die er gesproken worden.", ["nl"])
    adres: str | None = said("Straat en nummer.", "Plashof 3")
    postcode: str | None = said("Postcode.", "2036 XY")
    plaats: str | None = said("Plaats.", "Haarlem")
    lon: float | None = said("Lengtegraad (WGS84).", 4.65959)
    lat: float | None = said("Breedtegraad (WGS84).", 52.35623)
    wanneer: str | None = said("Tijden, geschreven zoals in OpenStreetMap.", "Tu 13:30-15:30")
    capaciteit: int | None = said("Hoeveel mensen er terechtkunnen.", 20)
    aanmelden: str | None = said("Hoe iemand zich aanmeldt.", "binnenlopen")
    gecontroleerd_op: str | None = said(_CHECKED, "2026-10-07")
    status: str = coded("Of dit nu loopt; een gestopte actor heeft geen aanbod.", _STATUS, "actief")
    bron: str | None = said(_BRON, "telefonisch")
    bereik: int | Literal["stadsbreed"] | None = said("Meters, of stadsbreed.", 800)
    werkgebied: list[str] = said(_WHERE, ["WK039218"])
    toegang: str | None = coded("Wat er nodig is.", list(Toegang), "vrij", empty=True)
    wachttijd_dagen: int | None = said("Wachttijd in dagen.", 14)
    wachttijd_op: str | None = said("Dag waarop de wachttijd bekend was.", "2026-10-01")
    loopt_tot: str | None = said("Laatste dag van dit aanbod.", "2027-06-30")
    versie: int = said("Nummer van de versie; elke wijziging telt één op.", 1)


class Relatie(Answer):
    """Een band tussen twee actoren. De code volgt uit wat de band verbindt."""

    id: str = said("Vaste code.", "R-0a1b2c3d4e5f6071")
    van_id: str = said("Code van de eerste actor.", "A015")
    naar_id: str = said("Code van de tweede actor.", "A001")
    soort: str = coded("Wat voor band het is.", list(Relatiesoort), "moederorganisatie")
    richting: str = coded("Of de band één kant op gaat.", list(Richting), "gericht")
    sterkte: int = coded(
        "1 weten van elkaar, 2 elk kwartaal contact, 3 kunnen vandaag bellen.", (1, 2, 3), 3
    )
    feitelijk: str = coded("Of de band er is, of gewenst is.", list(Feitelijk), "feitelijk")
    gecontroleerd_op: str | None = said(_CHECKED, "2026-03-19")
    zichtbaarheid: str = coded("Wie dit mag zien.", _LEVELS, "openbaar")
    toelichting: str | None = said("Toelichting.", "Sluit aan bij thema gezondheid.")
    bron: str | None = said(_BRON, "netwerkoverleg")
    geldig_van: str | None = said("Eerste dag.", "2026-01-01")
    geldig_tot: str | None = said("Eerste dag dat de band niet meer geldt.", "2027-01-01")
    versie: int = said("Nummer van de versie; elke wijziging telt één op.", 1)


class Kerncijfer(Answer):
    """Een gepubliceerd cijfer over een gebied."""

    naam: str = said("Code van het cijfer.", "inwoners")
    label: str = said("Het cijfer in woorden.", "Inwoners")
    waarde: float = said(
        "Aantallen zijn afgerond op tientallen (1 tot en met 9 wordt 0), procenten op hele.", 14750
    )
    tekst: str = said("De waarde in woorden.", "14.750")
    eenheid: str = said("personen, huishoudens, % of per 1.000.", "personen")
    jaar: int = said("Jaar van het cijfer.", 2024)
    niveau: str = coded("Niveau van het gebied.", list(Gebiedsniveau), "wijk")
    bron: str = said("Wie het cijfer gaf.", "CBS, Kerncijfers wijken en buurten 2024, CC BY 4.0")


class Gebied(Answer):
    """Een buurt, wijk, teamgebied, gemeente of eigen gebied."""

    code: str = said("CBS-code, of de code van een teamgebied of eigen gebied.", "WK039201")
    naam: str = said("Naam.", "Oude Stad")
    niveau: str = coded("Niveau.", list(Gebiedsniveau), "wijk")
    gemeente: str | None = said("Code van de gemeente.", "GM0392")
    leden: list[str] = said("Waar een teamgebied of eigen gebied uit bestaat.", ["WK039207"])
    buurten: list[str] = said("Alle buurten in dit gebied.", ["BU03920101"])
    jaar: int | None = said("Jaar van de grenzen.", 2023)
    bron: str | None = said("Wie de grenzen gaf.", "CBS")
    vrijwel_onbewoond: bool = said("Of hier bijna niemand woont.", False)
    kerncijfers: list[Kerncijfer] = said("De nieuwste cijfers van dit gebied zelf.")


class Punt(Answer):
    """Een plek op aarde volgens RFC 7946: lengtegraad, dan breedtegraad."""

    type: Literal["Point"] = said("Soort vorm.", "Point")
    coordinates: tuple[float, float] = said("Lengte- en breedtegraad (WGS84).", [4.6597, 52.3562])


class Merk(Answer):
    """Wat één merk op de kaart vertelt; wat niet geldt, staat er niet bij."""

    aantal: int = said("Hoeveel er op deze plek samenkomen.", 1)
    delen: dict[str, int] = said(
        "Hoeveel per lijn (aanbod) of per soort (actoren); een lege naam is onbekend.", {"0": 1}
    )
    id: str | None = maybe("Code, als het er één is.", "O001")
    naam: str | None = maybe("Naam, als het er één is.", "Taalcafé Het Meerlicht")
    lijn: int | None = maybe(_LINE, 1)
    soort: str | None = maybe("Soort actor, als het er één is.", "partner")
    gebied: str | None = maybe("Code van het gebied, als er geen vaste plek is.", "WK039201")
    gebied_naam: str | None = maybe("Naam van dat gebied.", "Oude Stad")
    zonder_plek: Literal[True] | None = maybe("Staat er als er geen vaste plek is.", True)


class MerkFeature(Answer):
    """Een merk op de kaart."""

    type: Literal["Feature"] = said("Altijd Feature.", "Feature")
    geometry: Punt = said("Het midden van wat hier samenkomt.")
    properties: Merk = said("Wat het merk vertelt.")


class Merken(Answer):
    """Alle merken in een stuk kaart (GeoJSON)."""

    type: Literal["FeatureCollection"] = said("Altijd FeatureCollection.", "FeatureCollection")
    features: list[MerkFeature] = said("Van noord naar zuid; wat geen plek heeft achteraan.")


class Vlak(Answer):
    """Een vlak volgens RFC 7946."""

    type: Literal["Polygon", "MultiPolygon"] = said("Soort vorm.", "Polygon")
    coordinates: list[Any] = said("Ringen van punten (lengtegraad, breedtegraad; WGS84).")


class VlakGebied(Answer):
    """Wat een vlak op de kaart over zijn gebied zegt."""

    code: str = said("Code van het gebied.", "WK039201")
    naam: str = said("Naam.", "Oude Stad")
    niveau: str = coded("Niveau.", list(Gebiedsniveau), "wijk")
    gemeente: str | None = maybe("Code van de gemeente.", "GM0392")
    lon: float = said("Lengtegraad van een punt in het gebied (WGS84).", 4.63)
    lat: float = said("Breedtegraad van dat punt (WGS84).", 52.38)


class GebiedFeature(Answer):
    """Een gebied met zijn vereenvoudigde vorm."""

    type: Literal["Feature"] = said("Altijd Feature.", "Feature")
    geometry: Vlak = said("De vorm, vereenvoudigd voor een kaart.")
    properties: VlakGebied = said("Welk gebied het is.")


class Gebiedsvormen(Answer):
    """Gebieden met hun vorm (GeoJSON)."""

    type: Literal["FeatureCollection"] = said("Altijd FeatureCollection.", "FeatureCollection")
    features: list[GebiedFeature] = said("Van klein naar groot, en op naam.")


class Woord(Answer):
    """Een code met het woord dat mensen zien."""

    code: str = said("Code.", "ouderen")
    label: str = said("Woord.", "ouderen")


class Themawoord(Woord):
    """Een thema, met zijn plaats in twee bekende indelingen."""

    zrm_domein: str | None = said("Domein van de Zelfredzaamheid-Matrix 2017.", "Financiën")
    positieve_gezondheid: list[str] = said(
        "Dimensies van Positieve Gezondheid: L, M, Z, K, D of F.", ["K", "F"]
    )


class Woorden(Answer):
    """De woordenlijst van deze kaart."""

    themas: list[Themawoord] = said("Thema’s, in de volgorde van de kaart.")
    doelgroepen: list[Woord] = said("Doelgroepen, in de volgorde van de kaart.")


class _Bladzijde(Answer):
    volgende: str | None = said(
        "Geef dit mee als `cursor`; null op de laatste bladzijde.", "QTAwMg"
    )
    totaal: int = said("Hoeveel er in totaal passen.", 117)


class Actoren(_Bladzijde):
    """Een bladzijde actoren, op volgorde van code."""

    resultaten: list[Actor] = said("Actoren.")


class AanbodLijst(_Bladzijde):
    """Een bladzijde aanbod, op volgorde van code."""

    resultaten: list[Aanbod] = said("Aanbod.")


class Relaties(_Bladzijde):
    """Een bladzijde relaties, op volgorde van code."""

    resultaten: list[Relatie] = said("Relaties.")


class Gebieden(_Bladzijde):
    """Een bladzijde gebieden, van klein naar groot en op naam."""

    resultaten: list[Gebied] = said("Gebieden.")


class Probleem(Answer):
    """Wat er misging, volgens RFC 9457."""

    type: str = said("Soort probleem.", "about:blank")
    title: str = said("Wat er misging, in het kort.", "Deze vraag klopt niet")
    status: int = said("HTTP-status.", 400)
    detail: str = said("Wat u kunt doen.", "limit: 900 kan niet. Kies 1 tot en met 200.")
    instance: str | None = maybe("Nummer om door te geven als het misgaat.", "urn:fout:1a2b3c4d")
    parameter: str | None = maybe("Welk deel van het adres niet klopt.", "limit")
    toegestaan: list[str] | None = maybe("Wat daar wel kan staan.", ["partner", "wijkteam"])
