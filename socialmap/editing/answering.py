"""What the contact of a record answers to a mail: it is right, it is not, or it has stopped."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.mail import Mail, Mailsoort
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.roles import Account, Rol
from socialmap.editing.change import Desk, Table, confirm, stop
from socialmap.editing.consent import SELF, withdraw
from socialmap.editing.mail_round import Record, records_to_ask
from socialmap.editing.rights import may_edit
from socialmap.store import accounts, mails
from socialmap.store.mails import Bericht
from socialmap.store.stored import read_stored_by_id

#: Free words about what is wrong.
MOST_WORDS = 300


class Antwoord(StrEnum):
    """What somebody says about a record."""

    KLOPT = "klopt"
    KLOPT_NIET = "klopt niet"
    GESTOPT = "gestopt"


class Mis(StrEnum):
    """What may be wrong with a record."""

    ADRES = "adres"
    TIJDEN = "tijden"
    TELEFOON = "telefoon"
    NAAM = "naam"
    ANDERS = "anders"


MIS_LABELS = {
    Mis.ADRES: "Het adres",
    Mis.TIJDEN: "De tijden",
    Mis.TELEFOON: "Telefoon of mail",
    Mis.NAAM: "De naam",
    Mis.ANDERS: "Iets anders",
}


class LinkGoneError(SocialMapError):
    """A link in a mail was used, has ended, or never was: the three are never told apart."""

    def __init__(self) -> None:
        super().__init__(
            "Deze link werkt niet meer. Hij is gebruikt of te oud. Hebt u net geantwoord? Dan is "
            "uw antwoord bewaard."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What was said about one record.

    Attributes
    ----------
    tabel, sleutel, versie
        The record as it was shown.
    wat, tekst
        What is wrong, for `KLOPT_NIET`.
    """

    tabel: Table
    sleutel: str
    versie: int
    antwoord: Antwoord
    wat: tuple[Mis, ...] = ()
    tekst: str = ""


def answer(desk: Desk, mail: Mail, answers: Sequence[Answer]) -> int:
    """
    Keep what a contact says about the records of its address, and use the link up.

    A record that somebody changed since it was shown stays as it is: what was said is of before.

    Parameters
    ----------
    desk
        A writing one, of a visitor.
    mail
        Whose link is open.
    answers
        One for each record at most; records of others are left out.

    Returns
    -------
    int
        Answers that were kept.

    Raises
    ------
    LinkGoneError
        When another request used the link first; nothing is kept then.
    """
    own = {(table_of(one), one.id): one for one in records_to_ask(desk.conn, mail.aan, desk.today)}
    if mail.soort is not Mailsoort.KLOPT or not mails.use_link(desk.conn, mail.afdruk, desk.now):
        raise LinkGoneError
    kept = 0
    for one in answers:
        record = own.pop((one.tabel, one.sleutel), None)
        if record is not None and record.versie == one.versie:
            _keep(replace(desk, account=_contact_of(desk, record)), one)
            kept += 1
    return kept


def leave(desk: Desk, mail: Mail, secret: str) -> None:
    """
    Withdraw consent by the link of a mail: from this moment nobody sees the person.

    Raises
    ------
    LinkGoneError
        When the link was used before.
    """
    right = mail.soort is Mailsoort.TOESTEMMING and mail.actor_id
    if not right or not mails.use_link(desk.conn, mail.afdruk, desk.now):
        raise LinkGoneError
    withdraw(desk.conn, secret, mail.actor_id, wie=SELF, now=desk.now, places=desk.places)


def told_in(desk: Desk) -> list[tuple[Bericht, Record]]:
    """List what contacts said about records that a writer keeps, the oldest first."""
    found = []
    for one in mails.list_answers(desk.conn):
        record = _record_of(desk, one)
        if record is not None and may_edit(desk.conn, desk.account, record, desk.places):
            found.append((one, record))
    return found


def mark_seen(desk: Desk, answer_id: str) -> None:
    """Forget what a contact said. Raises NotFoundError when it is not there for this writer."""
    if answer_id not in {one.id for one, _ in told_in(desk)}:
        raise NotFoundError("Bericht", answer_id)
    mails.delete_answer(desk.conn, answer_id)


def table_of(record: Record) -> Table:
    """Name the table of a record."""
    return "actoren" if isinstance(record, Actor) else "aanbod"


def _keep(desk: Desk, one: Answer) -> None:
    if one.antwoord is Antwoord.KLOPT:
        confirm(desk, one.tabel, one.sleutel)
    elif one.antwoord is Antwoord.GESTOPT:
        stop(desk, one.tabel, one.sleutel, lambda record: record.versie == one.versie)
    if one.antwoord is not Antwoord.KLOPT:
        wrong = one.antwoord is Antwoord.KLOPT_NIET
        told = Bericht(
            id=secrets.token_hex(8),
            tabel=one.tabel,
            sleutel=one.sleutel,
            soort=one.antwoord.value,
            wat=tuple(code.value for code in one.wat) if wrong else (),
            tekst=" ".join(one.tekst.split())[:MOST_WORDS] if wrong else "",
            wanneer=desk.now,
        )
        mails.add_answer(desk.conn, told)
    record = "actor" if one.tabel == "actoren" else "aanbod"
    said = f"antwoord: {one.antwoord.value}"
    accounts.log(desk.conn, desk.now, "contactpersoon", said, record, one.sleutel)


def _contact_of(desk: Desk, record: Record) -> Account:
    """Give who answers: like a partner, one who keeps its own record and its offers."""
    owner_id = record.id if isinstance(record, Actor) else record.actor_id
    owner = read_stored_by_id(desk.conn, "actoren", [owner_id])[owner_id]
    name = f"contact van {owner.naam}" if isinstance(owner, Actor) else "contact"
    return Account(id=name, email="", naam=name, rol=Rol.PARTNER, actor_id=owner_id)


def _record_of(desk: Desk, one: Bericht) -> Record | None:
    table: Table = "actoren" if one.tabel == "actoren" else "aanbod"
    found = read_stored_by_id(desk.conn, table, [one.sleutel]).get(one.sleutel)
    return found if isinstance(found, Actor | Aanbod) else None
