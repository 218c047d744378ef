"""Consent: asked in six languages, taken back by code or by call, asked again, and ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import signing_in
from socialmap.domain.clock import Clock, months_earlier
from socialmap.domain.codes import Niveau
from socialmap.domain.roles import Rol
from socialmap.editing.apply import Batch, apply
from socialmap.editing.consent import CODE_LENGTH, SIGNS, find_person, plain_code
from socialmap.settings import Settings
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import SECRET, Maker
from tests.integration.accounts.test_changes import NEW, Api, api  # noqa: F401 -- a fixture
from tests.integration.accounts.test_sign_in import sign_in
from web.app import create_app
from web.consent_texts import LANGUAGES, consent_text

NAME, PHONE, DOES = "Kanarienaam", "023-7654321", "Kanariewerk bij de flat"
YES = {
    f"{doel}_{level}": "ja"
    for doel in ("vinden", "bellen", "banden")
    for level in ("team", "professional")
}
FORM = YES | {
    "naam": NAME,
    "telefoon": PHONE,
    "omschrijving": DOES,
    "werkgebied": "WK039218",
    "organisatie": "Wijkteam Kanarie",
}


@pytest.fixture
def writer(client: FlaskClient, person: Maker) -> FlaskClient:
    sign_in(client, person(Rol.OPBOUWWERKER))
    return client


@pytest.fixture
def visitor(writer: FlaskClient) -> FlaskClient:
    return writer.application.test_client()


def ask(client: FlaskClient, **other: str) -> tuple[str, str]:
    """Record consent, and give the id of the person and the code of the card."""
    answer = client.post("/toestemming/nieuw", data=FORM | other)
    assert answer.status_code == 200, answer.text
    code = re.search(r'kaart__code">([A-Z0-9-]+)<', answer.text)
    key = re.search(r'href="/actor/([^"]+)"', answer.text)
    assert code is not None
    assert key is not None
    return key[1], code[1]


def stored(store: Store, key: str) -> Any:
    with store.reading() as conn:
        return find_person(conn, key)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_read_aloud_in_each_language(writer: FlaskClient, code: str) -> None:
    text = consent_text(code)
    page = writer.get(f"/toestemming/nieuw?taal={code}").text
    assert f'lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in page
    for part in (text.titel, *text.uitleg, *text.vragen.values(), text.team, text.eind):
        assert part in page
    assert len(text.uitleg) == 4
    assert (text.controle == "") == (code == "nl")
    assert text.controle in page


def test_a_yes_makes_a_record_for_a_year(
    writer: FlaskClient, visitor: FlaskClient, store: Store
) -> None:
    key, code = ask(writer)
    made, today = stored(store, key), datetime.now(UTC).date()
    assert made.toestemming.tot == months_earlier(made.toestemming.op, -12)
    assert abs(made.toestemming.op - today) <= timedelta(days=1)
    assert made.toestemming.niveau is Niveau.PROFESSIONAL
    assert made.toestemming.door == "opbouwwerker voor Wijkteam Kanarie"
    assert "bellen ja" in made.toestemming.doel
    assert (made.telefoon, made.werkgebied) == (PHONE, ("WK039218",))
    assert NAME in writer.get(f"/actor/{key}").text
    assert visitor.get(f"/actor/{key}").status_code == 404
    assert len(plain_code(code)) == CODE_LENGTH
    assert set(plain_code(code)) <= set(SIGNS)


def test_a_no_counts(writer: FlaskClient, store: Store) -> None:
    key, _ = ask(writer, bellen_team="nee", vinden_professional="nee")
    made = stored(store, key)
    assert (made.telefoon, made.zichtbaarheid) == ("", Niveau.TEAM)
    assert made.toestemming.niveau is Niveau.TEAM
    assert "bellen nee" in made.toestemming.doel


def test_ties_follow_what_was_said(
    writer: FlaskClient,
    api: Callable[..., Api],  # noqa: F811
) -> None:
    key, _ = ask(writer)
    editor = api(Rol.BEHEERDER)
    group = editor.make(NEW).json["id"]
    tie = {
        "van_id": key,
        "naar_id": group,
        "soort": "kent",
        "richting": "wederkerig",
        "sterkte": 2,
        "feitelijk": "feitelijk",
        "zichtbaarheid": "professional",
    }
    made = editor.make(tie, "relaties")
    assert made.status_code == 201, made.text
    where = f"/api/v1/relaties/{made.json['id']}"
    assert writer.get(where).status_code == 200
    ask(writer, actor=key, banden_professional="nee")
    assert editor.get(f"/relaties/{made.json['id']}").json["zichtbaarheid"] == "team"
    ask(writer, actor=key, banden_professional="nee", banden_team="nee")
    assert writer.get(where).status_code == 404


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"vinden_team": ""}, "kies ja of nee"),
        ({"vinden_team": "nee"}, "komt iemand niet op de kaart"),
        ({"organisatie": ""}, "voor welke organisatie"),
        ({"naam": ""}, "naam"),
        ({"werkgebied": ""}, "Kies een gebied"),
        ({"tot": "2020-01-01"}, "hoogstens twee jaar"),
        ({"tot": "2999-01-01"}, "hoogstens twee jaar"),
        ({"tot": "morgen"}, "kalender"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    writer: FlaskClient, other: dict[str, str], told: str
) -> None:
    answer = writer.post("/toestemming/nieuw", data=FORM | other)
    assert answer.status_code == 422
    assert told in answer.text
    assert writer.get("/api/v1/actoren?soort=sleutelfiguur").json["totaal"] == 0


def test_the_code_shows_everything_with_its_history(
    writer: FlaskClient, visitor: FlaskClient
) -> None:
    key, _ = ask(writer)
    _, code = ask(writer, actor=key, organisatie="Een andere organisatie")
    page = visitor.get(f"/toestemming/{code}")
    assert page.status_code == 200
    for part in (NAME, PHONE, DOES, "Wijkteam Kanarie", "Een andere organisatie"):
        assert part in page.text
    kept = visitor.get(f"/toestemming/{plain_code(code)}/gegevens.json").json
    assert kept["record"]["telefoon"] == PHONE
    assert [one["vervallen_op"] is None for one in kept["toestemmingen"]] == [True, False]
    assert [one["versie"] for one in kept["geschiedenis"]] == [2, 1]
    assert [one["wat"] for one in kept["logboek"]] == ["toestemming", "toestemming"]
    assert page.headers["Cache-Control"] == "no-store"
    assert NAME not in visitor.get("/toestemming").text


def test_a_new_card_replaces_the_old(writer: FlaskClient, visitor: FlaskClient) -> None:
    key, first = ask(writer)
    answer = writer.post(f"/bijwerken/toestemming/{key}/kaart")
    second = re.search(r'kaart__code">([A-Z0-9-]+)<', answer.text)
    assert second is not None
    assert visitor.get(f"/toestemming/{first}").status_code == 404
    assert visitor.get(f"/toestemming/{second[1]}").status_code == 200
    assert "data:image/svg+xml" in answer.text
    assert NAME not in answer.text


def test_withdrawing_by_code_hides_at_once(
    writer: FlaskClient, visitor: FlaskClient, store: Store
) -> None:
    key, code = ask(writer)
    assert visitor.post(f"/toestemming/{code}/intrekken").status_code == 303
    assert writer.get(f"/actor/{key}").status_code == 404
    assert writer.get("/api/v1/actoren?soort=sleutelfiguur").json["totaal"] == 0
    assert NAME not in writer.get("/bijwerken").text
    after = visitor.get(f"/toestemming/{code}").text
    assert "niemand ziet u" in after
    assert "ingetrokken op" in after
    assert visitor.get(f"/toestemming/{code}/gegevens.json").json["logboek"][0]["wie"] == ""
    # Saying no twice is no error.
    assert visitor.post(f"/toestemming/{code}/intrekken").status_code == 303


def test_withdrawing_by_a_call_hides_at_once(writer: FlaskClient) -> None:
    key, _ = ask(writer)
    assert f"/bijwerken/toestemming/{key}/intrekken" in writer.get(f"/actor/{key}").text
    assert writer.post(f"/bijwerken/toestemming/{key}/intrekken").status_code == 303
    assert writer.get(f"/actor/{key}").status_code == 404


def test_undo_and_an_old_file_bring_nothing_back(
    writer: FlaskClient, visitor: FlaskClient, store: Store
) -> None:
    key, code = ask(writer)
    before = stored(store, key)
    visitor.post(f"/toestemming/{code}/intrekken")
    back = writer.post(
        f"/api/v1/actoren/{key}/terugdraaien", json={"versie": 1}, headers={"If-Match": '"x"'}
    )
    assert back.status_code in (403, 404)
    with store.writing() as conn:
        apply(conn, Batch(actoren=(before,)), wie="import", now=datetime.now(UTC), places=Nowhere())
    assert stored(store, key).toestemming is None
    assert writer.get(f"/actor/{key}").status_code == 404
    # Given anew in person, it counts again, also on the same day.
    _, again = ask(writer, actor=key)
    assert writer.get(f"/actor/{key}").status_code == 200
    assert visitor.get(f"/toestemming/{again}").status_code == 200


class Nowhere:
    """No place lies in an area."""

    def locate_many(self, points: Any) -> list[tuple[str, ...]]:
        return [() for _ in points]


def test_wrong_codes_become_slow(writer: FlaskClient, visitor: FlaskClient) -> None:
    _, code = ask(writer)
    wrong = [visitor.get(f"/toestemming/{'a' * CODE_LENGTH}").status_code for _ in range(6)]
    assert wrong == [404] * 5 + [429]
    # Also the right one waits now, and also to withdraw.
    assert visitor.get(f"/toestemming/{code}").status_code == 429
    assert visitor.post(f"/toestemming/{code}/intrekken").status_code == 404


def test_a_right_code_forgets_the_wrong_ones(writer: FlaskClient, visitor: FlaskClient) -> None:
    _, code = ask(writer)
    for _ in range(4):
        visitor.get("/toestemming/aaaa")
        assert visitor.get(f"/toestemming/{code}").status_code == 200


def test_typing_the_code_opens_the_page(writer: FlaskClient, visitor: FlaskClient) -> None:
    _, code = ask(writer)
    answer = visitor.post("/toestemming", data={"code": f" {code.lower()} "})
    assert answer.location == f"/toestemming/{plain_code(code)}"
    assert visitor.post("/toestemming", data={"code": "-"}).status_code == 422


def at(address: str, day: date) -> FlaskClient:
    return create_app(Settings(database=address, secret=SECRET, clock=Clock(day))).test_client()


def test_ending_consents_are_asked_again(
    writer: FlaskClient, address: str, store: Store, person: Maker
) -> None:
    key, _ = ask(writer)
    end = stored(store, key).toestemming.tot
    who = person(Rol.OPBOUWWERKER, "later@wijk.example")
    cases = (
        (months_earlier(end, 2) - timedelta(days=1), False, False),
        (months_earlier(end, 2) + timedelta(days=1), True, True),
        (end, True, False),
    )
    for day, listed, named in cases:
        client = at(address, day)
        token, _ = signing_in.open_session(store, SECRET, who.account, datetime.now(UTC))
        client.set_cookie("sessie", token)
        page = client.get("/bijwerken").text
        assert (f"actor={key}" in page) is listed, day
        # From the day it ends nobody reads the name.
        assert (f">{NAME}<" in page) is named, day


def test_who_may_not_edit_records_nothing(client: FlaskClient, person: Maker) -> None:
    sign_in(client, person(Rol.PROFESSIONAL))
    assert client.get("/toestemming/nieuw").status_code == 403
    assert client.post("/toestemming/nieuw", data=FORM).status_code == 403
