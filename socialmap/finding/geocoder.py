"""Ask the address service of PDOK where an address lies; only when somebody pressed the button.

Nothing is kept or logged: no address, no answer. The server asks, never the browser, so that
nobody else learns who looks where (eisen.md, 14 and 16).
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass

import requests

from socialmap.domain.errors import SocialMapError

#: Seconds for the whole question; longer than this nobody waits with a resident at the desk.
PATIENCE = 2.0
_MOST_BYTES = 200_000
_POINT = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")


class GeocoderError(SocialMapError):
    """The address service gave no usable answer."""


@dataclass(frozen=True, slots=True)
class Address:
    """A place that the service knows: WGS84 degrees, and what it is called."""

    lon: float
    lat: float
    naam: str


def find_address(base: str, text: str, patience: float = PATIENCE) -> Address | None:
    """
    Ask where an address or postcode lies.

    Parameters
    ----------
    base
        Address of the service up to `/free`.
    text
        What was filled in.
    patience
        Seconds for everything.

    Returns
    -------
    Address or None
        The best answer; None when the service knows none.

    Raises
    ------
    GeocoderError
        When it gives no answer in time, or one that cannot be read. Says nothing of the question.
    """
    deadline = time.monotonic() + patience
    asked = {"q": text, "rows": "1", "fq": "type:(adres OR postcode OR weg OR woonplaats)"}
    try:
        with requests.get(
            f"{base.rstrip('/')}/free",
            params=asked,
            timeout=(patience, patience),
            allow_redirects=False,
            stream=True,
            headers={"User-Agent": "sociale-kaart", "Accept": "application/json"},
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise GeocoderError("De adresdienst geeft geen antwoord.")
            body = _read(answer, deadline)
        return _first(json.loads(body))
    except (requests.RequestException, ValueError, KeyError, TypeError):
        # Not chained: the cause names the address that was asked for.
        raise GeocoderError("De adresdienst geeft geen antwoord.") from None


def _read(answer: requests.Response, deadline: float) -> bytes:
    body = b""
    for piece in answer.iter_content(16_384):
        body += piece
        if len(body) > _MOST_BYTES or time.monotonic() > deadline:
            raise GeocoderError("De adresdienst geeft geen antwoord.")
    return body


def _first(answer: dict[str, dict[str, list[dict[str, str]]]]) -> Address | None:
    docs = answer["response"]["docs"]
    if not docs:
        return None
    match = _POINT.fullmatch(docs[0]["centroide_ll"])
    if match is None:
        raise ValueError
    return Address(float(match[1]), float(match[2]), str(docs[0]["weergavenaam"]))
