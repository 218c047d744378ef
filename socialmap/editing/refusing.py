"""Not on the map: who does not want to be listed is gone from every door at once."""

from __future__ import annotations

from dataclasses import replace

from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.model import Actor
from socialmap.domain.roles import Recht
from socialmap.editing.apply import Batch, apply
from socialmap.editing.change import Desk
from socialmap.editing.ownership import may_hand_over, own_record, record_of
from socialmap.editing.rights import NotAllowedError
from socialmap.store import accounts, owning
from socialmap.store.owning import Weigering, name_print
from socialmap.store.stored import read_stored_by_id


class RefusalError(SocialMapError):
    """A record cannot be taken off the map in this way; says why."""


def may_refuse(desk: Desk, actor_id: str) -> bool:
    """Tell whether somebody may say that a record must go: its owner, or who keeps its area."""
    return own_record(desk) == actor_id or may_hand_over(desk, record_of(desk, actor_id))


def refuse(desk: Desk, actor_id: str) -> None:
    """
    Take a record with its offers and ties off the map, for everybody but administrators.

    What it was stays with the administrators; for all others only its id and a hash of its name
    are known, so that no import and nobody's good intention brings it back.

    Raises
    ------
    NotFoundError
        When it is not there for who asks, or is off the map already.
    NotAllowedError
        When it is neither theirs nor in their area.
    RefusalError
        For a sleutelfiguur: that has its own way.
    """
    if owning.refusals_of(desk.conn, [actor_id]):
        raise NotFoundError("Actor", actor_id)
    if not may_refuse(desk, actor_id):
        raise NotAllowedError
    actor = record_of(desk, actor_id)
    if actor.soort is Soort.SLEUTELFIGUUR:
        raise RefusalError("Trek bij een sleutelfiguur de toestemming in. Dan ziet niemand die.")
    mark = Weigering(
        actor_id=actor_id,
        afdruk=name_print(actor.naam),
        niveau=actor.zichtbaarheid,
        dag=desk.today,
        door=desk.account.id,
    )
    owning.add_refusal(desk.conn, mark)
    _keep(desk, replace(actor, zichtbaarheid=Niveau.BEHEER))
    accounts.log(desk.conn, desk.now, desk.account.id, "niet op de kaart", "actor", actor_id)


def come_back(desk: Desk, actor_id: str) -> None:
    """
    Put a record on the map again as it was: said by its owner, or by an administrator.

    Raises
    ------
    NotFoundError
        When it is not off the map.
    NotAllowedError
        For anybody else.
    """
    found = owning.refusals_of(desk.conn, [actor_id]).get(actor_id)
    if found is None:
        raise NotFoundError("Weigering", actor_id)
    if own_record(desk) != actor_id and not desk.account.may(Recht.BEHEREN):
        raise NotAllowedError
    actor = read_stored_by_id(desk.conn, "actoren", [actor_id]).get(actor_id)
    owning.forget_refusal(desk.conn, actor_id)
    if isinstance(actor, Actor):
        _keep(desk, replace(actor, zichtbaarheid=found.niveau))
    accounts.log(desk.conn, desk.now, desk.account.id, "weer op de kaart", "actor", actor_id)


def is_refused(desk: Desk, actor_id: str) -> bool:
    """Tell whether a record does not want to be listed."""
    return actor_id in owning.refusals_of(desk.conn, [actor_id])


def _keep(desk: Desk, actor: Actor) -> None:
    batch = Batch(actoren=(actor,))
    apply(desk.conn, batch, wie=desk.account.id, now=desk.now, places=desk.places)
