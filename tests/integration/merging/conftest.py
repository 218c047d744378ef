"""Two accounts that keep a map, and records that stand on it twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from socialmap.domain.roles import Rol
from tests.integration.accounts.conftest import (  # noqa: F401 -- fixtures
    address,
    client,
    empty_map,
    person,
    store,
)
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture

TIE = {
    "soort": "kent",
    "richting": "wederkerig",
    "sterkte": 1,
    "feitelijk": "feitelijk",
    "zichtbaarheid": "openbaar",
}


class Double:
    """One initiative that stands on the map twice, with what points at both."""

    def __init__(self, writer: Api) -> None:
        self.writer = writer
        self.dit = self.make("actoren", NEW | {"naam": "Soep", "telefoon": "023-0000001"})
        self.ander = self.make(
            "actoren",
            NEW
            | {
                "naam": "Soep op donderdag in de Dreef",
                "omschrijving": "Elke donderdag soep.",
                "gecontroleerd_op": "2026-01-01",
                "bron": "wijkgesprek",
            },
        )
        self.derde = self.make("actoren", NEW | {"naam": "Wijkteam", "soort": "wijkteam"})
        self.vierde = self.make("actoren", NEW | {"naam": "Kerk", "soort": "partner"})
        self.aanbod = self.offer(self.ander["id"], "Soep eten")
        self.tie(self.dit["id"], self.derde["id"], sterkte=1, bron="belronde")
        self.tie(self.derde["id"], self.ander["id"], sterkte=3, bron="wijkgesprek")
        self.tie(self.ander["id"], self.vierde["id"], sterkte=2)
        self.tie(self.dit["id"], self.ander["id"], sterkte=2)

    def make(self, table: str, body: dict[str, Any]) -> dict[str, Any]:
        made = self.writer.make(body, table)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json
        return found

    def offer(self, actor_id: str, name: str, **fields: Any) -> dict[str, Any]:
        body = {"actor_id": actor_id, "naam": name, "status": "actief"}
        return self.make("aanbod", body | {"themas": ["basisbehoeften"]} | fields)

    def tie(self, van: str, naar: str, **fields: Any) -> dict[str, Any]:
        return self.make("relaties", TIE | {"van_id": van, "naar_id": naar} | fields)

    def tags(self, *keys: str, table: str = "actoren") -> str:
        return ", ".join(self.writer.get(f"/{table}/{key}").headers["ETag"] for key in keys)

    def merge(self, kies: dict[str, str] | None = None, tags: str | None = None) -> Any:
        keep, go = self.dit["id"], self.ander["id"]
        body = {"met": go, "kies": kies or {}}
        sent = self.tags(keep, go) if tags is None else tags
        return self.writer.send("POST", f"/actoren/{keep}/samenvoegen", body, sent)

    def ties(self, key: str) -> dict[str, dict[str, Any]]:
        """Ties of an actor, by the id of the other end."""
        listed = self.writer.get(f"/relaties?actor={key}").json["resultaten"]
        return {one["naar_id"] if one["van_id"] == key else one["van_id"]: one for one in listed}


@pytest.fixture
def double(api: Callable[..., Api]) -> Double:  # noqa: F811
    return Double(api(Rol.OPBOUWWERKER))
