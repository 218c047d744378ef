"""HSDS at 10,000 services: a page of a hundred, by list and whole."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from socialmap.domain.clock import Clock
from socialmap.exchange.importing import import_named_bytes
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.bench.result import Result
from web.app import create_app

SERVICES, ROUNDS = 10_000, 7
#: Seconds that a page may take.
ALLOWED = 0.3
_CLOCK = Clock(date(2026, 11, 22))
_EXAMPLE = Path(__file__).parents[2] / "data/voorbeeld/aanbod.csv"


def run() -> Iterator[Result]:
    """Measure the first page, the last, one with words, and one of whole services."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kaart.db'}"
        make_map(url, _CLOCK, Filling.EXAMPLE)
        store = Store.open(url)
        files = [("aanbod.csv", _offers())]
        assert import_named_bytes(store, files, wie="meting", clock=_CLOCK).geplaatst
        store.close()
        app = create_app(Settings(database=url, clock=_CLOCK, secret="meting"))  # noqa: S106
        client = app.test_client()
        for name, query in (
            ("first", "per_page=100"),
            ("last", "per_page=100&page=102"),
            ("search", "per_page=100&search=taal"),
            ("whole", "per_page=100&full=true"),
        ):
            times = [_answer(client, query) for _ in range(ROUNDS)]
            yield Result(
                name=f"hsds-services-{name}",
                n=SERVICES,
                ours=median(times),
                reference=ALLOWED,
                unit="s",
                limit=1,
            )
        app.extensions["socialmap"].store.close()


def _answer(client: FlaskClient, query: str) -> float:
    start = time.perf_counter()
    answer = client.get(f"/hsds/services?{query}")
    taken = time.perf_counter() - start
    assert answer.status_code == 200
    assert answer.get_json()["size"] > 0
    return taken


def _offers() -> bytes:
    """Give the offers of the example over and over, each with an id of its own."""
    with _EXAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";")
    writer.writeheader()
    for number in range(SERVICES):
        writer.writerow(rows[number % len(rows)] | {"id": f"P{number:05}"})
    return text.getvalue().encode()
