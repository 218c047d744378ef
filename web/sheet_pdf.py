"""Make a tagged PDF of a sheet with WeasyPrint; it reads our own static files and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_LOG = logging.getLogger("socialmap.web")
#: Address that stands for this program; it is never asked of a network.
_OWN = "http://blad.invalid"
_STATIC = "/static/"
_KINDS = {".css": "text/css", ".woff2": "font/woff2"}

NO_PANGO = (
    "Een PDF maken kan hier niet: op de server ontbreekt Pango. "
    "Afdrukken kan wel. De beheerder vindt in docs/instellingen.md hoe Pango erop komt."
)


def pdf_is_possible() -> bool:
    """Tell whether this computer can make a PDF; if not, the log says once what is missing."""
    return _renderer() is not None


def make_pdf(html: str, static: Path) -> bytes:
    """
    Make a PDF/UA-1 of a page.

    Parameters
    ----------
    html
        A whole page; its language and title become those of the PDF. Addresses in it start with
        `/static/` or hold their own data.
    static
        Folder of the static files.

    Raises
    ------
    RuntimeError
        Where `pdf_is_possible` is False.
    """
    renderer = _renderer()
    if renderer is None:
        raise RuntimeError(NO_PANGO)
    return renderer(html, static)


@cache
def _renderer() -> Callable[[str, Path], bytes] | None:
    try:
        # It looks for Pango when it is read: without, all but the PDF must go on.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError:
        _LOG.warning(NO_PANGO)
        return None

    class _OwnFiles(URLFetcher):  # type: ignore[misc]
        """Gives static files and data in the page; every other address is refused."""

        def __init__(self, static: Path) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self._static = static.resolve()

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            file = _own_file(url, self._static)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": _KINDS[file.suffix]})

    def render(html: str, static: Path) -> bytes:
        page = HTML(string=html, base_url=f"{_OWN}/", url_fetcher=_OwnFiles(static))
        return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))

    return render


def _own_file(url: str, static: Path) -> Path:
    path = unquote(urlsplit(url).path)
    file = (static / path.removeprefix(_STATIC)).resolve()
    own = url.startswith(f"{_OWN}{_STATIC}") and file.is_relative_to(static)
    if not own or file.suffix not in _KINDS or not file.is_file():
        raise ValueError("this address is not of the sheet")
    return file
