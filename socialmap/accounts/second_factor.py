"""Codes of six digits that a phone makes (TOTP, RFC 6238), and codes for when it is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pyotp
import segno

ISSUER = "Sociale kaart"
#: A code of the step before still counts: people type slowly.
_STEPS_BACK = 1
STEP_SECONDS = 30
RECOVERY_CODES = 10
#: Without signs that look alike.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Make a secret for an app on a phone, base32."""
    return pyotp.random_base32()


def setup_address(secret: str, email: str) -> str:
    """Give the `otpauth://` address that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def setup_picture(secret: str, email: str) -> str:
    """Give that address as a QR code: a `data:` address of an SVG picture."""
    return segno.make(setup_address(secret, email), error="m").svg_data_uri(scale=4, border=2)


def accepted_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """
    Tell which time step a code belongs to.

    Parameters
    ----------
    secret
        Base32.
    code
        As typed; spaces do not count.
    now
        The real time, with zone.
    last_step
        The step of the last code that was accepted: a code counts once.

    Returns
    -------
    int or None
        None when the code is wrong, too old, or was used before.
    """
    digits = "".join(code.split())
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(current, current - _STEPS_BACK - 1, -1):
        expected = totp.at(step * STEP_SECONDS)
        if secrets.compare_digest(expected.encode(), digits.encode()) and step > last_step:
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Make the codes to print and keep; each works once."""
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def fingerprint(code: str) -> str:
    """Give what is kept of a random code or token: it cannot be turned back."""
    plain = "".join(code.split()).replace("-", "").casefold()
    return hashlib.sha256(plain.encode()).hexdigest()


def _recovery_code() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
