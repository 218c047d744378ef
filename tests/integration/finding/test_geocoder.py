"""The address service: recorded answers, a service that fails in every way, and no trace kept."""

from __future__ import annotations

import json
import logging
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socialmap.domain.privacy import OPENBAAR
from socialmap.finding.geocoder import Address, GeocoderError, find_address
from socialmap.finding.place import PlaceError, Plek, Plekbron, find_place
from socialmap.store.engine import Store

PLANTED = "Plantstraat 77 Haarlem"
#: Seconds that a test lets a question last, and that a machine under load may add.
PATIENCE, SLACK = 0.6, 1.5
Answering = Callable[["Service", Callable[[bytes], None]], None]


class Service(socketserver.ThreadingTCPServer):
    """A server on this machine that answers bytes as a test says."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.came = threading.Semaphore(0)
        self.over = threading.Event()
        self.answering: Answering = lambda _service, _send: None
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/search/v3_1"


class _Handler(socketserver.StreamRequestHandler):
    server: Service

    def handle(self) -> None:
        self.server.asked.append(self.rfile.readline().decode())
        while self.rfile.readline().strip():
            pass
        self.server.came.release()
        try:
            self.server.answering(self.server, self._send)
        except OSError:
            return

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.over.set()
        made.shutdown()
        thread.join()


def all_over() -> bool:
    """Tell whether no question goes on, while the service would still go on answering it."""
    asking = [thread for thread in threading.enumerate() if thread.name == "adresdienst"]
    for thread in asking:
        thread.join(10)
    return not any(thread.is_alive() for thread in asking)


def whole(body: bytes, status: str = "200 OK", more: str = "") -> Answering:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode()
    return lambda _service, send: send(head + body)


def envelope(*docs: Any) -> bytes:
    return json.dumps({"response": {"numFound": len(docs), "docs": docs}}).encode()


def doc(point: Any = "POINT(4.64739941 52.39738762)", name: Any = "Riouwstraat 1") -> Any:
    return {"centroide_ll": point, "weergavenaam": name}


def drip(first: bytes, piece: bytes) -> Answering:
    def send_slowly(service: Service, send: Callable[[bytes], None]) -> None:
        send(first)
        while not service.over.wait(0.05):
            send(piece)

    return send_slowly


def hang(service: Service, _send: Callable[[bytes], None]) -> None:
    service.over.wait(30)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("free_postcode_v3_1.json", Address(5.17196101, 52.08517866, "Genèvelaan, 3584CC Utrecht")),
        (
            "lookup_adres_haarlem_v3.json",
            Address(4.64739941, 52.39738762, "Riouwstraat 1, 2022ZJ Haarlem"),
        ),
    ],
)
def test_recorded_answers_are_read(
    service: Service, shared: Path, name: str, expected: Address
) -> None:
    service.answering = whole((shared / "pdok" / name).read_bytes())
    assert find_address(service.base, "Riouwstraat 1 & q=*", 5) == expected
    (line,) = service.asked
    assert line.startswith("GET /search/v3_1/free?q=Riouwstraat+1+%26+q%3D%2A&rows=1&fq=type")


def test_a_recorded_address_is_read(service: Service, shared: Path) -> None:
    one = json.loads((shared / "pdok" / "doc_adres_v3_1.json").read_text(encoding="utf-8"))
    service.answering = whole(envelope(one))
    found = find_address(service.base, "x", 5)
    assert found == Address(5.17636456, 52.08206803, "Bolognalaan 101, 3584CJ Utrecht")


def test_no_address_is_no_fault(service: Service) -> None:
    service.answering = whole(envelope())
    assert find_address(service.base, "x", 5) is None


def test_a_name_is_one_line_of_a_decent_length(service: Service) -> None:
    service.answering = whole(envelope(doc(name="a\n" * 5000)))
    found = find_address(service.base, "x", 5)
    assert found is not None
    assert len(found.naam) == 200
    assert "\n" not in found.naam


DEEP = b"[" * 90_000
BROKEN: dict[str, Answering] = {
    "garbage": lambda _service, send: send(b"\x00\xff\x13 nothing\r\n\r\n"),
    "no json": whole(b"<html></html>"),
    "no utf-8": whole(b"\xff\xfe{"),
    "deep": whole(DEEP),
    "deep in place": whole(b'{"response": ' + b'{"docs":' * 20_000),
    "list": whole(b"[]"),
    "null": whole(b"null"),
    "number": whole(b'{"response": {"docs": 5}}'),
    "docs of text": whole(b'{"response": {"docs": "x"}}'),
    "no point": whole(envelope({"weergavenaam": "x"})),
    "point of nothing": whole(envelope(doc(point=None))),
    "line": whole(envelope(doc(point="LINESTRING(4 52, 5 52)"))),
    "name of nothing": whole(envelope(doc(name=None))),
    "outside": whole(envelope(doc(point="POINT(2.35 48.85)"))),
    "swapped": whole(envelope(doc(point="POINT(52.39 4.64)"))),
    "rd": whole(envelope(doc(point="POINT(104647.676 490206.575)"))),
    "beyond numbers": whole(envelope(doc(point=f"POINT({'9' * 400} 52.1)"))),
    "fault": whole(envelope(doc()), "500 Internal Server Error"),
    "not found": whole(envelope(doc()), "404 Not Found"),
    "huge": whole(b" " * 200_001),
    "huge length": lambda _service, send: send(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b" " * 200_001
    ),
    "closed": lambda _service, _send: None,
    "closed halfway": lambda _service, send: send(
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"
    ),
    "many headers": lambda _service, send: send(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000),
    "one long header": lambda _service, send: send(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000),
    "hangs": hang,
    "slow headers": drip(b"HTTP/1.1 200 OK\r\n", b"A"),
    "slow status": drip(b"", b"H"),
    "slow body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b" "),
    "slow chunks": drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "endless waiting": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_service_is_one_sentence_in_time(
    service: Service, kind: str, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    service.answering = BROKEN[kind]
    began = time.monotonic()
    with pytest.raises(GeocoderError) as caught:
        find_address(service.base, PLANTED, PATIENCE)
    assert time.monotonic() - began < PATIENCE + SLACK
    assert all_over()
    assert str(caught.value) == "De adresdienst geeft geen antwoord."
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert len(service.asked) == 1
    assert "Plantstraat" not in caplog.text
    assert "Plantstraat" not in "".join(capfd.readouterr())


def test_a_good_answer_is_not_logged_either(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    service.answering = whole(envelope(doc(name="Plantstraat 77")))
    assert find_address(service.base, PLANTED, 5) is not None
    assert "Plantstraat" not in caplog.text
    assert "Plantstraat" not in "".join(capfd.readouterr())


def test_a_redirect_is_not_followed(service: Service) -> None:
    with Service() as other:
        thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        other.answering = whole(envelope(doc()))
        service.answering = whole(b"", "302 Found", f"Location: {other.base}/free\r\n")
        with pytest.raises(GeocoderError):
            find_address(service.base, PLANTED, 5)
        other.shutdown()
        thread.join()
        assert other.asked == []
    assert len(service.asked) == 1


def test_no_proxy_of_this_machine_hears_the_question(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    service.answering = whole(envelope(doc()))
    assert find_address(service.base, "x", 5) is not None


def test_an_encrypted_question_to_a_service_that_is_not_is_refused_in_time(
    service: Service,
) -> None:
    service.answering = hang
    began = time.monotonic()
    with pytest.raises(GeocoderError):
        find_address(service.base.replace("http:", "https:"), PLANTED, PATIENCE)
    assert time.monotonic() - began < PATIENCE + SLACK
    assert all_over()


@pytest.mark.parametrize("base", ["http://127.0.0.1:1/x", "ftp://127.0.0.1/x", "http://[", "", "x"])
def test_a_service_that_is_not_there_is_the_same_sentence(base: str) -> None:
    with pytest.raises(GeocoderError) as caught:
        find_address(base, PLANTED, PATIENCE)
    assert caught.value.__context__ is None


def test_four_are_asked_at_once_and_a_fifth_is_told_at_once(service: Service) -> None:
    service.answering = hang
    faults: list[GeocoderError] = []

    def ask() -> None:
        with pytest.raises(GeocoderError) as caught:
            find_address(service.base, PLANTED, 20)
        faults.append(caught.value)

    four = [threading.Thread(target=ask) for _ in range(4)]
    for thread in four:
        thread.start()
    for _ in four:
        assert service.came.acquire(timeout=10)
    began = time.monotonic()
    with pytest.raises(GeocoderError):
        find_address(service.base, PLANTED, 20)
    assert time.monotonic() - began < SLACK
    assert len(service.asked) == 4
    service.over.set()
    for thread in four:
        thread.join(10)
    assert len(faults) == 4
    assert all_over()


def test_turns_come_back_after_a_service_that_hung(service: Service) -> None:
    service.answering = BROKEN["slow headers"]
    for _ in range(6):
        with pytest.raises(GeocoderError):
            find_address(service.base, PLANTED, 0.2)
        assert all_over()
    assert len(service.asked) == 6
    service.answering = whole(envelope(doc()))
    assert find_address(service.base, "x", 5) is not None


def test_an_address_is_asked_only_when_the_map_does_not_know_the_place(
    service: Service, filled: Store, today: date
) -> None:
    service.answering = whole(envelope(doc(name="Plantstraat 77, Haarlem")))
    with filled.reading() as conn:
        for known in ("Molenwijk", "2036 XY", "4.64,52.38"):
            find_place(conn, known, OPENBAAR, today, service.base)
        assert service.asked == []
        found = find_place(conn, PLANTED, OPENBAAR, today, service.base)
        assert found == Plek(4.64739941, 52.39738762, Plekbron.ADRES, "Plantstraat 77, Haarlem")
        service.answering = whole(envelope())
        with pytest.raises(PlaceError, match="bestaat niet"):
            find_place(conn, PLANTED, OPENBAAR, today, service.base)
