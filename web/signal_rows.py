"""Read signals of an area for a page: what is not answered yet by theme, and what is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from socialmap.store.areas import list_related
from socialmap.store.signals import SignalGroup, read_groups, theme_groups
from web.context import area_names, vocabulary
from web.present_signals import GroupRow, present_group, present_theme

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """A theme in an area that at least three reported: it asks for one approach."""

    gebied: str
    thema: str
    groepen: list[GroupRow]


@dataclass(frozen=True, slots=True)
class SignalRows:
    """What is not answered yet, and what has its answer."""

    open: list[ThemeRows]
    klaar: list[GroupRow]


def rows_of(conn: Connection, gebied: str, today: date, since: date = date.max) -> SignalRows:
    """
    Read the signals that a page shows.

    Parameters
    ----------
    gebied
        Code of an area: what counts for it, or for areas that share a buurt with it. Empty: all.
    today
        The day by the one clock.
    since
        Day of the last meeting; what came to be shown since then is marked.
    """
    words, names = vocabulary(), area_names()
    here = {gebied, *(area.code for area in list_related(conn, gebied))} if gebied else None
    groups = [g for g in read_groups(conn) if here is None or g.gebied in here]
    open_groups = [g for g in groups if not g.ended]
    themes = [g for g in theme_groups(conn) if here is None or g.gebied in here]
    listed = []
    for theme in themes:
        same = [g for g in open_groups if (g.gebied, g.thema) == (theme.gebied, theme.thema)]
        rows = [present_group(g, words, names, today, since) for g in same] or [
            present_theme(theme, words, names, today, since)
        ]
        listed.append(ThemeRows(theme.gebied, theme.thema, rows))
    return SignalRows(
        listed, [present_group(g, words, names, today, since) for g in groups if g.ended]
    )


def find_group(conn: Connection, gebied: str, thema: str, soort: str) -> SignalGroup | None:
    """Give the group without an answer that a form means; without `soort` the whole theme."""
    groups = read_groups(conn) if soort else theme_groups(conn)
    for group in groups:
        about = (group.gebied, group.thema, group.soort if soort else "")
        if not group.ended and about == (gebied, thema, soort):
            return group
    return None
