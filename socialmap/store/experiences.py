"""What came of referrals to an offer, counted by month; never by case or account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.clock import months_earlier
from socialmap.store import schema
from socialmap.store.counting import count_one, month_of

_table = schema.ervaring
#: How many months are shown and looked at: the running one and those before it.
MONTHS = 3


class Uitkomst(StrEnum):
    """What came of a referral."""

    KON_TERECHT = "kon_terecht"
    VOL = "vol"
    DICHT = "dicht"
    PASTE_NIET = "paste_niet"


#: Outcomes that make one wonder whether what is written about an offer still holds.
_DOUBT = (Uitkomst.VOL, Uitkomst.DICHT)


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """The counts of one month (`2026-11`) by outcome; outcomes without a count are left out."""

    maand: str
    aantallen: Mapping[Uitkomst, int]


def count_experience(conn: Connection, aanbod_id: str, uitkomst: Uitkomst, today: date) -> None:
    """
    Count what came of one referral. The caller has checked that the reader may see the offer.

    Parameters
    ----------
    conn
        A writing connection.
    aanbod_id
        Of an offer that is there.
    uitkomst
        What came of it.
    today
        Day by the one clock: only its month is kept.
    """
    key = {"aanbod_id": aanbod_id, "maand": month_of(today), "uitkomst": uitkomst.value}
    count_one(conn, _table, key)


def read_experiences(conn: Connection, aanbod_id: str, today: date) -> list[MonthlyCount]:
    """Read the counts of an offer over the last `MONTHS` months, the newest month first."""
    first = month_of(months_earlier(today.replace(day=1), MONTHS - 1))
    query = (
        sa.select(_table.c.maand, _table.c.uitkomst, _table.c.aantal)
        .where(
            _table.c.aanbod_id == aanbod_id,
            _table.c.maand >= first,
            _table.c.maand <= month_of(today),
        )
        .order_by(_table.c.maand.desc())
    )
    months: dict[str, dict[Uitkomst, int]] = {}
    for month, outcome, number in conn.execute(query):
        months.setdefault(month, {})[Uitkomst(outcome)] = number
    return [MonthlyCount(month, counts) for month, counts in months.items()]


def in_doubt(months: list[MonthlyCount], gecontroleerd_op: date | None) -> bool:
    """
    Tell whether somebody should look whether an offer still is as written.

    So it is when it was full or closed in a month that did not end before the last check. The
    day of the check itself never changes by this.

    Parameters
    ----------
    months
        What `read_experiences` gave.
    gecontroleerd_op
        Last check of the offer; None if never.
    """
    checked = "" if gecontroleerd_op is None else month_of(gecontroleerd_op)
    return any(
        month.maand >= checked and any(outcome in month.aantallen for outcome in _DOUBT)
        for month in months
    )
