"""Mail somebody the link to begin with, or to begin again, through the outbox of all mail."""

from __future__ import annotations

import secrets
from datetime import datetime

from socialmap.accounts.inviting import Invited
from socialmap.accounts.tokens import INVITATION, fingerprint
from socialmap.domain.mail import (
    LINK_HERE,
    Mail,
    Mailsoort,
    address_print,
    mail_token,
    token_print,
)
from socialmap.store import mails, sessions
from socialmap.store.engine import Store

_BEGIN = "Uw account voor de sociale kaart"
_AGAIN = "Opnieuw beginnen met de sociale kaart"


def mail_link_to(
    store: Store, secret: str, invited: Invited, now: datetime, real: datetime, *, again: bool
) -> Mail:
    """
    Put the link of an account in the outbox; the link that was made before counts no longer.

    The mail of an account is no mail to a contact: the rhythm of one a month does not count it.

    Parameters
    ----------
    invited
        Of `invite` or `new_link`.
    now, real
        Moment by the one clock for the outbox, and the real time for how long the link counts.
    again
        Whether somebody who has an account lost the password or the phone.
    """
    account, key = invited.account, secrets.token_hex(16)
    token = mail_token(secret, key)
    mail = Mail(
        id=key,
        soort=Mailsoort.UITNODIGING,
        aan=account.email,
        adres=address_print(secret, account.email),
        onderwerp=_AGAIN if again else _BEGIN,
        tekst=_text(again=again),
        afdruk=token_print(token),
        eind=now + INVITATION,
        gemaakt=now,
        volgende=now,
    )
    with store.writing() as conn:
        older = mails.waiting(conn, Mailsoort.UITNODIGING)
        mails.delete_mails(conn, [one.id for one in older if one.adres == mail.adres])
        sessions.add_invitation(conn, fingerprint(token), account.id, real + INVITATION)
        mails.add_mail(conn, mail)
    return mail


def _text(*, again: bool) -> str:
    said = (
        "Met deze link kiest u een nieuw wachtwoord en koppelt u uw telefoon."
        if again
        else "U bent uitgenodigd voor de sociale kaart van de wijk. Met deze link begint u."
    )
    return "\n".join(
        (
            "Hallo,",
            "",
            said,
            "",
            LINK_HERE,
            "",
            "De link werkt één keer, zeven dagen lang. Hebt u hier niet om gevraagd? Dan hoeft u",
            "niets te doen.",
            "",
            "De mensen van de sociale kaart",
        )
    )
