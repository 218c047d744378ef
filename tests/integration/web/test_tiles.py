"""A tile server that fails or hangs takes no page along."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic

import pytest
from flask import Flask

from socialmap.domain.clock import Clock
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from web import tiles
from web.app import create_app


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('tegels') / 'kaart.db'}"
    make_map(url, Clock(), Filling.EMPTY)
    return url


def app_with(database: str, port: int) -> Flask:
    template = f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"
    return create_app(Settings(database=database, secret="x" * 32, basemap=template))


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Give the port of a server that says this to everybody and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                caller, _ = server.accept()
                with caller:
                    if not caller.recv(65536):
                        return
                    caller.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        # A caller that says nothing ends it.
        socket.create_connection(server.getsockname()).close()
        thread.join()


# The library under `requests` has errors of its own for an answer that breaks off.
@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\x89PNG\r\n\x1a\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a number\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"no HTTP at all",
    ],
    ids=["half", "gzip", "chunks", "no tile", "elsewhere", "other"],
)
def test_a_broken_answer_is_no_tile_and_no_fault_of_ours(database: str, answer: bytes) -> None:
    with answering(answer) as port:
        said = app_with(database, port).test_client().get("/tegels/12/2100/1340.png")
    assert said.status_code == 503


def test_a_tile_server_that_hangs_leaves_threads_for_pages(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Browsers ask six tiles at once, and there are eight threads to answer from.
    monkeypatch.setattr(tiles, "_PATIENCE", (2.0, 3.0))
    with socket.create_server(("127.0.0.1", 0)) as server:
        app = app_with(database, server.getsockname()[1])

        def ask(x: int) -> tuple[int, float]:
            begun = monotonic()
            code = app.test_client().get(f"/tegels/13/{x}/2680.png").status_code
            return code, monotonic() - begun

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))
    assert {code for code, _ in answers} == {503}
    assert sum(seconds < 2 for _, seconds in answers) == 4
