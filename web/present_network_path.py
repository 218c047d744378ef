"""Say who can introduce somebody to another, and what changes when somebody leaves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from socialmap.domain.codes import RELATIE_LABELS, Feitelijk, Richting
from socialmap.network.answers import what_if_json
from socialmap.network.graph import step_value
from socialmap.network.introduce import MOST_STEPS, find_introduction
from socialmap.network.leaving import find_lost
from socialmap.network.reading import Seen
from socialmap.network.what_if import Als
from web.present_network import Link, Sentence, link_to, say_sentence, say_strength

_GOES = {
    Als.ACTOR: "Als {naam} weg is",
    Als.GELDGEVER: "Als {naam} geen geld meer geeft",
    Als.GEBOUW: "Als de ruimte van {naam} wegvalt",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an introduction: who, how they know the next, and how strong that is."""

    wie: Link
    woorden: str
    sterkte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The answer to who can introduce; `stappen` is empty when nobody is known who can."""

    zin: str
    stappen: tuple[Step, ...]
    actor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """What changes without somebody: a heading, and sentences."""

    kop: str
    zinnen: tuple[Sentence, ...]


def say_way(seen: Seen, van: str, naar: str) -> Way:
    """
    Say who can introduce one actor to another.

    Raises
    ------
    NotFoundError
        If one of the two is not in the network of this reader.
    """
    actors = seen.network.actors
    found = find_introduction(seen.network.steps, van, naar)
    if found is None:
        return Way(
            zin=f"Er is geen weg van hoogstens {MOST_STEPS} stappen bekend van "
            f"{actors[van].naam} naar {actors[naar].naam}. Leg zelf contact, of vraag het rond.",
            stappen=(),
        )
    if len(found.pad) == 1:
        return Way(zin="Dit is dezelfde. Kies een ander om naartoe te gaan.", stappen=())
    steps = [_step(seen, here, there) for here, there in pairwise(found.pad)]
    steps.append(Step(link_to(actors[naar]), "", ""))
    return Way(zin=_say_pad(seen, found.pad), stappen=tuple(steps), actor_ids=found.pad)


def say_without(seen: Seen, zonder: str, als: Als) -> Without:
    """
    Say what changes when somebody leaves, gives no money or has no room any more.

    Raises
    ------
    NotFoundError
        If the actor is not in the network of this reader.
    """
    answer = what_if_json(seen, zonder, als)
    hit, alone, astray = (
        [one["actor_id"] for one in answer[key]]
        for key in ("geraakt", "wordt_geisoleerd", "raakt_wijkteam_kwijt")
    )
    lost = list(find_lost(seen.network.lines, zonder)) if als is Als.ACTOR else []
    said = [
        _several(seen, hit, "{} ander verliest een band:", "{} anderen verliezen een band:"),
        _several(
            seen,
            lost,
            "{} ander raakt los van de rest:",
            "{} anderen raken los van de rest:",
        ),
        _several(seen, alone, "{} houdt niemand meer over:", "{} houden niemand meer over:"),
        _several(
            seen,
            astray,
            "{} verliest de weg naar het wijkteam:",
            "{} verliezen de weg naar het wijkteam:",
        ),
        _several(
            seen,
            [one["actor_id"] for one in answer["zonder_geld"]],
            "{} krijgt van niemand meer geld:",
            "{} krijgen van niemand meer geld:",
        ),
        _several(
            seen,
            [one["actor_id"] for one in answer["zonder_ruimte"]],
            "{} heeft geen ruimte meer:",
            "{} hebben geen ruimte meer:",
        ),
    ]
    sentences = tuple(filter(None, said))
    kop = _GOES[als].format(naam=seen.network.actors[zonder].naam)
    return Without(kop, sentences or (Sentence("Dan verandert er niets in dit netwerk."),))


def _several(seen: Seen, ids: list[str], one: str, many: str) -> Sentence | None:
    if not ids:
        return None
    return say_sentence(seen, (one if len(ids) == 1 else many).format(len(ids)), ids)


def _say_pad(seen: Seen, pad: tuple[str, ...]) -> str:
    names = [seen.network.actors[key].naam for key in pad]
    if len(pad) == 2:
        return f"{names[0]} kent {names[1]} zelf: er is een rechtstreekse band."
    via = " en ".join(names[1:-1])
    return f"{names[0]} kan via {via} in contact komen met {names[-1]}."


def _step(seen: Seen, here: str, there: str) -> Step:
    """Say the best tie between two, read from the first."""
    ties = [
        tie
        for tie in seen.ties_of.get(here, ())
        if tie.feitelijk is Feitelijk.FEITELIJK
        and (
            (tie.van_id, tie.naar_id) == (here, there)
            or ((tie.van_id, tie.naar_id) == (there, here) and tie.richting is Richting.WEDERKERIG)
        )
    ]
    best = min(ties, key=lambda tie: (-step_value(tie), tie.id))
    words = RELATIE_LABELS[best.soort][0]
    return Step(link_to(seen.network.actors[here]), words, say_strength(best))
