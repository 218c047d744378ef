"""A server that answers as PDOK does, also when it fails, and a map to bring up to date."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.store.engine import Store

DATA = Path(__file__).parents[3] / "data" / "wijken"
HAARLEM, ZANDVOORT = "GM0392", "GM0473"
Feature = dict[str, Any]


def our_buurten() -> list[Feature]:
    text = (DATA / "haarlem_zandvoort_buurten.geojson").read_text(encoding="utf-8")
    features: list[Feature] = json.loads(text)["features"]
    return features


def as_cbs(feature: Feature, **figures: int) -> Feature:
    """Write a buurt of ours with the attributes of the CBS."""
    ours = feature["properties"]
    town = {HAARLEM: "Haarlem", ZANDVOORT: "Zandvoort"}[ours["gemeentecode"]]
    return {
        "type": "Feature",
        "id": ours["code"],
        "properties": {
            "buurtcode": ours["code"],
            "buurtnaam": ours["naam"],
            "wijkcode": ours["wijkcode"],
            "gemeentecode": ours["gemeentecode"],
            "gemeentenaam": town,
            "water": "NEE",
            "aantalInwoners": 1200,
            "aantalHuishoudens": 600,
            "percentagePersonen65JaarEnOuder": 17,
            "percentageEenpersoonshuishoudens": -99995,
            "gemiddeldeWozWaardeVanWoningen": 412,
            **figures,
        },
        "geometry": feature["geometry"],
    }


def wijken_of(buurten: list[Feature]) -> list[Feature]:
    codes = {one["properties"]["wijkcode"] for one in buurten}
    return [
        {
            "type": "Feature",
            "properties": {
                "wijkcode": code,
                "wijknaam": f"Wijk {code[-2:]}",
                "gemeentecode": f"GM{code[2:6]}",
                "aantalInwoners": 9000,
            },
            "geometry": None,
        }
        for code in sorted(codes)
    ]


@dataclass
class Pdok:
    """What the server holds, how it fails, and what was asked of it."""

    buurten: list[Feature] = field(default_factory=list)
    page: int = 50
    fails: Callable[[BaseHTTPRequestHandler, int], bool] | None = None
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def features(self, collection: str, gemeente: str) -> list[Feature]:
        larger = wijken_of(self.buurten) if collection == "wijken" else []
        found = self.buurten if collection == "buurten" else larger
        return [one for one in found if gemeente in ("", one["properties"].get("gemeentecode", ""))]

    def answer(self, path: str) -> bytes:
        parts = urlsplit(path)
        asked = parse_qs(parts.query)
        collection = parts.path.split("/")[-2]
        if collection == "gemeenten":
            codes = {one["properties"]["gemeentecode"] for one in self.buurten}
            found: list[Feature] = [
                {"type": "Feature", "properties": {"gemeentecode": code, "gemeentenaam": "Stad"}}
                for code in sorted(codes)
            ]
        else:
            found = self.features(collection, asked.get("gemeentecode", [""])[0])
        start = int(asked.get("cursor", ["0"])[0])
        page = found[start : start + self.page]
        links = [{"rel": "self", "href": self.address + path}]
        if start + self.page < len(found):
            rest = path.partition("&cursor=")[0] + f"&cursor={start + self.page}"
            links.append({"rel": "next", "href": self.address + rest})
        body = {
            "type": "FeatureCollection",
            "features": page,
            "links": links,
            "numberMatched": len(found),
            "numberReturned": len(page),
        }
        return json.dumps(body).encode()


@pytest.fixture
def pdok() -> Iterator[Pdok]:
    held = Pdok([as_cbs(one) for one in our_buurten()])
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            held.asked.append(self.path)
            if held.fails is not None and held.fails(self, len(held.asked)):
                return
            body = held.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/geo+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            """Who asked went away: that is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    held.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield held
    over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gebieden") / "kaart.db"
    make_map(f"sqlite:///{file}", Clock(), Filling.EXAMPLE)
    return file


@pytest.fixture
def store(example_file: Path, tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "kaart.db"
    copy.write_bytes(example_file.read_bytes())
    opened = Store.open(f"sqlite:///{copy}")
    yield opened
    opened.close()


def drip(handler: BaseHTTPRequestHandler, seconds: float) -> None:
    """Send a byte now and then, until nobody listens."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)
