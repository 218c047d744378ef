"""The lists that people choose from when they look at an area, report a hitch, or take a step.

There is no free text in any of these: what cannot be typed can tell nothing about a resident.
"""

from __future__ import annotations

from enum import StrEnum


class Hoedanigheid(StrEnum):
    """Who looked, or who owns a step: a role, never a name."""

    OPBOUWWERKER = "opbouwwerker"
    GEBIEDSMANAGER = "gebiedsmanager"
    GEBIEDSVERBINDER = "gebiedsverbinder"
    WIJKTEAM = "wijkteam"
    WELZIJNSORGANISATIE = "welzijnsorganisatie"
    BEWONERSINITIATIEF = "bewonersinitiatief"
    GEMEENTE_FYSIEK = "gemeente_fysiek_domein"
    WONINGCORPORATIE = "woningcorporatie"


class Gevraagd(StrEnum):
    """Who was asked whether there is something in an area."""

    BEWONERS = "bewoners"
    KERK_OF_MOSKEE = "kerk_of_moskee"
    SCHOOL = "school"
    HUISARTS = "huisarts"
    WINKELIER = "winkelier"
    BUURTHUIS = "buurthuis"
    WIJKTEAM = "wijkteam"
    VERENIGING = "vereniging"
    SLEUTELFIGUUR = "sleutelfiguur"
    WONINGCORPORATIE = "woningcorporatie"


class Bevinding(StrEnum):
    """What came of looking."""

    NIETS = "niets_gevonden"
    GEVONDEN = "gevonden"
    DEELS = "deels"


class Signaalsoort(StrEnum):
    """What hinders (begrippen.md, "Things")."""

    AANBOD_ONTBREEKT = "aanbod_ontbreekt"
    VOL = "vol"
    NIET_TOEGANKELIJK = "niet_toegankelijk"
    SAMENWERKING = "samenwerking_loopt_niet"
    REGEL = "regel_knelt"
    ANDERS = "anders"


class Signaalstatus(StrEnum):
    """How far a signal is, in order; the answer of the last one has gone back to the reporter."""

    NIEUW = "nieuw"
    OPGEPAKT = "opgepakt"
    BESLOTEN = "besloten"
    TERUGGEKOPPELD = "teruggekoppeld"


class Stap(StrEnum):
    """What somebody does next."""

    BEWONERS = "praten_met_bewoners"
    AANBIEDERS = "aanbieders_bellen"
    RUIMTE = "ruimte_zoeken"
    VRIJWILLIGERS = "vrijwilligers_zoeken"
    GELD = "geld_regelen"
    AFSPRAKEN = "afspraken_maken"
    REGEL = "regel_voorleggen"
    BUITEN = "buitenruimte_aanpakken"
    UITZOEKEN = "verder_uitzoeken"


class Antwoord(StrEnum):
    """What goes back to who reported."""

    NIEUW_AANBOD = "komt_nieuw_aanbod"
    MEER_PLEK = "komt_meer_plek"
    DREMPEL_WEG = "drempel_weg"
    AFSPRAAK = "afspraak_gemaakt"
    REGEL = "regel_aangepast"
    BESTAAT_AL = "bestaat_al"
    DOORGEGEVEN = "doorgegeven"
    KAN_NIET = "kan_nu_niet"


class Opdrachttitel(StrEnum):
    """What an assignment for the wijk is about."""

    NIEUW_AANBOD = "nieuw_aanbod"
    RUIMER_AANBOD = "ruimer_aanbod"
    ONTMOETINGSPLEK = "ontmoetingsplek"
    TOEGANKELIJK = "toegankelijk_maken"
    SAMENWERKING = "samenwerking"
    BUITENRUIMTE = "buitenruimte"
    BEKEND_MAKEN = "bekend_maken"
    UITZOEKEN = "samen_uitzoeken"


class Kant(StrEnum):
    """Which field an assignment lies in (source 004, 1.3)."""

    SOCIAAL = "sociaal"
    FYSIEK = "fysiek"
    BEIDE = "beide"


class Opdrachtstatus(StrEnum):
    """How far an assignment is, in order."""

    OPEN = "open"
    BEZIG = "bezig"
    KLAAR = "klaar"


