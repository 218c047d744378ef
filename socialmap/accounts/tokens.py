"""Random tokens that a browser or a link holds, and how long each of them counts."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

#: A session ends after this, and earlier when nobody used it for `IDLE`.
SESSION, IDLE = timedelta(hours=14), timedelta(hours=4)
#: Between password and second factor.
HALF = timedelta(minutes=10)
#: A device on which the second factor is remembered.
DEVICE = timedelta(days=30)
INVITATION = timedelta(days=7)
#: A use of a session is noted at most this often.
NOTED = timedelta(minutes=5)


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_hex(32)


def fingerprint(token: str) -> str:
    """Give what the database keeps of a token: it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def name_print(secret: str, email: str) -> str:
    """Give what is kept of a mail address to count wrong tries, with or without an account."""
    name = email.strip().casefold()
    return hmac.new(secret.encode(), f"poging {name}".encode(), hashlib.sha256).hexdigest()
