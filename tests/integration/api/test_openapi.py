"""The OpenAPI document is valid, and every answer is as it says."""

from __future__ import annotations

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from socialmap.domain.codes import Niveau
from socialmap.domain.model import Aanbod, Actor, Relatie
from socialmap.domain.privacy import OPENBAAR, Lezer, visible_fields
from tests.integration.api.conftest import Get

BOX = "bbox=4.40,52.20,4.80,52.50&zoom=14"
#: At least one call for each path of the document.
CALLS = {
    "/actoren": ["/actoren?limit=200"],
    "/actoren/{actor_id}": ["/actoren/A002"],
    "/aanbod": ["/aanbod?limit=200"],
    "/aanbod/{aanbod_id}": ["/aanbod/O001"],
    "/relaties": ["/relaties?limit=200"],
    "/relaties/{relatie_id}": ["/relaties/{tie}"],
    "/gebieden": ["/gebieden?limit=200"],
    "/gebieden/{code}": ["/gebieden/GM0392", "/gebieden/BU03920101", "/gebieden/EG-OOST"],
    "/kaart/gebieden": ["/kaart/gebieden"],
    "/kaart/punten": [f"/kaart/punten?{BOX}", f"/kaart/punten?{BOX}&wat=actoren"],
    "/netwerk": ["/netwerk", "/netwerk?gebied=WK039201&soort=partner&feitelijk=feitelijk"],
    "/netwerk/pad": ["/netwerk/pad?van=A005&naar=A002", "/netwerk/pad?van=A005&naar=A104"],
    "/netwerk/sleutelposities": ["/netwerk/sleutelposities"],
    "/netwerk/geisoleerd": ["/netwerk/geisoleerd"],
    "/netwerk/profiel": ["/netwerk/profiel", "/netwerk/profiel?gebied=WK039201"],
    "/netwerk/wat-als": ["/netwerk/wat-als?zonder=A001", "/netwerk/wat-als?zonder=A001&als=gebouw"],
    "/dekking": ["/dekking?niveau=gemeente", "/dekking?thema=taal&straal_m=900&dag=zondag"],
    "/gaten": ["/gaten?gebied=WK047303", "/gaten?niveau=buurt&doelgroep=lhbti&thema=taal"],
    "/inventarisaties": ["/inventarisaties?limit=200"],
    "/signalen": ["/signalen"],
    "/woorden": ["/woorden"],
}
#: Calls that are asked by POST, with bodies.
ASKED: dict[str, list[dict[str, Any]]] = {
    "/zoekvragen": [
        {"q": "ik zie wekenlang niemand", "plek": {"lon": 4.64, "lat": 52.38}},
        {"q": "hij slaat mij", "plek": {"postcode": "2036 XY"}, "straal_m": 800, "lijn_max": 1},
        {"themas": ["taal_digitaal"], "doelgroepen": ["ouderen"], "gebied": "GM0392", "limit": 3},
        {"q": "kwantumcomputer huren"},
    ],
    "/plaatsing": [
        {"thema": "sociaal_netwerk", "doelgroep": "ouderen", "aantal": 2, "gebied": "GM0473"},
        {"thema": "taal", "doelgroep": "lhbti", "aantal": 1, "straal_m": 500},
    ],
    "/aanbod/{aanbod_id}/ervaringen": [{"uitkomst": "kon_terecht"}, {"uitkomst": "vol"}],
    "/inventarisaties": [
        {
            "gebied": "WK039221",
            "thema": "taal",
            "datum": "2026-11-20",
            "door": "wijkteam",
            "gevraagd_aan": ["bewoners", "school"],
            "uitkomst": "niets_gevonden",
        }
    ],
    "/signalen": [{"gebied": "WK039221", "thema": "taal", "soort": "vol"}],
}
#: Calls that change a record: they ask an account, and have tests of their own.
CHANGES = (
    {
        path: methods
        for table, key in (
            ("actoren", "actor_id"),
            ("aanbod", "aanbod_id"),
            ("relaties", "relatie_id"),
        )
        for path, methods in {
            f"/{table}": {"post"},
            f"/{table}/{{{key}}}": {"put", "delete"},
            f"/{table}/{{{key}}}/geschiedenis": {"get"},
            f"/{table}/{{{key}}}/terugdraaien": {"post"},
        }.items()
    }
    | {
        f"/{path}/{act}": {"post"}
        for path in ("actoren/{actor_id}", "aanbod/{aanbod_id}")
        for act in ("samenvoegen", "losmaken")
    }
    | {"/import": {"post"}}
)


