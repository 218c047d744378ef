"""Say records in the words of a page: names, numbers, dates, and how sure we are of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from socialmap.domain.codes import SOORT_LABELS, STATUS_LABELS, Status, Vorm
from socialmap.domain.freshness import Versheid, freshness, read_source, say_freshness
from socialmap.domain.model import STADSBREED, Aanbod, Actor, Relatie
from socialmap.domain.osm import CREDIT, is_from_osm
from socialmap.domain.osm import NAAM as OSM
from socialmap.domain.status import effective_status
from web.present_hours import Today, say_hours_briefly, say_today
from web.present_words import first_sentence, say_ages, say_cost, say_number

Record = Actor | Aanbod | Relatie
#: How far the map zooms in on one record: its street and those around it.
_MAP_ZOOM = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """
    One actor or offer as a row or card; names as `onderdelen/kaartje.html` takes them.

    Attributes
    ----------
    lijn, soort
        The mark: `lijn` for an offer that has one, else `soort` of the actor.
    van
        Whose it is, or what kind of actor.
    zin
        The first sentence of its description.
    praktisch
        Icon and text.
    versheid
        Freshness as code and as words.
    """

    id: str
    url: str
    naam: str
    versheid: tuple[str, str]
    lijn: int | None = None
    soort: str = ""
    van: str = ""
    zin: str = ""
    praktisch: tuple[tuple[str, str], ...] = ()
    status: str = ""


def actor_url(actor_id: str) -> str:
    """Give the address of the page of an actor."""
    return f"/actor/{quote(actor_id, safe='')}"


def offer_url(aanbod_id: str) -> str:
    """Give the address of the page of an offer."""
    return f"/aanbod/{quote(aanbod_id, safe='')}"


def area_url(code: str) -> str:
    """Give the address of the page of an area."""
    return f"/gebied/{quote(code, safe='')}"


def map_url(record: Actor | Aanbod, werkgebied: Sequence[str]) -> str:
    """
    Give the address of the map where a record stands.

    Parameters
    ----------
    record
        Cut to the reader; it is chosen on the map when it has a place (WGS84 degrees).
    werkgebied
        Codes of the areas that it serves: without a place the map shows the first.

    Returns
    -------
    str
        Empty when it stands nowhere.
    """
    wat = "actoren" if isinstance(record, Actor) else "aanbod"
    if record.lon is not None and record.lat is not None:
        view = f"{_MAP_ZOOM}/{record.lat:.5f}/{record.lon:.5f}"
        return f"/kaart?wat={wat}&kaart={view}&gekozen={quote(record.id, safe='')}"
    return f"/kaart?wat={wat}&gebied={quote(werkgebied[0], safe='')}" if werkgebied else ""


def badge(record: Record, today: date) -> tuple[str, str]:
    """Give the freshness of a record as code and as words, for macro `versheid_merk`."""
    checked, source = record.gecontroleerd_op, record.bron
    return freshness(checked, source, today).value, say_freshness(checked, source, today)


def is_confirmed(record: Record, today: date) -> bool:
    """Tell whether a record may be shown as how it is now: confirmed at most 24 months ago."""
    stand = freshness(record.gecontroleerd_op, record.bron, today)
    return stand in (Versheid.VERS, Versheid.VEROUDERT)


def actor_card(actor: Actor, today: date) -> Card:
    """Make the row of an actor."""
    return Card(
        id=actor.id,
        url=actor_url(actor.id),
        naam=actor.naam,
        soort=actor.soort.value,
        van=SOORT_LABELS[actor.soort],
        zin=first_sentence(actor.omschrijving),
        versheid=badge(actor, today),
        status=_say_status(actor.status),
    )


def offer_card(aanbod: Aanbod, actor: Actor, today: date) -> Card:
    """Make the row of an offer, with what one needs to know before going there."""
    practical = [("klok", say_hours_briefly(aanbod.wanneer)), ("euro", say_cost(aanbod.kosten))]
    practical.append(("mensen", say_ages(aanbod.min_leeftijd, aanbod.max_leeftijd)))
    if aanbod.vorm is Vorm.COLLECTIEF and aanbod.lon is None and not aanbod.adres:
        practical.append(("plek", "plek niet bekend"))
    return Card(
        id=aanbod.id,
        url=offer_url(aanbod.id),
        naam=aanbod.naam,
        lijn=None if aanbod.lijn is None else int(aanbod.lijn),
        soort=actor.soort.value,
        van=actor.naam,
        zin=first_sentence(aanbod.omschrijving),
        praktisch=tuple((icon, text) for icon, text in practical if text),
        versheid=badge(aanbod, today),
        status=_say_status(effective_status(aanbod, actor, today)),
    )


def say_reach(aanbod: Aanbod) -> str:
    """Say how far an offer reaches; nothing when it does not say."""
    if aanbod.bereik == STADSBREED:
        return "de hele stad"
    return "" if aanbod.bereik is None else f"{say_number(int(aanbod.bereik))} meter"


def say_today_of(aanbod: Aanbod, status: Status, today: date) -> Today | None:
    """
    Say whether an offer is open today, or why nobody should count on its hours.

    Parameters
    ----------
    aanbod
        The offer.
    status
        Its effective status.
    today
        The day by the one clock.

    Returns
    -------
    Today or None
        None without hours, and for what is paused or stopped. Hours that nobody confirmed lately
        are never said as today's.
    """
    said = say_today(aanbod.wanneer, today)
    if said is None or status is not Status.ACTIEF:
        return None
    if is_confirmed(aanbod, today):
        return said
    return Today(False, "Of deze tijden nog kloppen, is niet nagekeken. Bel of mail eerst")


def group_by_source(records: Iterable[Record]) -> tuple[Mapping[str, dict[str, int]], list[str]]:
    """
    Tell which documents and other sources records come from.

    Returns
    -------
    documents, others
        By document id: each section with the number of records from it, in order of section. The
        others are sources such as `wijkgesprek`, in order of the alphabet.
    """
    documents: dict[str, dict[str, int]] = {}
    others: set[str] = set()
    for record in records:
        source = read_source(record.bron)
        if source is not None:
            sections = documents.setdefault(source.document, {})
            sections[source.sectie] = sections.get(source.sectie, 0) + 1
        elif record.bron:
            others.add(f"{OSM}, {CREDIT}" if is_from_osm(record.bron) else record.bron)
    ordered = {key: dict(sorted(documents[key].items(), key=_section)) for key in sorted(documents)}
    return ordered, sorted(others, key=str.casefold)


def sort_for_reading(cards: Iterable[Card]) -> list[Card]:
    """Order rows: in use before paused, fresh before stale, then by name."""
    order = {stand.value: place for place, stand in enumerate(Versheid)}

    def key(card: Card) -> tuple[bool, int, str, str]:
        return bool(card.status), order[card.versheid[0]], card.naam.casefold(), card.id

    return sorted(cards, key=key)


def _section(item: tuple[str, int]) -> tuple[list[int], str]:
    head = item[0].split(" ", 1)[0]
    return [int(part) for part in head.split(".") if part.isdigit()], item[0]


def _say_status(status: Status) -> str:
    return "" if status is Status.ACTIEF else STATUS_LABELS[status]
