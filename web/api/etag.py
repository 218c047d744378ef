"""Mark an answer with a keyed hash of what this reader got, so that it can be asked for again."""

from __future__ import annotations

import hashlib
import hmac

from socialmap.domain.codes import Niveau


def tag_of(body: bytes, niveau: Niveau, secret: str) -> str:
    """
    Give the tag of an answer.

    HMAC-SHA256 with the secret of the installation: a tag tells nothing about fields that the
    reader may not see, and cannot be made by somebody who guesses them.

    Parameters
    ----------
    body
        The answer as it is sent, before compression.
    niveau
        Level that it was cut to.
    secret
        Key of the installation.

    Returns
    -------
    str
        32 hexadecimal digits, without quotes.
    """
    message = b"\0".join((b"etag", niveau.code.encode(), body))
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:32]
