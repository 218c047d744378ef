"""Asking for new places by the interface: what is answered, refused, and not proven."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.coverage import planning

_ASKED = {"thema": "zingeving", "gebied": "GM0473", "aantal": 3}


def _ask(client: FlaskClient, **change: Any) -> Any:
    answer = client.post("/api/v1/plaatsing", json={**_ASKED, **change})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def test_places_come_in_the_order_of_what_they_add(client: FlaskClient) -> None:
    found = _ask(client)
    added = [one["nieuw_bereikt"] for one in found["plekken"]]
    assert len(added) == 3
    assert all(more >= less for more, less in pairwise(added))
    assert abs(sum(added) - found["totaal_nieuw"]) <= 5 * 4
    assert 0 < found["een_minder"] <= added[-1]
    assert found["totaal_nieuw"] <= found["nu_niet_bereikt"]
    for one in found["plekken"]:
        assert one["gebied"].startswith("BU0473")
        assert 4.4 < one["lon"] < 4.7
        assert 52.3 < one["lat"] < 52.5
        assert (one["actor_id"] is None) == (one["naam"] is None)


def test_shown_persons_are_tens_whatever_is_asked(client: FlaskClient) -> None:
    shown: set[int] = set()
    for aantal in (1, 2, 5):
        for straal in (400, 410, 800):
            found = _ask(client, aantal=aantal, straal_m=straal)
            shown |= {found[key] for key in ("totaal_nieuw", "een_minder", "nu_niet_bereikt")}
            shown |= {one["nieuw_bereikt"] for one in found["plekken"]}
    assert len(shown) > 10
    assert all(number % 10 == 0 for number in shown)


def test_more_places_and_a_longer_walk_never_reach_fewer(client: FlaskClient) -> None:
    totals = [_ask(client, aantal=aantal)["totaal_nieuw"] for aantal in (1, 2, 4)]
    assert totals == sorted(totals)
    assert totals[0] < totals[-1]
    assert _ask(client, straal_m=1200)["totaal_nieuw"] > _ask(client, straal_m=400)["totaal_nieuw"]


@pytest.mark.parametrize(
    "change",
    [
        {"aantal": 0},
        {"aantal": 10_000},
        {"aantal": "3"},
        {"thema": "bestaat_niet"},
        {"doelgroep": "bestaat_niet"},
        {"gebied": "GM9999"},
        {"straal_m": -5},
        {"onbekend": 1},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    client: FlaskClient, change: dict[str, Any]
) -> None:
    answer = client.post("/api/v1/plaatsing", json={**_ASKED, **change})
    assert answer.status_code == 422
    assert answer.get_json()["detail"].endswith(".")


def test_what_is_not_proven_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_SECONDS", 0.0)
    answer = client.post("/api/v1/plaatsing", json={**_ASKED, "gebied": "GM0392", "aantal": 10})
    assert answer.status_code == 422
    assert "minder plekken" in answer.get_json()["detail"]
