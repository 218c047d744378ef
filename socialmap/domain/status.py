"""Which status holds for an offer: its own, that of its actor, or the end of its run."""

from __future__ import annotations

from datetime import date

from socialmap.domain.codes import Status
from socialmap.domain.model import Aanbod, Actor

_STRICTNESS = {Status.ACTIEF: 0, Status.GEPAUZEERD: 1, Status.GESTOPT: 2}


def strictest(*statussen: Status) -> Status:
    """Give the status that is furthest from `actief`."""
    return max(statussen, key=_STRICTNESS.__getitem__)


def effective_status(aanbod: Aanbod, actor: Actor, today: date) -> Status:
    """
    Give the status that holds for an offer on a day.

    An offer takes the status of its actor where that is stricter (begrippen.md, "Distance and
    reach"), and has stopped when its last day (`loopt_tot`) has passed.
    """
    if aanbod.loopt_tot is not None and aanbod.loopt_tot < today:
        return Status.GESTOPT
    return strictest(aanbod.status, actor.status)
