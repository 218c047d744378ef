"""Read what somebody wants to see of the network, and cut that part out of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import networkx as nx
from werkzeug.datastructures import MultiDict

from socialmap.domain.codes import Feitelijk, Lijn, Relatiesoort, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.freshness import Versheid, freshness
from socialmap.domain.model import Actor, Relatie
from socialmap.network.reading import Seen, lying_or_working
from socialmap.network.what_if import Als
from web.filters_query import MOST_CHARACTERS, BadFilterError, read_area, read_codes, read_one

#: Most actors that are drawn one by one; above that the picture is a summary.
MOST_NODES = 500
#: Steps that can be asked around one actor.
STEPS = ("1", "2", "3")
STRENGTHS = ("1", "2", "3")
#: Names in the address, in the order in which it holds them.
NAMES = (
    "soort",
    "lijn",
    "relatiesoort",
    "sterkte",
    "feitelijk",
    "versheid",
    "gebied",
    "van",
    "stappen",
    "naar",
    "zonder",
    "als",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The state of the filters and the selection, as the address bar holds them.

    Attributes
    ----------
    soorten, lijnen, gebied
        Of actors; empty keeps all.
    relatiesoorten, sterktes, feitelijk, versheid
        Of ties; empty keeps all.
    van
        `Actor.id` of the one selection; also where a path begins.
    stappen
        Keep only who is at most so many steps from `van`; 0 keeps all.
    naar
        Where a path must lead.
    zonder, als
        Who or what is taken away, and as what.
    """

    soorten: tuple[Soort, ...] = ()
    lijnen: tuple[Lijn, ...] = ()
    gebied: str = ""
    relatiesoorten: tuple[Relatiesoort, ...] = ()
    sterktes: tuple[int, ...] = ()
    feitelijk: tuple[Feitelijk, ...] = ()
    versheid: tuple[Versheid, ...] = ()
    van: str = ""
    stappen: int = 0
    naar: str = ""
    zonder: str = ""
    als: Als = Als.ACTOR


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network: actors by id in order, and the ties between them in order of id."""

    actors: Mapping[str, Actor]
    ties: tuple[Relatie, ...]


def read_choice(args: MultiDict[str, str]) -> Choice:
    """
    Read the choice from the query of an address.

    Parameters
    ----------
    args
        `request.args`; other names than `NAMES` are left alone.

    Raises
    ------
    BadFilterError
        When a value is not one of the codes.
    """
    lines = {str(int(line)): line for line in Lijn}
    steps = read_one(args, "stappen", list(STEPS))
    als = read_one(args, "als", list(Als))
    return Choice(
        soorten=read_codes(args, "soort", list(Soort), Soort),
        lijnen=read_codes(args, "lijn", list(lines), lines.__getitem__),
        gebied=read_area(args),
        relatiesoorten=read_codes(args, "relatiesoort", list(Relatiesoort), Relatiesoort),
        sterktes=read_codes(args, "sterkte", list(STRENGTHS), int),
        feitelijk=read_codes(args, "feitelijk", list(Feitelijk), Feitelijk),
        versheid=read_codes(args, "versheid", list(Versheid), Versheid),
        van=_read_id(args, "van"),
        stappen=int(steps) if steps else 0,
        naar=_read_id(args, "naar"),
        zonder=_read_id(args, "zonder"),
        als=Als(als) if als else Als.ACTOR,
    )


def require_actors(seen: Seen, choice: Choice) -> None:
    """Refuse actors that this reader does not have. Raises NotFoundError."""
    for actor_id in (choice.van, choice.naar, choice.zonder):
        if actor_id and actor_id not in seen.network.actors:
            raise NotFoundError("Actor", actor_id)


def cut(seen: Seen, choice: Choice, today: date) -> Part:
    """
    Cut out the part of the network that is asked for. O(n + m).

    Parameters
    ----------
    seen
        The network of one reader.
    choice
        Its actors are those that it has.
    today
        Day that freshness is held against.
    """
    near = _near(seen, choice)
    here = lying_or_working(seen, choice.gebied)
    actors = {
        actor.id: actor
        for actor in seen.network.actors.values()
        if (not choice.soorten or actor.soort in choice.soorten)
        and (not choice.lijnen or actor.lijn in choice.lijnen)
        and (here is None or actor.id in here)
        and (near is None or actor.id in near)
    }
    return Part(actors, tuple(t for t in seen.network.ties if _keeps(t, actors, choice, today)))


def address(args: Mapping[str, list[str]], without: Collection[str] = (), **change: str) -> str:
    """Give the address of the page with a part of its state changed; empty values go."""
    kept = {
        name: [value for value in args.get(name, ()) if value]
        for name in NAMES
        if name not in without and name not in change
    }
    kept |= {name: [value] for name, value in change.items() if value}
    pairs = [(name, value) for name in NAMES for value in kept.get(name, ())]
    return f"/netwerk?{urlencode(pairs)}" if pairs else "/netwerk"


def _read_id(args: MultiDict[str, str], name: str) -> str:
    given = args.get(name, "").strip()
    if len(given) > MOST_CHARACTERS:
        raise BadFilterError(name, f"Een code heeft hoogstens {MOST_CHARACTERS} tekens.")
    return given


def _near(seen: Seen, choice: Choice) -> Collection[str] | None:
    if not choice.van or not choice.stappen:
        return None
    found: Mapping[str, int] = nx.single_source_shortest_path_length(
        seen.network.lines, choice.van, cutoff=choice.stappen
    )
    # Who is wished for stands one step away as well: the picture shows what could be.
    return set(found) | set(seen.network.wished[choice.van])


def _keeps(tie: Relatie, actors: Mapping[str, Actor], choice: Choice, today: date) -> bool:
    if tie.van_id not in actors or tie.naar_id not in actors:
        return False
    stand = freshness(tie.gecontroleerd_op, tie.bron, today)
    return (
        (not choice.relatiesoorten or tie.soort in choice.relatiesoorten)
        and (not choice.sterktes or tie.sterkte in choice.sterktes)
        and (not choice.feitelijk or tie.feitelijk in choice.feitelijk)
        and (not choice.versheid or stand in choice.versheid)
    )
