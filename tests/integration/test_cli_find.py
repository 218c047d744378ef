"""`socialmap find` as people use it: what it prints, and how it ends."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.integration.test_cli import run

DATA = Path(__file__).parents[2] / "data" / "voorbeeld"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example map."""
    database = tmp_path_factory.mktemp("zoeken") / "voorbeeld.db"
    assert run("init", "--voorbeeld", database=database).returncode == 0
    return database


def test_the_answer_is_the_object_of_the_interface(example: Path) -> None:
    found = run("find", "ik zie wekenlang niemand", "--plek", "2036 XY", "--json", database=example)
    assert found.returncode == 0, found.stderr
    answer = json.loads(found.stdout)
    assert answer.keys() == {"gevaar", "zekerheid", "treffers", "uitgesloten"}
    first = answer["treffers"][0]
    assert first.keys() == {
        "aanbod_id",
        "actor_id",
        "naam",
        "lijn",
        "score",
        "afstand_m",
        "gecontroleerd_op",
        "waarom",
        "introductie",
    }
    assert first["introductie"] is None
    assert {why["soort"] for why in first["waarom"]} >= {"afstand", "lijn"}


def test_it_says_who_can_introduce(example: Path) -> None:
    asked = ("find", "eenzame oudere zoekt gezelschap", "--van", "A001", "--json")
    answer = json.loads(run(*asked, database=example).stdout)
    paths = [one["introductie"] for one in answer["treffers"] if one["introductie"]]
    assert paths
    for path in paths:
        assert path[0]["actor_id"] == "A001"
        assert len(path) <= 4


def test_filters_are_hard(example: Path) -> None:
    asked = ("find", "samen iets doen", "--thema", "taal_digitaal", "--lijn", "1", "--json")
    answer = json.loads(run(*asked, database=example).stdout)
    assert answer["treffers"]
    assert {one["lijn"] for one in answer["treffers"]} == {1}


def test_danger_is_said_first(example: Path) -> None:
    found = run("find", "mijn man slaat mij", database=example)
    assert found.stdout.splitlines()[0].startswith("GEVAAR: 112")


def test_a_reader_of_everybody_finds_no_sleutelfiguur(example: Path) -> None:
    asked = ("find", "wie kent de turkse vrouwen in de flat", "--lezer", "openbaar", "--json")
    answer = json.loads(run(*asked, database=example).stdout)
    with (DATA / "actoren.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        persons = {row["id"] for row in rows if row["soort"] == "sleutelfiguur"}
    assert len(persons) == 10
    assert not persons & {one["actor_id"] for one in answer["treffers"]}


@pytest.mark.parametrize(
    "extra",
    [
        ("--plek", "Nergenshuizen 5"),
        ("--plek", "0,0"),
        ("--thema", "bestaat_niet"),
        ("--doelgroep", "bestaat_niet"),
        ("--van", "A999"),
    ],
)
def test_what_is_not_known_is_refused_in_one_sentence(
    example: Path, extra: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALMAP_ADRESDIENST", "uit")
    found = run("find", "koffie", *extra, database=example)
    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.strip().endswith(".")
    assert len(found.stderr.strip().splitlines()) == 1
