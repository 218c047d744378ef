"""Say in sentences what changed in coverage between two dates, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from socialmap.coverage.change import Because, Change, Reden, Soort
from socialmap.coverage.sentences import VERDICT_WORDS, say_count
from socialmap.coverage.verdict import Oordeel
from socialmap.domain.model import Aanbod
from socialmap.domain.vocabulary import Vocabulary
from web.present import offer_url

#: Changes of one kind that a page shows before somebody asks for the rest.
FIRST = 15
_NAMES = 4
_KINDS = {
    Soort.DICHT: (
        "Gaten die dichtgingen",
        "Hier heeft nu minstens een kwart van de mensen iets binnen bereik.",
    ),
    Soort.BETER: ("Van dun naar gedekt", "Meer mensen hebben nu iets binnen bereik."),
    Soort.OPEN: (
        "Gaten die opengingen",
        "Hier heeft nu minder dan een kwart van de mensen nog iets binnen bereik.",
    ),
    Soort.MINDER: ("Van gedekt naar dun", "Minder mensen hebben nu iets binnen bereik."),
    Soort.GEZIEN: ("Nu weten wij het: een gat", "Hier heeft iemand gekeken."),
    Soort.VERGETEN: ("Niet meer zeker", "Hier is langer dan 24 maanden niet gekeken."),
}
_REASONS = {
    Reden.REGEL: "de regel voor het oordeel is veranderd",
    Reden.NIEUW: "nieuw is",
    Reden.GEVONDEN: "bij het kijken is gevonden",
    Reden.NAGEKEKEN: "opnieuw nagekeken is",
    Reden.WEG: "weg is",
    Reden.VEROUDERD: "te lang niet nagekeken is",
    Reden.GEKEKEN: "iemand heeft hier gekeken",
    Reden.NIET_MEER_GEKEKEN: "het is te lang geleden dat iemand hier keek",
    Reden.ANDERS: (
        "er kwam niets bij en er ging niets weg, maar een plek, afstand of doelgroep is veranderd, "
        "of de cijfers"
    ),
}


@dataclass(frozen=True, slots=True)
class OfferLink:
    """Name and address of an offer."""

    naam: str
    url: str


@dataclass(frozen=True, slots=True)
class SaidReason:
    """A reason in words, the offers that it names, and how many it does not name."""

    tekst: str
    aanbod: tuple[OfferLink, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class SaidChange:
    """One change: from and to for the pictures, the sentence, and why."""

    van: str
    tot: str
    zin: str
    redenen: tuple[SaidReason, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """All changes of one kind: those that are shown at once, and the rest."""

    soort: str
    kop: str
    uitleg: str
    eerst: tuple[SaidChange, ...]
    verder: tuple[SaidChange, ...]


def change_groups(
    changes: Sequence[Change],
    words: Vocabulary,
    names: Mapping[str, str],
    offers: Mapping[str, Aanbod],
) -> list[ChangeGroup]:
    """
    Put changes together by kind.

    Parameters
    ----------
    changes
        As `find_changes` gives them.
    words, names
        Labels of themes, and names of areas by code.
    offers
        Those that the reader may see now, by id: only these are named.
    """
    groups = []
    for soort, (title, about) in _KINDS.items():
        said = [_say(one, words, names, offers) for one in changes if one.soort is soort]
        if said:
            groups.append(
                ChangeGroup(soort.value, title, about, tuple(said[:FIRST]), tuple(said[FIRST:]))
            )
    return groups


def say_summary(changes: Sequence[Change], cells: int, van: str, tot: str) -> str:
    """
    Say in one sentence what closed and what opened.

    Parameters
    ----------
    changes
        As `find_changes` gives them.
    cells
        How many combinations of area and theme were compared.
    van, tot
        The two dates in words.
    """
    closed = sum(one.soort is Soort.DICHT for one in changes)
    opened = sum(one.soort is Soort.OPEN for one in changes)
    if not changes:
        return f"Tussen {van} en {tot} veranderde er geen oordeel, van de {cells} die er zijn."
    return (
        f"Tussen {van} en {tot} {_went(closed)} dicht en {_gaps(opened)} open. "
        f"In totaal {'veranderde' if len(changes) == 1 else 'veranderden'} {len(changes)} van de "
        f"{cells} oordelen."
    )


def _went(number: int) -> str:
    return f"{'ging' if number == 1 else 'gingen'} er {_gaps(number)}"


def _gaps(number: int) -> str:
    return f"{say_count(number)} {'gat' if number == 1 else 'gaten'}"


def _say(
    one: Change, words: Vocabulary, names: Mapping[str, str], offers: Mapping[str, Aanbod]
) -> SaidChange:
    before, after = Oordeel(one.van.oordeel), Oordeel(one.tot.oordeel)
    place = names.get(one.tot.gebied, one.tot.gebied)
    sentence = (
        f"{words.label(one.tot.thema)} in {place} ging van {VERDICT_WORDS[before]} "
        f"({one.van.bereik}% binnen bereik) naar {VERDICT_WORDS[after]} ({one.tot.bereik}%)."
    )
    reasons = tuple(_reason(because, offers) for because in one.redenen)
    return SaidChange(before.value, after.value, sentence, reasons)


def _reason(because: Because, offers: Mapping[str, Aanbod]) -> SaidReason:
    seen = [offers[key] for key in because.aanbod if key in offers]
    named = tuple(OfferLink(offer.naam, offer_url(offer.id)) for offer in seen[:_NAMES])
    rest = len(because.aanbod) - len(named)
    text = _REASONS[because.reden]
    if not rest:
        return SaidReason(text, named, "")
    if not named:
        return SaidReason(text, (), f"{rest} aanbod" if rest == 1 else f"{rest} soorten aanbod")
    return SaidReason(text, named, f"en nog {rest}")
