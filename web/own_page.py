"""Keep an address to go on to on this site (eisen.md, 11)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def own_page(address: str) -> str:
    """Give an address of this site as it is; anything else leads to the start."""
    parts = urlsplit(address)
    plain = address.isprintable() and "\\" not in address and not address.startswith("//")
    if parts.scheme or parts.netloc or not address.startswith("/") or not plain:
        return url_for("start.start")
    return address
