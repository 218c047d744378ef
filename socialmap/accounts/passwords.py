"""Keep passwords as argon2id hashes, and refuse the ones that are guessed first."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from socialmap.domain.errors import SocialMapError

#: Length helps, signs and capitals do not (NIST SP 800-63B, 3.1.1.2).
LEAST, MOST = 12, 200
_HASHER = PasswordHasher()


class WeakPasswordError(SocialMapError):
    """A new password that somebody would guess."""


def hash_password(password: str, email: str) -> str:
    """
    Make the hash of a new password.

    Parameters
    ----------
    password
        As typed.
    email
        Of the account: a password that holds it is guessed first.

    Raises
    ------
    WeakPasswordError
        When it is too short, too long, one sign repeated, or holds the mail address.
    """
    if len(password) < LEAST:
        raise WeakPasswordError(
            f"Kies een wachtwoord van {LEAST} tekens of meer. Vier losse woorden zijn goed."
        )
    if len(password) > MOST:
        raise WeakPasswordError(f"Kies een wachtwoord van hoogstens {MOST} tekens.")
    name = email.partition("@")[0].casefold()
    if len(set(password)) < LEAST // 3 or (len(name) > 3 and name in password.casefold()):
        raise WeakPasswordError("Kies een wachtwoord dat een ander niet zo kan raden.")
    return _HASHER.hash(password)


def is_password(kept: str, password: str) -> bool:
    """Tell whether a password is the right one; takes as long when there is none to compare."""
    if len(password) > MOST:
        return False
    try:
        return _HASHER.verify(kept or _nobodys(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(kept: str) -> bool:
    """Tell whether a hash was made with older settings."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _HASHER.hash("geen wachtwoord van iemand")
