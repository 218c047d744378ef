"""The server calls nobody that a user names: not by a website, a text, a parameter or a sheet."""

from __future__ import annotations

import socket
from datetime import date

import pytest

from socialmap.domain.codes import Niveau
from tests.integration.security.canaries import all_planted
from tests.integration.security.conftest import Grow
from tests.integration.security.test_canaries import Asker

_ELSEWHERE = "http://127.0.0.1:9/kwaad"


def test_no_door_calls_another_host(
    grow: Grow, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = grow()
    called: list[object] = []

    def connect(_socket: socket.socket, address: object) -> None:
        called.append(address)
        raise ConnectionRefusedError

    def look_up(host: object, *_: object, **__: object) -> None:
        called.append(host)
        raise socket.gaierror

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    client = world.reader(Niveau.BEHEER)
    # Every actor here has a website, and every text may name one.
    assert "https://zqk" in client.get("/actor/K-a0").text
    names = ("url", "uri", "src", "href", "adres", "site", "bron", "callback", "verder", "q")
    for path in Asker(world, Niveau.BEHEER, today).paths():
        client.get(path).close()
        if "?" not in path:
            client.get(path, query_string=dict.fromkeys(names, _ELSEWHERE)).close()
    offers = [one.record.id for one in all_planted(today) if one.code.startswith("o")]
    for where in ("/blad", "/blad.pdf"):
        client.post(where, data={"aanbod": offers, "titel": _ELSEWHERE}).close()
    for field in ("website", "omschrijving"):
        body = {"naam": "Nieuw", "soort": "partner", "status": "actief", field: _ELSEWHERE}
        client.post("/api/v1/actoren", json=body | {"lon": 4.6366, "lat": 52.3535})
    assert called == []
    with pytest.raises(socket.gaierror):
        socket.create_connection(("kwaad.example", 80))
    assert called == ["kwaad.example"]
