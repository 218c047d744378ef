"""Say who stands in a team with one leg in which organisation, and hold a team against its wijk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from socialmap.coverage.need import EVERYBODY, Need, Needs
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.counts import round_persons, say_persons
from socialmap.domain.freshness import read_source
from socialmap.domain.model import Actor, Bron, Gebied
from socialmap.exchange.team_facts import TeamFact, TeamFacts, TeamFunction
from socialmap.network.graph import Network
from socialmap.network.two_legs import TwoLegs, find_two_legs
from web.present import badge
from web.present_network import Link, link_to
from web.present_words import join_words

#: Inhabitants of the area of a team (document 000, section 4, 2014).
NORM_RESIDENTS = (6_000, 10_000)
NORM_SOURCE = "000, 4 Uitbreiding Sociaal Wijkteams, 2014"
#: Names of areas that an explanation lists before it counts the rest.
_NAMES = 3


@dataclass(frozen=True, slots=True)
class Leg:
    """Who takes part in a team, where the other leg stands, and how sure we are."""

    wie: Link
    bij: tuple[Link, ...]
    uitleg: str
    versheid: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSaid:
    """The members of a team; `breed` are those of its umbrella, of whom no team is known."""

    id: str
    team: Link
    koepels: tuple[Link, ...]
    leden: tuple[Leg, ...]
    breed: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document says, as a sentence, and which document."""

    zin: str
    bron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """
    Inhabitants of a team area beside the norm.

    Attributes
    ----------
    tekst, uitleg
        The number in words, and which figure of which year it rests on.
    van, tot, stip
        Where the norm begins and ends and where the number lies, in per cent of the picture; the
        last is None where no number is known.
    """

    tekst: str
    uitleg: str
    van: float
    tot: float
    stip: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRow:
    """A function with the hours of the basic set-up, and of each team of which they are known."""

    naam: str
    fte: str
    jaar: int
    teams: tuple[str, ...]


def say_teams(network: Network, team_ids: Iterable[str], today: date) -> list[TeamSaid]:
    """Say the members of teams, in order of the name of the team."""
    actors = network.actors
    found = find_two_legs(network, list(team_ids))
    said = [
        TeamSaid(
            id=legs.team,
            team=link_to(actors[legs.team]),
            koepels=tuple(link_to(actors[key]) for key in legs.koepels),
            leden=_legs(actors, legs.leden, today),
            breed=_legs(actors, legs.breed, today),
        )
        for legs in found.values()
    ]
    return sorted(said, key=lambda one: (one.team.naam.casefold(), one.team.url))


def say_size(need: Need, areas: Mapping[str, Gebied], most: float) -> Size:
    """
    Say how many people live in a team area, without a verdict.

    Parameters
    ----------
    need
        Of `iedereen`.
    areas
        All areas by code.
    most
        The largest number of persons that stands beside it: pictures share one scale.
    """
    whole = 1.1 * max(most, NORM_RESIDENTS[1])
    persons = round_persons(need.personen)
    return Size(
        tekst=say_persons(need.personen),
        uitleg=_say_figures(need, areas),
        van=_part(NORM_RESIDENTS[0], whole),
        tot=_part(NORM_RESIDENTS[1], whole),
        stip=None if persons is None else _part(persons, whole),
    )


def residents_of(needs: Needs, areas: Mapping[str, Gebied], code: str) -> Need:
    """
    Count the inhabitants of an area from the largest areas in it that were counted.

    Parameters
    ----------
    needs
        Of the same map.
    areas
        All areas by code.
    code
        A team area. Its gemeente counts when it is the same, else the wijken that lie wholly in it;
        only the buurten that are left are estimated.
    """
    left = set(areas[code].buurten)
    parts = []
    for niveau in (Gebiedsniveau.GEMEENTE, Gebiedsniveau.WIJK, Gebiedsniveau.BUURT):
        for other in areas.values():
            own = set(other.buurten) or {other.code}
            if other.niveau is niveau and own <= left:
                parts.append(needs.of(other.code, EVERYBODY))
                left -= own
    known = [part for part in parts if part.personen is not None]
    return Need(
        personen=sum(part.personen or 0.0 for part in known) if known else None,
        cijfers=tuple(dict.fromkeys(figure for part in known for figure in part.cijfers)),
        geschat=any(part.geschat for part in known),
    )


def say_facts(facts: Iterable[TeamFact], documents: Mapping[str, Bron]) -> tuple[Fact, ...]:
    """Say facts as sentences, each with its document and year."""
    return tuple(Fact(_sentence(one.tekst), say_document(one.bron, documents)) for one in facts)


def say_document(bron: str, documents: Mapping[str, Bron]) -> str:
    """Say the document, its part and its year that a fact comes from."""
    source = read_source(bron)
    if source is None:
        return bron
    known = documents.get(source.document)
    titel = known.titel if known else f"Document {source.document}"
    return f"{titel} ({source.jaar}), deel {source.sectie}"


def function_rows(facts: TeamFacts, codes: Sequence[str]) -> tuple[FunctionRow, ...]:
    """
    List the functions of the basic set-up and those added since, beside the hours of teams.

    Parameters
    ----------
    facts
        What documents say.
    codes
        Team areas of which hours are known: the columns.
    """
    hours = {(code, one.naam): one for code in codes for one in facts.per_team.get(code, ())}
    named = {one.naam for one in (*facts.basis, *facts.later)}
    extra = {key[1]: one for key, one in hours.items() if key[1] not in named}
    return tuple(
        FunctionRow(
            naam=one.naam,
            fte=say_fte(one.fte) if one in facts.basis else "onbekend",
            jaar=one.jaar,
            teams=tuple(_say_hours(hours.get((code, one.naam))) for code in codes),
        )
        for one in (*facts.basis, *facts.later, *extra.values())
    )


def say_fte(fte: Decimal | None) -> str:
    """Say hours in full-time posts: `0,5`."""
    return "niet bekend" if fte is None else f"{fte:f}".replace(".", ",")


def _say_hours(found: TeamFunction | None) -> str:
    return say_fte(found.fte if found else None)


def _legs(actors: Mapping[str, Actor], legs: Iterable[TwoLegs], today: date) -> tuple[Leg, ...]:
    made = [
        Leg(
            wie=link_to(actors[one.lid]),
            bij=tuple(link_to(actors[key]) for key in one.moeders),
            uitleg=one.band.toelichting,
            versheid=badge(one.band, today),
        )
        for one in legs
    ]
    return tuple(sorted(made, key=lambda one: (one.wie.naam.casefold(), one.wie.url)))


def _say_figures(need: Need, areas: Mapping[str, Gebied]) -> str:
    if not need.cijfers:
        return "Er is geen cijfer over bewoners."
    years = sorted({figure.jaar for figure in need.cijfers})
    names = sorted({areas[figure.gebied].naam for figure in need.cijfers}, key=str.casefold)
    shown = names[:_NAMES]
    if len(names) > _NAMES:
        shown = [*shown, f"nog {len(names) - _NAMES}"]
    said = f"Cijfer van {join_words([str(year) for year in years])} over {join_words(shown)}"
    return f"{said}, geschat naar oppervlakte." if need.geschat else f"{said}."


def _part(number: float, whole: float) -> float:
    return round(100 * number / whole, 1)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
