"""Who reported, without knowing who: a token for a visit, and a code to read the answer by."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

from flask import Response, after_this_request, request
from itsdangerous import BadSignature, TimestampSigner

from web.context import services
from web.session import current_account

#: Holds a random number for this visit, signed; gone when the browser closes.
COOKIE = "bezoek"
#: A browser that never closes starts a new visit after so many seconds.
_VISIT_S = 8 * 3600
#: Letters and digits that nobody mistakes for each other.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH, _PART = 12, 4
#: Programs, and browsers that keep no cookie, count as one reporter together.
_UNKNOWN = "onbekend"


def begin_visit() -> None:
    """Give this browser a number for its visit, when it has none."""
    if not _visit():
        after_this_request(_mark)


def reporter_token() -> str:
    """Name the reporter of this request: an account, or a visit; not to be traced back."""
    account = current_account()
    who = f"account {account.id}" if account else _visit() or _UNKNOWN
    return f"M-{_seal('melder', who)}"


def new_code() -> str:
    """Make a code by which one reporter reads the answer; it is shown and not kept."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def signal_id(code: str) -> str:
    """Give the id of the signal that a code belongs to; the id does not tell the code."""
    return f"S-{_seal('signaal', code)}"


def read_code(text: str) -> str:
    """Read a code as somebody types it: capitals, spaces and dashes do not matter."""
    return "".join(sign for sign in text.lower() if sign.isalnum())[:_CODE_LENGTH]


def say_code(code: str) -> str:
    """Write a code in parts of four, for reading it aloud."""
    return "-".join(code[at : at + _PART] for at in range(0, len(code), _PART))


def _visit() -> str:
    try:
        value = _signer().unsign(request.cookies.get(COOKIE, ""), max_age=_VISIT_S)
    except BadSignature:
        return ""
    return value.decode()


def _mark(response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        _signer().sign(secrets.token_hex(16)).decode(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def _seal(purpose: str, text: str) -> str:
    key = services().settings.secret.encode()
    return hmac.new(key, f"{purpose}|{text}".encode(), sha256).hexdigest()[:20]


def _signer() -> TimestampSigner:
    return TimestampSigner(services().settings.secret, salt=COOKIE)
