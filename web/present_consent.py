"""Which consents to ask again, and who asked to be erased, for on the page to keep the map true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import required_level
from socialmap.domain.roles import Recht
from socialmap.editing.change import Desk, reader_of
from socialmap.editing.consent import ASK_MONTHS
from socialmap.editing.rights import may_edit
from socialmap.store.consent import ending_before, erasures_asked
from socialmap.store.write import read_stored_actors
from web.present_words import say_date


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """
    A line of either list.

    Attributes
    ----------
    naam
        The number on the map once consent has ended: from that day nobody reads the name.
    """

    id: str
    naam: str
    wanneer: str
    door: str = ""


def ask_again(desk: Desk) -> list[ConsentRow]:
    """List consents in one's areas that end within two months or have ended, earliest first."""
    if not _keeps_consent(desk):
        return []
    found = ending_before(desk.conn, months_earlier(desk.today, -ASK_MONTHS))
    persons = {one.id: one for one in read_stored_actors(desk.conn, [e.actor_id for e in found])}
    return [
        ConsentRow(
            one.actor_id,
            one.naam if desk.today < one.eind else _number(one.actor_id),
            _say_end(one.eind, desk.today),
            one.door,
        )
        for one in found
        if required_level(persons[one.actor_id]) <= reader_of(desk, persons[one.actor_id]).niveau
        and may_edit(desk.conn, desk.account, persons[one.actor_id], desk.places)
    ]


def to_erase(desk: Desk) -> list[ConsentRow]:
    """List who asked to be erased, longest waiting first: by number, as they are hidden."""
    if not _keeps_consent(desk):
        return []
    asked = dict(erasures_asked(desk.conn))
    persons = read_stored_actors(desk.conn, list(asked))
    mine = {one.id for one in persons if reader_of(desk, one).niveau >= Niveau.TEAM}
    return [
        ConsentRow(key, _number(key), f"gevraagd op {say_date(day)}")
        for key, day in asked.items()
        if key in mine
    ]


def _keeps_consent(desk: Desk) -> bool:
    return desk.account.may(Recht.BEWERKEN) and desk.lezer.niveau >= Niveau.TEAM


def _number(actor_id: str) -> str:
    return f"Sleutelfiguur {actor_id}"


def _say_end(end: date, today: date) -> str:
    return f"tot {say_date(end)}" if today < end else f"voorbij sinds {say_date(end)}"
