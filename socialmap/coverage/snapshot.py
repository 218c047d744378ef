"""Keep once a month what is known of coverage, as everybody may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from socialmap.coverage.assess import Assessment
from socialmap.coverage.need import EVERYBODY, SHARES
from socialmap.coverage.reading import CoverageMap, CoverageReader
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.privacy import OPENBAAR
from socialmap.store.counting import month_of
from socialmap.store.snapshots import Stand, has_month, save_month
from socialmap.store.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from socialmap.store.engine import Store

#: Number of the rule by which verdicts are made: raise it when a threshold or a concept changes, so
#: that a change of a verdict is not taken for a change in the wijk.
RULE = 1
#: Levels that are kept: a buurt is too small to hold for years.
KEPT_LEVELS = (Gebiedsniveau.WIJK, Gebiedsniveau.TEAMGEBIED, Gebiedsniveau.GEMEENTE)
_YEAR = 12


def keep_month(store: Store, today: date, stop: Callable[[], bool] = lambda: False) -> bool:
    """
    Keep what is known of coverage today as that of this month, unless the month is kept already.

    The map is read as everybody may see it: nobody above that level is in it (eisen.md, 20).

    Parameters
    ----------
    store
        The map.
    today
        The day.
    stop
        Asked between two themes; when it says so nothing is kept.

    Returns
    -------
    bool
        Whether the month was kept now.
    """
    month = month_of(today)
    with store.reading() as conn:
        if has_month(conn, month):
            return False
        coverage = CoverageReader().current(conn, OPENBAAR, today)
        words = read_vocabulary(conn)
    stands: list[Stand] = []
    for group in kept_groups(words.doelgroepen):
        for thema in words.themas:
            if stop():
                return False
            stands += stands_of(coverage, thema, group)
    if not stands:
        return False
    with store.writing() as conn:
        save_month(conn, month, stands)
    return True


def kept_groups(groups: Iterable[str]) -> list[str]:
    """List the groups that are kept: everybody, and those of whom there are figures."""
    return [group for group in groups if group == EVERYBODY or group in SHARES]


def year_before(months: Sequence[str], day: date) -> str:
    """
    Choose the month to hold a day against.

    Parameters
    ----------
    months
        Those that are kept, the newest first, all before the day or its own month.
    day
        The later date.

    Returns
    -------
    str
        The newest that is a year earlier, else the oldest; empty where there is none.
    """
    wanted = month_of(months_earlier(day, _YEAR))
    return next((month for month in months if month <= wanted), months[-1] if months else "")


def stands_of(coverage: CoverageMap, thema: str, doelgroep: str) -> Iterator[Stand]:
    """Give what is known now of a theme and group in every area that is kept."""
    for niveau in KEPT_LEVELS:
        for stand in coverage.assess(niveau, thema, doelgroep):
            yield stand_of(stand)


def stand_of(stand: Assessment) -> Stand:
    """Give what is kept of a verdict: no number of persons, and shares in whole per cents."""
    return Stand(
        gebied=stand.gebied.code,
        thema=stand.thema,
        doelgroep=stand.doelgroep,
        oordeel=stand.oordeel or "",
        bereik=None if stand.bereik is None else round(100 * stand.bereik),
        verouderd="verouderd" in stand.toevoegingen,
        gekeken=stand.gekeken,
        aanbod=stand.aanbod,
        oud=stand.oud,
        regel=RULE,
    )
