"""Send the mails that wait through the operator's own mail server: none lost, none twice."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from socialmap.domain.errors import SocialMapError
from socialmap.domain.mail import PAUSES, Mail, mail_text, pause_after
from socialmap.settings import Mailserver
from socialmap.store import mails
from socialmap.store.engine import Store

#: Seconds that the server may take for one answer.
PATIENCE = 15.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class MailserverError(SocialMapError):
    """The mail server cannot be used now; what waits goes on waiting."""


@dataclass(frozen=True, slots=True)
class Sent:
    """
    What a run came to.

    Attributes
    ----------
    verstuurd, mislukt
        Mails that went, and tries that failed.
    melding
        Why the run stopped early, in a sentence; empty when it did not.
    """

    verstuurd: int
    mislukt: int
    melding: str = ""


class _RefusedError(Exception):
    """The server refuses one mail; `voorgoed` says that trying again does not help."""

    def __init__(self, melding: str, *, voorgoed: bool) -> None:
        self.melding, self.voorgoed = melding, voorgoed
        super().__init__(melding)


def send_waiting(
    store: Store,
    server: Mailserver,
    *,
    secret: str,
    site: str,
    clock: Callable[[], datetime],
) -> Sent:
    """
    Send what waits, the longest waiting first.

    A mail is taken before it is sent and noted after, so that two programs at once never send the
    same one. Where the server goes away before it accepted a mail, that mail waits again.

    Parameters
    ----------
    store
        Where the outbox is.
    server
        Of the operator.
    secret, site
        Of the installation, and the address of the map: for the links.
    clock
        Gives the moment, with zone.
    """
    sent = failed = 0
    line: smtplib.SMTP | None = None
    try:
        while (mail := _take(store, clock())) is not None:
            try:
                if line is None:
                    line = _connect(server)
                _send(line, server, mail, mail_text(mail, secret, site))
            except MailserverError as error:
                # That the server is away is no fault of the mail: it never fails for good by it.
                pause = pause_after(mail.pogingen + 1) or PAUSES[-1]
                _fail(store, mail, str(error), clock(), pause)
                return Sent(sent, failed + 1, str(error))
            except _RefusedError as error:
                again = None if error.voorgoed else pause_after(mail.pogingen + 1)
                _fail(store, mail, error.melding, clock(), again)
                failed += 1
                continue
            with store.writing() as conn:
                mails.mark_sent(conn, mail.id, clock())
            sent += 1
    finally:
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()
    return Sent(sent, failed)


def build_message(mail: Mail, sender: str, text: str) -> EmailMessage:
    """Make the message: plain text, always with the same number, so that a repeat is known."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = mail.aan
    made["Subject"] = mail.onderwerp
    made["Date"] = format_datetime(mail.gemaakt)
    made["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    # Programs that answer by themselves, such as out of office, must not answer this.
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text)
    return made


def _take(store: Store, now: datetime) -> Mail | None:
    with store.writing() as conn:
        return mails.take_next(conn, now)


def _fail(store: Store, mail: Mail, told: str, now: datetime, pause: timedelta | None) -> None:
    with store.writing() as conn:
        mails.mark_failed(conn, mail, told, None if pause is None else now + pause)


def _connect(server: Mailserver) -> smtplib.SMTP:
    context = ssl.create_default_context()
    with _said(server):
        line: smtplib.SMTP
        if server.versleuteld:
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        with _said(server):
            line.ehlo()
            safe = server.versleuteld
            if not safe and line.has_extn("starttls"):
                line.starttls(context=context)
                line.ehlo()
                safe = True
            if server.gebruiker:
                if not safe and server.host not in _LOOPBACK:
                    raise MailserverError(
                        "De mailserver biedt geen versleutelde verbinding. Het wachtwoord is niet "
                        "verstuurd. Gebruik een adres dat met smtps:// begint."
                    )
                line.login(server.gebruiker, server.wachtwoord)
    except MailserverError:
        line.close()
        raise
    return line


@contextmanager
def _said(server: Mailserver) -> Iterator[None]:
    """Say in a sentence why there is no line to the server."""
    where = f"{server.host}:{server.port}"
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        told = (
            f"De mailserver {where} kent deze naam of dit wachtwoord niet. Kijk de instelling na."
        )
        raise MailserverError(told) from None
    except ssl.SSLError:
        told = f"De verbinding met mailserver {where} is niet veilig: het certificaat klopt niet."
        raise MailserverError(f"{told} Vraag de beheerder van de mailserver.") from None
    except (smtplib.SMTPException, OSError):
        told = f"De mailserver {where} antwoordt niet. De mails blijven staan."
        raise MailserverError(f"{told} Probeer het later nog eens.") from None


def _send(line: smtplib.SMTP, server: Mailserver, mail: Mail, text: str) -> None:
    try:
        line.send_message(build_message(mail, server.afzender, text), server.afzender, [mail.aan])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        told = "De mailserver weigert dit mailadres. Kijk of het klopt."
        raise _RefusedError(told, voorgoed=code >= 500) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        told = "De mailserver weigert deze mail. Kijk of het adres van de afzender mag."
        raise _RefusedError(told, voorgoed=error.smtp_code >= 500) from None
    except ValueError:
        told = "Dit mailadres kan niet in een mail. Kijk of het klopt."
        raise _RefusedError(told, voorgoed=True) from None
    except (smtplib.SMTPException, OSError):
        told = f"De mailserver {server.host}:{server.port} brak af. De mails blijven staan."
        raise MailserverError(f"{told} Probeer het later nog eens.") from None
