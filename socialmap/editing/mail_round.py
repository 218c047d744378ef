"""Ask contacts whether their records are still right: one mail a month, all records together."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from socialmap.domain.clock import MONTHS, months_earlier
from socialmap.domain.codes import Niveau, Status
from socialmap.domain.mail import (
    LINK,
    LINK_HERE,
    Mail,
    Mailsoort,
    address_print,
    mail_token,
    may_mail,
    plain_address,
    token_print,
)
from socialmap.domain.model import Aanbod, Actor
from socialmap.domain.privacy import OPENBAAR, Lezer, consent_end, may_see
from socialmap.domain.status import effective_status
from socialmap.editing.attention import needs_attention
from socialmap.editing.consent import ASK_MONTHS, Doel
from socialmap.store import mails, records
from socialmap.store.ties import offers_of
from socialmap.store.write import read_stored_actors

if TYPE_CHECKING:
    from socialmap.store.engine import Connection

#: New mails of one run: a first run on a large map is no flood.
MOST_AT_ONCE = 200
#: Names of records in one mail; the page has them all.
_MOST_NAMES = 10
#: What every mail server takes, and what cannot be read as more than one address.
_ADDRESS = re.compile(r"[\x21-\x7e]{1,64}@[A-Za-z0-9.-]{1,180}")
_NEVER_ODD = re.compile(r"[,;:<>()\[\]\\\"]")
_NO_CALLS = f"{Doel.BELLEN} nee"
_SUBJECT = "Klopt dit nog op de sociale kaart?"
_SUBJECT_PERSON = "U staat op de sociale kaart"

Record = Actor | Aanbod


@dataclass(frozen=True, slots=True)
class Asked:
    """An address and what it is to be asked: records, or whether a sleutelfiguur still agrees."""

    adres: str
    records: tuple[Record, ...]
    persoon: Actor | None = None

    @property
    def oldest(self) -> date:
        """Day of the record that was not checked for longest; never checked comes first."""
        people = () if self.persoon is None else (self.persoon,)
        return min(one.gecontroleerd_op or date.min for one in (*self.records, *people))


def make_due(
    conn: Connection, secret: str, now: datetime, only: Iterable[str] | None = None
) -> int:
    """
    Put the mails in the outbox that it is time for, those not checked for longest first.

    Parameters
    ----------
    conn
        A writing connection.
    secret
        Of the installation.
    now
        Moment by the one clock.
    only
        Ids of actors: by hand, for these alone. The rhythm holds for them as well.

    Returns
    -------
    int
        Mails that were made.
    """
    mails.tidy(conn, now)
    today, listed = now.date(), _mailable(conn)
    everybody = _who_to_ask(conn, listed, today)
    _drop_needless(conn, everybody)
    last = mails.last_mailed(conn)
    wanted = None if only is None else {listed[key][0] for key in only if key in listed}
    asked = [
        one
        for one in everybody
        if (wanted is None or one.adres in wanted)
        and may_mail(last.get(address_print(secret, one.adres)), today)
    ]
    due = _one_each(sorted(asked, key=lambda one: (one.oldest, one.adres)))[:MOST_AT_ONCE]
    for one in due:
        mails.add_mail(conn, _write(one, secret, now))
    return len(due)


def records_to_ask(conn: Connection, address: str, today: date) -> list[Record]:
    """
    List the records of an address that are no longer fresh, those not checked for longest first.

    What an opbouwwerker has yet to hear about from the contact is not asked again. Only what
    everybody may see: a mail can end up with somebody else.
    """
    ids = mails.actors_of_address(conn, plain_address(address))
    actors = records.actors_by_id(conn, ids, OPENBAAR, today)
    offers = [offer.id for key in actors for offer in offers_of(conn, key)]
    return _stale(conn, actors, records.aanbod_by_id(conn, offers, OPENBAAR, today), today)


def is_mailable(address: str) -> bool:
    """Tell whether a mail can go to this address, and to no other with it."""
    plain = plain_address(address)
    return _ADDRESS.fullmatch(plain) is not None and not _NEVER_ODD.search(plain)


def consent_to_ask(person: Actor, today: date) -> bool:
    """Tell whether a sleutelfiguur gets a mail: consent holds, ends soon, and said no to none."""
    consent = person.toestemming
    if consent is None or not may_see(person, Lezer(Niveau.BEHEER), today):
        return False
    # The first sentence says what the team may (`consent.say_purposes`).
    if _NO_CALLS in consent.doel.partition(".")[0]:
        return False
    return consent_end(consent) <= months_earlier(today, -ASK_MONTHS)


def _mailable(conn: Connection) -> dict[str, tuple[str, bool]]:
    """Give address and whether it is a sleutelfiguur, by id of every active actor with mail."""
    return {
        key: (plain_address(address), person)
        for key, address, person in mails.contact_addresses(conn)
        if is_mailable(address)
    }


def _who_to_ask(
    conn: Connection, listed: Mapping[str, tuple[str, bool]], today: date
) -> list[Asked]:
    groups = {key: address for key, (address, person) in listed.items() if not person}
    people = {key: address for key, (address, person) in listed.items() if person}
    return _groups(conn, groups, today) + _people(conn, people, today)


def _groups(conn: Connection, address_of: Mapping[str, str], today: date) -> list[Asked]:
    actors = records.actors_by_id(conn, address_of, OPENBAAR, today)
    offers = {
        offer.id: offer
        for offer in records.all_aanbod(conn, OPENBAAR, today)
        if offer.actor_id in actors
    }
    found: dict[str, list[Record]] = {}
    for record in _stale(conn, actors, offers, today):
        owner = record.id if isinstance(record, Actor) else record.actor_id
        found.setdefault(address_of[owner], []).append(record)
    return [Asked(address, tuple(own)) for address, own in found.items()]


def _people(conn: Connection, address_of: Mapping[str, str], today: date) -> list[Asked]:
    return [
        Asked(address_of[person.id], (), person)
        for person in read_stored_actors(conn, sorted(address_of))
        if consent_to_ask(person, today)
    ]


def _stale(
    conn: Connection, actors: Mapping[str, Actor], offers: Mapping[str, Aanbod], today: date
) -> list[Record]:
    told = {(one.tabel, one.sleutel) for one in mails.list_answers(conn)}
    open_: list[Record] = [
        actor
        for actor in actors.values()
        if actor.status is Status.ACTIEF and ("actoren", actor.id) not in told
    ]
    open_ += [
        offer
        for offer in offers.values()
        if effective_status(offer, actors[offer.actor_id], today) is Status.ACTIEF
        and ("aanbod", offer.id) not in told
    ]
    found = [one.record for one in needs_attention(open_, {}, today)]
    return sorted(found, key=lambda one: (one.gecontroleerd_op or date.min, one.id))


def _one_each(asked: Iterable[Asked]) -> list[Asked]:
    """Keep one per address: somebody may be a sleutelfiguur and the contact of a group."""
    found: dict[str, Asked] = {}
    for one in asked:
        found.setdefault(one.adres, one)
    return list(found.values())


def _drop_needless(conn: Connection, everybody: Iterable[Asked]) -> None:
    """Take out what waits and need not be asked any more, or may not: consent has ended."""
    groups, people = set(), set()
    for one in everybody:
        if one.persoon is None:
            groups.add(one.adres)
        else:
            people.add((one.adres, one.persoon.id))
    gone = [m.id for m in mails.waiting(conn, Mailsoort.KLOPT) if m.aan not in groups]
    told = mails.waiting(conn, Mailsoort.TOESTEMMING)
    gone += [m.id for m in told if (m.aan, m.actor_id) not in people]
    mails.delete_mails(conn, gone)


def _write(asked: Asked, secret: str, now: datetime) -> Mail:
    key = secrets.token_hex(16)
    person = asked.persoon
    return Mail(
        id=key,
        soort=Mailsoort.KLOPT if person is None else Mailsoort.TOESTEMMING,
        aan=asked.adres,
        adres=address_print(secret, asked.adres),
        onderwerp=_SUBJECT if person is None else _SUBJECT_PERSON,
        tekst=_text(asked.records) if person is None else _text_person(person),
        afdruk=token_print(mail_token(secret, key)),
        eind=now + LINK,
        gemaakt=now,
        volgende=now,
        actor_id="" if person is None else person.id,
    )


def _text(asked: tuple[Record, ...]) -> str:
    names = [f"- {' '.join(one.naam.split())}" for one in asked[:_MOST_NAMES]]
    if len(asked) > _MOST_NAMES:
        names.append(f"- en nog {len(asked) - _MOST_NAMES}")
    return "\n".join(
        (
            "Hallo,",
            "",
            "U staat met dit mailadres op de sociale kaart van de wijk. Wij weten niet zeker of",
            "dit nog klopt:",
            "",
            *names,
            "",
            "Wilt u even kijken? Het kost een halve minuut. U hebt geen account nodig.",
            "",
            LINK_HERE,
            "",
            "De link werkt één keer, 60 dagen lang. U krijgt hooguit één mail per maand van ons.",
            "",
            "Dank u wel.",
            "De mensen van de sociale kaart",
        )
    )


def _text_person(person: Actor) -> str:
    until = consent_end(person.toestemming) if person.toestemming else date.max
    return "\n".join(
        (
            "Hallo,",
            "",
            "U zei dat u op de sociale kaart van de wijk mag staan. Dat geldt tot",
            f"{until.day} {MONTHS[until.month - 1]} {until.year}. Een opbouwwerker vraagt u dan of",
            "u op de kaart wilt blijven.",
            "",
            "Wilt u dat nu al niet meer? Met één knop bent u van de kaart:",
            "",
            LINK_HERE,
            "",
            "De link werkt één keer, 60 dagen lang. Wilt u blijven staan? Dan hoeft u niets te",
            "doen.",
            "",
            "Dank u wel.",
            "De mensen van de sociale kaart",
        )
    )
