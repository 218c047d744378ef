"""Keep signals, and read them only together: like signals of one wijk, from three reporters on.

A signal of a buurt counts for its wijk, so that nothing is shown of a smaller area, and so that no
two numbers that are shown can be taken from each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.choices import Signaalstatus
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Signaal
from socialmap.store import schema
from socialmap.store.saving import Kind, Saved, plain_row, read_all, read_by_id, read_plain, save

_table = schema.signaal
_ORDER = {status.value: rank for rank, status in enumerate(Signaalstatus)}
#: From this number of reporters on, signals are shown, and a theme asks to be taken up together.
LEAST = 3
KIND: Kind[Signaal] = Kind(
    "signaal",
    _table,
    lambda: sa.select(_table),
    partial(read_plain, Signaal, cast(Sequence[str], Signaal.__slots__)),
    plain_row,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What is done about signals: codes of `choices.py`, and days."""

    status: Signaalstatus
    eigenaar: str = ""
    stap: str = ""
    stap_op: date | None = None
    antwoord: str = ""
    antwoord_op: date | None = None


@dataclass(frozen=True, slots=True)
class SignalGroup:
    """
    Like signals together, of at least `LEAST` reporters.

    Attributes
    ----------
    gebied
        Code of a wijk or of a larger area.
    thema
        What they are about.
    soort
        What hinders; empty where the signals differ in it.
    melders
        How many different visits reported this.
    sinds
        Day on which the group had reporters enough to be shown.
    laatste
        Day of the newest signal.
    step
        What is done about it: of the signal that is furthest.
    signaal_ids
        For the program itself; never shown.
    """

    gebied: str
    thema: str
    soort: str
    melders: int
    sinds: date
    laatste: date
    step: Step
    signaal_ids: tuple[str, ...]

    @property
    def ended(self) -> bool:
        """Whether the answer has gone back to the reporters."""
        return self.step.status is Signaalstatus.TERUGGEKOPPELD


def all_signals(conn: Connection) -> list[Signaal]:
    """Read every signal whole, in order of id: for exports and checks, never for a page."""
    return read_all(conn, KIND)


def get_signal(conn: Connection, signal_id: str) -> Signaal:
    """Read the signal of the reporter who asks. Raises NotFoundError when it is not there."""
    found = read_by_id(conn, KIND, [signal_id])
    if not found:
        raise NotFoundError("Signaal", signal_id)
    return found[0]


def save_signals(
    conn: Connection, signals: Iterable[Signaal], wie: str, now: datetime
) -> Saved[Signaal]:
    """Keep signals of areas and themes that are there; see `saving.save`."""
    return save(conn, signals, KIND, wie, now)


def add_signal(conn: Connection, signal: Signaal, wie: str, now: datetime) -> Signaal:
    """Keep a new signal; it joins what is already being done about its like."""
    area = shown_areas(conn).get(signal.gebied)
    about = (area, signal.thema, signal.soort)
    for group in read_groups(conn):
        if not group.ended and (group.gebied, group.thema, group.soort) == about:
            signal = _with_step(signal, group.step)
    return save_signals(conn, [signal], wie, now).nieuw[0]


def read_groups(conn: Connection) -> list[SignalGroup]:
    """
    Read like signals together: of one wijk, theme and kind, or answered alike.

    Returns
    -------
    list of SignalGroup
        Those without an answer first, then most reporters first. Signals that were answered stand
        apart from those that came later, together by theme and answer.
    """
    like: dict[tuple[str, ...], list[Signaal]] = defaultdict(list)
    for area, one in _shown(conn):
        ended = _ended(one)
        last = (one.antwoord, str(one.antwoord_op)) if ended else (one.soort,)
        like[(area, one.thema, *last)].append(one)
    return _groups(like)


def theme_groups(conn: Connection) -> list[SignalGroup]:
    """List themes that ask for one approach: in an area, not answered yet, of whatever kind."""
    about: dict[tuple[str, ...], list[Signaal]] = defaultdict(list)
    for area, one in _shown(conn):
        if not _ended(one):
            about[(area, one.thema)].append(one)
    return _groups(about)


def decide(conn: Connection, group: SignalGroup, step: Step, wie: str, now: datetime) -> None:
    """
    Write a step or an answer at every signal of a group: each reporter finds it at the own code.

    Parameters
    ----------
    conn
        A writing connection, in which the group was read.
    group
        What `read_groups` or `theme_groups` gave.
    step
        What is done.
    wie, now
        Who decides, and when.
    """
    chosen = set(group.signaal_ids)
    signals = [one for one in all_signals(conn) if one.id in chosen]
    save_signals(conn, [_with_step(one, step) for one in signals], wie, now)


def shown_areas(conn: Connection) -> dict[str, str]:
    """Give for each area the one that its signals count for: a buurt counts for its wijk."""
    area, inside = schema.gebied, schema.gebied_buurt
    rows = conn.execute(sa.select(area.c.code, area.c.niveau))
    levels = {row.code: row.niveau for row in rows}
    found = {code: code for code, level in levels.items() if level != Gebiedsniveau.BUURT.value}
    pairs = conn.execute(sa.select(inside.c.buurt, inside.c.gebied).order_by(inside.c.gebied))
    around: dict[str, dict[str, str]] = defaultdict(dict)
    for buurt, larger in pairs:
        around[buurt].setdefault(levels[larger], larger)
    for buurt, by_level in around.items():
        wijk = by_level.get(Gebiedsniveau.WIJK.value, by_level.get(Gebiedsniveau.GEMEENTE.value))
        if wijk is not None:
            found[buurt] = wijk
    return found


def _shown(conn: Connection) -> list[tuple[str, Signaal]]:
    """Read every signal by age, with the area that it counts for."""
    shown = shown_areas(conn)
    signals = sorted(all_signals(conn), key=lambda one: (one.datum, one.id))
    return [(shown[one.gebied], one) for one in signals if one.gebied in shown]


def _groups(like: Mapping[tuple[str, ...], list[Signaal]]) -> list[SignalGroup]:
    groups = [_group(key[0], same) for key, same in like.items()]
    return sorted((g for g in groups if g.melders >= LEAST), key=_for_reading)


def _group(area: str, signals: Sequence[Signaal]) -> SignalGroup:
    furthest = max(signals, key=lambda one: (_ORDER[one.status], one.datum, one.id))
    first: dict[str, date] = {}
    for one in signals:
        first.setdefault(one.melder, one.datum)
    kinds = {one.soort for one in signals}
    return SignalGroup(
        area,
        signals[0].thema,
        kinds.pop() if len(kinds) == 1 else "",
        len(first),
        sorted(first.values())[min(LEAST, len(first)) - 1],
        signals[-1].datum,
        _step(furthest),
        tuple(one.id for one in signals),
    )


def _step(one: Signaal) -> Step:
    return Step(
        Signaalstatus(one.status),
        one.eigenaar,
        one.stap,
        one.stap_op,
        one.antwoord,
        one.antwoord_op,
    )


def _with_step(one: Signaal, step: Step) -> Signaal:
    return replace(
        one,
        status=step.status.value,
        eigenaar=step.eigenaar,
        stap=step.stap,
        stap_op=step.stap_op,
        antwoord=step.antwoord,
        antwoord_op=step.antwoord_op,
    )


def _ended(one: Signaal) -> bool:
    return Signaalstatus(one.status) is Signaalstatus.TERUGGEKOPPELD


def _for_reading(group: SignalGroup) -> tuple[bool, int, str, str, str]:
    return group.ended, -group.melders, group.gebied, group.thema, group.soort
