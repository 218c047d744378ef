"""The fixed codes of the exchange format, with the Dutch words that people see instead."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Soort(StrEnum):
    """What kind of actor it is (begrippen.md, "Things")."""

    PARTNER = "partner"
    WIJKTEAM = "wijkteam"
    BEWONERSINITIATIEF = "bewonersinitiatief"
    INFORMELE_STEUN = "informele_steun"
    SLEUTELFIGUUR = "sleutelfiguur"


class Lijn(IntEnum):
    """Who helps: residents, the basic infrastructure, or a specialist."""

    BEWONERS = 0
    WIJK = 1
    SPECIALIST = 2


class Status(StrEnum):
    """Whether a record is in use. The order below is from open to closed."""

    ACTIEF = "actief"
    GEPAUZEERD = "gepauzeerd"
    GESTOPT = "gestopt"


class Niveau(IntEnum):
    """Levels of reading, from everybody to the few (eisen.md, 9)."""

    OPENBAAR = 0
    PROFESSIONAL = 1
    TEAM = 2
    BEHEER = 3

    @property
    def code(self) -> str:
        """Code in files and interface: `openbaar`, `professional`, `team`, `beheer`."""
        return self.name.lower()


#: Levels that a record may carry in `zichtbaarheid`; `beheer` is for people only.
ZICHTBAARHEDEN = {niveau.code: niveau for niveau in Niveau if niveau is not Niveau.BEHEER}


class Vorm(StrEnum):
    """In a group or walk-in, or one to one."""

    COLLECTIEF = "collectief"
    INDIVIDUEEL = "individueel"


class Toegang(StrEnum):
    """What a resident needs to get in."""

    VRIJ = "vrij"
    VERWIJZING = "verwijzing"
    INDICATIE = "indicatie"


class Richting(StrEnum):
    """Whether a tie reads from left to right or both ways."""

    GERICHT = "gericht"
    WEDERKERIG = "wederkerig"


class Feitelijk(StrEnum):
    """Whether a tie is there or is wished for; the two are never added together."""

    FEITELIJK = "feitelijk"
    GEWENST = "gewenst"


class Relatiesoort(StrEnum):
    """Kinds of tie between two actors."""

    NEEMT_DEEL = "neemt_deel"
    MOEDERORGANISATIE = "moederorganisatie"
    LEIDT_TOE = "leidt_toe"
    WERKT_SAMEN = "werkt_samen"
    ONTWIKKELT_SAMEN = "ontwikkelt_samen"
    KENT = "kent"
    ONDERSTEUNT = "ondersteunt"
    GEBRUIKT_RUIMTE = "gebruikt_ruimte"
    FINANCIERT = "financiert"
    GEEFT_OPDRACHT = "geeft_opdracht"
    DRAAGT_OVER = "draagt_over"
    CONSULTEERT = "consulteert"
    OVERLEGT = "overlegt"
    SIGNALEERT_AAN = "signaleert_aan"


class Gebiedsniveau(StrEnum):
    """Levels of area, from small to large; `eigen` is an area that a municipality drew itself."""

    BUURT = "buurt"
    WIJK = "wijk"
    TEAMGEBIED = "teamgebied"
    GEMEENTE = "gemeente"
    EIGEN = "eigen"


SOORT_LABELS = {
    Soort.PARTNER: "Organisatie",
    Soort.WIJKTEAM: "Wijkteam",
    Soort.BEWONERSINITIATIEF: "Bewonersinitiatief",
    Soort.INFORMELE_STEUN: "Informele steun",
    Soort.SLEUTELFIGUUR: "Sleutelfiguur",
}
LIJN_LABELS = {
    Lijn.BEWONERS: "Bewoners en vrijwilligers",
    Lijn.WIJK: "In de wijk, zonder indicatie",
    Lijn.SPECIALIST: "Met verwijzing of indicatie",
}
STATUS_LABELS = {
    Status.ACTIEF: "Actief",
    Status.GEPAUZEERD: "Even gestopt",
    Status.GESTOPT: "Gestopt",
}
VORM_LABELS = {
    Vorm.COLLECTIEF: "In een groep of inloop",
    Vorm.INDIVIDUEEL: "Eén op één",
}
TOEGANG_LABELS = {
    Toegang.VRIJ: "Iedereen kan binnenlopen of bellen",
    Toegang.VERWIJZING: "Er is een verwijzing nodig",
    Toegang.INDICATIE: "Er is een indicatie nodig",
}
STERKTE_LABELS = {
    1: "weten van elkaar",
    2: "elk kwartaal contact",
    3: "kunnen vandaag bellen",
}
GEBIED_LABELS = {
    Gebiedsniveau.BUURT: "Buurt",
    Gebiedsniveau.WIJK: "Wijk",
    Gebiedsniveau.TEAMGEBIED: "Teamgebied",
    Gebiedsniveau.GEMEENTE: "Gemeente",
    Gebiedsniveau.EIGEN: "Eigen gebied",
}
#: How a tie reads from the left actor, and from the right one.
RELATIE_LABELS = {
    Relatiesoort.NEEMT_DEEL: ("neemt deel aan", "heeft als deelnemer"),
    Relatiesoort.MOEDERORGANISATIE: ("hoort bij", "is de moederorganisatie van"),
    Relatiesoort.LEIDT_TOE: ("wijst bewoners de weg naar", "krijgt bewoners via"),
    Relatiesoort.WERKT_SAMEN: ("werkt samen met", "werkt samen met"),
    Relatiesoort.ONTWIKKELT_SAMEN: ("maakt iets nieuws met", "maakt iets nieuws met"),
    Relatiesoort.KENT: ("kent", "is bekend bij"),
    Relatiesoort.ONDERSTEUNT: ("ondersteunt", "krijgt steun van"),
    Relatiesoort.GEBRUIKT_RUIMTE: ("gebruikt de ruimte van", "geeft ruimte aan"),
    Relatiesoort.FINANCIERT: ("betaalt mee aan", "krijgt geld van"),
    Relatiesoort.GEEFT_OPDRACHT: ("geeft opdracht aan", "krijgt opdracht van"),
    Relatiesoort.DRAAGT_OVER: ("draagt over aan", "neemt over van"),
    Relatiesoort.CONSULTEERT: ("vraagt advies aan", "geeft advies aan"),
    Relatiesoort.OVERLEGT: ("overlegt met", "overlegt met"),
    Relatiesoort.SIGNALEERT_AAN: ("geeft signalen door aan", "krijgt signalen van"),
}
