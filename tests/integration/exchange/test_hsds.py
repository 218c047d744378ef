"""HSDS 3.1: valid by the published schemas, equal after a round trip, and only what is open."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from socialmap.domain.codes import Niveau
from socialmap.domain.privacy import OPENBAAR, Lezer
from socialmap.exchange import hsds_words as words
from socialmap.exchange.embedded import load_network
from socialmap.exchange.exporting import export_csv
from socialmap.exchange.hsds_export import OnlyOpenError, export_hsds
from socialmap.exchange.importing import Counts, import_paths
from socialmap.store.engine import Store

from .conftest import PEILDATUM, VOORBEELD, MakeStore

TEAM = Lezer(Niveau.TEAM)
Json = dict[str, Any]
Validate = Callable[[str, Json], list[str]]


@pytest.fixture(scope="module")
def schemas(shared: Path) -> Path:
    return shared / "hsds/3.1/schema/compiled"


@pytest.fixture(scope="module")
def faults(schemas: Path) -> Validate:
    """Give a function that lists the faults of one organization or service, formats as well."""
    whole = json.loads((schemas / "service_with_definitions.json").read_text())
    checker = FormatChecker()
    assert {"uuid", "email", "date-time"} <= set(checker.checkers)
    known = {
        name: Draft202012Validator(
            {**part, "definitions": whole["definitions"]}, format_checker=checker
        )
        for name, part in (("service", whole), *whole["definitions"].items())
    }

    def check(name: str, record: Json) -> list[str]:
        return [f"{e.json_path}: {e.message}" for e in known[name].iter_errors(record)]

    return check


@pytest.fixture
def network(base: Store) -> Store:
    load_network(base, PEILDATUM)
    return base


def export(store: Store, path: Path) -> Json:
    export_hsds(store, path, OPENBAAR, PEILDATUM)
    read: Json = json.loads(path.read_text())
    return read


def all_faults(content: Json, faults: Validate) -> Iterator[str]:
    for part, name in (
        ("services", "service"),
        ("organizations", "organization"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ):
        assert content[part], part
        for record in content[part]:
            yield from faults(name, record)


def test_the_example_is_valid(example: Store, tmp_path: Path, faults: Validate) -> None:
    content = export(example, tmp_path / "k.json")
    assert list(all_faults(content, faults)) == []
    assert (len(content["services"]), len(content["organizations"])) == (177, 103)


def test_the_documented_network_is_valid(network: Store, tmp_path: Path, faults: Validate) -> None:
    content = export(network, tmp_path / "k.json")
    assert list(all_faults(content, faults)) == []
    assert len(content["organizations"]) > 100


def test_the_exercise_is_valid_and_equal_after_a_round_trip(
    base: Store, copy_of: MakeStore, base_file: Path, shared: Path, tmp_path: Path, faults: Validate
) -> None:
    assert import_paths(base, [shared / "oefendata"], wie="test", clock=PEILDATUM).geplaatst
    content = export(base, tmp_path / "een.json")
    assert list(all_faults(content, faults)) == []
    round_trip(base, copy_of(base_file), tmp_path)


def test_a_wrong_record_is_seen(example: Store, tmp_path: Path, faults: Validate) -> None:
    service = export(example, tmp_path / "k.json")["services"][0]
    assert faults("service", service | {"id": "geen-uuid"})
    assert faults("service", service | {"status": "open"})
    assert faults("service", service | {"schedules": [{"freq": "WEEKLY"}]})


def round_trip(store: Store, new: Store, folder: Path) -> None:
    export(store, folder / "een.json")
    report = import_paths(new, [folder / "een.json"], wie="test", clock=PEILDATUM)
    assert report.fouten == ()
    assert report.geplaatst
    export(new, folder / "twee.json")
    assert (folder / "twee.json").read_bytes() == (folder / "een.json").read_bytes()


def test_the_network_is_equal_after_a_round_trip(
    network: Store, copy_of: MakeStore, base_file: Path, tmp_path: Path
) -> None:
    round_trip(network, copy_of(base_file), tmp_path)


def test_a_package_is_equal_after_a_round_trip(example: Store, base: Store, tmp_path: Path) -> None:
    for store, name in ((example, "een"), (base, "twee")):
        if store is base:
            report = import_paths(base, [tmp_path / "een"], wie="test", clock=PEILDATUM)
            assert report.fouten == ()
            assert report.geteld["aanbod"] == Counts(177, 0, 0)
        export_hsds(store, tmp_path / name, OPENBAAR, PEILDATUM)
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("een", "twee")
    )
    assert second == first
    assert {"services.csv", "attributes.csv", "datapackage.json"} <= set(first)


def test_the_tables_of_the_standard_have_our_columns(
    schemas: Path, example: Store, tmp_path: Path
) -> None:
    whole = json.loads((schemas / "service_with_definitions.json").read_text())
    parts = [whole, *whole["definitions"].values()]
    columns = {part["path"]: set(part["properties"]) for part in parts}
    export_hsds(example, tmp_path / "pakket", OPENBAAR, PEILDATUM)
    package = json.loads((tmp_path / "pakket/datapackage.json").read_text())
    for resource in package["resources"]:
        path = tmp_path / "pakket" / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert set(header) <= columns[resource["path"]]
        assert len({row[0] for row in rows}) == len(rows), resource["path"]


@pytest.mark.parametrize("name", ["kaart.json", "pakket"])
def test_what_is_not_for_everybody_stays_when_an_export_comes_back(
    name: str, example: Store, tmp_path: Path
) -> None:
    export_csv(example, tmp_path / "voor", TEAM, PEILDATUM)
    export_hsds(example, tmp_path / name, OPENBAAR, PEILDATUM)
    report = import_paths(example, [tmp_path / name], wie="test", clock=PEILDATUM)
    assert report.geplaatst
    assert {(c.nieuw, c.gewijzigd) for c in report.geteld.values()} == {(0, 0)}
    export_csv(example, tmp_path / "na", TEAM, PEILDATUM)
    for path in (tmp_path / "voor").iterdir():
        assert (tmp_path / "na" / path.name).read_bytes() == path.read_bytes()


def test_a_level_that_became_stricter_is_not_opened_again(example: Store, tmp_path: Path) -> None:
    export(example, tmp_path / "oud.json")
    export_csv(example, tmp_path / "csv", TEAM, PEILDATUM)
    path = tmp_path / "csv/actoren.csv"
    lines = path.read_bytes().split(b"\r\n")
    closed = [x.replace(b"openbaar", b"team") if x.startswith(b"A001;") else x for x in lines]
    path.write_bytes(b"\r\n".join(closed))
    report = import_paths(example, [path], wie="test", clock=PEILDATUM)
    assert report.geteld["actoren"].gewijzigd == 1
    assert import_paths(example, [tmp_path / "oud.json"], wie="test", clock=PEILDATUM).geplaatst
    content = export(example, tmp_path / "nieuw.json")
    assert words.hsds_id("organization", "A001") not in {o["id"] for o in content["organizations"]}


def test_nothing_above_openbaar_comes_out(example: Store, tmp_path: Path) -> None:
    with (VOORBEELD / "actoren.csv").open(encoding="utf-8", newline="") as file:
        actors = list(csv.DictReader(file, delimiter=";"))
    closed = [
        a for a in actors if a["zichtbaarheid"] != "openbaar" or a["soort"] == "sleutelfiguur"
    ]
    assert len(closed) > 10
    shown = {v for a in actors if a not in closed for v in a.values()}
    secrets = {a[c] for a in closed for c in ("naam", "omschrijving", "telefoon", "email")} - shown
    secrets |= {a["gecontroleerd_door"] for a in actors} | {a["toestemming_doel"] for a in actors}
    export(example, tmp_path / "k.json")
    export_hsds(example, tmp_path / "pakket", OPENBAAR, PEILDATUM)
    files = [tmp_path / "k.json", *(tmp_path / "pakket").iterdir()]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = [secret for secret in secrets if len(secret) > 5 and secret in written]
    assert found == []
    for actor in closed:
        assert f'"{actor["id"]}"' not in written
        assert words.hsds_id("organization", actor["id"]) not in written


def test_who_sees_more_gets_no_hsds(example: Store, tmp_path: Path) -> None:
    with pytest.raises(OnlyOpenError, match="alleen uit wat iedereen mag zien"):
        export_hsds(example, tmp_path / "k.json", TEAM, PEILDATUM)
    assert list(tmp_path.glob("k.json")) == []


def test_a_service_says_what_hsds_has_fields_for(example: Store, tmp_path: Path) -> None:
    content = export(example, tmp_path / "k.json")
    with (VOORBEELD / "aanbod.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file, delimiter=";")}
    services = {s["id"]: s for s in content["services"]}
    assert set(services) == {words.hsds_id("service", key) for key in rows}
    for key, row in rows.items():
        service = services[words.hsds_id("service", key)]
        assert service["organization"]["id"] == words.hsds_id("organization", row["actor_id"])
        assert service.get("assured_date", "") == row["gecontroleerd_op"]
        assert [one["code"] for one in service.get("languages", [])] == [
            code for code in row["talen"].split("|") if code
        ]
        at = service.get("service_at_locations", [])
        if row["lon"]:
            assert at[0]["location"]["longitude"] == float(row["lon"])
        assert bool(service.get("schedules")) == bool(row["wanneer"])
        codes = [words.read_area(area["uri"]) for area in service.get("service_areas", [])]
        assert codes == [code for code in row.get("werkgebied", "").split("|") if code]


def test_the_crosswalk_to_the_matrix_is_whole(example: Store, tmp_path: Path) -> None:
    content = export(example, tmp_path / "k.json")
    with (VOORBEELD.parent / "woorden/themas.csv").open(encoding="utf-8", newline="") as file:
        domain = {r["code"]: r["zrm_domein"] for r in csv.DictReader(file, delimiter=";")}
    for service in content["services"]:
        marks = service["attributes"]
        themas = [a["taxonomy_term"]["code"] for a in marks if a["link_type"] == words.THEMAS]
        names = [a["taxonomy_term"]["name"] for a in marks if a["link_type"] == words.ZRM]
        assert names == list(dict.fromkeys(domain[t] for t in themas if domain[t]))
