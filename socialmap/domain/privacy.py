"""Cut records to what a reader may see: whole records by level and consent, fields by table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from socialmap.domain import field_levels
from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.model import Aanbod, Actor, Relatie, Toestemming

#: Consent without an end holds this long (uitwisselformaat.md; eisen.md, 17).
CONSENT_MONTHS = 12
#: What stands where the name of a sleutelfiguur or of its offer is not for this reader.
HIDDEN_NAME = "Sleutelfiguur (naam bij het wijkteam bekend)"

Record = TypeVar("Record", Actor, Aanbod, Relatie)


@dataclass(frozen=True, slots=True)
class Lezer:
    """
    Who reads: every function that reads takes one.

    Attributes
    ----------
    niveau
        Level within the own municipalities; elsewhere the reader is `openbaar`.
    gemeenten
        Codes of the own municipalities (`GM…`); None for all of them.
    """

    niveau: Niveau = Niveau.OPENBAAR
    gemeenten: frozenset[str] | None = None

    def at(self, gemeenten: Iterable[str]) -> Lezer:
        """Give who this is to a record of these municipalities; one of none is nobody's own."""
        if self.gemeenten is None or not self.gemeenten.isdisjoint(gemeenten):
            return Lezer(self.niveau)
        return OPENBAAR


OPENBAAR = Lezer(Niveau.OPENBAAR)


def consent_end(consent: Toestemming) -> date:
    """Give the first day on which a consent no longer holds."""
    return consent.tot or months_earlier(consent.op, -CONSENT_MONTHS)


def required_level(actor: Actor) -> Niveau:
    """
    Give the lowest level that may see an actor: the strictest of its own and its consent.

    A sleutelfiguur is never `openbaar`, whatever the record says.
    """
    if actor.soort is not Soort.SLEUTELFIGUUR:
        return actor.zichtbaarheid
    consent = actor.toestemming.niveau if actor.toestemming else None
    return max(actor.zichtbaarheid, consent or Niveau.OPENBAAR, Niveau.PROFESSIONAL)


def visible_from_until(actor: Actor) -> tuple[date, date] | None:
    """
    Give the days between which an actor may be shown: first day, and first day after.

    Returns
    -------
    tuple or None
        None when no day is set: an organisation or group. A sleutelfiguur without consent gets an
        empty span, so it is shown on no day.
    """
    if actor.soort is not Soort.SLEUTELFIGUUR:
        return None
    if actor.toestemming is None:
        return date.min, date.min
    return actor.toestemming.op, consent_end(actor.toestemming)


def may_see(actor: Actor, lezer: Lezer, today: date) -> bool:
    """Tell whether an actor is there at all for this reader on this day."""
    span = visible_from_until(actor)
    return lezer.niveau >= required_level(actor) and (span is None or span[0] <= today < span[1])


def visible_fields(kind: type[Record], lezer: Lezer, *, person: bool) -> frozenset[str]:
    """
    Name the fields of a kind of record that a reader may see.

    Parameters
    ----------
    kind
        `Actor`, `Aanbod` or `Relatie`.
    lezer
        The reader.
    person
        Whether the record is, belongs to, or touches a sleutelfiguur.
    """
    table = _TABLES[kind]
    return frozenset(name for name, levels in table.items() if levels[person] <= lezer.niveau)


def cut(record: Record, lezer: Lezer, *, person: bool) -> Record:
    """
    Empty every field that the reader may not see; the record itself must be visible.

    Parameters
    ----------
    record
        Actor, offer or tie. Not modified.
    lezer
        The reader.
    person
        Whether the record is, belongs to, or touches a sleutelfiguur.
    """
    kind: Any = type(record)
    hidden = _emptied(kind, lezer, person=person)
    return replace(record, **hidden) if hidden else record


@cache
def _emptied(kind: type[Any], lezer: Lezer, *, person: bool) -> Mapping[str, Any]:
    """Give what stands in each field that is hidden; kept, for a map has very many records."""
    seen = visible_fields(kind, lezer, person=person)
    hidden: dict[str, Any] = {}
    for field in fields(kind):
        if field.name == "toestemming":
            if "toestemming_op" not in seen:
                hidden["toestemming"] = None
        elif field.name not in seen:
            hidden[field.name] = field.default if field.default is not MISSING else HIDDEN_NAME
    return MappingProxyType(hidden)


_TABLES: dict[type, dict[str, tuple[Niveau, Niveau]]] = {
    Actor: field_levels.ACTOR,
    Aanbod: field_levels.AANBOD,
    Relatie: field_levels.RELATIE,
}