@pytest.fixture(scope="module")
def document(app: APIFlask) -> dict[str, Any]:
    made: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()
    return made


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/api/v1"}]
    assert [e.message for e in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_it_holds_every_call_and_nothing_else(document: dict[str, Any]) -> None:
    assert document["paths"].keys() == {*CALLS, *ASKED, *CHANGES}
    ids = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(set(ids)) == len(ids)
    for path, operations in document["paths"].items():
        methods = ({"post"} if path in ASKED else set()) | CHANGES.get(path, set())
        assert operations.keys() == methods | ({"get"} if path in CALLS else set())


@pytest.mark.parametrize(
    ("path", "body"), [(path, body) for path, bodies in ASKED.items() for body in bodies]
)
def test_what_is_asked_and_answered_is_as_described(
    client: FlaskClient, document: dict[str, Any], path: str, body: dict[str, Any]
) -> None:
    described = document["paths"][path]["post"]
    _check(body, described["requestBody"]["content"]["application/json"]["schema"], document)
    answer = client.post(f"/api/v1{path.format(aanbod_id='O001')}", json=body)
    status = str(answer.status_code)
    assert status in ("200", "201")
    found = described["responses"][status]["content"][answer.mimetype]["schema"]
    _check(answer.get_json(), found, document)


@pytest.mark.parametrize("path", CALLS)
def test_an_answer_is_as_described(
    client: FlaskClient, document: dict[str, Any], get: Get, path: str
) -> None:
    tie = get("/relaties", limit=1)["resultaten"][0]["id"]
    for call in CALLS[path]:
        answer = client.get(f"/api/v1{call.format(tie=tie)}")
        described = document["paths"][path]["get"]["responses"]["200"]
        assert described["content"].keys() == {answer.mimetype}
        assert described["headers"].keys() <= {name for name, _ in answer.headers}
        _check(answer.get_json(), described["content"][answer.mimetype]["schema"], document)


@pytest.mark.parametrize(
    ("call", "status"),
    [("/actoren?soort=x", 400), ("/actoren/Z999", 404), ("/kaart/punten", 400)],
)
def test_a_problem_is_as_described(
    client: FlaskClient, document: dict[str, Any], call: str, status: int
) -> None:
    answer = client.get(f"/api/v1{call}")
    assert answer.status_code == status
    described = document["components"]["responses"][f"Probleem{status}"]
    schema = described["content"][answer.mimetype]["schema"]
    _check(answer.get_json(), schema, document)


@pytest.mark.parametrize(
    ("name", "kind"), [("Actor", Actor), ("Aanbod", Aanbod), ("Relatie", Relatie)]
)
def test_a_record_is_described_by_the_table_of_levels(
    document: dict[str, Any], name: str, kind: Any
) -> None:
    schema = document["components"]["schemas"][name]
    assert set(schema["required"]) == visible_fields(kind, OPENBAAR, person=False)
    assert set(schema["properties"]) == visible_fields(kind, Lezer(Niveau.TEAM), person=False)


@pytest.mark.parametrize("path", CALLS)
def test_each_described_parameter_is_taken_with_its_example(
    client: FlaskClient, document: dict[str, Any], path: str
) -> None:
    if "{" in path:
        return
    parameters = document["paths"][path]["get"]["parameters"]
    needed = {p["name"]: p["example"] for p in parameters if p["required"]}
    for parameter in parameters:
        assert parameter["description"]
        if parameter["name"] == "cursor":
            continue
        values = {**needed, parameter["name"]: parameter.get("example", "1")}
        answer = client.get(f"/api/v1{path}", query_string=values)
        assert answer.status_code == 200, parameter["name"]


def test_each_described_code_is_taken(client: FlaskClient, document: dict[str, Any]) -> None:
    taken = 0
    for path, operations in document["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", ()):
            schema = parameter["schema"]
            for code in schema.get("enum", schema.get("items", {}).get("enum", ())):
                args = {"bbox": "4.4,52.2,4.8,52.5", "zoom": 12} if "punten" in path else {}
                args |= {"zonder": "A002"} if "wat-als" in path else {}
                args[parameter["name"]] = code
                answer = client.get(f"/api/v1{path}", query_string=args)
                assert answer.status_code == 200, (path, parameter["name"], code)
                taken += 1
    assert taken > 60


def test_the_example_in_the_document_fits_its_own_schema(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, part in schema["properties"].items():
            for example in part.get("examples", ()):
                errors = list(Draft202012Validator(part).iter_errors(example))
                assert not errors, (name, field, errors)


def _check(answer: Any, schema: dict[str, Any], document: dict[str, Any]) -> None:
    """Hold an answer against a schema in which a field that is not described is a fault."""
    strict = {**schema, "components": _strict(document["components"])}
    errors = [e.message for e in Draft202012Validator(strict).iter_errors(answer)]
    assert errors == []


def _strict(part: Any) -> Any:
    if isinstance(part, list):
        return [_strict(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: _strict(value) for key, value in part.items()}
    if "properties" in made and made.get("type") == "object":
        made["additionalProperties"] = False
    return made
