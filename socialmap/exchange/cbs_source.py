"""Fetch buurten, wijken and gemeenten from PDOK page by page, or read a file of the CBS."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from urllib3.exceptions import HTTPError

from socialmap.domain.errors import SocialMapError

BUURTEN, WIJKEN, GEMEENTEN = "buurten", "wijken", "gemeenten"
#: Most features on a page, most bytes of one, and most pages of one collection.
PAGE, MOST_BYTES, MOST_PAGES = 1000, 64_000_000, 200
#: Seconds: to connect and for each silence, for one page, and between tries.
SILENCE, PATIENCE, PAUSES = 10.0, 60.0, (1.0, 4.0, 10.0)
_BUSY, _OK = 429, 200
#: A GeoPackage is a SQLite file with a mark of its own (OGC 12-128, requirement 2).
_SQLITE, _MARKS = b"SQLite format 3\x00", (b"GPKG", b"GP10", b"GP11")
_MARK_AT, _HEAD = 68, 72

Feature = dict[str, Any]
Tell = Callable[[str, int], None]


class SourceError(SocialMapError):
    """The boundaries could not be fetched or read; nothing of the map has changed."""


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where boundaries come from, and how long to wait for them.

    Attributes
    ----------
    base
        Address up to the year, such as `https://api.pdok.nl/cbs/wijken-en-buurten-{jaar}/ogc/v1`.
    silence, patience
        Seconds without a byte, and for one page.
    pauses
        Seconds before each next try, after what may pass by itself.
    """

    base: str
    silence: float = SILENCE
    patience: float = PATIENCE
    pauses: Sequence[float] = PAUSES


def fetch(source: Source, jaar: int, collection: str, gemeente: str, tell: Tell) -> list[Feature]:
    """
    Fetch a whole collection of one gemeente, or of the country.

    Parameters
    ----------
    source
        Where from. Only its host is asked: a link or redirect elsewhere is refused.
    jaar
        Year of the boundaries.
    collection
        `buurten`, `wijken` or `gemeenten`.
    gemeente
        CBS code; empty for all.
    tell
        Called with the collection and how many features there are so far.

    Returns
    -------
    features
        GeoJSON features in CRS84 (lon, lat).

    Raises
    ------
    SourceError
        Without network, when the host gives no usable answer after all tries, or when pages do
        not hold as many features as it says that there are.
    """
    asked = {"f": "json", "limit": str(PAGE)}
    if gemeente:
        asked["gemeentecode"] = gemeente
    base = source.base.replace("{jaar}", str(jaar)).rstrip("/")
    url: str | None = f"{base}/collections/{collection}/items?{urlencode(asked)}"
    host = urlsplit(base).netloc
    features: list[Feature] = []
    total: int | None = None
    seen: set[str] = set()
    while url is not None:
        if urlsplit(url).netloc != host or url in seen or len(seen) >= MOST_PAGES:
            raise SourceError(f"{host} verwijst naar een ander adres. Er is niets veranderd.")
        seen.add(url)
        page = _page(source, url, host)
        features += page["features"]
        matched = page.get("numberMatched")
        total = matched if isinstance(matched, int) else total
        tell(collection, len(features))
        url = _next(page)
    if total is not None and total != len(features):
        raise SourceError(
            f"{host} gaf {len(features)} van de {total} gebieden. Er is niets veranderd. "
            "Probeer het later weer."
        )
    if not features:
        what = f"van {gemeente} " if gemeente else ""
        raise SourceError(f"{host} heeft geen {collection} {what}van {jaar}. Kies een ander jaar.")
    return features


def read_file(path: Path) -> Mapping[str, list[Feature]]:
    """
    Read the GeoPackage of the CBS ("WijkBuurtkaart"), in RD or in degrees.

    Parameters
    ----------
    path
        A GeoPackage and nothing else: what it is called is not believed.

    Returns
    -------
    features
        By collection, GeoJSON features in WGS84 (lon, lat).

    Raises
    ------
    SourceError
        When it is no GeoPackage, or lacks a layer.
    """
    import pyogrio

    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head.startswith(_SQLITE) or head[_MARK_AT:_HEAD] not in _MARKS:
            raise SourceError(f"{path.name} is geen GeoPackage. Haal het bestand op bij het CBS.")
    try:
        layers = {str(name): str(name) for name, _ in pyogrio.list_layers(path)}
        found: dict[str, list[Feature]] = {}
        for collection in (BUURTEN, WIJKEN, GEMEENTEN):
            layer = layers.get(collection)
            if layer is None:
                raise SourceError(f"In {path.name} ontbreekt de laag {collection}.")
            frame = pyogrio.read_dataframe(path, layer=layer).to_crs("EPSG:4326")
            found[collection] = json.loads(frame.to_json(drop_id=True))["features"]
    except (pyogrio.errors.DataSourceError, ValueError, KeyError) as error:
        raise SourceError(f"{path.name} is niet te lezen als GeoPackage.") from error
    return found


def _page(source: Source, url: str, host: str) -> Mapping[str, Any]:
    """Ask for one page, again after what may pass by itself."""
    said = ""
    for pause in (*source.pauses, None):
        try:
            status, after, body = _ask(source, url)
        except requests.ConnectionError:
            said, after, status = "is niet te bereiken. Is er internet?", 0.0, 0
        except (requests.RequestException, HTTPError, OSError):
            said, after, status = "geeft geen heel antwoord.", 0.0, 0
        if status == _OK:
            return _read(body, host)
        if status and status != _BUSY and status < 500:
            raise SourceError(f"{host} weigert de vraag ({status}). Er is niets veranderd.")
        if status:
            said = f"heeft een storing of het te druk ({status})."
        if pause is None:
            break
        time.sleep(min(max(pause, after), source.patience))
    raise SourceError(f"{host} {said} Er is niets veranderd. Probeer het later weer.")


def _ask(source: Source, url: str) -> tuple[int, float, bytes]:
    """Give status, seconds to wait, and body; a slow or endless answer raises RequestException."""
    until = time.monotonic() + source.patience
    with requests.get(
        url,
        timeout=source.silence,
        stream=True,
        allow_redirects=False,
        headers={"Accept-Encoding": "gzip"},
    ) as answer:
        waits = answer.headers.get("Retry-After", "")
        after = float(waits) if waits.isdigit() else 0.0
        if answer.status_code != _OK:
            return answer.status_code, after, b""
        parts, size = [], 0
        # What comes in is taken as it comes: a reader that waits for a full part would not see
        # that a slow line is over its time.
        while part := answer.raw.read1(65536, decode_content=True):
            size += len(part)
            if size > MOST_BYTES or time.monotonic() > until:
                raise requests.exceptions.ChunkedEncodingError("too long")
            parts.append(part)
        expected = answer.headers.get("Content-Length")
        if expected and "Content-Encoding" not in answer.headers and int(expected) != size:
            raise requests.exceptions.ChunkedEncodingError("cut off")
        return _OK, after, b"".join(parts)


def _read(body: bytes, host: str) -> Mapping[str, Any]:
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        page = None
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise SourceError(f"{host} geeft iets anders dan gebieden. Er is niets veranderd.")
    found: Mapping[str, Any] = page
    return found


def _next(page: Mapping[str, Any]) -> str | None:
    links: Iterator[Any] = iter(page.get("links") or ())
    for link in links:
        if isinstance(link, dict) and link.get("rel") == "next":
            return str(link.get("href", ""))
    return None
