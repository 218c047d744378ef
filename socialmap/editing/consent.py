"""Consent of a sleutelfiguur: given at the kitchen table, taken back as easily."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from socialmap.domain.clock import months_earlier
from socialmap.domain.codes import Niveau, Soort
from socialmap.domain.errors import NotFoundError
from socialmap.domain.model import Actor, Relatie, Toestemming
from socialmap.domain.privacy import CONSENT_MONTHS, required_level
from socialmap.editing.apply import Batch, apply
from socialmap.editing.change import Desk, RecordFaultsError, judge, reader_of
from socialmap.editing.rights import NotAllowedError, may_edit
from socialmap.store import accounts, consent
from socialmap.store.erasing import INGETROKKEN, Wissing, add_erasure, forget_withdrawals
from socialmap.store.indexing import Places
from socialmap.store.merging import earlier_ids
from socialmap.store.ties import ties_of
from socialmap.store.write import read_stored_actors

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: Without signs that look alike; 12 of them are 59 random bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
#: Longest time that one conversation holds for.
MOST_MONTHS = 24
#: Asked again so long before the end.
ASK_MONTHS = 2
#: Who stands in the history when a person used the card.
SELF = "sleutelfiguur zelf"


class Doel(StrEnum):
    """What consent is asked for."""

    VINDEN = "vinden"
    BELLEN = "bellen"
    BANDEN = "banden"


DOEL_LABELS = {
    Doel.VINDEN: "laten weten wat ik doe en in welke buurt",
    Doel.BELLEN: "mij bellen of aanspreken met een vraag",
    Doel.BANDEN: "laten zien met welke groepen ik samenwerk",
}
LEVELS = (Niveau.TEAM, Niveau.PROFESSIONAL)
LEVEL_LABELS = {
    Niveau.TEAM: "het wijkteam en de opbouwwerkers, met uw naam",
    Niveau.PROFESSIONAL: "andere professionals in de wijk, zonder uw naam",
}
Answers = Mapping[tuple[Doel, Niveau], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """
    What somebody said at the kitchen table.

    Attributes
    ----------
    antwoorden
        Yes or no by purpose and level; what is missing was not answered.
    organisatie
        For which organisation it was asked.
    tot
        First day that it no longer holds; None for twelve months.
    """

    antwoorden: Answers
    organisatie: str
    tot: date | None = None


def find_person(conn: Connection, actor_id: str) -> Actor:
    """Read a sleutelfiguur whole, also one that nobody sees. Raises NotFoundError."""
    found = read_stored_actors(conn, [actor_id])
    if not found or found[0].soort is not Soort.SLEUTELFIGUUR:
        raise NotFoundError("Sleutelfiguur", actor_id)
    return found[0]


def person_for(desk: Desk, actor_id: str) -> Actor:
    """Read a sleutelfiguur for somebody who keeps consents; above its level it is not there."""
    person = find_person(desk.conn, actor_id)
    if required_level(person) > reader_of(desk, person).niveau:
        raise NotFoundError("Sleutelfiguur", actor_id)
    return person


def give(
    desk: Desk, secret: str, given: Given, actor_id: str, cells: Mapping[str, str]
) -> tuple[Actor, str]:
    """
    Record consent of a sleutelfiguur that is there, or of a new one, and make a card.

    A "no" counts: who may not be called has no number in the record, and ties that may not be
    shown go above the level that said no.

    Parameters
    ----------
    desk
        Who records.
    secret
        Of the installation.
    actor_id
        Empty for a new record.
    cells
        Of a new record: `naam` (first name or role), `werkgebied`, `omschrijving`, `telefoon`.

    Returns
    -------
    actor, code
        The code is nowhere else.

    Raises
    ------
    RecordFaultsError
        What is missing, by field of the form.
    NotFoundError, NotAllowedError
    """
    _check(given, desk.today)
    level = (
        Niveau.PROFESSIONAL if given.antwoorden[Doel.VINDEN, Niveau.PROFESSIONAL] else Niveau.TEAM
    )
    old = person_for(desk, actor_id) if actor_id else _new(desk, cells, level)
    if not may_edit(desk.conn, desk.account, old, desk.places):
        raise NotAllowedError
    until = given.tot or months_earlier(desk.today, -CONSENT_MONTHS)
    may_call = given.antwoorden[Doel.BELLEN, Niveau.TEAM]
    made = replace(
        old,
        zichtbaarheid=level,
        telefoon=old.telefoon if may_call else "",
        email=old.email if may_call else "",
        gecontroleerd_op=desk.today,
        gecontroleerd_door=desk.account.naam,
        toestemming=Toestemming(
            op=desk.today,
            tot=until,
            doel=say_purposes(given.antwoorden),
            niveau=level,
            door=f"{desk.account.naam} voor {given.organisatie}",
        ),
    )
    # Given anew in person: what was taken back before no longer stands in the way.
    consent.forget_withdrawal(desk.conn, made.id)
    forget_withdrawals(desk.conn, person_print(secret, made.id))
    batch = Batch(actoren=(made,), relaties=_ties(desk, made.id, given.antwoorden))
    apply(desk.conn, batch, wie=desk.account.id, now=desk.now, places=desk.places)
    accounts.log(desk.conn, desk.now, desk.account.id, "toestemming", "actor", made.id)
    code = new_card(desk, secret, made.id)
    # Who says yes anew no longer asks to be erased.
    consent.ask_erasure(desk.conn, made.id, None)
    return made, code


def new_card(desk: Desk, secret: str, actor_id: str) -> str:
    """Make a code for a card and keep its fingerprint; the card before counts no longer."""
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    consent.save_code(desk.conn, code_print(secret, code), actor_id, desk.today)
    return code


def withdraw(
    conn: Connection, secret: str, actor_id: str, *, wie: str, now: datetime, places: Places
) -> bool:
    """
    Let consent end at this moment: the person is shown to nobody from now on.

    Parameters
    ----------
    conn
        A writing connection.
    wie
        Who says so: id of an account, or `SELF`.

    Returns
    -------
    bool
        False when there was nothing to withdraw.
    """
    person = find_person(conn, actor_id)
    if person.toestemming is None:
        return False
    batch = Batch(actoren=(replace(person, toestemming=None),))
    apply(conn, batch, wie=wie, now=now, places=places)
    consent.mark_withdrawn(conn, actor_id, now)
    for key in (actor_id, *earlier_ids(conn, actor_id)):
        add_erasure(
            conn,
            Wissing(
                nummer=secrets.token_hex(8),
                soort=INGETROKKEN,
                afdruk=person_print(secret, key),
                dag=now.date(),
                rijen=0,
                schoon=True,
            ),
        )
    accounts.log(conn, now, "" if wie == SELF else wie, "ingetrokken", "actor", actor_id)
    return True


def plain_code(typed: str) -> str:
    """Read a code as typed: spaces, dashes and capitals do not count."""
    return "".join(sign for sign in typed.casefold() if sign in SIGNS)


def show_code(code: str) -> str:
    """Write a code in three groups, in capitals."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)).upper()


