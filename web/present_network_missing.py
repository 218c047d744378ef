"""Say what the network has and what it lacks, strengths first, in sentences without scores."""

from __future__ import annotations

from dataclasses import dataclass

from socialmap.domain.codes import RELATIE_LABELS, Feitelijk, Gebiedsniveau, Niveau, Soort
from socialmap.network.external_internal import MeetingIndex
from socialmap.network.figures import find_parts
from socialmap.network.graph import Network
from socialmap.network.reading import Seen, lying_or_working
from web.present import actor_url
from web.present_network import Sentence, say_sentence
from web.present_words import say_number

#: What people in the wijk do themselves.
_INITIATIVES = (Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)
#: Areas that a sentence names.
_AREAS = 3
_WISHES = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """A tie that somebody wants and that is not there yet."""

    van: str
    van_url: str
    woorden: str
    naar: str
    naar_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What there is (`sterk`) and what is not (`mist`); `wensen` are the wished ties in view."""

    sterk: tuple[Sentence, ...]
    mist: tuple[Sentence, ...]
    wensen: tuple[Wish, ...]
    wensen_rest: int


def say_missing(seen: Seen, gebied: str, niveau: Niveau) -> Missing:
    """
    Say what the network has and lacks, as a whole or of who lies or works in an area.

    Parameters
    ----------
    seen
        The network of one reader: nobody above the level of the reader is in it.
    gebied
        Code of an area, or empty.
    niveau
        Level of the reader: below `professional` nothing is said of key persons, since nobody is
        seen of whom it could be said.
    """
    here = lying_or_working(seen, gebied)
    inside = set(seen.network.actors) if here is None else here
    wishes = _wishes(seen, inside)
    lacking = [
        _lone_initiatives(seen, inside),
        _without_team(seen, inside),
        _apart(seen, gebied),
        _without_key_person(seen, gebied) if niveau >= Niveau.PROFESSIONAL else None,
    ]
    return Missing(
        sterk=tuple(filter(None, [_together(seen, inside), _with_team(seen, inside), _meet(seen)])),
        mist=tuple(filter(None, lacking)),
        wensen=tuple(wishes[:_WISHES]),
        wensen_rest=max(0, len(wishes) - _WISHES),
    )


def _together(seen: Seen, inside: set[str]) -> Sentence | None:
    network: Network = seen.network
    tied = [key for key in inside if network.lines.degree[key]]
    if not tied:
        return None
    if inside != set(network.actors):
        return Sentence(f"{_count(len(tied), inside)} hier hebben een band met een ander.")
    largest = find_parts(network.lines)[0]
    return Sentence(f"{_count(largest, inside)} hangen aan elkaar: zij kennen elkaar, of via via.")


def _with_team(seen: Seen, inside: set[str]) -> Sentence | None:
    known = {key for key in _initiatives(seen, inside) if key in seen.places}
    without = {one.actor_id for one in seen.unconnected}
    reached = known - without
    if not reached:
        return None
    verb = "kan" if len(reached) == 1 else "kunnen"
    return Sentence(
        f"{_count(len(reached), known)} initiatieven van bewoners en vrijwilligers {verb} in twee "
        "stappen bij het wijkteam van hun plek."
    )


def _meet(seen: Seen) -> Sentence | None:
    """Say in which wijken formal and informal meet more than their numbers would give."""
    named = [
        _area(seen, one)
        for one in _wijken(seen)
        if one.waarde is not None and one.verwacht is not None and one.waarde >= one.verwacht
    ]
    if not named:
        return None
    return Sentence(
        f"In {_list(named)} zoeken beroepskrachten en bewoners elkaar meer op dan u naar hun "
        "aantallen zou verwachten."
    )


def _lone_initiatives(seen: Seen, inside: set[str]) -> Sentence | None:
    alone = [key for key in seen.isolated if key in _initiatives(seen, inside)]
    if not alone:
        return None
    verb = "staat er 1 initiatief" if len(alone) == 1 else f"staan er {len(alone)} initiatieven"
    return say_sentence(seen, f"Los van alle anderen {verb}:", alone)


def _without_team(seen: Seen, inside: set[str]) -> Sentence | None:
    wanted = _initiatives(seen, inside)
    found = [one.actor_id for one in seen.unconnected if one.actor_id in wanted]
    if not found:
        return None
    verb = "heeft 1 initiatief" if len(found) == 1 else f"hebben {len(found)} initiatieven"
    return say_sentence(
        seen, f"Geen weg van twee stappen naar het wijkteam van hun plek {verb}:", found
    )


def _apart(seen: Seen, gebied: str) -> Sentence | None:
    """Say where formal and informal meet least beside what their numbers would give."""
    apart = []
    for one in _wijken(seen):
        if one.tussen is None or one.verwacht is None or (gebied and one.gebied != gebied):
            continue
        # An index v over m lines stands for (1 + v) / 2 x m lines between the two.
        expected = round((1 + one.verwacht) / 2 * one.lijnen)
        if one.tussen < expected:
            apart.append((one.tussen - expected, one, expected))
    apart.sort(key=lambda found: (found[0], found[1].gebied))
    if not apart:
        return None
    said = [
        f"in {_area(seen, one)} {one.tussen} van de {one.lijnen} lijnen, waar u er ongeveer "
        f"{expected} zou verwachten"
        for _, one, expected in apart[:_AREAS]
    ]
    return Sentence(f"Beroepskrachten en bewoners ontmoeten elkaar weinig: {'; '.join(said)}.")


def _without_key_person(seen: Seen, gebied: str) -> Sentence | None:
    """Count the wijken without a key person among those that the reader sees; never name one."""
    wijken = [
        area
        for area in seen.areas.values()
        if area.niveau is Gebiedsniveau.WIJK and gebied in ("", area.code)
    ]
    held = {
        code
        for actor in seen.network.actors.values()
        if actor.soort is Soort.SLEUTELFIGUUR
        for code in (*seen.places.get(actor.id, ()), *actor.werkgebied)
    }
    without = [w for w in wijken if not held.intersection((w.code, *w.buurten))]
    if not without:
        return None
    return Sentence(
        f"In {say_number(len(without))} van de {say_number(len(wijken))} wijken is u geen "
        "sleutelfiguur bekend."
    )


def _initiatives(seen: Seen, inside: set[str]) -> set[str]:
    return {key for key in inside if seen.network.actors[key].soort in _INITIATIVES}


def _wijken(seen: Seen) -> list[MeetingIndex]:
    wijken = {a.code for a in seen.areas.values() if a.niveau is Gebiedsniveau.WIJK}
    return [one for one in seen.meeting if one.gebied in wijken]


def _area(seen: Seen, one: MeetingIndex) -> str:
    return seen.areas[one.gebied].naam


def _wishes(seen: Seen, inside: set[str]) -> list[Wish]:
    actors = seen.network.actors
    return [
        Wish(
            actors[tie.van_id].naam,
            actor_url(tie.van_id),
            RELATIE_LABELS[tie.soort][0],
            actors[tie.naar_id].naam,
            actor_url(tie.naar_id),
        )
        for tie in seen.network.ties
        if tie.feitelijk is Feitelijk.GEWENST and (tie.van_id in inside or tie.naar_id in inside)
    ]


def _count(number: int, of: set[str]) -> str:
    if number == len(of):
        return f"Alle {say_number(number)}"
    return f"{say_number(number)} van de {say_number(len(of))}"


def _list(names: list[str]) -> str:
    shown, more = names[:_AREAS], len(names) - _AREAS
    if more > 0:
        return f"{', '.join(shown)} en {more} andere wijken"
    return " en ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
