"""A record in own hands: its contact publishes at once, and what others change is a proposal."""

from __future__ import annotations

from socialmap.domain.codes import Soort
from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.model import Actor
from socialmap.domain.roles import Account, Recht, Rol
from socialmap.editing.change import Desk, read_as
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import accounts, owning
from socialmap.store.owning import Eigenaar
from socialmap.store.stored import read_stored_by_id


class OwnershipError(SocialMapError):
    """A record cannot be given into these hands; says why."""


def contacts(desk: Desk) -> list[Account]:
    """List the accounts that may keep a record: active contacts, by name."""
    found = [
        one for one in accounts.list_accounts(desk.conn) if one.rol is Rol.PARTNER and one.actief
    ]
    return sorted(found, key=lambda one: (one.naam.casefold(), one.id))


def owner_of(desk: Desk, actor_id: str) -> Account | None:
    """Give the account that keeps a record; None when nobody does."""
    found = owning.owners_of(desk.conn, [actor_id]).get(actor_id)
    return None if found is None else accounts.get_account(desk.conn, found.account_id)


def own_record(desk: Desk) -> str:
    """Give the id of the record that this account keeps; empty when there is none."""
    mine = owning.owned_by(desk.conn, desk.account.id) if desk.account.id else []
    if mine:
        return mine[0]
    return desk.account.actor_id if desk.account.rol is Rol.PARTNER else ""


def give(desk: Desk, actor_id: str, account_id: str) -> None:
    """
    Let a contact keep a record and its offers in own hands.

    Raises
    ------
    NotFoundError
        When record or account is not there.
    NotAllowedError
        When the writer does not keep the area that the record lies in.
    OwnershipError
        When it cannot be.
    """
    actor = record_of(desk, actor_id)
    if not may_hand_over(desk, actor):
        raise NotAllowedError
    if actor.soort is Soort.SLEUTELFIGUUR:
        raise OwnershipError("Een sleutelfiguur beslist zelf, met het kaartje. Geef dat.")
    holder = accounts.get_account(desk.conn, account_id)
    if holder.rol is not Rol.PARTNER or not holder.actief:
        raise OwnershipError("Kies een contactpersoon uit de lijst.")
    if owning.owned_by(desk.conn, holder.id) not in ([], [actor_id]):
        raise OwnershipError("Deze contactpersoon beheert al iets anders. Kies een ander.")
    made = Eigenaar(actor_id=actor_id, account_id=holder.id, sinds=desk.today, door=desk.account.id)
    owning.forget_owner(desk.conn, actor_id)
    owning.save_owner(desk.conn, made)
    accounts.log(desk.conn, desk.now, desk.account.id, "in eigen beheer", "actor", actor_id)


def take(desk: Desk, actor_id: str) -> None:
    """
    Let a record be kept by the opbouwwerkers again: said by its owner, or by an administrator.

    Raises NotAllowedError for anybody else, NotFoundError when nobody keeps it.
    """
    found = owning.owners_of(desk.conn, [actor_id]).get(actor_id)
    if found is None:
        raise NotFoundError("Eigen beheer", actor_id)
    if found.account_id != desk.account.id and not desk.account.may(Recht.BEHEREN):
        raise NotAllowedError
    owning.forget_owner(desk.conn, actor_id)
    accounts.log(desk.conn, desk.now, desk.account.id, "uit eigen beheer", "actor", actor_id)


def record_of(desk: Desk, actor_id: str) -> Actor:
    """Read an actor whole that is there for the writer. Raises NotFoundError."""
    read_as(desk, "actoren", actor_id)
    found = read_stored_by_id(desk.conn, "actoren", [actor_id]).get(actor_id)
    if not isinstance(found, Actor):
        raise NotFoundError("Actor", actor_id)
    return found


def may_hand_over(desk: Desk, actor: Actor) -> bool:
    """Tell whether somebody may decide who keeps a record: by its area, whoever keeps it now."""
    allowed = desk.account.may(Recht.BEWERKEN)
    return allowed and may_edit(desk.conn, desk.account, actor, desk.places, for_owner=True)