def code_print(secret: str, code: str) -> str:
    """Give what is kept of a code."""
    return _print(secret, "kaart", code)


def person_print(secret: str, actor_id: str) -> str:
    """Give what the list of erasures keeps of a person."""
    return _print(secret, "persoon", actor_id)


def say_purposes(answers: Answers) -> str:
    """Say per level what was allowed and what was refused, for in the record."""
    said = []
    for level, label in ((Niveau.TEAM, "Wijkteam"), (Niveau.PROFESSIONAL, "Professionals")):
        parts = [f"{doel.value} {'ja' if answers[doel, level] else 'nee'}" for doel in Doel]
        said.append(f"{label}: {', '.join(parts)}")
    return ". ".join(said) + "."


def _print(secret: str, what: str, text: str) -> str:
    return hmac.new(secret.encode(), f"{what} {text}".encode(), hashlib.sha256).hexdigest()


def _check(given: Given, today: date) -> None:
    faults = {}
    for doel in Doel:
        for level in LEVELS:
            if (doel, level) not in given.antwoorden:
                faults[f"{doel}_{level.code}"] = "Vraag dit ook, en kies ja of nee."
    if not given.organisatie:
        faults["organisatie"] = "Vul in voor welke organisatie u dit vraagt."
    last = months_earlier(today, -MOST_MONTHS)
    if given.tot is not None and not today < given.tot <= last:
        faults["tot"] = "Kies een dag na vandaag, hoogstens twee jaar vooruit."
    if not faults and not given.antwoorden[Doel.VINDEN, Niveau.TEAM]:
        faults["vinden_team"] = (
            "Zonder dit ja komt iemand niet op de kaart. Bewaar niets, of trek de toestemming in."
        )
    if faults:
        raise RecordFaultsError(faults)


def _new(desk: Desk, cells: Mapping[str, str], level: Niveau) -> Actor:
    asked = {
        name: cells.get(name, "") for name in ("naam", "omschrijving", "telefoon", "werkgebied")
    }
    if not asked["werkgebied"]:
        raise RecordFaultsError({"werkgebied": "Kies een gebied uit de lijst."})
    made = judge(
        desk,
        "actoren",
        asked
        | {
            "id": f"A-{secrets.token_hex(6)}",
            "soort": Soort.SLEUTELFIGUUR.value,
            "lijn": "0",
            "zichtbaarheid": level.code,
            "status": "actief",
        },
    )
    assert isinstance(made, Actor)  # noqa: S101 -- what was judged is an actor
    return made


def _ties(desk: Desk, actor_id: str, answers: Answers) -> tuple[Relatie, ...]:
    """Give the ties that must go to a stricter level; a level is never widened by itself."""
    least = Niveau.PROFESSIONAL
    if not answers[Doel.BANDEN, Niveau.PROFESSIONAL]:
        least = Niveau.TEAM
    if not answers[Doel.BANDEN, Niveau.TEAM]:
        least = Niveau.BEHEER
    return tuple(
        replace(tie, zichtbaarheid=least)
        for tie in ties_of(desk.conn, actor_id)
        if tie.zichtbaarheid < least
    )
