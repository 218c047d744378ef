"""Making, changing and stopping records: rights, two writers at once, hidden fields, and undo."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from socialmap.accounts import keys
from socialmap.domain.roles import Rol
from socialmap.store.engine import Store
from tests.integration.accounts.conftest import Person

Maker = Callable[..., Person]
NEW = {
    "naam": "Soep op donderdag",
    "soort": "bewonersinitiatief",
    "zichtbaarheid": "openbaar",
    "status": "actief",
    "themas": ["basisbehoeften", "sociaal_netwerk"],
    "lon": 4.64351,
    "lat": 52.36087,
}
PERSON = {
    "naam": "Sleutelfiguur van de flat",
    "soort": "sleutelfiguur",
    "zichtbaarheid": "professional",
    "status": "actief",
    "omschrijving": "kanarie-omschrijving",
    "toestemming_op": datetime.now(UTC).date().isoformat(),
    "toestemming_doel": "kanarie-doel",
}


class Api:
    """The interface as one account uses it."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def send(self, method: str, path: str, body: Any = None, tag: str | None = None) -> Any:
        headers = self.headers | ({"If-Match": tag} if tag else {})
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    def make(self, body: dict[str, Any], table: str = "actoren") -> Any:
        return self.send("POST", f"/{table}", body)


@pytest.fixture
def api(client: FlaskClient, store: Store, person: Maker) -> Callable[..., Api]:
    def begin(rol: Rol, **fields: object) -> Api:
        who = person(rol, f"{rol}{len(fields)}@wijk.example", **fields)
        now = datetime.now(UTC)
        token = keys.make_key(store, who.account, "proef", 1, now, schrijven=True)
        return Api(client.application.test_client(), token)

    return begin


def test_what_was_made_can_be_read_and_found(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW)
    assert made.status_code == 201
    read = writer.client.get(made.headers["Location"])
    assert read.json["naam"] == NEW["naam"]
    listed = writer.client.get("/api/v1/actoren?gebied=WK039218&thema=sociaal_netwerk").json
    assert [one["id"] for one in listed["resultaten"]] == [made.json["id"]]


def test_a_change_needs_what_was_read(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW)
    where, tag = f"/actoren/{made.json['id']}", made.headers["ETag"]
    changed = made.json | {"naam": "Soep op vrijdag"}
    assert writer.send("PUT", where, changed).status_code == 428
    assert writer.send("DELETE", where).status_code == 428
    assert writer.send("PUT", where, changed, '"anders"').status_code == 412
    done = writer.send("PUT", where, changed, tag)
    assert (done.status_code, done.json["naam"], done.json["versie"]) == (200, "Soep op vrijdag", 2)
    again = writer.send("PUT", where, made.json | {"naam": "Te laat"}, tag)
    assert again.status_code == 412
    assert again.json["nu"]["naam"] == "Soep op vrijdag"
    assert again.headers["ETag"] == done.headers["ETag"] == writer.get(where).headers["ETag"]


def test_stopping_throws_nothing_away(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW)
    done = writer.send("DELETE", f"/actoren/{made.json['id']}", tag=made.headers["ETag"])
    assert done.json["status"] == "gestopt"
    assert writer.get(f"/actoren/{made.json['id']}").json["naam"] == NEW["naam"]


def test_of_twenty_writers_at_once_one_wins(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW)
    where, tag = f"/actoren/{made.json['id']}", made.headers["ETag"]

    def write(number: int) -> int:
        one = Api(writer.client.application.test_client(), writer.headers["Authorization"][7:])
        body = made.json | {"naam": f"Schrijver {number}"}
        return int(one.send("PUT", where, body, tag).status_code)

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(write, range(20)))
    assert answers == [200] + [412] * 19
    assert writer.get(where).json["versie"] == 2


