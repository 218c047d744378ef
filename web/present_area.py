"""Sort what is known of an area: what is of here, what serves a larger area, and what is strong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from socialmap.domain.codes import Gebiedsniveau, Lijn, Soort, Status
from socialmap.domain.freshness import Versheid, freshness
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Gebied
from socialmap.domain.status import effective_status
from socialmap.domain.vocabulary import Vocabulary
from web.present import is_confirmed
from web.present_words import count_words, join_words

Offer = tuple[Aanbod, Actor]


@dataclass(slots=True, kw_only=True)
class AreaRecords:
    """
    The records of one area, without stopped ones.

    Attributes
    ----------
    actoren_hier
        With a place in the area, or working in this area or in one smaller than a gemeente.
    actoren_ruim
        Working in the whole gemeente, the area included.
    met_plek, zonder_plek, stadsbreed
        Offers with a place here; without a place, serving the area; and for the whole town.
    ruim
        Ids of offers without a place that serve the whole gemeente.
    gestopt
        How many records have stopped and are left out.
    """

    actoren_hier: list[Actor] = field(default_factory=list)
    actoren_ruim: list[Actor] = field(default_factory=list)
    met_plek: list[Offer] = field(default_factory=list)
    zonder_plek: list[Offer] = field(default_factory=list)
    stadsbreed: list[Offer] = field(default_factory=list)
    ruim: set[str] = field(default_factory=set)
    gestopt: int = 0

    @property
    def leeg(self) -> bool:
        """Whether nothing at all is known, of here or of the whole gemeente."""
        return not (
            self.actoren_hier
            or self.actoren_ruim
            or self.met_plek
            or self.zonder_plek
            or self.stadsbreed
        )

    @property
    def aanbod_hier(self) -> list[Offer]:
        """Offers of here: with a place, or serving an area smaller than a gemeente."""
        return self.met_plek + [pair for pair in self.zonder_plek if pair[0].id not in self.ruim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """
    What is strong in an area, made from facts.

    Attributes
    ----------
    zin
        One sentence that says it.
    punten
        Icon and sentence.
    themas
        Code and label of themes that something of here serves.
    onbekend
        Whether nothing is known of what residents do themselves.
    """

    zin: str
    punten: tuple[tuple[str, str], ...]
    themas: tuple[tuple[str, str], ...]
    onbekend: bool


def sort_records(
    gebied: Gebied,
    related: Mapping[str, Gebied],
    actors: Sequence[tuple[Actor, bool]],
    offers: Sequence[tuple[Aanbod, Actor, bool]],
    today: date,
) -> AreaRecords:
    """
    Sort records by how they belong to an area.

    Parameters
    ----------
    gebied
        The area.
    related
        Areas that share a buurt with it, by code.
    actors, offers
        What the store finds for the area, each with whether its place lies in it.
    today
        The day by the one clock.
    """
    kept = AreaRecords()
    for actor, placed in actors:
        if actor.status is Status.GESTOPT:
            kept.gestopt += 1
        elif placed or _works_near(gebied, related, actor.werkgebied):
            kept.actoren_hier.append(actor)
        else:
            kept.actoren_ruim.append(actor)
    for aanbod, actor, placed in offers:
        if effective_status(aanbod, actor, today) is Status.GESTOPT:
            kept.gestopt += 1
        elif aanbod.bereik == STADSBREED:
            kept.stadsbreed.append((aanbod, actor))
        elif placed:
            kept.met_plek.append((aanbod, actor))
        else:
            kept.zonder_plek.append((aanbod, actor))
            if not _works_near(gebied, related, aanbod.werkgebied or actor.werkgebied):
                kept.ruim.add(aanbod.id)
    return kept


def find_strength(
    gebied: Gebied, records: AreaRecords, vocabulary: Vocabulary, today: date
) -> Strength:
    """
    Say what is strong in an area, and what is not known, from the records of here only.

    Parameters
    ----------
    gebied
        The area.
    records
        See `sort_records`.
    vocabulary
        Themes, in the order in which they are shown.
    today
        The day that freshness is held against.
    """
    offers = records.aanbod_hier
    served = {code for aanbod, _ in offers for code in aanbod.themas}
    themas = tuple((t.code, t.label) for t in vocabulary.themas.values() if t.code in served)
    own = [
        count_words(number, one, many)
        for number, one, many in (
            (
                _of_kind(records, Soort.BEWONERSINITIATIEF),
                "bewonersinitiatief",
                "bewonersinitiatieven",
            ),
            (
                _of_kind(records, Soort.INFORMELE_STEUN),
                "groep vrijwilligers",
                "groepen vrijwilligers",
            ),
            (_of_residents(offers), "soort steun door bewoners", "soorten steun door bewoners"),
        )
        if number
    ]
    return Strength(
        zin=_sentence(gebied, records, own, today),
        punten=tuple(_points(gebied, records, themas, len(vocabulary.themas), today)),
        themas=themas,
        onbekend=not own,
    )


def _sentence(gebied: Gebied, records: AreaRecords, own: list[str], today: date) -> str:
    if own and any(is_confirmed(thing, today) for thing in _things(records)):
        return f"In {gebied.naam} doen bewoners en vrijwilligers zelf mee: {join_words(own)}."
    if own:
        # What nobody confirmed lately is not said as how it is now.
        return (
            "Voor zover bekend deden bewoners en vrijwilligers in "
            f"{gebied.naam} zelf mee: {join_words(own)}. Of dat nog zo is, weten wij niet."
        )
    if records.actoren_hier or records.aanbod_hier:
        return (
            f"Wat bewoners van {gebied.naam} zelf doen, weten wij nog niet. "
            "Wie hier werkt en wat er is, staat hieronder."
        )
    return (
        f"Van {gebied.naam} zelf weten wij nog niets. "
        "Wel is er steun die voor de hele gemeente geldt."
    )


def _points(
    gebied: Gebied,
    records: AreaRecords,
    themas: tuple[tuple[str, str], ...],
    all_themes: int,
    today: date,
) -> list[tuple[str, str]]:
    points = []
    if records.met_plek:
        number = count_words(len(records.met_plek), "soort steun heeft", "soorten steun hebben")
        points.append(("plek", f"{number} een plek in {gebied.naam}."))
    if themas:
        points.append(
            (
                "lijst",
                f"Voor {len(themas)} van de {all_themes} thema’s staat hier iets op de kaart.",
            )
        )
    asking = [actor for actor in records.actoren_hier if actor.gezocht]
    if asking:
        groups = count_words(len(asking), "groep zoekt", "groepen zoeken")
        points.append(("mensen", f"{groups} mensen, ruimte of spullen."))
    things = _things(records)
    if things:
        points.append(_say_checked(things, today))
    return points


def _say_checked(things: Sequence[Actor | Aanbod], today: date) -> tuple[str, str]:
    stands = [freshness(thing.gecontroleerd_op, thing.bron, today) for thing in things]
    fresh = stands.count(Versheid.VERS)
    if fresh:
        verb = "is" if fresh == 1 else "zijn"
        return "vink", f"{fresh} van de {len(things)} gegevens {verb} het laatste jaar nagekeken."
    if all(stand is Versheid.BRON for stand in stands):
        return "info", "Alles van hier komt uit documenten. Niemand heeft het nagekeken."
    return "info", f"Van de {len(things)} gegevens is er het laatste jaar geen nagekeken."


def _things(records: AreaRecords) -> list[Actor | Aanbod]:
    return [*records.actoren_hier, *(aanbod for aanbod, _ in records.aanbod_hier)]


def _of_kind(records: AreaRecords, soort: Soort) -> int:
    return sum(actor.soort is soort for actor in records.actoren_hier)


def _of_residents(offers: Sequence[Offer]) -> int:
    return sum(aanbod.lijn is Lijn.BEWONERS for aanbod, _ in offers)


def _works_near(gebied: Gebied, related: Mapping[str, Gebied], werkgebied: Sequence[str]) -> bool:
    """Tell whether somebody works here and not just in the whole gemeente."""
    if gebied.code in werkgebied:
        return True
    near = [related[code] for code in werkgebied if code in related]
    return any(area.niveau is not Gebiedsniveau.GEMEENTE for area in near)
