"""What the calls on the network take and answer, described for the OpenAPI document."""

from __future__ import annotations

from socialmap.domain.codes import (
    Feitelijk,
    Gebiedsniveau,
    Lijn,
    Relatiesoort,
    Richting,
    Soort,
    Status,
)
from socialmap.network.what_if import Als
from web.api.questions import Question
from web.api.schema import Answer, coded, maybe, one_of, said, several

_SOORT = [code.value for code in Soort]
_FEITELIJK = [code.value for code in Feitelijk]
_RELATIESOORT = [code.value for code in Relatiesoort]
_GEBIED = "Code van een gebied: wat daar ligt of werkt."
_WELZIJN, _BUURTHUIS = "Welzijn Zuiderpoort", "A002"


class NoQuestion(Question):
    """No parameters."""


class NetwerkQuestion(Question):
    """Parameters of the network."""

    gebied: str | None = maybe(_GEBIED, "GM0392")
    soort: list[str] | None = several("Soort actor.", _SOORT, ["wijkteam"])
    relatiesoort: list[str] | None = several("Soort band.", _RELATIESOORT, ["kent"])
    feitelijk: str | None = one_of("De band is er, of is gewenst.", _FEITELIJK, "feitelijk")


class PadQuestion(Question):
    """Parameters of a path."""

    van: str = said("Code van de actor die wil kennismaken.", "A005")
    naar: str = said("Code van de actor die gezocht wordt.", "A002")


class GebiedsQuestion(Question):
    """Parameters of the key positions."""

    gebied: str | None = maybe(f"{_GEBIED} De cijfers blijven die van het hele netwerk.", "GM0392")


class ProfielQuestion(Question):
    """Parameters of the profile."""

    gebied: str | None = maybe("Alleen dit gebied: geen buurt.", "WK039201")


class WatAlsQuestion(Question):
    """Parameters of what if."""

    zonder: str = said("Code van de actor die weg is.", "A002")
    als: str | None = one_of(
        "Een actor neemt al zijn banden mee, een geldgever zijn geld, een gebouw zijn ruimte.",
        [code.value for code in Als],
        "actor",
        "actor",
    )


class Knoop(Answer):
    """Een actor in het netwerk."""

    id: str = said("Vaste code.", _BUURTHUIS)
    naam: str = said("Naam.", _WELZIJN)
    soort: str = coded("Wat voor actor het is.", _SOORT, "partner")
    type: str | None = said("Nadere soort, zoals gemeente of welzijn.", "welzijn")
    lijn: int | None = coded("Lijn.", [int(code) for code in Lijn], 1, empty=True)
    status: str = coded("Of dit nu loopt.", [code.value for code in Status], "actief")
    lon: float | None = said("Lengtegraad (WGS84).", 4.6597)
    lat: float | None = said("Breedtegraad (WGS84).", 52.35618)
    gebieden: list[str] = said("Codes van alle gebieden waar de plek in ligt.", ["WK039218"])
    werkgebied: list[str] = said("Codes van gebieden waar dit voor is.", ["WK039218"])
    gecontroleerd_op: str | None = said("Dag waarop iemand dit nakeek.", "2026-09-27")


class Band(Answer):
    """Een band tussen twee knopen."""

    id: str = said("Vaste code.", "R-0a1b2c3d4e5f6071")
    source: str = said("Code van de eerste actor.", "A015")
    target: str = said("Code van de tweede actor.", "A001")
    soort: str = coded("Wat voor band het is.", _RELATIESOORT, "kent")
    richting: str = coded("Of de band één kant op gaat.", list(Richting), "gericht")
    sterkte: int = coded(
        "1 weten van elkaar, 2 elk kwartaal contact, 3 kunnen vandaag bellen.", (1, 2, 3), 3
    )
    feitelijk: str = coded("Of de band er is, of gewenst is.", _FEITELIJK, "feitelijk")
    gecontroleerd_op: str | None = said("Dag waarop iemand dit nakeek.", "2026-03-19")


class Netwerk(Answer):
    """Actoren en banden, als node-link JSON."""

    nodes: list[Knoop] = said("De actoren, op volgorde van code; zonder wie gestopt is.")
    links: list[Band] = said("De banden van vandaag, op volgorde van code.")


class Genoemd(Answer):
    """Een actor, met naam."""

    actor_id: str = said("Code van de actor.", _BUURTHUIS)
    naam: str = said("Naam.", _WELZIJN)


class Pad(Answer):
    """De beste weg om voorgesteld te worden."""

    pad: list[Genoemd] | None = said("Van wie vraagt tot wie gezocht wordt; null is geen weg.")
    sterkte: float | None = said("Boven 0 tot en met 1; null als er geen weg is.", 0.4)


class Sleutelpositie(Genoemd):
    """Een actor zonder wie zijn deel van het netwerk uiteenvalt."""

    raakt_los: int = said("Hoeveel anderen dan los raken van het grootste stuk.", 4)


class Brug(Genoemd):
    """Een actor over wie korte wegen tussen anderen lopen."""

    waarde: float = said("Deel van alle tweetallen waarvan de kortste weg hierlangs loopt.", 0.12)
    fout: float = said("Hoe ver het ernaast kan zitten (95%); 0 is precies.", 0)


class Sleutelposities(Answer):
    """Wie het netwerk bijeenhoudt."""

    sleutelposities: list[Sleutelpositie] = said("Meeste `raakt_los` eerst, dan op code.")
    brugfunctie: list[Brug] = said(
        "Hoogstens 50, hoogste eerst; boven 5.000 actoren een schatting met haar `fout`."
    )


class NietVerbonden(Genoemd):
    """Een actor zonder weg van hoogstens twee stappen naar een wijkteam van zijn plek."""

    teams: list[Genoemd] = said("De wijkteams die daar werken; leeg als er geen is.")


