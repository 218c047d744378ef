"""Nothing that is not for everybody is in any answer, and levels above see no more than theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from socialmap.domain.codes import Feitelijk, Niveau, Relatiesoort, Soort, Status
from socialmap.domain.freshness import Versheid
from socialmap.domain.privacy import HIDDEN_NAME, Lezer
from tests.integration.api.conftest import HIDDEN_OFFER, Get, Row
from web.security import required_of

EVERY_STATUS = "status=actief,gepauzeerd,gestopt"
BOX = "bbox=4.40,52.20,4.80,52.50"


def _calls(client: FlaskClient, rows: dict[str, list[Row]]) -> Iterator[str]:
    """Every call with every filter, and every record of the files by its id."""
    words = client.get("/api/v1/woorden").get_json()
    filters = [
        "",
        *(f"soort={code.value}" for code in Soort),
        *(f"status={code.value}" for code in Status),
        *(f"versheid={code.value}" for code in Versheid),
        *(f"lijn={line}" for line in (0, 1, 2)),
        *(f"thema={theme['code']}" for theme in words["themas"]),
        *(f"doelgroep={group['code']}" for group in words["doelgroepen"]),
        *(f"gebied={code}" for code in ("GM0392", "GM0473", "EG-SCHALKWIJK", "WK039218")),
        *(
            f"q={row['naam'].split(',')[0]}"
            for row in rows["actoren"]
            if row["zichtbaarheid"] != "openbaar"
        ),
        f"q={HIDDEN_OFFER}",
    ]
    for keep in filters:
        for kind in ("actoren", "aanbod", "relaties"):
            yield f"/{kind}?limit=200&{keep}"
        for wat in ("aanbod", "actoren"):
            for zoom in (9, 14):
                yield f"/kaart/punten?{BOX}&zoom={zoom}&wat={wat}&{EVERY_STATUS}&{keep}"
    for code in Relatiesoort:
        yield f"/relaties?limit=200&relatiesoort={code.value}"
    for code in Feitelijk:
        yield f"/relaties?limit=200&feitelijk={code.value}"
    for kind in ("actoren", "aanbod"):
        for row in rows[kind]:
            yield f"/{kind}/{row['id']}"
    for row in rows["actoren"]:
        yield f"/relaties?actor={row['id']}"
    yield from ("/gebieden?limit=200", "/kaart/gebieden", "/woorden", "/openapi.json")


def test_no_answer_to_everybody_holds_a_hidden_record(
    client: FlaskClient, rows: dict[str, list[Row]], hidden_words: set[str]
) -> None:
    asked = 0
    for call in _calls(client, rows):
        answer = client.get(f"/api/v1{call}")
        assert answer.status_code in (200, 404), call
        text = answer.get_data(as_text=True)
        if answer.status_code == 404:
            # The answer repeats the id that was asked, as it does for one that does not exist.
            text = text.replace(call.rsplit("/", 1)[1], "")
        found = [
            word for word in hidden_words if f'"{word}"' in text or (len(word) > 8 and word in text)
        ]
        assert not found, (call, found)
        asked += 1
    assert asked > 700


def test_hidden_records_are_not_counted(get: Get, rows: dict[str, list[Row]]) -> None:
    assert get("/actoren", soort="sleutelfiguur")["totaal"] == 0
    assert get("/aanbod", soort="sleutelfiguur")["totaal"] == 0
    assert get("/aanbod", q=HIDDEN_OFFER)["totaal"] == 0
    assert get("/aanbod")["totaal"] == len(rows["aanbod"])


@pytest.fixture
def read_as(monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> Any:
    """Read as somebody of a level, until there are accounts to sign in with."""

    def ask(niveau: Niveau, path: str) -> Any:
        monkeypatch.setattr("web.context.current_lezer", lambda: Lezer(niveau))
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == 200, path
        return answer.get_json()

    return ask


def test_a_professional_sees_a_person_without_name_and_words(read_as: Any) -> None:
    found = read_as(Niveau.PROFESSIONAL, "/actoren?soort=sleutelfiguur")["resultaten"]
    assert found
    for person in found:
        assert not {"naam", "themas", "doelgroepen", "omschrijving", "telefoon"} & person.keys()
        assert person["soort"] == "sleutelfiguur"


def test_a_tie_with_a_person_has_no_words_for_a_professional(read_as: Any) -> None:
    persons = {
        a["id"] for a in read_as(Niveau.PROFESSIONAL, "/actoren?soort=sleutelfiguur")["resultaten"]
    }
    ties = read_as(Niveau.PROFESSIONAL, "/relaties?limit=200&soort=sleutelfiguur")["resultaten"]
    touching = [t for t in ties if persons & {t["van_id"], t["naar_id"]}]
    assert touching
    assert all("toelichting" not in t and "bron" not in t for t in touching)


def test_a_person_on_the_map_has_no_name_for_a_professional(read_as: Any) -> None:
    path = f"/kaart/punten?{BOX}&zoom=14&wat=actoren&soort=sleutelfiguur"
    alone = [
        f["properties"]
        for f in read_as(Niveau.PROFESSIONAL, path)["features"]
        if "id" in f["properties"]
    ]
    assert alone
    assert {p["naam"] for p in alone} == {HIDDEN_NAME}


def test_the_team_sees_persons_with_consent_and_their_offers(read_as: Any) -> None:
    found = read_as(Niveau.TEAM, "/actoren?soort=sleutelfiguur")["resultaten"]
    assert found
    assert all(person["naam"] != HIDDEN_NAME and person["toestemming_op"] for person in found)


def test_the_same_record_has_another_tag_for_another_level(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/api/v1/aanbod/O001").headers["ETag"]
    monkeypatch.setattr("web.context.current_lezer", lambda: Lezer(Niveau.TEAM))
    assert client.get("/api/v1/aanbod/O001").headers["ETag"] != tag


def test_every_call_states_its_level(app: APIFlask) -> None:
    calls = [r for r in app.url_map.iter_rules() if r.rule.startswith("/api/")]
    assert len(calls) > 12
    for rule in calls:
        if rule.endpoint.startswith(("api_wijzigen.", "api_samenvoegen.", "api_invoer.")):
            # Who may change what is in `tests/gegevens/rechten.csv`, tried for every role.
            continue
        if rule.endpoint.endswith((".add_inventarisatie", ".add_signaal")):
            assert required_of(app.view_functions[rule.endpoint]) is Niveau.PROFESSIONAL
            assert rule.methods == {"POST", "OPTIONS"}
            continue
        assert required_of(app.view_functions[rule.endpoint]) is Niveau.OPENBAAR, rule.rule
        asks = rule.rule.endswith(("/zoekvragen", "/ervaringen", "/plaatsing"))
        assert rule.methods == ({"POST", "OPTIONS"} if asks else {"GET", "HEAD", "OPTIONS"})
