"""Finding at 100,000 offers: the search itself, the whole answer, and over HTTP."""

from __future__ import annotations

import json
import random
import socket
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler, make_server

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import Lezer
from socialmap.exchange.embedded import data_folder
from socialmap.exchange.making import Filling, make_map
from socialmap.finding.features import hear, speaks
from socialmap.finding.find import Finder
from socialmap.finding.gates import Gates, candidates
from socialmap.finding.index import SearchIndex
from socialmap.finding.language import read_text, understand
from socialmap.finding.question import Vraag
from socialmap.finding.ranking import rank
from socialmap.finding.reading import ReadText, concepts
from socialmap.finding.ready import make_finder
from socialmap.geo.measure import lonlat_to_xy
from socialmap.store.engine import Store
from socialmap.store.search_rows import SearchRow
from socialmap.store.vocabulary import read_vocabulary
from tests.bench.result import Result

OFFERS, ROUNDS, TEXTS = 100_000, 200, 2_000
STRAAL_M = 800
DAY = date(2026, 11, 22)
LEZER = Lezer(Niveau.TEAM)
#: The probe that the issue names: R*Tree, table and full text in one question.
_PROBE = """
SELECT o.id, (o.x - :x) * (o.x - :x) + (o.y - :y) * (o.y - :y) AS afstand
FROM rt CROSS JOIN o ON o.id = rt.id
WHERE rt.x0 <= :x1 AND rt.x1 >= :x0 AND rt.y0 <= :y1 AND rt.y1 >= :y0
AND o.thema = :t AND o.groep = :g
AND EXISTS (SELECT 1 FROM f WHERE f MATCH :q AND f.rowid = o.id)
ORDER BY afstand LIMIT 10
"""


def measure_times() -> Iterator[Result]:
    """Measure the search against the probe in turn, and answers against a static one."""
    finder = _finder_alone(None)
    index = SearchIndex(_rows(finder))
    yield from _times(finder, index)
    yield from _served(finder, index)


def _finder_alone(model: Any) -> Finder:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'leeg.db'}"
        make_map(url, Clock(DAY), Filling.EMPTY)
        store = Store.open(url)
        with store.reading() as conn:
            finder = make_finder(data_folder() / "woorden", read_vocabulary(conn), model)
        store.close()
    return finder


def _rows(finder: Finder) -> list[SearchRow]:
    """Make offers spread over the two towns, with words drawn from the word lists."""
    chance = random.Random(5)  # noqa: S311 - the same offers every run
    words = _words(finder)
    texts = []
    for _ in range(TEXTS):
        read = read_text(" ".join(chance.sample(words, 8)), finder.lexicon)
        texts.append(ReadText(read.stems[:2], read.stems, (), concepts(read)).write())
    themes, groups = list(finder.labels.themas), list(finder.labels.doelgroepen)
    return [
        SearchRow(
            aanbod_id=f"C{number:06}",
            actor_id=f"B{number % 2000:06}",
            naam=f"Aanbod {number}",
            niveau=0,
            zichtbaar=None,
            status="actief",
            loopt_tot=None,
            lijn=chance.randrange(3),
            vorm="collectief",
            min_leeftijd=None,
            max_leeftijd=None,
            lon=round(chance.uniform(4.5, 4.7), 5),
            lat=round(chance.uniform(52.3, 52.44), 5),
            bereik=None,
            gebieden=("GM0392",),
            gecontroleerd=DAY.toordinal() - chance.randrange(1000),
            gedocumenteerd=False,
            themas=(chance.choice(themes),),
            doelgroepen=(chance.choice(groups),),
            talen=(),
            gratis=True,
            wanneer="Tu 10:00-12:00",
            woorden=chance.choice(texts),
        )
        for number in range(OFFERS)
    ]


def _words(finder: Finder) -> list[str]:
    """Give ordinary words of one stem, that both ways of searching know as the same word."""
    words = {w for found in finder.lexicon.by_letter.values() for w in found if w.isascii()}
    return sorted(w for w in words if finder.lexicon.stemmer.stem(w) == w)[:4000]


def _vragen(finder: Finder) -> Iterator[Vraag]:
    chance = random.Random(6)  # noqa: S311 - the same questions every run
    words = _words(finder)
    themes, groups = list(finder.labels.themas), list(finder.labels.doelgroepen)
    for _ in range(ROUNDS):
        yield Vraag(
            q=" ".join(chance.sample(words, 2)),
            punt=(chance.uniform(4.55, 4.65), chance.uniform(52.33, 52.41)),
            gebieden=("GM0392",),
            straal_m=STRAAL_M,
            themas=(chance.choice(themes),),
            doelgroepen=(chance.choice(groups),),
        )


