"""The fields of a record as a form asks them: words, kind of input, and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.domain.codes import (
    LIJN_LABELS,
    SOORT_LABELS,
    STATUS_LABELS,
    TOEGANG_LABELS,
    VORM_LABELS,
    Lijn,
)
from socialmap.domain.fields import Kind, Veld
from socialmap.domain.parse import RECORDS
from socialmap.domain.vocabulary import Vocabulary
from socialmap.editing.change import Table

#: Column -> what a person is asked, and a word of help.
_WORDS: Mapping[str, tuple[str, str]] = {
    "naam": ("Naam", ""),
    "soort": ("Wat is het?", ""),
    "omschrijving": ("Wat gebeurt er?", "In gewone woorden, een paar zinnen."),
    "themas": ("Waar gaat het over?", ""),
    "doelgroepen": ("Voor wie?", ""),
    "lijn": ("Wie helpt er?", ""),
    "vorm": ("In een groep of één op één?", ""),
    "min_leeftijd": ("Vanaf welke leeftijd?", ""),
    "max_leeftijd": ("Tot en met welke leeftijd?", ""),
    "kosten": ("Wat kost het, in euro?", "0 is gratis. Leeg is onbekend."),
    "talen": ("Welke talen?", "Codes met een | ertussen, zoals nl|tr."),
    "adres": ("Straat en huisnummer", "Leeg als de plek niet bekend mag zijn."),
    "postcode": ("Postcode", "Zoals 2035 AB."),
    "plaats": ("Plaats", ""),
    "lon": ("Lengtegraad", "Zoals 4.638."),
    "lat": ("Breedtegraad", "Zoals 52.372."),
    "werkgebied": ("Voor welke gebieden?", ""),
    "website": ("Website", "Begin met https://."),
    "telefoon": ("Telefoon", ""),
    "email": ("Mailadres", ""),
    "zichtbaarheid": ("Wie mag dit zien?", ""),
    "status": ("Is het er nog?", ""),
    "wanneer": ("Wanneer?", "Zoals Tu 10:00-12:00; Th 14:00-16:00."),
    "capaciteit": ("Voor hoeveel mensen is er plaats?", "Leeg is onbekend."),
    "aanmelden": ("Hoe meldt iemand zich aan?", ""),
    "bereik": ("Hoe ver komt men ervoor?", "Een aantal meters lopen, of stadsbreed."),
    "toegang": ("Wat is er nodig om binnen te komen?", ""),
    "wachttijd_dagen": ("Hoeveel dagen is de wachttijd?", ""),
    "wachttijd_op": ("Op welke dag was dat zo?", ""),
    "loopt_tot": ("Tot en met wanneer loopt het?", "Leeg als er geen einde is."),
    "type": ("Wat voor organisatie?", "Zoals welzijn, zorgaanbieder of plek."),
    "doet": ("Dit doet het team", ""),
    "doet_niet": ("Dit doet het team niet", ""),
    "beslist_zelf": ("Hierover beslist het team zelf", ""),
    "overdracht": ("Zo draagt u iemand over", ""),
    "antwoord_binnen_dagen": ("Binnen hoeveel dagen komt er antwoord?", ""),
    "gezocht": ("Wat wordt er gezocht?", "Vrijwilligers, ruimte of spullen. Nooit een mens."),
    "moedertaal": ("Moedertaal", "Codes met een | ertussen."),
}
#: Who checked it and where it comes from follow from who changes it.
_NOT_ASKED = frozenset(
    {"id", "actor_id", "gecontroleerd_op", "gecontroleerd_door", "bron"}
    | {f"toestemming_{name}" for name in ("op", "tot", "doel", "niveau", "door")}
)
#: Asked first; the others stand under "Meer velden".
_FIRST = {
    "actoren": ("naam", "soort", "omschrijving", "themas", "doelgroepen", "lijn", "status"),
    "aanbod": ("naam", "omschrijving", "themas", "doelgroepen", "wanneer", "vorm", "status"),
}
_LEVELS = {
    "openbaar": "Iedereen",
    "professional": "Professionals met een account",
    "team": "Alleen het wijkteam en opbouwwerkers",
}
_LONG = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """
    One question of a form.

    Attributes
    ----------
    soort
        `tekst`, `lang`, `keuze`, `vinkjes`, `dag` or `getal`.
    keuzes
        Code and words, for `keuze` and `vinkjes`.
    fout
        What is wrong with the value; empty when nothing is.
    """

    naam: str
    vraag: str
    uitleg: str
    soort: str
    waarde: str
    keuzes: tuple[tuple[str, str], ...]
    nodig: bool
    fout: str

    @property
    def gekozen(self) -> tuple[str, ...]:
        """The codes that are ticked."""
        return tuple(part for part in self.waarde.split("|") if part)


def fields_of(
    table: Table,
    names: frozenset[str],
    cells: Mapping[str, str],
    faults: Mapping[str, str],
    words: Vocabulary,
    areas: Sequence[tuple[str, str]],
) -> tuple[list[Field], list[Field]]:
    """
    Give the questions of a record: those asked first, and the others.

    Parameters
    ----------
    table
        `actoren` or `aanbod`.
    names
        Columns that the writer may see.
    cells, faults
        What stands in them, and what is wrong with it.
    words, areas
        Themes and groups; code and name of areas.
    """
    made = {
        column.naam: _field(column, cells, faults, words, areas)
        for column in RECORDS[table][0]
        if column.naam in names and column.naam not in _NOT_ASKED
    }
    first = [made[name] for name in _FIRST[table] if name in made]
    return first, [field for name, field in made.items() if name not in _FIRST[table]]


def question_of(name: str) -> str:
    """Give the words in which a column is asked."""
    return _WORDS.get(name, (name.replace("_", " ").capitalize(), ""))[0]


def _field(
    column: Veld,
    cells: Mapping[str, str],
    faults: Mapping[str, str],
    words: Vocabulary,
    areas: Sequence[tuple[str, str]],
) -> Field:
    question, help_ = _WORDS.get(column.naam, (question_of(column.naam), ""))
    choices = choices_of(column, words, areas)
    return Field(
        naam=column.naam,
        vraag=question,
        uitleg=help_,
        soort=_kind(column, several=column.kind in _SEVERAL or column.naam == "werkgebied"),
        waarde=cells.get(column.naam, ""),
        keuzes=choices,
        nodig=column.nodig,
        fout=faults.get(column.naam, ""),
    )


_SEVERAL = (Kind.THEMAS, Kind.DOELGROEPEN)


def _kind(column: Veld, *, several: bool) -> str:
    if several:
        return "vinkjes"
    kinds = {Kind.CODE: "keuze", Kind.DAG: "dag", Kind.GETAL: "getal"}
    return kinds.get(column.kind) or ("lang" if column.langst > _LONG else "tekst")


def choices_of(
    column: Veld, words: Vocabulary, areas: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Give code and words of what a column may hold; empty when that is free."""
    if column.kind is Kind.THEMAS:
        return tuple((one.code, one.label) for one in words.themas.values())
    if column.kind is Kind.DOELGROEPEN:
        return tuple((one.code, one.label) for one in words.doelgroepen.values())
    if column.naam == "werkgebied":
        return tuple(areas)
    labels: Mapping[str, Mapping[str, str]] = {
        "soort": {code.value: label for code, label in SOORT_LABELS.items()},
        "status": {code.value: label for code, label in STATUS_LABELS.items()},
        "vorm": {code.value: label for code, label in VORM_LABELS.items()},
        "toegang": {code.value: label for code, label in TOEGANG_LABELS.items()},
        "lijn": {str(int(line)): LIJN_LABELS[line] for line in Lijn},
        "zichtbaarheid": _LEVELS,
    }
    known = labels.get(column.naam, {})
    return tuple((code, known.get(code, code)) for code in column.codes)
