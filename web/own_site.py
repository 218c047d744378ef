"""Refuse a form or call that a page of another website sent: a browser says where it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from socialmap.domain.errors import SocialMapError


class OtherSiteError(SocialMapError):
    """What would change something here was sent by a page of another website."""


def require_own_site() -> None:
    """
    Refuse what another website lets a browser send.

    Programs that are no browser say nothing about it, and hold no cookie that could be misused.

    Raises
    ------
    OtherSiteError
        By `Sec-Fetch-Site`, or by `Origin` where a browser does not send that.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc == request.host
    if not own:
        raise OtherSiteError(
            "Dit kwam van een andere website. Open de bladzijde hier en gebruik de knop daar."
        )
