"""Who may change which record: an opbouwwerker in own areas, a partner its own record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialmap.domain.errors import SocialMapError
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.roles import Account, Recht, Rol
from socialmap.store.areas import buurten_of_areas
from socialmap.store.indexing import Places
from socialmap.store.owning import owners_of
from socialmap.store.stored import read_stored_by_id

if TYPE_CHECKING:
    from socialmap.store.engine import Connection


class NotAllowedError(SocialMapError):
    """This account may not change this record; it may propose."""

    def __init__(self) -> None:
        super().__init__(
            "Dit is niet van u of ligt niet in uw gebied. Doe een voorstel; een opbouwwerker kijkt "
            "ernaar."
        )


def may_edit(
    conn: Connection,
    account: Account,
    record: Actor | Aanbod | Relatie,
    places: Places,
    *,
    for_owner: bool = False,
) -> bool:
    """
    Tell whether an account may change a record as it is.

    An account without own areas may in all. A record lies in an area by its place or by its
    werkgebied; a tie by either of its ends. A partner changes its own record and its offers. What
    a contact keeps in own hands, nobody else changes.

    Parameters
    ----------
    conn
        Any connection.
    account, record
        Who wants to change what.
    places
        Tells which areas hold a point.
    for_owner
        Whether it is something that others may do for who keeps the record: to stop it, to say
        that it is still right, to hide it.
    """
    owners = _owners(conn, record)
    if not for_owner and not isinstance(record, Relatie):
        keepers = {one.account_id for one in owners_of(conn, [o.id for o in owners]).values()}
        if keepers - {account.id}:
            return False
    if account.rol is Rol.PARTNER:
        mine = {account.actor_id} - {""}
        if isinstance(record, Relatie):
            return False
        return bool(mine & {owner.id for owner in owners})
    if not account.may(Recht.BEWERKEN):
        return False
    if not account.gebieden:
        return True
    own = buurten_of_areas(conn, account.gebieden)
    things = [one for one in (record, *owners) if not isinstance(one, Relatie)]
    works_in = buurten_of_areas(conn, [code for one in things for code in one.werkgebied])
    # Every area around a point holds it: only its buurt says where it lies.
    return bool(own & (works_in | {code for one in things for code in _around(one, places)}))


def _owners(conn: Connection, record: Actor | Aanbod | Relatie) -> list[Actor]:
    if isinstance(record, Actor):
        return [record]
    ends = [record.actor_id] if isinstance(record, Aanbod) else [record.van_id, record.naar_id]
    found = read_stored_by_id(conn, "actoren", ends).values()
    return [one for one in found if isinstance(one, Actor)]


def _around(record: Actor | Aanbod, places: Places) -> tuple[str, ...]:
    if record.lon is None or record.lat is None:
        return ()
    return places.locate_many([(record.lon, record.lat)])[0]
