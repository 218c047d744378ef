"""The calls on coverage: what they give, refuse, and say of the documented network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.coverage.answers import Asked, coverage_json, gaps_json
from socialmap.coverage.placing import PlaceQuestion, find_places, places_json
from socialmap.coverage.planning import NotProvenError
from socialmap.coverage.reading import CoverageMap, CoverageReader
from socialmap.coverage.times import Tijd
from socialmap.domain.codes import Gebiedsniveau
from socialmap.domain.privacy import OPENBAAR
from socialmap.domain.vocabulary import Vocabulary
from socialmap.exchange.embedded import data_folder, load_area_facts
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from socialmap.store.engine import Store
from socialmap.store.vocabulary import read_vocabulary
from tests.integration.api.conftest import PEILDATUM, Get
from web.app import create_app

Seen = tuple[CoverageMap, Vocabulary]


@pytest.fixture(scope="module")
def seen(settings: Settings) -> Seen:
    """The map for everybody, read apart from the interface."""
    store = Store.open(settings.database)
    with store.reading() as conn:
        made = CoverageReader().current(conn, OPENBAAR, PEILDATUM), read_vocabulary(conn)
    store.close()
    return made


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        (
            {"niveau": "buurt", "gebied": "WK039201", "thema": "taal"},
            Asked(niveau=Gebiedsniveau.BUURT, gebied="WK039201", themas=("taal",)),
        ),
        (
            {"thema": "participatie,taal", "doelgroep": "ouderen", "straal_m": "5000"},
            Asked(themas=("participatie", "taal"), doelgroep="ouderen", straal_m=5000.0),
        ),
        (
            {"thema": "taal_digitaal", "niveau": "gemeente", "straal_m": "50"},
            Asked(niveau=Gebiedsniveau.GEMEENTE, themas=("taal", "digitaal"), straal_m=50.0),
        ),
        (
            {"thema": "taal", "dag": "zondag", "dagdeel": "avond"},
            Asked(themas=("taal",), tijd=Tijd(6, "avond")),
        ),
        ({"thema": "taal", "dag": "maandag"}, Asked(themas=("taal",), tijd=Tijd(0, None))),
        (
            {"thema": "taal", "dagdeel": "middag"},
            Asked(themas=("taal",), tijd=Tijd(None, "middag")),
        ),
    ],
)
def test_calls_give_what_the_functions_give(
    get: Get, seen: Seen, args: dict[str, str], asked: Asked
) -> None:
    facts = load_area_facts(data_folder())
    assert get("/dekking", **args) == coverage_json(*seen, asked)
    assert get("/gaten", **args) == gaps_json(*seen, asked, facts)


def test_without_a_theme_all_themes_are_given(get: Get, seen: Seen) -> None:
    found = get("/dekking", niveau="gemeente")["gebieden"]
    assert [row["thema"] for row in found if row["code"] == "GM0392"] == list(seen[1].themas)


def test_new_places_are_those_of_the_function(client: FlaskClient, seen: Seen) -> None:
    asked = {"thema": "taal", "doelgroep": "ouderen", "aantal": 3, "gebied": "GM0473"}
    answer = client.post("/api/v1/plaatsing", json={**asked, "straal_m": 700})
    question = PlaceQuestion(
        thema="taal", doelgroep="ouderen", aantal=3, gebied="GM0473", straal_m=700.0
    )
    assert answer.get_json() == places_json(find_places(seen[0], question))
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.get_json()["plekken"]) == 3


@pytest.mark.parametrize("call", ["/dekking", "/gaten"])
@pytest.mark.parametrize(
    ("parameter", "value", "allowed"),
    [
        ("niveau", "straat", "buurt"),
        ("niveau", "eigen", "teamgebied"),
        ("thema", "taaal", "taal"),
        ("doelgroep", "oudere", "ouderen"),
        ("doelgroep", "ouderen,minima", "minima"),
        ("dag", "zon", "zondag"),
        ("dagdeel", "nacht", "avond"),
        ("gebied", "WK999999", None),
        ("gebied", "../x", None),
        ("straal_m", "49", None),
        ("straal_m", "5001", None),
        ("straal_m", "800.5", None),
        ("straal_m", "-800", None),
        ("straal_m", "٣٠٠", None),
        ("straal_m", "800,900", None),
        ("straal_m", "9" * 5000, None),
        ("leeftijd", "80", "straal_m"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    client: FlaskClient, call: str, parameter: str, value: str, allowed: str | None
) -> None:
    answer = client.get(f"/api/v1{call}", query_string={parameter: value})
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    told = answer.get_json()
    assert told["parameter"] == parameter
    assert allowed is None or allowed in told["toegestaan"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"doelgroep": "ouderen", "aantal": 1}, "thema"),
        ({"thema": "taal"}, "aantal"),
        ({"thema": "taal", "aantal": 0}, "aantal"),
        ({"thema": "taal", "aantal": 21}, "aantal"),
        ({"thema": "taal", "aantal": "3"}, "aantal"),
        ({"thema": "taal", "aantal": True}, "aantal"),
        ({"thema": "taaal", "aantal": 1}, "thema"),
        ({"thema": "taal_digitaal", "aantal": 1}, "thema"),
        ({"thema": "taal", "aantal": 1, "doelgroep": "x"}, "doelgroep"),
        ({"thema": "taal", "aantal": 1, "gebied": "WK999999"}, "gebied"),
        ({"thema": "taal", "aantal": 1, "straal_m": 49}, "straal_m"),
        ({"thema": "taal", "aantal": 1, "straal_m": 5001}, "straal_m"),
        ({"thema": "taal", "aantal": 1, "meer": 1}, "meer"),
        ([], "vraag"),
    ],
)
def test_a_question_for_places_is_held_against_its_limits(
    client: FlaskClient, body: Any, field: str
) -> None:
    answer = client.post("/api/v1/plaatsing", json=body)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"].startswith(f"{field}: ")


def test_what_is_no_json_is_refused(client: FlaskClient) -> None:
    for data, kind in ((b"thema=taal", "text/plain"), (b"{", "application/json")):
        answer = client.post("/api/v1/plaatsing", data=data, content_type=kind)
        assert answer.status_code == 422
        assert "JSON" in answer.get_json()["detail"]


def test_a_choice_that_is_not_proven_is_not_given(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _too_long(*_: Any) -> None:
        raise NotProvenError

    monkeypatch.setattr("web.plan_answers.find_places", _too_long)
    answer = client.post("/api/v1/plaatsing", json={"thema": "vervoer", "aantal": 19})
    assert answer.status_code == 422
    assert "kleiner gebied" in answer.get_json()["detail"]


def test_the_documented_network_says_what_the_sources_say(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kaart.db'}"
    clock = Settings(database=url).clock
    make_map(url, clock, Filling.NETWORK)
    client = create_app(Settings(database=url, secret="x" * 32)).test_client()
    gaps = client.get("/api/v1/gaten?niveau=wijk&gebied=WK047303").get_json()["gaten"]
    assert gaps
    assert {gap["naam"] for gap in gaps} == {"Bentveld"}
    assert {gap["oordeel"] for gap in gaps} <= {"gat", "onbekend"}
    for gap in gaps:
        said = [line for line in gap["redenen"] if "003, 5.1" in line]
        assert any("Zandvoort" in line and "geen activiteiten" in line for line in said), gap
