""" "Wat weten jullie van mij": everything that is kept about a sleutelfiguur, history included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from socialmap.domain.codes import Soort
from socialmap.domain.mail import Mail
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.write_cells import cell, values_of
from socialmap.editing.consent import find_person
from socialmap.store.accounts import list_accounts
from socialmap.store.history import read_history
from socialmap.store.mails import mails_of_person
from socialmap.store.person import KeptConsent, LogLine, consents_of, log_of, proposals_of
from socialmap.store.ties import offers_of, ties_of
from socialmap.store.write import read_stored_actors

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Stands for another private person: who that is, is not for this one to read here.
ANOTHER_PERSON = "een andere sleutelfiguur"
_UNKNOWN = "iemand die de kaart bijhoudt"


@dataclass(frozen=True, slots=True)
class PastVersion:
    """
    One version of a record of the person.

    Attributes
    ----------
    wat
        `actor`, `aanbod` or `relatie`.
    wie
        Role of who changed it.
    voor, na
        Cells by column that changed.
    """

    wat: str
    id: str
    versie: int
    wanneer: datetime
    wie: str
    voor: Mapping[str, str]
    na: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    Everything that is kept of one person.

    Attributes
    ----------
    record
        Cells by column, those that hold something.
    banden
        Cells of each tie, and `met`: who is at the other end.
    """

    record: Mapping[str, str]
    toestemmingen: tuple[KeptConsent, ...]
    aanbod: tuple[Mapping[str, str], ...]
    banden: tuple[Mapping[str, str], ...]
    geschiedenis: tuple[PastVersion, ...]
    voorstellen: tuple[Mapping[str, Any], ...]
    post: tuple[Mail, ...]
    logboek: tuple[tuple[LogLine, str], ...]


def held_of(conn: Connection, actor_id: str) -> Held:
    """
    Read everything of a sleutelfiguur, whoever else may see it.

    Names of other sleutelfiguren and of people with an account are left out: those are theirs.

    Raises
    ------
    NotFoundError
        When there is no sleutelfiguur of this id.
    """
    person = find_person(conn, actor_id)
    offers, ties = offers_of(conn, actor_id), ties_of(conn, actor_id)
    names = _names(conn, actor_id, ties)
    roles = {one.id: one.rol.value for one in list_accounts(conn)}
    keys = [("actor", actor_id), *(("aanbod", o.id) for o in offers)]
    keys += [("relatie", tie.id) for tie in ties]
    history = [
        PastVersion(
            wat,
            # The id of a tie is made of both its ends.
            "" if wat == "relatie" else key,
            change.versie,
            change.wanneer,
            _who(change.wie, roles),
            *_changed(change.voor, change.na, names),
        )
        for wat, key in keys
        for change in read_history(conn, wat, key)
    ]
    return Held(
        record=_cells(person),
        toestemmingen=tuple(consents_of(conn, actor_id)),
        aanbod=tuple(_cells(offer) for offer in offers),
        banden=tuple(_tie(actor_id, tie, names) for tie in ties),
        geschiedenis=tuple(history),
        voorstellen=tuple(proposals_of(conn, [key for _, key in keys])),
        post=tuple(mails_of_person(conn, actor_id)),
        logboek=tuple((line, _who(line.account_id, roles)) for line in log_of(conn, actor_id)),
    )


def held_json(held: Held) -> dict[str, Any]:
    """Write everything for a program: keys as in the exchange format, moments in ISO 8601."""
    return {
        "record": dict(held.record),
        "toestemmingen": [
            {
                "op": one.op.isoformat(),
                "eind": one.eind.isoformat(),
                "doel": one.doel,
                "niveau": one.niveau,
                "door": one.door,
                "vervallen_op": one.vervallen_op.isoformat() if one.vervallen_op else None,
                "ingetrokken": one.ingetrokken,
            }
            for one in held.toestemmingen
        ],
        "aanbod": [dict(one) for one in held.aanbod],
        "banden": [dict(one) for one in held.banden],
        "geschiedenis": [
            {
                "wat": one.wat,
                "id": one.id,
                "versie": one.versie,
                "wanneer": one.wanneer.isoformat(),
                "wie": one.wie,
                "voor": dict(one.voor),
                "na": dict(one.na),
            }
            for one in held.geschiedenis
        ],
        "voorstellen": [{**one, "wanneer": one["wanneer"].isoformat()} for one in held.voorstellen],
        "post": [
            {
                "gemaakt": mail.gemaakt.isoformat(),
                "verstuurd": mail.verstuurd_op.isoformat() if mail.verstuurd_op else None,
                "onderwerp": mail.onderwerp,
                "aan": mail.aan,
                "tekst": mail.tekst,
            }
            for mail in held.post
        ],
        "logboek": [
            {"wanneer": line.wanneer.isoformat(), "wat": line.wat, "wie": who}
            for line, who in held.logboek
        ],
    }


def _names(conn: Connection, actor_id: str, ties: list[Relatie]) -> dict[str, str]:
    """Name the other ends by id; the person itself keeps its id."""
    ends = {end for tie in ties for end in (tie.van_id, tie.naar_id)} - {actor_id}
    return {
        one.id: ANOTHER_PERSON if one.soort is Soort.SLEUTELFIGUUR else one.naam
        for one in read_stored_actors(conn, sorted(ends))
    }


def _tie(actor_id: str, tie: Relatie, names: Mapping[str, str]) -> dict[str, str]:
    other = tie.naar_id if tie.van_id == actor_id else tie.van_id
    return _hide_ends(_cells(tie), names) | {"met": names.get(other, "")}


def _hide_ends(cells: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Leave out which other private person a tie leads to, also where its id would tell."""
    return {
        name: ANOTHER_PERSON if names.get(text) == ANOTHER_PERSON else text
        for name, text in cells.items()
        if name != "id" or ANOTHER_PERSON not in names.values()
    }


def _changed(
    before: Mapping[str, str], after: Mapping[str, str], names: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    keys = [k for k in {**before, **after} if before.get(k, "") != after.get(k, "")]
    pairs = ({k: one.get(k, "") for k in keys} for one in (before, after))
    first, second = (_hide_ends(one, names) for one in pairs)
    return first, second


def _who(wie: str, roles: Mapping[str, str]) -> str:
    if wie in roles:
        return roles[wie]
    return wie if " " in wie or not wie else _UNKNOWN


def _cells(record: Actor | Aanbod | Relatie) -> dict[str, str]:
    return {name: cell(value) for name, value in values_of(record).items() if cell(value)}