HOEDANIGHEID_LABELS = {
    Hoedanigheid.OPBOUWWERKER: "Opbouwwerker",
    Hoedanigheid.GEBIEDSMANAGER: "Gebiedsmanager",
    Hoedanigheid.GEBIEDSVERBINDER: "Gebiedsverbinder",
    Hoedanigheid.WIJKTEAM: "Wijkteam",
    Hoedanigheid.WELZIJNSORGANISATIE: "Welzijnsorganisatie",
    Hoedanigheid.BEWONERSINITIATIEF: "Bewonersinitiatief",
    Hoedanigheid.GEMEENTE_FYSIEK: "Gemeente, fysiek domein",
    Hoedanigheid.WONINGCORPORATIE: "Woningcorporatie",
}
GEVRAAGD_LABELS = {
    Gevraagd.BEWONERS: "Bewoners",
    Gevraagd.KERK_OF_MOSKEE: "Kerk of moskee",
    Gevraagd.SCHOOL: "School",
    Gevraagd.HUISARTS: "Huisarts",
    Gevraagd.WINKELIER: "Winkelier",
    Gevraagd.BUURTHUIS: "Buurthuis",
    Gevraagd.WIJKTEAM: "Wijkteam",
    Gevraagd.VERENIGING: "Vereniging",
    Gevraagd.SLEUTELFIGUUR: "Sleutelfiguur",
    Gevraagd.WONINGCORPORATIE: "Woningcorporatie",
}
BEVINDING_LABELS = {
    Bevinding.NIETS: "Niets gevonden",
    Bevinding.DEELS: "Een deel gevonden",
    Bevinding.GEVONDEN: "Gevonden",
}
SIGNAALSOORT_LABELS = {
    Signaalsoort.AANBOD_ONTBREEKT: "Er is hier niets voor",
    Signaalsoort.VOL: "Het is vol",
    Signaalsoort.NIET_TOEGANKELIJK: "Mensen kunnen er niet in of niet heen",
    Signaalsoort.SAMENWERKING: "De samenwerking loopt niet",
    Signaalsoort.REGEL: "Een regel zit in de weg",
    Signaalsoort.ANDERS: "Iets anders",
}
SIGNAALSTATUS_LABELS = {
    Signaalstatus.NIEUW: "Nieuw",
    Signaalstatus.OPGEPAKT: "Opgepakt",
    Signaalstatus.BESLOTEN: "Besloten",
    Signaalstatus.TERUGGEKOPPELD: "Antwoord gegeven",
}
STAP_LABELS = {
    Stap.BEWONERS: "Praten met bewoners",
    Stap.AANBIEDERS: "Aanbieders bellen",
    Stap.RUIMTE: "Een ruimte zoeken",
    Stap.VRIJWILLIGERS: "Vrijwilligers zoeken",
    Stap.GELD: "Geld regelen",
    Stap.AFSPRAKEN: "Afspraken maken met elkaar",
    Stap.REGEL: "De regel voorleggen aan wie erover gaat",
    Stap.BUITEN: "Straat, plein of gebouw aanpakken",
    Stap.UITZOEKEN: "Verder uitzoeken",
}
ANTWOORD_LABELS = {
    Antwoord.NIEUW_AANBOD: "Er komt nieuw aanbod.",
    Antwoord.MEER_PLEK: "Er komt meer plek.",
    Antwoord.DREMPEL_WEG: "Wij halen de drempel weg.",
    Antwoord.AFSPRAAK: "Wij hebben samen een afspraak gemaakt.",
    Antwoord.REGEL: "De regel is aangepast.",
    Antwoord.BESTAAT_AL: "Er is al iets. Kijk op de kaart.",
    Antwoord.DOORGEGEVEN: "Wij hebben het doorgegeven aan wie erover gaat.",
    Antwoord.KAN_NIET: "Wij kunnen hier nu niets aan doen.",
}
OPDRACHT_LABELS = {
    Opdrachttitel.NIEUW_AANBOD: "Iets nieuws beginnen",
    Opdrachttitel.RUIMER_AANBOD: "Meer plek maken in wat er is",
    Opdrachttitel.ONTMOETINGSPLEK: "Een plek om elkaar te ontmoeten",
    Opdrachttitel.TOEGANKELIJK: "Zorgen dat iedereen erbij kan",
    Opdrachttitel.SAMENWERKING: "Beter samenwerken",
    Opdrachttitel.BUITENRUIMTE: "Straat, plein of groen verbeteren",
    Opdrachttitel.BEKEND_MAKEN: "Bekend maken wat er is",
    Opdrachttitel.UITZOEKEN: "Samen uitzoeken wat nodig is",
}
KANT_LABELS = {
    Kant.SOCIAAL: "Sociaal",
    Kant.FYSIEK: "Fysiek",
    Kant.BEIDE: "Sociaal en fysiek",
}
OPDRACHTSTATUS_LABELS = {
    Opdrachtstatus.OPEN: "Nog niet begonnen",
    Opdrachtstatus.BEZIG: "Bezig",
    Opdrachtstatus.KLAAR: "Klaar",
}
