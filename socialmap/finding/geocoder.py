"""Ask the address service of PDOK where an address lies; only when somebody pressed the button.

Nothing is kept or logged: no address, no answer. The server asks, never the browser, so that
nobody else learns who looks where (eisen.md, 14 and 16).
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from socialmap.domain.errors import SocialMapError
from socialmap.geo.point import PointCheck, check_point

#: Seconds for the whole question; longer than this nobody waits with a resident at the desk.
PATIENCE = 2.0
_MOST_BYTES = 200_000
_LONGEST_NAME = 200
_OK = 200
_PORTS = {"http": 80, "https": 443}
_POINT = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
#: Questions at once: with a service that hangs, pages keep threads to be answered by.
_TURNS = threading.BoundedSemaphore(4)


class GeocoderError(SocialMapError):
    """The address service gave no usable answer; says nothing of the question."""

    def __init__(self) -> None:
        super().__init__("De adresdienst geeft geen antwoord.")


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
        Seconds for everything: looking up the host, connecting and reading.

    Returns
    -------
    Address or None
        The best answer; None when the service knows none.

    Raises
    ------
    GeocoderError
        When it gives no answer in time, one that cannot be read, or a place outside the
        Netherlands; and at once when four others are being asked.
    """
    if not _TURNS.acquire(blocking=False):
        raise GeocoderError
    question = _Question(base, text, patience)
    started = False
    with suppress(RuntimeError):
        question.start()
        started = True
    if not started:
        _TURNS.release()
        raise GeocoderError
    question.join(patience)
    question.cut()
    # Read once: an answer that comes a moment later is too late.
    answer = question.answer
    if answer is None:
        raise GeocoderError
    return answer[0]


class _Question(threading.Thread):
    """
    One question on a thread of its own, which another thread can end at any moment.

    A time limit on a socket holds for each piece that comes in, so a service that sends one byte a
    second would never reach it. What goes wrong stays in here: its message names the address.
    """

    def __init__(self, base: str, text: str, patience: float) -> None:
        super().__init__(name="adresdienst", daemon=True)
        self._base, self._text, self._patience = base, text, patience
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._over = False
        self.answer: tuple[Address | None] | None = None

    def run(self) -> None:
        try:
            self.answer = (_first(json.loads(self._fetch())),)
        except Exception:
            self.answer = None
        finally:
            self.cut()
            _TURNS.release()

    def cut(self) -> None:
        """End the connection, whatever it is doing, and make no other."""
        with self._lock:
            self._over = True
            if self._line is not None:
                with suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
                self._line.close()
                self._line = None

    def _fetch(self) -> bytes:
        parts = urlsplit(self._base)
        asked = {
            "q": self._text,
            "rows": "1",
            "fq": "type:(adres OR postcode OR weg OR woonplaats)",
        }
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        connection = HTTPConnection(host, port, timeout=self._patience)
        # Given a socket, it opens none itself: no proxy, no redirect, no second try.
        connection.sock = self._connect(host, port, secure=parts.scheme == "https")
        try:
            connection.request(
                "GET",
                f"{parts.path.rstrip('/')}/free?{urlencode(asked)}",
                headers={"User-Agent": "sociale-kaart", "Accept": "application/json"},
            )
            answer = connection.getresponse()
            body = answer.read(_MOST_BYTES + 1)
            if answer.status != _OK or len(body) > _MOST_BYTES:
                raise ValueError
            return body
        finally:
            connection.close()

    def _connect(self, host: str, port: int, *, secure: bool) -> socket.socket:
        line = socket.create_connection((host, port), timeout=self._patience)
        with self._lock:
            if self._over:
                line.close()
                raise TimeoutError
            # A second handle on the same connection: the first is taken over by the encryption.
            self._line = line.dup()
        if not secure:
            return line
        return _trust().wrap_socket(line, server_hostname=host)


@cache
def _trust() -> ssl.SSLContext:
    """Trust whom this machine trusts, and the authorities that come with the program."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def _first(answer: dict[str, dict[str, list[dict[str, Any]]]]) -> Address | None:
    docs = answer["response"]["docs"]
    if not docs:
        return None
    match = _POINT.fullmatch(docs[0]["centroide_ll"])
    name = docs[0]["weergavenaam"]
    if match is None or not isinstance(name, str):
        raise ValueError
    lon, lat = float(match[1]), float(match[2])
    if check_point(lon, lat) is not PointCheck.OK:
        raise ValueError
    return Address(lon, lat, " ".join(name.split())[:_LONGEST_NAME])