class Geisoleerd(Answer):
    """Wie alleen staat."""

    geisoleerd: list[Genoemd] = said("Actoren zonder feitelijke band, op volgorde van code.")
    niet_verbonden: list[NietVerbonden] = said("Op volgorde van code; alleen met bekende plek.")


class Kern(Answer):
    """Het dichtste deel van het netwerk."""

    k: int = said("Elk lid heeft minstens zoveel banden met andere leden; 0 is geen kern.", 4)
    actoren: int = said("Hoeveel actoren erin zitten.", 18)


class Cijfers(Answer):
    """Cijfers van een heel netwerk, over feitelijke banden."""

    actoren: int = said("Aantal actoren.", 99)
    lijnen: int = said("Tweetallen met een feitelijke band.", 154)
    gewenst: int = said("Tweetallen met een gewenste band.", 20)
    delen: list[int] = said("Grootte van de losse delen, grootste eerst.", [93, 2, 1])
    sleutelposities: int = said("Aantal sleutelposities.", 20)
    geisoleerd: int = said("Aantal actoren zonder band.", 4)
    niet_verbonden: int = said("Aantal zonder weg naar het wijkteam van hun plek.", 12)
    modulariteit: float = said("Hoe sterk het netwerk in groepen uiteenvalt.", 0.51)
    kern: Kern = said("De kern.")


class Dichtheid(Answer):
    """Welk deel van de mogelijke lijnen er is, binnen of tussen."""

    van: str = said("Code van de ene soort of wijk.", "partner")
    naar: str = said("Code van de andere; dezelfde is binnen.", "wijkteam")
    lijnen: int = said("Tweetallen met een band.", 40)
    mogelijk: int = said("Tweetallen die er zijn.", 300)
    dichtheid: float | None = said("Lijnen gedeeld door mogelijk.", 0.1333)


class NetwerkCijfers(Cijfers):
    """Cijfers van een heel netwerk, met groepen, kern en dichtheid."""

    groepen: list[list[str]] = said("Groepen van twee of meer, grootste eerst.", [["A001"]])
    kern_leden: list[str] = said("Codes van wie in de kern zit.", ["A001"])
    dichtheid_soorten: list[Dichtheid] = said("Binnen en tussen soorten actoren.")
    dichtheid_wijken: list[Dichtheid] = said(
        "Binnen en tussen wijken; tussen wijken die er niet staan is geen lijn."
    )


class FormeelInformeel(Answer):
    """Of formele en informele steun elkaar kennen."""

    lijnen: int = said("Lijnen met minstens één van de twee in dit gebied.", 24)
    tussen: int | None = said("Hoeveel daarvan formeel en informeel verbinden.", 13)
    waarde: float | None = said("E-I-index, -1 tot en met 1; null onder tien lijnen.", 0.0833)
    verwacht: float | None = said("De index als elk tweetal evenveel kans had.", 0.01)


class GebiedsCijfers(Answer):
    """Het netwerk van één gebied."""

    actoren: dict[str, int] = said("Aantal actoren met een plek hier, per soort.", {"partner": 4})
    lijnen: int = said("Feitelijke lijnen met minstens één van de twee hier.", 31)
    gewenst: int = said("Gewenste lijnen met minstens één van de twee hier.", 2)
    binnen: int = said("Feitelijke lijnen met allebei hier.", 9)
    dichtheid: float | None = said("`binnen` gedeeld door wat er kan; null onder twee.", 0.2)
    sleutelposities: int = said("Aantal sleutelposities met een plek hier.", 2)
    geisoleerd: int = said("Aantal zonder band met een plek hier.", 0)
    niet_verbonden: int = said("Aantal zonder weg naar het wijkteam.", 1)
    formeel_informeel: FormeelInformeel = said("Formeel en informeel.")


class GebiedMetCijfers(Answer):
    """Een gebied met zijn cijfers."""

    code: str = said("Code van het gebied.", "WK039201")
    naam: str = said("Naam.", "Oude Stad")
    niveau: str = coded("Niveau.", list(Gebiedsniveau), "wijk")
    cijfers: GebiedsCijfers = said("De cijfers.")


class GebiedsProfiel(GebiedMetCijfers):
    """Een gebied met zijn cijfers, naast gebieden die erop lijken."""

    vergelijkbaar: list[GebiedMetCijfers] = said(
        "Hoogstens drie gebieden van hetzelfde niveau waarvan de bewoners het meest lijken op die "
        "van dit gebied; leeg als er te weinig kerncijfers zijn."
    )


class Profiel(Answer):
    """Het netwerk in cijfers."""

    netwerk: NetwerkCijfers = said("Het hele netwerk.")
    gebieden: list[GebiedsProfiel] = said("Elk gebied dat geen buurt is.")


class WatAls(Answer):
    """Het netwerk met en zonder één actor, geldgever of gebouw."""

    zonder: Genoemd = said("Wie of wat weg is.")
    als: str = coded("Als wat.", [code.value for code in Als], "actor")
    voor: Cijfers = said("De cijfers nu.")
    na: Cijfers = said("De cijfers daarna.")
    geraakt: list[Genoemd] = said("Wie een feitelijke band verliest.")
    zonder_geld: list[Genoemd] = said("Wie daarna van niemand meer geld krijgt.")
    zonder_ruimte: list[Genoemd] = said("Wie daarna van niemand meer ruimte heeft.")
    wordt_geisoleerd: list[Genoemd] = said("Wie daarna geen band meer heeft.")
    raakt_wijkteam_kwijt: list[Genoemd] = said("Wie daarna geen weg naar zijn wijkteam meer heeft.")
