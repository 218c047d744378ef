"""The calls of HSDS 3.1: valid answers, pages by number, filters, and only what is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from socialmap.exchange import hsds_words as words
from socialmap.exchange.hsds_files import split_files
from socialmap.exchange.tables import Findings

from .conftest import Row

Json = dict[str, Any]
Ask = Callable[..., Any]
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@pytest.fixture
def ask(client: FlaskClient) -> Ask:
    def get(path: str, **args: Any) -> Any:
        answer = client.get(f"/hsds{path}", query_string=args)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.json

    return get


@pytest.fixture(scope="module")
def compiled(shared: Path) -> Callable[[str], Draft202012Validator]:
    def read(name: str) -> Draft202012Validator:
        text = (shared / f"hsds/3.1/schema/compiled/{name}.json").read_text()
        return Draft202012Validator(json.loads(text), format_checker=FormatChecker())

    return read


def pages(ask: Ask, path: str, **args: Any) -> list[Json]:
    found: list[Json] = []
    number = 1
    while True:
        page = ask(path, page=number, **args)
        found += page["contents"]
        assert page["size"] == len(page["contents"])
        assert (page["page_number"], page["first_page"]) == (number, number == 1)
        if page["last_page"]:
            assert (len(found), number) == (page["total_items"], max(page["total_pages"], 1))
            return found
        number += 1


def test_the_root_names_the_version(ask: Ask) -> None:
    assert ask("/")["version"] == "3.1"
    assert ask("") == ask("/")


@pytest.mark.parametrize("name", ["service_list", "organization_list"])
def test_lists_are_valid(
    ask: Ask, compiled: Callable[[str], Draft202012Validator], name: str
) -> None:
    path = f"/{name.removesuffix('_list')}s"
    found = pages(ask, path, per_page=60)
    faults = [error.message for one in found for error in compiled(name).iter_errors(one)]
    assert (faults, len(found) > 100) == ([], True)


def test_whole_services_are_valid(
    ask: Ask, compiled: Callable[[str], Draft202012Validator]
) -> None:
    found = pages(ask, "/services", full="true", per_page=100)
    schema = compiled("service_with_definitions")
    assert [e.message for one in found for e in schema.iter_errors(one)] == []
    assert ask(f"/services/{found[7]['id']}") == found[7]


def test_every_list_has_the_parameters_of_the_standard(client: FlaskClient, shared: Path) -> None:
    openapi = json.loads((shared / "hsds/3.1/schema/openapi.json").read_text())
    known = openapi["components"]["parameters"]
    values = {"boolean": "true", "integer": "1", "string": "x"}
    own = {"format": "json", "modified_after": "2026-01-01T00:00:00Z"}
    for name in LISTS:
        for asked in openapi["paths"][f"/{name}"]["get"]["parameters"]:
            part = known[asked["$ref"].rsplit("/", 1)[1]] if "$ref" in asked else asked
            value = own.get(part["name"], values[part["schema"]["type"]])
            answer = client.get(f"/hsds/{name}", query_string={part["name"]: value})
            refused = part["name"] in ("postcode", "proximity")
            assert answer.status_code == (400 if refused else 200), (name, part["name"])


def test_each_record_is_found_by_its_id(ask: Ask) -> None:
    for name in LISTS:
        some = ask(f"/{name}", per_page=3)["contents"]
        assert len(some) == 3
        for one in some:
            assert ask(f"/{name}/{one['id']}")["id"] == one["id"]


def test_filters_give_what_the_files_say(ask: Ask, rows: dict[str, list[Row]]) -> None:
    offers = rows["aanbod"]

    def ids(**args: Any) -> set[str]:
        return {one["id"] for one in pages(ask, "/services", **args)}

    def said(column: str, *codes: str) -> set[str]:
        return {
            words.hsds_id("service", row["id"])
            for row in offers
            if set(codes) & set(row[column].replace("taal_digitaal", "taal|digitaal").split("|"))
        }

    assert ids(taxonomy_term_id=words.term_id("themas", "taal")) == said("themas", "taal")
    adl = words.term_id("zrm", "instrumentele_adl")
    in_adl = said("themas", "huishouden_administratie", "vervoer", "digitaal")
    assert ids(taxonomy_term_id=adl) == in_adl
    assert ids(taxonomy_term_id=words.term_id("doelgroepen", "ouderen")) == said(
        "doelgroepen", "ouderen"
    )
    assert ids(taxonomy_term_id=words.term_id("lijnen", "2")) == said("lijn", "2")
    owner = words.hsds_id("organization", "A001")
    assert ids(organization_id=owner) == said("actor_id", "A001")
    assert ids(organization_id=words.hsds_id("organization", "nergens")) == set()
    assert ids(taxonomy_term_id="nergens") == set()
    assert ids(taxonomy_id=words.taxonomy_id("soorten")) == set()
    assert len(ids(taxonomy_id=words.taxonomy_id("themas"))) == len(offers)
    assert 0 < len(ids(search="taal")) < len(ids(search="TA")) < len(offers)


def test_organizations_are_found_by_kind(ask: Ask, open_actors: dict[str, Row]) -> None:
    teams = pages(ask, "/organizations", taxonomy_term_id=words.term_id("soorten", "wijkteam"))
    expected = [key for key, row in open_actors.items() if row["soort"] == "wijkteam"]
    assert {one["id"] for one in teams} == {words.hsds_id("organization", k) for k in expected}


def test_an_organization_has_its_services(ask: Ask, rows: dict[str, list[Row]]) -> None:
    key = words.hsds_id("organization", "A001")
    own = {words.hsds_id("service", r["id"]) for r in rows["aanbod"] if r["actor_id"] == "A001"}
    assert {one["id"] for one in ask(f"/organizations/{key}")["services"]} == own
    whole = ask(f"/organizations/{key}", full_service="true")["services"]
    assert {one["id"] for one in whole} == own
    assert all(one["attributes"] for one in whole)


def test_what_changed_is_found(ask: Ask, rows: dict[str, list[Row]]) -> None:
    minimal = ask("/services", minimal="true")
    assert minimal["total_items"] == minimal["size"] == len(rows["aanbod"])
    assert {tuple(one) for one in minimal["contents"]} == {("id", "last_modified")}
    moment = minimal["contents"][0]["last_modified"]
    assert moment.startswith("2026-11-22")
    assert ask("/services", modified_after=moment)["total_items"] == len(rows["aanbod"])
    assert ask("/services", modified_after="2026-11-23")["empty"]


@pytest.mark.parametrize(
    ("path", "args", "code"),
    [
        ("/services", {"page": "0"}, 400),
        ("/services", {"per_page": "501"}, 400),
        ("/services", {"per_page": "101", "full": "true"}, 400),
        ("/services", {"full": "misschien"}, 400),
        ("/services", {"modified_after": "gisteren"}, 400),
        ("/services", {"modified_after": "0001-01-01T00:00:00+23:59"}, 400),
        ("/services", {"format": "xml"}, 400),
        ("/services", {"search": "x" * 201}, 400),
        ("/services", {"taxonomy_id": words.taxonomy_id("velden")}, 400),
        ("/services/nergens", {}, 404),
        ("/service_at_locations/nergens", {}, 404),
        ("/taxonomy_terms/nergens", {}, 404),
    ],
)
def test_a_wrong_question_is_a_problem(
    client: FlaskClient, path: str, args: dict[str, str], code: int
) -> None:
    answer = client.get(f"/hsds{path}", query_string=args)
    assert (answer.status_code, answer.mimetype) == (code, "application/problem+json")
    assert answer.json is not None
    assert answer.json["status"] == code
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_that_is_hidden_comes_out(
    client: FlaskClient, ask: Ask, hidden_words: set[str], rows: dict[str, list[Row]]
) -> None:
    written = ""
    for name in LISTS:
        for page in range(1, 4):
            answer = client.get(f"/hsds/{name}?full=true&per_page=100&page={page}")
            written += answer.get_data(as_text=True)
    assert len(written) > 1_000_000
    # Ids are short and stand in longer ones: as JSON writes them they stand alone.
    ids = {row["id"] for row in rows["actoren"]}
    assert [w for w in hidden_words if (f'"{w}"' if w in ids else w) in written] == []
    for key in ("O901", "O902"):
        uuid = words.hsds_id("service", key)
        assert uuid not in written
        assert client.get(f"/hsds/services/{uuid}").status_code == 404
        assert ask("/services", search=f"Verborgen aanbod {key}")["empty"]


def test_a_page_elsewhere_may_ask_first(client: FlaskClient) -> None:
    answer = client.options("/hsds/services", headers={"Origin": "https://elders.example"})
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_answer_of_the_interface_comes_in_elsewhere(ask: Ask) -> None:
    """What one call gives is a file that an import recognises."""
    page = ask("/services", full="true", per_page=5)
    rest, records = split_files([("elders.json", json.dumps(page).encode())], Findings())
    assert rest == []
    assert records is not None
    assert len(records.services) == 5
    assert {found.record["name"] for found in records.organizations}
