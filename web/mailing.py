"""Mail for the pages: send in the background, and say what waits, what went and what came back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from flask import current_app, request

from socialmap.domain.codes import SOORT_LABELS
from socialmap.domain.errors import NotFoundError, SocialMapError
from socialmap.domain.mail import MAIL_LABELS, Mail, Mailstand, mail_link, mail_text
from socialmap.domain.model import Actor
from socialmap.domain.privacy import OPENBAAR
from socialmap.domain.roles import Account, Recht
from socialmap.editing.answering import MIS_LABELS, Antwoord, Mis, table_of, told_in
from socialmap.editing.change import Desk
from socialmap.editing.mail_round import Record, is_mailable
from socialmap.sending import Sent, send_waiting
from socialmap.settings import Mailserver
from socialmap.store.mails import count_mails
from socialmap.store.records import actors_by_id, get_actor
from web.context import Services, connection, lezer, services, today
from web.present import actor_url, badge, offer_url
from web.present_hours import say_hours
from web.present_words import say_date

_LOG = logging.getLogger("socialmap.web")
#: Seconds that a page waits for the sending; after that it says how far it is.
_QUIET = 1.0
_KEY = "socialmap_post"


class Postman:
    """Sends what waits, one run at a time; safe to use from many threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.last: Sent | None = None
        self.total = 0

    @property
    def busy(self) -> bool:
        """Whether a run is going on."""
        return self._turn.locked()

    def run(self, here: Services, server: Mailserver, site: str) -> None:
        """Begin a run, and wait a moment for its end; one that goes on is left alone."""
        if not self._turn.acquire(blocking=False):
            return
        with here.store.reading() as conn:
            self.total = count_mails(conn)[Mailstand.TE_STUREN]
        worker = threading.Thread(target=self._work, args=(here, server, site), daemon=True)
        worker.start()
        worker.join(_QUIET)

    def _work(self, here: Services, server: Mailserver, site: str) -> None:
        try:
            self.last = send_waiting(
                here.store,
                server,
                secret=here.settings.secret,
                site=site,
                clock=here.settings.clock.now,
            )
        except SocialMapError as error:
            self.last = Sent(0, 0, str(error))
        except Exception:
            _LOG.exception("fout bij het versturen van post")
            self.last = Sent(0, 0, "Het versturen ging mis. Probeer het later nog eens.")
        finally:
            self._turn.release()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """
    One mail as the administrator sees it.

    Attributes
    ----------
    tekst, link
        To copy; empty when it went or is no longer needed.
    opnieuw
        Whether it failed and can be tried again.
    """

    id: str
    soort: str
    aan: str
    stand: str
    onderwerp: str
    wanneer: str
    fout: str
    tekst: str
    link: str
    opnieuw: bool


def postman() -> Postman:
    """Give the one who sends for this application."""
    return cast(Postman, current_app.extensions.setdefault(_KEY, Postman()))


def site() -> str:
    """Give the address of this map for in a mail: as set, or as it was asked."""
    return services().settings.site or request.url_root.rstrip("/")


def send_now() -> None:
    """Send what waits, where there is a mail server."""
    server = services().settings.mailserver
    if server is not None:
        postman().run(services(), server, site())


def mail_rows(found: Sequence[Mail]) -> list[MailRow]:
    """Say the mails; one to a sleutelfiguur that this reader may not see now is left out."""
    return [_row(mail) for mail in found if not mail.actor_id or _may_see(mail.actor_id)]


def facts_of(record: Record) -> list[tuple[str, str]]:
    """Say what is known of a record, for who must tell whether it is right."""
    where = ", ".join(
        part for part in (record.adres, f"{record.postcode} {record.plaats}".strip()) if part
    )
    if isinstance(record, Actor):
        said = [
            ("Wat", SOORT_LABELS[record.soort]),
            ("Adres", where),
            ("Telefoon", record.telefoon),
            ("Mail", record.email),
            ("Website", record.website),
        ]
    else:
        said = [
            ("Waar", where),
            ("Wanneer", "; ".join(say_hours(record.wanneer))),
            ("Aanmelden", record.aanmelden),
        ]
    return [("Over", record.omschrijving), *said] if record.omschrijving else said


def told_rows(desk: Desk) -> list[dict[str, str]]:
    """Say what contacts answered about records that this writer keeps."""
    return [
        {
            "id": told.id,
            "naam": record.naam,
            "url": actor_url(record.id) if isinstance(record, Actor) else offer_url(record.id),
            "tabel": table_of(record),
            "sleutel": record.id,
            "gestopt": "ja" if told.soort == Antwoord.GESTOPT else "",
            "wat": ", ".join(MIS_LABELS[Mis(code)].lower() for code in told.wat),
            "tekst": told.tekst,
            "wanneer": say_date(told.wanneer.date()),
        }
        for told, record in told_in(desk)
    ]


def can_ask(found: Sequence[Record], account: Account) -> set[str]:
    """Name the records of which the contact can be mailed; never of a sleutelfiguur."""
    if not account.may(Recht.BEWERKEN):
        return set()
    owner = {one.id: one.id if isinstance(one, Actor) else one.actor_id for one in found}
    groups = actors_by_id(connection(), owner.values(), OPENBAAR, today())
    return {
        key for key, mine in owner.items() if mine in groups and is_mailable(groups[mine].email)
    }


def shown_record(number: int, record: Record) -> dict[str, object]:
    """Give a record for the page with the three buttons."""
    return {
        "nummer": number,
        "sleutel": f"{table_of(record)}:{record.id}:{record.versie}",
        "naam": record.naam,
        "versheid": badge(record, today()),
        "weten": [(question, said) for question, said in facts_of(record) if said],
    }


def _row(mail: Mail) -> MailRow:
    waits = mail.status is not Mailstand.VERSTUURD and bool(mail.tekst)
    secret, here = services().settings.secret, site()
    if mail.status is Mailstand.VERSTUURD and mail.verstuurd_op:
        when = f"verstuurd op {say_date(mail.verstuurd_op.date())}"
        if mail.gebruikt_op:
            when += f", gebruikt op {say_date(mail.gebruikt_op.date())}"
    else:
        when = f"gemaakt op {say_date(mail.gemaakt.date())}"
    return MailRow(
        id=mail.id,
        soort=MAIL_LABELS[mail.soort],
        aan=mail.aan or "adres vergeten",
        stand=mail.status.value,
        onderwerp=mail.onderwerp,
        wanneer=when,
        fout=mail.fout,
        tekst=mail_text(mail, secret, here) if waits else "",
        link=mail_link(mail, secret, here) if waits else "",
        opnieuw=waits and mail.status is Mailstand.MISLUKT,
    )


def _may_see(actor_id: str) -> bool:
    with suppress(NotFoundError):
        get_actor(connection(), actor_id, lezer(), today())
        return True
    return False