def _times(finder: Finder, index: SearchIndex) -> Iterator[Result]:
    now = Clock(DAY).now()
    database = _probe_database(index)
    ours: list[float] = []
    whole: list[float] = []
    reference: list[float] = []
    for vraag in _vragen(finder):
        asked = _prepared_probe(vraag, finder)
        reference.append(_timed(partial(_probe, database, asked)))
        ours.append(_timed(_search(finder, index, vraag)))
        whole.append(_timed(partial(finder.answer, index, vraag, LEZER, now, {})))
    yield _time("finding-search-median", median(ours), median(reference), 1 / 0.6)
    yield _time("finding-search-p95", _p95(ours), _p95(reference), 1.0)
    yield _time("finding-answer-p95", _p95(whole), 0.150, 1.0)


def _search(finder: Finder, index: SearchIndex, vraag: Vraag) -> Callable[[], object]:
    """Give the search itself: gates, candidates and their order; the words are read before."""
    visible = index.visible(LEZER, DAY)
    heard = hear(understand(vraag.q, finder.lexicon), index, visible, vraag)

    def search() -> object:
        passed, distance_m = candidates(
            Gates(vraag, index, bool),
            visible,
            lambda chosen: speaks(heard, index, chosen),
            index.size,
        )
        return rank(
            heard,
            index,
            passed,
            distance_m,
            DAY,
            finder.weights,
            introductions={},
            closeness=None,
        )

    return search


def _probe(database: sqlite3.Connection, asked: dict[str, Any]) -> list[Any]:
    return database.execute(_PROBE, asked).fetchall()


def _probe_database(index: SearchIndex) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE VIRTUAL TABLE rt USING rtree(id, x0, x1, y0, y1);"
        "CREATE TABLE o(id INTEGER PRIMARY KEY, thema TEXT, groep TEXT, x REAL, y REAL);"
        "CREATE INDEX o_thema ON o(thema, groep);"
        "CREATE VIRTUAL TABLE f USING fts5(tekst);"
    )
    for number, row in enumerate(index.rows, 1):
        x, y = float(index.x[number - 1]), float(index.y[number - 1])
        database.execute("INSERT INTO rt VALUES (?, ?, ?, ?, ?)", (number, x, x, y, y))
        database.execute(
            "INSERT INTO o VALUES (?, ?, ?, ?, ?)",
            (number, row.themas[0], row.doelgroepen[0], x, y),
        )
        text = " ".join(ReadText.parse(row.woorden or "").tekst)
        database.execute("INSERT INTO f(rowid, tekst) VALUES (?, ?)", (number, text))
    database.commit()
    return database


def _prepared_probe(vraag: Vraag, finder: Finder) -> dict[str, Any]:
    ((x, y),) = lonlat_to_xy(np.array([vraag.punt], np.float64))
    terms = [finder.lexicon.stemmer.stem(word) for word in vraag.q.split()]
    return {
        "x": x,
        "y": y,
        "x0": x - STRAAL_M,
        "x1": x + STRAAL_M,
        "y0": y - STRAAL_M,
        "y1": y + STRAAL_M,
        "t": vraag.themas[0],
        "g": vraag.doelgroepen[0],
        "q": " OR ".join(f'"{term}"' for term in terms),
    }


def _served(finder: Finder, index: SearchIndex) -> Iterator[Result]:
    """Compare answers over HTTP with a static answer of the same server."""
    app = Flask("bench")
    now = Clock(DAY).now()

    @app.get("/vast")
    def _static() -> str:
        return "ok"

    @app.post("/vraag")
    def _ask() -> str:
        body = request.get_json()
        vraag = Vraag(
            q=body["q"],
            punt=tuple(body["punt"]),
            gebieden=("GM0392",),
            straal_m=STRAAL_M,
            themas=tuple(body["themas"]),
            doelgroepen=tuple(body["doelgroepen"]),
        )
        return str(len(finder.answer(index, vraag, LEZER, now, {}).treffers))

    ours: list[float] = []
    reference: list[float] = []
    with _serving(app) as port:
        for vraag in _vragen(finder):
            body = json.dumps(
                {
                    "q": vraag.q,
                    "punt": vraag.punt,
                    "themas": vraag.themas,
                    "doelgroepen": vraag.doelgroepen,
                }
            )
            reference.append(_timed(partial(_call, port, "GET", "/vast", None)))
            ours.append(_timed(partial(_call, port, "POST", "/vraag", body)))
    yield _time("finding-http", median(ours), median(reference), 0.15)


class _Quiet(WSGIRequestHandler):
    """Answers without a line in the log for each."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def _serving(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()


def _call(port: int, method: str, path: str, body: str | None) -> bytes:
    """Ask in one packet: a head and a body apart would wait for each other on the wire."""
    payload = (body or "").encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head.encode() + payload)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    if b" 200 " not in answer[:20]:
        raise RuntimeError(answer[:200])
    return answer


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _time(name: str, ours: float, reference: float, limit: float) -> Result:
    return Result(name=name, n=OFFERS, ours=ours, reference=reference, unit="s", limit=limit)
