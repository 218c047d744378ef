"""A mail that waits to be sent: its kinds, when it may be made, and when it is tried again."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from socialmap.domain.clock import months_earlier

#: A link in a mail to a contact counts so long; what the mail says is kept no longer.
LINK = timedelta(days=60)
#: A line of this alone stands where the link comes: only who sends or shows the mail makes it.
LINK_HERE = "[[link]]"
#: Waits after each failed try; after the last one the mail has failed.
PAUSES = tuple(timedelta(minutes=m) for m in (5, 20, 60, 240, 720, 1440, 2880))


class Mailsoort(StrEnum):
    """Why a mail is sent."""

    KLOPT = "klopt"
    TOESTEMMING = "toestemming"
    UITNODIGING = "uitnodiging"


class Mailstand(StrEnum):
    """What became of a mail."""

    TE_STUREN = "te sturen"
    VERSTUURD = "verstuurd"
    MISLUKT = "mislukt"


MAIL_LABELS = {
    Mailsoort.KLOPT: "Klopt dit nog?",
    Mailsoort.TOESTEMMING: "U staat op de kaart",
    Mailsoort.UITNODIGING: "Link om te beginnen",
}
#: Where the link of a kind leads.
PATHS = {
    Mailsoort.KLOPT: "/klopt/",
    Mailsoort.TOESTEMMING: "/klopt/",
    Mailsoort.UITNODIGING: "/uitnodiging/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """
    One mail of the outbox.

    Attributes
    ----------
    aan
        Address; empty once it is no longer needed.
    adres
        Keyed hash of the address, by which the rhythm is kept.
    tekst
        What it says, with `LINK_HERE`; empty once it is no longer needed.
    afdruk
        Fingerprint of the token in the link.
    eind
        Until when the link counts.
    gemaakt, verstuurd_op, volgende
        When it was made, sent, and may be tried; `verstuurd_op` is None before.
    pogingen
        Tries that failed.
    fout
        Why the last try failed, in a sentence.
    actor_id
        The sleutelfiguur that it is about; empty for any other mail.
    """

    id: str
    soort: Mailsoort
    aan: str
    adres: str
    onderwerp: str
    tekst: str
    afdruk: str
    eind: datetime
    gemaakt: datetime
    volgende: datetime
    status: Mailstand = Mailstand.TE_STUREN
    verstuurd_op: datetime | None = None
    gebruikt_op: datetime | None = None
    pogingen: int = 0
    fout: str = ""
    actor_id: str = ""


def may_mail(last: date | None, today: date) -> bool:
    """Tell whether an address may get a mail again: never more than one in a month."""
    return last is None or last <= months_earlier(today, 1)


def pause_after(tries: int) -> timedelta | None:
    """Give how long to wait after so many failed tries; None when it was the last."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def mail_token(secret: str, mail_id: str) -> str:
    """Make the token in the link of a mail again: it is kept nowhere."""
    return hmac.new(secret.encode(), f"post {mail_id}".encode(), hashlib.sha256).hexdigest()


def token_print(token: str) -> str:
    """Give what the database keeps of a token: it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_print(secret: str, address: str) -> str:
    """Give by what an address is known after it was forgotten."""
    name = plain_address(address)
    return hmac.new(secret.encode(), f"adres {name}".encode(), hashlib.sha256).hexdigest()


def plain_address(address: str) -> str:
    """Write a mail address in one way."""
    return address.strip().casefold()


def mail_text(mail: Mail, secret: str, site: str) -> str:
    """Write the text of a mail with its link; `site` is the address of this map, without slash."""
    link = mail_link(mail, secret, site)
    return "\n".join(link if line == LINK_HERE else line for line in mail.tekst.splitlines())


def mail_link(mail: Mail, secret: str, site: str) -> str:
    """Give the link of a mail."""
    return f"{site.rstrip('/')}{PATHS[mail.soort]}{mail_token(secret, mail.id)}"
