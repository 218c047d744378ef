"""`socialmap gaps` and `plan`: the same object as the interface, and refusals that say why."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from socialmap.cli import commands
from socialmap.domain.clock import Clock
from socialmap.domain.errors import NotFoundError
from socialmap.exchange.making import Filling, make_map
from socialmap.settings import Settings
from web.app import create_app

Run = Callable[..., str]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> str:
    """A database with the example map."""
    made = f"sqlite:///{tmp_path_factory.mktemp('gaten') / 'kaart.db'}"
    make_map(made, clock, Filling.EXAMPLE)
    return made


@pytest.fixture(scope="module")
def client(url: str, clock: Clock) -> FlaskClient:
    return create_app(Settings(database=url, secret="x" * 32, clock=clock)).test_client()


@pytest.fixture
def run(url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command; it must go well."""
    monkeypatch.setenv("SOCIALMAP_PEILDATUM", clock.today().isoformat())

    def go(*words: str) -> str:
        done = CliRunner().invoke(commands, [*words, "--database", url], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return go


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (("--gebied", "WK047303"), "/gaten?gebied=WK047303"),
        (("--thema", "taal", "--niveau", "buurt"), "/gaten?thema=taal&niveau=buurt"),
        (
            ("--thema", "taal", "--thema", "vervoer", "--doelgroep", "ouderen"),
            "/gaten?thema=taal,vervoer&doelgroep=ouderen",
        ),
        (
            ("--thema", "taal_digitaal", "--niveau", "gemeente"),
            "/gaten?thema=taal,digitaal&niveau=gemeente",
        ),
    ],
)
def test_gaps_are_those_of_the_interface(
    run: Run, client: FlaskClient, words: tuple[str, ...], call: str
) -> None:
    told = json.loads(run("gaps", "--json", "--lezer", "openbaar", *words))
    assert told == client.get(f"/api/v1{call}").get_json()


def test_a_plan_is_that_of_the_interface(run: Run, client: FlaskClient) -> None:
    words = ("--thema", "taal", "--doelgroep", "ouderen", "--aantal", "3", "--gebied", "GM0473")
    told = json.loads(run("plan", "--json", "--lezer", "openbaar", *words))
    body = {"thema": "taal", "doelgroep": "ouderen", "aantal": 3, "gebied": "GM0473"}
    assert told == client.post("/api/v1/plaatsing", json=body).get_json()


def test_they_say_it_in_words(run: Run) -> None:
    said = run("gaps", "--gebied", "WK047303", "--thema", "basisbehoeften")
    assert said.startswith("Bentveld (WK047303), Eten en kleding: ")
    assert "volgens bron uit 2020: 003, 5.1" in said
    said = run("plan", "--thema", "taal", "--doelgroep", "iedereen", "--aantal", "1")
    assert "Nu niet bereikt: " in said
    assert "Eén plek minder kost: " in said
    said = run("plan", "--thema", "taal", "--doelgroep", "lhbti", "--aantal", "1")
    assert said == "Er is geen cijfer over deze groep. Kies een andere doelgroep, of iedereen.\n"


def test_a_town_without_gaps_says_so(run: Run) -> None:
    assert run("gaps", "--thema", "sociaal_netwerk", "--niveau", "gemeente") == (
        "Hier ontbreekt niets.\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("gaps", "--thema", "x"),
        ("gaps", "--doelgroep", "x"),
        ("gaps", "--gebied", "x"),
        ("plan", "--thema", "x", "--doelgroep", "ouderen", "--aantal", "1"),
    ],
)
def test_an_unknown_code_is_refused(url: str, words: tuple[str, ...]) -> None:
    with pytest.raises(NotFoundError):
        CliRunner().invoke(commands, [*words, "--database", url], catch_exceptions=False)


def test_too_many_places_are_a_wrong_call(url: str) -> None:
    words = ["plan", "--thema", "taal", "--doelgroep", "ouderen", "--aantal", "21"]
    assert CliRunner().invoke(commands, [*words, "--database", url]).exit_code == 2
