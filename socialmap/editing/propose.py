"""Propose a change or a new record; an opbouwwerker accepts it, and then it is made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.osm import DOOR as OSM
from socialmap.domain.roles import Recht
from socialmap.editing.change import (
    Desk,
    Editable,
    RecordFaultsError,
    Table,
    create,
    judge,
    put,
    read_as,
    visible_cells,
)
from socialmap.editing.osm_drafts import actor_cells, make_draft
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import proposals
from socialmap.store.proposals import Stand, Voorstel
from socialmap.store.stored import read_stored_by_id

#: So many may wait of one account, and of all visitors together.
MOST_OPEN, MOST_OF_VISITORS = 50, 200


class ProposalError(SocialMapError):
    """A proposal cannot be taken or decided now; says why."""


def propose(
    desk: Desk, table: Table, key: str, cells: Mapping[str, str], proposal_id: str = ""
) -> Voorstel:
    """
    Keep a proposal.

    Parameters
    ----------
    desk
        Who proposes; an account without id is a visitor.
    table, key
        The record; an empty key is a new one.
    cells
        Every cell that the proposer may see, by column.
    proposal_id
        Made by the sender, so that what is sent twice is one; without it one is made here.

    Raises
    ------
    RecordFaultsError
        When it breaks a rule of the format: it could never be accepted.
    ProposalError
        When too many wait already, or when nothing was changed.
    NotFoundError
        When the record is not there for the proposer.
    """
    door = desk.account.id
    if proposals.count_open(desk.conn, door) >= (MOST_OPEN if door else MOST_OF_VISITORS):
        raise ProposalError("Er wachten al veel voorstellen. Probeer het over een paar dagen weer.")
    judge(desk, table, dict(cells) | {"id": key or "A-nieuw"})
    seen = read_as(desk, table, key) if key else None
    before = visible_cells(desk, seen) if seen else {}
    changed = {name: text for name, text in cells.items() if before.get(name, "") != text}
    if not changed:
        raise ProposalError("U hebt niets veranderd. Verander iets, en stuur het dan.")
    made = Voorstel(
        id=proposal_id or secrets.token_hex(8),
        tabel=table,
        sleutel=key,
        cellen=changed,
        versie=seen.versie if seen else 0,
        door=door,
        wanneer=desk.now,
    )
    proposals.add_proposal(desk.conn, made)
    return made


def accept(desk: Desk, proposal_id: str) -> Editable:
    """
    Make what was proposed, in the name of who accepts it.

    Only what the proposer changed is changed: what others did meanwhile in other fields stays.

    Raises
    ------
    ProposalError
        When somebody decided before.
    NotFoundError, RecordFaultsError, NotAllowedError
        As `create` and `put`.
    """
    found = proposals.get_proposal(desk.conn, proposal_id)
    if not proposals.decide(desk.conn, proposal_id, Stand.AANVAARD, desk.account.id):
        raise ProposalError("Hierover is al besloten. Kijk wat er nu staat.")
    table: Table = "actoren" if found.tabel == "actoren" else "aanbod"
    if found.door == OSM:
        return make_draft(desk, found.cellen)
    if not found.sleutel:
        return create(desk, table, found.cellen)
    now = visible_cells(desk, read_as(desk, table, found.sleutel))
    # Who proposes may see more than the contact who decides on its own record.
    seen = {name: text for name, text in found.cellen.items() if name in now}
    return put(desk, table, found.sleutel, now | seen, lambda _record: True)


def refuse(desk: Desk, proposal_id: str) -> None:
    """
    Close a proposal without making it.

    Raises ProposalError when it was decided before, NotAllowedError when it is not in own areas.
    """
    if not may_decide(desk, proposals.get_proposal(desk.conn, proposal_id)):
        raise NotAllowedError
    take_back(desk, proposal_id)


def take_back(desk: Desk, proposal_id: str) -> None:
    """Close one's own proposal. Raises ProposalError when it was decided before."""
    if not proposals.decide(desk.conn, proposal_id, Stand.AFGEWEZEN, desk.account.id):
        raise ProposalError("Hierover is al besloten. Kijk wat er nu staat.")


def may_decide(desk: Desk, found: Voorstel) -> bool:
    """Tell whether somebody may accept or refuse a proposal: it is about something in own areas."""
    table: Table = "actoren" if found.tabel == "actoren" else "aanbod"
    if found.sleutel:
        stored = read_stored_by_id(desk.conn, table, [found.sleutel]).get(found.sleutel)
        if not isinstance(stored, Actor | Aanbod) or not _is_seen(desk, table, found.sleutel):
            return False
        return may_edit(desk.conn, desk.account, stored, desk.places)
    try:
        cells = actor_cells(found.cellen) if found.door == OSM else found.cellen
        made = judge(desk, table, {**cells, "id": cells.get("id", found.id)})
    except RecordFaultsError:
        return desk.account.may(Recht.BEWERKEN)
    if isinstance(made, Actor) and made.lon is None and not made.werkgebied:
        # It lies nowhere yet: whoever keeps the map may say no to it.
        return desk.account.may(Recht.BEWERKEN)
    return may_edit(desk.conn, desk.account, made, desk.places)


def waiting_for(desk: Desk) -> list[Voorstel]:
    """Give the open proposals that somebody may decide on, the oldest first."""
    return [one for one in proposals.open_proposals(desk.conn) if may_decide(desk, one)]


def _is_seen(desk: Desk, table: Table, key: str) -> bool:
    try:
        read_as(desk, table, key)
    except NotFoundError:
        return False
    return True
