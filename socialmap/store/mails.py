"""Keep the outbox of mails, and what contacts answered about their own records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from socialmap.domain.clock import ZONE
from socialmap.domain.codes import Soort, Status
from socialmap.domain.mail import Mail, Mailsoort, Mailstand
from socialmap.store import schema
from socialmap.store.schema_mails import bericht as _answer
from socialmap.store.schema_mails import mail as _mail

#: A program that took a mail and said nothing for so long has stopped; another takes it over.
_TAKEN = timedelta(minutes=15)
#: After its end a row is kept so long, without contents, for the rhythm and for the list.
_KEPT = timedelta(days=40)
_MOMENTS = ("eind", "gemaakt", "volgende", "verstuurd_op", "gebruikt_op")
_CONTACT = (Mailsoort.KLOPT.value, Mailsoort.TOESTEMMING.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bericht:
    """
    What a contact says about one record.

    Attributes
    ----------
    tabel, sleutel
        `actoren` or `aanbod`, and the id.
    soort
        `klopt niet` or `gestopt`.
    wat
        Codes of what is wrong.
    tekst
        In the words of the contact.
    """

    id: str
    tabel: str
    sleutel: str
    soort: str
    wat: tuple[str, ...]
    tekst: str
    wanneer: datetime


def add_mail(conn: Connection, mail: Mail) -> None:
    """Put a mail in the outbox."""
    row: dict[str, Any] = {name: getattr(mail, name) for name in Mail.__slots__}
    for name in _MOMENTS:
        row[name] = row[name].astimezone(UTC) if row[name] else None
    month = mail.gemaakt.astimezone(ZONE).strftime("%Y-%m")
    turn = f"{mail.adres}:{month}" if mail.soort.value in _CONTACT else mail.id
    own = {"soort": mail.soort.value, "status": mail.status.value, "beurt": turn}
    conn.execute(sa.insert(_mail).values(**row | own))


def get_mail(conn: Connection, mail_id: str) -> Mail | None:
    """Read one mail; None when it is not there."""
    return _first(conn, _mail.c.id == mail_id)


def find_open_link(conn: Connection, afdruk: str, now: datetime) -> Mail | None:
    """Find the mail of a link to a contact; None when it was used, has ended, or is unknown."""
    return _first(
        conn,
        _mail.c.afdruk == afdruk,
        _mail.c.soort.in_(_CONTACT),
        _mail.c.gebruikt_op.is_(None),
        _mail.c.eind > now.astimezone(UTC),
    )


def use_link(conn: Connection, afdruk: str, now: datetime) -> bool:
    """Use a link up and forget what the mail said; False when another request was first."""
    unused = sa.and_(_mail.c.afdruk == afdruk, _mail.c.gebruikt_op.is_(None))
    used = {"gebruikt_op": now.astimezone(UTC), "aan": "", "tekst": "", "fout": ""}
    # A link that was used has arrived, however it was sent.
    sent = {"status": Mailstand.VERSTUURD.value, "bezig": None}
    arrived = sa.func.coalesce(_mail.c.verstuurd_op, now.astimezone(UTC))
    change = sa.update(_mail).where(unused).values(**used, **sent, verstuurd_op=arrived)
    return conn.execute(change).rowcount == 1


def list_mails(conn: Connection, limit: int) -> list[Mail]:
    """List the newest mails: first what waits or failed, then what was sent."""
    order = sa.case((_mail.c.status == Mailstand.VERSTUURD.value, 1), else_=0)
    query = sa.select(_mail).order_by(order, _mail.c.gemaakt.desc(), _mail.c.id).limit(limit)
    return [_read(row) for row in conn.execute(query).mappings()]


def mails_of_person(conn: Connection, actor_id: str) -> list[Mail]:
    """List the mails to a sleutelfiguur, newest first."""
    query = sa.select(_mail).where(_mail.c.actor_id == actor_id).order_by(_mail.c.gemaakt.desc())
    return [_read(row) for row in conn.execute(query).mappings()]


def count_mails(conn: Connection) -> dict[Mailstand, int]:
    """Count the mails of each status."""
    query = sa.select(_mail.c.status, sa.func.count()).group_by(_mail.c.status)
    found = {Mailstand(status): int(count) for status, count in conn.execute(query)}
    return {stand: found.get(stand, 0) for stand in Mailstand}


def last_mailed(conn: Connection) -> dict[str, date]:
    """
    Give when each address last got, or was to get, a mail to a contact.

    Returns
    -------
    dict
        Day in Amsterdam by keyed hash of the address. An address for which a mail still waits has
        `date.max`: it gets no other one before that.
    """
    found: dict[str, date] = {}
    columns = (_mail.c.adres, _mail.c.status, _mail.c.gemaakt, _mail.c.verstuurd_op)
    for row in conn.execute(sa.select(*columns).where(_mail.c.soort.in_(_CONTACT))):
        waits = row.status == Mailstand.TE_STUREN.value
        day = date.max if waits else _day(row.verstuurd_op or row.gemaakt)
        found[row.adres] = max(day, found.get(row.adres, date.min))
    return found


def waiting(conn: Connection, soort: Mailsoort) -> list[Mail]:
    """List the mails of a kind that wait and that no program is sending now."""
    query = sa.select(_mail).where(
        _mail.c.status == Mailstand.TE_STUREN.value,
        _mail.c.soort == soort.value,
        _mail.c.bezig.is_(None),
    )
    return [_read(row) for row in conn.execute(query.order_by(_mail.c.id)).mappings()]


def take_next(conn: Connection, now: datetime) -> Mail | None:
    """Take the mail that waits longest to send it now: no other program gets it meanwhile."""
    moment = now.astimezone(UTC)
    free = sa.or_(_mail.c.bezig.is_(None), _mail.c.bezig <= moment - _TAKEN)
    query = (
        sa.select(_mail)
        .where(_mail.c.status == Mailstand.TE_STUREN.value, _mail.c.volgende <= moment, free)
        .where(_mail.c.eind > moment, _mail.c.aan != "")
        .order_by(_mail.c.volgende, _mail.c.gemaakt, _mail.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = conn.execute(query).mappings().first()
    if row is None:
        return None
    conn.execute(sa.update(_mail).where(_mail.c.id == row["id"]).values(bezig=moment))
    return _read(row)


def give_back(conn: Connection, mail_id: str) -> None:
    """Let a mail that was taken wait again: the try was not its own fault."""
    conn.execute(sa.update(_mail).where(_mail.c.id == mail_id).values(bezig=None))


def mark_sent(conn: Connection, mail_id: str, now: datetime) -> bool:
    """Note that a mail was sent; False when it does not wait any more."""
    open_ = sa.and_(_mail.c.id == mail_id, _mail.c.status != Mailstand.VERSTUURD.value)
    sent = {"status": Mailstand.VERSTUURD.value, "verstuurd_op": now.astimezone(UTC)}
    change = sa.update(_mail).where(open_).values(**sent, bezig=None, fout="")
    return conn.execute(change).rowcount == 1


def mark_failed(conn: Connection, mail: Mail, fout: str, volgende: datetime | None) -> None:
    """Note a failed try and when to try again; None: it has failed for good."""
    status = Mailstand.MISLUKT if volgende is None else Mailstand.TE_STUREN
    change = {"pogingen": mail.pogingen + 1, "fout": fout, "bezig": None, "status": status.value}
    if volgende is not None:
        change["volgende"] = volgende.astimezone(UTC)
    conn.execute(sa.update(_mail).where(_mail.c.id == mail.id).values(**change))


def try_again(conn: Connection, mail_id: str, now: datetime) -> bool:
    """Let a mail that failed wait again; False when it ended, or a newer one to it was made."""
    moment, newer = now.astimezone(UTC), _mail.alias()
    later = sa.exists().where(newer.c.adres == _mail.c.adres, newer.c.gemaakt > _mail.c.gemaakt)
    failed = sa.and_(
        _mail.c.id == mail_id,
        _mail.c.status == Mailstand.MISLUKT.value,
        _mail.c.eind > moment,
        _mail.c.aan != "",
        sa.not_(later),
    )
    again = {"status": Mailstand.TE_STUREN.value, "pogingen": 0, "volgende": moment}
    return conn.execute(sa.update(_mail).where(failed).values(**again)).rowcount == 1


def delete_mails(conn: Connection, ids: Sequence[str]) -> None:
    """Delete mails that need not be sent any more."""
    if ids:
        conn.execute(sa.delete(_mail).where(_mail.c.id.in_(ids)))


def tidy(conn: Connection, now: datetime) -> None:
    """Forget what ended mails said and to whom, and later the rows themselves."""
    moment = now.astimezone(UTC)
    ended = sa.and_(_mail.c.eind <= moment, _mail.c.tekst != "")
    conn.execute(sa.update(_mail).where(ended).values(aan="", tekst="", fout=""))
    late = sa.and_(_mail.c.eind <= moment, _mail.c.status == Mailstand.TE_STUREN.value)
    conn.execute(sa.update(_mail).where(late).values(status=Mailstand.MISLUKT.value, bezig=None))
    conn.execute(sa.delete(_mail).where(_mail.c.eind <= moment - _KEPT))


def contact_addresses(conn: Connection) -> list[tuple[str, str, bool]]:
    """List active actors with a mail address: id, address, and whether it is a sleutelfiguur."""
    actor = schema.actor
    there = sa.and_(actor.c.email != "", actor.c.status == Status.ACTIEF.value)
    query = sa.select(actor.c.id, actor.c.email, actor.c.soort).where(there).order_by(actor.c.id)
    person = Soort.SLEUTELFIGUUR.value
    return [(row.id, row.email, row.soort == person) for row in conn.execute(query)]


def actors_of_address(conn: Connection, address: str) -> list[str]:
    """List the ids of active organisations and groups with a mail address, given in lower case."""
    actor = schema.actor
    there = sa.and_(
        sa.func.lower(sa.func.trim(actor.c.email)) == address,
        actor.c.status == Status.ACTIEF.value,
        actor.c.soort != Soort.SLEUTELFIGUUR.value,
    )
    return list(conn.scalars(sa.select(actor.c.id).where(there).order_by(actor.c.id)))


def add_answer(conn: Connection, answer: Bericht) -> None:
    """Keep what a contact said about a record; what it said before counts no longer."""
    values = {name: getattr(answer, name) for name in Bericht.__slots__}
    same = sa.and_(_answer.c.tabel == answer.tabel, _answer.c.sleutel == answer.sleutel)
    conn.execute(sa.delete(_answer).where(same))
    own = {"wat": list(answer.wat), "wanneer": answer.wanneer.astimezone(UTC)}
    conn.execute(sa.insert(_answer).values(**values | own))


def list_answers(conn: Connection) -> list[Bericht]:
    """List what contacts said, the oldest first."""
    rows = conn.execute(sa.select(_answer).order_by(_answer.c.wanneer, _answer.c.id)).mappings()
    return [_read_answer(row) for row in rows]


def find_answer(conn: Connection, answer_id: str) -> Bericht | None:
    """Read what a contact said; None when it is not there."""
    row = conn.execute(sa.select(_answer).where(_answer.c.id == answer_id)).mappings().first()
    return None if row is None else _read_answer(row)


def delete_answer(conn: Connection, answer_id: str) -> None:
    """Forget what a contact said, because somebody saw it."""
    conn.execute(sa.delete(_answer).where(_answer.c.id == answer_id))


def _first(conn: Connection, *where: sa.ColumnElement[bool]) -> Mail | None:
    row = conn.execute(sa.select(_mail).where(*where)).mappings().first()
    return None if row is None else _read(row)


def _read(row: sa.RowMapping) -> Mail:
    own = {name: row[name] for name in Mail.__slots__}
    for name in _MOMENTS:
        own[name] = _aware(own[name]) if own[name] else None
    return Mail(**own | {"soort": Mailsoort(row["soort"]), "status": Mailstand(row["status"])})


def _read_answer(row: sa.RowMapping) -> Bericht:
    own = {name: row[name] for name in Bericht.__slots__}
    return Bericht(**own | {"wat": tuple(row["wat"]), "wanneer": _aware(row["wanneer"])})


def _day(moment: datetime) -> date:
    return _aware(moment).astimezone(ZONE).date()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
