"""The table of which level sees which field; what is not listed here is seen by nobody.

`docs/veldniveaus.md` shows the same table to people, and a test holds the two equal.
"""

from __future__ import annotations

from socialmap.domain.codes import Niveau

_O, _P, _T = Niveau.OPENBAAR, Niveau.PROFESSIONAL, Niveau.TEAM

#: Fields of an actor. The first level holds for organisations and groups, the second for a
#: sleutelfiguur: a private person, shown below `team` without name, origin, faith or health.
#: Themes and groups of a sleutelfiguur would tell those, so they follow the name.
ACTOR: dict[str, tuple[Niveau, Niveau]] = {
    "id": (_O, _P),
    "naam": (_O, _T),
    "soort": (_O, _P),
    "type": (_O, _T),
    "omschrijving": (_O, _T),
    "themas": (_O, _T),
    "doelgroepen": (_O, _T),
    "lijn": (_O, _P),
    "adres": (_O, _T),
    "postcode": (_O, _T),
    "plaats": (_O, _P),
    "lon": (_O, _P),
    "lat": (_O, _P),
    "werkgebied": (_O, _P),
    "website": (_O, _T),
    "telefoon": (_O, _T),
    "email": (_O, _T),
    "zichtbaarheid": (_O, _P),
    "toestemming_op": (_T, _T),
    "toestemming_tot": (_T, _T),
    "toestemming_doel": (_T, _T),
    "toestemming_niveau": (_T, _T),
    "toestemming_door": (_T, _T),
    "gecontroleerd_op": (_O, _P),
    "gecontroleerd_door": (_P, _T),
    "status": (_O, _P),
    "bron": (_O, _T),
    "doet": (_O, _T),
    "doet_niet": (_O, _T),
    "beslist_zelf": (_O, _T),
    "overdracht": (_O, _T),
    "antwoord_binnen_dagen": (_O, _T),
    "gezocht": (_O, _T),
    "moedertaal": (_T, _T),
    "versie": (_O, _P),
}

#: Fields of an offer: of an organisation or group, and of a sleutelfiguur.
AANBOD: dict[str, tuple[Niveau, Niveau]] = {
    "id": (_O, _P),
    "actor_id": (_O, _P),
    "naam": (_O, _T),
    "omschrijving": (_O, _T),
    "vorm": (_O, _P),
    "lijn": (_O, _P),
    "themas": (_O, _T),
    "doelgroepen": (_O, _T),
    "min_leeftijd": (_O, _P),
    "max_leeftijd": (_O, _P),
    "kosten": (_O, _P),
    "talen": (_O, _T),
    "adres": (_O, _T),
    "postcode": (_O, _T),
    "plaats": (_O, _P),
    "lon": (_O, _P),
    "lat": (_O, _P),
    "wanneer": (_O, _P),
    "capaciteit": (_O, _P),
    "aanmelden": (_O, _T),
    "gecontroleerd_op": (_O, _P),
    "status": (_O, _P),
    "bron": (_O, _T),
    "bereik": (_O, _P),
    "werkgebied": (_O, _P),
    "toegang": (_O, _P),
    "wachttijd_dagen": (_O, _P),
    "wachttijd_op": (_O, _P),
    "loopt_tot": (_O, _P),
    "versie": (_O, _P),
}

#: Fields of a tie: between organisations and groups, and with a sleutelfiguur at either end.
RELATIE: dict[str, tuple[Niveau, Niveau]] = {
    "id": (_O, _P),
    "van_id": (_O, _P),
    "naar_id": (_O, _P),
    "soort": (_O, _P),
    "richting": (_O, _P),
    "sterkte": (_O, _P),
    "feitelijk": (_O, _P),
    "gecontroleerd_op": (_O, _P),
    "zichtbaarheid": (_O, _P),
    "toelichting": (_O, _T),
    "bron": (_O, _T),
    "geldig_van": (_O, _P),
    "geldig_tot": (_O, _P),
    "versie": (_O, _P),
}

#: Fields of an inventarisatie; ids of offers that a reader may not see are left out.
INVENTARISATIE: dict[str, tuple[Niveau, Niveau]] = dict.fromkeys(
    (
        "id",
        "gebied",
        "thema",
        "doelgroep",
        "datum",
        "door",
        "gevraagd_aan",
        "uitkomst",
        "aanbod_ids",
        "versie",
    ),
    (_O, _O),
)

#: Fields of one signal. Others see them together only: per wijk, from three reporters on.
SIGNAAL: dict[str, tuple[Niveau, Niveau]] = dict.fromkeys(
    (
        "id",
        "gebied",
        "thema",
        "doelgroep",
        "soort",
        "datum",
        "melder",
        "status",
        "eigenaar",
        "stap",
        "antwoord",
        "stap_op",
        "antwoord_op",
        "versie",
    ),
    (_T, _T),
)
