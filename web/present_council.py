"""What stands or falls: informal groups and their team, answered signals, and what may end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from socialmap.coverage.council import Groups
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Feitelijk, Relatiesoort, Soort, Status
from socialmap.domain.model import Aanbod, Actor, Gebied
from socialmap.domain.status import effective_status
from socialmap.network.reading import Seen, lying_or_working
from socialmap.store.signals import SignalGroup
from web.present import actor_url, offer_url
from web.present_words import say_date

#: Within so many months something that ends must be spoken of.
AHEAD_MONTHS = 12
_IN_TIME = timedelta(weeks=4)
_INFORMAL = (Soort.BEWONERSINITIATIEF, Soort.INFORMELE_STEUN)


@dataclass(frozen=True, slots=True)
class Answered:
    """Like signals together: answered within four weeks, later or not, and still within them."""

    op_tijd: int
    te_laat: int
    loopt: int

    @property
    def geteld(self) -> int:
        """How many can be judged."""
        return self.op_tijd + self.te_laat


@dataclass(frozen=True, slots=True)
class Link:
    """A name with its address."""

    naam: str
    url: str


@dataclass(frozen=True, slots=True)
class Support:
    """
    What hangs on one funder or building.

    Attributes
    ----------
    wie
        The funder or building.
    van
        Who gets money or uses the room.
    aanbod
        How many offers in use these have.
    alleen
        How many of those offers are of who has no other.
    """

    wie: Link
    van: tuple[Link, ...]
    aanbod: int
    alleen: int


@dataclass(frozen=True, slots=True)
class Ending:
    """Something with a last day: an offer, or money."""

    wie: Link
    wat: str
    dag: str


def informal_groups(seen: Seen, gebied: str) -> Groups:
    """Count the informal groups of an area that the reader may see, by their way to a team."""
    here = lying_or_working(seen, gebied)
    groups = [key for key, actor in seen.network.actors.items() if actor.soort in _INFORMAL]
    placed = [key for key in groups if _lies_in(seen, key, gebied)]
    loose = {one.actor_id for one in seen.unconnected}
    tied = sum(key not in loose for key in placed)
    nowhere = [key for key in groups if key not in seen.places and (here is None or key in here)]
    return Groups(len(placed), tied, len(nowhere))


def answered_in_time(groups: Iterable[SignalGroup], areas: set[str], today: date) -> Answered:
    """
    Count how soon like signals were answered, from the day that there were enough reporters.

    Parameters
    ----------
    groups
        Those that may be shown.
    areas
        Codes that count.
    today
        The day.
    """
    in_time = late = running = 0
    for group in groups:
        if group.gebied not in areas:
            continue
        answered = group.step.antwoord_op
        if answered is not None and answered - group.sinds <= _IN_TIME:
            in_time += 1
        elif answered is None and today - group.sinds <= _IN_TIME:
            running += 1
        else:
            late += 1
    return Answered(in_time, late, running)


def supports(
    seen: Seen, gebied: str, offers: Sequence[Aanbod], today: date
) -> tuple[list[Support], list[Support]]:
    """
    List what hangs on each funder and each building, by name; only what the reader may see.

    Parameters
    ----------
    seen
        The network.
    gebied
        Money for who lies or works there counts, and buildings that lie there; empty for all.
    offers
        As the reader may see them.
    today
        The day.

    Returns
    -------
    funders, buildings
    """
    here = lying_or_working(seen, gebied)
    number = _offers_in_use(seen.network.actors, offers, today)
    money: dict[str, set[str]] = defaultdict(set)
    room: dict[str, set[str]] = defaultdict(set)
    for tie in seen.network.ties:
        if tie.feitelijk is not Feitelijk.FEITELIJK:
            continue
        if tie.soort is Relatiesoort.FINANCIERT:
            money[tie.van_id].add(tie.naar_id)
        elif tie.soort is Relatiesoort.GEBRUIKT_RUIMTE:
            room[tie.naar_id].add(tie.van_id)
    paid = {
        key: users if here is None else users.intersection(here) for key, users in money.items()
    }
    housed = {key: users for key, users in room.items() if _lies_in(seen, key, gebied)}
    return (
        _supports(seen, paid, _suppliers(money), number),
        _supports(seen, housed, _suppliers(room), number),
    )


def endings(seen: Seen, gebied: str, offers: Sequence[Aanbod], today: date) -> list[Ending]:
    """List what has its last day within `AHEAD_MONTHS`, the first one first."""
    here, last = lying_or_working(seen, gebied), months_earlier(today, -AHEAD_MONTHS)
    actors = seen.network.actors
    found: list[tuple[date, Ending]] = []
    for offer in offers:
        ends, owner = offer.loopt_tot, actors.get(offer.actor_id)
        if ends is None or owner is None or not today <= ends <= last:
            continue
        if here is None or owner.id in here:
            link = Link(offer.naam, offer_url(offer.id))
            found.append((ends, Ending(link, f"aanbod van {owner.naam}", say_date(ends))))
    for tie in seen.network.ties:
        ends = tie.geldig_tot
        if tie.soort is not Relatiesoort.FINANCIERT or ends is None or not today <= ends <= last:
            continue
        if here is None or tie.naar_id in here:
            who = actors[tie.naar_id]
            said = f"krijgt geld van {actors[tie.van_id].naam}"
            found.append((ends, Ending(_link(who), said, say_date(ends))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].wie.naam))]


def teams_by_wijk(seen: Seen, wijken: Sequence[Gebied]) -> dict[str, list[Link]]:
    """Give the wijkteams whose werkgebied holds a wijk, by its code."""
    areas = seen.areas
    served = {
        team.id: {b for code in team.werkgebied if code in areas for b in areas[code].buurten}
        for team in seen.network.actors.values()
        if team.soort is Soort.WIJKTEAM
    }
    return {
        wijk.code: [
            _link(seen.network.actors[key])
            for key, buurten in sorted(served.items())
            if buurten.intersection(wijk.buurten)
        ]
        for wijk in wijken
    }


def _lies_in(seen: Seen, actor_id: str, gebied: str) -> bool:
    """Tell whether the place of an actor is known and lies in an area; empty for anywhere."""
    held = seen.places.get(actor_id)
    return held is not None and (not gebied or gebied in held)


def _offers_in_use(
    actors: Mapping[str, Actor], offers: Sequence[Aanbod], today: date
) -> Mapping[str, int]:
    number: dict[str, int] = defaultdict(int)
    for offer in offers:
        owner = actors.get(offer.actor_id)
        if owner and effective_status(offer, owner, today) is Status.ACTIEF:
            number[owner.id] += 1
    return number


def _suppliers(hangs: Mapping[str, set[str]]) -> Mapping[str, int]:
    """Count how many funders, or buildings, each has; those elsewhere too."""
    number: dict[str, int] = defaultdict(int)
    for users in hangs.values():
        for user in users:
            number[user] += 1
    return number


def _supports(
    seen: Seen,
    hangs: Mapping[str, set[str]],
    suppliers: Mapping[str, int],
    number: Mapping[str, int],
) -> list[Support]:
    found = [
        Support(
            _link(seen.network.actors[key]),
            tuple(_link(seen.network.actors[user]) for user in sorted(users)),
            sum(number.get(user, 0) for user in users),
            sum(number.get(user, 0) for user in users if suppliers[user] == 1),
        )
        for key, users in hangs.items()
        if users
    ]
    return sorted(found, key=lambda one: (one.wie.naam.casefold(), one.wie.url))


def _link(actor: Actor) -> Link:
    return Link(actor.naam, actor_url(actor.id))
