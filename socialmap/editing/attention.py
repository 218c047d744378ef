"""What needs attention first: long not checked, by those who hold many ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from socialmap.domain.codes import Status
from socialmap.domain.freshness import FRESH_MONTHS, boundaries
from socialmap.domain.model import Aanbod, Actor

#: A record that nobody ever checked counts as this old.
NEVER_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Attention:
    """
    A record to look at.

    Attributes
    ----------
    maanden
        Since somebody checked it; None: never.
    banden
        Ties of its actor.
    """

    record: Actor | Aanbod
    maanden: int | None
    banden: int

    @property
    def gewicht(self) -> int:
        """Age in months times one more than its ties: who holds many is missed first."""
        age = NEVER_MONTHS if self.maanden is None else self.maanden
        return age * (1 + self.banden)


def needs_attention(
    records: Iterable[Actor | Aanbod], ties: Mapping[str, int], today: date
) -> list[Attention]:
    """
    List the records that are no longer fresh, the heaviest first, then by id.

    Parameters
    ----------
    records
        Of one writer's areas. Those that stopped are left out.
    ties
        Count by actor.
    today
        The day by the one clock.
    """
    fresh_from, _ = boundaries(today)
    found = []
    for record in records:
        checked = record.gecontroleerd_op
        if record.status is Status.GESTOPT or (checked is not None and checked >= fresh_from):
            continue
        owner = record.id if isinstance(record, Actor) else record.actor_id
        found.append(Attention(record, _months(checked, today), ties.get(owner, 0)))
    return sorted(found, key=lambda one: (-one.gewicht, one.record.id))


def _months(checked: date | None, today: date) -> int | None:
    if checked is None:
        return None
    return max(FRESH_MONTHS, (today.year - checked.year) * 12 + today.month - checked.month)