def test_an_offer_and_a_tie(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    first, second = (writer.make(NEW).json["id"] for _ in range(2))
    offer = {"actor_id": first, "naam": "Soep", "status": "actief", "themas": ["basisbehoeften"]}
    made = writer.make(offer, "aanbod")
    assert made.status_code == 201
    tie = {
        "van_id": first,
        "naar_id": second,
        "soort": "kent",
        "richting": "wederkerig",
        "sterkte": 2,
        "feitelijk": "feitelijk",
        "zichtbaarheid": "openbaar",
    }
    tied = writer.make(tie, "relaties")
    assert tied.status_code == 201
    where = f"/relaties/{tied.json['id']}"
    stronger = writer.send("PUT", where, tied.json | {"sterkte": 3}, tied.headers["ETag"])
    assert stronger.json["sterkte"] == 3
    ended = writer.send("DELETE", where, tag=stronger.headers["ETag"])
    assert ended.json["geldig_tot"] is not None
    assert writer.make(tie | {"naar_id": "A-nergens"}, "relaties").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"soort": "club"}, "soort"),
        ({"naam": ""}, "naam"),
        ({"themas": ["gezelligheid"]}, "themas"),
        ({"lat": None}, "lat"),
        ({"werkgebied": ["WK999999"]}, "werkgebied"),
        ({"onbekend": "x"}, "onbekend"),
        ({"naam": {"a": 1}}, "naam"),
        ({"naam": True}, "naam"),
        ({"themas": ["a|b"]}, "themas"),
        ({"zichtbaarheid": "beheer"}, "zichtbaarheid"),
        ({"soort": "sleutelfiguur"}, "zichtbaarheid"),
    ],
)
def test_what_breaks_a_rule_is_named_and_not_kept(
    api: Callable[..., Api], wrong: dict[str, Any], field: str
) -> None:
    writer = api(Rol.OPBOUWWERKER)
    answer = writer.make(NEW | wrong)
    assert answer.status_code == 422
    assert field in [fault["veld"] for fault in answer.json["fouten"]]
    assert writer.get("/actoren").json["totaal"] == 0


@pytest.mark.parametrize("rol", [Rol.PROFESSIONAL, Rol.GEBIEDSMANAGER, Rol.PARTNER])
def test_who_may_only_propose_changes_nothing(api: Callable[..., Api], rol: Rol) -> None:
    answer = api(rol).make(NEW)
    assert answer.status_code == 403
    assert "voorstel" in answer.json["detail"]


def test_enforcement_writes_nothing(api: Callable[..., Api]) -> None:
    assert api(Rol.TOEZICHT).make(NEW).status_code == 403


def test_an_opbouwwerker_writes_in_own_areas_only(api: Callable[..., Api]) -> None:
    here, elsewhere = api(Rol.OPBOUWWERKER, gebieden=("WK039218",)), "WK039201"
    assert here.make(NEW).status_code == 201
    assert here.make(NEW | {"lon": None, "lat": None, "werkgebied": [elsewhere]}).status_code == 403
    everywhere = api(Rol.OPBOUWWERKER)
    there = everywhere.make(NEW | {"lon": None, "lat": None, "werkgebied": [elsewhere]})
    where, tag = f"/actoren/{there.json['id']}", there.headers["ETag"]
    taken = here.send("PUT", where, there.json | {"werkgebied": ["WK039218"]}, tag)
    assert taken.status_code == 403


