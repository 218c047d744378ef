"""The page of coverage with all themes of Haarlem and Zandvoort: how soon the server answers."""

from __future__ import annotations

import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from tests.bench.result import Result
from tests.browser.serving import served

DAY = date(2026, 11, 22)
ROUNDS = 7
#: Seconds that are allowed once the map has been read.
ALLOWED = 0.3
#: Verdicts in the table of the page: wijken by themes.
CELLS = 24 * 24
PAGES = {"wijk": "/dekking", "buurt": "/dekking?niveau=buurt&doelgroep=ouderen"}


def run() -> Iterator[Result]:
    """Measure the page as it comes from the server, map and table of all themes included."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "kaart.db"
        make_map(f"sqlite:///{database}", Clock(DAY), Filling.EXAMPLE)
        with served(database, SOCIALMAP_PEILDATUM=DAY.isoformat()) as address:
            for level, page in PAGES.items():
                _answer(address + page)
                times = [_answer(address + page) for _ in range(ROUNDS)]
                yield Result(
                    name=f"coverage-page-{level}",
                    n=CELLS,
                    ours=median(times),
                    reference=ALLOWED,
                    unit="s",
                    limit=1,
                )


def _answer(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        answer.read()
    return time.perf_counter() - start
