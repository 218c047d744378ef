"""The map at 100,000 offers: what a first view weighs, and a viewport against naive Folium."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import folium

from socialmap.domain.clock import Clock
from socialmap.domain.codes import Gebiedsniveau, Lijn, Soort, Status, Vorm
from socialmap.domain.model import Aanbod, Actor
from socialmap.editing.apply import Batch, apply
from socialmap.exchange.areas import StoredPlaces, to_area_set
from socialmap.exchange.making import Filling, make_map
from socialmap.store.areas import list_areas, read_shapes
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_vocabulary
from tests.bench.result import Result
from tests.free_port import free_port

OFFERS, ACTORS, NAIVE = 100_000, 2_000, 10_000
ROUNDS = 3
#: Bytes that the issue allows, gzip.
FIRST_VIEW, CACHED, VIEWPORT = 60_000, 250_000, 25_000
_DAY = date(2026, 11, 22)


def run() -> Iterator[Result]:
    """Measure sizes, then times in turn."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as port:
        page = _get(port, "/kaart")
        first = _get(port, _points(4.5, 52.34, 4.70, 52.44, 12))
        rows = _get(port, "/kaart/lijst?wat=aanbod&bbox=4.5,52.34,4.7,52.44")
        yield _size("map-first-view", len(page) + len(first) + len(rows), FIRST_VIEW)
        yield _size("map-cached", _cached(port, gzip.decompress(page).decode()), CACHED)
        views = list(_viewports())
        yield _size("map-viewport", max(len(_get(port, view)) for view in views), VIEWPORT)
        ours: list[float] = []
        reference: list[float] = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            _naive_folium()
            reference.append(time.perf_counter() - start)
            for view in views:
                start = time.perf_counter()
                _get(port, view)
                ours.append(time.perf_counter() - start)
        yield Result(
            name="map-viewport-time",
            n=OFFERS,
            ours=median(ours),
            reference=median(reference),
            unit="s",
            limit=50,
        )


def _size(name: str, ours: int, allowed: int) -> Result:
    return Result(name=name, n=OFFERS, ours=ours, reference=allowed, unit="bytes gzip", limit=1)


def _viewports() -> Iterator[str]:
    chance = random.Random(1)  # noqa: S311 -- the same viewports every run
    for zoom in range(10, 18):
        width = 360 / 2**zoom * 5
        height = width * 0.38
        lon, lat = chance.uniform(4.60, 4.66), chance.uniform(52.36, 52.41)
        yield _points(lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2, zoom)
    yield _points(4.5, 52.34, 4.7, 52.44, 12, thema="sociaal_netwerk", versheid="vers")


def _points(w: float, s: float, e: float, n: float, zoom: int, **keep: str) -> str:
    box = ",".join(f"{value:.5f}" for value in (w, s, e, n))
    query = {"wat": "aanbod", "bbox": box, "zoom": zoom, **keep}
    return f"/api/v1/kaart/punten?{urlencode(query)}"


def _cached(port: int, page: str) -> int:
    """Add up what the browser keeps: styles, scripts, fonts and the shapes of all four levels."""
    assets = re.findall(r'(?:href|src)="(/(?:static/|kaart/kaart)[^"]+)"', page)
    shapes = [
        f"/api/v1/kaart/gebieden?niveau={niveau}"
        for niveau in ("buurt", "wijk", "teamgebied", "gemeente")
    ]
    addresses = {asset.replace("&amp;", "&") for asset in assets} | set(shapes)
    return sum(len(_get(port, address)) for address in sorted(addresses))


def _naive_folium() -> str:
    """Do it as Folium's manual does: a marker with a popup for each offer."""
    chance = random.Random(2)  # noqa: S311
    naive = folium.Map(location=[52.38, 4.63], zoom_start=12)
    for number in range(NAIVE):
        place = [chance.uniform(52.34, 52.44), chance.uniform(4.5, 4.7)]
        folium.Marker(place, popup=f"Aanbod {number}", tooltip=f"Aanbod {number}").add_to(naive)
    return str(naive.get_root().render())


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    url = f"sqlite:///{folder / 'bench.db'}"
    _fill(url)
    port = free_port()
    command = [sys.executable, "-m", "socialmap.cli", "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--database", url], stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _get(port, "/gezond")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


def _get(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} {address}")
    # What the server sends plain (small answers, fonts) counts as it travels.
    return body if answer.headers.get("Content-Encoding") == "gzip" else _as_sent(body)


def _as_sent(body: bytes) -> bytes:
    packed = gzip.compress(body)
    return packed if len(packed) < len(body) else body


def _fill(url: str) -> None:
    clock = Clock(_DAY)
    make_map(url, clock, Filling.EMPTY)
    store = Store.open(url)
    chance = random.Random(3)  # noqa: S311
    with store.reading() as conn:
        buurten = list_areas(conn, Gebiedsniveau.BUURT)
        words = read_vocabulary(conn)
        places = StoredPlaces(to_area_set(read_shapes(conn)))
    themas, groups = list(words.themas), list(words.doelgroepen)
    soorten = [soort for soort in Soort if soort is not Soort.SLEUTELFIGUUR]
    actors = tuple(
        Actor(
            id=f"B{number:06}",
            naam=f"Organisatie {number}",
            soort=chance.choice(soorten),
            werkgebied=(chance.choice(buurten).gemeente,),
        )
        for number in range(ACTORS)
    )
    offers = []
    for number in range(OFFERS):
        centre = chance.choice(buurten)
        offers.append(
            Aanbod(
                id=f"C{number:06}",
                actor_id=actors[number % ACTORS].id,
                naam=f"Aanbod {number} voor de buurt",
                omschrijving="Een plek om binnen te lopen, met koffie en een luisterend oor.",
                vorm=chance.choice(list(Vorm)),
                lijn=chance.choice(list(Lijn)),
                themas=tuple(chance.sample(themas, 2)),
                doelgroepen=tuple(chance.sample(groups, 1)),
                lon=round(centre.lon + chance.gauss(0, 0.003), 5),
                lat=round(centre.lat + chance.gauss(0, 0.002), 5),
                wanneer="Tu 10:00-12:00",
                gecontroleerd_op=_DAY - timedelta(days=chance.randrange(1000)),
                status=Status.ACTIEF,
            )
        )
    batch = Batch(actoren=actors, aanbod=tuple(offers))
    with store.writing() as conn:
        apply(conn, batch, wie="bench", now=clock.now(), places=places)
    store.close()