def test_a_partner_keeps_its_own_record(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    mine, other = writer.make(NEW), writer.make(NEW)
    partner = api(Rol.PARTNER, actor_id=mine.json["id"])
    where = f"/actoren/{mine.json['id']}"
    read = partner.get(where)
    changed = partner.send("PUT", where, read.json | {"naam": "Soepbus"}, read.headers["ETag"])
    assert changed.json["naam"] == "Soepbus"
    theirs = f"/actoren/{other.json['id']}"
    tag = partner.get(theirs).headers["ETag"]
    assert partner.send("PUT", theirs, other.json, tag).status_code == 403


def test_what_the_writer_may_not_see_stays_as_it_is(api: Callable[..., Api], store: Store) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW | {"moedertaal": ["tr"], "gecontroleerd_door": "kanarie-team"})
    partner = api(Rol.PARTNER, actor_id=made.json["id"])
    where = f"/actoren/{made.json['id']}"
    read = partner.get(where)
    assert "kanarie" not in read.text
    assert "moedertaal" not in read.json
    assert partner.send("PUT", where, read.json | {"naam": "X"}, read.headers["ETag"]).json
    after = writer.get(where).json
    assert (after["moedertaal"], after["gecontroleerd_door"]) == (["tr"], "kanarie-team")
    tag = partner.get(where).headers["ETag"]
    refused = partner.send("PUT", where, read.json | {"moedertaal": ["ar"]}, tag)
    assert refused.status_code == 422


def test_history_is_cut_like_the_record(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(PERSON)
    assert made.status_code == 201, made.text
    where = f"/actoren/{made.json['id']}"
    writer.send("PUT", where, made.json | {"omschrijving": "kanarie-twee"}, made.headers["ETag"])
    full = writer.get(f"{where}/geschiedenis")
    assert [version["versie"] for version in full.json["resultaten"]] == [2, 1]
    assert full.json["resultaten"][0]["velden"] == [
        {"veld": "omschrijving", "voor": "kanarie-omschrijving", "na": "kanarie-twee"}
    ]
    assert full.json["resultaten"][0]["wie"] == "opbouwwerker"
    less = api(Rol.PROFESSIONAL).get(f"{where}/geschiedenis")
    assert less.status_code == 200
    assert "kanarie" not in less.text
    assert api(Rol.PARTNER).get(f"{where}/geschiedenis").status_code == 403
    assert writer.client.get(f"/api/v1{where}/geschiedenis").status_code == 401


def test_undo_is_a_change_and_brings_no_consent_back(api: Callable[..., Api]) -> None:
    writer = api(Rol.OPBOUWWERKER)
    first = writer.make(PERSON)
    where = f"/actoren/{first.json['id']}"
    gone = {name: None for name in first.json if name.startswith("toestemming_")}
    later = PERSON["toestemming_op"]
    renewed = {"naam": "Anders", "toestemming_op": later, "toestemming_doel": "nieuw doel"}
    second = writer.send("PUT", where, first.json | gone | renewed, first.headers["ETag"])
    back = writer.send("POST", f"{where}/terugdraaien", {"versie": 1}, second.headers["ETag"])
    assert back.status_code == 200, back.text
    assert (back.json["naam"], back.json["versie"]) == (PERSON["naam"], 3)
    assert back.json["toestemming_doel"] == "nieuw doel"
    late = writer.send("POST", f"{where}/terugdraaien", {"versie": 1}, second.headers["ETag"])
    assert late.status_code == 412


@pytest.mark.parametrize("body", [[], "x", None, {"versie": "1"}, {"versie": True}])
def test_odd_bodies_are_refused(api: Callable[..., Api], body: Any) -> None:
    writer = api(Rol.OPBOUWWERKER)
    made = writer.make(NEW)
    answer = writer.send(
        "POST", f"/actoren/{made.json['id']}/terugdraaien", body, made.headers["ETag"]
    )
    assert answer.status_code in (400, 422)


def test_taking_away_consent_is_kept_though_nobody_sees_the_person_then(
    api: Callable[..., Api],
) -> None:
    writer = api(Rol.OPBOUWWERKER)
    first = writer.make(PERSON)
    path = f"/actoren/{first.json['id']}"
    gone = {name: None for name in first.json if name.startswith("toestemming_")}
    answer = writer.send("PUT", path, first.json | gone, first.headers["ETag"])
    assert answer.status_code == 204
    assert writer.get(path).status_code == 404
